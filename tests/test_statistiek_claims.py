"""What may be claimed: trend with overdispersion, dispersed ratios, before/after in words, one family a year."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from klachten.analyse import statistiek


def test_a_trend_is_not_claimed_when_the_years_differ_more_than_chance() -> None:
    # Oracle: statsmodels-style GLM by hand; Wald t^2 on the Pearson dispersion, F(1, 3).
    uitkomst = statistiek.poisson_trend(range(2020, 2025), [10, 30, 12, 40, 25], [100] * 5)
    assert uitkomst.p_wald < 0.01
    assert uitkomst.dispersie == pytest.approx(uitkomst.pearson_chi2 / 3)
    t = uitkomst.log_rr / uitkomst.se / math.sqrt(uitkomst.dispersie)
    assert uitkomst.p_quasi == pytest.approx(2 * stats.t.sf(abs(t), 3))
    assert uitkomst.p == uitkomst.p_quasi > 0.3
    assert not uitkomst.geclaimd
    assert uitkomst.zin == "Over 5 jaar is per traject geen stijging of daling te zien die meer is dan toeval."


def test_four_years_with_much_dispersion_give_no_claim() -> None:
    uitkomst = statistiek.poisson_trend([2022, 2023, 2024, 2025], [8, 32, 10, 34], [100] * 4)
    assert uitkomst.pearson_chi2 > 20
    assert uitkomst.p_wald < 0.01
    assert not uitkomst.geclaimd


def test_a_steady_trend_is_claimed_with_direction() -> None:
    stijging = statistiek.poisson_trend(range(2020, 2026), [20, 25, 29, 37, 44, 54], [150] * 6)
    assert stijging.geclaimd
    assert stijging.zin == "Over 6 jaar komen er per traject elk jaar ongeveer 22% meer klachten: meer dan toeval."
    daling = statistiek.poisson_trend(range(2020, 2026), [54, 44, 37, 29, 25, 20], [150] * 6)
    assert daling.geclaimd
    assert "18% minder klachten" in daling.zin


@pytest.mark.parametrize(
    ("aantallen", "zin"),
    [
        ([5, 60], "Over een trend is pas iets te zeggen als er drie jaren zijn."),
        ([0, 0, 0], "In deze 3 jaar is er geen enkele klacht, dus over een trend is niets te zeggen."),
        ([40, 0, 0], "Over 3 jaar is per traject geen stijging of daling te zien die meer is dan toeval."),
        ([6, 8, 4], "Over 3 jaar is per traject geen stijging of daling te zien die meer is dan toeval."),
    ],
)
def test_no_trend_is_claimed_at_the_edges(aantallen: list[int], zin: str) -> None:
    uitkomst = statistiek.poisson_trend(range(2020, 2020 + len(aantallen)), aantallen, [100] * len(aantallen))
    assert (uitkomst.geclaimd, uitkomst.zin) == (False, zin)


def test_a_ratio_without_extra_dispersion_is_the_old_one() -> None:
    assert statistiek.rate_ratio(12, 100, 25, 90, dispersie=1.0) == statistiek.rate_ratio(12, 100, 25, 90)
    with pytest.raises(ValueError, match="ten minste 1"):
        statistiek.rate_ratio(1, 1, 2, 1, dispersie=0.9)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 60), st.floats(1, 200), st.integers(0, 60), st.floats(1, 200), st.floats(1.01, 4))
def test_a_dispersed_ratio_is_beta_binomial_and_agrees_with_its_p(
    x1: int, t1: float, x2: int, t2: float, f: float
) -> None:
    uitkomst, n = statistiek.rate_ratio(x1, t1, x2, t2, dispersie=f), x1 + x2
    if n == 0:
        assert uitkomst.p == 1
        return
    vorm, p = (n - 1) / (f - 1) - 1, t1 / (t1 + t2)
    if vorm <= 0:
        assert (uitkomst.p, uitkomst.laag, uitkomst.hoog) == (1, 0, math.inf)
        return
    verdeling = stats.betabinom(n, vorm * p, vorm * (1 - p))
    assert verdeling.var() == pytest.approx(f * n * p * (1 - p))
    assert uitkomst.p == pytest.approx(min(1, 2 * min(verdeling.cdf(x1), verdeling.sf(x1 - 1))), abs=1e-9)
    assert uitkomst.laag <= uitkomst.ratio * (1 + 1e-9)
    assert uitkomst.ratio <= uitkomst.hoog * (1 + 1e-9)
    if not math.isclose(uitkomst.p, 0.05, rel_tol=1e-6):
        assert uitkomst.toeval_uitgesloten == (uitkomst.p < 0.05)


@pytest.mark.parametrize("f", [1.3, 2, 3])
def test_what_is_detectable_with_dispersion_equals_trying_every_count(f: float) -> None:
    for voor in (0, 3, 12, 30):
        uitkomst = statistiek.waarneembare_verandering(voor, 100, 90, dispersie=f)
        p = {na: statistiek.rate_ratio(na, 90, voor, 100, dispersie=f).p for na in range(uitkomst.stijging_vanaf + 1)}
        daling = [na for na in p if na < voor * 0.9 and p[na] < 0.05]
        assert uitkomst.daling_tot == (max(daling) if daling else None)
        assert [na for na in p if na > voor * 0.9 and p[na] < 0.05] == [uitkomst.stijging_vanaf]


def test_the_dispersion_is_found_back_and_a_shift_hardly_counts() -> None:
    random = np.random.default_rng(5)
    for f in (1.0, 2.0, 3.0):
        x = random.poisson(8, 6000) if f == 1 else random.negative_binomial(8 / (f - 1), 1 / f, 6000)
        assert statistiek.dispersie_van_reeks(x.tolist()) == pytest.approx(f, rel=0.06)
    verschoven = random.poisson(np.repeat([8.0, 16.0], 3000))
    assert statistiek.dispersie_van_reeks(verschoven.tolist()) == pytest.approx(1, abs=0.06)
    assert statistiek.dispersie_van_reeks([0, 0, 0]) == statistiek.dispersie_van_reeks([7]) == 1
    # Hand: p = 1/2, N = 8, z = (6-4)/sqrt 2 and (2-4)/sqrt 2; difference squared 8, halved 4.
    assert statistiek.dispersie_van_reeks([6, 2]) == pytest.approx(4)
    assert statistiek.dispersie_van_reeks([6, 2, 9], [1, 1, 0]) == pytest.approx(4)


@pytest.mark.parametrize(
    ("voor", "na", "oordeel"),
    [
        (9, 0, "0 is minder dan door toeval te verwachten was."),
        (9, 4, "4 past bij toeval."),
        (9, 15, "15 is meer dan door toeval te verwachten was."),
    ],
)
def test_the_words_of_before_and_after_follow_from_the_prediction(voor: int, na: int, oordeel: str) -> None:
    prior = statistiek.Prior(0.08, 4.0, 9, "gegeven")
    uitkomst = statistiek.waargenomen_verandering(voor, 40, na, 40, prior)
    voorspelling = stats.nbinom(13, 90 / 130)
    assert uitkomst.kans_hoogstens == pytest.approx(voorspelling.cdf(na))
    assert uitkomst.kans_minstens == pytest.approx(voorspelling.sf(na - 1))
    assert uitkomst.zin.endswith(f"waren er zonder verandering 5,8 te verwachten; {oordeel}")


@pytest.mark.parametrize(
    ("voor", "t_voor", "na", "t_na", "begin"),
    [
        (10, 50, 3, 50, "van 10 naar 3 klachten, een daling."),
        (3, 50, 1, 50, "van 3 naar 1 klacht, een daling."),
        (0, 50, 2, 50, "van 0 naar 2 klachten, een stijging."),
        (4, 50, 4, 50, "van 4 naar 4 klachten, geen daling of stijging."),
        (1, 100, 1, 50, "van 1 naar 1 klacht; per traject een stijging, van 1 op 100 naar 1 op 50 trajecten."),
        (
            4,
            100,
            2,
            50,
            "van 4 naar 2 klachten; per traject geen daling of stijging, van 4 op 100 naar 2 op 50 trajecten.",
        ),
        (1, 1200, 2, 50.5, "van 1 naar 2 klachten; per traject een stijging, van 1 op 1.200 naar 2 op 50,5 trajecten."),
    ],
)
def test_the_observed_change_says_its_direction_with_numbers(
    voor: int, t_voor: float, na: int, t_na: float, begin: str
) -> None:
    zin = statistiek.waargenomen_verandering(voor, t_voor, na, t_na).zin
    assert zin.startswith(f"Waargenomen verandering: {begin}")
    assert "niet te zeggen" in zin
    assert "effect" not in zin
    assert "dan door toeval" not in zin


@pytest.mark.parametrize(
    ("aantallen", "reden"),
    [
        ([3] * 12, "Geschat uit 12 categorieën en jaren, die niet meer verschillen dan door toeval."),
        ([0, 0, 0, 40, 1], "Geschat uit 5 categorieën en jaren."),
        ([0] * 5, "Geen index: uit 5 categorieën en jaren komt geen enkele klacht."),
        ([2], "Geen index: van categorieën en jaren met gegevens is er 1, nodig zijn er 5."),
        ([], "Geen index: van categorieën en jaren met gegevens zijn er 0, nodig zijn er 5."),
    ],
)
def test_the_prior_says_what_it_is_made_of(aantallen: list[int], reden: str) -> None:
    assert statistiek.schat_prior(aantallen, [40] * len(aantallen)).reden == reden


def test_a_year_is_one_family_of_claims() -> None:
    claims = statistiek.jaarclaims({"jaar": 0.01, "categorie a": 0.04, "trend": None, "beeld": 0.03, "b": 0.005})
    assert claims.mag == ("b", "jaar") or claims.mag == ("jaar", "b")
    assert claims.aangepast == pytest.approx(
        {"jaar": 0.03, "categorie a": 0.06, "trend": None, "beeld": 0.06, "b": 0.02}
    )
    assert "jaar" in claims
    assert "trend" not in claims
    assert "iets anders" not in claims
    assert statistiek.jaarclaims({}).mag == ()
    with pytest.raises(ValueError, match="tussen 0 en 1"):
        statistiek.jaarclaims({"jaar": 0.5}, 1.5)


def test_the_day_by_which_half_of_all_were_closed() -> None:
    # Ten klachten: withdrawn on days 1-4, closed on 5-10: half of all (5) on day 9, of the closed ones on day 7.
    dagen, einde = list(range(1, 11)), ["ingetrokken"] * 4 + ["afgesloten"] * 6
    curve = statistiek.aalen_johansen(dagen, einde)
    assert curve.mediaan("afgesloten") == curve.dag_waarop(0.5, "afgesloten") == 9
    assert statistiek.kaplan_meier(dagen, [e == "afgesloten" for e in einde]).mediaan == 7
    assert curve.mediaan("ingetrokken") is None
    assert curve.dag_waarop(0.4, "ingetrokken") == 4
    # Half withdrawn: never half closed but on the last day exactly half.
    assert statistiek.aalen_johansen([1, 2, 3, 4], ["w", "w", "a", "a"]).mediaan("a") == 4
    assert statistiek.aalen_johansen([1, 2, 3, 4, 5], ["w", "w", "w", "a", "a"]).mediaan("a") is None
    assert statistiek.aalen_johansen([], [], oorzaken=["a"]).mediaan("a") is None
    with pytest.raises(ValueError, match="komt niet voor"):
        curve.mediaan("niets")
    with pytest.raises(ValueError, match="tussen 0 en 1"):
        curve.dag_waarop(1, "afgesloten")


@pytest.mark.parametrize(
    "anderen", [(), (1.0,) * 12, (0.001, 0.5, None), (0.001, 0.02, 0.02), (0.004, 0.004, 0.9), (0.02, 0.03), (0.025, 1)]
)
def test_a_claim_stands_exactly_up_to_its_threshold_beside_the_others(anderen: tuple[float | None, ...]) -> None:
    """The threshold is asked of Holm itself: just within it the claim stands, just beyond it does not."""
    naast = {f"ander {nr}": p for nr, p in enumerate(anderen)}
    drempel = statistiek.jaarclaims({"jaar": 0.7, **naast}).drempel("jaar")
    assert drempel == statistiek.jaarclaims({"jaar": 0.0001, **naast}).drempel("jaar"), "its own p does not count"
    assert "jaar" in statistiek.jaarclaims({"jaar": drempel * (1 - 1e-9), **naast})
    assert "jaar" not in statistiek.jaarclaims({"jaar": drempel * (1 + 1e-9), **naast})
