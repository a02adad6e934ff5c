"""One klacht: how it stands, what can be done now, and everything that was ever recorded about it (steps 4-15)."""

import streamlit as st

from klachten import handelingen, scherm
from klachten.analyse.termijnstand import termijnen_van_klacht
from klachten.mag import mag_lezen
from klachten.scherm import dossierbeeld, dossierdelen, dossierhandelen, dossierhistorie, dossierkiezer, formulier

gebruiker = scherm.gebruiker()
dossier = dossierkiezer.gekozen(st.query_params.get("nummer", ""), gebruiker)
if dossier is None:
    st.stop()
if mag_lezen(dossier, gebruiker):
    dossierkiezer.geen_inzage(dossier, gebruiker)
    st.stop()

reglement = handelingen.reglement_van(scherm.register(), dossier)
with scherm.register().cursor() as cursor:
    termijnen = termijnen_van_klacht(cursor, dossier.klachtnummer, scherm.vandaag())
punten = dossierbeeld.aandachtspunten(dossier)

dossierbeeld.kop(dossier, reglement)
dossierbeeld.termijnen(termijnen, reglement, dossier.ontvangst.reglement_versie)
dossierhandelen.attendeer(dossier, reglement, gebruiker, punten)

deel = dossierkiezer.deel(dossier)
if deel == "behandeling":
    links, rechts = st.columns([3, 2], gap="large")
    with links:
        dossierhandelen.doen(dossier, reglement, gebruiker, punten, termijnen)
        dossierdelen.maatregelen(dossier, reglement, gebruiker)
    with rechts:
        dossierbeeld.verloop(dossier, reglement, termijnen, dossierhandelen.next_step(dossier))
elif deel == "klacht":
    links, rechts = st.columns([3, 2], gap="large")
    with links:
        dossierdelen.klacht(dossier, reglement)
    with rechts:
        dossierdelen.betrokkenen(dossier)
        dossierdelen.gekoppeld(dossier)
        dossierdelen.stukken(dossier, reglement, gebruiker)
else:
    dossierhistorie.historie(dossier, reglement, gebruiker)
formulier.meldingen()
