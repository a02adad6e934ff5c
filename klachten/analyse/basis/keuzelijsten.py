"""What the filters of the evaluation may offer: the years, and the ids that occur in a set of klachten."""

from __future__ import annotations

from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.selectie import VELDEN
from klachten.reglement import Reglement


def naam_van(reglement: Reglement | None, lijst: str, id: str) -> str:
    """Return the name of an id, or the id itself where no reglement is given (notebooks)."""
    return reglement.naam_van(lijst, id) if reglement else id


@dataclass(frozen=True)
class Keuzelijsten:
    """One set of klachten: its klachten per year of receipt, and per field of Filter the ids that occur, in order."""

    per_jaar: dict[int, int] = field(default_factory=dict)
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)


def keuzelijsten(cursor: DuckDBPyConnection, *, herkomst: str, reglement: str) -> Keuzelijsten:
    """Return what can be chosen in one set of klachten; vervallen ones do not count."""
    kolommen = [naam for naam in VELDEN if naam != "herkomst"]
    (rij,) = cursor.execute(
        "SELECT histogram(CAST(EXTRACT(YEAR FROM k.ontvangen_op) AS INTEGER)), "
        + ", ".join(f"list_sort(list(DISTINCT k.{naam}) FILTER (WHERE k.{naam} <> ''))" for naam in kolommen)
        + " FROM klacht AS k WHERE k.vervallen_op IS NULL AND k.herkomst = $herkomst AND k.reglement = $reglement",
        {"herkomst": herkomst, "reglement": reglement},
    ).fetchall()
    ids = {naam: tuple(waarden or ()) for naam, waarden in zip(kolommen, rij[1:], strict=True)}
    return Keuzelijsten(dict(sorted((rij[0] or {}).items())), ids)
