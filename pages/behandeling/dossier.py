"""One klacht: what is next, and folded below it everything that was ever recorded about it (steps 4-15)."""

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
    termijn,
    vouwen,
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
vouwen.arrive(dossier.klachtnummer)
reglement = scherm.reglement(dossier)
termijnen = gelezen.termijnen(dossier.klachtnummer)
punten = [*post.aandacht(dossier), *beeld.aandachtspunten(dossier, scherm.vandaag(), termijnen)]
nu = handelen.next_step(dossier)

aankomst.back(dossier.klachtnummer)
beeld.kop(dossier, reglement)
handelen.attendeer(dossier, reglement, gebruiker, punten)

links, rechts = st.columns([3, 2], gap="large")
with links:
    handelen.doen(dossier, reglement, gebruiker, punten, termijnen)
with rechts:
    vouwen.alles(dossier)
    termijn.vouw(dossier, termijnen, reglement, dossier.ontvangst.reglement_versie)
    with vouwen.vouw(dossier, vouwen.VERLOOP, "Verloop", vouwen.verloop(dossier, reglement, nu)) as open:
        if open:
            beeld.verloop(dossier, reglement, termijnen, nu)
    with vouwen.vouw(dossier, vouwen.MAATREGELEN, "Maatregelen", vouwen.maatregelen(dossier)) as open:
        if open:
            delen.maatregelen(dossier, reglement, gebruiker)
with vouwen.vouw(dossier, vouwen.KLACHT, "Klacht en stukken", vouwen.klacht(dossier)) as open:
    if open:
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
aantal = len(historie.zichtbaar(dossier, gebruiker))
with vouwen.vouw(dossier, vouwen.GESCHIEDENIS, f"Geschiedenis ({aantal})", vouwen.geschiedenis()) as open:
    if open:
        historie.historie(dossier, reglement, gebruiker)
formulier.meldingen()
