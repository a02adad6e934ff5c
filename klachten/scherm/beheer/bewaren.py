"""Page Bewaren, the list: what is over its term, since when, what stands in the way; the terms; where it is kept."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from klachten import inzage, scherm, taal
from klachten.analyse.werk.klachtenlijst import readable
from klachten.bewaring import SOORTEN, TERUGGEDRAAID, Bewaring, Wie, bewaren, of_year
from klachten.register.plekken import PLEKKEN
from klachten.scherm import onderdelen
from klachten.scherm.onderdelen import veilig

WELKE, BLAD = "bewaren.welke", "bewaren.blad"
DIT_JAAR, KAN, NIET = "Dit jaar te doen", "Kan nu gewist worden", "Kan nog niet"


def alle() -> list[Bewaring]:
    """Return what is over its term and may be seen by the user: of klachten those he or she reads."""
    vandaag = scherm.vandaag()
    with scherm.register().cursor() as cursor:
        gevonden = bewaren(cursor, vandaag, Wie.of(vandaag))
    leest = _reads(gevonden)
    terug = [een.nummer for een in gevonden if een.soort == TERUGGEDRAAID]
    leest |= inzage.readable_undone(scherm.register(), terug, scherm.gebruiker()) if terug else frozenset()
    return [een for een in gevonden if een.soort not in ("klacht", TERUGGEDRAAID) or een.nummer in leest]


def _reads(gevonden: Sequence[Bewaring]) -> frozenset[str]:
    nummers = [een.nummer for een in gevonden if een.soort == "klacht"]
    with scherm.register().cursor() as cursor:
        return readable(cursor, nummers, scherm.gebruiker())


def lijst(gevonden: Sequence[Bewaring]) -> None:
    """Draw what is over its term, a page at a time."""
    delen = {
        DIT_JAAR: of_year(list(gevonden), scherm.vandaag()),
        KAN: [een for een in gevonden if een.kan],
        NIET: [een for een in gevonden if not een.kan],
    }
    onderdelen.kop(f"Langer bewaard dan de termijn ({onderdelen.getal(len(gevonden))})")
    onderdelen.zonder_betrokken()
    if not gevonden:
        onderdelen.lege_staat("Niets is over de termijn", "Wat te lang is bewaard, komt hier vanzelf te staan.")
        return
    gekozen = st.segmented_control(
        "Welke",
        list(delen),
        format_func=lambda naam: f"{naam} ({onderdelen.getal(len(delen[naam]))})",
        key=WELKE,
        default=DIT_JAAR if delen[DIT_JAAR] else KAN,
        label_visibility="collapsed",
        required=True,
    )
    rijen = delen.get(gekozen or KAN, [])
    limit, eerste = onderdelen.bladeren(len(rijen), key=BLAD, woord="dossier" if len(rijen) == 1 else "dossiers")
    if blad := rijen[eerste : eerste + limit]:
        leest = _reads(blad)
        st.table([_cells(een, een.nummer in leest) for een in blad], hide_index=True)


def _cells(een: Bewaring, leest: bool) -> dict[str, str]:
    nummer = veilig(een.nummer)
    if leest:
        nummer = f"[{nummer}]({onderdelen.adres('dossier', nummer=een.nummer)})"
    stand = taal.hoofdletter(taal.opsomming(een.waarom_niet)) or "Kan gewist worden"
    if een.voorstel is not None:
        stand = f"{stand}; voorgesteld in feit {een.voorstel}"
    return {
        "Nummer": nummer,
        "Wat": SOORTEN[een.soort],
        "Over de termijn sinds": taal.datum(een.sinds) if een.sinds else "nog niet begonnen",
        "Hoe het ervoor staat": veilig(stand),
    }


def termijnen() -> None:
    """Draw how long what is kept, and why, as the reglement of today says it."""
    onderdelen.kop("Hoe lang iets bewaard blijft")
    boek = scherm.reglement()
    st.markdown(
        f"Dit staat in het reglement **{veilig(boek.naam)}**; een klacht onder een ander reglement houdt de termijn "
        "daarvan. Een andere termijn is een volgende versie, en geldt dan ook voor wat er al is."
    )
    for termijn in boek.bewaartermijnen:
        keuze = f" *{veilig(termijn.keuze)}*" if termijn.keuze else ""
        st.markdown(
            f"- **{veilig(termijn.naam)}**: {termijn.in_woorden()}, vanaf {termijn.vanaf_in_woorden()}.  \n"
            f"  :small[{veilig(termijn.grond)}{keuze}]"
        )
    st.markdown(
        "- **Klachten van een overname die is teruggedraaid**: geen termijn. Zij tellen nergens mee, en hun "
        "teksten kunnen meteen weg."
    )


def plekken() -> None:
    """Draw every place that is emptied, and what stays."""
    with st.expander("Waar het weggaat, en wat blijft"):
        st.markdown("\n".join(f"- **{plek.naam}**: {plek.wat}" for plek in PLEKKEN))
        st.markdown(
            "De feiten met hun dagen blijven: elk cijfer en elke bevroren evaluatie blijft zoals zij was. Waar een "
            "tekst of naam stond, staat *(gewist)*."
        )
