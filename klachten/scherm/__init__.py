"""The only Streamlit code in the package: who looks, what day it is, and the one register of this process."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from datetime import date, datetime

import streamlit as st

from klachten import mapsoort, toegang
from klachten.dossier.klacht import Feiten
from klachten.handelingen import reglement_voor
from klachten.handelingen.organisatie import eerste
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.register import Register, RegisterFout
from klachten.reglement import Reglement
from klachten.scherm import kijker
from klachten.tijdzone import NEDERLAND
from klachten.toegang import instellingen

_slot = threading.Lock()
_register: Register | None = None
bij_openen: list[Callable[[Register], object]] = []
"""What has to be done with the register before anybody sees anything of it, whenever and by whomever it is opened."""


def register() -> Register:
    """Return the one register of this process; it is opened when the first page asks for it.

    Reading is `register().cursor().execute(sql, parameters)`: every macro of analyse/ is on the cursor.
    """
    global _register
    with _slot:
        if _register is None:
            geopend = open_register()
            try:
                _bring_over(geopend)
                for doe in bij_openen:
                    doe(geopend)
            except BaseException:
                geopend.close()
                raise
            _register = geopend
        return _register


def _bring_over(register: Register) -> None:
    """Let a register of before there were facts about the organisation have the one it always worked with.

    One that was only filled with klachten of elsewhere was nobody's: RegisterFout until it is said whose it becomes.
    """
    if not register.organisatie.ingericht:
        if register.stand().aantal and not instellingen.wants_example() and eerste.only_taken_over(register):
            if instellingen.wants_own():
                return
            raise RegisterFout(mapsoort.VAN_WIE.format(map=register.map))
        from klachten.voorbeeld import bring_over  # 0.1 s, which is asked once of a register

        # A disk that refuses is told of at the first fact; until then everybody is who they were.
        with contextlib.suppress(RegisterFout):
            bring_over(register)


def reglement(feiten: Feiten | None = None, handeling: str = "") -> Reglement:
    """Return the reglement of a klacht, or of one that comes in today, as the version of that day has it.

    A handeling may ask another: to go on here with a klacht that was taken over is done by the own one.
    """
    return reglement_voor(register(), handeling, feiten, op=vandaag())


def geopend() -> Register | None:
    """Return the one register of this process when it is open already; None leaves opening it to a page."""
    return _register


def gebruik(ander: Register | None) -> Register | None:
    """Make the pages use this register from now on (None: open one when asked); return the one used until now.

    For the app's lifespan and for tests. It closes nothing.
    """
    global _register
    with _slot:
        vorig, _register = _register, ander
        return vorig


def gebruiker() -> Gebruiker:
    """Return who is acting: whoever is signed in, with the roles of today; it is asked anew each time.

    The page stops when nobody is any more. In the example it is who was chosen in the sidebar, or by `?als=` when the
    session starts.
    """
    if not kijker.is_example():
        if (wie := kijker.who(vandaag())) is None:
            st.error("U bent niet meer aangemeld. [Meld u opnieuw aan](/aanmelden).", icon=":material/lock:")
            st.stop()
        return wie
    # A page asks some forty times; to ask first whether it is there would ask it of Streamlit twice.
    try:
        wie_id = st.session_state["gebruiker"]
    except KeyError:
        wie_id = toegang.huidige_gebruiker(st.query_params.get("als"), vandaag()).id
        st.session_state["gebruiker"] = wie_id
    return toegang.huidige_gebruiker(wie_id, vandaag())


def vandaag() -> date:
    """Return today's calendar date in the Netherlands; in example mode KLACHTEN_VANDAAG may name another day."""
    anders = os.environ.get("KLACHTEN_VANDAAG", "")
    if anders and kijker.is_example():
        return date.fromisoformat(anders)
    return datetime.now(NEDERLAND).date()
