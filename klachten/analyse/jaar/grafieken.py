"""Charts of one period: what came in and went out, per 100 trajecten, the terms, and this one beside the last."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, hoogte_van, namen, stijl
from klachten.analyse.basis.zinnen import GEEN_GEGEVENS, getal, klachten, komma, of_streep
from klachten.analyse.jaar.delen import Stroom
from klachten.analyse.signalen.oordeel import Maandoordeel
from klachten.analyse.statistiek.reeksoordeel import VERSCHUIVING
from klachten.analyse.termijnen.naleving import Naleving
from klachten.periode import Periode

DELEN = (
    ("open_begin", "Open aan het begin", 1),
    ("ontvangen", "Ontvangen", 1),
    ("heropend", "Heropend", 1),
    ("afgesloten", "Afgesloten", -1),
    ("niet_in_behandeling", "Niet in behandeling", -1),
    ("ingetrokken", "Ingetrokken", -1),
    ("vervallen", "Vervallen (vergissing)", -1),
    ("open_einde", "Open aan het eind", 0),
)

SMALST, LETTER = 190, 6.5
"""Pixels that a phone leaves for the bars beside their names, and that a character of their text takes at most."""


def stroomtabel(stroom: Stroom) -> pd.DataFrame:
    """Return the flow as rows: naam, aantal, teken (+, -, =), van and tot on the running total."""
    stand, rijen = 0, []
    for veld, naam, richting in DELEN:
        aantal = getattr(stroom, veld)
        begin = 0 if richting == 0 else stand
        stand += richting * aantal
        teken = {1: "+", -1: "−", 0: "="}[richting]
        rijen.append({"naam": naam, "aantal": aantal, "teken": teken, "van": begin, "tot": stand})
    return pd.DataFrame(rijen)


def stroom(stroom: Stroom, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw the flow of a period as steps that balance: what came in, what went out, what is left open."""
    bron = stroomtabel(stroom)
    # A word that did not occur only takes room, except the two ends of the balance.
    bron = bron[(bron["aantal"] > 0) | bron.index.isin([0, 1, 3, len(bron) - 1])].reset_index(drop=True)
    # The first row is what there was, the last what there is: no sign before the first.
    bron["tekst"] = [
        f"{teken if nr else ''} {getal(aantal)}".strip()
        for nr, (teken, aantal) in enumerate(zip(bron["teken"], bron["aantal"], strict=True))
    ]
    bron["kant"] = bron[["van", "tot"]].max(axis=1)
    bron["laag"] = bron[["van", "tot"]].min(axis=1)
    bron["kleur"] = [kleuren.marge if teken == "−" else kleuren.punt for teken in bron["teken"]]
    top = max(1, int(bron["kant"].max()))
    schaal = alt.Scale(domain=[0, top * 1.15], nice=False)
    basis = alt.Chart(bron)
    y = namen()
    x = alt.X("laag:Q", scale=schaal, axis=None)
    return stijl(
        [
            basis.mark_bar(height={"band": 0.62}).encode(
                x=x,
                x2=alt.X2("kant:Q"),
                y=y,
                color=alt.Color("kleur:N", scale=None),
                tooltip=[alt.Tooltip("naam:N", title="Wat"), alt.Tooltip("aantal:Q", title="Klachten", format=",")],
            ),
            basis.mark_text(align="left", dx=6, fontSize=13, color=kleuren.tekst).encode(
                x=alt.X("kant:Q", scale=schaal), y=y, text=alt.Text("tekst:N")
            ),
        ],
        titel=titel,
        ondertitel="Wat erbij kwam min wat eruit ging, is wat openstaat.",
        hoogte=hoogte_van(len(bron)),
        beschrijving="; ".join(f"{naam}: {aantal}" for naam, aantal in zip(bron["naam"], bron["tekst"], strict=True)),
        kleuren=kleuren,
    )


def intensiteit(tabel: pd.DataFrame, jaar: int, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw klachten per 100 trajecten over the years with their interval; the counts stand under the period."""
    bron = tabel[["jaar", "periode", "klachten", "trajecten", "per_100", "laag", "hoog"]].copy()
    bron["tekst"] = [komma(waarde) if pd.notna(waarde) else "" for waarde in bron["per_100"]]
    bron["as"] = [f"{rij.periode}|{of_streep(rij.klachten)}" for rij in bron.itertuples()]
    bron["vorm"] = ["gekozen periode" if jr == jaar else "andere periode" for jr in bron["jaar"]]
    basis = alt.Chart(bron)
    as_ = alt.Axis(labelAngle=0, labelExpr="split(datum.label, '|')", labelPadding=6, labelOverlap=True)
    x = alt.X("as:O", sort=None, title="Ontvangen in, met het aantal klachten eronder", axis=as_)
    top = float(bron["hoog"].max()) if bron["hoog"].notna().any() else 1.0
    schaal = alt.Scale(domain=[0, top * 1.08], nice=True)
    y = alt.Y("per_100:Q", title="Per 100 trajecten", scale=schaal, axis=alt.Axis(tickCount=5))
    tip = [
        alt.Tooltip("periode:O", title="Ontvangen in"),
        alt.Tooltip("klachten:Q", title="Klachten", format=","),
        alt.Tooltip("trajecten:Q", title="Trajecten", format=","),
        alt.Tooltip("per_100:Q", title="Per 100 trajecten", format=".2f"),
    ]
    met = basis.transform_filter("isValid(datum.per_100)")
    return stijl(
        [
            met.mark_rule(strokeWidth=6, color=kleuren.marge).encode(
                x=x, y=alt.Y("laag:Q", scale=schaal, title="Per 100 trajecten"), y2=alt.Y2("hoog:Q"), tooltip=tip
            ),
            met.mark_point(filled=True, size=140, opacity=1, color=kleuren.punt).encode(
                x=x,
                y=y,
                tooltip=tip,
                shape=alt.Shape(
                    "vorm:N",
                    legend=None,
                    scale=alt.Scale(domain=["gekozen periode", "andere periode"], range=["diamond", "circle"]),
                ),
            ),
            met.mark_text(align="left", dx=10, fontSize=12, color=kleuren.tekst).encode(
                x=x, y=y, text=alt.Text("tekst:N")
            ),
            # Keeps a period without trajecten on the axis.
            basis.mark_point(opacity=0).encode(x=x, y=alt.YValue(0)),
        ],
        titel=titel,
        ondertitel="Punt: klachten per 100 trajecten (ruit: wat gekozen is). Balk: marge (95%).",
        hoogte=260,
        beschrijving="; ".join(f"{rij.periode}: {rij.tekst or 'geen cijfer'}" for rij in bron.itertuples()),
        kleuren=kleuren,
    )


def termijnen(regels: Sequence[Naleving], titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw the share on time of each term of one period with its interval; the counts stand beside it."""
    return aandelen(
        pd.DataFrame(
            [
                {
                    "naam": regel.termijn_naam,
                    "x": regel.rijp_op_tijd,
                    "n": regel.rijp,
                    "onbeslist": regel.onbepaald_verstreken,
                    "aandeel": regel.kop.aandeel,
                    "laag": regel.kop.laag,
                    "hoog": regel.kop.hoog,
                }
                for regel in regels
            ],
            columns=["naam", "x", "n", "onbeslist", "aandeel", "laag", "hoog"],
        ),
        titel,
        kleuren,
    )


def aandelen(tabel: pd.DataFrame, titel: str, kleuren: Kleuren = LICHT, wat: str = "op tijd") -> alt.LayerChart:
    """Draw shares with their intervals, one row per name; `tabel`: naam, x, n, aandeel, laag, hoog.

    `onbeslist`, where there is such a column: how many more count as far as they are expected to belong.
    """
    bron = tabel.copy() if "onbeslist" in tabel else tabel.assign(onbeslist=0)
    bron["tekst"] = [
        f"{getal(int(rij.x))} van {getal(int(rij.n))}"
        + (f", over {getal(int(rij.onbeslist))} niet beslist" if rij.onbeslist else "")
        if pd.notna(rij.aandeel) or rij.onbeslist
        else GEEN_GEGEVENS
        for rij in bron.itertuples()
    ]
    bron["label"] = [f"{_kort(rij.naam)}|{rij.tekst}" for rij in bron.itertuples()]
    basis = alt.Chart(bron)
    schaal = alt.Scale(domain=[0, 1])
    y = namen("label")
    met = basis.transform_filter("isValid(datum.aandeel)")
    tip = [alt.Tooltip("naam:N", title="Wat"), alt.Tooltip("tekst:N", title=wat.capitalize())]
    return stijl(
        [
            met.mark_rule(strokeWidth=6, color=kleuren.marge).encode(
                y=y,
                x=alt.X("laag:Q", scale=schaal, title=f"Aandeel {wat}", axis=alt.Axis(format=".0%", tickCount=5)),
                x2=alt.X2("hoog:Q"),
                tooltip=tip,
            ),
            met.mark_point(filled=True, size=140, opacity=1, color=kleuren.punt).encode(
                y=y, x=alt.X("aandeel:Q", scale=schaal), tooltip=tip
            ),
            basis.mark_point(opacity=0).encode(y=y, x=alt.XValue(0)),
        ],
        titel=titel,
        ondertitel=f"Punt: aandeel {wat}. Balk: marge (95%). Onder de naam: {wat} van hoeveel.",
        hoogte=hoogte_van(len(bron), 48),
        beschrijving="; ".join(f"{rij.naam}: {rij.tekst}" for rij in bron.itertuples()),
        kleuren=kleuren,
    )


def _kort(naam: str) -> str:
    """Return a name that fits beside a chart on a phone."""
    return naam if len(naam) <= 34 else f"{naam[:33]}…"


def _with_room(einden: pd.Series, teksten: pd.Series, top: int) -> float:
    """Return where a scale from 0 has to end, so that the text behind each bar is whole on the narrowest screen.

    Two fifths of the width stay for the bars, however long a text is.
    """
    over = [
        SMALST / max(SMALST - LETTER * len(tekst) - 8, SMALST * 0.4) * einde
        for einde, tekst in zip(einden, teksten, strict=True)
    ]
    return max([top * 1.3, *over])


def naast_vorig(tabel: pd.DataFrame, periode: Periode, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw klachten per name as a bar with the period before as a tick; `tabel`: naam, klachten, vorig."""
    bron = tabel[["naam", "klachten", "vorig"]].copy()
    bekend = bron["vorig"].notna().all()
    bron["tekst"] = [
        f"{getal(int(nu))} (was {getal(int(vorig))})" if bekend else getal(int(nu))
        for nu, vorig in zip(bron["klachten"], bron["vorig"], strict=True)
    ]
    bron["vorig"] = bron["vorig"].astype(float)
    bron["rand"] = bron[["klachten", "vorig"]].max(axis=1)
    top = max(1, int(bron["rand"].max())) if len(bron) else 1
    schaal = alt.Scale(domain=[0, _with_room(bron["rand"], bron["tekst"], top)], nice=False)
    basis = alt.Chart(bron)
    y = namen()
    tip = [
        alt.Tooltip("naam:N", title="Wat"),
        alt.Tooltip("klachten:Q", title=periode.kort, format=","),
        alt.Tooltip("vorig:Q", title=periode.vorige.kort, format=","),
    ]
    return stijl(
        [
            basis.mark_bar(height={"band": 0.62}, color=kleuren.punt).encode(
                x=alt.X("klachten:Q", scale=schaal, axis=None), y=y, tooltip=tip
            ),
            basis.mark_tick(thickness=3, color=kleuren.tekst, height={"band": 0.86}).encode(
                x=alt.X("vorig:Q", scale=schaal), y=y, tooltip=tip
            ),
            basis.mark_text(align="left", dx=8, fontSize=12, color=kleuren.tekst).encode(
                x=alt.X("rand:Q", scale=schaal), y=y, text=alt.Text("tekst:N")
            ),
        ],
        titel=titel,
        ondertitel=f"Balk: {periode.kort}. Streepje: {periode.vorige.kort}."
        if bekend
        else f"Balk: {periode.kort}. Over {periode.vorige.naam} is niets bekend.",
        hoogte=hoogte_van(len(bron)),
        beschrijving="; ".join(
            f"{rij.naam}: {klachten(int(rij.klachten))}"
            + (f", in {periode.vorige.naam} {int(rij.vorig)}" if bekend else "")
            for rij in bron.itertuples()
        ),
        kleuren=kleuren,
    )


def maanden(oordeel: Maandoordeel, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw the klachten of every month that was judged, what was to be expected as a line; what stands out is dark."""
    waar = oordeel.oordeel.waar if oordeel.opvallend else None
    vanaf = waar is not None and oordeel.oordeel.soort == VERSCHUIVING
    bron = pd.DataFrame(
        [
            {
                "vanaf": pd.Timestamp(deel.vanaf),
                "naam": deel.naam,
                "klachten": deel.klachten,
                "verwacht": oordeel.oordeel.verwacht[nr],
                "kleur": kleuren.punt if waar is not None and (nr == waar or (vanaf and nr > waar)) else kleuren.marge,
            }
            for nr, deel in enumerate(oordeel.perioden)
        ]
    )
    basis = alt.Chart(bron)
    x = alt.X("vanaf:T", title=None, axis=alt.Axis(format="%b %y", labelOverlap=True, grid=False, tickCount=4))
    y = alt.Y("klachten:Q", title="Klachten per maand", axis=alt.Axis(tickCount=4, format="d"))
    tip = [
        alt.Tooltip("naam:N", title="Wanneer"),
        alt.Tooltip("klachten:Q", title="Klachten", format=","),
        alt.Tooltip("verwacht:Q", title="Te verwachten", format=",.1f"),
    ]
    return stijl(
        [
            basis.mark_bar(width=5).encode(x=x, y=y, color=alt.Color("kleur:N", scale=None), tooltip=tip),
            basis.mark_line(color=kleuren.tekst, strokeDash=[6, 4], strokeWidth=1.5, interpolate="step").encode(
                x=x, y=alt.Y("verwacht:Q", title="Klachten per maand")
            ),
        ],
        titel=titel,
        ondertitel="Balk: klachten in een maand. Stippellijn: wat te verwachten was.",
        hoogte=260,
        beschrijving="; ".join(f"{rij.naam}: {klachten(rij.klachten)}" for rij in bron.itertuples()),
        kleuren=kleuren,
    )
