"""What a change in the organisation touches: how often a choice is used, and what somebody still has to do."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection


class Gebruik(NamedTuple):
    """How many klachten have a choice, how many of those are running, and from which day up to which."""

    klachten: int = 0
    lopend: int = 0
    eerste: date | None = None
    laatste: date | None = None


class Werk(NamedTuple):
    """One thing that somebody still has to do; `wat` is klacht, maatregel, verbeteractie or signaal."""

    klachtnummer: str
    wat: str
    onderdeel: int | None
    uiterlijk_op: date | None


def gebruik(cursor: DuckDBPyConnection, lijst: str) -> dict[str, Gebruik]:
    """Return how each choice of a list is used, by id; what no klacht has is not in it."""
    rijen = cursor.execute("SELECT * FROM keuze_gebruik(?)", [lijst]).fetchall()
    return {keuze: Gebruik(*rest) for keuze, *rest in rijen}


def open_werk(cursor: DuckDBPyConnection, persoon: str, lezer: str) -> list[Werk]:
    """Return what somebody still has to do, what is due first; without what `lezer` is involved in."""
    return [Werk(*rij) for rij in cursor.execute("SELECT * FROM open_werk(?, ?)", [persoon, lezer]).fetchall()]


def has_klachten(cursor: DuckDBPyConnection) -> bool:
    """Tell whether any klacht is recorded."""
    return bool(cursor.execute("SELECT klachtnummer FROM klacht LIMIT 1").fetchall())


def per_reglement(cursor: DuckDBPyConnection) -> dict[str, int]:
    """Return the number of running klachten by the id of their reglement."""
    return dict(
        cursor.execute(
            "SELECT reglement, count(*) FROM klacht WHERE status IN ('ontvangen', 'in onderzoek', 'in behandeling') "
            "GROUP BY reglement"
        ).fetchall()
    )
