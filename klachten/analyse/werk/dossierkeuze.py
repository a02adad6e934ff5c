"""What somebody can choose from when no number is given: klachten that changed last, and open signalen."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.lezer import Lezer


class Laatste(NamedTuple):
    """A klacht to choose."""

    klachtnummer: str
    ontvangen_op: date
    vestiging: str
    categorie: str
    status: str
    behandelaar: str | None
    laatste_op: date


class OpenSignaal(NamedTuple):
    """A signaal that still has to be written down or settled (step 1)."""

    klachtnummer: str
    ontvangen_op: date
    kanaal: str
    vestiging: str
    ontvanger: str


def laatst_bijgewerkt(cursor: DuckDBPyConnection, lezer: Lezer) -> list[Laatste]:
    """Return the klachten on which something was recorded last, as far as this person may read them."""
    rijen = cursor.execute(
        "SELECT * FROM laatst_bijgewerkt($gebruiker, $leest_alles, $leest_eigen)", lezer.parameters
    ).fetchall()
    return [Laatste(*rij) for rij in rijen]


def open_signalen(cursor: DuckDBPyConnection, gebruiker: str, *, alles: bool) -> list[OpenSignaal]:
    """Return the open signalen, the oldest first, as far as this person may read them."""
    rijen = cursor.execute("SELECT * FROM open_signalen(?, ?)", [gebruiker, alles]).fetchall()
    return [OpenSignaal(*rij) for rij in rijen]
