"""Tails and quantiles of the distributions that the statistics use, from the functions that SciPy has for them.

Not by `scipy.stats`: that is 22 MB and 0.3 s of every start (30 November 2026), for distributions that nobody asks for.
`tests/test_statistiek_verdelingen.py` holds each equal to it.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import scipy

# Tables of which the chance differs less are equally probable: as R's fisher.test has it.
EVEN_GROOT = 1 + 1e-7


# A page asks it some hundreds of times, of a few levels.
@functools.lru_cache(maxsize=256)
def normaal_isf(kans: float) -> float:
    """Return the z with P(Z > z) = kans."""
    return -float(scipy.special.ndtri(kans))


def normaal_sf(z: float) -> float:
    """Return P(Z > z)."""
    return float(scipy.special.ndtr(-z))


def chi2_isf(kans: float, vrijheidsgraden: float) -> float:
    """Return the x with P(chi-square > x) = kans."""
    return float(scipy.special.chdtri(vrijheidsgraden, kans))


def f_sf(x: float, teller: float, noemer: float) -> float:
    """Return P(F > x) with so many degrees of freedom above and below the line."""
    return float(scipy.special.fdtrc(teller, noemer, x))


def poisson_cdf(k: int, mu: float) -> float:
    """Return P(X <= k) of a Poisson count with mean `mu`."""
    return float(scipy.special.pdtr(k, mu)) if k >= 0 else 0.0


def poisson_sf(k: int, mu: float) -> float:
    """Return P(X > k) of a Poisson count with mean `mu`."""
    return float(scipy.special.pdtrc(k, mu)) if k >= 0 else 1.0


def poisson_ppf(kans: float, mu: float) -> int:
    """Return the smallest k with P(X <= k) >= kans of a Poisson count with mean `mu`."""
    if mu == 0:
        return 0
    k = max(math.ceil(scipy.special.pdtrik(kans, mu)), 0)
    # The inverse is of a distribution without steps: on a step it may be one too high.
    return k - 1 if k and scipy.special.pdtr(k - 1, mu) >= kans else k


def poisson_isf(kans: float, mu: float) -> int:
    """Return the smallest k with P(X > k) <= kans of a Poisson count with mean `mu`."""
    return poisson_ppf(1 - kans, mu)


def binomiaal_ppf(kans: float, n: int, p: float) -> int:
    """Return the smallest k with P(X <= k) >= kans of a binomial count."""
    k = max(math.ceil(scipy.special.bdtrik(kans, n, p)), 0)
    return k - 1 if k and scipy.special.bdtr(k - 1, n, p) >= kans else k


def negatief_binomiaal_cdf(k: int, vorm: float, p: float) -> float:
    """Return P(X <= k) of a negative binomial count with this shape; `p` is the chance of a success."""
    return float(scipy.special.betainc(vorm, k + 1, p)) if k >= 0 else 0.0


def negatief_binomiaal_sf(k: int, vorm: float, p: float) -> float:
    """Return P(X > k) of a negative binomial count with this shape; `p` is the chance of a success."""
    return float(scipy.special.betaincc(vorm, k + 1, p)) if k >= 0 else 1.0


# A page compares the same counts at every visit.
@functools.lru_cache(maxsize=4096)
def fisher_p(a: int, b: int, c: int, d: int) -> float:
    """Return the two-sided p of a table [[a, b], [c, d]]: of every one that is no more probable, with its margins."""
    rij, kolom, alles = a + b, a + c, a + b + c + d
    cel = np.arange(max(0, rij + kolom - alles), min(rij, kolom) + 1)
    beta = scipy.special.betaln
    log_kans = -beta(cel + 1, rij - cel + 1) - beta(kolom - cel + 1, alles - rij - kolom + cel + 1)
    kans = np.exp(log_kans - log_kans.max())
    even = kans <= kans[a - cel[0]] * EVEN_GROOT
    return float(kans[even].sum() / kans.sum())
