"""The chart that fits an answer: bars for counts, points with their interval for what is uncertain, a grid for two."""

from __future__ import annotations

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, hoogte_van, namen, over_regels, raster, stijl
from klachten.analyse.verkenner.antwoord import Antwoord, Cel, is_bereikt
from klachten.analyse.verkenner.maten import DAGEN
from klachten.analyse.verkenner.woorden import Woorden

MEESTE_STAVEN, MEESTE_VAKJES = 24, 400
STAAF, PUNT, REEKS, VAKJES = "staven", "punten", "reeks", "vakjes"


def soort(antwoord: Antwoord) -> str:
    """Return which chart fits; empty when a table says it better, or what was hidden would show in it."""
    getoond = [cel for cel in antwoord.cellen if not cel.verborgen]
    tijd, kanten = len(antwoord.delen) > 1, len(antwoord.vraag.per)
    if len(antwoord.cellen) < 2 or not any(is_bereikt(cel.waarde) for cel in getoond):
        return ""
    onzeker = antwoord.maat.soort != "aantal"
    if tijd and not kanten:
        return REEKS
    if kanten + tijd == 2 and not onzeker:
        return VAKJES if len(getoond) == len(antwoord.cellen) <= MEESTE_VAKJES else ""
    return (PUNT if onzeker else STAAF) if len(getoond) <= MEESTE_STAVEN * (1 + (kanten < 2)) else ""


def tabel(woorden: Woorden) -> pd.DataFrame:
    """Return what is drawn: naam, kolom (of a grid), waarde, laag, hoog, tekst, aantal; without what is hidden."""
    antwoord = woorden.antwoord
    vakjes = soort(antwoord) == VAKJES
    rijen = []
    for nr, cel in enumerate(antwoord.cellen):
        if cel.verborgen:
            continue
        naam, kolom = _vak(woorden, cel) if vakjes else (woorden.naam(cel), "")
        rijen.append(
            {
                "nr": nr, "naam": over_regels(naam), "kolom": kolom, "aantal": cel.n,
                "waarde": cel.waarde if is_bereikt(cel.waarde) else None, "laag": cel.laag,
                "hoog": cel.hoog if is_bereikt(cel.hoog) else None, "tekst": woorden.cijfer(cel),
            }
        )  # fmt: skip
    return pd.DataFrame(rijen)


def _vak(woorden: Woorden, cel: Cel) -> tuple[str, str]:
    if len(woorden.antwoord.delen) > 1:
        return woorden.waarde(0, cel.waarden[0]), cel.deel.kort
    return woorden.waarde(0, cel.waarden[0]), woorden.waarde(1, cel.waarden[1])


def teken(
    bron: pd.DataFrame, vorm: str, titel: str, as_titel: str, kleuren: Kleuren = LICHT, *, procent: bool = False,
    maat: str = "",
) -> alt.LayerChart:  # fmt: skip
    """Draw an answer in one of the four ways; `as_titel` names the figure, `maat` is the kind of measure."""
    if vorm == VAKJES:
        schuin = bron["kolom"].nunique() > 5
        # A grid reads from top to bottom in the order of its rows, also when the first column has the same name.
        return raster(
            bron[["naam", "kolom", "aantal", "nr"]], titel, as_titel, kleuren, wat=("Wat", "Bij", "Aantal"),
            schuin=schuin,
        )  # fmt: skip
    tip = [alt.Tooltip("naam:N", title="Wat"), alt.Tooltip("tekst:N", title=as_titel)]
    if vorm == REEKS:
        return _reeks(bron, titel, as_titel, kleuren, tip, procent)
    if vorm == STAAF:
        return _staven(bron, titel, as_titel, kleuren, tip)
    return _punten(bron, titel, as_titel, kleuren, tip, procent, maat)


def _staven(bron: pd.DataFrame, titel: str, as_titel: str, kleuren: Kleuren, tip: list[alt.Tooltip]) -> alt.LayerChart:
    basis, y = alt.Chart(bron), namen()
    schaal = alt.Scale(domain=[0, max(1.0, float(bron["waarde"].max())) * 1.2], nice=False)
    x = alt.X("waarde:Q", scale=schaal, axis=None)
    return stijl(
        [
            basis.mark_bar(height={"band": 0.62}, color=kleuren.punt).encode(x=x, y=y, tooltip=tip),
            basis.mark_text(align="left", dx=6, fontSize=12, color=kleuren.tekst).encode(
                x=x, y=y, text=alt.Text("tekst:N")
            ),
        ],
        titel=titel, ondertitel=as_titel, hoogte=_hoogte(bron), beschrijving=_beschrijving(bron), kleuren=kleuren,
    )  # fmt: skip


def _punten(
    bron: pd.DataFrame, titel: str, as_titel: str, kleuren: Kleuren, tip: list[alt.Tooltip], procent: bool, maat: str
) -> alt.LayerChart:
    top = 1.0 if procent else max(1.0, float(bron[["waarde", "hoog"]].max().max())) * 1.08
    schaal = alt.Scale(domain=[0, top], nice=not procent)
    as_ = alt.Axis(format=".0%", tickCount=5) if procent else alt.Axis(tickCount=5)
    bron = bron.assign(naam=[f"{rij.naam}|{rij.tekst}" for rij in bron.itertuples()])
    basis, y = alt.Chart(bron), namen()
    lange = " Een balk zonder einde is niet bereikt." if maat == DAGEN and bron["hoog"].isna().any() else ""
    return stijl(
        [
            basis.mark_rule(strokeWidth=6, color=kleuren.marge).transform_filter("isValid(datum.hoog)").encode(
                x=alt.X("laag:Q", scale=schaal, title=as_titel, axis=as_), x2=alt.X2("hoog:Q"), y=y, tooltip=tip
            ),
            basis.mark_point(filled=True, size=140, opacity=1, color=kleuren.punt)
            .transform_filter("isValid(datum.waarde)")
            .encode(x=alt.X("waarde:Q", scale=schaal), y=y, tooltip=tip),
            basis.mark_point(opacity=0).encode(y=y, x=alt.XValue(0)),
        ],
        titel=titel, ondertitel=f"Punt: {as_titel.lower()}. Balk: marge (95%).{lange}",
        hoogte=hoogte_van(len(bron), 48), beschrijving=_beschrijving(bron), kleuren=kleuren,
    )  # fmt: skip


def _reeks(
    bron: pd.DataFrame, titel: str, as_titel: str, kleuren: Kleuren, tip: list[alt.Tooltip], procent: bool
) -> alt.LayerChart:
    vol = len(bron) > 13
    as_ = alt.Axis(labelAngle=-45 if vol else 0, labelOverlap=True, labelPadding=6)
    x = alt.X("naam:O", sort=None, title=None, axis=as_)
    top = 1.0 if procent else max(1.0, float(bron[["waarde", "hoog"]].max().max())) * 1.12
    schaal = alt.Scale(domain=[0, top], nice=not procent)
    y = alt.Y(
        "waarde:Q", title=as_titel, scale=schaal, axis=alt.Axis(tickCount=5, **({"format": ".0%"} if procent else {}))
    )
    basis = alt.Chart(bron)
    lagen = []
    onzeker = bron["laag"].notna().any()
    if onzeker:
        lagen.append(
            basis.mark_rule(strokeWidth=6, color=kleuren.marge).encode(
                x=x, y=alt.Y("laag:Q", scale=schaal, title=as_titel), y2=alt.Y2("hoog:Q"), tooltip=tip
            )
        )
        lagen.append(
            basis.mark_point(filled=True, size=120, opacity=1, color=kleuren.punt).encode(x=x, y=y, tooltip=tip)
        )
    else:
        lagen.append(basis.mark_bar(color=kleuren.punt).encode(x=x, y=y, tooltip=tip))
        if not vol:
            lagen.append(
                basis.mark_text(dy=-8, fontSize=12, color=kleuren.tekst).encode(x=x, y=y, text=alt.Text("tekst:N"))
            )
    return stijl(
        lagen, titel=titel, ondertitel=f"Punt: {as_titel.lower()}. Balk: marge (95%)." if onzeker else as_titel,
        hoogte=280, beschrijving=_beschrijving(bron), kleuren=kleuren,
    )  # fmt: skip


def _hoogte(bron: pd.DataFrame) -> int:
    return hoogte_van(len(bron), 38 if bron["naam"].str.contains("|", regex=False).any() else 30)


def _beschrijving(bron: pd.DataFrame) -> str:
    return "; ".join(f"{str(rij.naam).replace('|', ' ')}: {rij.tekst}" for rij in bron.itertuples())
