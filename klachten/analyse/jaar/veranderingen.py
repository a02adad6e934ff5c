"""What changed against the period before, and what may be said of it: from counts, months and trajecten alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from klachten.analyse.basis.trajecten import Omvang
from klachten.analyse.jaar import claims, delen
from klachten.analyse.jaar.claims import Trend
from klachten.analyse.jaar.delen import Jaarintensiteit, Vergelijking
from klachten.analyse.signalen import reeks
from klachten.analyse.signalen.oordeel import Maandoordeel, maandoordeel
from klachten.analyse.signalen.reeks import Maandtelling
from klachten.analyse.statistiek import Pareto
from klachten.periode import Periode
from klachten.reglement import Reglement


@dataclass(frozen=True, eq=False, kw_only=True)
class Veranderingen:
    """The comparisons of a period, each with the verdict that its family of claims allows."""

    per_jaar: tuple[Jaarintensiteit, ...]
    vergelijking: Vergelijking
    categorieen: pd.DataFrame
    pareto: Pareto | None
    trend: Trend | None
    maandbeeld: Maandoordeel


def veranderingen(
    *,
    periode: Periode,
    peildatum: date,
    per_jaar: Mapping[int, int],
    per_maand: Maandtelling,
    nu: Mapping[str, int],
    vorig: Mapping[str, int],
    omvang: Omvang,
    omvang_van_maanden: Omvang,
    reglement: Reglement | None = None,
) -> Veranderingen:
    """Return what changed: klachten per period and month, and per categorie in this period and the one before.

    `per_jaar`: klachten by the year in which the period begins; `omvang_van_maanden`: the trajecten of calendar years.
    """
    intensiteit = delen.intensiteit_per_jaar(per_jaar, omvang, periode.jaar, peildatum)
    maanden = reeks.maanden(per_maand, omvang_van_maanden, min(periode.laatste, peildatum))
    f = claims.dispersie([(m.klachten, t) for m, t in zip(maanden, reeks.blootstelling(maanden), strict=True)])
    vergelijking = delen.vergelijk(intensiteit, periode, f)
    categorieen, pareto = delen.vergelijk_categorieen(nu, vorig, reglement, vergelijking, f)
    trend, oordeel = delen.trend(intensiteit, periode.jaar), reeks.oordeel(maanden)
    familie = claims.familie(vergelijking, categorieen, trend, oordeel.p)
    tot_nu = [deel for deel in intensiteit if deel.jaar <= periode.jaar]
    return Veranderingen(
        per_jaar=intensiteit,
        vergelijking=claims.met_oordeel(vergelijking, familie, f),
        categorieen=claims.met_holm(categorieen, familie),
        pareto=pareto,
        trend=claims.trendoordeel(trend, familie, tot_nu, periode),
        maandbeeld=maandoordeel(maanden, oordeel, claims.MAANDBEELD in familie),
    )
