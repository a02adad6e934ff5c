"""Did an improvement action help? The observed change, and what regression to the mean would have given anyway.

Worded as "waargenomen verandering", never as an effect: nobody was assigned by lot. A category is chosen for action
because it was high, and what was high by chance falls by itself; the empirical-Bayes index takes that out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import invoer, verdelingen
from .intensiteit import RateRatio, rate_ratio
from .looptijden import AFRONDING

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
    `index_eb` (after / eb_verwacht): None without a usable prior; `kans_hoogstens` and `kans_minstens` (at most, at
    least that many when nothing changed) are then None too.
    """

    ratio: RateRatio
    naief_verwacht: float
    index_naief: float | None
    eb_intensiteit: float | None
    eb_verwacht: float | None
    index_eb: float | None
    kans_hoogstens: float | None
    zin: str
    kans_minstens: float | None = None

    @property
    def p(self) -> float | None:
        """Twice the smaller of both chances, at most 1: what Holm needs where several actions are judged together."""
        if self.kans_hoogstens is None or self.kans_minstens is None:
            return None
        return min(1.0, 2 * min(self.kans_hoogstens, self.kans_minstens))


def schat_prior(aantallen: Sequence[int], blootstellingen: Sequence[float]) -> Prior:
    """Return mu and k from all comparable categories and years, at least 5 of them with exposure.

    Comparable are all categories in each whole valid year up to the evaluated one, the chosen category and its year
    before the action included: it was chosen for being high, so without it the others expect too little. By moments of
    the gamma-Poisson model: mu = sum x / sum t, mu^2 / k = sum((x - mu t)^2 - mu t) / sum t^2. Periods without exposure
    are no data; a count of 0 is. Raises ValueError for negative numbers, NaN, unequal lengths.
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
    staat: bool | None = None,
) -> VoorEnNa:
    """Return the change from before to after an action, with the empirical-Bayes index against regression to the mean.

    eb_intensiteit = (k + voor) / (k / mu + blootstelling_voor); eb_verwacht = that * blootstelling_na; index = na /
    eb_verwacht. `prior`: from schat_prior(). `kans_hoogstens`, `kans_minstens`: P(at most, at least `na`) under the
    negative binomial prediction when nothing changed. The sentence calls the change less (more) than chance when that
    is at most (1 - niveau) / 2 = 0.025; without a prior it says that chance cannot be judged. `staat`: whether that
    stands beside the other actions it is looked at with (Holm over their `p`); None: this is the only one. Raises
    ValueError for an exposure of 0 or less. Source: Hauer (1997).
    """
    ratio = rate_ratio(na, blootstelling_na, voor, blootstelling_voor, niveau)
    naief = voor / blootstelling_voor * blootstelling_na
    index_naief = na / naief if naief > 0 else None
    zin = _waargenomen(voor, blootstelling_voor, na, blootstelling_na)
    if prior is None or prior.mu is None or prior.k is None:
        reden = "Geen index: er is niets om mee te vergelijken." if prior is None else prior.reden
        zin += f" Of dat toeval kan zijn, is niet te zeggen. {reden}"
        return VoorEnNa(ratio, naief, index_naief, None, None, None, None, zin)
    if not (prior.mu > 0 and prior.k > 0):
        raise ValueError("Het verwachte aantal per blootstelling (mu) en de vorm (k) moeten groter zijn dan 0.")
    if math.isinf(prior.k):
        intensiteit = prior.mu
        verwacht = intensiteit * blootstelling_na
        hoogstens, minstens = verdelingen.poisson_cdf(na, verwacht), verdelingen.poisson_sf(na - 1, verwacht)
    else:
        vorm, gewicht = prior.k + voor, prior.k / prior.mu + blootstelling_voor
        intensiteit, kans = vorm / gewicht, gewicht / (gewicht + blootstelling_na)
        verwacht = intensiteit * blootstelling_na
        hoogstens = verdelingen.negatief_binomiaal_cdf(na, vorm, kans)
        minstens = verdelingen.negatief_binomiaal_sf(na - 1, vorm, kans)
    zin += _verwacht(verwacht, na, hoogstens, minstens, (1 - niveau) / 2 + AFRONDING, staat)
    return VoorEnNa(ratio, naief, index_naief, intensiteit, verwacht, na / verwacht, hoogstens, zin, minstens)


def _waargenomen(voor: int, t_voor: float, na: int, t_na: float) -> str:
    """Return the observed direction with its numbers; per traject when the exposures differ."""
    verschil = na * t_voor - voor * t_na
    richting = "geen daling of stijging" if verschil == 0 else "een daling" if verschil < 0 else "een stijging"
    van = f"Waargenomen verandering: van {voor} naar {_aantal(na, 'klacht', 'klachten')}"
    if t_voor == t_na:
        return f"{van}, {richting}."
    per = f"van {voor} op {_getal(t_voor)} naar {na} op {_aantal(t_na, 'traject', 'trajecten')}"
    return f"{van}; per traject {richting}, {per}."


def _aantal(waarde: float, een: str, meer: str) -> str:
    return f"{_getal(waarde)} {een if waarde == 1 else meer}"


def _verwacht(verwacht: float, na: int, hoogstens: float, minstens: float, grens: float, staat: bool | None) -> str:
    if staat is False and min(hoogstens, minstens) <= grens:
        oordeel = "kan toeval zijn, nu er naar meer verbeteracties tegelijk is gekeken"
    elif hoogstens <= grens:
        oordeel = "is minder dan door toeval te verwachten was"
    elif minstens <= grens:
        oordeel = "is meer dan door toeval te verwachten was"
    else:
        oordeel = "past bij toeval"
    waren = "was" if round(verwacht, 1) == 1 else "waren"
    return (
        f" Gelet op alle categorieën en jaren samen {waren} er zonder verandering {_getal(verwacht)} te verwachten; "
        f"{na} {oordeel}."
    )


def _getal(waarde: float) -> str:
    """Return a number as the Dutch write it: whole, or with one decimal."""
    if float(waarde).is_integer() and waarde >= 10:
        return f"{waarde:,.0f}".replace(",", ".")
    return f"{waarde:,.1f}".translate(str.maketrans(",.", ".,")).removesuffix(",0")
