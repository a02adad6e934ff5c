"""The list of klachten: search, filter, sort and page, never more than this user may see."""

import streamlit as st

from klachten import scherm
from klachten.analyse import klachtenlijst as lijst
from klachten.scherm import excelknop, klachtenlijst, onderdelen, uitvoer

gebruiker, vandaag = scherm.gebruiker(), scherm.vandaag()
klachtenlijst.follow()
onderdelen.titel("Klachten", klachtenlijst.inleiding(gebruiker))

with scherm.register().cursor() as cursor:
    filter, volgorde, per_blad = klachtenlijst.vraag(klachtenlijst.keuzes(lijst.jaren(cursor)))
    aantal = klachtenlijst.tel(filter, gebruiker)
    if aantal == 0:
        klachtenlijst.niets_gevonden(filter, leeg_register=scherm.register().stand().aantal == 0)
        st.stop()
    limit, offset = onderdelen.bladeren(aantal, key=klachtenlijst.BLAD, per_blad=per_blad)
    regels = lijst.read_page(cursor, filter, gebruiker, vandaag, volgorde=volgorde, limit=limit, offset=offset)

onderdelen.kop("Gevonden klachten")
for regel in regels:
    klachtenlijst.rij(regel)
excelknop.toon(f"klachten-{vandaag}", uitvoer.klachten(filter, volgorde), key="klachten.excel", rijen=aantal)
