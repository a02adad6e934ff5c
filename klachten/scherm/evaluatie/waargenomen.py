"""What was seen to change after a verbeteractie: the last part of the page Opvolging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import scherm
from klachten.analyse.basis.geteld import geteld
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import komma, telling
from klachten.analyse.opvolging import grafieken as tekening
from klachten.analyse.opvolging import verbetering
from klachten.analyse.opvolging.verbetering import Verandering
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze


@bewaard
def _veranderingen(
    cursor: DuckDBPyConnection, peildatum: date, filter: Filter, reglement: str
) -> tuple[Verandering, ...]:
    register = scherm.register()
    return verbetering.voor_en_na(
        cursor, peildatum=peildatum, filter=filter, reglement=register.reglementen.get(reglement)
    )


def waargenomen(keuze: Keuze) -> None:
    """Show before and after each verbeteractie that was carried out, against what was to be expected anyway."""
    onderdelen.kop("Waargenomen verandering")
    regels = _veranderingen(keuze.peildatum, keuze.filter, keuze.verzameling.reglement)
    if not regels:
        st.markdown("Nog geen verbeteractie over een categorie is uitgevoerd; daarna staat hier wat er veranderde.")
        return
    gemeten = [r for r in regels if r.uitkomst and r.uitkomst.ratio.ratio is not None]
    zeker = [r for r in gemeten if r.valt_op]
    titel = (
        f"Bij {telling(len(zeker), len(gemeten))} is de verandering groter dan door toeval te verwachten was"
        if zeker
        else "Bij geen enkele is de verandering groter dan door toeval te verwachten was"
    )
    tabel = pd.DataFrame([_rij(r) for r in regels])
    if gemeten:
        delen.grafiek(
            tekening.veranderingen,
            gemeten,
            titel,
            tabel=tabel,
            naar=lambda rij, kolom: _voor_of_na(keuze, regels[rij], kolom),
            key="opvolging.veranderingen",
        )
    with st.expander("Per verbeteractie in woorden", expanded=not gemeten):
        delen.zinnen([_zin(keuze, r) for r in reversed(regels)])


def _zin(keuze: Keuze, regel: Verandering) -> str:
    tellen = (("Voor", regel.voor, "ervoor"), ("Na", regel.na, "erna"))
    achter = tuple(
        g
        for kolom, aantal, wat in tellen
        if (telling := _voor_of_na(keuze, regel, kolom))
        for g in geteld(aantal, wat, periode=telling.periode, filter=telling.filter)
    )
    naam, zin = onderdelen.veilig(regel.naam), onderdelen.veilig(regel.zin)
    return delen.met_lijsten(f"**{naam}** ({regel.jaar}). {zin}", achter, keuze)


def _voor_of_na(keuze: Keuze, regel: Verandering, kolom: str) -> Telling | None:
    """Return the klachten of the categorie before a verbeteractie was carried out, or those after it."""
    dagen_van = {"Voor": (date(regel.jaar, 1, 1), regel.voor_tot), "Na": (regel.na_van, regel.na_tot)}
    if kolom not in dagen_van:
        return None
    van, tot = dagen_van[kolom]
    if tot < van:
        return None
    return Telling(
        peildatum=keuze.peildatum, periode=Periode(van, tot), filter=replace(keuze.filter, categorie=regel.categorie)
    )


def _rij(regel: Verandering) -> dict[str, object]:
    uit = regel.uitkomst
    ratio = uit.ratio if uit else None
    return {
        "Categorie": regel.naam,
        "Verbeteractie": f"{regel.klachtnummer}, actie {regel.verbeteractie}",
        "Geëvalueerd jaar": str(regel.jaar),
        "Uitgevoerd op": regel.uitgevoerd_op,
        "Voor": regel.voor,
        "Na": regel.na,
        "Na, vanaf": regel.na_van,
        "Na, tot en met": regel.na_tot,
        "Verhouding": komma(ratio.ratio, 2) if ratio else onderdelen.GEEN,
        "Marge": f"{komma(ratio.laag, 2)} tot {komma(ratio.hoog, 2)}"
        if ratio and ratio.ratio is not None
        else onderdelen.GEEN,
        "Te verwachten": komma(uit.eb_verwacht) if uit and uit.eb_verwacht is not None else onderdelen.GEEN,
        "Index": komma(uit.index_eb, 2) if uit and uit.index_eb is not None else onderdelen.GEEN,
    }
