"""Arriving from a list: the form or the letter that does a task is open, with of which maatregel it is.

The address says so once. Then it forgets it: a reload, or coming back, opens nothing over what one is doing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from klachten.brieven import BRIEVEN
from klachten.dossier.klacht import Feiten
from klachten.scherm import onderdelen, paginas
from klachten.scherm.dossier.briefverzending import mark

DEEL, HISTORIE, TERUG = "dossier.deel", "historie", "dossier.terug"
"""Which part of a dossier is shown, the forms of its history, and which fact is being taken back."""
_VAN, _BEGIN = "aankomst.van", "aankomst.begin"
LIJSTEN = ("werkvoorraad", "klachten", "escalatie")
"""The pages from which one comes to a dossier and goes back to."""
_ONDERDEEL = {"K": "maatregel", "E": "verbeteractie"}


def take(feiten: Feiten) -> str:
    """Return the handeling that the address asks for ("" for none), with its letter open if it names one.

    What its form starts with is remembered for `begin`.
    """
    vraag = {naam: st.query_params.pop(naam, "") for naam in ("doe", "brief", "onderdeel")}
    terug, vanaf = st.query_params.pop("terug", ""), st.query_params.get("vanaf", "")
    if terug or vraag["doe"]:
        # Else it stays: an address that changes is one more step for Back.
        st.query_params.pop("vanaf", None)
    if terug.isdecimal():
        st.session_state[TERUG] = (feiten.klachtnummer, int(terug))
    if vanaf in LIJSTEN:
        st.session_state[_VAN] = (feiten.klachtnummer, vanaf)
    if not vraag["doe"]:
        return ""
    st.session_state.pop(TERUG, None)
    onderdeel = vraag["onderdeel"]
    welke = {_ONDERDEEL.get(feiten.klachtnummer[:1], ""): int(onderdeel)} if onderdeel.isdecimal() else {}
    st.session_state[_BEGIN] = (feiten.klachtnummer, vraag["doe"], welke)
    brief = BRIEVEN.get(vraag["brief"])
    if brief is not None and brief.handeling == vraag["doe"]:
        st.session_state[mark(feiten, brief, "open")] = "ja"
    return vraag["doe"]


def plek(klachtnummer: str) -> str:
    """Return under what the history of a klacht keeps which form of it is open."""
    return f"open.{HISTORIE}.{klachtnummer}"


def begin(feiten: Feiten, handeling: str) -> Mapping[str, Any]:
    """Return the answers with which the form or letter of a handeling starts, when the address named them."""
    nummer, doe, welke = st.session_state.get(_BEGIN, ("", "", {}))
    return welke if (nummer, doe) == (feiten.klachtnummer, handeling) else {}


def back(klachtnummer: str) -> None:
    """Offer the way back to the list, to who came from there for this dossier."""
    nummer, lijst = st.session_state.get(_VAN, ("", ""))
    if nummer == klachtnummer:
        onderdelen.verwijzing(lijst, f"Terug naar {paginas.pagina(lijst).titel}")
