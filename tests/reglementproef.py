"""A firm of its own whose reglement gets another version: its folder, its file, and what somebody does there."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten import reglement
from klachten.handelingen import dossier_van
from klachten.handelingen.termijn import termijnen_van
from klachten.register import Register
from tests.firmaproef import doe
from tests.lijsten import Lijst

TEKST = (reglement.MAP / "coulant.toml").read_text(encoding="utf-8")
INGANG = date(2026, 3, 9)
LATER = date(2026, 4, 20)


def changed(*paren: tuple[str, str], tekst: str = TEKST) -> bytes:
    """Return the file with some of its text otherwise, each where it stands first."""
    for oud, nieuw in paren:
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw, 1)
    return tekst.encode("utf-8")


DE_FIRMA = """
[[vestigingen]]
id = "weert"
naam = "Weert aan de Maas"
[[vestigingen]]
id = "dok"
naam = "Dok"
[[opdrachtgevers]]
id = "uwv"
naam = "UWV"
[[trajectsoorten]]
id = "spoor_1"
naam = "Eerste spoor"
"""
"""What a file of before said of one organisation, at its end."""
MET_FIRMA = changed(('soort = "volledig"', 'organisatie = "Andere firma"\nsoort = "volledig"')) + DE_FIRMA.encode()
DRIE_WEKEN = changed(("waarde = 2", "waarde = 3"))
OOK_COORDINATOR = 'rollen = ["behandelaar"]\nbrief = true', 'rollen = ["behandelaar", "coordinator"]\nbrief = true'


def add(register: Register, bestand: bytes = DRIE_WEKEN, vanaf: date = INGANG, **anders: Any) -> int:
    """Add a version, as Iris, with the word of Carla."""
    invoer = {"bestand": bestand, "geldig_vanaf": vanaf, "akkoord_door": "carla", **anders}
    return doe(register, "toevoegen_reglement", **invoer)


def choose(register: Register, id: str, vanaf: date = INGANG, **anders: Any) -> int:
    """Choose another reglement, likewise."""
    return doe(register, "kiezen_reglement", reglement=id, vanaf=vanaf, akkoord_door="carla", **anders)


def klacht(register: Register, op: date, stap: int = 1, vandaag: date = LATER) -> str:
    """A klacht received on a day and taken along to a step, recorded later."""
    return Lijst(register, vandaag).tot(stap, op=op)


def last_days(register: Register, nummer: str, peildatum: date = LATER) -> dict[str, date | None]:
    """Return the last day of each term of a klacht as SQL counts it."""
    return {id: term.uiterlijk_op for id, term in termijnen_van(register, nummer, peildatum).items()}


def lengths(register: Register, nummer: str) -> dict[str, str]:
    """Return the length of each term of a klacht as Python reads it in the reglement."""
    ontvangst = dossier_van(register, nummer).ontvangst  # type: ignore[union-attr]
    boek = register.reglementen[ontvangst.reglement]
    return {t.id: t.in_woorden() for t in boek.termijnen_van(ontvangst.reglement_versie)}
