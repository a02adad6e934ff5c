"""Who may see and do what: the very table that decides, in sentences."""

import streamlit as st

from klachten.scherm import onderdelen, rechten

onderdelen.titel("Rechten", "Wie wat mag zien en doen. Wat hier niet staat, mag niemand.")
rol = rechten.kies_rol()
st.markdown(
    "Hebt u meer rollen, dan mag u wat elke rol mag. **Eigen klachten** zijn klachten die u behandelt, of die u in "
    "ontvangst nam en die nog geen behandelaar hebben. Wie bij een klacht **betrokken** is, leest er niets van, wat de "
    "rol ook is. Of iets op dit moment kan, hangt ook af van hoe de klacht ervoor staat; dat ziet u in het dossier."
)
for soort in rechten.SOORTEN:
    rechten.deel(soort, rol)
