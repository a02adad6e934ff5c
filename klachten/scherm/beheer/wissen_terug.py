"""Erasing what came with imports that were undone: all of it at once, by two people, as there can be thousands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from klachten import taal
from klachten.bewaring import Bewaring
from klachten.handelingen import Geweigerd
from klachten.scherm import onderdelen
from klachten.scherm.beheer import bewaren, wissen

REDEN, WEET = "wissen.terug.reden", "wissen.terug.weet"
HOOGSTENS = 2_000
"""So many at once: some twenty seconds of recording."""


def toon(hoeveel: Mapping[str, int]) -> None:
    """Draw what is left of imports that were undone, and the form of what the user may do with it."""
    nieuw, voorgesteld = hoeveel["terug_nieuw"], hoeveel["terug_voorgesteld"]
    if not nieuw + voorgesteld:
        return
    onderdelen.kop(f"Van een overname die is teruggedraaid ({onderdelen.getal(nieuw + voorgesteld)})")
    st.markdown(
        "Deze klachten staan in geen lijst meer. Hun teksten, met de namen daarin, zijn er nog tot zij hier zijn "
        "gewist. Wat gewist is, komt niet terug, ook niet als u het bestand weer overneemt."
    )
    if voorgesteld:
        st.markdown(f"Voorgesteld om te wissen: {_count(voorgesteld)}. Een ander dan wie het voorstelde, wist.")
    for naam, deel, teken in (
        (wissen.VOORSTELLEN, "terug_nieuw", _propose), (wissen.UITVOEREN, "terug_voorgesteld", _carry_out)
    ):  # fmt: skip
        alle = bewaren.rijen(deel, HOOGSTENS) if hoeveel[deel] else []
        if alle and wissen.may(naam, alle[0].nummer):
            teken(alle)


def _count(hoeveel: int) -> str:
    return taal.aantal(hoeveel, "klacht", "klachten")


def _propose(nieuw: Sequence[Bewaring]) -> None:
    with st.form("wissen.terug.voorstellen"):
        st.text_input("Reden", value="De overname is teruggedraaid.", key=REDEN, placeholder="Waarom kan dit weg?")
        knop = f"{_count(len(nieuw))} voorstellen"
        waarvan = {een.nummer: een for een in nieuw}
        st.form_submit_button(knop, type="primary", on_click=wissen.send, args=(_put_forward, waarvan))


def _carry_out(voorgesteld: Sequence[Bewaring]) -> None:
    with st.form("wissen.terug.uitvoeren"):
        st.checkbox(f"{wissen.NIET_TERUG} Ik heb gekeken of dit weg kan.", key=WEET)
        knop = f"{_count(len(voorgesteld))} wissen"
        waarvan = {een.nummer: een for een in voorgesteld}
        st.form_submit_button(knop, type="primary", on_click=wissen.send, args=(_erase, waarvan))


def _put_forward(waarvan: dict[str, Bewaring]) -> str:
    wissen.propose_all(waarvan, st.session_state.get(REDEN, ""))
    return f"Voorgesteld om te wissen: {taal.aantal(len(waarvan), 'dossier', 'dossiers')}."


def _erase(waarvan: dict[str, Bewaring]) -> str:
    if not st.session_state.get(WEET):
        raise Geweigerd(wissen.EERST_KIJKEN, soort="kies_eerst")
    wissen.erase_all(waarvan, waarvan)
    return f"Gewist: {taal.aantal(len(waarvan), 'dossier', 'dossiers')}."
