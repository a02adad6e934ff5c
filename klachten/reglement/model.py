"""A reglement of one's own from the neutral model: the eighteen steps without the readings of one firm, own terms.

Only a term can be left out. The steps stay: letters, rights, order and figures hang on each of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from klachten.reglement.delen import Stap
from klachten.reglement.keuring import LANGST, keur
from klachten.reglement.reglement import KEUZELIJSTEN, STANDAARD, VAN_DE_FIRMA, Reglement, load

ID = "eigen"
ONBEPAALD = "2000-01-01"
"""From when a term holds in the file; a version begins on the day that it is recorded with."""


@dataclass(frozen=True)
class Vraag:
    """A term that the model asks for: its name, which step it is about, when it ends and for which klachten."""

    id: str
    naam: str
    stap: int
    einde: tuple[int, ...]
    geldt: str
    wat: str


VRAGEN = (
    Vraag("bevestiging", "Ontvangstbevestiging", 5, (5,), "altijd", "de ontvangst is bevestigd"),
    Vraag(
        "niet_in_behandeling", "Bericht niet in behandeling", 7, (7,), "niet_in_behandeling",
        "de indiener weet dat de klacht niet in behandeling wordt genomen",
    ),
    Vraag("maatregelen", "Maatregelen uitgevoerd", 11, (11,), "in_behandeling", "de maatregelen zijn uitgevoerd"),
    Vraag("afhandeling", "Afhandeling", 13, (7, 13), "altijd", "de klacht is afgehandeld (stap 13, of stap 7)"),
)  # fmt: skip
"""All from receipt on; other beginnings are for who writes the file."""
EENHEDEN = tuple(LANGST)
UITLEG = {
    3: "De klacht krijgt een nummer in het register en een eigen dossier, waarin alles wat erover gaat wordt bewaard.",
    4: "De klacht gaat naar iemand die er niet bij betrokken is: de coördinator, of wie de directie aanwijst.",
    5: "De indiener krijgt een brief of e-mail met het klachtnummer en de naam van de behandelaar.",
    7: "Wordt de klacht niet in behandeling genomen, dan hoort de indiener dat schriftelijk.",
    11: "De actienemers voeren de maatregelen uit en melden dat aan de behandelaar.",
}
"""Where the words of the reglement that comes along name its terms or its own reading."""
_LIJSTEN = tuple(lijst for lijst in KEUZELIJSTEN if lijst not in VAN_DE_FIRMA)
_NIET_NEUTRAAL = {"instanties": ("oval",)}


@dataclass(frozen=True)
class Antwoorden:
    """What somebody says: the name, per term (by id) how many of which unit, and two more choices.

    A term that is not there is left out. `werkdag`: a term that ends on a free day goes on to the next working day.
    """

    naam: str
    termijnen: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    werkdag: bool = False
    bevinding: bool = False


def write(antwoorden: Antwoorden) -> bytes:
    """Return the file of a reglement, which was checked; OngeldigReglement when the answers make none."""
    delen = [
        "# Klachtenreglement uit het model van klachten: de achttien stappen, met eigen termijnen. Pas het gerust aan.",
        *_lines({
            "id": ID, "naam": " ".join(antwoorden.naam.split()), "soort": "volledig",
            "verschuift_bij_vrije_dag": antwoorden.werkdag, "bevinding_per_aspect": antwoorden.bevinding,
        }),
    ]  # fmt: skip
    for vraag in VRAGEN:
        if vraag.id in antwoorden.termijnen:
            waarde, eenheid = antwoorden.termijnen[vraag.id]
            delen += ["", "[[termijnen]]", *_lines({
                "id": vraag.id, "naam": vraag.naam, "stap": vraag.stap, "waarde": waarde, "eenheid": eenheid,
                "vanaf": "ontvangen", "einde": list(vraag.einde), "geldt": vraag.geldt,
            }), f"geldig_vanaf = {ONBEPAALD}"]  # fmt: skip
    basis = load(STANDAARD)
    for stap in basis.stappen:
        eigen = replace(stap, uitleg=UITLEG.get(stap.nr, stap.uitleg), keuze="", in_brief="")
        delen += ["", "[[stappen]]", *_lines(_as_table(eigen))]
    for lijst in _LIJSTEN:
        for keuze in getattr(basis, lijst):
            if keuze.id not in _NIET_NEUTRAAL.get(lijst, ()):
                delen += ["", f"[[{lijst}]]", *_lines({"id": keuze.id, "naam": keuze.naam})]
    inhoud = ("\n".join(delen) + "\n").encode()
    keur(inhoud, "het model")
    return inhoud


def _as_table(stap: Stap) -> dict[str, Any]:
    return {
        veld.name: list(waarde) if isinstance(waarde, tuple) else waarde
        for veld in fields(stap)
        if (waarde := getattr(stap, veld.name)) != "" and veld.name != "termijnen"
    }


def _lines(waarden: Mapping[str, Any]) -> list[str]:
    # What JSON writes of a text, a number, a list and true or false is TOML as well.
    return [f"{sleutel} = {json.dumps(waarde, ensure_ascii=False)}" for sleutel, waarde in waarden.items()]


def read_length(tekst: str) -> tuple[int, str] | None:
    """Return '2 weken' as (2, 'weken'); None when it is no length of a term."""
    gevonden = re.fullmatch(r"\s*(\d{1,4})\s*([a-z]+)\s*", tekst.lower())
    if gevonden is None:
        return None
    enkel = {"dag": "dagen", "week": "weken", "maand": "maanden", "werkdag": "werkdagen"}
    eenheid = enkel.get(gevonden[2], gevonden[2])
    return (int(gevonden[1]), eenheid) if eenheid in EENHEDEN and int(gevonden[1]) else None


def in_words(boek: Reglement) -> str:
    """Say in one line what a reglement asks: its terms, and how they are counted."""
    termijnen = "; ".join(f"{t.naam.lower()} {t.in_woorden()}" for t in boek.termijnen) or "geen termijn"
    vrij = "een termijn kan op een vrije dag eindigen"
    if boek.verschuift_bij_vrije_dag:
        vrij = "een termijn die op een vrije dag eindigt, loopt door tot de volgende werkdag"
    return f"{termijnen}; {vrij}."
