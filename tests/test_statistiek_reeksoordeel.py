"""One verdict on a series: what is clear is named at its place, what is chance is not, and the same twice."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.analyse.statistiek import oordeel_over_reeks, oordeel_over_splitsing
from klachten.analyse.statistiek.spreiding import binnen, staarten
from klachten.meting import simulatie_reeks

STABIEL = [2, 1, 3, 2, 2, 1, 2, 3, 1, 2, 2, 4, 1, 2, 0, 2, 3, 2, 1, 2, 2, 3, 2, 1, 1, 2, 3, 2, 0, 2, 3, 2, 2, 1, 2, 2]
GRILLIG = [0, 5, 1, 7, 0, 2, 6, 0, 1, 8, 2, 0, 6, 1, 0, 4, 7, 0, 1, 5, 0, 2, 8, 1, 0, 6, 1, 4, 0, 7, 0, 1, 6, 2, 0, 5]
SEIZOEN = [20, 24, 27, 28, 27, 24, 20, 16, 13, 12, 13, 16] * 3
UITSCHIETER = [*STABIEL[:10], 14, *STABIEL[11:]]
VERDUBBELD = [3, 4, 2, 5, 4, 3, 5, 4, 3] * 2 + [8, 7, 9, 8, 6, 10, 8, 7, 8] * 2
GELEEGD = [0 if maand == 4 else 1 for maand in range(36)]


@pytest.mark.parametrize(
    ("reeks", "blootstelling", "soort", "waar", "richting"),
    [
        pytest.param(STABIEL, None, None, None, None, id="stable"),
        pytest.param(GRILLIG, None, None, None, None, id="overdispersed but stable"),
        pytest.param(SEIZOEN, None, None, None, None, id="a yearly wave is no shift"),
        pytest.param(UITSCHIETER, None, "uitschieter", 10, "hoger", id="outlier"),
        pytest.param([0] * 20 + [9] + [0] * 15, None, "uitschieter", 20, "hoger", id="all in one month"),
        pytest.param([30] * 20 + [0] + [30] * 15, None, "uitschieter", 20, "lager", id="a month without any"),
        pytest.param(VERDUBBELD, None, "verschuiving", 18, "hoger", id="doubled halfway"),
        pytest.param(VERDUBBELD[::-1], None, "verschuiving", 18, "lager", id="halved halfway"),
        pytest.param(VERDUBBELD, [10] * 18 + [20] * 18, None, None, None, id="doubled with the exposure"),
        pytest.param(UITSCHIETER, GELEEGD, "uitschieter", 10, "hoger", id="a gap before the outlier"),
        pytest.param([0, *VERDUBBELD], [None, *[1] * 36], "verschuiving", 19, "hoger", id="the first month unknown"),
    ],
)
def test_the_verdict_on_series_made_by_hand(
    reeks: list[int], blootstelling: list | None, soort: str | None, waar: int | None, richting: str | None
) -> None:
    oordeel = oordeel_over_reeks(reeks, blootstelling)
    assert (oordeel.soort, oordeel.waar, oordeel.richting) == (soort, waar, richting)
    assert oordeel.opvallend == (soort is not None) == (oordeel.p <= 0.05)
    assert oordeel.reden == ""
    assert oordeel.dispersie >= 1


@pytest.mark.parametrize(
    ("reeks", "blootstelling", "zin"),
    [
        ([0] * 36, None, "minder dan 5 klachten"),
        ([1, 0, 0, 1, 0, 0, 1, 0, 1, 0], None, "minder dan 5 klachten"),
        ([5, 2, 4, 9, 1, 3, 2], None, "minder dan 8 perioden"),
        ([5, 2, 4, 9, 1, 3, 2, 4], [1, 1, 1, 1, 1, 1, 1, math.nan], "minder dan 8 perioden"),
        ([5] * 9, [0] * 9, "minder dan 8 perioden"),
    ],
)
def test_too_little_for_a_verdict_says_so(reeks: list[int], blootstelling: list | None, zin: str) -> None:
    oordeel = oordeel_over_reeks(reeks, blootstelling)
    assert zin in oordeel.reden
    assert oordeel.p is None
    assert not oordeel.opvallend
    assert (oordeel.soort, oordeel.waar, oordeel.richting) == (None, None, None)
    assert len(oordeel.verwacht) == len(reeks)


def test_the_expected_counts_have_one_level_or_two_and_nan_where_left_out() -> None:
    een = oordeel_over_reeks(UITSCHIETER, GELEEGD).verwacht
    assert math.isnan(een[4])
    assert len(set(een) - {een[4]}) == 1
    assert sum(een[:4] + een[5:]) == pytest.approx(sum(UITSCHIETER) - UITSCHIETER[4])
    twee = oordeel_over_reeks(VERDUBBELD, [2] * 36).verwacht
    assert twee == pytest.approx([sum(VERDUBBELD[:18]) / 18] * 18 + [sum(VERDUBBELD[18:]) / 18] * 18)


@pytest.mark.parametrize(
    ("reeks", "blootstelling", "zin"),
    [
        ([1, -1] * 8, None, "kan niet negatief zijn"),
        ([1, 1.5] * 8, None, "geheel getal"),
        ([1, math.nan] * 8, None, "geheel getal"),
        ([], None, "geen enkele waarde"),
        ([1] * 16, [1] * 15, "dat moeten er evenveel zijn"),
        ([1] * 16, [-1] * 16, "kan niet negatief zijn"),
        ([1] * 16, [math.inf] * 16, "moet een getal zijn"),
    ],
)
def test_impossible_input_is_refused_in_dutch(reeks: list, blootstelling: list | None, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        oordeel_over_reeks(reeks, blootstelling)


REEKSEN = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 40)), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(rijen=REEKSEN, maal=st.sampled_from([0.25, 1 / 3, 7, 1000]), zaad=st.integers(0, 5))
def test_the_unit_of_exposure_does_not_matter_and_the_same_seed_says_the_same(
    rijen: list[tuple[int, int]], maal: float, zaad: int
) -> None:
    reeks, blootstelling = [rij[0] for rij in rijen], [rij[1] for rij in rijen]
    een = oordeel_over_reeks(reeks, blootstelling, zaad=zaad)
    assert repr(een) == repr(oordeel_over_reeks(reeks, blootstelling, zaad=zaad))
    ander = oordeel_over_reeks(reeks, [b * maal for b in blootstelling], zaad=zaad)
    assert ander.p == (een.p if een.p is None else pytest.approx(een.p, abs=0.02))
    assert ander.verwacht == pytest.approx(een.verwacht, nan_ok=True) or een.opvallend != ander.opvallend
    if een.waar is not None:
        assert 0 <= een.waar < len(reeks)
        assert blootstelling[een.waar] > 0


@settings(max_examples=60, deadline=None)
@given(rijen=REEKSEN, leeg=st.lists(st.tuples(st.integers(0, 30), st.sampled_from([0, None, math.nan])), max_size=6))
def test_periods_without_exposure_change_nothing(rijen: list, leeg: list) -> None:
    # Without a season: a period that is left out does move the months after it within their year.
    reeks, blootstelling = [rij[0] for rij in rijen], [rij[1] + 1 for rij in rijen]
    kaal = oordeel_over_reeks(reeks, blootstelling, per_jaar=0)
    for plaats, geen in leeg:
        reeks.insert(plaats, 3)
        blootstelling.insert(plaats, geen)
    telt = [i for i, b in enumerate(blootstelling) if b and not math.isnan(b)]
    met = oordeel_over_reeks(reeks, blootstelling, per_jaar=0)
    assert (met.p, met.soort, met.richting, met.dispersie, met.reden) == (
        kaal.p,
        kaal.soort,
        kaal.richting,
        kaal.dispersie,
        kaal.reden,
    )
    assert met.waar == (None if kaal.waar is None else telt[kaal.waar])
    assert [met.verwacht[i] for i in telt] == list(kaal.verwacht)
    assert all(math.isnan(v) for i, v in enumerate(met.verwacht) if i not in telt)


def test_a_verdict_takes_less_than_thirty_milliseconds_of_processor() -> None:
    oordeel_over_reeks(GRILLIG)
    duren = []
    for _ in range(9):
        begin = time.process_time()
        oordeel_over_reeks(GRILLIG)
        duren.append(time.process_time() - begin)
    assert min(duren) < 0.03


def test_a_split_adjusts_for_its_number_of_series() -> None:
    grens = next(
        reeks
        for hoogte in range(4, 14)
        if 0.006 < oordeel_over_reeks(reeks := [*STABIEL[:10], hoogte, *STABIEL[11:]]).p <= 0.05
    )
    assert oordeel_over_splitsing({"a": grens})["a"].opvallend
    veel = oordeel_over_splitsing({"a": grens, "leeg": [0] * 36} | {f"b{i}": STABIEL for i in range(9)})
    assert veel["a"].p == pytest.approx(10 * oordeel_over_reeks(grens).p)
    assert not veel["a"].opvallend
    assert (veel["a"].soort, veel["a"].waar) == (None, None)
    assert veel["leeg"].p is None
    assert len(set(veel["a"].verwacht)) == 1


def test_a_clear_series_stands_in_a_split_of_any_size() -> None:
    veel = oordeel_over_splitsing({"a": VERDUBBELD} | {f"b{i}": STABIEL for i in range(60)}, [30] * 36)
    assert [naam for naam, oordeel in veel.items() if oordeel.opvallend] == ["a"]
    assert veel["a"].waar == 18


def test_a_split_has_exposure_per_name_or_refuses() -> None:
    per_naam = {"a": [10] * 18 + [20] * 18, "b": [1] * 36}
    samen = oordeel_over_splitsing({"a": VERDUBBELD, "b": VERDUBBELD}, per_naam)
    assert [samen[naam].opvallend for naam in "ab"] == [False, True]
    with pytest.raises(ValueError, match="Voor c is geen blootstelling"):
        oordeel_over_splitsing({"c": VERDUBBELD}, per_naam)


@pytest.mark.parametrize(("per_maand", "variantie", "seizoen"), [(1.25, 2, 0.0), (8, 1, 0.4)])
def test_a_stable_organisation_seldom_reads_a_claim(per_maand: float, variantie: float, seizoen: float) -> None:
    assert simulatie_reeks.vals_alarm(150, 1, per_maand, variantie, seizoen) <= 0.08


def test_a_doubling_of_two_a_month_is_found_as_often_as_promised() -> None:
    assert simulatie_reeks.gevonden(150, 1, 2, 1) >= 0.60


def test_drawn_series_have_the_mean_and_variance_asked_for() -> None:
    getrokken = simulatie_reeks.trek(np.random.default_rng(1), np.full(20_000, 4.0), 2)
    assert getrokken.mean() == pytest.approx(4, rel=0.05)
    assert getrokken.var() == pytest.approx(8, rel=0.08)
    assert simulatie_reeks.verloop(2, maal=2).tolist() == [2] * 18 + [4] * 18


@given(
    n=st.integers(1, 120),
    p=st.floats(0.001, 0.999),
    dispersie=st.one_of(st.just(1.0), st.floats(1.01, 200)),
    staart=st.floats(1e-6, 0.2),
)
def test_a_band_is_what_trying_every_count_finds(n: int, p: float, dispersie: float, staart: float):
    tails = [staarten(x, n, p, dispersie) for x in range(n + 1)]
    assert binnen(n, p, dispersie, staart) == (
        next(x for x in range(n + 1) if tails[x][0] > staart),
        next(x for x in range(n, -1, -1) if tails[x][1] > staart),
    )


def test_the_bands_of_a_large_picture_take_a_moment():
    begin = time.process_time()
    for maand in range(36):
        onder, boven = binnen(60_000, (1 + maand / 1000) / 36, 4.5, 0.05 / 72)
        assert onder < 60_000 * (1 + maand / 1000) / 36 < boven
    # Trying every count would take hours.
    assert time.process_time() - begin < 5
