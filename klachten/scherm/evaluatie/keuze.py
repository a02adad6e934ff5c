"""What a page of the evaluation is asked for: which days, as of which day, which klachten; and what it begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from duckdb import DuckDBPyConnection

from klachten import scherm
from klachten.analyse.basis import keuzelijsten as lijsten
from klachten.analyse.basis.keuzelijsten import Keuzelijsten
from klachten.analyse.basis.selectie import FIJNER, Filter
from klachten.analyse.termijnen import naleving
from klachten.analyse.termijnen.naleving import Verzameling
from klachten.periode import Periode
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.scherm.bewaard import bewaard

COHORT = "ontvangst"
"""What is counted by unless somebody chooses otherwise; one of COHORTEN."""


@dataclass(frozen=True)
class Welke:
    """By what a set of klachten is known; not how many there are in it, which would make it another after each fact."""

    herkomst: str
    reglement: str


@dataclass(frozen=True)
class Keuze:
    """What the reader asked for; `reeks` is the same period of every year with klachten, the oldest first.

    What is worked out of it is kept under it, and made ahead after a fact, so it holds nothing that a fact changes but
    the years that there are.
    """

    periode: Periode
    peildatum: date
    verzameling: Welke
    naam: str
    cohort: str = COHORT
    filter: Filter = field(default_factory=Filter)
    reeks: tuple[Periode, ...] = ()

    @property
    def waar(self) -> dict[str, str]:
        """The set of klachten and the cohort, as arguments of the questions about terms."""
        return {"cohort": self.cohort, "herkomst": self.verzameling.herkomst, "reglement": self.verzameling.reglement}

    @property
    def verfijnd(self) -> bool:
        """Whether more was chosen than the set of klachten."""
        return any(getattr(self.filter, veld) is not None for veld in FIJNER.values())

    @property
    def reglement(self) -> Reglement | None:
        """The reglement of these klachten as it was at the end of the period, when this register has it."""
        reglement = scherm.register().reglementen.get(self.verzameling.reglement)
        return reglement and reglement.op(min(self.periode.laatste, self.peildatum))


@bewaard
def verzamelingen(cursor: DuckDBPyConnection) -> list[Verzameling]:
    """Return the sets of klachten that are never counted together: own ones, and those of each source."""
    return naleving.verzamelingen(cursor)


@bewaard
def keuzelijsten(cursor: DuckDBPyConnection, herkomst: str, reglement: str) -> Keuzelijsten:
    """Return what one set of klachten has of everything that can be chosen from."""
    return lijsten.keuzelijsten(cursor, herkomst=herkomst, reglement=reglement)


def naam_van(verzameling: Verzameling, register: Register) -> str:
    """Return what a reader calls a set of klachten; imported ones always say so."""
    reglement = register.reglementen.get(verzameling.reglement)
    naam = reglement.naam if reglement else verzameling.reglement
    return naam if verzameling.herkomst == "register" else f"Overgenomen: {naam}"


def jaren_met_klachten(keuze: Keuze) -> list[int]:
    """Return the years, other than the one that was chosen, in which this set has klachten; the latest first."""
    per_jaar = keuzelijsten(keuze.verzameling.herkomst, keuze.verzameling.reglement).per_jaar
    return sorted((jaar for jaar, aantal in per_jaar.items() if aantal and jaar != keuze.periode.jaar), reverse=True)


def begin() -> Keuze | None:
    """Return what filters.keuze gives whoever has chosen nothing yet, without drawing; None without a klacht."""
    alle = verzamelingen()
    if not alle:
        return None
    vandaag, gekozen = scherm.vandaag(), alle[0]
    keuzes = keuzelijsten(gekozen.herkomst, gekozen.reglement)
    jaren = jaren_van(keuzes, vandaag)
    return chosen(Periode.van_jaar(eerste_jaar(keuzes.per_jaar, jaren)), vandaag, gekozen, alle, jaren)


def jaren_van(keuzes: Keuzelijsten, peildatum: date) -> list[int]:
    """Return the years to choose from, the latest first; the one of the peildatum is always among them."""
    return list(range(peildatum.year, min(peildatum.year, *keuzes.per_jaar) - 1, -1))


def chosen(
    periode: Periode,
    peildatum: date,
    gekozen: Verzameling,
    alle: Sequence[Verzameling],
    jaren: Sequence[int],
    fijn: Mapping[str, str | None] | None = None,
    cohort: str = COHORT,
) -> Keuze:
    """Return the choice of a period of one of all sets; `fijn` is what was chosen more, by field of a Filter."""
    eigen = sum(v.herkomst == gekozen.herkomst for v in alle) == 1
    begin = date(jaren[-1], 1, 1)
    van, tot = periode.start_van(begin), periode.start_van(peildatum)
    reeks = (periode.in_jaar(jaar) for jaar in periode.jaren(van, tot))
    return Keuze(
        periode,
        peildatum,
        Welke(gekozen.herkomst, gekozen.reglement),
        naam_van(gekozen, scherm.register()),
        cohort,
        Filter(**(fijn or {}), herkomst=gekozen.herkomst if eigen else id_van(gekozen)),
        tuple(p for p in reeks if p.laatste >= begin),
    )


def id_van(verzameling: Verzameling) -> str:
    """Return by which an address names a set."""
    return f"{verzameling.herkomst}.{verzameling.reglement}"


def eerste_jaar(per_jaar: Mapping[int, int], jaren: Sequence[int]) -> int:
    """Return the year to begin with: the last one that is over and has klachten, else the last with klachten."""
    met = [jaar for jaar in jaren if per_jaar.get(jaar)]
    voorbij = [jaar for jaar in met if jaar < jaren[0]]
    return next(iter(voorbij), next(iter(met), jaren[0]))
