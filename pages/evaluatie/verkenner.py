"""Ask what no page shows: choose, split, compare; save the question for next year. Read only (step 16)."""

import streamlit as st

from klachten.scherm import onderdelen
from klachten.scherm.evaluatie import delen, filters
from klachten.scherm.verkenner import beeld, bewaren, kiezer

onderdelen.titel("Verkenner", "Kies wat u wilt weten. Het antwoord heeft een marge, een lijst erachter en een adres.")

keuze = filters.keuze()
if keuze is None:
    delen.nog_geen_klachten()
    st.stop()

bewaren.lijst(keuze)
vraag = kiezer.kies(keuze)
if vraag is not None:
    woorden = beeld.antwoord(vraag, keuze)
    beeld.toon(woorden, keuze)
    beeld.meenemen(woorden, keuze)
    bewaren.knop(vraag)
    beeld.hoe(woorden)
