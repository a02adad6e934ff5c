"""The terms of a dossier: the one by which the next act has to be done, and all of them with their last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import scherm, taal
from klachten.analyse.termijnen.netto import duur_van_klacht, duur_zin
from klachten.analyse.termijnen.stand import TermijnStand, voorbehoud
from klachten.dossier.klacht import Dossier
from klachten.reglement import Reglement
from klachten.scherm import onderdelen, uitleg
from klachten.scherm.dossier import gelezen, vouwen
from klachten.scherm.dossier.beeld import TE_LAAT_OPEN

GELDT_MISSCHIEN = "geldt misschien"

BESLUIT = 8
"""Deciding that there are maatregelen is also deciding not to refuse the klacht, for which step 7 has a term."""


def eerstvolgende(standen: Sequence[TermijnStand], nr: int | None) -> TermijnStand | None:
    """Return the term by which step `nr` has to be done: the first that ends at that step or a later one."""
    vanaf = BESLUIT - 1 if nr == BESLUIT else nr
    lopen = [
        stand
        for stand in standen
        if vanaf and stand.stap >= vanaf and stand.dagen_over is not None and stand.einde_op is None
    ]
    return min(lopen, key=lambda stand: (stand.dagen_over or 0, stand.stap), default=None)


def bij_stap(standen: Sequence[TermijnStand], nr: int | None) -> None:
    """Say by when the next step has to be done, and how many days that is from now."""
    stand = eerstvolgende(standen, nr)
    if stand is None or stand.uiterlijk_op is None:
        return
    # Undetermined is what is not decided yet: whether it is too late follows from the decision.
    bekend = not stand.status.startswith("onbepaald")
    soort = stand.status if not bekend else TE_LAAT_OPEN if (stand.dagen_over or 0) < 0 else "loopt"
    wat = onderdelen.dagen_tekst(stand.dagen_over or 0) if bekend else badge_text(stand)
    st.markdown(
        f"{onderdelen.badge(soort, wat)} {onderdelen.veilig(stand.naam)}: uiterlijk "
        f"{taal.kort(stand.uiterlijk_op, vandaag=scherm.vandaag())}"
    )


def vouw(dossier: Dossier, standen: Sequence[TermijnStand], reglement: Reglement, versie: date) -> None:
    """Draw all terms as one line that says how each stands, to open for their last days and what they ask."""
    if not standen:
        return
    stand_van = " ".join(f"{onderdelen.veilig(s.naam)} {onderdelen.badge(s.status, badge_text(s))}" for s in standen)
    geldt = {termijn.id: termijn.geldt for termijn in reglement.termijnen_van(versie)}
    with vouwen.vouw(dossier, vouwen.TERMIJNEN, "Termijnen", stand_van):
        for stand in standen:
            toelichting = _uitleg(stand, geldt.get(stand.termijn, "altijd"))
            zinnen = " ".join(filter(None, (toelichting, voorbehoud(stand, reglement, versie))))
            st.markdown(f"**{onderdelen.veilig(stand.naam)}** (stap {stand.stap})  \n{zinnen}")
        _duur(dossier)


def _duur(dossier: Dossier) -> None:
    """Say how long the firm waited for the indiener, and the durations in all and without that (step 6)."""
    if not any(gevraagd.bij == "indiener" for gevraagd in dossier.van(g.InformatieGevraagd)):
        return
    zin = duur_zin(gelezen.van_klacht(duur_van_klacht, dossier.klachtnummer))
    if zin:
        st.markdown(f":material/hourglass_empty: {zin}")


def badge_text(stand: TermijnStand) -> str:
    """Return the badge of a term in words: how it ended, or the days that are left."""
    if stand.einde_op:
        return f"{stand.status}: {onderdelen.datum_tekst(stand.einde_op, kort=True)}"
    if stand.dagen_over is None:
        return stand.status
    over = onderdelen.dagen_tekst(stand.dagen_over)
    if stand.dagen_over >= 0:
        # The day is known; whether the term holds at all is not: 'onbepaald, nog 28 dagen' said both of the same thing.
        return f"{GELDT_MISSCHIEN}, dan {over}" if stand.status == "onbepaald" else f"{stand.status}, {over}"
    return f"{over}, nog open" if stand.status == TE_LAAT_OPEN else "termijn verstreken"


def _uitleg(stand: TermijnStand, geldt: str) -> str:
    if stand.uiterlijk_op is None:
        return "Deze termijn is nog niet begonnen."
    if stand.status == "n.v.t.":
        return "Geldt niet voor deze klacht."
    om = f" om {stand.uiterlijk_om[:5]} uur" if stand.uiterlijk_om else ""
    zin = f"Uiterlijk {taal.datum(stand.uiterlijk_op)}{om}."
    return f"{zin} {uitleg.BIJ[geldt]}" if stand.status.startswith("onbepaald") else zin
