"""Proportions with their uncertainty: one, the difference of two, and several that share a total.

n = 0 is "geen gegevens": every estimate is None, never 0 % or 100 %. All proportions are fractions (0.69, not 69).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from . import invoer, verdelingen

GEEN_GEGEVENS = "geen gegevens"


@dataclass(frozen=True)
class Verhouding:
    """x out of n with an interval; `aandeel`, `laag` and `hoog` are None when n = 0."""

    x: int
    n: int
    aandeel: float | None
    laag: float | None
    hoog: float | None
    niveau: float
    methode: str


@dataclass(frozen=True)
class Verschil:
    """The difference of two proportions (first minus second); all None when one of them has no data."""

    verschil: float | None
    laag: float | None
    hoog: float | None
    p: float | None
    niveau: float


@dataclass(frozen=True)
class Pareto:
    """Categories in Pareto order.

    `regels` has one row per category: categorie, aantal, aandeel, laag, hoog, cumulatief_aantal, cumulatief_aandeel.
    `zin` says whether a klacht can count in several categories.
    """

    regels: pd.DataFrame
    totaal: int
    klachten: int
    meervoudig: bool
    zin: str


def score_grenzen(x: int, n: float, z: float) -> tuple[float, float]:
    """Return the Wilson score bounds for n > 0 (n may be real), exact at x = 0 and x = n."""
    midden = (x + z * z / 2) / (n + z * z)
    marge = z / (n + z * z) * math.sqrt(x * (n - x) / n + z * z / 4)
    return (0.0 if x == 0 else midden - marge), (1.0 if x == n else midden + marge)


def wilson(x: int, n: int, niveau: float = 0.95) -> Verhouding:
    """Return the proportion x / n with the Wilson score interval.

    n = 0 gives None for the estimates. Raises ValueError for x < 0, n < 0, x > n, numbers that are not whole, NaN.
    Source: Wilson (1927).
    """
    x, n = invoer.deel_van(x, n)
    z = invoer.z_waarde(niveau)
    if n == 0:
        return Verhouding(x, n, None, None, None, niveau, "Wilson")
    return Verhouding(x, n, x / n, *score_grenzen(x, n, z), niveau, "Wilson")


def clopper_pearson(x: int, n: int, niveau: float = 0.95) -> Verhouding:
    """Return the proportion x / n with the exact (conservative) Clopper-Pearson interval.

    n = 0 and impossible input: as wilson(). Source: Clopper & Pearson (1934), by beta quantiles.
    """
    x, n = invoer.deel_van(x, n)
    staart = (1 - invoer.niveau(niveau)) / 2
    if n == 0:
        return Verhouding(x, n, None, None, None, niveau, "Clopper-Pearson")
    laag = 0.0 if x == 0 else float(scipy.special.betaincinv(x, n - x + 1, staart))
    hoog = 1.0 if x == n else float(scipy.special.betainccinv(x + 1, n - x, staart))
    return Verhouding(x, n, x / n, laag, hoog, niveau, "Clopper-Pearson")


def fisher_exact(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """Return Fisher's exact two-sided p for x1 of n1 against x2 of n2; None when n1 or n2 is 0.

    Two-sided by summing every table that is no more probable than the one observed. Source: Fisher (1935).
    """
    x1, n1 = invoer.deel_van(x1, n1)
    x2, n2 = invoer.deel_van(x2, n2)
    if n1 == 0 or n2 == 0:
        return None
    return verdelingen.fisher_p(x1, n1 - x1, x2, n2 - x2)


def newcombe(x1: int, n1: int, x2: int, n2: int, niveau: float = 0.95) -> Verschil:
    """Return x1/n1 - x2/n2 with Newcombe's hybrid score interval (without continuity correction) and Fisher's p.

    All estimates are None when n1 or n2 is 0. Raises ValueError as wilson(). Source: Newcombe (1998), method 10.
    """
    een, twee = wilson(x1, n1, niveau), wilson(x2, n2, niveau)
    if een.aandeel is None or twee.aandeel is None:
        return Verschil(None, None, None, None, niveau)
    verschil = een.aandeel - twee.aandeel
    laag = verschil - math.hypot(een.aandeel - een.laag, twee.hoog - twee.aandeel)
    hoog = verschil + math.hypot(een.hoog - een.aandeel, twee.aandeel - twee.laag)
    return Verschil(verschil, laag, hoog, fisher_exact(x1, n1, x2, n2), niveau)


def _goodman_z(aantal_categorieen: int, niveau: float) -> float:
    """Return the square root of the chi-square quantile (1 df) at 1 - alpha / k, stable for large k."""
    return math.sqrt(verdelingen.chi2_isf((1 - invoer.niveau(niveau)) / aantal_categorieen, 1))


def goodman(aantallen: Iterable[int], niveau: float = 0.95) -> list[Verhouding]:
    """Return every count as share of their sum, with simultaneous intervals, in the order given.

    Categories with count 0 are categories too: k in alpha / k is the number of counts given. A sum of 0 gives None.
    Raises ValueError for an empty series or a number that is no count. Source: Goodman (1965).
    """
    lijst = invoer.aantallen(aantallen, "Een aantal")
    n, z = sum(lijst), _goodman_z(len(lijst), niveau)
    if n == 0:
        return [Verhouding(0, 0, None, None, None, niveau, "Goodman") for _ in lijst]
    return [Verhouding(x, n, x / n, *score_grenzen(x, n, z), niveau, "Goodman") for x in lijst]


def pareto(
    aantallen: Mapping[str, int], klachten: int | None = None, overig: str = "Overig", niveau: float = 0.95
) -> Pareto:
    """Return categories by count descending, ties alphabetical, `overig` last, with Goodman intervals.

    `aantallen`: count per category. `klachten`: the number of klachten, when one klacht can count in several categories
    (aspects); `aandeel` is then a share of the klachten (these shares add up to more than 1) and the same score
    bounds at alpha / k hold for all categories together by Bonferroni. The cumulative share is always of all counts.
    Raises ValueError when there is no category, or a category has more counts than there are klachten.
    """
    namen, lijst = list(aantallen), invoer.aantallen(aantallen.values(), "Een aantal")
    totaal = sum(lijst)
    noemer = totaal if klachten is None else invoer.aantal(klachten, "Het aantal klachten")
    if klachten is not None and (max(lijst) > noemer or totaal < noemer):
        raise ValueError(f"De aantallen per categorie kunnen niet bij {noemer} klachten horen.")
    z = _goodman_z(len(lijst), niveau)
    volgorde = sorted(
        range(len(lijst)),
        key=lambda i: (namen[i].casefold() == overig.casefold(), -lijst[i], namen[i].casefold(), namen[i]),
    )
    cumulatief = np.cumsum([lijst[i] for i in volgorde])
    regels = pd.DataFrame(
        [(namen[i], lijst[i], lijst[i] / noemer, *score_grenzen(lijst[i], noemer, z)) for i in volgorde]
        if noemer
        else [(namen[i], lijst[i], None, None, None) for i in volgorde],
        columns=["categorie", "aantal", "aandeel", "laag", "hoog"],
    )
    regels["cumulatief_aantal"] = cumulatief
    regels["cumulatief_aandeel"] = cumulatief / totaal if totaal else None
    meervoudig = noemer != totaal
    zin = (
        f"Een klacht kan in meer categorieën tellen: {noemer} {'klacht' if noemer == 1 else 'klachten'}, {totaal} keer "
        "een categorie."
        if meervoudig
        else "Elke klacht telt in één categorie."
    )
    return Pareto(regels, totaal, noemer, meervoudig, zin)
