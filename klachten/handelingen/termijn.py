"""What a handeling asks about terms: analyse/termijnen.sql computes them, here they are only read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Vastlegging
from klachten.register import Register
from klachten.reglement import Reglement


@dataclass(frozen=True)
class LopendeTermijn:
    """A term of one klacht: its id and name, its last day, how far it may be extended, and its status."""

    termijn: str
    naam: str
    uiterlijk_op: date
    verlengbaar_tot: date | None
    status: str = ""


_VRAAG = (
    "SELECT termijn, termijn_naam, uiterlijk_op, verlengbaar_tot, status FROM termijnen($peildatum) "
    "WHERE ($klachtnummer IS NULL OR klachtnummer = $klachtnummer) AND uiterlijk_op IS NOT NULL"
)

Termijnen = Callable[[], dict[str, LopendeTermijn]]
"""Gives the terms of a klacht by id, when they are asked for."""


def termijnen_van(register: Register, klachtnummer: str, peildatum: date) -> dict[str, LopendeTermijn]:
    """Return the terms of a klacht whose last day is known, by id."""
    return _read(register, klachtnummer, peildatum, _VRAAG)


def _read(
    register: Register, klachtnummer: str, peildatum: date, sql: str, geldig: Sequence[Vastlegging] | None = None
) -> dict[str, LopendeTermijn]:
    waarden = {"peildatum": peildatum}
    rijen = register.enkel.ask(klachtnummer, sql, waarden, geldig)
    if rijen is None:
        met = register.cursor() if geldig is None else register.as_if(klachtnummer, geldig)
        with met as cursor:
            rijen = cursor.execute(sql, {**waarden, "klachtnummer": klachtnummer}).fetchall()
    return {rij[0]: LopendeTermijn(*rij) for rij in rijen}


def open_termijnen(register: Register, klachtnummer: str, dag: date) -> dict[str, str]:
    """Return the names of the terms that were open at the end of a day, late ones too, by id."""
    gevonden = _read(register, klachtnummer, dag, f"{_VRAAG} AND dagen_over IS NOT NULL")
    return {t.termijn: t.naam for t in sorted(gevonden.values(), key=lambda t: t.uiterlijk_op)}


def termijnen_bij(register: Register, peildatum: date, dossier: Dossier) -> dict[str, LopendeTermijn]:
    """Return the terms as they would be with these facts, computed where they always are; nothing is kept of it."""
    return _read(register, dossier.klachtnummer, peildatum, _VRAAG, dossier.geldig)


def betrokkenen_van_periode(register: Register, van: date, tot: date) -> list[tuple[str, frozenset[str]]]:
    """Return (klachtnummer, ids of the involved) of each klacht received in a period that is not vervallen."""
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer, betrokkenen FROM klacht "
            "WHERE ontvangen_op BETWEEN ? AND ? AND vervallen_op IS NULL AND len(betrokkenen) > 0 "
            "ORDER BY klachtnummer",
            [van, tot],
        ).fetchall()
    return [(nummer, frozenset(betrokkenen)) for nummer, betrokkenen in rijen]


def missable(lopend: Mapping[str, LopendeTermijn], ids: Collection[str]) -> list[LopendeTermijn]:
    """Return those of the terms; one that does not apply cannot be missed."""
    return [termijn for id, termijn in lopend.items() if id in ids and termijn.status != "n.v.t."]


def ended_by(reglement: Reglement, dossier: Dossier, stap: int) -> set[str]:
    """Return the ids of the terms that a step ends in a dossier as it stands."""
    if dossier.heropend_na and stap in (7, 11, 13, 14):
        # Terms judge the first round (analyse/termijnen/termijnen.sql): a later one ends or misses none of them.
        return set()
    return {t.id for t in reglement.termijnen_van(dossier.ontvangst.reglement_versie) if stap in t.einde}
