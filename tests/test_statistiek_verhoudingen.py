"""Proportions: edges, refusals, and the same answer by another route."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from klachten.analyse import statistiek

DELEN = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None, max_examples=40)
@given(DELEN, st.sampled_from([0.8, 0.95, 0.99]))
def test_intervals_hold_the_estimate_and_agree_with_scipy(deel: tuple[int, int], niveau: float) -> None:
    x, n = deel
    oracle = stats.binomtest(x, n)
    for functie, methode in ((statistiek.wilson, "wilson"), (statistiek.clopper_pearson, "exact")):
        eigen, scipy = functie(x, n, niveau), oracle.proportion_ci(niveau, method=methode)
        assert (eigen.laag, eigen.hoog) == pytest.approx((scipy.low, scipy.high), abs=1e-9)
        assert 0 <= eigen.laag <= eigen.aandeel <= eigen.hoog <= 1


@settings(deadline=None, max_examples=40)
@given(DELEN, DELEN)
def test_newcombe_holds_the_difference_and_mirrors(een: tuple[int, int], twee: tuple[int, int]) -> None:
    heen, terug = statistiek.newcombe(*een, *twee), statistiek.newcombe(*twee, *een)
    assert -1 <= heen.laag <= heen.verschil <= heen.hoog <= 1
    assert (heen.laag, heen.hoog, heen.p) == pytest.approx((-terug.hoog, -terug.laag, terug.p), abs=1e-9)


def test_no_data_is_none_and_never_0_or_100_percent() -> None:
    for uitkomst in (statistiek.wilson(0, 0), statistiek.clopper_pearson(0, 0), *statistiek.goodman([0, 0])):
        assert (uitkomst.aandeel, uitkomst.laag, uitkomst.hoog) == (None, None, None)
    leeg = statistiek.newcombe(0, 0, 3, 5)
    assert (leeg.verschil, leeg.laag, leeg.hoog, leeg.p) == (None, None, None, None)


@pytest.mark.parametrize(
    ("x", "n", "zin"),
    [
        (-1, 5, "Het aantal kan niet negatief zijn: -1."),
        (1, -5, "Het totaal kan niet negatief zijn: -5."),
        (6, 5, "Het aantal (6) kan niet groter zijn dan het totaal (5)."),
        (math.nan, 5, "Het aantal moet een geheel getal zijn, niet nan."),
        (1.5, 5, "Het aantal moet een geheel getal zijn, niet 1.5."),
        (None, 5, "Het aantal moet een geheel getal zijn, niet None."),
    ],
)
def test_impossible_counts_are_refused_in_a_dutch_sentence(x: object, n: object, zin: str) -> None:
    for functie in (statistiek.wilson, statistiek.clopper_pearson):
        with pytest.raises(ValueError, match=f"^{re.escape(zin)}$"):
            functie(x, n)


@pytest.mark.parametrize("niveau", [0, 1, 95, math.nan])
def test_a_level_outside_0_to_1_is_refused(niveau: float) -> None:
    with pytest.raises(ValueError, match="betrouwbaarheidsniveau"):
        statistiek.wilson(1, 2, niveau)


def test_goodman_agrees_with_statsmodels_also_with_a_count_of_zero() -> None:
    # Oracle: statsmodels 0.15 multinomial_proportions_confint(method="goodman").
    verwacht = [
        (0.329171830192495, 0.8684709570471834),
        (0.09240080598797859, 0.6111350131525038),
        (0.00886303165654991, 0.39820860662441493),
        (0.0, 0.3082502446611257),
    ]
    for eigen, (laag, hoog) in zip(statistiek.goodman([9, 4, 1, 0]), verwacht, strict=True):
        assert (eigen.laag, eigen.hoog) == pytest.approx((laag, hoog), abs=1e-9)


def test_goodman_covers_all_shares_at_once_in_a_simulation() -> None:
    kansen = [0.5, 0.3, 0.2]
    trekkingen = stats.multinomial(60, kansen).rvs(1500, random_state=1)
    raak = sum(
        all(v.laag <= kans <= v.hoog for v, kans in zip(statistiek.goodman(rij.tolist()), kansen, strict=True))
        for rij in trekkingen
    )
    assert raak / 1500 >= 0.94


def test_pareto_orders_by_count_then_alphabet_with_overig_last() -> None:
    pareto = statistiek.pareto({"privacy": 2, "Overig": 9, "bejegening": 5, "afspraken": 2, "financieel": 0})
    assert pareto.regels["categorie"].tolist() == ["bejegening", "afspraken", "privacy", "financieel", "Overig"]
    assert pareto.regels["cumulatief_aantal"].tolist() == [5, 7, 9, 9, 18]
    assert pareto.regels["cumulatief_aandeel"].iloc[-1] == 1
    assert pareto.zin == "Elke klacht telt in één categorie."
    goodman = statistiek.goodman([5, 2, 2, 0, 9])
    assert pareto.regels["laag"].tolist() == [v.laag for v in goodman]
    assert pareto.regels["hoog"].tolist() == [v.hoog for v in goodman]


def test_pareto_of_aspects_takes_shares_of_the_klachten_and_says_so() -> None:
    pareto = statistiek.pareto({"bejegening": 6, "privacy": 4}, klachten=8)
    assert pareto.regels["aandeel"].tolist() == [0.75, 0.5]
    assert pareto.regels["cumulatief_aandeel"].tolist() == [0.6, 1.0]
    assert pareto.zin == "Een klacht kan in meer categorieën tellen: 8 klachten, 10 keer een categorie."
    with pytest.raises(ValueError, match="kunnen niet bij 3 klachten horen"):
        statistiek.pareto({"bejegening": 6}, klachten=3)


def test_pareto_of_a_year_without_klachten_has_no_shares() -> None:
    regels = statistiek.pareto({"b": 0, "a": 0}).regels
    assert regels["categorie"].tolist() == ["a", "b"]
    assert regels[["aandeel", "laag", "hoog", "cumulatief_aandeel"]].isna().all().all()
    with pytest.raises(ValueError, match="geen enkele waarde"):
        statistiek.pareto({})
