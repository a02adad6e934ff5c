"""Are the terms of the reglement met, per year, and which klachten missed one? Read only."""

import streamlit as st

from klachten.scherm import excelknop, leeg, onderdelen, uitvoer
from klachten.scherm.evaluatie import filters, klachtlijsten, termijnjaar
from klachten.scherm.evaluatie import termijnen as evaluatie
from klachten.scherm.verkenner import grof

onderdelen.titel(
    "Termijnen",
    "Halen we de termijnen van het reglement? Gaat het beter of slechter? Welke klachten gingen eroverheen?",
)

keuze = filters.keuze(met_cohort=True)
if keuze is None:
    leeg.stop("termijnen")
grof.anders("termijnen", keuze)

termijnen = evaluatie.nalevingen(keuze)
if not termijnen:
    onderdelen.lege_staat("Op deze peildatum was er nog geen klacht", "Kies een latere peildatum.")
    st.stop()

evaluatie.remember(keuze)
for regels in termijnen:
    evaluatie.termijn(regels, keuze)

termijnjaar.per_maatregel(keuze)
termijnjaar.streeftermijnen(keuze)
termijnjaar.uitsplitsing(keuze)
termijnjaar.wachttijd(keuze)
klachtlijsten.over_de_termijn(keuze)

excelknop.toon(f"termijnen-{keuze.peildatum}", uitvoer.termijnen(keuze), key="termijnen_excel")

with st.expander("Hoe is dit geteld?"):
    st.markdown(
        "De dag waarop een termijn begint telt niet mee; de laatste dag is nog op tijd. Het aandeel telt alleen "
        "klachten waarvan de laatste dag voor de peildatum ligt, ook als ze nog openstaan. Wie alleen afgeronde "
        "klachten telt, komt te hoog uit: wat nooit is beantwoord, valt dan weg. De marge is het bereik waarin het "
        "werkelijke aandeel waarschijnlijk ligt (Wilson, 95%). *Onbepaald, verstreken*: de laatste dag ging voorbij "
        "zonder besluit over het in behandeling nemen. Zulke klachten tellen mee naar verwachting: voor het deel "
        "waarvoor de termijn naar verwachting geldt, gezien de klachten waarover wel is beslist. Ze weglaten zou het "
        "cijfer te mooi maken. De ondergrens telt ze allemaal als niet gehaald."
    )
