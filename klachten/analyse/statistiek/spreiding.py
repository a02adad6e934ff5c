"""More variation than chance: how much a series of counts has of it, and a share of a total that allows for it."""

from __future__ import annotations

import functools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

import numpy as np
import scipy

from . import invoer

RAND = 1e-12


def lees_dispersie(waarde: object) -> float:
    """Return a dispersion as float of at least 1, or raise ValueError."""
    f = invoer.getal(waarde, "De dispersie")
    if f < 1:
        raise ValueError(f"De dispersie is ten minste 1 (niet meer spreiding dan toeval), niet {waarde}.")
    return f


def dispersie_van_reeks(aantallen: Sequence[int], blootstelling: Sequence[float] | None = None) -> float:
    """Return how many times the variance of a series is that of chance alone, at least 1.

    `aantallen`: klachten per period (month), `blootstelling`: exposure per period, equal when not given; periods
    without exposure are left out. Given the total N, z = (x - N p) / sqrt(N p (1 - p)), p the share of the exposure;
    the dispersion is the mean of the squared successive differences of z, halved: a shift of level hardly
    counts in it. 1 with fewer than two periods or no klacht. Raises ValueError for unequal lengths or impossible
    numbers. Source: von Neumann (1941).
    """
    x = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    if blootstelling is None:
        t = np.ones(len(x))
    else:
        t = np.array([invoer.blootstelling(b) for b in blootstelling])
        invoer.zelfde_lengte(len(x), len(t), "aantallen", "blootstellingen")
    x, t = x[t > 0], t[t > 0]
    if len(x) < 2 or x.sum() == 0:
        return 1.0
    p = t / t.sum()
    z = (x - x.sum() * p) / np.sqrt(x.sum() * p * (1 - p))
    return max(1.0, float(np.mean(np.diff(z) ** 2) / 2))


# A page compares the same counts each time it is made, and looking for a bound comes by the same chances.
@functools.lru_cache(maxsize=4096)
def staarten(x: int, n: int, p: float, dispersie: float) -> tuple[float, float]:
    """Return P(at most x) and P(at least x) of x out of n with chance p, whose variance is `dispersie` times binomial.

    Both 1 where n is too small for that much dispersion.
    """
    if dispersie == 1:
        return scipy.special.bdtr(x, n, p), scipy.special.bdtrc(x - 1, n, p) if x > 0 else 1.0
    vorm = _vorm(n, dispersie)
    if vorm <= 0:
        return 1.0, 1.0
    kansen = _beta_binomiaal(n, vorm * p, vorm * (1 - p))
    return min(1.0, float(kansen[: x + 1].sum())), min(1.0, float(kansen[x:].sum()))


def binnen(n: int, p: float, dispersie: float, staart: float) -> tuple[int, int]:
    """Return the smallest and the largest x out of n of which no tail (see `staarten`) is `staart` or less."""
    vorm = _vorm(n, dispersie) if dispersie != 1 else 0.0
    if vorm <= 0:
        # A tail costs nothing here: halve until found.
        alle = range(n + 1)
        onder = bisect_right(alle, staart, key=lambda x: staarten(x, n, p, dispersie)[0])
        return onder, bisect_left(alle, -staart, key=lambda x: -staarten(x, n, p, dispersie)[1]) - 1
    # Every tail takes all n + 1 chances: make those once, or a picture of 60,000 klachten takes hours.
    kansen = _beta_binomiaal(n, vorm * p, vorm * (1 - p))
    onder, boven = (int(np.searchsorted(np.cumsum(rij), staart, side="right")) for rij in (kansen, kansen[::-1]))
    return onder, n - boven


@functools.lru_cache(maxsize=1024)
def grenzen(x: int, n: int, dispersie: float, staart: float) -> tuple[float, float]:
    """Return the chances at which a tail of x out of n is `staart`: Clopper-Pearson with dispersion above 1."""
    if _vorm(n, dispersie) <= 0:
        return 0.0, 1.0
    # Two standard deviations away is where they mostly are.
    marge = 2 * math.sqrt(dispersie * (x + 1) * (n - x + 1) / (n + 2)) / (n + 2)
    onder = 0.0 if x == 0 else _snijpunt(lambda p: staarten(x, n, p, dispersie)[1] - staart, 0.0, x / n, marge)
    boven = 1.0 if x == n else _snijpunt(lambda p: staarten(x, n, p, dispersie)[0] - staart, 1.0, x / n, marge)
    return onder, boven


def _vorm(n: int, dispersie: float) -> float:
    return (n - 1) / (dispersie - 1) - 1


def _beta_binomiaal(n: int, a: float, b: float) -> np.ndarray:
    k, log_keuze = _keuzes(n)
    return np.exp(log_keuze + scipy.special.betaln(k + a, n - k + b) - scipy.special.betaln(a, b))


@functools.lru_cache(maxsize=4)
def _keuzes(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return 0 to n, and the logarithm of in how many ways each can be chosen out of n."""
    k = np.arange(n + 1)
    return k, scipy.special.gammaln(n + 1) - scipy.special.gammaln(k + 1) - scipy.special.gammaln(n - k + 1)


def _snijpunt(functie: Callable[[float], float], rand: float, midden: float, marge: float) -> float:
    """Return where a monotone function of a chance is 0; `rand` (0 or 1) when it does not come down to 0 inside.

    It is above 0 at `midden`, and looked for from there on in the direction of `rand`, first at about `marge` from it.
    """
    if functie(abs(rand - RAND)) >= 0:
        return rand
    binnen, richting = midden, 1 if rand else -1
    while RAND < (buiten := midden + richting * marge) < 1 - RAND and functie(buiten) >= 0:
        binnen, marge = buiten, 2 * marge
    buiten = min(max(buiten, RAND), 1 - RAND)
    return float(scipy.optimize.brentq(functie, binnen, buiten, xtol=1e-13, rtol=1e-13))
