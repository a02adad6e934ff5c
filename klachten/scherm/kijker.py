"""Who looks at a page, and in which sign-in (in the example: visit): what the gate said when its line was opened."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from klachten.organisatie import Gebruiker
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.bladen import Bladen
from klachten.toegang.poort import SESSIE_KOP
from klachten.toegang.staat import Staat

_BEGONNEN_IN = "aanmelding"
_staat: Staat | None = None


def look_through(staat: Staat | None) -> None:
    """Say which gate the app stands behind (None: behind none, as in a test of one page)."""
    global _staat
    _staat = staat


def is_example() -> bool:
    """Tell whether nobody has to sign in: then one chooses who one is."""
    return _staat is None or _staat.voorbeeld


def who(op: date) -> Gebruiker | None:
    """Return who is signed in, with the roles of that day; None when the session has ended or the person has left."""
    return who_in(hash(), op)


def who_in(hash: str, op: date) -> Gebruiker | None:
    """Return who is signed in with the session of this hash, for a request that is no page."""
    assert _staat
    assert _staat.kijkers
    return _staat.kijkers.gebruiker(hash, _staat.klok(), op)


def door() -> Aanmelden | None:
    """Return what signing in rests on; None in the example, where there is no door."""
    return _staat.bladen.deur if _staat and isinstance(_staat.bladen, Bladen) else None


def now() -> float:
    """Return the moment by the clock of the gate, in seconds since 1970."""
    assert _staat
    return _staat.klok()


def origin() -> str:
    """Return the address at which people know the app, without a path."""
    eigen = _staat.instellingen.adres if _staat else ""
    return eigen or f"http://{st.context.headers.get('host') or 'localhost'}"


def farewell(naar: str) -> bytes:
    """Return the message that makes a page of Streamlit go to another address by itself.

    It is the one that st.login sends; without it a page whose session has ended would try to connect for ever.
    """
    bericht = ForwardMsg()
    bericht.auth_redirect.url = naar
    inhoud: bytes = bericht.SerializeToString()
    return inhoud


def warning() -> bytes:
    """Return what makes every page warn before the sign-in ends; nothing in the example, where it does not end."""
    return b"" if is_example() else b'<script defer src="/toegang/blijf.js"></script>'


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
