"""The manual: how do I ..., by role, and the keys that work everywhere."""

import streamlit as st

from klachten import organisatie, scherm
from klachten.scherm import onderdelen
from klachten.scherm.handleiding import taken_voor, toetsen

wie = scherm.gebruiker()

onderdelen.titel("Handleiding", "Korte antwoorden op wat u in dit register wilt doen.")
rol = st.selectbox(
    "Laat zien wat hoort bij",
    ["", *organisatie.ROLLEN],
    format_func=lambda rol: organisatie.ROLLEN.get(rol) or f"Mijn eigen rol ({wie.rolnamen})",
    key="handleiding_rol",
    placeholder="Kies een rol",
)

onderdelen.kop("Hoe doe ik …")
for taak in taken_voor(*([rol] if rol else wie.rollen)):
    with st.expander(taak.vraag):
        st.markdown(taak.antwoord)
        onderdelen.verwijzing(taak.pagina)

onderdelen.kop("Met het toetsenbord")
for toets, betekenis in toetsen():
    st.markdown(f"`{toets}`: {betekenis}")

onderdelen.kop("Goed om te weten")
st.markdown(
    "- Elke vastlegging blijft bewaard, met wie en wanneer. Verbeteren kan altijd, wissen niet.\n"
    "- Wat u ziet is de stand van dit moment; vernieuw de pagina om te zien wat collega's net hebben vastgelegd.\n"
    "- Wat een stap betekent leest u bij het reglement."
)
onderdelen.verwijzing("reglement")
