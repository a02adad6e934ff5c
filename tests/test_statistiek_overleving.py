"""Kaplan-Meier and Aalen-Johansen: edges, and the same answer by another route."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from klachten.analyse import statistiek

LOOPTIJDEN = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


@settings(deadline=None, max_examples=35)
@given(LOOPTIJDEN)
def test_kaplan_meier_agrees_with_scipy(paren: list[tuple[int, bool]]) -> None:
    dagen, gebeurd = [d for d, _ in paren], [g for _, g in paren]
    curve = statistiek.kaplan_meier(dagen, gebeurd)
    censored = stats.CensoredData(uncensored=[d for d, g in paren if g], right=[d for d, g in paren if not g])
    for dag, kans in zip(*_ecdf(censored), strict=True):
        punt = curve.overleving_op(dag)
        assert punt.kans == pytest.approx(kans)
        if punt.laag is not None:
            assert 0 <= punt.laag <= punt.kans <= punt.hoog <= 1
    assert curve.tabel["gebeurtenissen"].sum() + curve.tabel["gecensureerd"].sum() == len(paren)


def _ecdf(gegevens: stats.CensoredData) -> tuple[np.ndarray, np.ndarray]:
    sf = stats.ecdf(gegevens).sf
    return sf.quantiles, sf.probabilities


def test_the_edges_of_kaplan_meier() -> None:
    leeg = statistiek.kaplan_meier([], [])
    assert (leeg.mediaan, leeg.kans_binnen(14).kans, leeg.kwantiel(0.5)) == (None, None, None)
    alles_open = statistiek.kaplan_meier([3, 9, 9], [False, False, False])
    assert (alles_open.mediaan, alles_open.kans_binnen(14).kans) == (math.inf, 0)
    assert alles_open.kans_binnen(14).hoog is None
    een = statistiek.kaplan_meier([5], [True])
    assert (een.mediaan, een.mediaan_laag, een.mediaan_hoog) == (5, 5, math.inf)
    zelfde_dag = statistiek.kaplan_meier([0, 0, 0, 0], [True, True, False, False])
    assert zelfde_dag.overleving_op(0).kans == 0.5
    assert zelfde_dag.mediaan == 0
    assert zelfde_dag.overleving_op(0).onder_risico == 4
    # Exactly one half, although no product of floats is: 14/15 * ... * 8/9.
    half = statistiek.kaplan_meier(range(1, 17), [True] * 16)
    assert half.mediaan == 8


def test_events_come_before_censorings_on_the_same_day() -> None:
    curve = statistiek.kaplan_meier([14, 14], [True, False])
    assert curve.overleving_op(14).kans == 0.5
    assert curve.overleving_op(13.5).kans == 1


def test_a_curve_is_shown_only_where_five_are_at_risk() -> None:
    tabel = statistiek.kaplan_meier([1, 2, 3, 4, 5, 6], [True] * 6).tabel
    assert tabel["toonbaar"].tolist() == [True, True, False, False, False, False]


def test_delayed_entry_agrees_with_lifelines() -> None:
    # Oracle: lifelines 0.30 KaplanMeierFitter(entry=...); the same risk sets counted by hand.
    curve = statistiek.kaplan_meier(
        [4, 9, 15, 20, 22, 30, 41], [True, True, False, True, True, False, True], [0, 0, 0, 6, 10, 16, 18]
    )
    verwacht = {4: 2 / 3, 9: 4 / 9, 15: 4 / 9, 20: 1 / 3, 22: 2 / 9, 30: 2 / 9, 41: 0}
    assert {dag: curve.overleving_op(dag).kans for dag in verwacht} == pytest.approx(verwacht)
    assert [curve.overleving_op(dag).onder_risico for dag in (4, 9, 15, 20, 22, 30, 41)] == [3, 3, 3, 4, 3, 2, 1]
    assert curve.overleving_op(22).laag == pytest.approx(0.017091563606899847)


def test_delayed_entry_takes_away_the_bias_of_a_backlog() -> None:
    random = np.random.default_rng(5)
    duur, gemist = random.exponential(20, 6000), random.uniform(0, 40, 6000)
    gezien = duur > gemist
    met = statistiek.kaplan_meier(duur[gezien], gezien[gezien], gemist[gezien])
    zonder = statistiek.kaplan_meier(duur[gezien], gezien[gezien])
    waar = 1 - math.exp(-14 / 20)
    assert met.kans_binnen(14).kans == pytest.approx(waar, abs=0.03)
    assert zonder.kans_binnen(14).kans < waar - 0.15


@pytest.mark.parametrize(
    ("dagen", "gebeurd", "instap", "zin"),
    [
        ([-1], [True], None, "niet negatief"),
        ([math.nan], [True], None, "moet een getal zijn"),
        ([1, 2], [True], None, "evenveel"),
        ([3], [True], [5], "voordat zij in beeld kwam"),
        ([3], [None], None, "ja of nee"),
        ([3], ["ja"], None, "ja of nee"),
    ],
)
def test_impossible_times_are_refused(dagen: list, gebeurd: list, instap: list | None, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        statistiek.kaplan_meier(dagen, gebeurd, instap)


def test_aalen_johansen_agrees_with_lifelines() -> None:
    # Oracle: lifelines 0.30 AalenJohansenFitter (no ties: it cannot handle them): day, incidence, variance, low, high.
    verwacht = [
        (3, 0.1111111111111111, 0.010973936899862825, 0.006129241654632426, 0.38766475800858785),
        (8, 0.22222222222222218, 0.019204389574759943, 0.033711455050702485, 0.5130683238997297),
        (12, 0.3555555555555555, 0.02782990397805211, 0.08075588491762756, 0.6538033876248203),
        (30, 0.4888888888888888, 0.0313196159122085, 0.1453421996434192, 0.7668019036510595),
    ]
    curve = statistiek.aalen_johansen(
        [3, 5, 8, 9, 12, 15, 20, 21, 30],
        ["gesloten", "ingetrokken", "gesloten", None, "gesloten", "ingetrokken", "gesloten", None, None],
    )
    for dag, kans, variantie, laag, hoog in verwacht:
        punt = curve.kans_binnen("gesloten", dag)
        assert (punt.kans, punt.laag, punt.hoog) == pytest.approx((kans, laag, hoog))
        rij = curve.tabel[(curve.tabel["oorzaak"] == "gesloten") & (curve.tabel["dag"] == dag)].iloc[0]
        assert rij["variantie"] == pytest.approx(variantie)


EINDEN = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["a", "b", "c", None])), min_size=1, max_size=30)


@settings(deadline=None, max_examples=25)
@given(EINDEN)
def test_competing_ends_and_survival_add_up_to_one(paren: list[tuple[int, str | None]]) -> None:
    curve = statistiek.aalen_johansen([d for d, _ in paren], [o for _, o in paren], oorzaken=["a", "b", "c"])
    totaal = statistiek.kaplan_meier([d for d, _ in paren], [o is not None for _, o in paren])
    for dag in range(13):
        kansen = [curve.kans_binnen(oorzaak, dag) for oorzaak in curve.oorzaken]
        assert sum(p.kans for p in kansen) + curve.overleving_op(dag) == pytest.approx(1)
        assert curve.overleving_op(dag) == pytest.approx(totaal.overleving_op(dag).kans)
        for punt in kansen:
            assert punt.laag is None or 0 <= punt.laag <= punt.kans <= punt.hoog <= 1
    # Taking the other ends for censorings overstates: Kaplan-Meier is never lower.
    alleen_a = statistiek.kaplan_meier([d for d, _ in paren], [o == "a" for _, o in paren])
    assert curve.kans_binnen("a", 12).kans <= alleen_a.kans_binnen(12).kans + 1e-12


def test_with_one_kind_of_end_incidence_and_variance_are_those_of_kaplan_meier() -> None:
    dagen, einden = [0, 2, 2, 3, 5, 5, 8], ["x", "x", None, "x", "x", "x", None]
    curve = statistiek.aalen_johansen(dagen, einden)
    gewoon = statistiek.kaplan_meier(dagen, [o is not None for o in einden])
    assert curve.tabel["kans"].to_numpy() == pytest.approx(1 - gewoon.tabel["overleving"].to_numpy())
    n, d, s = (gewoon.tabel[k].to_numpy(float) for k in ("onder_risico", "gebeurtenissen", "overleving"))
    assert curve.tabel["variantie"].to_numpy() == pytest.approx(s**2 * np.cumsum(d / (n * (n - d))))


def test_the_variance_of_an_incidence_is_that_of_repeated_samples() -> None:
    random = np.random.default_rng(11)
    schattingen, varianties = [], []
    for _ in range(400):
        tijden = random.exponential([30, 60, 50], (80, 3))
        eerste = tijden.argmin(axis=1)
        einde = np.array(["gesloten", "ingetrokken", None], dtype=object)[eerste]
        curve = statistiek.aalen_johansen(tijden.min(axis=1), einde)
        rijen = curve.tabel[(curve.tabel["oorzaak"] == "gesloten") & (curve.tabel["dag"] <= 28)]
        schattingen.append(rijen["kans"].iloc[-1])
        varianties.append(rijen["variantie"].iloc[-1])
    waar = (1 / 30) / (1 / 30 + 1 / 60) * (1 - math.exp(-28 * (1 / 30 + 1 / 60)))
    assert np.mean(schattingen) == pytest.approx(waar, abs=0.01)
    assert np.mean(varianties) == pytest.approx(np.var(schattingen), rel=0.2)


def test_the_edges_of_aalen_johansen() -> None:
    leeg = statistiek.aalen_johansen([], [])
    assert leeg.kans_binnen("gesloten", 14).kans is None
    alles_open = statistiek.aalen_johansen([4, 5], [None, None], oorzaken=["gesloten"])
    assert alles_open.kans_binnen("gesloten", 14).kans == 0
    assert alles_open.overleving_op(14) == 1
    allen = statistiek.aalen_johansen([2, 2], ["a", "b"])
    assert (allen.kans_binnen("a", 2).kans, allen.kans_binnen("b", 2).kans, allen.overleving_op(2)) == (0.5, 0.5, 0)
    with pytest.raises(ValueError, match="'z' komt niet voor; wel: a, b"):
        allen.kans_binnen("z", 2)


def test_the_naive_figures_come_with_their_warning() -> None:
    uitkomst = statistiek.alleen_afgesloten([3, 5, 90], [True, True, False])
    assert (uitkomst.n, uitkomst.gemiddelde, uitkomst.mediaan) == (2, 4, 4)
    assert uitkomst.waarschuwing == "Alleen over wat is afgerond; 1 nog open telt niet mee, dus dit valt te laag uit."
    assert statistiek.alleen_afgesloten([90], [False]).gemiddelde is None
