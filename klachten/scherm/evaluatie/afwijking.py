"""The recorded deviations of a period, said beside the order of steps so that nobody takes the one for the other."""

from __future__ import annotations

from datetime import date

import streamlit as st
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.geteld import geteld, geteld_als
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import deel
from klachten.analyse.verkenner.antwoord import Cel, geef
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.analyse.werk.telwoorden import VASTGELEGD
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze

AFWIJKING = "deel_afwijking"
"""The measure of the Verkenner of what was recorded with a reason."""


@bewaard
def _met_afwijking(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter) -> Cel:
    return geef(cursor, Verkenning(maat=AFWIJKING, periode=periode, filter=filter), peildatum=peildatum).cellen[0]


def vastgelegd(keuze: Keuze) -> None:
    """Say beside the order what it is not: a fact that was recorded with a reason, of which there are so many."""
    cel = _met_afwijking(keuze.periode, keuze.peildatum, keuze.filter)
    zin = (
        "Dit gaat alleen over de volgorde: een stap die te laat is gedaan, telt hier niet. Iets anders is een "
        f"*vastgelegde afwijking*, te laat of anders en met een reden: {deel(cel.x or 0, cel.n, 'klachten')}."
    )
    achter = geteld_als("afwijking", cel.x or 0, VASTGELEGD, vastgelegd="ja") + geteld(cel.n, "ontvangen")
    st.markdown(delen.met_lijsten(zin, achter, keuze))
    adres = {"maat": AFWIJKING, "periode": keuze.periode.sleutel}
    onderdelen.verwijzing("verkenner", "Vastgelegde afwijkingen in de Verkenner", **adres)
