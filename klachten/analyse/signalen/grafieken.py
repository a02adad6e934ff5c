"""The control chart: what varies by chance, and what does not."""

from __future__ import annotations

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, stijl
from klachten.analyse.basis.zinnen import komma

BUITEN, BINNEN = "opvallend", "past bij toeval"
MEESTE_WAARDEN = 4


def stand(buiten: bool) -> str:
    """Return in words whether a point lies within what chance can do."""
    return BUITEN if buiten else BINNEN


def regelkaart(punten: pd.DataFrame, titel: str, ondertitel: str, wat: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw values in order of time with middle and limits; a point outside has another shape and its value beside it.

    `punten`: vanaf (first day), wanneer (in words), klachten (received then), waarde, midden, onder, boven, buiten.
    """
    bron = punten[["vanaf", "wanneer", "klachten", "waarde", "midden", "onder", "boven", "buiten"]].copy()
    bron["vanaf"] = pd.to_datetime(bron["vanaf"])
    bron["stand"] = [stand(bool(buiten)) for buiten in bron["buiten"]]
    bron["tekst"] = [komma(float(w), 0 if float(w).is_integer() else 1) for w in bron["waarde"]]
    # Many values side by side lie over each other: then the shape alone says which points are meant.
    los = int(bron["buiten"].sum()) <= MEESTE_WAARDEN
    bron["naast"] = [
        tekst if buiten and los else "" for tekst, buiten in zip(bron["tekst"], bron["buiten"], strict=True)
    ]
    basis = alt.Chart(bron)
    x = alt.X("vanaf:T", title=None, axis=alt.Axis(format="%b %y", labelOverlap=True, grid=False, tickCount=6))
    y = alt.Y("waarde:Q", title=wat.capitalize(), scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    tip = [
        alt.Tooltip("wanneer:N", title="Wanneer"),
        alt.Tooltip("tekst:N", title=wat.capitalize()),
        alt.Tooltip("klachten:Q", title="Klachten", format=","),
        alt.Tooltip("onder:Q", title="Ondergrens", format=",.1f"),
        alt.Tooltip("boven:Q", title="Bovengrens", format=",.1f"),
        alt.Tooltip("stand:N", title="Stand"),
    ]
    return stijl(
        [
            basis.mark_area(color=kleuren.lijn, stroke=kleuren.marge, strokeWidth=1, interpolate="step").encode(
                x=x, y=alt.Y("onder:Q", title=wat.capitalize()), y2=alt.Y2("boven:Q")
            ),
            basis.mark_line(color=kleuren.tekst, strokeDash=[6, 4], strokeWidth=1.5).encode(x=x, y=alt.Y("midden:Q")),
            basis.mark_line(color=kleuren.marge, strokeWidth=1.5).encode(x=x, y=y),
            basis.mark_point(filled=True, opacity=1, size=70).encode(
                x=x,
                y=y,
                tooltip=tip,
                shape=alt.Shape(
                    "stand:N",
                    scale=alt.Scale(domain=[BINNEN, BUITEN], range=["circle", "triangle-up"]),
                    legend=alt.Legend(title=None, orient="bottom", direction="horizontal"),
                ),
                color=alt.ColorValue(
                    **alt.condition(f"datum.stand == '{BUITEN}'", alt.value(kleuren.tekst), alt.value(kleuren.punt))
                ),
                size=alt.SizeValue(**alt.condition(f"datum.stand == '{BUITEN}'", alt.value(170), alt.value(60))),
            ),
            basis.mark_text(dy=-14, fontSize=12, fontWeight="bold", color=kleuren.tekst).encode(
                x=x, y=y, text=alt.Text("naast:N")
            ),
        ],
        titel=titel,
        ondertitel=ondertitel,
        hoogte=360,
        beschrijving="; ".join(f"{rij.wanneer}: {rij.tekst}" for rij in bron.tail(60).itertuples()),
        kleuren=kleuren,
    )
