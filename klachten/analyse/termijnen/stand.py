"""How each term of one klacht stands on a day: what the dossier shows at the top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from klachten.analyse.basis import kalender
from klachten.analyse.basis.bewaard import kept
from klachten.analyse.basis.dagrijen import Dagrijen
from klachten.reglement import Reglement


@dataclass(frozen=True)
class TermijnStand:
    """One term of one klacht: its last day, the day that ended it, and its status in the words of termijnen.sql.

    `uiterlijk_om` is the moment on the last day until which a term counts that was taken over with a clock.
    """

    termijn: str
    naam: str
    stap: int
    start_op: date | None
    uiterlijk_op: date | None
    einde_op: date | None
    status: str
    dagen_over: int | None
    uiterlijk_om: str | None = None


def termijnen_van_klacht(
    cursor: DuckDBPyConnection, klachtnummer: str, peildatum: date, dagrijen: Dagrijen | None = None
) -> list[TermijnStand]:
    """Return the terms of a klacht by step; none when it is vervallen.

    With `dagrijen` of the register they are read from what is kept of them.
    """
    with kept(cursor, dagrijen, peildatum):
        rijen = cursor.execute(
            "SELECT termijn, termijn_naam, stap, start_op, uiterlijk_op, einde_op, status, dagen_over, uiterlijk_om "
            "FROM termijnen(?) WHERE klachtnummer = ? ORDER BY stap, termijn",
            [peildatum, klachtnummer],
        ).fetchall()
    return [TermijnStand(*rij) for rij in rijen]


def voorbehoud(stand: TermijnStand, reglement: Reglement, versie: date) -> str:
    """Return why the last day of a term may still move: it lies beyond the decrees on equated days; else nothing."""
    if stand.uiterlijk_op is None or stand.einde_op is not None:
        return ""
    eenheden = {termijn.eenheid for termijn in reglement.termijnen_van(versie) if termijn.id == stand.termijn}
    if not (reglement.verschuift_bij_vrije_dag or "werkdagen" in eenheden):
        return ""
    return kalender.gelijkgesteld().voorbehoud(stand.uiterlijk_op)
