"""What was asked of one klacht is kept until a fact of its dossier: its terms take 20 ms, nearly all of it planning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from duckdb import DuckDBPyConnection

from klachten import scherm
from klachten.analyse.termijnen.stand import TermijnStand, termijnen_van_klacht
from klachten.register import Register
from klachten.scherm.bewaard import van

T = TypeVar("T")
MEESTE = 256


class _Gelezen(NamedTuple):
    """An answer, of which register and of which version of it."""

    register: Register
    versie: int
    antwoord: Any


# Days, counts and ids, the same for every user; whoever may not read the klacht does not come here.
_gelezen: dict[tuple[object, str, date], _Gelezen] = {}


def van_klacht(lees: Callable[[DuckDBPyConnection, str, date], list[T]], klachtnummer: str) -> list[T]:
    """Return lees(cursor, klachtnummer, vandaag), which reads that klacht alone; the list is the caller's own."""
    register, versie = scherm.register(), scherm.register().versie
    sleutel = (lees, klachtnummer, scherm.vandaag())
    gelezen = _gelezen.get(sleutel)
    if gelezen is not None and gelezen.register is register:
        gewijzigd = register.changed_since(gelezen.versie)
        if gewijzigd is not None and klachtnummer not in gewijzigd:
            return list(gelezen.antwoord)
    with register.cursor() as cursor:
        antwoord = lees(cursor, klachtnummer, scherm.vandaag())
    if len(_gelezen) >= MEESTE:
        _gelezen.clear()
    _gelezen[sleutel] = _Gelezen(register, versie, tuple(antwoord))
    return list(antwoord)


def termijnen(klachtnummer: str) -> list[TermijnStand]:
    """Return how each term of a klacht stands today."""
    return van_klacht(_termijnen, klachtnummer)


def dicht(klachtnummer: str) -> int:
    """Return how many texts of a klacht stay closed, as the key they were sealed with is gone."""
    dossiers = scherm.register().dossiers
    return sum(1 for _ in dossiers.closed(klachtnummer)) if dossiers.sleutels is not None else 0


def _termijnen(cursor: DuckDBPyConnection, klachtnummer: str, vandaag: date) -> list[TermijnStand]:
    return termijnen_van_klacht(cursor, klachtnummer, vandaag, van(scherm.register()).dagrijen)
