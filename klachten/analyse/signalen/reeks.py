"""The months or quarters that are judged as one picture, with what klachten could arise in: trajecten, else days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import opdracht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.trajecten import Omvang
from klachten.analyse.statistiek.reeksoordeel import Reeksoordeel
from klachten.taal import MAANDEN, RANG

MAXIMAAL_MAANDEN = 36
EEN_DAG = timedelta(days=1)
Maandtelling = Counter[date]
"""Klachten per first day of a month."""


@dataclass(frozen=True, kw_only=True)
class Tijdvak:
    """One month or quarter with its trajecten, None when they are not known.

    `verdeeld`: they were entered for a longer period, of which these are the share of its days.
    """

    vanaf: date
    tot: date
    naam: str
    klachten: int
    trajecten: float | None
    verdeeld: bool = False

    @property
    def dagen(self) -> int:
        """How many days it has."""
        return (self.tot - self.vanaf).days + 1


def tel_maanden(cursor: DuckDBPyConnection, *, peildatum: date, filter: Filter = ALLES) -> Maandtelling:
    """Return the klachten per month of receipt, only of months with one."""
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, filter=filter)
    rijen = cursor.execute(
        f"SELECT CAST(date_trunc('month', k.ontvangen_op) AS DATE), COUNT(*) FROM ({keuze}) AS k GROUP BY 1", waarden
    ).fetchall()
    return Counter(dict(rijen))


def maanden(tellen: Maandtelling, omvang: Omvang, tot: date, aantal: int = MAXIMAAL_MAANDEN) -> list[Tijdvak]:
    """Return the last `aantal` whole months up to `tot`, from the month in which the register had its first klacht.

    A month without klachten counts, also before the first klacht of a finer choice.
    """
    if omvang.eerste_op is None:
        return []
    vanaf, uit = omvang.eerste_op.replace(day=1), []
    while (einde := (vanaf + timedelta(days=32)).replace(day=1) - EEN_DAG) <= tot:
        naam = f"{MAANDEN[vanaf.month - 1]} {vanaf.year}"
        uit.append(_tijdvak(vanaf, einde, naam, tellen[vanaf], omvang))
        vanaf = einde + EEN_DAG
    return uit[-aantal:]


def _tijdvak(vanaf: date, tot: date, naam: str, klachten: int, omvang: Omvang) -> Tijdvak:
    kan = omvang.tussen(vanaf, tot)
    trajecten, verdeeld = (kan.trajecten, kan.verdeeld) if kan else (None, False)
    return Tijdvak(vanaf=vanaf, tot=tot, naam=naam, klachten=klachten, trajecten=trajecten, verdeeld=verdeeld)


def kwartalen(maanden: Sequence[Tijdvak], omvang: Omvang) -> list[Tijdvak]:
    """Return the whole quarters of these months."""
    uit: list[Tijdvak] = []
    for jaar, kwartaal in dict.fromkeys((m.vanaf.year, (m.vanaf.month - 1) // 3) for m in maanden):
        delen = [m for m in maanden if (m.vanaf.year, (m.vanaf.month - 1) // 3) == (jaar, kwartaal)]
        if len(delen) < 3:
            continue
        naam, aantal = f"het {RANG[kwartaal]} kwartaal van {jaar}", sum(m.klachten for m in delen)
        uit.append(_tijdvak(delen[0].vanaf, delen[-1].tot, naam, aantal, omvang))
    return uit


def per_traject(perioden: Sequence[Tijdvak]) -> bool:
    """Tell whether the trajecten of every period are known; else the picture is one of days alone."""
    return bool(perioden) and all(p.trajecten is not None for p in perioden) and any(p.trajecten for p in perioden)


def blootstelling(perioden: Sequence[Tijdvak]) -> list[float]:
    """Return what klachten could arise in: the trajecten of each period, or its days where one is not known."""
    if per_traject(perioden):
        return [p.trajecten or 0.0 for p in perioden]
    return [float(p.dagen) for p in perioden]


def maandelijks(perioden: Sequence[Tijdvak]) -> bool:
    """Tell whether these are months, else quarters."""
    return perioden[0].dagen <= 31


def per_jaar(perioden: Sequence[Tijdvak]) -> int:
    """Return how many of these periods a year has: a season comes back after so many."""
    return 12 if maandelijks(perioden) else 4


def oordeel(perioden: Sequence[Tijdvak]) -> Reeksoordeel:
    """Return the one verdict on the whole picture."""
    if not perioden:
        return Reeksoordeel(
            p=None, opvallend=False, soort=None, waar=None, richting=None, verwacht=(), dispersie=1.0, reden=""
        )
    aantallen = [p.klachten for p in perioden]
    return statistiek.oordeel_over_reeks(aantallen, blootstelling(perioden), per_jaar=per_jaar(perioden))
