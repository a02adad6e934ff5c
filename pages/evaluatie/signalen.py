"""Does the number of klachten vary by more than chance? Read only."""

import streamlit as st

from klachten.scherm import excelknop, onderdelen, uitvoer
from klachten.scherm.evaluatie import delen, filters, signalen

onderdelen.titel("Signalen", "Komen er meer of minder klachten dan eerst, of is het toeval?")

keuze = filters.keuze(met_jaar=False)
if keuze is None:
    delen.nog_geen_klachten()
    st.stop()

beeld = signalen.beeld(keuze)
signalen.verhaal(beeld)
signalen.kaart(beeld, keuze)

excelknop.toon(f"signalen-{keuze.peildatum}", uitvoer.evaluatie(keuze, "signalen"), key="signalen.excel")

with st.expander("Hoe werkt dit?"):
    st.markdown(
        "Aantallen schommelen altijd. De grenzen zeggen hoe ver dat door toeval kan gaan; een punt daarbuiten is een "
        "signaal om naar een oorzaak te zoeken, en daarbinnen is er niets om op te reageren. Een tweede regel kijkt "
        "naar reeksen: ligt het te lang aan dezelfde kant van het midden, of kruist de lijn het midden te weinig, dan "
        "is er iets blijvend veranderd (Anhøj). Bij weinig klachten zegt de tijd tussen klachten meer dan het aantal "
        "per maand; de grafiek kiest zichzelf. Alleen hele maanden tellen mee."
    )
