"""The evaluation meeting as a mode of its own: agenda before, section by section during, minutes after (step 16)."""

import streamlit as st

from klachten.scherm import boven, formulier, onderdelen, weergave
from klachten.scherm.evaluatie import notulen, vergadering, vergaderslot, zitting
from klachten.scherm.evaluatie.vergaderconcept import SLOT

WEERGAVEN = {"agenda": "Agenda", "vergadering": "Vergadering", vergaderslot.NOTULEN: "Notulen"}

weigering = zitting.weigering()
if weigering:
    # Who may not evaluate comes to read.
    WEERGAVEN = {vergaderslot.NOTULEN: "Notulen", **WEERGAVEN}

kop = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with kop:
    onderdelen.titel("Evaluatievergadering")
    waarover = st.container(horizontal=True, width="content")
    deel = weergave.kies(WEERGAVEN, key="vergadering.deel")
boven.begin(f"{deel}/{vergadering.gekozen()}")
formulier.meldingen(vergaderslot.PLEK)

if deel == vergaderslot.NOTULEN:
    notulen.toon()
    st.stop()
if weigering:
    onderdelen.weigering(weigering)
    st.markdown("De notulen van eerdere evaluaties kunt u wel lezen.")
    weergave.knop("Notulen", vergaderslot.NOTULEN, key="vergadering.naar_notulen", icoon=":material/description:")
    st.stop()

with waarover:
    bijeen = zitting.open_zitting()
if deel == "agenda":
    notulen.agenda(bijeen)
    st.stop()

nu = vergadering.kies(bijeen)
if nu == vergadering.OVERZICHT:
    vergaderslot.overzicht(bijeen)
elif nu == SLOT:
    vergadering.slot(bijeen)
else:
    vergadering.onderdeel(bijeen, next(een for een in bijeen.delen() if een.id == nu))
vergadering.stap_verder(nu)
vergadering.bewaard_regel(bijeen.concept)
