"""Which sign-in (in the example: which visit) a page is drawn in: what the gate said when its line was opened."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from klachten.toegang.poort import SESSIE_KOP
from klachten.toegang.staat import Staat

_BEGONNEN_IN = "aanmelding"
_staat: Staat | None = None


def look_through(staat: Staat | None) -> None:
    """Say which gate the app stands behind (None: behind none, as in a test of one page)."""
    global _staat
    _staat = staat


def hash() -> str:
    """Return the hash of the session that this page is drawn in; empty without a gate."""
    return st.context.headers.get(SESSIE_KOP.decode()) or ""


def recognise() -> None:
    """Hold what Streamlit keeps of a tab to one sign-in: another one starts with nothing."""
    ctx, nu = get_script_run_ctx(), hash()
    if _staat is None or ctx is None or not nu:
        return
    if st.session_state.get(_BEGONNEN_IN, nu) != nu:
        st.session_state.clear()
    st.session_state[_BEGONNEN_IN] = nu
    _staat.lijnen.belongs(ctx.session_id, nu)
