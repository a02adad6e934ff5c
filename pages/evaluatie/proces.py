"""How do klachten really go through the 18 steps, and where do they leave the reglement? Read only."""

import streamlit as st

from klachten.scherm import excelknop, leeg, onderdelen, uitvoer
from klachten.scherm.evaluatie import filters, klachtlijsten, leegjaar, proces
from klachten.scherm.verkenner import grof

onderdelen.titel(
    "Proces", "Hoe doorlopen klachten de stappen van het reglement, waar wachten ze, en waar gaat de volgorde anders?"
)

keuze = filters.keuze()
if keuze is None:
    leeg.stop("proces")
grof.anders("proces", keuze)

beeld = proces.beeld(keuze)
if not beeld.klachten:
    leegjaar.toon(keuze)
    st.stop()

proces.verhaal(keuze, beeld)
links, rechts = st.columns([5, 6], gap="large")
with links:
    proces.kaart(keuze)
    proces.overgangen(keuze, beeld)
with rechts:
    proces.naleving(keuze, beeld)
    proces.varianten(keuze, beeld)
    proces.herstelwerk(keuze, beeld)
    proces.werklast(keuze, beeld)
klachtlijsten.niet_op_volgorde(keuze)

excelknop.toon(
    f"proces-{keuze.periode.sleutel}-{keuze.peildatum}", uitvoer.evaluatie(keuze, "proces"), key="proces.excel"
)

with st.expander("Hoe is dit geteld?"):
    st.markdown(
        "De volgorde is die van de datum en daarna die van het vastleggen. Een klacht gaat 1 tot en met 6, daarna 7 "
        "(niet in behandeling) of 8, 9, 10, 11, 13 en 14; stap 15 mag erbij, stap 12 mag altijd, en zonder "
        "maatregelen vervallen 10 en 11. Een klacht die nog loopt of is ingetrokken, hoeft alleen tot nu toe te "
        "kloppen. De dagen op de kaart zijn medianen: bij de helft van de klachten duurde het korter. Werklast telt "
        "bij wie nu de behandelaar is. Blijft de indiener onbekend, zonder adres of gemachtigde, dan zijn 5, 9 en 14 "
        "niet mogelijk: bij de volgorde tellen zulke klachten niet mee, en zij staan apart op *Categorieën*. "
        "*Op volgorde* is: geen stap overgeslagen, omgedraaid of zomaar herhaald. Te laat is iets anders "
        "(*Termijnen*), en een *vastgelegde afwijking* ook: wat iemand met een reden vastlegde."
    )
