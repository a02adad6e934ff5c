"""What was kept longer than its term, and what stands in the way of erasing it (bewaren.sql says what is due)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from klachten import organisatie

TERUGGEDRAAID = "teruggedraaid"
SOORTEN = {
    "klacht": "Klachten",
    "signaal": "Signalen",
    "medewerker": "Medewerkers die weg zijn",
    TERUGGEDRAAID: "Klachten van een overname die is teruggedraaid",
}


class Bewaring(NamedTuple):
    """Something that is over its term: since when, and what stands in the way."""

    nummer: str
    soort: str
    begin_op: date | None
    sinds: date | None
    loopt: bool
    geschil: bool
    verbeteractie: bool
    plicht: bool
    voorstel: int | None

    @property
    def waarom_niet(self) -> tuple[str, ...]:
        """Why it cannot be erased now, in words; empty when it can."""
        redenen = (
            (self.loopt, "de klacht loopt nog" if self.soort == "klacht" else "het signaal staat nog open"),
            (self.geschil, "er loopt een geschil over"),
            (self.verbeteractie, "er loopt een verbeteractie over haar jaar en categorie"),
            (self.plicht, "het moet bewaard blijven"),
        )
        return tuple(zin for is_zo, zin in redenen if is_zo)

    @property
    def kan(self) -> bool:
        """Whether it can be erased now."""
        return self.sinds is not None and not self.waarom_niet


class Wie(NamedTuple):
    """What the organisation says: the reglement of what belongs to no klacht, who has left, and on which days."""

    standaard: str
    personen: tuple[str, ...]
    vertrokken: tuple[date, ...]

    @classmethod
    def of(cls, peildatum: date) -> Wie:
        """Return it as it is now, for a day."""
        org = organisatie.huidige()
        weg = [(p.nummer, p.laatste_dag) for p in org.mensen.values() if p.laatste_dag is not None and not p.gewist]
        return cls(org.reglement(peildatum), tuple(nummer for nummer, _ in weg), tuple(dag for _, dag in weg))


DUE = "bewaren($peildatum, $standaard, CAST($personen AS VARCHAR[]), CAST($vertrokken AS DATE[]))"
"""All that is over its term, to read FROM; `asked` gives its parameters."""
KAN = "(sinds IS NOT NULL AND NOT (loopt OR geschil OR verbeteractie OR plicht))"
"""`Bewaring.kan`, in SQL."""
DIT_JAAR = f"({KAN} AND sinds <= CAST(DATE_TRUNC('year', $peildatum) AS DATE))"
"""What can be erased and was due when the year began: the list that directie goes through once a year."""
_KOLOMMEN = "klachtnummer, soort, begin_op, sinds, loopt, geschil, verbeteractie, plicht, voorstel"


def asked(peildatum: date, wie: Wie) -> dict[str, Any]:
    """Return the parameters of DUE."""
    mensen = {"personen": list(wie.personen), "vertrokken": list(wie.vertrokken)}
    return {"peildatum": peildatum, "standaard": wie.standaard, **mensen}


def bewaren(cursor: DuckDBPyConnection, peildatum: date, wie: Wie, rest: str = "", **meer: Any) -> list[Bewaring]:
    """Return what is over its term on a day, the longest first; `rest` comes after FROM, with `meer` for parameters."""
    rijen = cursor.execute(f"SELECT {_KOLOMMEN} FROM {DUE} {rest}", {**asked(peildatum, wie), **meer}).fetchall()
    return [Bewaring(*rij) for rij in rijen]


def of_dossier(cursor: DuckDBPyConnection, peildatum: date, wie: Wie, nummer: str) -> Bewaring | None:
    """Return one dossier, None when it is not over its term; of 100,000 klachten it does not read the others."""
    return next(iter(bewaren(cursor, peildatum, wie, "WHERE klachtnummer = $nummer", nummer=nummer)), None)


def count_of_year(cursor: DuckDBPyConnection, peildatum: date, wie: Wie) -> int:
    """Return how many there are of DIT_JAAR, whoever looks."""
    # What can be erased has ended: a klacht that never did changes nothing here (analyse/basis/bewaard.py).
    sql = f"SELECT COUNT(*) /* kring: geeindigd */ FROM {DUE} WHERE {DIT_JAAR}"
    ((hoeveel,),) = cursor.execute(sql, asked(peildatum, wie)).fetchall()
    return int(hoeveel)
