"""What needs somebody's attention now: terms that are over or nearly so, and klachten that nobody may handle as is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from klachten import organisatie
from klachten.analyse.basis.bewaard import kept
from klachten.analyse.basis.dagrijen import Dagrijen
from klachten.analyse.werk.werkvoorraad import DEZE_WEEK, Taak

MAATREGEL_STAPPEN = (10, 11, 17, 18)


@dataclass(frozen=True)
class Dringend:
    """A klacht of which a term is over or will be within a week, and who must do the next thing in it.

    The term is the worst one; `ook` names the other pressing ones as (name, days left).
    """

    klachtnummer: str
    termijn_naam: str
    stap: int
    uiterlijk_op: date
    dagen_over: int
    status: str
    wie_naam: str
    wat: str
    ook: tuple[tuple[str, int], ...] = ()


def pressing(
    cursor: DuckDBPyConnection, taken: Iterable[Taak], peildatum: date, dagrijen: Dagrijen | None = None
) -> list[Dringend]:
    """Return the klachten of these tasks that have a pressing term, the worst first.

    With `dagrijen` of the register the terms are read from what is kept of them.
    """
    volgende: dict[str, Taak] = {}
    for taak in taken:
        if taak.reeks == "K" and taak.klachtnummer:
            volgende.setdefault(taak.klachtnummer, taak)
    if not volgende:
        return []
    with kept(cursor, dagrijen, peildatum):
        rijen = cursor.execute(
            "SELECT t.klachtnummer, t.termijn_naam, t.stap, t.uiterlijk_op, t.dagen_over, t.status "
            "FROM termijnen(?) AS t "
            f"WHERE t.dagen_over <= ? AND t.klachtnummer IN ({', '.join('?' * len(volgende))}) "
            "ORDER BY t.dagen_over, t.klachtnummer, t.stap",
            [peildatum, DEZE_WEEK, *volgende],
        ).fetchall()
    per_klacht: dict[str, list[tuple]] = {}
    for rij in rijen:
        per_klacht.setdefault(rij[0], []).append(rij)
    return [
        Dringend(*eerste, volgende[nummer].wie_naam, volgende[nummer].wat, tuple((rij[1], rij[4]) for rij in andere))
        for nummer, (eerste, *andere) in per_klacht.items()
    ]


def betrokken_directie(cursor: DuckDBPyConnection, op: date) -> list[tuple[str, tuple[str, ...]]]:
    """Return (klachtnummer, ids of the involved members of directie of a day) of each running klacht that has them."""
    directieleden = [persoon.id for persoon in organisatie.met_rol("directie", op=op)]
    rijen = cursor.execute("SELECT klachtnummer, betrokken FROM betrokken_directie(?)", [directieleden]).fetchall()
    return [(nummer, tuple(betrokken)) for nummer, betrokken in rijen]


def by_person(regels: Iterable[Dringend]) -> dict[str, list[Dringend]]:
    """Return the terms by who must act, whoever has the worst one first."""
    per_persoon: dict[str, list[Dringend]] = {}
    for regel in regels:
        per_persoon.setdefault(regel.wie_naam, []).append(regel)
    return per_persoon
