"""Klachten that were counted per day give the same curves as klachten one by one (statistiek 2)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from klachten.analyse import statistiek

RIJEN = st.lists(
    st.tuples(
        st.integers(0, 30), st.sampled_from(["afgesloten", "ingetrokken", None]), st.integers(0, 10), st.integers(0, 5)
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(rijen=RIJEN)
def test_a_count_stands_for_that_many_klachten(rijen: list[tuple[int, str | None, int, int]]) -> None:
    rijen = [(dagen + instap, einde, instap, n) for dagen, einde, instap, n in rijen]
    los = [rij[:3] for rij in rijen for _ in range(rij[3])]
    gewichten = [rij[3] for rij in rijen]
    een = statistiek.kaplan_meier([r[0] for r in los], [r[1] == "afgesloten" for r in los], [r[2] for r in los])
    twee = statistiek.kaplan_meier(
        [r[0] for r in rijen], [r[1] == "afgesloten" for r in rijen], [r[2] for r in rijen], gewichten=gewichten
    )
    assert (een.n, een.gebeurtenissen, een.mediaan) == (twee.n, twee.gebeurtenissen, twee.mediaan)
    if een.n:
        assert_frame_equal(een.tabel, twee.tabel, check_dtype=False)
        assert een.kans_binnen(12) == twee.kans_binnen(12)
    oorzaken = ("afgesloten", "ingetrokken")
    aj = statistiek.aalen_johansen([r[0] for r in los], [r[1] for r in los], [r[2] for r in los], oorzaken=oorzaken)
    aj2 = statistiek.aalen_johansen(
        [r[0] for r in rijen], [r[1] for r in rijen], [r[2] for r in rijen], oorzaken=oorzaken, gewichten=gewichten
    )
    assert_frame_equal(aj.tabel, aj2.tabel, check_dtype=False)


def test_a_count_must_be_a_count_and_there_must_be_one_each() -> None:
    with pytest.raises(ValueError, match="Een aantal klachten"):
        statistiek.kaplan_meier([3], [True], gewichten=[-1])
    with pytest.raises(ValueError, match="aantallen klachten"):
        statistiek.kaplan_meier([3], [True], gewichten=[1, 2])
