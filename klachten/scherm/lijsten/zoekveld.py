"""The two fields above the list of klachten: searching in it, and going to a number."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from klachten import scherm
from klachten.analyse.werk.zoeken import complete_number
from klachten.scherm import kijklog, onderdelen
from klachten.scherm.dossier.kiezer import NIET_VOOR_U, te_openen

ZOEK = "klachten.zoek"
NAAR = "klachten.naar"
FOUT = "klachten.naar.fout"


def vraag(anders: Callable[[], None]) -> str:
    """Draw both; return what is searched. `anders` is called when that changes."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        zoek = st.text_input(
            "Zoeken",
            key=ZOEK,
            type="search",
            placeholder="Nummer, naam of woorden uit het dossier",
            help="Zoekt in het klachtnummer en in alle teksten van klachten die u kunt inzien, ook in de namen van "
            "stukken. Alle woorden moeten erin staan; hoofdletters, accenten en volgorde maken niet uit.",
            persist_state="session",
            max_chars=200,
            on_change=anders,
        )
        st.text_input(
            "Ga naar nummer",
            key=NAAR,
            placeholder=f"K{scherm.vandaag().year}-0001",
            autocomplete="off",
            on_change=_go,
            help="Typ het nummer en druk op Enter; alleen het volgnummer mag ook, dan geldt dit jaar.",
            width=220,
        )
    if st.session_state.get(FOUT):
        onderdelen.weigering(st.session_state.pop(FOUT), soort="niet_gevonden")
    return zoek or ""


def _go() -> None:
    """Open the dossier of the number that was typed, or say what is wrong with it."""
    nummer = complete_number(str(st.session_state.get(NAAR) or ""), scherm.vandaag().year)
    if not nummer:
        return
    if te_openen(nummer, scherm.gebruiker()):
        st.session_state[f"{NAAR}.gevonden"] = nummer
    else:
        kijklog.probeerde(nummer)
        st.session_state[FOUT] = NIET_VOOR_U


def follow() -> None:
    """Go to the dossier that was asked for by its number."""
    nummer = st.session_state.pop(f"{NAAR}.gevonden", None)
    if nummer:
        onderdelen.ga_naar("dossier", nummer=nummer)
