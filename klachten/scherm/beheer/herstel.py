"""Putting a mistake right in what was recorded about the organisation or a person: what follows is said first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from klachten import scherm
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.handelingen.correctie import te_corrigeren
from klachten.handelingen.organisatie.rechtzetten import withdrawable
from klachten.scherm import formulier
from klachten.scherm.beheer import delen, gevolgen, vooraf
from klachten.scherm.dossier import correctie

PLEK = "herstel"
HERROEPEN = "herroepen_feit"
_HOE = {correctie.NAAM: "Corrigeren: het was anders", HERROEPEN: "Herroepen: het was niet zo"}
_REDEN_OM_TE_KIJKEN = "Om te zien wat er zou gebeuren."
"""The reason with which is looked first; it is never recorded."""


def toon(dossier: Feiten, regels: Sequence[tuple[Vastlegging, str]]) -> None:
    """Let the user choose which of these valid facts is wrong, say what putting it right does, and draw the form."""
    mag = delen.kan((correctie.NAAM, HERROEPEN), dossier)
    kan = {v.nr: (v, zin) for v, zin in regels if _ways(v, mag)}
    formulier.meldingen(PLEK)
    if not kan:
        return
    nr = st.selectbox(
        "Een vergissing rechtzetten",
        [*reversed(kan)],
        index=None,
        format_func=lambda nr: _plain(f"Feit {nr}. {kan[nr][1]}") if nr in kan else str(nr),
        key=f"{PLEK}.{dossier.klachtnummer}",
        placeholder="Kies wat er niet klopt …",
        help="Niets wordt gewist of overschreven: er komt een nieuw feit bij, met een reden.",
    )
    if nr not in kan:
        return
    vastlegging, zin = kan[nr]
    st.markdown(zin)
    hoe = _ways(vastlegging, mag)
    naam = st.radio("Wat is er aan de hand?", hoe, format_func=_HOE.__getitem__, key=f"{PLEK}.hoe.{nr}")
    if naam == HERROEPEN:
        _withdraw(dossier, vastlegging)
    else:
        _correct(dossier, vastlegging)


def _ways(vastlegging: Vastlegging, mag: Sequence[str]) -> list[str]:
    past = {correctie.NAAM: bool(te_corrigeren(vastlegging.feit)), HERROEPEN: withdrawable(vastlegging.feit)}
    return [naam for naam in mag if past[naam]]


def _plain(markdown: str) -> str:
    """Return a sentence without its marks, for a list that shows text as it is."""
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*\*|\n", "", markdown)).replace("\N{WORD JOINER}", "")


def _withdraw(dossier: Feiten, vastlegging: Vastlegging) -> None:
    vast = {"nr": vastlegging.corrigeert or vastlegging.nr}
    zou = vooraf.zou(HERROEPEN, dossier.klachtnummer, {**vast, "op": scherm.vandaag()}, reden=_REDEN_OM_TE_KIJKEN)
    if zou is not None:
        delen.gevolg(*gevolgen.in_woorden(zou.feiten))
        formulier.toon(
            HANDELINGEN[HERROEPEN], dossier.klachtnummer, sleutel=PLEK, vast=vast,
            dossier=dossier, knop="Feit herroepen",
        )  # fmt: skip


def _correct(dossier: Feiten, vastlegging: Vastlegging) -> None:
    def bekijk(invoer: Mapping[str, Any]) -> None:
        try:
            antwoorden = correctie.answers(vastlegging, dict(invoer))
        except OngeldigeInvoer as fout:
            delen.ongeldig(fout)
            return
        zou = vooraf.zou(correctie.NAAM, dossier.klachtnummer, antwoorden, reden=_REDEN_OM_TE_KIJKEN)
        if zou is not None:
            delen.gevolg(*gevolgen.in_woorden(zou.feiten), "Er is nog niets vastgelegd.")

    delen.gevolg("Met *Eerst bekijken* ziet u wat er door uw correctie verandert voordat u iets vastlegt.")
    formulier.toon_opdracht(
        correctie.opdracht(dossier, vastlegging, plek=PLEK, vooraf=bekijk),
        kenmerk=f"{PLEK}/{dossier.klachtnummer}/{vastlegging.nr}",
        begin=correctie.begin(vastlegging),
        dossier=dossier,
        knop="Correctie vastleggen",
    )
