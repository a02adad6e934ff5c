"""The reglement for a reader: the steps in plain words, the terms, the roles and the readings that were chosen."""

import streamlit as st

from klachten import scherm
from klachten.scherm import onderdelen, uitleg
from klachten.scherm.hulp import stap

reglement = scherm.reglement()
termijnen = reglement.termijnen_van(reglement.versie_op(scherm.vandaag()))

wie = onderdelen.veilig(reglement.organisatie) or "een organisatie"
onderdelen.titel("Reglement", f"Zo behandelt {wie} een klacht, van ontvangst tot verbetering, in achttien stappen.")

stap.asked(reglement, termijnen)
onderdelen.kop("De termijnen")
for termijn in termijnen:
    st.markdown(uitleg.termijn_zin(termijn))
st.markdown(uitleg.tel_zin(reglement, termijnen))

for groep, nummers in uitleg.GROEPEN.items():
    onderdelen.kop(groep)
    for nr in nummers:
        stap.blok(reglement, nr, termijnen)

onderdelen.kop("Wie doet wat")
st.table(uitleg.rollen(reglement), hide_index=True)

onderdelen.kop("Woorden")
onderdelen.verwijzing("hulp", "Wat de woorden betekenen", deel="begrippen")

onderdelen.kop("Keuzes bij het lezen")
st.markdown("Waar het reglement ruimte laat, is dit gekozen:")
for keuze in uitleg.leeskeuzes(reglement, termijnen):
    st.markdown(f"- {keuze}")
