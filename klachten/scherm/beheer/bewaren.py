"""Page Bewaren, the list: what is over its term, since when, what stands in the way; the terms; where it is kept."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from klachten import inzage, scherm, taal
from klachten.analyse.basis.lezer import Zicht
from klachten.analyse.werk import bewaarlijst
from klachten.bewaring import SOORTEN, Bewaring, Wie
from klachten.register.plekken import PLEKKEN
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard, mijn_zicht
from klachten.scherm.onderdelen import veilig

WELKE, BLAD = "bewaren.welke", "bewaren.blad"
DELEN = {"dit_jaar": "Dit jaar te doen", "kan": "Kan nu gewist worden", "niet": "Kan nog niet"}
_stand = bewaard(bewaarlijst.stand)
_rijen = bewaard(bewaarlijst.rijen)
_naming = bewaard(inzage.undone_naming)


def stand() -> dict[str, int]:
    """Return how many of each part of the list the user sees: of klachten those that he or she reads."""
    vandaag = scherm.vandaag()
    return _stand(vandaag, Wie.of(vandaag), _zicht())


def rijen(deel: str, limit: int, eerste: int = 0) -> list[Bewaring]:
    """Return so many of a part that the user sees, what is longest over its term first."""
    vandaag = scherm.vandaag()
    return _rijen(vandaag, Wie.of(vandaag), _zicht(), deel, limit, eerste)


def _zicht() -> Zicht:
    """Of klachten, and of those of imports that were undone, which the user sees one by one."""
    wie, ziet = scherm.gebruiker(), mijn_zicht()
    if ziet.alleen is not None:
        return ziet
    niet = inzage.hidden_undone(scherm.register(), _naming(wie.id), wie)
    return replace(ziet, niet=(*ziet.niet, *sorted(niet)))


def lijst(hoeveel: dict[str, int]) -> None:
    """Draw what is over its term, a page at a time."""
    onderdelen.kop(f"Langer bewaard dan de termijn ({onderdelen.getal(hoeveel['alles'])})")
    onderdelen.zonder_betrokken()
    if not hoeveel["alles"]:
        onderdelen.lege_staat("Niets is over de termijn", "Wat te lang is bewaard, komt hier vanzelf te staan.")
        return
    gekozen = st.segmented_control(
        "Welke",
        list(DELEN),
        format_func=lambda deel: f"{DELEN[deel]} ({onderdelen.getal(hoeveel[deel])})",
        key=WELKE,
        default="dit_jaar" if hoeveel["dit_jaar"] else "kan",
        label_visibility="collapsed",
        required=True,
    )
    deel = gekozen or "kan"
    limit, eerste = onderdelen.bladeren(hoeveel[deel], key=BLAD, woord="dossier" if hoeveel[deel] == 1 else "dossiers")
    if blad := rijen(deel, limit, eerste):
        st.table([_cells(een) for een in blad], hide_index=True)


def _cells(een: Bewaring) -> dict[str, str]:
    nummer = veilig(een.nummer)
    if een.soort == "klacht":
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
