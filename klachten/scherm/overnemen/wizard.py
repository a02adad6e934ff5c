"""The steps of page Overnemen, one at a time: where somebody is, what this step asks, and going on or back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from klachten import scherm
from klachten.dossier.weigering import gezegd
from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import onderdelen
from klachten.scherm.overnemen import (
    bestand,
    controle,
    datums,
    kolommen,
    overgangterug,
    regels,
    rijen,
    terug,
    vastleggen,
    waarden,
)
from klachten.scherm.overnemen import werk as werken
from klachten.scherm.overnemen.werk import Werk


@dataclass(frozen=True)
class Stap:
    """One step: its name, what it draws, which returns why one cannot go on yet, and what going on asks for."""

    naam: str
    toon: Callable[[Werk], str]
    verder: Callable[[Werk], None] = lambda werk: None
    knop: str = "Verder"


STAPPEN = (
    Stap("Bestand", bestand.toon),
    Stap("Eerste rijen", rijen.toon),
    Stap("Kolommen", kolommen.toon, kolommen.verder),
    Stap("Datums", datums.toon),
    Stap("Regels", regels.toon, regels.verder),
    Stap("Waarden", waarden.toon),
    Stap("Controle", controle.toon, vastleggen.begin, "Overnemen"),
    Stap("Vastleggen", vastleggen.toon),
)
_FOUT = "overnemen.fout"


def toon() -> None:
    """Draw the step where the user is, and below the first one what was taken over before."""
    werk = werken.of(scherm.register(), scherm.gebruiker().id)
    _step(werk)
    if werk.stap == 0:
        terug.toon()
        overgangterug.toon()


def _step(werk: Werk) -> None:
    stap = STAPPEN[werk.stap]
    st.progress((werk.stap + 1) / len(STAPPEN), text=f"Stap {werk.stap + 1} van {len(STAPPEN)}: {stap.naam}")
    onderdelen.kop(stap.naam)
    try:
        waarom_niet = stap.toon(werk)
    except OngeldigBestand as fout:
        onderdelen.weigering(fout)
        waarom_niet = "Pas eerst aan wat hierboven staat: ga terug, of kies een ander bestand."
    if zin := st.session_state.pop(_FOUT, ""):
        onderdelen.weigering(zin)
    if werk.stap == len(STAPPEN) - 1:
        return
    if waarom_niet and werk.beeld is not None:
        st.markdown(onderdelen.veilig(waarom_niet))
    with st.container(horizontal=True):
        if werk.stap:
            st.button(
                "Terug", key=f"overnemen.terug.{werk.stap}", on_click=_go, args=(werk, -1), icon=":material/arrow_back:"
            )
        if werk.beeld is not None:
            st.button(
                stap.knop,
                key=f"overnemen.verder.{werk.stap}",
                on_click=_go,
                args=(werk, 1),
                type="primary",
                disabled=bool(waarom_niet),
            )
            st.button("Alles weggooien", key=f"overnemen.weg.{werk.stap}", on_click=werk.throw_away, type="tertiary")


def _go(werk: Werk, hoeveel: int) -> None:
    """Go a step on or back; what cannot be is said, and everything stays."""
    try:
        if hoeveel > 0:
            STAPPEN[werk.stap].verder(werk)
    except OngeldigBestand as fout:
        st.session_state[_FOUT] = gezegd(fout)
        return
    werk.stap += hoeveel
