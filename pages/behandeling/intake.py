"""A klacht or a signaal comes in: asked in the order in which one tells it, kept while it is filled in (steps 1-3)."""

import streamlit as st

from klachten import scherm
from klachten.handelingen import HANDELINGEN
from klachten.scherm import formulier, onderdelen
from klachten.scherm.hulp import stap as hulp
from klachten.scherm.intake import klaar
from klachten.scherm.intake.binnengekomen import binnengekomen
from klachten.scherm.intake.formulier import PLEK, Intake
from klachten.scherm.intake.mail import mail
from klachten.scherm.intake.signalen import herkomst, signalen

gebruiker = scherm.gebruiker()
nummer = st.session_state.get(klaar.KLAAR)

# A line of text of more than some 80 characters is hard to read: the form does not use the whole width.
with st.container(width=780):
    if nummer:
        klaar.klaar(nummer, gebruiker)
    else:
        onderdelen.titel("Nieuwe klacht", "Leg vast wat er binnenkwam; een klachtnummer volgt vanzelf.")
        intake = Intake(gebruiker)
        binnengekomen(intake, gebruiker)
        signalen(intake, gebruiker)
        intake.others()
        formulier.meldingen(PLEK)
        mail(intake)
        hulp.vouw(HANDELINGEN["stap_01_indienen_klacht"], ook=(2, 3))
        herkomst(intake)
        intake.draw()
        intake.keep()
