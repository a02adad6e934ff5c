"""How each term of one klacht stands on a day: what the dossier shows at the top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class TermijnStand:
    """One term of one klacht: its last day, the day that ended it, and its status in the words of termijnen.sql."""

    termijn: str
    naam: str
    stap: int
    start_op: date | None
    uiterlijk_op: date | None
    einde_op: date | None
    status: str
    dagen_over: int | None


def termijnen_van_klacht(cursor: DuckDBPyConnection, klachtnummer: str, peildatum: date) -> list[TermijnStand]:
    """Return the terms of a klacht by step; none when it is vervallen."""
    rijen = cursor.execute(
        "SELECT termijn, termijn_naam, stap, start_op, uiterlijk_op, einde_op, status, dagen_over "
        "FROM termijnen(?) WHERE klachtnummer = ? ORDER BY stap, termijn",
        [peildatum, klachtnummer],
    ).fetchall()
    return [TermijnStand(*rij) for rij in rijen]
