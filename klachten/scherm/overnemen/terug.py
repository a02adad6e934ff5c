"""Below step 1: what was taken over before, and taking one import back as one step, with a reason."""

from __future__ import annotations

import streamlit as st

from klachten import scherm
from klachten.overname import beweging, grond, terugdraaien
from klachten.overname.grond import Overname
from klachten.register import Register
from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import onderdelen
from klachten.scherm.overnemen import maand
from klachten.scherm.overnemen.ongedaan import Terugvraag
from klachten.taal import datum, getal


def toon() -> None:
    """Draw every import there was, the newest first; of one that is chosen what taking it back does."""
    with scherm.register().plain_cursor() as cursor:
        alle = grond.overnames(cursor)
    if not alle:
        return
    onderdelen.kop("Eerder overgenomen")
    TERUG.meldingen()
    for een in reversed(alle):
        _one(een)


def _one(een: Overname) -> None:
    with st.container(border=True):
        st.markdown(f"**Overname {een.volgnr}** van {datum(een.op)}: {onderdelen.veilig(_what(een))}")
        if TERUG.kies(een):
            _ask(een)


def _what(een: Overname) -> str:
    delen = [f"bron {een.bron}", *([een.naam] if een.naam else [])]
    delen += [f"{getal(een.gegevens[wat])} {wat}" for wat in ("nieuw", "gewijzigd") if een.gegevens.get(wat)]
    return ", ".join(delen)


def _ask(een: Overname) -> None:
    """Show what taking it back does, and ask why."""
    register, vandaag = scherm.register(), scherm.vandaag()
    try:
        terug = terugdraaien.plan(register, een.volgnr, vandaag)
        terug.check()
    except OngeldigBestand as fout:
        onderdelen.weigering(fout)
        st.button("Sluiten", key="overnemen.terug.sluit", on_click=TERUG.choose, args=(None,))
        return
    st.markdown(f"Dit gebeurt er: {onderdelen.veilig(terugdraaien.sentence(terug))}.")
    maand.figures(*beweging.moved(register, een.bron, terug.feiten.items(), vandaag))
    TERUG.vraag(een)


def _undo(register: Register, volgnr: int, reden: str) -> int:
    terug = terugdraaien.plan(register, volgnr, scherm.vandaag())
    terugdraaien.record(register, terug, reden)
    return terug.weg


TERUG = Terugvraag("overnemen.terug", "Overname", _undo)
