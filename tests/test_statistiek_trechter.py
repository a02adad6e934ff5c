"""The funnel: exact limits, what independent computations give where there is no spread, and how often it is wrong."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.analyse import statistiek
from klachten.analyse.statistiek import exacte_grenzen, trechter, trechteroordelen
from klachten.analyse.statistiek.trechter import GENOEG_ANDEREN, KLEINSTE_P, MINSTE_ANDEREN
from klachten.analyse.statistiek.trechterschatting import MODELLEN, Schatting, schat
from klachten.analyse.statistiek.trechterstaart import GEWICHT, Staarten, scheve_waarden
from klachten.meting import simulatie_trechter as sim

# Twenty-four organisations of exactly 20 %.
NOEMERS = [50, 60, 80, 90, 100, 120, 150, 160, 200, 240, 300, 400] * 2
GELIJK = [round(0.2 * n) for n in NOEMERS]


# --- limits of chance alone ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort", ["deel", "aantal"])
@pytest.mark.parametrize(("n", "waarde"), [(5, 0.02), (17, 0.5), (100, 0.98), (1000, 0.1), (5000, 0.003), (60, 0.0)])
@pytest.mark.parametrize("niveau", [0.95, 0.998])
def test_exact_limits_are_the_quantiles_of_scipy(soort: str, n: int, waarde: float, niveau: float):
    onder, boven = exacte_grenzen(n, waarde, niveau, soort)
    verdeling = scipy.stats.binom(n, waarde) if soort == "deel" else scipy.stats.poisson(n * waarde)
    a = (1 - niveau) / 2
    # ppf is the smallest count with P(at most) >= a: the same, but for a tail of exactly a, which is outside here.
    assert (onder, boven) == (verdeling.ppf(a), verdeling.isf(a))
    assert verdeling.cdf(onder - 1) <= a < verdeling.cdf(onder)
    assert verdeling.sf(boven) <= a < verdeling.sf(boven - 1)


@pytest.mark.parametrize(("n", "waarde"), [(20, 0.1), (90, 0.3), (700, 0.05)])
def test_the_interpolated_line_of_spiegelhalter_lets_more_lie_outside_than_it_says(n: int, waarde: float):
    """A.1.1: r is the smallest count with P(X <= r) > p, the line lies at r - (P(X <= r) - p) / P(X = r)."""
    verdeling, p = scipy.stats.binom(n, waarde), 0.975
    r = next(k for k in range(n + 1) if verdeling.cdf(k) > p)
    lijn = r - (verdeling.cdf(r) - p) / verdeling.pmf(r)
    assert r - 1 <= lijn < r
    assert verdeling.sf(np.floor(lijn)) > 0.025, "r lies beyond the line, and is not that rare"
    assert exacte_grenzen(n, waarde)[1] == r, "here it lies inside"


def test_a_value_that_cannot_be_is_refused_in_dutch():
    for waarde, soort in ((1.2, "deel"), (-0.1, "deel"), (0.5, "half")):
        with pytest.raises(ValueError, match=r"kan niet|waarde"):
            exacte_grenzen(10, waarde, 0.95, soort)
    with pytest.raises(ValueError, match="kan niet groter zijn"):
        trechter([3], [2])
    with pytest.raises(ValueError, match="Zonder blootstelling"):
        trechter([3], [0], "aantal")


# --- the funnel ----------------------------------------------------------------------------------------------------


def tails(soort: str) -> Staarten:
    """Return the tails when the middle is that of 24 organisations together, and there is certainly no spread."""
    x, n = sum(GELIJK), sum(NOEMERS)
    return Staarten(MODELLEN[soort], Schatting(x / n, 0.0, n, math.inf))


@pytest.mark.parametrize(("x", "n"), [(10, 100), (36, 100), (2, 40), (40, 40), (0, 25)])
def test_without_spread_it_is_fishers_test_against_the_others_together(x: int, n: int):
    bij, rest = tails("deel").bij(n), [sum(GELIJK), sum(NOEMERS) - sum(GELIJK)]
    for staart, kant in ((bij.hoogstens(x), "less"), (bij.minstens(x), "greater")):
        assert staart == pytest.approx(scipy.stats.fisher_exact([[x, n - x], rest], alternative=kant)[1], rel=1e-6)


@pytest.mark.parametrize(("x", "t"), [(4, 100), (45, 100), (0, 60), (3, 2)])
def test_without_spread_a_rate_is_the_central_test_of_rate_ratio(x: int, t: float):
    bij = tails("aantal").bij(t)
    p = min(1.0, 2 * min(bij.hoogstens(x), bij.minstens(x)))
    assert p == pytest.approx(statistiek.rate_ratio(x, t, sum(GELIJK), sum(NOEMERS)).p, rel=1e-6)


def test_with_hardly_any_spread_a_funnel_is_close_to_the_same():
    funnel = trechter(GELIJK, NOEMERS)
    assert funnel.tussen == 0
    assert funnel.waarde == pytest.approx(0.2, rel=0.01)
    for x in (10, 28, 36):
        los = 2 * min(tails("deel").bij(100).hoogstens(x), tails("deel").bij(100).minstens(x))
        assert los < funnel.p(x, 100) < 2.5 * los + 0.02, "what is not known of the spread is in it"


@pytest.mark.parametrize("soort", ["deel", "aantal"])
def test_the_tails_are_those_of_scipy(soort: str):
    """Without the heavier of the two spreads: the beta-binomial and the negative binomial themselves."""
    model = MODELLEN[soort]
    k, kansen = model.kansen(60, 0.2, 0.05)
    if soort == "deel":
        verwacht = scipy.stats.betabinom(60, 0.2 * 19, 0.8 * 19).pmf(k)
    else:
        verwacht = scipy.stats.nbinom(20, 20 / (20 + 12)).pmf(k)
    assert kansen == pytest.approx(verwacht, rel=1e-6)
    assert kansen @ k == pytest.approx(12)
    gemiddeld = (kansen @ (k - 12) ** 2) / float(model.variantie(np.float64(60), 0.2, 0.05))
    assert gemiddeld == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("midden", [0.001, 0.1, 0.5, 0.97])
@pytest.mark.parametrize("spreiding", [1e-4, 0.01, 0.3])
def test_the_log_normal_end_has_the_same_mean_and_spread(midden: float, spreiding: float):
    for soort, eenheid in (("deel", midden * (1 - midden)), ("aantal", midden**2)):
        waarden = scheve_waarden(MODELLEN[soort], midden, spreiding)
        assert waarden @ GEWICHT == pytest.approx(midden, rel=1e-3)
        assert (waarden - midden) ** 2 @ GEWICHT == pytest.approx(spreiding * eenheid, rel=0.02)


@pytest.mark.parametrize(
    ("soort", "waarde", "spreiding"), [("deel", 0.9, 0.03), ("deel", 0.02, 0.02), ("aantal", 0.05, 0.3)]
)
def test_the_spread_is_found_and_a_few_real_outliers_hardly_change_it(soort: str, waarde: float, spreiding: float):
    rng = np.random.default_rng(5)
    n = np.round(np.exp(rng.uniform(np.log(20), np.log(3000), 400)))
    x = []
    for noemer in n:
        k, kansen = MODELLEN[soort].kansen(noemer, waarde, spreiding)
        x.append(rng.choice(k, p=kansen))
    x = np.array(x)
    zonder = schat(MODELLEN[soort], x, n)
    assert zonder.waarde == pytest.approx(waarde, rel=0.15)
    assert zonder.spreiding == pytest.approx(spreiding, rel=0.25)
    x[:8] = n[:8] * 0.5
    met = schat(MODELLEN[soort], x, n)
    assert met.spreiding < 1.3 * zonder.spreiding
    gewoon = np.mean((x / n - met.waarde) ** 2) / (waarde * (1 - waarde) if soort == "deel" else waarde**2)
    assert gewoon > 1.2 * met.spreiding, "the plain variance takes them for spread"


def test_an_outlier_does_not_excuse_itself_and_others_are_not_called_by_it():
    tellers = [*GELIJK, 160]
    noemers = [*NOEMERS, 400]
    oordelen = trechteroordelen(tellers, noemers)
    assert [een.opvallend for een in oordelen] == [False] * 24 + [True]
    assert oordelen[-1].buiten(0.998)
    assert not any(een.buiten() for een in oordelen[:-1])


@pytest.mark.parametrize(("x", "n", "kant"), [(0, 30, "onder"), (50, 50, "boven"), (130, 400, "boven")])
def test_a_limit_and_the_p_say_the_same(x: int, n: int, kant: str):
    spreiding = trechter(
        [x + (i % 5 - 2) * n // 25 for i, (x, n) in enumerate(zip(GELIJK, NOEMERS, strict=True))], NOEMERS
    )
    assert spreiding.tussen > 0.03
    for niveau in (0.8, 0.95, 0.998):
        onder, boven = spreiding.grenzen(n, niveau)
        for k in {int(onder), int(boven), max(0, int(onder) - 1), min(n, int(boven) + 1), x}:
            assert (onder <= k <= boven) == (spreiding.p(k, n) > 1 - niveau), (niveau, k)


@given(
    paren=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=9, max_size=14),
    n=st.integers(1, 200),
    soort=st.sampled_from(["deel", "aantal"]),
)
@settings(max_examples=25, deadline=None)
def test_any_counts_give_a_funnel_whose_p_falls_away_from_the_middle(paren, n: int, soort: str):
    tellers = [min(x, m) for x, m in paren]
    funnel = trechter(tellers, [m for _, m in paren], soort)
    if funnel.reden:
        return
    reeks = [funnel.p(k, n) for k in range(n + 1)]
    top = int(np.argmax(reeks))
    assert all(0 <= p <= 1 for p in reeks)
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(reeks[: top + 1]))
    assert all(a >= b - 1e-9 for a, b in itertools.pairwise(reeks[top:]))
    onder, boven = funnel.grenzen(n)
    assert 0 <= onder <= boven


# --- few organisations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("anderen", range(MINSTE_ANDEREN + 1))
def test_with_few_others_it_says_so_and_calls_nobody_outside(anderen: int):
    funnel = trechter([20] * anderen, [100] * anderen)
    genoeg = anderen >= MINSTE_ANDEREN
    assert bool(funnel.reden) == (not genoeg)
    assert (funnel.p(99, 100) is None) == (not genoeg)
    assert funnel.waarde == (None if anderen == 0 else pytest.approx(0.2, rel=0.01))
    if not genoeg:
        assert "niet te zeggen of een verschil ongewoon is" in funnel.reden
        assert funnel.grenzen(100) is None


def test_the_far_end_is_not_spoken_of_before_there_are_enough():
    weinig, genoeg = (trechter([20] * m, [100] * m) for m in (GENOEG_ANDEREN - 1, GENOEG_ANDEREN))
    assert weinig.p(99, 100) == KLEINSTE_P
    assert weinig.grenzen(100, 0.998) is None
    assert weinig.grenzen(100) is not None
    assert genoeg.p(99, 100) < 1e-6
    assert genoeg.grenzen(100, 0.998) is not None


def test_organisations_without_a_denominator_are_not_counted():
    assert trechter([*GELIJK, 0, 0], [*NOEMERS, 0, 0]).anderen == len(GELIJK)
    assert trechter(GELIJK, NOEMERS).p(0, 0) is None


def test_nothing_at_all_and_everything_give_limits_too():
    nul, alles = trechter([0] * 20, NOEMERS[:20]), trechter(NOEMERS[:20], NOEMERS[:20])
    assert (nul.waarde, nul.tussen, alles.waarde, alles.tussen) == (0, 0, 1, 0)
    assert nul.grenzen(50)[0] == 0
    assert nul.p(30, 50) < 0.001 < 0.05 < nul.p(0, 50)
    assert alles.p(20, 50) < 0.001 < 0.05 < alles.p(50, 50)


def test_a_denominator_beyond_what_is_summed_is_judged_with_wider_limits():
    funnel = trechter(GELIJK, NOEMERS)
    assert funnel.p(200_000, 1_000_000) > 0.05
    assert funnel.p(500_000, 1_000_000) < 0.05
    onder, boven = funnel.grenzen(1_000_000)
    assert onder < 200_000 < boven


# --- how often it is wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wereld", "tussen"),
    [
        (sim.Wereld("deel", 0.9), (5, 5000)),
        (sim.Wereld("deel", 0.9, "factor", 0.8), (5, 500)),
        (sim.Wereld("deel", 0.02, "vorm", 0.05), (5, 500)),
        (sim.Wereld("aantal", 0.1, "factor", 0.3), (5, 500)),
        (sim.Wereld("aantal", 0.01, "vorm", 0.3), (100, 400)),
    ],
)
@pytest.mark.parametrize("anderen", [9, 60])
def test_of_stable_ones_no_more_than_the_stated_share_lies_outside(wereld: sim.Wereld, tussen, anderen: int):
    deel, ver = sim.buiten(wereld, tussen, anderen, 12, 3)
    # 240 are judged, 20 against the same others: with those as one draw each, 5 % and three standard errors.
    assert deel <= 0.05 + 3 * (0.05 * 0.95 / 60) ** 0.5
    assert ver <= 0.02


def test_one_that_really_differs_is_found_also_among_other_outliers():
    wereld = sim.Wereld("deel", 0.9, "factor", 0.3)
    assert sim.buiten(wereld, (5, 500), 60, 5, 3, factor=0.25, noemer=200, uitschieters=4)[0] > 0.9
    assert sim.buiten(sim.Wereld("aantal", 0.1), (5, 500), 60, 5, 3, factor=2, noemer=300)[0] > 0.9
