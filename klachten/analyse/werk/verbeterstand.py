"""How evaluations and verbeteracties stand, and the number of trajecten: what the page Verbeteracties shows (16-18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten import rechten
from klachten.organisatie import Gebruiker


class Evaluatie(NamedTuple):
    """One evaluation and how far its verbeteracties are."""

    klachtnummer: str
    jaar: int
    van: date
    tot: date
    gehouden_op: date
    directieleden: list[str]
    verbeteracties: int
    uitgevoerd: int
    te_laat: int


class Actie(NamedTuple):
    """One verbeteractie as it stands on the peildatum; its text is in the dossier of the evaluation."""

    klachtnummer: str
    verbeteractie: int
    jaar: int
    categorie: str
    actienemer: str
    bepaald_op: date
    uiterlijk_op: date
    meegedeeld_op: date | None
    uitgevoerd_op: date | None
    vervallen_op: date | None
    verandering: str | None
    waargenomen_op: date | None
    status: str
    dagen_over: int | None
    dagen_open: int


def evaluaties(cursor: DuckDBPyConnection, peildatum: date) -> list[Evaluatie]:
    """Return every evaluation, the newest year first (step 16)."""
    return [Evaluatie(*rij) for rij in cursor.execute("SELECT * FROM evaluaties(?)", [peildatum]).fetchall()]


def verbeteracties(cursor: DuckDBPyConnection, peildatum: date) -> list[Actie]:
    """Return every verbeteractie, what is overdue first (steps 16-18)."""
    return [Actie(*rij) for rij in cursor.execute("SELECT * FROM verbeteracties(?)", [peildatum]).fetchall()]


def leest_alle(gebruiker: Gebruiker) -> bool:
    """Tell whether this user reads every evaluation, and not only own verbeteracties."""
    return rechten.mag("inzage", "evaluatie", gebruiker).alles


def visible_to(acties: Iterable[Actie], gebruiker: Gebruiker) -> list[Actie]:
    """Return the verbeteracties that the user may see: all of them, or the own ones."""
    alle = leest_alle(gebruiker)
    return [actie for actie in acties if alle or actie.actienemer == gebruiker.id]


def trajecten(cursor: DuckDBPyConnection) -> dict[int, dict[str, int]]:
    """Return the number of trajecten by year, the newest first, and vestiging (step 16)."""
    per_jaar: dict[int, dict[str, int]] = {}
    for jaar, vestiging, aantal in cursor.execute(
        "SELECT jaar, vestiging, aantal FROM trajecten ORDER BY jaar DESC, vestiging"
    ).fetchall():
        per_jaar.setdefault(jaar, {})[vestiging] = aantal
    return per_jaar


def te_evalueren(cursor: DuckDBPyConnection, peildatum: date) -> list[tuple[int, int, int, int]]:
    """Return (year, klachten received, evaluations that end its duty, interim ones) per year up to the peildatum."""
    return cursor.execute("SELECT * FROM te_evalueren(?)", [peildatum]).fetchall()


def nog_te_evalueren(per_jaar: Iterable[tuple[int, int, int, int]], dit_jaar: int) -> list[int]:
    """Return the years that are over and were not evaluated since, out of what te_evalueren() says."""
    return [jaar for jaar, _, gehouden, _ in per_jaar if not gehouden and jaar < dit_jaar]
