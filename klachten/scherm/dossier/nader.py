"""What is known of a klacht beside the steps, and the forms that add to it, where one reads what the klacht is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import handelingen, taal
from klachten.analyse.categorieen.nader import KENMERKEN
from klachten.dossier.klacht import Dossier
from klachten.dossier.nader import Nader, nader
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import Gebruiker
from klachten.reglement import Reglement
from klachten.scherm import formulier, onderdelen
from klachten.scherm.dossier import feit
from klachten.scherm.dossier.handelen import BIJ_DE_KLACHT, label

NADER = "nader"
KEUZE = "dossier.nader"


def bevindingen(dossier: Dossier, reglement: Reglement) -> None:
    """Draw the own finding about each aspect, the last one of each; nothing where none was recorded."""
    per_aspect = {gevonden.aspect: gevonden for gevonden in dossier.van(g.BevindingVastgesteld)}
    if not per_aspect:
        return
    onderdelen.kop("Eigen bevindingen")
    for aspect, gevonden in per_aspect.items():
        namen = reglement.naam_van("categorieen", aspect), reglement.naam_van("oordelen", gevonden.bevinding)
        st.markdown(": ".join((onderdelen.veilig(namen[0]), f"**{onderdelen.veilig(namen[1])}**")))
        if gevonden.toelichting:
            feit.letterlijk(gevonden.toelichting)


def gegevens(dossier: Dossier, reglement: Reglement) -> None:
    """Draw what is known beside the steps; nothing when nothing is."""
    bekend = nader(dossier)
    regels = [f"{titel}: **{onderdelen.veilig(waarde)}**" for titel, waarde in lines(bekend, reglement)]
    if not regels and not bekend.directe_actie_wat:
        return
    onderdelen.kop("Nadere gegevens")
    st.markdown("  \n".join(regels))
    if bekend.directe_actie_wat:
        feit.letterlijk(f"Directe actie: {bekend.directe_actie_wat}")


def lines(bekend: Nader, reglement: Reglement) -> list[tuple[str, str]]:
    """Return what is known as (title, value in words); what is not known is left out."""
    regels = []
    if bekend.wanneer:
        regels.append(("Wanneer het gebeurde", _wanneer(bekend)))
    for id in ("opdrachtgever", "trajectsoort", "ernst", "aard", "directe_actie", "toestemming"):
        waarde = getattr(bekend, id)
        if waarde:
            regels.append((KENMERKEN[id].titel, KENMERKEN[id].naam(waarde, reglement)))
    if bekend.anoniem is not None:
        stand = "onbereikbaar" if bekend.onbereikbaar else "bereikbaar" if bekend.anoniem else "bekend"
        regels.append((KENMERKEN["anoniem"].titel, KENMERKEN["anoniem"].naam(stand, reglement)))
    if bekend.gemachtigde is not None:
        regels.append(("Gemachtigde", "ja, die krijgt de brieven" if bekend.gemachtigde else "niet meer"))
    if bekend.vertraging:
        regels.append((KENMERKEN["vertraging"].titel, KENMERKEN["vertraging"].naam(bekend.vertraging, reglement)))
    if bekend.tussenbericht_op:
        regels.append(("Laatste tussenbericht", taal.datum(bekend.tussenbericht_op)))
    if bekend.tevredenheid_gevraagd_op:
        gezegd = bekend.tevredenheid or "geen_antwoord"
        regels.append((KENMERKEN["tevredenheid"].titel, KENMERKEN["tevredenheid"].naam(gezegd, reglement)))
    if bekend.indieners:
        regels.append(("Aantal indieners", str(bekend.indieners)))
    return regels


def _wanneer(bekend: Nader) -> str:
    if bekend.gebeurtenis_van is None:
        return "de indiener weet het niet"
    if bekend.gebeurtenis_tot is None:
        return taal.datum(bekend.gebeurtenis_van)
    return f"van {taal.datum(bekend.gebeurtenis_van)} tot en met {taal.datum(bekend.gebeurtenis_tot)}"


def vastleggen(dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker) -> None:
    """Offer what can be recorded about the klacht itself, one form at a time."""
    formulier.meldingen(NADER)
    kan = [
        m.handeling.naam
        for m in handelingen.mogelijk(dossier, gebruiker, reglement)
        if m.weigering is None and m.handeling.naam in BIJ_DE_KLACHT
    ]
    kan.sort(key=BIJ_DE_KLACHT.index)
    if not kan:
        return
    with st.expander("Meer gegevens vastleggen (hoeft niet)", icon=":material/add_notes:"):
        gekozen = st.selectbox(
            "Wat is er bekend geworden?",
            kan,
            format_func=lambda naam: label(HANDELINGEN[naam]),
            key=KEUZE,
            placeholder="Kies wat u wilt vastleggen",
        )
        if gekozen in kan:
            begin = _known(gekozen, dossier)
            formulier.toon(HANDELINGEN[gekozen], dossier.klachtnummer, sleutel=NADER, begin=begin, dossier=dossier)


def _known(naam_handeling: str, dossier: Dossier) -> dict[str, Any]:
    """Return what the dossier knows already: an address, without which nothing can be sent to who stays unknown."""
    if naam_handeling != "stap_03_vastleggen_anonimiteit":
        return {}
    gezegd = dossier.laatste(g.AnonimiteitVastgelegd)
    return {"bereikbaar": gezegd.bereikbaar if gezegd else bool(dossier.ontvangst.indiener_contact)}
