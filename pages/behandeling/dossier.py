"""One klacht: how it stands, what can be done now, and everything that was ever recorded about it (steps 4-15)."""

import streamlit as st

from klachten import scherm
from klachten.dossier.lezen import Leesrecht, leesrecht
from klachten.scherm import formulier
from klachten.scherm.dossier import (
    aankomst,
    beeld,
    deels,
    delen,
    gelezen,
    handelen,
    historie,
    kiezer,
    nader,
    post,
    stukken,
)

gebruiker = scherm.gebruiker()
dossier = kiezer.gekozen(st.query_params.get("nummer", ""), gebruiker)
if dossier is None:
    st.stop()
recht = leesrecht(dossier, gebruiker)
if recht is not Leesrecht.HEEL:
    deels.toon(dossier, recht, gebruiker) if recht else kiezer.aanwijzen(dossier)
    st.stop()

handelen.arrive(dossier)
reglement = scherm.reglement(dossier)
termijnen = gelezen.termijnen(dossier.klachtnummer)
punten = [*post.aandacht(dossier), *beeld.aandachtspunten(dossier, scherm.vandaag(), termijnen)]

aankomst.back(dossier.klachtnummer)
beeld.kop(dossier, reglement)
boven = st.container()
handelen.attendeer(dossier, reglement, gebruiker, punten)

deel = kiezer.deel(len(historie.zichtbaar(dossier, gebruiker)))
if deel == "behandeling":
    links, rechts = st.columns([3, 2], gap="large")
    with links:
        handelen.doen(dossier, reglement, gebruiker, punten, termijnen)
        delen.maatregelen(dossier, reglement, gebruiker)
    with rechts:
        beeld.verloop(dossier, reglement, termijnen, handelen.next_step(dossier))
elif deel == "klacht":
    links, rechts = st.columns([3, 2], gap="large")
    with links:
        delen.klacht(dossier, reglement)
        nader.bevindingen(dossier, reglement)
        nader.gegevens(dossier, reglement)
        nader.vastleggen(dossier, reglement, gebruiker)
    with rechts:
        delen.betrokkenen(dossier)
        delen.gekoppeld(dossier, gebruiker)
        post.toon(dossier)
    stukken.toon(dossier, reglement, gebruiker)
else:
    historie.historie(dossier, reglement, gebruiker)
# Who came to do something finds that first, also on a phone.
with st.container() if aankomst.direct(dossier.klachtnummer) else boven:
    beeld.termijnen(termijnen, reglement, dossier.ontvangst.reglement_versie)
    beeld.duur(dossier)
formulier.meldingen()
