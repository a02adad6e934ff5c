"""The start page: what must be done today, by me or by anyone, the worst first."""

import streamlit as st

from klachten import scherm
from klachten.analyse.werk import werkvoorraad
from klachten.scherm import belinhoud, excelknop, formulier, onderdelen, uitvoer
from klachten.scherm.lijsten import samen, taakrij, taken, toetsen

gebruiker = scherm.gebruiker()
if not taken.heeft_taken(gebruiker):
    taken.geen_taken(gebruiker)
    st.stop()

zichtbaar = taken.van_wie_kijkt(gebruiker, met_post=True)
van_mij = werkvoorraad.of_person(zichtbaar, gebruiker)
aantallen = {"mij": len(van_mij), "iedereen": len(zichtbaar)}

onderdelen.titel("Werkvoorraad")
formulier.close_done(taakrij.PLEK, taakrij.PLEK)
formulier.meldingen(taakrij.PLEK)

keuze = st.container(horizontal=True, vertical_alignment="center")
with keuze:
    wie = st.segmented_control(
        "Welke taken",
        list(taken.TOON),
        default="mij",
        required=True,
        format_func=lambda id: f"{taken.TOON[id]} ({onderdelen.getal(aantallen[id])})",
        key="werkvoorraad.wie",
        label_visibility="collapsed",
    )
getoond = van_mij if wie == "mij" else zichtbaar
if getoond:
    with keuze:
        gekozen = taken.gekozen(getoond)
        tegelijk = samen.kiezen(gekozen, gebruiker)
    dag = taken.vorige_werkdag(scherm.vandaag())
    nieuw = belinhoud.changed_since(gebruiker, dag)
    st.markdown(f"{taken.tellingen(getoond)} {taken.sinds(getoond, nieuw, dag)}")
    samen.uitkomst()
    if tegelijk:
        samen.toon(tegelijk, gekozen, gebruiker)
    else:
        taken.per_groep(gekozen, gebruiker, nieuw, mijn=wie == "mij")
        toetsen.loop_door_rijen()
        st.markdown(f":small[{toetsen.UITLEG}]")
else:
    samen.uitkomst()
    taken.niets_te_doen(wie)
onderdelen.zonder_betrokken()
if getoond:
    maak = uitvoer.taken(gekozen, wie, taken.keuze_in_woorden())
    excelknop.toon(f"werkvoorraad-{scherm.vandaag()}", maak, key="werkvoorraad.excel")
