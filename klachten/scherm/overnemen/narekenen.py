"""Step 7 while the file is still being read and counted: how far that is, and a button to stop it."""

from __future__ import annotations

import streamlit as st

from klachten.overname.narekenen import Narekenen
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import aantal, hoofdletter

KIJK = 1.0


def toon(werk: Werk) -> str:
    """Show how far it is, or that it was stopped."""
    if werk.rekent is not None and werk.rekent[1].loopt:
        _progress(werk)
        return "Het bestand wordt nog nagerekend. Er is nog niets vastgelegd."
    st.info("U hebt het narekenen gestopt. Er is niets vastgelegd.", icon=":material/stop_circle:")
    st.button("Opnieuw narekenen", key="overnemen.opnieuw", on_click=werk.recount, icon=":material/refresh:")
    return "Zonder deze controle kan het bestand niet worden overgenomen."


@st.fragment(run_every=KIJK)
def _progress(werk: Werk) -> None:
    rekent = werk.rekent[1] if werk.rekent is not None else None
    if rekent is None or not rekent.loopt:
        st.rerun()
    st.progress(rekent.deel, text=_how_far(rekent))
    st.button("Stoppen", key="overnemen.stop.7", on_click=rekent.stop, icon=":material/stop_circle:")


def _how_far(rekent: Narekenen) -> str:
    gelezen = f": {aantal(rekent.gelezen, 'rij', 'rijen')}" if rekent.gelezen else ""
    return f"{hoofdletter(rekent.fase.value)}{gelezen}"
