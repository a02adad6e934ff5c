"""Did an improvement action help? The observed change, and what regression to the mean would have given anyway.

Worded as "waargenomen verandering", never as an effect: nobody was assigned by lot. A category is chosen for action
because it was high, and what was high by chance falls by itself; the empirical-Bayes index takes that out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from . import invoer
from .intensiteit import RateRatio, rate_ratio

MINIMAAL_VERGELIJKBAAR = 5


@dataclass(frozen=True)
class Prior:
    """How rates vary between comparable categories or years: gamma with mean `mu` and shape `k`.

    `k` is inf when they vary no more than chance gives. Both None when there are too few; `reden` says so in Dutch.
    """

    mu: float | None
    k: float | None
    n: int
    reden: str


@dataclass(frozen=True)
class VoorEnNa:
    """The observed change after an action.

    `ratio`: rate after / rate before. `naief_verwacht`: expected count after at the rate before. `eb_*` and
    `index_eb` (after / eb_verwacht): None without a usable prior; `kans_hoogstens` is then None too.
    """

    ratio: RateRatio
    naief_verwacht: float
    index_naief: float | None
    eb_intensiteit: float | None
    eb_verwacht: float | None
    index_eb: float | None
    kans_hoogstens: float | None
    zin: str


def schat_prior(aantallen: Sequence[int], blootstellingen: Sequence[float]) -> Prior:
    """Return mu and k from the other categories and years, at least 5 of them with exposure.

    By moments of the gamma-Poisson model: mu = sum x / sum t, mu^2 / k = sum((x - mu t)^2 - mu t) / sum t^2. Periods
    without exposure are no data; a count of 0 is. Raises ValueError for negative numbers, NaN, unequal lengths.
    Source: Hauer (1997).
    """
    x = np.array([invoer.aantal(aantal, "Een aantal") for aantal in aantallen], dtype=float)
    t = np.array([invoer.blootstelling(deel) for deel in blootstellingen])
    invoer.zelfde_lengte(len(x), len(t), "aantallen", "blootstellingen")
    if (x[t == 0] > 0).any():
        raise ValueError("Klachten zonder blootstelling kunnen niet meetellen in de vergelijking.")
    x, t = x[t > 0], t[t > 0]
    if len(x) < MINIMAAL_VERGELIJKBAAR:
        zijn = "is er 1" if len(x) == 1 else f"zijn er {len(x)}"
        reden = f"Geen index: van categorieën en jaren met gegevens {zijn}, nodig zijn er {MINIMAAL_VERGELIJKBAAR}."
        return Prior(None, None, len(x), reden)
    uit = f"uit {len(x)} categorieën en jaren"
    if x.sum() == 0:
        return Prior(None, None, len(x), f"Geen index: {uit} komt geen enkele klacht.")
    mu = float(x.sum() / t.sum())
    extra = float(((x - mu * t) ** 2 - mu * t).sum() / (t**2).sum())
    if extra <= 0:
        return Prior(mu, math.inf, len(x), f"Geschat {uit}, die niet meer verschillen dan door toeval.")
    return Prior(mu, mu**2 / extra, len(x), f"Geschat {uit}.")


def waargenomen_verandering(
    voor: int,
    blootstelling_voor: float,
    na: int,
    blootstelling_na: float,
    prior: Prior | None = None,
    niveau: float = 0.95,
) -> VoorEnNa:
    """Return the change from before to after an action, with the empirical-Bayes index against regression to the mean.

    eb_intensiteit = (k + voor) / (k / mu + blootstelling_voor); eb_verwacht = that * blootstelling_na; index = na /
    eb_verwacht. `prior`: from schat_prior(), of the other categories and years only. `kans_hoogstens`: P(at most `na`)
    under the negative binomial prediction when nothing changed. Raises ValueError for an exposure of 0 or less. Source:
    Hauer (1997).
    """
    ratio = rate_ratio(na, blootstelling_na, voor, blootstelling_voor, niveau)
    naief = voor / blootstelling_voor * blootstelling_na
    index_naief = na / naief if naief > 0 else None
    zin = f"Waargenomen verandering: van {voor} naar {na} klachten; {ratio.zin}."
    if prior is None or prior.mu is None or prior.k is None:
        reden = "Geen index: er is niets om mee te vergelijken." if prior is None else prior.reden
        return VoorEnNa(ratio, naief, index_naief, None, None, None, None, f"{zin} {reden}")
    if not (prior.mu > 0 and prior.k > 0):
        raise ValueError("Het verwachte aantal per blootstelling (mu) en de vorm (k) moeten groter zijn dan 0.")
    if math.isinf(prior.k):
        intensiteit = prior.mu
        kans = float(stats.poisson.cdf(na, intensiteit * blootstelling_na))
    else:
        vorm, gewicht = prior.k + voor, prior.k / prior.mu + blootstelling_voor
        intensiteit = vorm / gewicht
        kans = float(stats.nbinom.cdf(na, vorm, gewicht / (gewicht + blootstelling_na)))
    verwacht = intensiteit * blootstelling_na
    zin += _verwacht(verwacht)
    return VoorEnNa(ratio, naief, index_naief, intensiteit, verwacht, na / verwacht, kans, zin)


def _verwacht(verwacht: float) -> str:
    getal = f"{verwacht:.1f}".replace(".", ",")
    return f" Gelet op andere categorieën en jaren waren er zonder verandering {getal} te verwachten."
