"""Below what was taken over: since when klachten of a source are handled on here, and taking that back as one step."""

from __future__ import annotations

import streamlit as st

from klachten import rechten, scherm
from klachten.kijklog import regel as soort
from klachten.overname import overgangen
from klachten.overname.overgangen import Gedaan
from klachten.register import RegisterFout
from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import kijker, kijklog, onderdelen
from klachten.taal import aantal, datum

_GEKOZEN, _REDEN, _FOUT, _KLAAR = (f"overnemen.overgang.{deel}" for deel in ("gekozen", "reden", "fout", "klaar"))


def toon() -> None:
    """Draw every changeover there was, the newest first; of one that is chosen it is asked why it is taken back."""
    with scherm.register().plain_cursor() as cursor:
        alle = overgangen.all_of(cursor)
    if not alle:
        return
    onderdelen.kop("Hier verder behandeld")
    if zin := st.session_state.pop(_KLAAR, ""):
        st.success(zin, icon=":material/undo:")
    if zin := st.session_state.pop(_FOUT, ""):
        onderdelen.weigering(zin)
    for een in reversed(alle):
        _one(een)


def _one(een: Gedaan) -> None:
    with st.container(border=True):
        klachten = aantal(een.klachten, "open klacht", "open klachten")
        st.markdown(f"**Vanaf {datum(een.op)}**: {klachten} van bron {onderdelen.veilig(een.bron)}")
        if een.ongedaan_op is not None:
            reden = f": {onderdelen.veilig(een.reden)}" if een.reden else ""
            st.markdown(f"Teruggedraaid op {datum(een.ongedaan_op)}{reden}.")
            return
        if st.session_state.get(_GEKOZEN) != een.volgnr:
            st.button(
                "Terugdraaien",
                key=f"overnemen.overgang.terug.{een.volgnr}",
                on_click=_choose,
                args=(een.volgnr,),
                icon=":material/undo:",
            )
            return
        st.markdown(
            "De klachten tellen dan weer bij de bron, ook met terugwerkende kracht. Dit kan zolang er hier niets "
            "over is vastgelegd."
        )
        st.text_input("Waarom draait u dit terug?", key=_REDEN, placeholder="Deze reden wordt bewaard")
        with st.container(horizontal=True):
            st.button(
                "Overgang terugdraaien",
                key="overnemen.overgang.doe",
                on_click=_undo,
                args=(een.volgnr,),
                type="primary",
            )
            st.button("Toch niet", key="overnemen.overgang.niet", on_click=_choose, args=(None,))


def _choose(volgnr: int | None) -> None:
    st.session_state[_GEKOZEN] = volgnr


def _undo(volgnr: int) -> None:
    """Take it back; asked anew whether this user may, and what stands in the way."""
    if not rechten.mag("pagina", "overnemen", scherm.gebruiker()).mag:
        return
    register = scherm.register()
    try:
        een = overgangen.undo(register, volgnr, st.session_state.get(_REDEN) or "", scherm.vandaag())
    except (OngeldigBestand, RegisterFout) as fout:
        st.session_state[_FOUT] = str(fout)
        return
    wie = scherm.gebruiker().id
    kijklog.van(register).note(soort.TERUGGEDRAAID, wie, waar="overnemen", aantal=een.klachten, sessie=kijker.hash())
    st.session_state[_KLAAR] = "De overgang is teruggedraaid."
    _choose(None)
