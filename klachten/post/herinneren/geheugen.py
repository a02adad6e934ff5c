"""What people were reminded of, read from the facts: for the bell, and so that nobody is reminded twice of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from klachten.gebeurtenissen import NUMMER
from klachten.register import Register

_VELDEN = (
    "nr, gebeurd_op, vastgelegd_op, klachtnummer, gegevens ->> 'aan', gegevens ->> 'waarvoor', gegevens ->> 'wat', "
    "CAST(gegevens ->> 'uiterlijk_op' AS DATE), gegevens ->> 'regel', "
    "COALESCE(CAST(gegevens ->> 'bericht' AS BIGINT), 0)"
)


@dataclass(frozen=True)
class Herinnerd:
    """Somebody (`aan`) was reminded on a day of something with a last day; the fields are those of HerinneringGestuurd.

    `klachtnummer` is the dossier in which the fact stands, K… or E…. Whoever shows it asks first whether that person
    may still read it: of an own maatregel in a klacht in which one is involved nothing of that klacht may be said.
    """

    nr: int
    op: date
    vastgelegd_op: datetime
    klachtnummer: str
    aan: str
    waarvoor: str
    wat: str
    uiterlijk_op: date
    regel: str
    bericht: int

    @property
    def sleutel(self) -> tuple[str, str, str, date]:
        """What it is about, whoever was reminded."""
        return self.klachtnummer, self.waarvoor, self.wat, self.uiterlijk_op


def of_person(register: Register, wie: str, sinds: date) -> list[Herinnerd]:
    """Return of what somebody was reminded from a day on, the newest first."""
    return _read(register, "gegevens ->> 'aan' = $wie AND gebeurd_op >= $sinds", {"wie": wie, "sinds": sinds})


def of_messages(register: Register, berichten: list[int]) -> list[Herinnerd]:
    """Return what stood in these overviews."""
    waar = "CAST(gegevens ->> 'bericht' AS BIGINT) IN (SELECT unnest($berichten))"
    return _read(register, waar, {"berichten": berichten}) if berichten else []


def of_rule(register: Register, regel: str) -> list[Herinnerd]:
    """Return all of which anybody was reminded by one rule."""
    return _read(register, "gegevens ->> 'regel' = $regel", {"regel": regel})


def of_day(register: Register, dag: date) -> list[Herinnerd]:
    """Return all of which anybody was reminded on a day."""
    return of_days(register, dag, dag)


def of_days(register: Register, vanaf: date, tot: date) -> list[Herinnerd]:
    """Return all of which anybody was reminded on these days, the newest first."""
    return _read(register, "gebeurd_op BETWEEN $vanaf AND $tot", {"vanaf": vanaf, "tot": tot})


def rounds(register: Register) -> dict[date, int]:
    """Return the days on which a round was done, each with the hour up to which the rules were followed."""
    with register.plain_cursor() as cursor:
        rijen = cursor.execute(
            "SELECT gebeurd_op, max(CAST(gegevens ->> 'uur' AS INTEGER)) FROM gebeurtenis "
            "WHERE klachtnummer = ? AND soort = 'HerinneringsrondeGedaan' GROUP BY gebeurd_op",
            [NUMMER],
        ).fetchall()
    return dict(rijen)


def _read(register: Register, waar: str, waarden: dict[str, Any]) -> list[Herinnerd]:
    vraag = f"SELECT {_VELDEN} FROM gebeurtenis WHERE soort = 'HerinneringGestuurd' AND {waar} ORDER BY nr DESC"
    # Not the cursor of a reader: making the questions of analyse, which are not asked here, takes 150 ms.
    with register.plain_cursor() as cursor:
        rijen = cursor.execute(vraag, waarden).fetchall()
    return [Herinnerd(nr, op, vast.replace(tzinfo=UTC), *rest) for nr, op, vast, *rest in rijen]
