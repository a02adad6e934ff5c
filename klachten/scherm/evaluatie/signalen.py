"""The page Signalen: a control chart that fits the numbers, and one verdict on the whole of it in words."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import scherm
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import komma
from klachten.analyse.signalen import grafieken as tekening
from klachten.analyse.signalen import signalen as analyse
from klachten.analyse.signalen.signalen import Signalen
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze

PERIODEN = {"maand": "maand", "kwartaal": "kwartaal"}
TERUG = {36: "drie jaar", 60: "vijf jaar", 120: "tien jaar"}


@bewaard
def _signalen(
    cursor: DuckDBPyConnection, peildatum: date, filter: Filter, periode: str, maanden: int, reglement: str
) -> Signalen:
    register = scherm.register()
    return analyse.signalen(
        cursor,
        peildatum=peildatum,
        filter=filter,
        periode=periode,
        maanden=maanden,
        reglement=register.reglementen.get(reglement),
    )


def beeld(keuze: Keuze) -> Signalen:
    """Ask per what and how far back, and return the chart."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        periode = st.selectbox(
            "Per",
            list(PERIODEN),
            format_func=PERIODEN.__getitem__,
            key="signalen_periode",
            width=150,
            placeholder="Kies",
        )
        maanden = st.selectbox(
            "Terug", list(TERUG), format_func=TERUG.__getitem__, key="signalen_maanden", width=150, placeholder="Kies"
        )
    return _signalen(keuze.peildatum, keuze.filter, periode, maanden, keuze.verzameling.reglement)


def verhaal(beeld: Signalen, keuze: Keuze) -> None:
    """Say first whether anything changed: which period, and in which direction."""
    onderdelen.kop("Er viel iets op" if beeld.oordeel.opvallend else "Geen signaal")
    delen.zinnen(beeld.bevindingen, keuze)


def kaart(beeld: Signalen, keuze: Keuze) -> None:
    """Show the chart, why it is this one, and its figures."""
    if beeld.punten.empty:
        return
    titel = beeld.oordeel.zin.rstrip(".")
    hoger = " Hoger is beter." if beeld.keuze.soort in ("t", "g") else ""
    ondertitel = f"Stippellijn: het midden. Vlak: wat door toeval kan, alle punten samen bekeken.{hoger}"
    toon = beeld.punten[["wanneer", "waarde", "midden", "onder", "boven", "buiten"]].copy()
    for kolom in ("waarde", "midden", "onder", "boven"):
        toon[kolom] = [komma(float(waarde)) for waarde in toon[kolom]]
    toon["buiten"] = [tekening.stand(bool(buiten)) for buiten in toon["buiten"]]
    toon.columns = pd.Index(["Wanneer", beeld.soort.capitalize(), "Midden", "Ondergrens", "Bovengrens", "Stand"])
    # The days between klachten and a rate are no klachten; how many there were in the period stands beside it.
    toon.insert(1, "Klachten", list(beeld.punten["klachten"]))
    perioden = {
        str(punt.wanneer): Telling(
            peildatum=keuze.peildatum, periode=Periode(punt.vanaf, punt.tot), filter=keuze.filter
        )
        for punt in beeld.punten.itertuples()
    }
    namen = [str(naam) for naam in reversed(toon["Wanneer"])]
    if beeld.soort == "klachten per periode":
        toon = toon.drop(columns=["Klachten per periode"])
    delen.grafiek(
        tekening.regelkaart,
        beeld.punten,
        titel,
        ondertitel,
        beeld.soort,
        tabel=toon.iloc[::-1],
        naar=lambda rij, kolom: perioden[namen[rij]] if kolom == "Klachten" else None,
        punt=lambda mark: perioden.get(mark.get("wanneer", "")),
        velden=("wanneer",),
        key="signalen.kaart",
    )
    st.markdown(f"**Waarom deze grafiek?** {beeld.keuze.waarom}")
    onderdelen.verwijzing("categorieen", "Naar Categorieën: waar gaan ze over?")
