"""Charts of the follow-up: how maatregelen stand, how old the open ones are, and what changed after a verbeteractie."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, RIJHOOGTE, Kleuren, hoogte_van, namen, over_regels, stijl
from klachten.analyse.basis.zinnen import getal, klachten, komma
from klachten.analyse.opvolging.verbetering import Verandering


def aantallen(tabel: pd.DataFrame, titel: str, ondertitel: str = "", kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw counts per name, the part that asks for attention darker; `tabel`: naam, aantal, waarvan, tekst."""
    bron = tabel.assign(naam=[over_regels(naam) for naam in tabel["naam"]])
    basis = alt.Chart(bron)
    top = max(1, int(tabel["aantal"].max())) if len(tabel) else 1
    schaal = alt.Scale(domain=[0, top * 1.45], nice=False)
    y = namen()
    tip = [alt.Tooltip("naam:N", title="Wat"), alt.Tooltip("tekst:N", title="Aantal")]
    return stijl(
        [
            basis.mark_bar(height={"band": 0.62}, color=kleuren.marge).encode(
                x=alt.X("aantal:Q", scale=schaal, axis=None), y=y, tooltip=tip
            ),
            basis.mark_bar(height={"band": 0.62}, color=kleuren.punt).encode(
                x=alt.X("waarvan:Q", scale=schaal), y=y, tooltip=tip
            ),
            basis.mark_text(align="left", dx=8, fontSize=12, color=kleuren.tekst).encode(
                x=alt.X("aantal:Q", scale=schaal), y=y, text=alt.Text("tekst:N")
            ),
        ],
        titel=titel,
        ondertitel=ondertitel,
        hoogte=hoogte_van(len(tabel), 38 if bron["naam"].str.contains("|", regex=False).any() else RIJHOOGTE),
        beschrijving="; ".join(f"{rij.naam}: {rij.tekst}" for rij in tabel.itertuples()),
        kleuren=kleuren,
    )


def veranderingen(regels: Sequence[Verandering], titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw each observed change as a ratio with its interval, where half and twice are equally far from 1."""
    rijen = []
    for regel in regels:
        ratio = regel.uitkomst.ratio if regel.uitkomst else None
        if ratio is None or ratio.ratio is None:
            continue
        index = regel.uitkomst.index_eb if regel.uitkomst else None
        laag, hoog = (ratio.laag or 0.0), (math.inf if ratio.hoog is None else ratio.hoog)
        rijen.append(
            {
                "label": f"{regel.naam}|{regel.klachtnummer}, actie {regel.verbeteractie}",
                # Beyond a fifth and five times the picture says no more than "far".
                "ratio": min(8.0, max(0.125, ratio.ratio)),
                "laag": min(8.0, max(0.125, laag)),
                "hoog": min(8.0, hoog),
                "index": None if index is None else min(8.0, max(0.125, index)),
                "tekst": f"van {getal(regel.voor)} naar {klachten(regel.na)}",
                "index_tekst": komma(index, 2) if index is not None else "geen index",
            }
        )
    bron = pd.DataFrame(rijen, columns=["label", "ratio", "laag", "hoog", "index", "tekst", "index_tekst"])
    schaal = alt.Scale(type="log", domain=[0.125, 8])
    as_ = alt.Axis(
        values=[0.125, 0.25, 0.5, 1, 2, 4, 8],
        labelExpr="datum.value < 1 ? '÷' + (1 / datum.value) : datum.value == 1 ? 'gelijk' : '×' + datum.value",
        grid=True,
    )
    basis = alt.Chart(bron)
    y = namen("label")
    tip = [
        alt.Tooltip("label:N", title="Verbeteractie"),
        alt.Tooltip("tekst:N", title="Waargenomen"),
        alt.Tooltip("index_tekst:N", title="Index"),
    ]
    een = (
        alt.Chart(pd.DataFrame({"x": [1]}))
        .mark_rule(color=kleuren.tekst, strokeDash=[4, 3])
        .encode(x=alt.X("x:Q", scale=schaal))
    )
    return stijl(
        [
            een,
            basis.mark_rule(strokeWidth=6, color=kleuren.marge).encode(
                x=alt.X("laag:Q", scale=schaal, axis=as_, title="Klachten per traject, na tegen voor"),
                x2=alt.X2("hoog:Q"),
                y=y,
                tooltip=tip,
            ),
            basis.mark_point(filled=True, size=140, opacity=1, color=kleuren.punt).encode(
                x=alt.X("ratio:Q", scale=schaal), y=y, tooltip=tip
            ),
            basis.transform_filter("isValid(datum.index)")
            .mark_point(shape="diamond", size=110, strokeWidth=2, color=kleuren.tekst)
            .encode(x=alt.X("index:Q", scale=schaal), y=y, tooltip=tip),
        ],
        titel=titel,
        ondertitel="Punt: waargenomen verandering. Balk: marge (95%). Open ruit: tegen wat te verwachten was (index).",
        hoogte=hoogte_van(len(bron), 48),
        beschrijving="; ".join(f"{rij.label}: {rij.tekst}" for rij in bron.itertuples()),
        kleuren=kleuren,
    )
