"""Klachten against exposure: rates, the ratio of two years, what was detectable.

Exposure is a number of trajecten (or any other amount above 0 in which klachten can arise). Years are never compared
without it. Ratios run from 0 to inf: no klachten in the second year makes the ratio inf, none at all makes it None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import scipy

from . import invoer, spreiding
from .verhoudingen import clopper_pearson

TE_WEINIG = "te weinig om toeval uit te sluiten"


@dataclass(frozen=True)
class Intensiteit:
    """A count per `per` units of exposure with its Garwood interval; None when the exposure is 0."""

    aantal: int
    blootstelling: float
    per: float
    intensiteit: float | None
    laag: float | None
    hoog: float | None
    niveau: float


@dataclass(frozen=True)
class RateRatio:
    """Rate 1 / rate 2 with interval and central p; ratio and bounds are None when both counts are 0."""

    ratio: float | None
    laag: float | None
    hoog: float | None
    p: float
    niveau: float

    @property
    def toeval_uitgesloten(self) -> bool:
        """Whether the interval leaves out 1."""
        return self.laag is not None and not self.laag <= 1 <= self.hoog

    @property
    def zin(self) -> str:
        """The verdict as a Dutch phrase; the default when the interval holds 1."""
        if not self.toeval_uitgesloten:
            return TE_WEINIG
        return "minder dan door toeval is te verklaren" if self.hoog < 1 else "meer dan door toeval is te verklaren"


@dataclass(frozen=True)
class WaarneembareVerandering:
    """Which later counts differ from an earlier one by more than chance; `daling_tot` is None when not even 0 does."""

    voor: int
    daling_tot: int | None
    stijging_vanaf: int
    zin: str


def garwood(aantal: int, blootstelling: float, niveau: float = 0.95, per: float = 100) -> Intensiteit:
    """Return the rate per `per` units of exposure with the exact Poisson interval.

    Exposure 0 gives None. Raises ValueError for negative or non-whole counts, negative exposure, NaN.
    Source: Garwood (1936), by chi-square quantiles.
    """
    x, t = invoer.aantal(aantal, "Het aantal"), invoer.blootstelling(blootstelling)
    staart = (1 - invoer.niveau(niveau)) / 2
    if t == 0:
        return Intensiteit(x, t, per, None, None, None, niveau)
    # Half a chi-square quantile with 2x degrees of freedom is a gamma quantile with shape x.
    laag = 0.0 if x == 0 else float(scipy.special.gammaincinv(x, staart))
    hoog = float(scipy.special.gammainccinv(x + 1, staart))
    return Intensiteit(x, t, per, x / t * per, laag / t * per, hoog / t * per, niveau)


def _centrale_p(x1: int, t1: float, x2: int, t2: float, dispersie: float = 1.0) -> float:
    """Return twice the smaller tail of x1 given x1 + x2 (binomial, or beta-binomial when overdispersed), at most 1."""
    n, p = x1 + x2, t1 / (t1 + t2)
    hoogstens, minstens = spreiding.staarten(x1, n, p, dispersie)
    return float(min(1.0, 2 * min(hoogstens, minstens)))


def rate_ratio(
    aantal1: int,
    blootstelling1: float,
    aantal2: int,
    blootstelling2: float,
    niveau: float = 0.95,
    dispersie: float = 1.0,
) -> RateRatio:
    """Return (aantal1 / blootstelling1) / (aantal2 / blootstelling2), conditional on the sum of the counts.

    Interval: the Clopper-Pearson bounds of aantal1 out of the sum, transformed; p: central (twice the smaller tail), so
    that it agrees with the interval. `dispersie` f: how many times the Poisson variance the counts have (from
    dispersie_van_reeks()); above 1 the count is beta-binomial given the sum N, with a + b = (N - 1)/(f - 1) - 1, so
    that its variance is f times the binomial one. Where that is not above 0 nothing can be told: p = 1, interval 0 to
    inf. Raises ValueError for an exposure of 0 or less, or a dispersion under 1. Source: Clopper & Pearson (1934);
    Fay (2010); for f > 1 McCullagh & Nelder (1989).
    """
    x1, x2 = invoer.aantal(aantal1, "Het aantal"), invoer.aantal(aantal2, "Het aantal")
    t1, t2 = invoer.blootstelling(blootstelling1), invoer.blootstelling(blootstelling2)
    if t1 == 0 or t2 == 0:
        raise ValueError("Zonder blootstelling (0) zijn jaren niet te vergelijken.")
    f, n = spreiding.lees_dispersie(dispersie), x1 + x2
    invoer.niveau(niveau)
    if n == 0:
        return RateRatio(None, None, None, 1.0, niveau)
    if f == 1:
        aandeel = clopper_pearson(x1, n, niveau)
        onder, boven = aandeel.laag, aandeel.hoog
    else:
        onder, boven = spreiding.grenzen(x1, n, f, (1 - niveau) / 2)

    def als_ratio(p: float) -> float:
        return math.inf if p == 1 else p / (1 - p) * t2 / t1

    ratio = math.inf if x2 == 0 else (x1 / t1) / (x2 / t2)
    return RateRatio(ratio, als_ratio(onder), als_ratio(boven), _centrale_p(x1, t1, x2, t2, f), niveau)


def waarneembare_verandering(
    voor: int,
    blootstelling_voor: float = 1,
    blootstelling_na: float = 1,
    niveau: float = 0.95,
    dispersie: float = 1.0,
) -> WaarneembareVerandering:
    """Return the largest later count that is a drop, and the smallest that is a rise, beyond chance.

    By enumeration of the central p of rate_ratio() with the same `dispersie` below 1 - niveau. `zin` says it in Dutch,
    as what would stand out and never as a target. Raises ValueError for an exposure of 0 or less.
    """
    x = invoer.aantal(voor, "Het aantal")
    t1, t2 = invoer.blootstelling(blootstelling_voor), invoer.blootstelling(blootstelling_na)
    if t1 == 0 or t2 == 0:
        raise ValueError("Zonder blootstelling (0) is niet te zeggen welke verandering opvalt.")
    alpha, f = 1 - invoer.niveau(niveau), spreiding.lees_dispersie(dispersie)
    verwacht = x * t2 / t1

    def valt_op(na: int) -> bool:
        return _centrale_p(na, t2, x, t1, f) < alpha

    # Below (above) what is expected the p falls with the distance, so a bisection finds the edge.
    daling = None
    if valt_op(0) and verwacht > 0:
        laag, hoog = 0, math.ceil(verwacht)
        while hoog - laag > 1:
            midden = (laag + hoog) // 2
            laag, hoog = (midden, hoog) if valt_op(midden) else (laag, midden)
        daling = laag
    laag, hoog = math.floor(verwacht), math.floor(verwacht) + 1
    while not valt_op(hoog):
        laag, hoog = hoog, 2 * hoog + 1
    while hoog - laag > 1:
        midden = (laag + hoog) // 2
        laag, hoog = (laag, midden) if valt_op(midden) else (midden, hoog)
    return WaarneembareVerandering(x, daling, hoog, _waarneembaar_in_woorden(x, daling, hoog))


def _waarneembaar_in_woorden(voor: int, daling: int | None, stijging: int) -> str:
    klachten = f"{voor} {'klacht' if voor == 1 else 'klachten'}"
    if daling is None:
        geen = f"Na {klachten} kan een daling niet opvallen" + ("" if voor == 0 else ": ook 0 kan toeval zijn")
        return f"{geen}; een stijging zou pas opvallen bij {stijging} of meer."
    tot = "0" if daling == 0 else f"{daling} of minder"
    return f"Een verandering na {klachten} zou pas opvallen bij {tot} (of bij {stijging} of meer)."
