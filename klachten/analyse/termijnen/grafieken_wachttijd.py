"""How long indieners wait, as a curve that counts what is still running; hidden where fewer than 5 are left."""

from __future__ import annotations

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, stijl
from klachten.analyse.basis.grafiektabel import GEEN
from klachten.analyse.basis.zinnen import procent


def wachttijd(
    curve: pd.DataFrame, grens: int | None, doel: str, titel: str, kleuren: Kleuren = LICHT
) -> alt.LayerChart:
    """Draw which share is done by each day, with its interval; `grens` is the last day of the term.

    `curve`: dag, kans, laag, hoog, onder_risico; only days on which at least 5 were still waiting.
    """
    begin = pd.DataFrame([{"dag": 0, "kans": 0.0, "laag": 0.0, "hoog": 0.0, "onder_risico": None}])
    bron = (
        pd.concat([begin, curve.astype({"kans": float})], ignore_index=True)
        if not (curve["dag"] == 0).any()
        else curve.copy()
    )
    for kant, gezegd in (("laag", "van"), ("hoog", "tot")):
        bron[gezegd] = [GEEN if pd.isna(waarde) else procent(float(waarde)) for waarde in bron[kant]]
        bron[kant] = bron[kant].astype(float).fillna(bron["kans"])
    basis = alt.Chart(bron)
    laatste = max(1, int(bron["dag"].max()), grens or 0)
    x = alt.X(
        "dag:Q",
        title="Dagen na ontvangst",
        scale=alt.Scale(domain=[0, laatste * 1.04], nice=False),
        axis=alt.Axis(tickCount=6, grid=False),
    )
    schaal = alt.Scale(domain=[0, 1])
    y = alt.Y("kans:Q", title=f"Aandeel {doel}", scale=schaal, axis=alt.Axis(format=".0%", tickCount=5))
    tip = [
        alt.Tooltip("dag:Q", title="Dag"),
        alt.Tooltip("kans:Q", title=doel.capitalize(), format=".0%"),
        alt.Tooltip("van:N", title="Marge van"),
        alt.Tooltip("tot:N", title="Marge tot"),
        alt.Tooltip("onder_risico:Q", title="Wachtten nog", format=","),
    ]
    lagen = [
        basis.mark_area(color=kleuren.lijn, stroke=kleuren.marge, interpolate="step-after").encode(
            x=x, y=alt.Y("laag:Q", scale=schaal, title=f"Aandeel {doel}"), y2=alt.Y2("hoog:Q")
        ),
        basis.mark_line(color=kleuren.punt, strokeWidth=2.5, interpolate="step-after").encode(x=x, y=y),
        # Where the curve begins nothing happened: there is nothing to be told of it.
        alt.Chart(bron[bron["onder_risico"].notna()])
        .mark_point(color=kleuren.punt, filled=True, size=22)
        .encode(x=x, y=y, tooltip=tip),
    ]
    if grens is not None:
        lijn = alt.Chart(pd.DataFrame([{"dag": grens, "tekst": f"termijn: dag {grens}"}]))
        lagen += [
            lijn.mark_rule(color=kleuren.tekst, strokeDash=[4, 3]).encode(x=x),
            lijn.mark_text(align="right", dx=-6, fontSize=12, color=kleuren.tekst).encode(
                x=x, y=alt.YValue(12), text=alt.Text("tekst:N")
            ),
        ]
    return stijl(
        lagen,
        titel=titel,
        ondertitel="Lijn: deel dat zover is, wat nog loopt meegerekend. Vlak: marge (95%). Alleen zolang er 5 wachten.",
        hoogte=280,
        beschrijving="; ".join(f"dag {int(rij.dag)}: {procent(rij.kans)}" for rij in bron.tail(40).itertuples()),
        kleuren=kleuren,
    )
