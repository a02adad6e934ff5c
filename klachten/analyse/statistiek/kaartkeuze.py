"""Which control chart fits the numbers, and why, in words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import numpy as np

from . import invoer
from .regelkaarten import Regelkaart, c_kaart, g_kaart, laney_u_kaart, t_kaart, u_kaart

WEINIG_PER_PERIODE = 5
VEEL_PER_PERIODE = 1000
# House rule: with more than a quarter of the klachten on the same day as the one before, days between say too little.
MAXIMAAL_DEEL_ZELFDE_DAG = 0.25


@dataclass(frozen=True, eq=False)
class Kaartkeuze:
    """The kind of chart that fits (None when there is too little for any), why, and the chart itself."""

    soort: str | None
    waarom: str
    kaart: Regelkaart | None


def dagen_tussen(datums: Iterable[date]) -> list[int]:
    """Return the days between klachten, from their dates in any order; 0 for two on the same day.

    Raises ValueError when something is no date.
    """
    op_volgorde = sorted(_als_datum(datum) for datum in datums)
    return [(later - eerder).days for eerder, later in pairwise(op_volgorde)]


def _als_datum(waarde: object) -> date:
    # NaT is a datetime that is no date.
    if isinstance(waarde, date) and waarde == waarde:
        return waarde.date() if isinstance(waarde, datetime) else waarde
    raise ValueError(f"Een datum moet een kalenderdatum zijn, niet {waarde!r}.")


def trajecten_tussen(datums: Iterable[date], per_maand: Mapping[tuple[int, int], float]) -> list[int]:
    """Return the number of trajecten between klachten, for a g chart.

    `per_maand`: trajecten per (year, month); they are spread evenly over the days of the month, and what lies between
    two klachten is rounded to whole trajecten. Raises ValueError for a month without a number.
    """
    op_volgorde = sorted(_als_datum(datum) for datum in datums)

    def tot_en_met(dag: date) -> float:
        """Return the trajecten since the start of the first klacht's month."""
        begin = op_volgorde[0]
        maanden = range(begin.year * 12 + begin.month - 1, dag.year * 12 + dag.month)
        totaal = 0.0
        for maand in maanden:
            sleutel = (maand // 12, maand % 12 + 1)
            if sleutel not in per_maand:
                raise ValueError(f"Van maand {sleutel[1]:02d}-{sleutel[0]} is het aantal trajecten niet bekend.")
            deel = dag.day / monthrange(dag.year, dag.month)[1] if sleutel == (dag.year, dag.month) else 1
            totaal += deel * invoer.blootstelling(per_maand[sleutel], "Het aantal trajecten")
        return totaal

    stand = [tot_en_met(dag) for dag in op_volgorde]
    return [round(later - eerder) for eerder, later in pairwise(stand)]


def kies_kaart(
    aantallen: Sequence[int],
    blootstelling: Sequence[float] | None = None,
    datums: Sequence[date] | None = None,
    per_maand: Mapping[tuple[int, int], float] | None = None,
) -> Kaartkeuze:
    """Return the control chart that fits: counts per period, their exposure, the dates, and trajecten per month.

    Mean per period under 5: g chart where trajecten per month are known, else t chart, else counts with exact Poisson
    limits (also when too many klachten share a day); from 5: u chart, or c chart without exposure; from 1000: Laney u'.
    The klacht dates are those of the counted klachten. Raises ValueError for impossible numbers.
    """
    x = invoer.aantallen(aantallen, "Een aantal")
    gemiddeld = float(np.mean(x))
    per_periode = f"Gemiddeld {gemiddeld:.1f} klachten per periode".replace(".", ",")
    if sum(x) == 0:
        return Kaartkeuze(None, "Er zijn geen klachten: er is niets om een regelkaart van te maken.", None)
    if gemiddeld >= VEEL_PER_PERIODE and blootstelling is not None and len(x) > 1:
        waarom = f"{per_periode}: bij zulke aantallen zijn gewone grenzen te smal, dus Laney."
        return Kaartkeuze("u'", waarom, laney_u_kaart(x, blootstelling))
    if gemiddeld >= WEINIG_PER_PERIODE:
        if blootstelling is not None:
            waarom = f"{per_periode}, genoeg voor aantallen per traject."
            return Kaartkeuze("u", waarom, u_kaart(x, blootstelling))
        waarom = f"{per_periode}; het aantal trajecten is niet bekend, dus alleen aantallen."
        return Kaartkeuze("c", waarom, c_kaart(x))
    return _kies_bij_weinig(x, blootstelling, datums, per_maand, f"{per_periode}, minder dan {WEINIG_PER_PERIODE}")


def _kies_bij_weinig(
    x: list[int],
    blootstelling: Sequence[float] | None,
    datums: Sequence[date] | None,
    per_maand: Mapping[tuple[int, int], float] | None,
    aanhef: str,
) -> Kaartkeuze:
    tussen = dagen_tussen(datums) if datums is not None else []
    zelfde_dag = tussen.count(0)
    if len(tussen) >= 2 and zelfde_dag <= MAXIMAAL_DEEL_ZELFDE_DAG * len(tussen):
        if per_maand is not None:
            waarom = f"{aanhef}: de trajecten tussen klachten zeggen meer dan aantallen."
            return Kaartkeuze("g", waarom, g_kaart(trajecten_tussen(datums, per_maand)))
        return Kaartkeuze("t", f"{aanhef}: de dagen tussen klachten zeggen meer dan aantallen.", t_kaart(tussen))
    if len(tussen) >= 2:
        aanhef += f"; {zelfde_dag} van de {len(tussen)} keer kwamen er twee op een dag, dus geen dagen ertussen"
    waarom = f"{aanhef}: exacte Poissongrenzen, want drie sigma geeft dan te vaak vals alarm."
    if blootstelling is not None:
        return Kaartkeuze("u", waarom, u_kaart(x, blootstelling, exact=True))
    return Kaartkeuze("c", waarom, c_kaart(x, exact=True))
