"""The list of klachten: search, filter, sort and page, never more than this user may see."""

import streamlit as st

from klachten import scherm
from klachten.analyse.werk import klachtenlijst as lijst
from klachten.scherm import excelknop, kijklog, onderdelen, uitvoer
from klachten.scherm.bewaard import bewaard
from klachten.scherm.lijsten import keuzes, klachten, overgenomen, rijen, telling, toetsen, zoekveld

gebruiker, vandaag = scherm.gebruiker(), scherm.vandaag()
zoekveld.follow()
onderdelen.titel("Klachten", klachten.inleiding(gebruiker))

filter, volgorde, per_blad = keuzes.vraag(bewaard(lijst.jaren)())
blad = klachten.blad(filter, gebruiker, volgorde, per_blad)
kijklog.zocht(filter.zoek, "klachten", blad.aantal)
if filter.telling is not None:
    telling.toon(filter.telling, weg=keuzes.clear)
klachten.gekozen(filter)
overgenomen.niet_getoond(filter.herkomst)
if blad.aantal == 0:
    klachten.niets_gevonden(filter)
    klachten.deels(filter, gebruiker)
    st.stop()
klachten.vervallen(filter, blad.vervallen)
onderdelen.bladeren(blad.aantal, key=keuzes.BLAD, per_blad=per_blad)

onderdelen.kop("Gevonden klachten")
with rijen.lijst("klachten"):
    for regel in klachten.regels(blad, filter.zoek):
        klachten.rij(regel)
toetsen.loop_door_rijen()
klachten.deels(filter, gebruiker)
excelknop.toon(f"klachten-{vandaag}", uitvoer.klachten(filter, volgorde), key="klachten.excel", rijen=blad.aantal)
