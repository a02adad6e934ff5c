"""What is known of the klachten of a year beside the steps, on page Categorieën."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.categorieen.nader import KENMERKEN, UITLEG, nader, tevredenheid_achter, tevredenheid_zin
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.reglement import Reglement
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze


@bewaard
def _rijen(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter) -> list[dict[str, object]]:
    return rijen_van(cursor, "nadere_gegevens", peildatum=peildatum, periode=periode, filter=filter)


def gegevens(keuze: Keuze) -> None:
    """Show per characteristic how many klachten have which value."""
    rijen = _rijen(keuze.periode, keuze.peildatum, keuze.filter)
    tabel = table(rijen, keuze.reglement)
    if tabel.empty:
        return
    onderdelen.kop("Nadere gegevens")
    st.markdown(UITLEG)
    if zin := tevredenheid_zin(rijen):
        st.markdown(delen.met_lijsten(zin, tevredenheid_achter(rijen), keuze))
    ids = {
        (KENMERKEN[id].titel, _naam(id, rij["waarde"], keuze.reglement)): f"{id}.{rij['waarde'] or ''}"
        for rij in rijen
        if (id := str(rij["kenmerk"])) in KENMERKEN
    }
    regels = list(zip(tabel["Gegeven"], tabel["Waarde"], strict=True))

    def naar(rij: int, kolom: str) -> Telling | None:
        kenmerk = ids.get(regels[rij])
        if kolom != "Klachten" or kenmerk is None:
            return None
        return Telling.van("kenmerk", keuze.peildatum, keuze.periode, keuze.filter, kenmerk=kenmerk)

    delen.toon(tabel, naar, "cat.nader")


def _naam(id: str, waarde: object, reglement: Reglement | None) -> str:
    return KENMERKEN[id].naam(str(waarde), reglement) if waarde is not None else KENMERKEN[id].anders


def table(rijen: list[dict[str, object]], reglement: Reglement | None) -> pd.DataFrame:
    """Return the rows of question nadere_gegevens for a reader."""
    regels = []
    for titel, tellen in nader(rijen, reglement).items():
        regels += [(titel, naam, str(aantal)) for naam, aantal in tellen.items()]
    return pd.DataFrame(regels, columns=["Gegeven", "Waarde", "Klachten"])
