"""The streeftermijnen on page Organisatie: what holds now and later, and which one a form is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from klachten import scherm, taal
from klachten.reglement import Termijn
from klachten.scherm import onderdelen, uitleg

NIEUW = "Een nieuwe streeftermijn"


def geldend() -> list[Termijn]:
    """Return every version that holds for klachten of today or later."""
    vandaag = scherm.vandaag()
    alle = scherm.reglement().streeftermijnen
    return [termijn for termijn in alle if termijn.geldig_tot is None or termijn.geldig_tot >= vandaag]


def toon() -> None:
    """Draw what the organisation aims at, with the day of receipt from which each holds."""
    onderdelen.kop("Streeftermijnen")
    st.markdown("Wat de organisatie zelf wil halen, naast de termijnen van het reglement.")
    regels = [
        f"{uitleg.termijn_zin(termijn)}  \n:small[Voor klachten ontvangen vanaf {taal.datum(termijn.geldig_vanaf)}"
        f"{taal.tot_en_met(termijn.geldig_tot)}.]"
        for termijn in geldend()
    ]
    for regel in regels or ["Er zijn geen streeftermijnen."]:
        st.markdown(regel)


def welke(naam: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Let the user choose which one; return what that answers and what the form starts with, None when there is none.

    A next version begins with what holds now.
    """
    laatste = {termijn.id: termijn for termijn in geldend()}
    stelt = naam == "stellen_streeftermijn"
    namen = {**({"": NIEUW} if stelt else {}), **{id: termijn.naam for id, termijn in laatste.items()}}
    if not namen:
        st.markdown("Er is geen streeftermijn om te beëindigen.")
        return None
    id = st.selectbox("Welke streeftermijn", namen, format_func=lambda id: namen.get(id, id), key=f"streef.{naam}")
    morgen = {"vanaf": scherm.vandaag() + timedelta(days=1)} if stelt else {}
    if not stelt or id not in laatste:
        return {"id": id}, morgen
    nu = laatste[id]
    begin = {"naam": nu.naam, "stap": str(nu.stap), "waarde": nu.waarde, "eenheid": nu.eenheid, "geldt": nu.geldt}
    return {"id": id}, {**begin, **morgen, "van_begin": nu.vanaf}
