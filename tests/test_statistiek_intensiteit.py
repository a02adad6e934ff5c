"""Rates, ratios, trend and Holm: edges, refusals, and the same answer by another route."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from klachten.analyse import statistiek

AANTAL = st.integers(0, 120)
BLOOTSTELLING = st.floats(0.5, 1000)


@settings(deadline=None, max_examples=35)
@given(AANTAL, BLOOTSTELLING)
def test_garwood_bounds_leave_2_5_percent_on_each_side(aantal: int, blootstelling: float) -> None:
    uitkomst = statistiek.garwood(aantal, blootstelling, per=1)
    assert uitkomst.laag <= uitkomst.intensiteit <= uitkomst.hoog
    assert stats.poisson.cdf(aantal, uitkomst.hoog * blootstelling) == pytest.approx(0.025, abs=1e-9)
    if aantal:
        assert stats.poisson.sf(aantal - 1, uitkomst.laag * blootstelling) == pytest.approx(0.025, abs=1e-9)
    else:
        assert uitkomst.laag == 0


def test_a_rate_without_exposure_is_no_data() -> None:
    assert statistiek.garwood(0, 0).intensiteit is None
    assert statistiek.garwood(3, 0).hoog is None
    with pytest.raises(ValueError, match="blootstelling kan niet negatief zijn"):
        statistiek.garwood(3, -1)
    with pytest.raises(ValueError, match="moet een getal zijn"):
        statistiek.garwood(3, math.nan)


@settings(deadline=None, max_examples=45)
@given(AANTAL, BLOOTSTELLING, AANTAL, BLOOTSTELLING)
def test_ratio_interval_and_p_never_contradict(x1: int, t1: float, x2: int, t2: float) -> None:
    uitkomst = statistiek.rate_ratio(x1, t1, x2, t2)
    if x1 + x2 == 0:
        assert (uitkomst.ratio, uitkomst.laag, uitkomst.hoog, uitkomst.p) == (None, None, None, 1)
        return
    assert uitkomst.laag <= uitkomst.ratio <= uitkomst.hoog
    if not math.isclose(uitkomst.p, 0.05, rel_tol=1e-6):
        assert uitkomst.toeval_uitgesloten == (uitkomst.p < 0.05)
    andersom = statistiek.rate_ratio(x2, t2, x1, t1)
    assert andersom.p == pytest.approx(uitkomst.p)
    if uitkomst.laag > 0:
        assert andersom.hoog == pytest.approx(1 / uitkomst.laag)


def test_the_ratio_at_the_edges() -> None:
    geen_na = statistiek.rate_ratio(0, 150, 6, 150)
    assert (geen_na.ratio, geen_na.laag) == (0, 0)
    assert 0 < geen_na.hoog < 1
    assert geen_na.p == pytest.approx(2 * 0.5**6)
    geen_voor = statistiek.rate_ratio(6, 150, 0, 150)
    assert (geen_voor.ratio, geen_voor.hoog) == (math.inf, math.inf)
    assert geen_voor.laag == pytest.approx(1 / geen_na.hoog)
    assert statistiek.rate_ratio(0, 1, 0, 2).zin == statistiek.rate_ratio(4, 1, 5, 1).zin
    assert statistiek.rate_ratio(4, 1, 5, 1).zin == "te weinig om toeval uit te sluiten"
    assert geen_na.zin == "minder dan door toeval is te verklaren"
    assert geen_voor.zin == "meer dan door toeval is te verklaren"
    with pytest.raises(ValueError, match="Zonder blootstelling"):
        statistiek.rate_ratio(1, 0, 1, 1)


@pytest.mark.parametrize(("t1", "t2"), [(1, 1), (150, 140), (40, 300), (300, 7)])
def test_detectable_change_equals_trying_every_count(t1: float, t2: float) -> None:
    for voor in (0, 1, 5, 6, 12, 30):
        uitkomst = statistiek.waarneembare_verandering(voor, t1, t2)
        verwacht = voor * t2 / t1
        lager = [na for na in range(voor * 60 + 1) if na < verwacht]
        daling = [na for na in lager if statistiek.rate_ratio(na, t2, voor, t1).p < 0.05]
        assert uitkomst.daling_tot == (max(daling) if daling else None)
        stijging = uitkomst.stijging_vanaf
        assert stijging > verwacht
        assert statistiek.rate_ratio(stijging, t2, voor, t1).p < 0.05
        if stijging - 1 > verwacht:
            assert statistiek.rate_ratio(stijging - 1, t2, voor, t1).p >= 0.05


def test_detectable_change_in_words() -> None:
    zinnen = {voor: statistiek.waarneembare_verandering(voor).zin for voor in (0, 1, 5, 6, 12)}
    assert zinnen[12] == "Een verandering na 12 klachten zou pas opvallen bij 3 of minder (of bij 25 of meer)."
    assert zinnen[6].startswith("Een verandering na 6 klachten zou pas opvallen bij 0 (of bij ")
    assert zinnen[5].startswith("Na 5 klachten kan een daling niet opvallen: ook 0 kan toeval zijn; een stijging zou")
    assert zinnen[1].startswith("Na 1 klacht kan een daling niet opvallen: ook 0 kan toeval zijn;")
    assert zinnen[0] == "Na 0 klachten kan een daling niet opvallen; een stijging zou pas opvallen bij 6 of meer."
    assert not any("moet" in zin for zin in zinnen.values())
    assert statistiek.waarneembare_verandering(0).stijging_vanaf == 6


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 30), st.floats(5, 300)), min_size=3, max_size=8), st.integers(0, 3000))
def test_the_trend_is_the_maximum_of_the_poisson_likelihood(paren: list[tuple[int, float]], begin: int) -> None:
    jaren = [begin + i for i in range(len(paren))]
    x, t = np.array([p[0] for p in paren], float), np.array([p[1] for p in paren])
    uitkomst = statistiek.poisson_trend(jaren, x, t)
    if x.sum() == 0:
        assert (uitkomst.log_rr, uitkomst.se, uitkomst.rr) == (None, None, None)
        return
    if uitkomst.se is None:
        assert (x[1:].sum() == 0 and uitkomst.rr == 0) or (x[:-1].sum() == 0 and uitkomst.rr == math.inf)
        return
    midden = np.array(jaren) - np.mean(jaren)

    def min_log_likelihood(b: float) -> float:
        gewicht = t * np.exp(b * midden)
        return float(x.sum() * np.log(gewicht.sum()) - b * (x @ midden))

    breedte = 20
    gevonden = optimize.minimize_scalar(min_log_likelihood, bounds=(-breedte, breedte), options={"xatol": 1e-10})
    assert uitkomst.log_rr == pytest.approx(gevonden.x, abs=1e-5)
    assert uitkomst.laag <= uitkomst.rr <= uitkomst.hoog


def test_a_trend_without_change_is_exactly_flat() -> None:
    uitkomst = statistiek.poisson_trend([2021, 2022, 2023], [6, 8, 4], [60, 80, 40])
    assert uitkomst.log_rr == pytest.approx(0, abs=1e-12)
    assert uitkomst.pearson_chi2 == pytest.approx(0, abs=1e-12)
    assert uitkomst.p_wald == pytest.approx(1)
    assert uitkomst.vrijheidsgraden == 1


@pytest.mark.parametrize(
    ("jaren", "aantallen", "blootstellingen", "zin"),
    [
        ([2024], [3], [100], "twee verschillende jaren"),
        ([2024, 2024], [3, 2], [100, 90], "twee verschillende jaren"),
        ([2023, 2024], [3], [100, 90], "evenveel"),
        ([2023, 2024], [3, 2], [100, 0], "zonder blootstelling"),
        ([2023, 2024], [3, -2], [100, 90], "niet negatief"),
        ([], [], [], "geen enkele waarde"),
    ],
)
def test_an_impossible_trend_is_refused(jaren: list, aantallen: list, blootstellingen: list, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        statistiek.poisson_trend(jaren, aantallen, blootstellingen)


def test_holm_agrees_with_statsmodels_and_skips_what_was_not_tested() -> None:
    # Oracle: statsmodels 0.15 multipletests(method="holm").
    uitkomst = statistiek.holm([0.01, 0.04, None, 0.03, 0.005])
    assert uitkomst.aangepast == pytest.approx((0.03, 0.06, None, 0.06, 0.02))
    assert uitkomst.verworpen == (True, False, False, False, True)
    assert statistiek.holm([]).aangepast == ()
    assert statistiek.holm([0.9, 0.8]).aangepast == (1, 1)
    with pytest.raises(ValueError, match="tussen 0 en 1"):
        statistiek.holm([1.2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_keeps_the_order_and_never_lowers_a_p(p: list[float]) -> None:
    aangepast = statistiek.holm(p).aangepast
    assert all(a >= eigen for a, eigen in zip(aangepast, p, strict=True))
    volgorde = sorted(range(len(p)), key=lambda i: p[i])
    assert [aangepast[i] for i in volgorde] == sorted(aangepast)
