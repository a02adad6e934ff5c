"""Where does this organisation lie among others, who stay anonymous? Read only."""

import streamlit as st

from klachten.scherm import excelknop, onderdelen
from klachten.scherm.evaluatie import vergelijken

onderdelen.titel("Vergelijken", "Waar ligt uw organisatie tussen andere organisaties, die naamloos blijven?")

meer = vergelijken.meer()
if meer is None:
    st.stop()

keuze = vergelijken.keuze(meer)
if keuze is None:
    st.stop()

vergelijken.verhaal(keuze)
vergelijken.trechter(keuze)
vergelijken.alle(keuze)

excelknop.toon(f"vergelijken-{keuze.jaar}", vergelijken.bestand(keuze), key="vergelijken.excel")

with st.expander("Hoe werkt dit?"):
    st.markdown(
        "Bij weinig klachten schommelt een cijfer sterk, bij veel klachten weinig. Daarom worden de grenzen naar "
        "rechts smaller: de trechter. Zij laten ruimte voor toeval én voor hoe de andere organisaties onderling "
        "verschillen. Uw eigen organisatie telt daarin niet mee, en een enkele andere die er ver buiten ligt "
        "nauwelijks. Van de organisaties waarmee niets aan de hand is, ligt hoogstens 5% buiten de grens van 95%, en "
        "0,2% buiten die van 99,8%. Wie naar meer kengetallen kijkt, ziet vaker iets: daarom is er één oordeel over "
        "alle kengetallen van het jaar samen. Een organisatie die veel groter is dan alle andere, is hier moeilijk te "
        f"beoordelen. {vergelijken.zinnen.GROEPEN}"
    )
