"""The page Termijnen: each term over the years, one year from closer by, how long indieners wait, and who was late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from klachten import scherm
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.termijnen import grafieken, naleving, uitsplitsing, zinnen
from klachten.analyse.termijnen.naleving import Naleving
from klachten.scherm import onderdelen
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.filters import Keuze, Sleutel, sleutel

MEESTE_JAREN = 8


@st.cache_data(max_entries=64, show_spinner=False)
def _nalevingen(sleutel: Sleutel, peildatum: date, cohort: str, herkomst: str, reglement: str) -> list[Naleving]:
    with scherm.register().cursor() as cursor:
        return naleving.bereken(cursor, peildatum, cohort=cohort, herkomst=herkomst, reglement=reglement)


@st.cache_data(max_entries=32, show_spinner=False)
def _reeks(sleutel: Sleutel, peildatum: date, jaren: tuple[int, ...], filter: Filter) -> list[list[Naleving]]:
    with scherm.register().cursor() as cursor:
        return uitsplitsing.reeks(cursor, peildatum=peildatum, jaren=jaren, filter=filter)


def nalevingen(keuze: Keuze) -> list[list[Naleving]]:
    """Return the years of each term, in order of step; a finer choice is counted by year of receipt."""
    if keuze.verfijnd:
        return _reeks(sleutel(scherm.register()), keuze.peildatum, keuze.jaren[-MEESTE_JAREN:], keuze.filter)
    regels = _nalevingen(sleutel(scherm.register()), keuze.peildatum, **keuze.waar)
    return [[r for r in regels if r.termijn == termijn] for termijn in dict.fromkeys(r.termijn for r in regels)]


def jaartabel(regels: Sequence[Naleving]) -> pd.DataFrame:
    """Return the figures behind the chart as a reader's table, newest year first, all years together last."""
    met_totaal = [*reversed(regels), naleving.samen(regels)] if len(regels) > 1 else list(regels)
    return pd.DataFrame(
        {
            "Jaar": ["Alle jaren" if r.jaar is None else str(r.jaar) for r in met_totaal],
            "Op tijd van termijn voorbij": [zinnen.kopcel(r.kop) for r in met_totaal],
            "Marge": [zinnen.marge(r.kop) for r in met_totaal],
            "Op tijd": [r.op_tijd for r in met_totaal],
            "Te laat": [r.te_laat for r in met_totaal],
            "Te laat, nog open": [r.te_laat_open for r in met_totaal],
            "Loopt": [r.loopt for r in met_totaal],
            "Onbepaald": [r.onbepaald for r in met_totaal],
            "Onbepaald, verstreken": [r.onbepaald_verstreken for r in met_totaal],
            "Ondergrens": [zinnen.tarief(r.ondergrens) for r in met_totaal],
            "N.v.t.": [r.nvt for r in met_totaal],
            "Ongeldig": [r.ongeldig for r in met_totaal],
            "Alleen afgerond": [zinnen.tarief(r.alleen_afgerond) for r in met_totaal],
        }
    )


def termijn(regels: Sequence[Naleving], keuze: Keuze) -> None:
    """Show one term: what the chosen year means, the years as a chart, and the table behind it."""
    met_gegevens = [r for r in regels if r.zegt_iets] or list(regels)
    gekozen = next((r for r in regels if r.jaar == keuze.jaar), met_gegevens[-1])
    onderdelen.kop(f"{regels[0].termijn_naam} (stap {regels[0].stap})")
    st.markdown(zinnen.zin(gekozen, keuze.cohort, keuze.peildatum))
    # What is still running, or has only just begun, is said too, after the year that was asked for.
    if regels[-1].totaal and gekozen is not regels[-1]:
        st.markdown(zinnen.zin(regels[-1], keuze.cohort, keuze.peildatum))
    grafiek = grafieken.termijnnaleving_spec(regels, keuze.peildatum, keuze.cohort, delen.kleuren())
    st.vega_lite_chart(grafiek, width="stretch", theme=None)
    with st.expander("De cijfers per jaar"):
        st.dataframe(jaartabel(regels), hide_index=True, width="stretch")
