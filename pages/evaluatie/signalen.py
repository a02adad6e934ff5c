"""Does the number of klachten vary by more than chance? Read only."""

import streamlit as st

from klachten.scherm import excelknop, leeg, onderdelen, uitvoer
from klachten.scherm.evaluatie import filters, signalen
from klachten.scherm.verkenner import grof

onderdelen.titel("Signalen", "Komen er meer of minder klachten dan eerst, of is het toeval?")

keuze = filters.keuze(met_periode=False)
if keuze is None:
    leeg.stop("signalen")
grof.anders("signalen", keuze)

beeld = signalen.beeld(keuze)
signalen.verhaal(beeld, keuze)
signalen.kaart(beeld, keuze)

excelknop.toon(f"signalen-{keuze.peildatum}", uitvoer.evaluatie(keuze, "signalen"), key="signalen.excel")

with st.expander("Hoe werkt dit?"):
    st.markdown(
        "Aantallen schommelen altijd. Wie naar 36 maanden kijkt, ziet altijd wel iets dat opvalt. Daarom is er "
        "één oordeel over het hele beeld: is er een maand die eruit springt, of een moment waarop het niveau "
        "verschoof, meer dan bij toeval past? Daarbij telt mee hoeveel trajecten er waren, en hoe sterk de maanden "
        "hier gewoonlijk schommelen. De grenzen horen bij dat oordeel: zonder oordeel is geen enkel punt een signaal. "
        "Kiest u een categorie of vestiging, dan zijn ze allemaal samen beoordeeld. Of een verandering blijft, is "
        "hieruit niet te zeggen. Bij weinig klachten zegt de tijd tussen klachten meer dan het aantal per maand; de "
        "grafiek kiest zichzelf. Alleen hele maanden tellen mee."
    )
