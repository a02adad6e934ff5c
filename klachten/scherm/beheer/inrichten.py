"""What a new register still needs up to its first klacht: it follows from the facts, so one can stop at any point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import rechten, scherm
from klachten.analyse.werk import beheer
from klachten.dossier.rechten import may_begin
from klachten.organisatie import ROLLEN, Gebruiker, Organisatie
from klachten.scherm import kijker, onderdelen
from klachten.scherm.bewaard import bewaard
from klachten.scherm.paginas import PAGINAS, Pagina

NODIG = ("coordinator", "behandelaar", "directie")
"""The roles that somebody must have before a klacht can go its way."""
WIE = {
    "coordinator": "; voeg die persoon zo nodig eerst toe",
    "behandelaar": "; handelt de coördinator klachten zelf af, geef die dan beide rollen",
    "directie": "; voeg die persoon zo nodig eerst toe",
}
has_klachten = bewaard(beheer.has_klachten)


@dataclass(frozen=True)
class Stap:
    """One thing to do: the sentence, and the page where it is done."""

    zin: str
    pagina: str


EERSTE_KLACHT = Stap("Leg de eerste klacht vast.", "intake")
"""The end of it, for whoever may do so."""


def steps(eigen: Organisatie, op: date, *, begonnen: bool = False) -> list[Stap]:
    """Return what is still to be done on a day, in the order in which it is done best.

    A register in which klachten came in (`begonnen`) has a reglement, whether that was ever said or not; in any other
    the first klacht comes last.
    """
    uit = []
    if not any(keuze.geldt_op(op) for keuze in eigen.keuzes("vestigingen")):
        uit.append(Stap("Voeg uw vestigingen toe; één is genoeg.", "lijsten"))
    uit += [
        Stap(f"Geef iemand de rol van {ROLLEN[rol].lower()}{WIE.get(rol, '')}.", "personen")
        for rol in NODIG
        if not eigen.met_rol(rol, op=op)
    ]
    # Somebody of directie has to agree to it, so this comes last.
    if not begonnen and not eigen.van(g.ReglementGekozen):
        uit.append(
            Stap("Kies het klachtenreglement waaronder u werkt, of maak uw eigen uit het model.", "reglementversies")
        )
    return uit if begonnen else [*uit, EERSTE_KLACHT]


def may_record(wie: Gebruiker) -> bool:
    """Tell whether somebody may record a klacht by the reglement of today."""
    return may_begin("stap_01_indienen_klacht", wie, scherm.reglement())


def toon(pagina: Pagina) -> None:
    """Say above every page of a new register what is missing; nothing in the example, and when all is there.

    The start page shows it whole; above any other it is one line to unfold, or a phone would show little else.
    """
    if kijker.is_example():
        return
    wie = scherm.gebruiker()
    nodig = steps(scherm.register().organisatie, scherm.vandaag(), begonnen=has_klachten())
    te_doen = [stap for stap in nodig if stap is not EERSTE_KLACHT or may_record(wie)]
    klaar = nodig == [EERSTE_KLACHT]
    # Who is where the first klacht is recorded needs no list to get there.
    if not te_doen or (klaar and pagina.naam == EERSTE_KLACHT.pagina):
        return
    if not klaar and not rechten.mag("pagina", "personen", wie).mag:
        with st.container(border=True):
            st.markdown("De beheerder is dit register nog aan het inrichten. Daarna kan de eerste klacht erin.")
        return
    nog = len(nodig) - (EERSTE_KLACHT in nodig)
    kop = f"**{'Alles staat klaar' if klaar else f'Nog {nog} te doen voor de eerste klacht'}**"
    if pagina is not PAGINAS[0]:
        with st.expander(kop, icon=":material/checklist:"):
            _draw(te_doen)
        return
    with st.container(border=True):
        st.markdown(kop)
        _draw(te_doen)


def _draw(te_doen: Sequence[Stap]) -> None:
    for nr, stap in enumerate(te_doen, start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{nr}. {stap.zin}", width="content")
            onderdelen.verwijzing(stap.pagina)
