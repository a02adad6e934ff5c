"""What an organisation can begin with: the reglementen that are there, the neutral model, or a file of its own."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from klachten import scherm
from klachten.reglement import OngeldigReglement, Reglement
from klachten.reglement.model import EENHEDEN, VRAGEN, Antwoorden, in_words, write
from klachten.scherm import onderdelen
from klachten.scherm.onderdelen import veilig
from klachten.scherm.velden import KIES

KEY = "reglementkeuze"
BESTAND, MODEL = "bestand", "model"
WAARMEE = {BESTAND: "Een eigen bestand", MODEL: "Het model, met uw termijnen"}
_HET_MODEL = (
    "- **Het model**: dezelfde achttien stappen zonder de lezing van één organisatie, met uw eigen naam en uw eigen "
    "termijnen. Een termijn die u niet kent, laat u weg. Kies hieronder *Versie van het reglement toevoegen* en daarna "
    "*Het model*."
)
_EIGEN_BESTAND = (
    "- **Een eigen bestand**: alles is aan te passen, ook wie een stap doet, de uitleg, de keuzelijsten en het "
    "verlengen. Begin met een bestand van hieronder, of met het model. Het wordt helemaal nagekeken voordat het geldt."
)
_AAN = ("bevestiging", "niet_in_behandeling", "maatregelen")
"""The terms that most reglementen have."""


def uitleg(boeken: Iterable[Reglement]) -> None:
    """Say in plain words what there is to choose from, before anything was chosen."""
    st.markdown("Waaruit u kiest:")
    regels = [f"- **{veilig(boek.naam)}**, zoals het is: {veilig(in_words(boek))}" for boek in boeken]
    st.markdown("\n".join([*regels, _HET_MODEL, _EIGEN_BESTAND]))
    st.markdown(
        ":small[De achttien stappen blijven er altijd: brieven, rechten en cijfers hangen eraan. Een ander reglement "
        "kiezen kan later ook, voor klachten die daarna binnenkomen.]"
    )


def waarmee(keer: int) -> str:
    """Ask what the new version is made of, once for each that was added: what was sent is done with."""
    gekozen: str = st.segmented_control(
        "Waarmee begint u?", list(WAARMEE), format_func=WAARMEE.__getitem__, default=BESTAND, required=True,
        key=f"{KEY}.waarmee.{keer}",
    )  # fmt: skip
    return gekozen


def model() -> bytes | None:
    """Ask what the model asks, and return the file; None, with a sentence, as long as it is not whole."""
    st.markdown("Alle termijnen lopen vanaf de ontvangst van de klacht. Zet uit wat uw reglement niet kent.")
    van_wie = scherm.register().organisatie.gegevens().naam
    naam = st.text_input(
        "Naam van het reglement", value=f"Klachtenreglement {van_wie}".strip(), max_chars=150, key=f"{KEY}.naam"
    )
    termijnen: dict[str, tuple[int, str]] = {}
    mist: list[str] = []
    for vraag in VRAGEN:
        with st.container(border=True):
            if not st.checkbox(
                f"{vraag.naam} (stap {vraag.stap})", value=vraag.id in _AAN, key=f"{KEY}.{vraag.id}.aan",
                help=f"Gehaald als {vraag.wat}.",
            ):  # fmt: skip
                continue
            with st.container(horizontal=True, vertical_alignment="bottom"):
                hoeveel = st.number_input(
                    f"Hoeveel ({vraag.naam.lower()})", min_value=1, max_value=1_830, value=None, step=1, width=220,
                    placeholder="Vul in", key=f"{KEY}.{vraag.id}.waarde",
                )  # fmt: skip
                eenheid = st.selectbox(
                    f"Waarvan ({vraag.naam.lower()})", EENHEDEN, index=EENHEDEN.index("weken"), width=220,
                    placeholder=KIES, key=f"{KEY}.{vraag.id}.eenheid",
                )  # fmt: skip
            if hoeveel is None:
                mist.append(vraag.naam.lower())
            else:
                termijnen[vraag.id] = (int(hoeveel), eenheid)
    werkdag = st.checkbox(
        "Eindigt een termijn op een vrije dag, dan loopt zij door tot de volgende werkdag", key=f"{KEY}.werkdag",
        help="Zo is het in de Algemene termijnenwet. Een eigen reglement mag anders tellen.",
    )  # fmt: skip
    bevinding = st.checkbox(
        "Wij geven zelf per onderdeel een bevinding (gegrond of ongegrond)", key=f"{KEY}.bevinding",
        help="Zoals in de Awb. Anders geeft alleen de onafhankelijke persoon een oordeel (stap 15).",
    )  # fmt: skip
    if mist:
        st.markdown(f"Vul nog in hoe lang, of zet uit: {', '.join(mist)}.")
        return None
    if not termijnen:
        st.markdown("Laat ten minste één termijn aan staan: zonder termijn is er niets te bewaken.")
        return None
    try:
        return write(Antwoorden(naam or "", termijnen, werkdag=werkdag, bevinding=bevinding))
    except OngeldigReglement as fout:
        onderdelen.weigering(fout)
        return None
