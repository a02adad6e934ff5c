"""The log of looking: who opened, searched, took along or signed in, and when."""

import streamlit as st

from klachten import scherm
from klachten.scherm import onderdelen
from klachten.scherm.beheer import kijklog

onderdelen.titel("Kijklog", "Wie wat opende, zocht en meenam, wie zich aanmeldde en bij wie dat mislukte.")
log = kijklog.log()
kijklog.staat(log)
maand = kijklog.kies_maand(log)
if not maand:
    st.stop()
zichtbaar = kijklog.visible_to(log.keten.regels(maand), scherm.gebruiker(), scherm.register())
kijklog.lijst(kijklog.kies(zichtbaar), maand)
