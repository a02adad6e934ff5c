"""Klachten against exposure: rates, the ratio of two years, what was detectable, a trend, several comparisons.

Exposure is a number of trajecten (or any other amount above 0 in which klachten can arise). Years are never compared
without it. Ratios run from 0 to inf: no klachten in the second year makes the ratio inf, none at all makes it None.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from . import invoer
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


@dataclass(frozen=True)
class PoissonTrend:
    """Change of the log rate per year; estimates are None when there is no klacht at all.

    When all klachten fall in the first (last) year, the slope is -inf (inf) and has no standard error.
    """

    log_rr: float | None
    se: float | None
    p_wald: float | None
    pearson_chi2: float | None
    vrijheidsgraden: int
    rr: float | None
    laag: float | None
    hoog: float | None
    niveau: float


@dataclass(frozen=True)
class Holm:
    """Adjusted p-values in the order given (None stays None) and which comparisons stand."""

    aangepast: tuple[float | None, ...]
    verworpen: tuple[bool, ...]
    alpha: float


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
    laag = 0.0 if x == 0 else float(special.gammaincinv(x, staart))
    hoog = float(special.gammainccinv(x + 1, staart))
    return Intensiteit(x, t, per, x / t * per, laag / t * per, hoog / t * per, niveau)


def _centrale_p(x1: int, t1: float, x2: int, t2: float) -> float:
    """Return twice the smaller binomial tail of x1 given x1 + x2, at most 1."""
    n, p = x1 + x2, t1 / (t1 + t2)
    hoogstens = special.bdtr(x1, n, p)
    minstens = special.bdtrc(x1 - 1, n, p) if x1 > 0 else 1.0
    return float(min(1.0, 2 * min(hoogstens, minstens)))


def rate_ratio(
    aantal1: int, blootstelling1: float, aantal2: int, blootstelling2: float, niveau: float = 0.95
) -> RateRatio:
    """Return (aantal1 / blootstelling1) / (aantal2 / blootstelling2), conditional on the sum of the counts.

    Interval: the Clopper-Pearson bounds of aantal1 out of the sum, transformed; p: central (twice the smaller tail), so
    that it agrees with the interval. Raises ValueError for an exposure of 0 or less. Source: Clopper & Pearson (1934);
    Fay (2010).
    """
    x1, x2 = invoer.aantal(aantal1, "Het aantal"), invoer.aantal(aantal2, "Het aantal")
    t1, t2 = invoer.blootstelling(blootstelling1), invoer.blootstelling(blootstelling2)
    if t1 == 0 or t2 == 0:
        raise ValueError("Zonder blootstelling (0) zijn jaren niet te vergelijken.")
    invoer.niveau(niveau)
    if x1 + x2 == 0:
        return RateRatio(None, None, None, 1.0, niveau)
    aandeel = clopper_pearson(x1, x1 + x2, niveau)

    def als_ratio(p: float) -> float:
        return math.inf if p == 1 else p / (1 - p) * t2 / t1

    ratio = math.inf if x2 == 0 else (x1 / t1) / (x2 / t2)
    return RateRatio(ratio, als_ratio(aandeel.laag), als_ratio(aandeel.hoog), _centrale_p(x1, t1, x2, t2), niveau)


def waarneembare_verandering(
    voor: int, blootstelling_voor: float = 1, blootstelling_na: float = 1, niveau: float = 0.95
) -> WaarneembareVerandering:
    """Return the largest later count that is a drop, and the smallest that is a rise, beyond chance.

    By enumeration of the central p of rate_ratio() below 1 - niveau. `zin` says it in Dutch.
    Raises ValueError for an exposure of 0 or less.
    """
    x = invoer.aantal(voor, "Het aantal")
    t1, t2 = invoer.blootstelling(blootstelling_voor), invoer.blootstelling(blootstelling_na)
    if t1 == 0 or t2 == 0:
        raise ValueError("Zonder blootstelling (0) is niet te zeggen welke verandering opvalt.")
    alpha = 1 - invoer.niveau(niveau)
    verwacht = x * t2 / t1

    def valt_op(na: int) -> bool:
        return _centrale_p(na, t2, x, t1) < alpha

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
    klachten = "klacht" if voor == 1 else "klachten"
    if daling is None:
        begin = f"Van {voor} {klachten} valt geen daling op: ook 0 kan toeval zijn"
    elif daling == 0:
        begin = f"Van {voor} {klachten} moet het aantal tot 0 dalen"
    else:
        begin = f"Van {voor} {klachten} moet het aantal tot {daling} of minder dalen"
    return f"{begin}; een stijging valt op vanaf {stijging}."


def poisson_trend(
    jaren: Sequence[float], aantallen: Sequence[int], blootstellingen: Sequence[float], niveau: float = 0.95
) -> PoissonTrend:
    """Return the yearly rate ratio of a Poisson regression with offset ln(blootstelling).

    One count and one exposure above 0 per year. The intercept is profiled out, which leaves one equation in the slope:
    the mean year under the fitted counts equals the mean year of the klachten; solved by Newton's method.
    p is Wald's; pearson_chi2 far above its `vrijheidsgraden` shows more variation than chance gives.
    Raises ValueError for fewer than two different years or unequal lengths. Source: McCullagh & Nelder (1989).
    """
    jaar = np.array(invoer.getallen(jaren, "Een jaar"))
    x = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    invoer.zelfde_lengte(len(jaar), len(x), "jaren", "aantallen")
    t = np.array(invoer.blootstellingen(blootstellingen, len(x)))
    z = invoer.z_waarde(niveau)
    if len(np.unique(jaar)) < 2:
        raise ValueError("Voor een trend zijn ten minste twee verschillende jaren nodig.")
    vrijheidsgraden, n = len(x) - 2, x.sum()
    if n == 0:
        return PoissonTrend(None, None, None, None, vrijheidsgraden, None, None, None, niveau)
    for uiterste, teken in ((jaar.min(), -math.inf), (jaar.max(), math.inf)):
        if x[jaar != uiterste].sum() == 0:
            rr = 0.0 if teken < 0 else math.inf
            return PoissonTrend(teken, None, None, None, vrijheidsgraden, rr, None, None, niveau)
    afstand = jaar - jaar.mean()
    helling, gewicht = _los_helling_op(afstand, x, t)
    variantie = float(gewicht @ (afstand - gewicht @ afstand) ** 2)
    se = 1 / math.sqrt(n * variantie)
    chi2 = float((((x - n * gewicht) ** 2) / (n * gewicht)).sum())
    return PoissonTrend(
        log_rr=helling,
        se=se,
        p_wald=float(2 * stats.norm.sf(abs(helling / se))),
        pearson_chi2=chi2,
        vrijheidsgraden=vrijheidsgraden,
        rr=math.exp(helling),
        laag=math.exp(helling - z * se),
        hoog=math.exp(helling + z * se),
        niveau=niveau,
    )


def _los_helling_op(afstand: np.ndarray, x: np.ndarray, t: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the slope b at which `afstand`, weighted by t * exp(b * afstand), has the mean of x; and those weights."""
    doel, helling = float(x @ afstand / x.sum()), 0.0

    def gewichten(b: float) -> np.ndarray:
        log_gewicht = np.log(t) + b * afstand
        los = np.exp(log_gewicht - log_gewicht.max())
        return los / los.sum()

    gewicht = gewichten(helling)
    for _ in range(200):
        fout = doel - float(gewicht @ afstand)
        stap = fout / float(gewicht @ (afstand - gewicht @ afstand) ** 2)
        # The mean rises with the slope, so a step that overshoots the target further than it was away is halved.
        while abs(doel - float(gewichten(helling + stap) @ afstand)) > abs(fout):
            stap /= 2
            if abs(stap) < 1e-15:
                break
        helling += stap
        gewicht = gewichten(helling)
        if abs(stap) <= 1e-13 * max(1.0, abs(helling)):
            break
    return helling, gewicht


def holm(p_waarden: Iterable[float | None], alpha: float = 0.05) -> Holm:
    """Return Holm's adjusted p-values in the order given; None (nothing to test) counts in no total.

    Adjusted: the running maximum of (m - i) * p over the sorted p, at most 1. Raises ValueError for p outside 0-1.
    Source: Holm (1979).
    """
    lijst = list(p_waarden)
    getoetst = [(invoer.getal(p, "Een p-waarde"), plaats) for plaats, p in enumerate(lijst) if p is not None]
    if any(not 0 <= p <= 1 for p, _ in getoetst):
        raise ValueError("Een p-waarde moet tussen 0 en 1 liggen.")
    aangepast: list[float | None] = [None] * len(lijst)
    hoogste = 0.0
    for nummer, (p, plaats) in enumerate(sorted(getoetst)):
        hoogste = max(hoogste, min(1.0, (len(getoetst) - nummer) * p))
        aangepast[plaats] = hoogste
    verworpen = tuple(p is not None and p <= alpha for p in aangepast)
    return Holm(tuple(aangepast), verworpen, alpha)
