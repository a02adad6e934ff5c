"""The start page: what must be done today, by me or by anyone, the worst first."""

import streamlit as st

from klachten import scherm, taal
from klachten.analyse.werk import werkvoorraad
from klachten.analyse.werk.werkvoorraad import GROEPEN
from klachten.scherm import excelknop, formulier, onderdelen, uitvoer
from klachten.scherm.lijsten import taken

gebruiker = scherm.gebruiker()
if not taken.heeft_taken(gebruiker):
    taken.geen_taken(gebruiker)
    st.stop()

onderdelen.titel("Werkvoorraad", f"Wat er op {taal.datum(scherm.vandaag())} te doen is, het dringendste eerst.")
formulier.close_done(taken.PLEK, taken.PLEK)
formulier.meldingen(taken.PLEK)

alles = taken.alle_taken()
with scherm.register().cursor() as cursor:
    zichtbaar = werkvoorraad.visible_to(cursor, alles, gebruiker)
van_mij = werkvoorraad.of_person(zichtbaar, gebruiker)

aantallen = {"mij": len(van_mij), "iedereen": len(zichtbaar)}
wie = st.segmented_control(
    "Welke taken",
    list(taken.TOON),
    default="mij",
    required=True,
    format_func=lambda id: f"{taken.TOON[id]} ({aantallen[id]})",
    key="werkvoorraad.wie",
    label_visibility="collapsed",
)
getoond = van_mij if wie == "mij" else zichtbaar
signalen = [taak for taak in getoond if taak.reeks == "S"]
groepen = werkvoorraad.grouped(taak for taak in getoond if taak.reeks != "S")

taken.tellingen(groepen)
if not getoond:
    taken.niets_te_doen(wie, leeg_register=scherm.register().stand().aantal == 0)
for groep, in_groep in groepen.items():
    if in_groep:
        onderdelen.kop(f"{GROEPEN[groep]} ({onderdelen.getal(len(in_groep))})")
        taken.lijst(in_groep, gebruiker, key=f"werkvoorraad.{groep}")
if signalen:
    onderdelen.kop(f"Open signalen ({onderdelen.getal(len(signalen))})")
    st.markdown("Mondeling geuite ontevredenheid: pas een klacht als die op schrift staat.")
    taken.lijst(signalen, gebruiker, key="werkvoorraad.signalen")
taken.niet_getoond(alles, zichtbaar, gebruiker)
if getoond:
    excelknop.toon(f"werkvoorraad-{scherm.vandaag()}", uitvoer.taken(getoond, wie), key="werkvoorraad.excel")
