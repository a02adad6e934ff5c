"""How the register is: what the command `gezond` says, for who looks after it."""

import streamlit as st

from klachten.scherm import onderdelen
from klachten.scherm.beheer import toestand

onderdelen.titel("Toestand", "Of het register draait zoals het hoort, en wat u anders doet.")
gezien = toestand.rapport()
toestand.kop(gezien)
toestand.lijst(gezien)
st.markdown("Dezelfde lijst geeft op de computer van het register: `python -m klachten gezond`.")
