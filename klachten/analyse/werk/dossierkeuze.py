"""What somebody can choose from when no number is given: klachten that changed last, and open signalen."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.lezer import Lezer
from klachten.analyse.werk.klachtenlijst import readable
from klachten.organisatie import Gebruiker


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


def readable_signalen(cursor: DuckDBPyConnection, nummers: list[str], gebruiker: Gebruiker) -> frozenset[str]:
    """Return which of these signalen a reader of all of them may read: none that became a klacht closed to that reader.

    Who is involved is recorded of the klacht, not of the signaal that it was before.
    """
    rijen = cursor.execute(
        "SELECT s.klachtnummer, s.klacht FROM signaal AS s "
        "WHERE s.klachtnummer IN (SELECT UNNEST(CAST(? AS VARCHAR[])))",
        [nummers],
    ).fetchall()
    open_klachten = readable(cursor, sorted({klacht for _, klacht in rijen if klacht}), gebruiker)
    return frozenset(nummer for nummer, klacht in rijen if klacht is None or klacht in open_klachten)
