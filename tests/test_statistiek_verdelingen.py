"""What is asked of scipy.special is what scipy.stats has for it, and nobody has to wait for that."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import product

import numpy as np
import pytest
from scipy import special, stats

from klachten.analyse.statistiek import verdelingen

KANSEN = (1e-12, 1e-6, 0.00135, 0.025, 0.05, 0.2, 0.5, 0.9, 0.975, 0.99865)
GEMIDDELDEN = (0.0, 1e-3, 0.3, 1.0, 4.0, 9.7, 40.0, 250.0, 12_000.0)
AANTALLEN = (-1, 0, 1, 2, 7, 40, 260, 12_100)


VORMEN = ((0.4, 0.02), (3.7, 0.5), (900.0, 0.97))
DELEN = [(n, p) for n in (1, 2, 9, 10, 100, 5_000) for p in (0.03, 0.5, 0.79)]
AFSTANDEN = (0.0, 1e-9, 0.4, 1.0, 1.96, 5.0, 37.0, 400.0)

GEVALLEN: dict[str, tuple[Callable[..., float], Callable[..., float], Iterable[tuple[float, ...]]]] = {
    "normaal_isf": (verdelingen.normaal_isf, stats.norm.isf, product(KANSEN)),
    "normaal_sf": (verdelingen.normaal_sf, stats.norm.sf, product(AFSTANDEN)),
    "chi2_isf": (verdelingen.chi2_isf, stats.chi2.isf, product(KANSEN, (1, 2, 7.5))),
    "f_sf": (verdelingen.f_sf, stats.f.sf, product(AFSTANDEN, (1,), (1, 3, 48))),
    "poisson_cdf": (verdelingen.poisson_cdf, stats.poisson.cdf, product(AANTALLEN, GEMIDDELDEN)),
    "poisson_sf": (verdelingen.poisson_sf, stats.poisson.sf, product(AANTALLEN, GEMIDDELDEN)),
    "poisson_ppf": (verdelingen.poisson_ppf, stats.poisson.ppf, product(KANSEN, GEMIDDELDEN)),
    "poisson_isf": (verdelingen.poisson_isf, stats.poisson.isf, product(KANSEN, GEMIDDELDEN)),
    "binomiaal_ppf": (verdelingen.binomiaal_ppf, stats.binom.ppf, ((k, n, p) for k in KANSEN for n, p in DELEN)),
    "negatief_binomiaal_cdf": (
        verdelingen.negatief_binomiaal_cdf, stats.nbinom.cdf, ((k, *vorm) for k in AANTALLEN for vorm in VORMEN),
    ),
    "negatief_binomiaal_sf": (
        verdelingen.negatief_binomiaal_sf, stats.nbinom.sf, ((k, *vorm) for k in AANTALLEN for vorm in VORMEN),
    ),
}  # fmt: skip
"""Ours, theirs, and what both are asked."""


def test_all_but_fishers_p_are_named():
    namen = {naam for naam, wat in vars(verdelingen).items() if getattr(wat, "__module__", "") == verdelingen.__name__}
    assert namen - {"fisher_p"} == set(GEVALLEN)


@pytest.mark.parametrize("naam", GEVALLEN)
def test_the_tails_and_quantiles_are_those_of_scipy(naam: str):
    ons, hun, gevallen = GEVALLEN[naam]
    for wat in gevallen:
        assert ons(*wat) == pytest.approx(float(hun(*wat)), rel=1e-9, abs=1e-300), wat


@pytest.mark.parametrize("k", range(25))
def test_a_chance_that_is_just_reached_is_reached(k: int):
    for mu in GEMIDDELDEN[2:7]:
        if (kans := verdelingen.poisson_cdf(k, mu)) < 1 - 1e-9:
            assert verdelingen.poisson_ppf(kans, mu) == stats.poisson.ppf(kans, mu) == k
    for n, p in ((30, 0.5), (40, 0.3)):
        kans = float(special.bdtr(k, n, p))
        if 1e-9 < kans < 1 - 1e-9:
            assert verdelingen.binomiaal_ppf(kans, n, p) == k


def test_fishers_p_is_that_of_scipy():
    """Small tables all, margins of one and of nought too, and large ones with margins as far apart as they come."""
    klein = [(a, b, c, d) for a in range(5) for b in range(5) for c in range(5) for d in range(5)]
    kans = np.random.default_rng(7)
    groot = [tuple(int(x) for x in kans.integers(0, hoogste, 4)) for hoogste in (30, 400, 20_000) for _ in range(60)]
    scheef = [(3, 90_000, 0, 12), (0, 50_000, 9, 49_000), (700, 99_300, 800, 99_200), (1, 0, 0, 1)]
    for tabel in (*klein, *groot, *scheef):
        a, b, c, d = tabel
        verwacht = float(stats.fisher_exact([[a, b], [c, d]])[1])
        assert verdelingen.fisher_p(a, b, c, d) == pytest.approx(verwacht, rel=1e-6, abs=1e-290), tabel


def test_no_start_waits_for_what_nobody_asks():
    """A page imports all of the evaluation without scipy.stats, which is most of what SciPy takes."""
    code = (
        "import sys; from klachten.scherm import opwarmen; opwarmen.import_pages(); "
        "print('scipy.special' in sys.modules, 'scipy.stats' in sys.modules)"
    )
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert uit.stdout.split() == ["True", "False"]
