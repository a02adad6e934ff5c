"""The page Termijnen: each term over the years, one period from closer by, how long one waits, and who was late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.grafiekstijl import Kleuren
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.termijnen import grafieken, naleving, uitsplitsing, zinnen
from klachten.analyse.termijnen.naleving import RIJP, RIJP_OP_TIJD, Naleving
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen, vooruit
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen, tekenen
from klachten.scherm.evaluatie.keuze import Keuze

MEESTE_JAREN = 8
STANDEN = {
    "Op tijd": "op tijd",
    "Te laat": "te laat",
    "Te laat, nog open": "te laat, nog open",
    "Loopt": "loopt",
    "Onbepaald": "onbepaald",
    "Onbepaald, verstreken": "onbepaald, termijn verstreken",
    "N.v.t.": "n.v.t.",
    "Ongeldig": "ongeldig",
    "Op tijd van termijn voorbij": RIJP_OP_TIJD,
    "Termijn voorbij": RIJP,
    "Ondergrens": RIJP_OP_TIJD,
    "Alleen afgerond": "op tijd",
}
"""How a term stands by the column that counts it; of x out of n the x, for the n stands beside it."""


@bewaard
def _nalevingen(
    cursor: DuckDBPyConnection, peildatum: date, periode: Periode, cohort: str, herkomst: str, reglement: str
) -> list[Naleving]:
    return naleving.bereken(cursor, peildatum, periode=periode, cohort=cohort, herkomst=herkomst, reglement=reglement)


@bewaard
def _reeks(
    cursor: DuckDBPyConnection, peildatum: date, perioden: tuple[Periode, ...], filter: Filter
) -> list[list[Naleving]]:
    return uitsplitsing.reeks(cursor, peildatum=peildatum, perioden=perioden, filter=filter)


def nalevingen(keuze: Keuze) -> list[list[Naleving]]:
    """Return the period of every year of each term, in order of step; a finer choice is counted by day of receipt."""
    if keuze.verfijnd:
        return _reeks(keuze.peildatum, keuze.reeks[-MEESTE_JAREN:], keuze.filter)
    # Any year of the series will do: the cache then keeps one for all of them.
    voorbeeld = keuze.periode.in_jaar(2000 + keuze.periode.jaar % keuze.periode.stap)
    regels = _nalevingen(keuze.peildatum, voorbeeld, **keuze.waar)
    return [[r for r in regels if r.termijn == termijn] for termijn in dict.fromkeys(r.termijn for r in regels)]


def jaartabel(regels: Sequence[Naleving], peildatum: date) -> pd.DataFrame:
    """Return the figures behind the chart as a reader's table, newest year first, all years together last."""
    met_totaal = [*reversed(regels), naleving.samen(regels)] if len(regels) > 1 else list(regels)
    return pd.DataFrame(
        {
            "Periode": [r.periode.kort if r.periode else "Alle jaren" for r in met_totaal],
            "Op tijd van termijn voorbij": [zinnen.regelcel(r) for r in met_totaal],
            "Stand": [grafieken.stand(r, peildatum) if r.periode else onderdelen.GEEN for r in met_totaal],
            "Termijn voorbij": [r.rijp for r in met_totaal],
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


def _grafiek(regels: Sequence[Naleving], peildatum: date, cohort: str, kleuren: Kleuren) -> dict[str, Any]:
    return tekenen.als_arrow(grafieken.termijnnaleving_spec(regels, peildatum, cohort, kleuren))


def remember(keuze: Keuze) -> None:
    """Have what is drawn of each term made again after a fact, before somebody asks."""
    vooruit.remember(_teken_vooraf, keuze, delen.kleuren())


def _teken_vooraf(keuze: Keuze, kleuren: Kleuren) -> None:
    for regels in nalevingen(keuze):
        vooruit.between()
        tekenen.eenmaal(_grafiek, regels, keuze.peildatum, keuze.cohort, kleuren)
        tekenen.eenmaal(jaartabel, regels, keuze.peildatum)


def termijn(regels: Sequence[Naleving], keuze: Keuze) -> None:
    """Show one term: what the chosen period means, the years as a chart, and the table behind it."""
    met_gegevens = [r for r in regels if r.zegt_iets] or list(regels)
    gekozen = next((r for r in regels if r.periode == keuze.periode), met_gegevens[-1])
    onderdelen.kop(f"{regels[0].termijn_naam} (stap {regels[0].stap})")
    getoond = [gekozen]
    # What is still running, or has only just begun, is said too, after the year that was asked for.
    if regels[-1].totaal and gekozen is not regels[-1]:
        getoond.append(regels[-1])
    for regel in getoond:
        zin = zinnen.zin(regel, keuze.cohort, keuze.peildatum)
        st.markdown(delen.met_lijsten(zin, zinnen.achter(regel, keuze.cohort), keuze))
    getekend = tekenen.eenmaal(_grafiek, regels, keuze.peildatum, keuze.cohort, delen.kleuren())
    st.vega_lite_chart(getekend, width="stretch", theme=None)
    delen.achter(
        tekenen.eenmaal(jaartabel, regels, keuze.peildatum),
        naar=lambda rij, kolom: _naar(regels, keuze, rij, kolom),
        key=f"termijnen.{regels[0].termijn}",
    )


def _naar(regels: Sequence[Naleving], keuze: Keuze, rij: int, kolom: str) -> Telling | None:
    """Return the klachten of a number in the table of a term: its newest year first, all years together last."""
    stand = STANDEN.get(kolom)
    if stand is None:
        return None
    if rij < len(regels):
        periode = regels[-1 - rij].periode
    else:
        perioden = [r.periode for r in regels if r.periode]
        # All fourth quarters together are no period.
        if any(a.laatste + timedelta(days=1) != b.eerste for a, b in pairwise(perioden)):
            return None
        periode = Periode(perioden[0].eerste, perioden[-1].laatste)
    return Telling(
        peildatum=keuze.peildatum,
        periode=periode,
        filter=keuze.filter,
        op="termijn" if keuze.cohort == "termijn" else "ontvangst",
        termijn=regels[0].termijn,
        stand=stand,
    )
