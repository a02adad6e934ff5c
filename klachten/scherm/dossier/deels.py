"""A dossier of which the user reads a part: that it came in and who handles it, and the own maatregelen (step 11)."""

from __future__ import annotations

import streamlit as st

from klachten import scherm, taal
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import Leesrecht
from klachten.organisatie import Gebruiker
from klachten.scherm import formulier, onderdelen
from klachten.scherm.dossier import delen

UITLEG = {
    Leesrecht.ONTVANGST: "U nam deze klacht in ontvangst. Wat erin staat, is voor wie haar behandelt.",
    Leesrecht.MAATREGEL: "U voert voor deze klacht een maatregel uit. De rest van het dossier is voor wie haar "
    "behandelt; hebt u meer nodig, vraag het dan de behandelaar.",
}


def toon(dossier: Dossier, recht: Leesrecht, gebruiker: Gebruiker) -> None:
    """Draw the part of the dossier that this user reads, with what the user can do about an own maatregel."""
    onderdelen.titel(f"Klacht {dossier.klachtnummer}", UITLEG[recht])
    wie = onderdelen.persoon(dossier.behandelaar) if dossier.behandelaar else "nog geen behandelaar"
    st.markdown(f"Ontvangen op **{taal.datum(dossier.ontvangen_op)}** · behandelaar: **{wie}**")
    if recht >= Leesrecht.MAATREGEL:
        reglement = scherm.reglement(dossier)
        onderdelen.kop("Maatregelen")
        delen.maatregelen(dossier, reglement, gebruiker, alleen=gebruiker.id)
    onderdelen.verwijzing("werkvoorraad")
    formulier.meldingen()
