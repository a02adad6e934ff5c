"""Small organisations beside each other: shown in groups, and nothing of one is computed back, also by a member."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.analyse.statistiek import controleer_onderdrukking, voeg_samen
from klachten.analyse.statistiek.samenvoegen import MINSTE_LEDEN


@pytest.mark.parametrize(
    ("cellen", "groepen"),
    [
        pytest.param([(20, 30), (40, 10), (5, 6)], ((2,), (0,), (1,)), id="none is small"),
        pytest.param([(20, 0), (0, 12)], ((1,), (0,)), id="a zero is not small"),
        pytest.param([(30, 3), (40, 2), (50, 4)], ((0, 1, 2),), id="three with few late"),
        pytest.param([(30, 3), (40, 20), (50, 30)], ((0, 1, 2),), id="one small takes the next two in"),
        pytest.param([(30, 3), (40, 2)], None, id="two can never be shown"),
        pytest.param([(30, 1), (40, 1), (50, 1), (60, 1)], None, id="all together too few"),
        pytest.param([(30, 4), (40, 1), (50, 1), (60, 9)], ((0, 1, 2, 3),), id="with its largest member left out: 6"),
        pytest.param([(3, 4), (2, 6), (4, 4), (40, 20)], ((3,), (0, 1, 2)), id="fewer than ten klachten"),
        pytest.param([(3,), (2,), (4,), (6,), (0,)], ((4,), (3,), (0, 1, 2)), id="counts against an exposure"),
        pytest.param([], (), id="nobody"),
    ],
)
def test_what_is_shown_together(cellen, groepen):
    grootte = [sum(rij) for rij in cellen]
    gevonden = voeg_samen(cellen, grootte)
    assert gevonden == groepen or (groepen and {frozenset(g) for g in gevonden} == {frozenset(g) for g in groepen})


def test_the_nearest_in_size_go_together():
    cellen = [(10 * i + 30, 4) for i in range(6)]
    groepen = voeg_samen(cellen, [sum(rij) for rij in cellen])
    assert groepen == ((0, 1, 2), (3, 4, 5))


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="Een cel"):
        voeg_samen([(-1, 3)], [2])
    with pytest.raises(ValueError, match="organisaties"):
        voeg_samen([(1, 3)], [])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), min_size=3, max_size=8))
@settings(max_examples=8, deadline=None)
def test_everybody_is_in_one_group_and_small_ones_are_never_alone(cellen):
    groepen = voeg_samen(cellen, [sum(rij) for rij in cellen])
    if groepen is None:
        return
    assert sorted(i for groep in groepen for i in groep) == list(range(len(cellen)))
    for groep in groepen:
        tellen = np.array([cellen[i] for i in groep])
        if len(groep) == 1:
            assert tellen.sum() >= 10
            assert not ((tellen > 0) & (tellen < 5)).any()
            continue
        assert len(groep) >= MINSTE_LEDEN
        # What one of them knows is its own row: of the others it then has the sums. The largest knows most.
        _holds(tellen)
        for eigen in set(tellen.argmax(axis=0).tolist()):
            _holds(np.delete(tellen, eigen, axis=0))


def _holds(tellen: np.ndarray) -> None:
    """The audit of onderdruk: all cells and totals of the members hidden, the sums of the group known."""
    kader = pd.DataFrame(tellen, columns=["op tijd", "te laat"])
    verborgen = np.ones((len(tellen) + 1, 3), dtype=bool)
    verborgen[-1] = False
    controle = controleer_onderdrukking(kader, verborgen)
    # A sum of 0 says that all are 0, which is no small number.
    open_ = controle[~controle["beschermd"] & (controle["hoog"] > 0)]
    assert open_.empty, (tellen.tolist(), open_.to_dict("records"))
