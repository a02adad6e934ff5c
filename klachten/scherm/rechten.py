"""Page Rechten: the table of rights in sentences, for one role or for all; the rows shown are the rows that decide."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from klachten import rechten, scherm, taal
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import ROLLEN
from klachten.rechten import Rij
from klachten.rechten.woorden import in_woorden
from klachten.scherm import onderdelen, paginas

SOORTEN = {
    "pagina": "Pagina's",
    "inzage": "Wat u leest",
    "handeling": "Handelingen",
    "uitvoer": "Bestanden",
    "route": "Adressen",
}
"""The sorts of rows, in the order in which they are asked about."""
_REEKS = {
    "E": " (bij een evaluatie)",
    "T": " (bij trajecten)",
    "O": " (bij de organisatie)",
    "P": " (bij een medewerker)",
}

_WAAROVER = {
    "K": "Bij een klacht of signaal",
    "S": "Bij een klacht of signaal",
    "E": "Bij evaluaties en verbeteracties",
    "T": "Bij evaluaties en verbeteracties",
    "O": "Bij de organisatie en haar mensen",
    "P": "Bij de organisatie en haar mensen",
    "*": "Bij een klacht of signaal",
}


def kies_rol() -> str:
    """Let the reader choose a role; empty for all roles."""
    return st.selectbox(
        "Wat mag",
        ["", *ROLLEN],
        format_func=lambda rol: ROLLEN.get(rol) or "Iedereen: alle rollen naast elkaar",
        key="rechten_rol",
        placeholder="Kies een rol",
    )


def deel(soort: str, rol: str) -> None:
    """Draw the rows of a sort that a role has something of, each as a name with its sentences below it."""
    rijen = [rij for rij in rechten.RIJEN if rij.soort == soort and (not rol or _heeft(rij, rol))]
    onderdelen.kop(f"{SOORTEN[soort]} ({len(rijen)})")
    if not rijen:
        st.markdown(f"Voor de rol {ROLLEN[rol].lower()} is er niets.")
        return
    for kop, samen in _parts(rijen):
        # One part for Streamlit to send, and lines that wrap on a phone where columns would not fit.
        regels = "\n".join(f"- **{naam(rij)}**  \n  {in_woorden(rij, _stap_rollen(rij))}" for rij in samen)
        st.markdown(f"### {kop}\n{regels}" if kop else regels)


def _parts(rijen: list[Rij]) -> Iterator[tuple[str, list[Rij]]]:
    """Give rows by what they are about; only of handelingen there are so many that one has to look for one."""
    waarvan = {rij.naam: _about(rij) for rij in rijen}
    for kop in dict.fromkeys(["", *_WAAROVER.values()]):
        if samen := [rij for rij in rijen if waarvan[rij.naam] == kop]:
            yield kop, samen


def _about(rij: Rij) -> str:
    if rij.soort != "handeling":
        return ""
    kaal, _, reeks = rij.naam.partition(".")
    return _WAAROVER[reeks or HANDELINGEN[kaal].reeks]


def naam(rij: Rij) -> str:
    """Return what a row is called on the screen."""
    if rij.soort == "pagina":
        return paginas.pagina(rij.naam).titel
    if rij.soort == "handeling":
        kaal, _, reeks = rij.naam.partition(".")
        handeling = HANDELINGEN[kaal]
        stap = f"Stap {handeling.stap}: " if handeling.stap else ""
        return taal.hoofdletter(f"{stap}{handeling.titel}{_REEKS.get(reeks, '')}")
    return rij.wat


def _stap_rollen(rij: Rij) -> tuple[str, ...]:
    handeling = HANDELINGEN.get(rij.naam)
    if handeling is None or not handeling.stap:
        return ()
    return scherm.reglement().stap(handeling.stap).rollen


def _heeft(rij: Rij, rol: str) -> bool:
    return rij.cellen[rol] != rechten.NIETS and (rij.cellen[rol] != "stap" or rol in _stap_rollen(rij))
