"""Control charts, runs, the chooser, and before and after: edges and refusals."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from klachten.analyse import statistiek

AANTALLEN = st.lists(st.integers(0, 30), min_size=2, max_size=30)


@settings(deadline=None, max_examples=30)
@given(AANTALLEN)
def test_limits_enclose_the_middle_and_outside_is_what_lies_beyond(aantallen: list[int]) -> None:
    gelijk = [10.0] * len(aantallen)
    for kaart in (
        statistiek.c_kaart(aantallen),
        statistiek.c_kaart(aantallen, exact=True),
        statistiek.u_kaart(aantallen, gelijk),
        statistiek.u_kaart(aantallen, gelijk, exact=True),
        statistiek.laney_u_kaart(aantallen, gelijk),
        statistiek.xmr_kaart(aantallen),
        statistiek.t_kaart(aantallen),
        statistiek.g_kaart(aantallen),
    ):
        punten = kaart.punten
        assert (punten["onder"] <= punten["midden"] + 1e-9).all()
        assert (punten["midden"] <= punten["boven"] + 1e-9).all()
        buiten = (punten["waarde"] > punten["boven"]) | (punten["waarde"] < punten["onder"])
        assert (punten["buiten"] == buiten).all()
        assert punten["nummer"].tolist() == list(range(1, len(aantallen) + 1))


def test_with_equal_exposure_a_u_chart_is_a_c_chart() -> None:
    aantallen = [3, 9, 4, 7, 5]
    c, u = statistiek.c_kaart(aantallen), statistiek.u_kaart(aantallen, [10] * 5)
    for kolom in ("waarde", "midden", "onder", "boven"):
        assert (u.punten[kolom] * 10).to_numpy() == pytest.approx(c.punten[kolom].to_numpy())


@settings(deadline=None, max_examples=30)
@given(st.floats(0, 200))
def test_exact_poisson_limits_leave_at_most_their_tail(gemiddelde: float) -> None:
    grenzen = statistiek.poisson_grenzen(gemiddelde)
    assert stats.poisson.sf(grenzen.boven, gemiddelde) <= 0.00135 + 1e-12
    assert grenzen.boven == 0 or stats.poisson.sf(grenzen.boven - 1, gemiddelde) > 0.00135 - 1e-12
    assert grenzen.onder == 0 or stats.poisson.cdf(grenzen.onder - 1, gemiddelde) < 0.00135 + 1e-12


def test_the_g_chart_by_hand() -> None:
    kaart = statistiek.g_kaart([14, 9, 22, 3])
    assert kaart.midden == 12
    assert kaart.punten["boven"].iloc[0] == pytest.approx(12 + 3 * math.sqrt(12 * 13))
    assert kaart.punten["onder"].iloc[0] == 0


def test_days_between_take_any_order_and_name_pairs_on_one_day() -> None:
    datums = [date(2026, 3, 1), date(2026, 1, 1), date(2026, 3, 1), date(2026, 1, 31)]
    assert statistiek.dagen_tussen(datums) == [30, 29, 0]
    assert "Van de 3 tussentijden is er 1 0 dagen" in statistiek.t_kaart([30, 29, 0]).uitleg
    assert statistiek.dagen_tussen([]) == []
    with pytest.raises(ValueError, match="kalenderdatum"):
        statistiek.dagen_tussen(["2026-01-01"])


def test_trajecten_between_klachten_are_spread_over_the_month() -> None:
    per_maand = {(2025, 12): 31.0, (2026, 1): 62.0}
    assert statistiek.trajecten_tussen([date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 5)], per_maand) == [30, 10]
    with pytest.raises(ValueError, match="maand 02-2026"):
        statistiek.trajecten_tussen([date(2026, 1, 5), date(2026, 2, 5)], per_maand)


def brute_runs(waarden: list[float], midden: float) -> tuple[int, int, int]:
    kanten = [w > midden for w in waarden if w != midden]
    langste = loop = kruisingen = 0
    for plaats, kant in enumerate(kanten):
        wissel = plaats > 0 and kant != kanten[plaats - 1]
        kruisingen += wissel
        loop = 1 if plaats == 0 or wissel else loop + 1
        langste = max(langste, loop)
    return len(kanten), langste, kruisingen


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
def test_runs_are_what_counting_them_gives(waarden: list[int]) -> None:
    uitkomst = statistiek.runs(waarden)
    midden = float(np.median(waarden))
    assert (uitkomst.n_bruikbaar, uitkomst.langste, uitkomst.kruisingen) == brute_runs(waarden, midden)
    assert uitkomst.genoeg == (uitkomst.n_bruikbaar >= 10)
    assert not uitkomst.signaal or uitkomst.genoeg


def test_all_points_on_the_median_give_no_signal() -> None:
    uitkomst = statistiek.runs([4, 4, 4])
    assert (uitkomst.n_bruikbaar, uitkomst.signaal) == (0, False)


@pytest.mark.parametrize(
    ("functie", "invoer", "zin"),
    [
        (statistiek.c_kaart, ([],), "geen enkele waarde"),
        (statistiek.c_kaart, ([1, -1],), "niet negatief"),
        (statistiek.u_kaart, ([1, 2], [10, 0]), "zonder blootstelling"),
        (statistiek.u_kaart, ([1, 2], [10]), "evenveel"),
        (statistiek.laney_u_kaart, ([1], [10]), "twee perioden"),
        (statistiek.xmr_kaart, ([1],), "twee waarden"),
        (statistiek.xmr_kaart, ([1, math.nan],), "moet een getal zijn"),
        (statistiek.t_kaart, ([3],), "drie klachten"),
        (statistiek.t_kaart, ([3, -1],), "niet negatief"),
        (statistiek.g_kaart, ([],), "geen enkele waarde"),
        (statistiek.runs, ([],), "geen enkele waarde"),
        (statistiek.poisson_grenzen, (-1,), "niet negatief"),
    ],
)
def test_impossible_charts_are_refused(functie: object, invoer: tuple, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        functie(*invoer)


def klachten_om_de(dagen: int, aantal: int) -> list[date]:
    return [date(2026, 1, 1) + timedelta(days=dagen * i) for i in range(aantal)]


@pytest.mark.parametrize(
    ("invoer", "soort", "in_waarom"),
    [
        ({"aantallen": [0, 0, 0]}, None, "geen klachten"),
        ({"aantallen": [1, 2, 0]}, "c", "exacte Poissongrenzen"),
        ({"aantallen": [1, 2, 0], "blootstelling": [10, 12, 9]}, "u", "exacte Poissongrenzen"),
        ({"aantallen": [1, 2, 2], "datums": klachten_om_de(15, 5)}, "t", "dagen tussen klachten"),
        ({"aantallen": [2, 3], "datums": klachten_om_de(0, 5)}, "c", "twee op een dag"),
        (
            {"aantallen": [2, 1], "datums": klachten_om_de(10, 3), "per_maand": {(2026, 1): 30.0}},
            "g",
            "trajecten tussen klachten",
        ),
        ({"aantallen": [5, 5, 5]}, "c", "trajecten is niet bekend"),
        ({"aantallen": [5, 9, 5], "blootstelling": [90, 100, 80]}, "u", "per traject"),
        ({"aantallen": [1500, 1900, 1000], "blootstelling": [9e4, 1e5, 8e4]}, "u'", "Laney"),
    ],
)
def test_the_chart_that_fits_the_numbers_is_chosen_and_explained(
    invoer: dict, soort: str | None, in_waarom: str
) -> None:
    keuze = statistiek.kies_kaart(**invoer)
    assert keuze.soort == soort
    assert in_waarom in keuze.waarom
    assert (keuze.kaart is None) == (soort is None)
    if keuze.kaart is not None:
        assert keuze.kaart.soort == soort


def test_before_and_after_without_a_comparison_has_no_index_and_says_why() -> None:
    zonder = statistiek.waargenomen_verandering(9, 40, 4, 42)
    assert (zonder.index_eb, zonder.kans_hoogstens) == (None, None)
    assert zonder.zin == (
        "Waargenomen verandering: van 9 naar 4 klachten; per traject een daling, van 9 op 40 naar 4 op 42 trajecten. "
        "Of dat toeval kan zijn, is niet te zeggen. Geen index: er is niets om mee te vergelijken."
    )
    assert "effect" not in zonder.zin
    prior = statistiek.schat_prior([3, 1, 4, 0], [40, 40, 40, 40])
    assert (prior.mu, prior.k) == (None, None)
    assert prior.reden == "Geen index: van categorieën en jaren met gegevens zijn er 4, nodig zijn er 5."
    assert statistiek.waargenomen_verandering(9, 40, 4, 42, prior).zin.endswith(prior.reden)
    assert statistiek.schat_prior([0] * 6, [40] * 6).mu is None
    assert statistiek.schat_prior([3, 1, 4, 0, 2, 0], [40, 40, 40, 40, 40, 0]).n == 5


def test_the_prior_is_found_back_from_simulated_categories() -> None:
    random = np.random.default_rng(2)
    blootstelling = random.uniform(20, 80, 4000)
    aantallen = random.poisson(random.gamma(4.0, 0.08 / 4.0, 4000) * blootstelling)
    prior = statistiek.schat_prior(aantallen.tolist(), blootstelling.tolist())
    assert prior.mu == pytest.approx(0.08, rel=0.05)
    assert prior.k == pytest.approx(4.0, rel=0.15)


def test_categories_that_differ_by_chance_only_shrink_all_the_way() -> None:
    prior = statistiek.schat_prior([4, 4, 4, 4, 4], [50] * 5)
    assert prior.k == math.inf
    uitkomst = statistiek.waargenomen_verandering(9, 50, 4, 50, prior)
    assert uitkomst.eb_verwacht == pytest.approx(4)
    assert uitkomst.index_eb == pytest.approx(1)
    assert uitkomst.kans_hoogstens == pytest.approx(stats.poisson.cdf(4, 4))


def test_the_index_removes_regression_to_the_mean() -> None:
    random = np.random.default_rng(3)
    kansen = random.gamma(4.0, 0.02, 20000)
    voor, na = random.poisson(kansen * 40), random.poisson(kansen * 40)
    prior = statistiek.schat_prior(voor.tolist(), [40.0] * len(voor))
    hoog = voor >= 6
    uitkomsten = [statistiek.waargenomen_verandering(int(v), 40, 1, 40, prior) for v in np.unique(voor[hoog])]
    verwacht = dict(zip(np.unique(voor[hoog]).tolist(), [u.eb_verwacht for u in uitkomsten], strict=True))
    assert na[hoog].sum() / voor[hoog].sum() < 0.8
    assert na[hoog].sum() / sum(verwacht[int(v)] for v in voor[hoog]) == pytest.approx(1, abs=0.03)


def test_before_and_after_at_zero() -> None:
    prior = statistiek.Prior(0.08, 4.0, 9, "gegeven")
    uitkomst = statistiek.waargenomen_verandering(0, 40, 0, 42, prior)
    assert (uitkomst.ratio.ratio, uitkomst.index_naief, uitkomst.index_eb) == (None, None, 0)
    with pytest.raises(ValueError, match="Zonder blootstelling"):
        statistiek.waargenomen_verandering(3, 0, 1, 40)
    with pytest.raises(ValueError, match="groter zijn dan 0"):
        statistiek.waargenomen_verandering(3, 40, 1, 40, statistiek.Prior(0.0, 4.0, 9, "gegeven"))
