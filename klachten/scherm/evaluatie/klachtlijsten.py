"""Below the figures of Termijnen and Proces: of which klachten they were over a term, or not in order, page by page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import taal
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.lezer import Zicht
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.proces import proces
from klachten.analyse.termijnen import uitsplitsing
from klachten.reglement import Reglement
from klachten.scherm import afwijkingen, onderdelen
from klachten.scherm.bewaard import bewaard, mijn_zicht, uit_stand
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze


@bewaard
def _te_laat(
    cursor: DuckDBPyConnection, peildatum: date, filter: Filter, zicht: Zicht, limit: int, offset: int
) -> tuple[int, pd.DataFrame]:
    # Ids only; who may see a name is decided when the table is drawn.
    return uitsplitsing.te_laat(cursor, peildatum=peildatum, filter=filter, zicht=zicht, limit=limit, offset=offset)


@bewaard
def _afwijkingen(cursor: DuckDBPyConnection, **vraag: Any) -> tuple[int, pd.DataFrame]:
    return proces.afwijkingen(cursor, **vraag)


def over_de_termijn(keuze: Keuze) -> None:
    """Show the missed terms of every year, what is still open first, with the reason that was recorded."""
    onderdelen.kop("Over de termijn")
    if not delen.ziet_rijen("termijnen"):
        return
    ziet = mijn_zicht()
    aantal, _ = _te_laat(keuze.peildatum, keuze.filter, ziet, 0, 0)
    if not aantal:
        st.markdown("Geen enkele klacht ging over een termijn.")
        return
    limit, offset = onderdelen.bladeren(
        aantal, key="termijnen_blad", woord="termijnen, uit alle jaren" if aantal > 1 else "termijn, uit alle jaren"
    )
    tabel, behandelaars = _blad_te_laat(keuze, ziet, limit, offset)
    if delen.toont_namen():
        tabel["Behandelaar"] = [onderdelen.persoon(id) for id in behandelaars]
    delen.dossierlijst(tabel)


@uit_stand
def _blad_te_laat(keuze: Keuze, zicht: Zicht, limit: int, offset: int) -> tuple[pd.DataFrame, list[str | None]]:
    """Return one page of the list, and the ids of who handles them."""
    _, rijen = _te_laat(keuze.peildatum, keuze.filter, zicht, limit, offset)
    tabel = pd.DataFrame(
        {
            "Klachtnummer": rijen["klachtnummer"],
            "Termijn": rijen["termijn_naam"],
            "Vestiging": [naam_van(keuze.reglement, "vestigingen", id) for id in rijen["vestiging"]],
            "Uiterlijk op": rijen["uiterlijk_op"],
            "Dagen te laat": rijen["dagen_te_laat"],
            "Status": [
                f"{r.status}, gedaan op {taal.kort(r.einde_op)}" if pd.notna(r.einde_op) else r.status
                for r in rijen.itertuples()
            ],
            "Reden vastgelegd": [_reden(codes, keuze.reglement) for codes in rijen["redenen"]],
        }
    )
    return tabel, [id if isinstance(id, str) else None for id in rijen["behandelaar"]]


def _reden(codes: tuple[str, ...], reglement: Reglement | None) -> str:
    """Return that there is a reason and what about; the text itself stays in the dossier."""
    return f"ja: {afwijkingen.opgesomd(codes, reglement)}" if codes else "nee"


def niet_op_volgorde(keuze: Keuze) -> None:
    """Show the klachten that deviate, the furthest off first, down to the dossier."""
    onderdelen.kop("Bij welke klachten staan de stappen niet op volgorde?")
    if not delen.ziet_rijen("proces"):
        return
    zicht = mijn_zicht()
    aantal, _ = _afwijkingen(
        peildatum=keuze.peildatum, periode=keuze.periode, filter=keuze.filter, zicht=zicht, limit=0
    )
    if not aantal:
        st.markdown("Geen enkele.")
        return
    limit, offset = onderdelen.bladeren(aantal, key="proces_blad", woord="klachten" if aantal > 1 else "klacht")
    delen.dossierlijst(_blad_anders(keuze, zicht, limit, offset))


@uit_stand
def _blad_anders(keuze: Keuze, zicht: Zicht, limit: int, offset: int) -> pd.DataFrame:
    """Return one page of the list."""
    _, lijst = _afwijkingen(
        peildatum=keuze.peildatum, periode=keuze.periode, filter=keuze.filter, zicht=zicht, limit=limit, offset=offset
    )
    return pd.DataFrame(
        {
            "Klachtnummer": lijst["klachtnummer"],
            "Wat is anders": [" ".join(zinnen) for zinnen in lijst["zinnen"]],
            "Stand": lijst["einde"],
            "Vestiging": [naam_van(keuze.reglement, "vestigingen", id) for id in lijst["vestiging"]],
            "Volgorde": lijst["spoor"],
        }
    )
