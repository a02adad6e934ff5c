"""What a page says as long as there is no klacht at all: what will be here, and what this reader can do first."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from klachten import scherm
from klachten.organisatie import Gebruiker
from klachten.scherm import onderdelen
from klachten.scherm.beheer import inrichten
from klachten.scherm.paginas import pagina

KOP = "Het register is nog leeg"
# What a page will show, in one sentence.
WAT = {
    "werkvoorraad": "Hier komt te staan wat er te doen is, het dringendste eerst.",
    "klachten": "Hier komen de klachten te staan, om in te zoeken en te kiezen.",
    "dossier": "Hier opent u straks een klacht: hoe zij ervoor staat, wat nu moet, en alles wat is vastgelegd.",
    "escalatie": "Hier komt te staan wat te laat is of dat binnen zeven dagen wordt, en wat niet verder kan.",
    "verbeteracties": "Hier komt te staan wat de directie na een evaluatie verbetert, en wie dat doet.",
    "jaarbeeld": "Hier komt het jaar in één blik: hoeveel klachten, hoe vaak op tijd, waarover, en wat nu moet.",
    "termijnen": "Hier komt per termijn van het reglement te staan hoe vaak zij is gehaald.",
    "categorieen": "Hier komt te staan waarover klachten gaan, hoe ze aflopen en van wie ze komen.",
    "opvolging": "Hier komt te staan of gedaan is wat is afgesproken, en wat er daarna veranderde.",
    "proces": "Hier komt te staan hoe klachten de stappen doorlopen, en waar ze wachten.",
    "signalen": "Hier komt te staan of het aantal klachten meer schommelt dan toeval.",
    "verkenner": "Hier stelt u straks uw eigen vragen aan de cijfers.",
}


@dataclass(frozen=True)
class Eerst:
    """What somebody of a role can do first: in words, and the page where it is done."""

    zin: str
    pagina: str
    label: str


INTAKE = "De eerste klacht vastleggen"
# By role, the one that has most to do with klachten first: of several roles the first counts that can do its own.
EERST = {
    "coordinator": Eerst(
        "Komt er een klacht binnen, op papier, per e-mail of aan de telefoon, leg haar dan vast. Daarna wijst u "
        "toe wie haar behandelt.", "intake", INTAKE,
    ),
    "behandelaar": Eerst(
        "Wat u wordt toegewezen, ziet u vanzelf. Bereikt een klacht uzelf, leg haar dan vast.", "intake", INTAKE
    ),
    "directie": Eerst(
        "Een aantal klachten zegt pas iets naast het aantal trajecten: leg alvast vast hoeveel dat er zijn.",
        "verbeteracties", "Aantal trajecten vastleggen",
    ),
    "actienemer": Eerst(
        "Een maatregel die u moet uitvoeren, ziet u vanzelf, met de dag waarop zij klaar moet zijn. Bereikt een klacht "
        "u, leg haar dan vast.", "intake", INTAKE,
    ),
    "medewerker": Eerst(
        "Bereikt een klacht u, op schrift of mondeling, leg dan vast wat er is gezegd; de coördinator pakt het op.",
        "intake", INTAKE,
    ),
    "beheerder": Eerst(
        "Zorg dat iedereen die met klachten werkt erin staat, met de juiste rollen.", "personen", "Personen en rollen"
    ),
    "analist": Eerst(
        "Lees intussen het reglement: over die stappen en termijnen gaan straks de cijfers.", "reglement",
        "Het reglement lezen",
    ),
    "auditor": Eerst(
        "Lees intussen wie wat mag zien en doen.", "rechten", "De rechten lezen"
    ),
}  # fmt: skip


def is_leeg() -> bool:
    """Tell whether no klacht was ever recorded in this register."""
    return not inrichten.has_klachten()


def eerst(gebruiker: Gebruiker, hier: str = "") -> Eerst | None:
    """Return what somebody can do first, on another page than `hier`; None when nothing is for them."""
    for rol, een in EERST.items():
        mag = een.pagina != "intake" or inrichten.may_record(gebruiker)
        if rol in gebruiker.rollen and mag and een.pagina != hier and pagina(een.pagina).toegankelijk_voor(gebruiker):
            return een
    return None


def toon(naam: str) -> None:
    """Draw what there will be on a page, and lead to what this reader can do first."""
    eerste = eerst(scherm.gebruiker(), naam)
    zinnen = " ".join(filter(None, (WAT[naam], eerste and eerste.zin)))
    onderdelen.lege_staat(
        KOP, zinnen, naar=eerste.pagina if eerste else "", label=eerste.label if eerste else ""
    )  # fmt: skip


def stop(naam: str) -> None:
    """Say so, and draw nothing else of the page."""
    toon(naam)
    st.stop()
