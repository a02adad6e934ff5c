"""The funnel: each organisation at its denominator, and the limits that go with it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, stijl
from klachten.analyse.vergelijken import zinnen
from klachten.analyse.vergelijken.beeld import EIGEN, GROEP, PER, Vergelijking
from klachten.taal import getal

WIE = {EIGEN: "uw organisatie", "ander": "een andere organisatie", GROEP: "kleine organisaties, samen"}


def trechter(v: Vergelijking, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw the organisations and the limits; others are told apart by nothing but where they lie."""
    soort, factor = v.maat.soort, PER[v.maat.soort]
    lijnen = v.grenzen
    lijnen = lijnen.assign(**{kolom: lijnen[kolom] * factor for kolom in lijnen.columns if kolom != "noemer"})
    midden = (v.trechter.waarde or 0.0) * factor
    punten = _punten(v, factor)
    vorm = ".0%" if soort == "deel" else ",.1f"
    x_titel = v.maat.noemer[:1].upper() + v.maat.noemer[1:]
    x = alt.X(
        "noemer:Q", title=x_titel, scale=alt.Scale(type="log", nice=False, padding=14),
        axis=alt.Axis(grid=False, tickCount=5, format=",d", labelOverlap=True),
    )  # fmt: skip
    y_titel = f"{v.maat.titel} (%)" if soort == "deel" else v.maat.titel

    def y(veld: str) -> alt.Y:
        return alt.Y(f"{veld}:Q", title=y_titel, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5, format=vorm))

    grens, bron = alt.Chart(lijnen.assign(midden=midden)), alt.Chart(punten)
    merk = {
        "tooltip": [
            alt.Tooltip("naam:N", title="Wie"),
            alt.Tooltip("noemer:Q", title=x_titel, format=",d"),
            alt.Tooltip("tekst:N", title=v.maat.titel),
        ],
        "shape": alt.Shape(
            "naam:N",
            scale=alt.Scale(domain=list(WIE.values()), range=["triangle-up", "circle", "diamond"]),
            legend=alt.Legend(title=None, orient="bottom", direction="vertical", columns=1),
        ),
        "color": alt.ColorValue(
            **alt.condition(f"datum.naam == '{WIE[EIGEN]}'", alt.value(kleuren.tekst), alt.value(kleuren.punt))
        ),
        "size": alt.SizeValue(**alt.condition(f"datum.naam == '{WIE[EIGEN]}'", alt.value(240), alt.value(45))),
    }
    ver = len(lijnen) and bool(lijnen["ver_boven"].notna().all())
    lagen = [
        *(
            [grens.mark_area(color=kleuren.lijn, opacity=0.45).encode(x=x, y=y("ver_onder"), y2=alt.Y2("ver_boven"))]
            if ver
            else []
        ),
        grens.mark_area(color=kleuren.lijn, opacity=0.9).encode(x=x, y=y("onder"), y2=alt.Y2("boven")),
        *(
            grens.mark_line(color=kleuren.marge, strokeDash=[3, 4], strokeWidth=1.2).encode(x=x, y=y(kant))
            for kant in ("toeval_onder", "toeval_boven")
        ),
        grens.mark_line(color=kleuren.tekst, strokeWidth=1.2).encode(x=x, y=y("midden")),
    ]
    return stijl(
        [
            *(lagen if len(lijnen) else []),
            bron.mark_point(filled=True, opacity=0.85).encode(x=x, y=y("waarde"), **merk),
        ],
        titel=zinnen.titel(v),
        ondertitel=(
            f"Lijn: het midden van de anderen. Donker vlak: 95% ligt daarbinnen{'; licht vlak: 99,8%' if ver else ''}. "
            "Streepjes: 95% als er niets dan toeval was."
        )
        if len(lijnen)
        else "",
        hoogte=380,
        beschrijving=" ".join(zinnen.zinnen(v)),
        kleuren=kleuren,
    )


def _punten(v: Vergelijking, factor: int) -> pd.DataFrame:
    alle = [*v.punten, *([v.eigen] if v.eigen else [])]
    return pd.DataFrame(
        {
            "naam": [WIE[een.wie] for een in alle],
            "noemer": [round(een.plek) for een in alle],
            "waarde": [een.waarde * factor for een in alle],
            "tekst": [_tekst(v, een.waarde, een.leden) for een in alle],
        }
    )


def _tekst(v: Vergelijking, waarde: float, leden: int) -> str:
    tekst = zinnen.waarde(v.maat.soort, waarde)
    return f"{tekst}, gemiddeld over {getal(leden)}" if leden > 1 else tekst
