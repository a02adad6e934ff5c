"""Page Toestand: the very list of the command `gezond`, for who looks after the register."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import streamlit as st

from klachten import gezond, scherm
from klachten.gezond import FOUT, GOED, LET_OP, NVT, Rapport
from klachten.scherm import onderdelen
from klachten.scherm.onderdelen import veilig

VERS = 60.0
"""Seconds for which a look counts: each reads the journal, and asks a mail server where there is one."""
OPNIEUW = "toestand.opnieuw"
_PICTOGRAM = {GOED: "green", NVT: "gray", LET_OP: "orange", FOUT: "red"}
_NAAM = {GOED: "check_circle", NVT: "remove", LET_OP: "error", FOUT: "report"}
_slot = threading.Lock()
_laatste: list[tuple[float, Rapport]] = []


def rapport(*, opnieuw: bool = False) -> Rapport:
    """Return what the checks say now, or said within the last minute."""
    map = scherm.register().map
    with _slot:
        if opnieuw or not _laatste or _laatste[0][1].map != map or time.monotonic() - _laatste[0][0] > VERS:
            _laatste[:] = [(time.monotonic(), gezond.look(map, datetime.now(UTC)))]
        return _laatste[0][1]


def forget() -> None:
    """Look anew at the next page."""
    with _slot:
        _laatste.clear()


def kop(gezien: Rapport) -> None:
    """Say what it comes to, and let it be looked at anew."""
    (onderdelen.weigering if gezien.code == 2 else st.warning if gezien.code else st.success)(veilig(gezien.zin))
    st.button("Kijk opnieuw", key=OPNIEUW, on_click=forget)


def lijst(gezien: Rapport) -> None:
    """Show every check: how it is, in a sentence, and what to do."""
    for controle, uitslag in gezien.uitslagen:
        onderdelen.kop(controle.titel)
        badge = f":{_PICTOGRAM[uitslag.ernst]}-badge[:material/{_NAAM[uitslag.ernst]}: {uitslag.ernst}]"
        st.markdown(f"{badge} {veilig(uitslag.zin)}")
        if uitslag.doe:
            st.markdown(f"**Wat u doet:** {veilig(uitslag.doe)}")
