"""Below what was taken over: since when klachten of a source are handled on here, and taking that back as one step."""

from __future__ import annotations

import streamlit as st

from klachten import scherm
from klachten.overname import overgangen
from klachten.overname.overgangen import Gedaan
from klachten.register import Register
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.ongedaan import Terugvraag
from klachten.taal import aantal, datum


def toon() -> None:
    """Draw every changeover there was, the newest first; of one that is chosen it is asked why it is taken back."""
    with scherm.register().plain_cursor() as cursor:
        alle = overgangen.all_of(cursor)
    if not alle:
        return
    onderdelen.kop("Hier verder behandeld")
    TERUG.meldingen()
    for een in reversed(alle):
        _one(een)


def _one(een: Gedaan) -> None:
    with st.container(border=True):
        klachten = aantal(een.klachten, "open klacht", "open klachten")
        st.markdown(f"**Vanaf {datum(een.op)}**: {klachten} van bron {onderdelen.veilig(een.bron)}")
        if TERUG.kies(een):
            st.markdown(
                "De klachten tellen dan weer bij de bron, ook met terugwerkende kracht. Dit kan zolang er hier niets "
                "over is vastgelegd."
            )
            TERUG.vraag(een)


def _undo(register: Register, volgnr: int, reden: str) -> int:
    return overgangen.undo(register, volgnr, reden, scherm.vandaag()).klachten


TERUG = Terugvraag("overnemen.overgang", "Overgang", _undo)
