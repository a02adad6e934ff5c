"""The manual of a role: what one does when, with which steps and pages, how do I ..., and the keys."""

import streamlit as st

from klachten.scherm import onderdelen
from klachten.scherm.hulp import bladen
from klachten.scherm.hulp.vragen import toetsen

onderdelen.titel("Handleiding", "Wat u wanneer doet, en korte antwoorden op wat u wilt doen.")
rollen = bladen.choose_role()
if st.query_params.get("vraag"):
    onderdelen.kop("Hoe doe ik …")
    bladen.questions(rollen)
    bladen.handleiding(rollen)
else:
    bladen.handleiding(rollen)
    onderdelen.kop("Hoe doe ik …")
    bladen.questions(rollen)

onderdelen.kop("Met het toetsenbord")
for toets, betekenis in toetsen():
    st.markdown(f"`{toets}`: {betekenis}")

onderdelen.kop("Goed om te weten")
st.markdown(
    "- Elke vastlegging blijft bewaard, met wie en wanneer. Verbeteren kan altijd; wissen alleen "
    "met twee mensen, als de bewaartermijn voorbij is of iemand erom vraagt.\n"
    "- Wat u ziet is de stand van dit moment; vernieuw de pagina om te zien wat collega's net hebben vastgelegd.\n"
    "- Wat een stap betekent leest u bij het reglement."
)
onderdelen.verwijzing("reglement")
