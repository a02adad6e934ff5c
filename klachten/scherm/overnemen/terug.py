"""Below step 1: what was taken over before, and taking one import back as one step, with a reason."""

from __future__ import annotations

import streamlit as st

from klachten import rechten, scherm
from klachten.kijklog import regel as soort
from klachten.overname import beweging, grond, terugdraaien
from klachten.overname.grond import Overname
from klachten.register import RegisterFout
from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import kijker, kijklog, onderdelen
from klachten.scherm.overnemen import volgende
from klachten.taal import datum, getal

_GEKOZEN, _REDEN, _FOUT, _KLAAR = (f"overnemen.terug.{deel}" for deel in ("gekozen", "reden", "fout", "klaar"))


def toon() -> None:
    """Draw every import there was, the newest first; of one that is chosen what taking it back does."""
    with scherm.register().plain_cursor() as cursor:
        alle = grond.overnames(cursor)
    if not alle:
        return
    onderdelen.kop("Eerder overgenomen")
    if zin := st.session_state.pop(_KLAAR, ""):
        st.success(zin, icon=":material/undo:")
    if zin := st.session_state.pop(_FOUT, ""):
        onderdelen.weigering(zin)
    for een in reversed(alle):
        _one(een)


def _one(een: Overname) -> None:
    with st.container(border=True):
        st.markdown(f"**Overname {een.volgnr}** van {datum(een.op)}: {onderdelen.veilig(_what(een))}")
        if een.ongedaan_op is not None:
            reden = f": {onderdelen.veilig(een.reden)}" if een.reden else ""
            st.markdown(f"Teruggedraaid op {datum(een.ongedaan_op)}{reden}.")
        elif st.session_state.get(_GEKOZEN) == een.volgnr:
            _ask(een)
        else:
            st.button(
                "Terugdraaien",
                key=f"overnemen.terugdraaien.{een.volgnr}",
                on_click=_choose,
                args=(een.volgnr,),
                icon=":material/undo:",
            )


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
        st.button("Sluiten", key="overnemen.terug.sluit", on_click=_choose, args=(None,))
        return
    st.markdown(f"Dit gebeurt er: {onderdelen.veilig(terugdraaien.sentence(terug))}.")
    volgende.figures(*beweging.moved(register, een.bron, terug.feiten.items(), vandaag))
    st.text_input("Waarom draait u deze overname terug?", key=_REDEN, placeholder="Deze reden wordt bewaard")
    with st.container(horizontal=True):
        st.button(
            "Overname terugdraaien", key="overnemen.terug.doe", on_click=_undo, args=(een.volgnr,), type="primary"
        )
        st.button("Toch niet", key="overnemen.terug.niet", on_click=_choose, args=(None,))


def _choose(volgnr: int | None) -> None:
    st.session_state[_GEKOZEN] = volgnr


def _undo(volgnr: int) -> None:
    """Take it back; asked anew whether this user may, and what stands in the way."""
    if not rechten.mag("pagina", "overnemen", scherm.gebruiker()).mag:
        return
    register = scherm.register()
    try:
        terug = terugdraaien.plan(register, volgnr, scherm.vandaag())
        terugdraaien.record(register, terug, st.session_state.get(_REDEN) or "")
    except (OngeldigBestand, RegisterFout) as fout:
        st.session_state[_FOUT] = str(fout)
        return
    wie = scherm.gebruiker().id
    kijklog.van(register).note(soort.TERUGGEDRAAID, wie, waar="overnemen", aantal=terug.weg, sessie=kijker.hash())
    st.session_state[_KLAAR] = f"Overname {volgnr} is teruggedraaid."
    _choose(None)
