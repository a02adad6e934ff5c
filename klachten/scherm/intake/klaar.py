"""What follows on an intake: the number, until when the first step runs, and whose turn it is."""

from __future__ import annotations

from datetime import date

import streamlit as st

from klachten import handelingen, scherm
from klachten.analyse.termijnen.stand import termijnen_van_klacht
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import mag_lezen
from klachten.handelingen.ontvangst import directeur_hoort
from klachten.organisatie import Gebruiker
from klachten.scherm import formulier, onderdelen
from klachten.scherm.dossier import termijn
from klachten.scherm.intake.formulier import PLEK

KLAAR = "intake.klaar"
NA_ONTVANGST = 2
"""The first step that can be done of a klacht that was received."""


def klaar(nummer: str, gebruiker: Gebruiker) -> None:
    """Say what was recorded, what comes next and who does it."""
    if nummer.startswith("S"):
        onderdelen.titel(f"Signaal {nummer} is vastgelegd")
        formulier.meldingen(PLEK)
        st.markdown(
            "Vraag de indiener om het op schrift te stellen, of help daarbij. Staat het op papier, kies dan op de "
            "pagina Nieuwe klacht bij de open signalen dit signaal: wat u net invulde staat er dan al."
        )
    else:
        _klacht(nummer, gebruiker)
    st.button("Nog een klacht of signaal vastleggen", on_click=again, icon=":material/add_circle:")


def again() -> None:
    """Go back to an empty form."""
    st.session_state.pop(KLAAR, None)


def _klacht(nummer: str, gebruiker: Gebruiker) -> None:
    register = scherm.register()
    dossier = handelingen.dossier_van(register, nummer)
    assert isinstance(dossier, Dossier)
    onderdelen.titel(f"Klacht {nummer} is vastgelegd")
    formulier.meldingen(PLEK)
    if mag_lezen(dossier, gebruiker):
        # Not even what is to be done next: that tells how the klacht stands, for as long as this page stays open.
        st.markdown(
            "De coördinator neemt het over. U bent bij deze klacht betrokken of hebt er geen rol in; daarom kunt u het "
            "dossier niet openen."
        )
        return
    with register.cursor() as cursor:
        standen = termijnen_van_klacht(cursor, nummer, scherm.vandaag())
    # As the dossier says it: a term that does not hold for this klacht, or that is not of sending, is none of these.
    termijn.bij_stap(standen, NA_ONTVANGST)
    onderdelen.kop("Wat nu volgt")
    st.markdown("\n".join(f"1. {zin}" for zin in next_steps(dossier, scherm.vandaag())))
    if st.button("Dossier openen", type="primary", icon=":material/description:", key="intake.dossier"):
        onderdelen.ga_naar("dossier", nummer=nummer)


def next_steps(dossier: Dossier, vandaag: date) -> list[str]:
    """Return what has to be done first for a new klacht, with the step."""
    zinnen, weg = [], onderdelen.veilig(directeur_hoort(vandaag))
    wie, verwerkt = ("directeur", "directie") if weg else ("coördinator", "coördinator")
    if dossier.onbereikbaar:
        zinnen.append("De indiener blijft onbekend en er is geen adres: de stappen 5, 9 en 14 zijn niet mogelijk.")
    if not dossier.stap_op(2):
        zin = f"Laat de {wie} weten dat deze klacht er is, en leg dat in het dossier vast (stap 2)."
        zinnen.append(f"{weg} {zin}".strip())
    if not dossier.stap_op(3):
        zinnen.append(f"De {verwerkt} verwerkt de klacht en legt het dossier aan (stap 3).")
    zinnen.append("Er wordt een behandelaar toegewezen die niet betrokken is (stap 4).")
    if not dossier.onbereikbaar:
        zinnen.append("De behandelaar bevestigt de ontvangst, met klachtnummer en naam (stap 5).")
    if dossier.ontvangst.vertegenwoordiger:
        zinnen.append("Gaan de brieven naar de vertegenwoordiger? Leg die dan in het dossier vast als gemachtigde.")
    if not dossier.feiten_vermeld:
        zinnen.append("De klacht noemt geen feiten: vraag ze na bij de indiener (stap 6). De termijnen lopen door.")
    return zinnen
