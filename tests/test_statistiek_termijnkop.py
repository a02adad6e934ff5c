"""The headline "op tijd": hand-computed cases, its words, and that it is made of the terms as the counts are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.analyse import statistiek
from klachten.analyse.statistiek import Termijn, termijnkop

ONTVANGEN = date(2026, 1, 5)
UITERLIJK = date(2026, 1, 19)
OP_TIJD, LAAT, PEILDATUM = date(2026, 1, 12), date(2026, 1, 25), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("telling", "w", "noemer"),
    [
        # op_tijd, rijp, onbeslist, beslist, in_tak, laat_beslist, laat_in_tak
        ((42, 45, 5, 60, 45, 0, 0), 0.75, 48.75),  # no day of decision known: w = a = 45/60
        ((42, 45, 5, 60, 45, 6, 3), 0.5625, 47.8125),  # (3 + 1.5) / 8
        ((2, 3, 10, 40, 4, 8, 0), 0.02, 3.2),  # (0 + 0.2) / 10
        ((2, 3, 10, 40, 4, 2, 2), 0.55, 8.5),  # (2 + 0.2) / 4
        ((0, 0, 4, 10, 5, 0, 0), 0.5, 2.0),  # nothing matured, but half of four is expected to
        ((7, 9, 0, 12, 9, 3, 1), 0.5, 9.0),  # nothing undecided: the matured rate
    ],
)
def test_the_headline_by_hand(telling: tuple[int, ...], w: float, noemer: float) -> None:
    kop = termijnkop(*telling)
    assert (kop.w, kop.n) == (pytest.approx(w), pytest.approx(noemer))
    assert kop.aandeel == pytest.approx(telling[0] / noemer)
    assert (kop.x, kop.te_laat, kop.onbeslist) == (telling[0], telling[1] - telling[0], telling[2])
    # Wilson's bounds are the roots of (x/n - p)^2 = z^2 p (1 - p) / n, with the real n.
    for p in (kop.laag, kop.hoog):
        if 0 < p < 1:
            assert (kop.aandeel - p) ** 2 == pytest.approx(1.959963984540054**2 * p * (1 - p) / noemer)


@pytest.mark.parametrize(
    "telling", [(0, 0, 0, 0, 0, 0, 0), (0, 0, 6, 0, 0, 0, 0), (0, 0, 3, 10, 0, 4, 0), (0, 0, 0, 9, 0, 0, 0)]
)
def test_nobody_decided_or_nothing_expected_is_no_data(telling: tuple[int, ...]) -> None:
    kop = termijnkop(*telling)
    assert (kop.aandeel, kop.laag, kop.hoog, kop.n) == (None, None, None, 0)
    assert kop.zin.startswith("geen gegevens")


@pytest.mark.parametrize(
    ("op_tijd", "rijp", "onbeslist", "zin"),
    [
        (42, 45, 5, "42 op tijd, 3 te laat; over 5 is na de termijn nog niet beslist, die tellen mee naar verwachting"),
        (42, 45, 1, "42 op tijd, 3 te laat; over 1 is na de termijn nog niet beslist, die telt mee naar verwachting"),
        (1, 1, 0, "1 op tijd, 0 te laat"),
        (0, 2, 0, "0 op tijd, 2 te laat"),
        (41_234, 41_235, 0, "41.234 op tijd, 1 te laat"),
    ],
)
def test_the_headline_in_words(op_tijd: int, rijp: int, onbeslist: int, zin: str) -> None:
    assert termijnkop(op_tijd, rijp, onbeslist, 60_000, 50_000, 0, 0).zin == zin


def test_no_data_in_words_still_names_the_undecided() -> None:
    assert termijnkop(0, 0, 0, 0, 0, 0, 0).zin == "geen gegevens"
    assert termijnkop(0, 0, 2, 0, 0, 0, 0).zin == "geen gegevens; over 2 is na de termijn nog niet beslist"


@pytest.mark.parametrize(
    "telling",
    [
        (3, 2, 0, 2, 2, 0, 0),
        (1, 2, -1, 2, 2, 0, 0),
        (1, 2, 0, 2, 3, 0, 0),
        (1, 2, 0, 2, 2, 3, 0),
        (1, 2, 0, 2, 1, 2, 2),
        (1, 2, 0.5, 2, 2, 0, 0),
    ],
)
def test_counts_that_cannot_be_are_refused(telling: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"kan niet|geheel getal"):
        termijnkop(*telling)


TERMIJNEN = st.lists(
    st.builds(
        lambda dag, e, w, tak, besluit: Termijn(
            ONTVANGEN + timedelta(days=dag),
            ONTVANGEN + timedelta(days=dag + 14),
            None if e is None else ONTVANGEN + timedelta(days=dag + e),
            None if w is None else ONTVANGEN + timedelta(days=dag + w),
            tak,
            None if besluit is None or tak is None else ONTVANGEN + timedelta(days=dag + besluit),
        ),
        st.integers(0, 40),
        st.none() | st.integers(-1, 40),
        st.none() | st.integers(0, 40),
        st.none() | st.booleans(),
        st.none() | st.integers(0, 60),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=80)
@given(TERMIJNEN, st.integers(40, 70))
def test_the_headline_of_terms_lies_between_the_lower_bound_and_the_matured_rate(
    termijnen: list[Termijn], dag: int
) -> None:
    uitkomst = statistiek.tarieven(termijnen, ONTVANGEN + timedelta(days=dag))
    kop = uitkomst.kop
    assert (kop.x, kop.x + kop.te_laat) == (uitkomst.rijp.x, uitkomst.rijp.n)
    assert kop.onbeslist == uitkomst.onbepaald_verstreken
    if kop.onbeslist == 0:
        assert (kop.aandeel, kop.laag, kop.hoog, kop.n) == (
            uitkomst.rijp.aandeel, uitkomst.rijp.laag, uitkomst.rijp.hoog, uitkomst.rijp.n,
        )  # fmt: skip
    if kop.aandeel is not None:
        assert uitkomst.ondergrens.aandeel <= kop.aandeel + 1e-12
        assert uitkomst.rijp.aandeel is None or kop.aandeel <= uitkomst.rijp.aandeel + 1e-12
        assert kop.laag <= kop.aandeel <= kop.hoog


@settings(deadline=None, max_examples=80)
@given(TERMIJNEN, st.integers(40, 70))
def test_what_is_after_the_peildatum_changes_nothing(termijnen: list[Termijn], dag: int) -> None:
    peildatum = ONTVANGEN + timedelta(days=dag)

    def tot(d: date | None) -> date | None:
        return d if d is not None and d <= peildatum else None

    geknipt = [
        Termijn(
            t.ontvangen_op,
            t.uiterlijk_op,
            tot(t.gebeurd_op),
            tot(t.ingetrokken_op),
            None if t.beslist_op is not None and t.beslist_op > peildatum else t.van_toepassing,
            tot(t.beslist_op),
        )
        for t in termijnen
    ]
    assert statistiek.tarieven(termijnen, peildatum) == statistiek.tarieven(geknipt, peildatum)


def test_the_headline_counts_late_decisions_of_the_matured_cohort_only() -> None:
    beslist = [
        Termijn(ONTVANGEN, UITERLIJK, OP_TIJD, None, True, OP_TIJD),  # early, in the branch, on time
        Termijn(ONTVANGEN, UITERLIJK, LAAT, None, True, LAAT),  # decided late, in the branch
        Termijn(ONTVANGEN, UITERLIJK, None, None, False, LAAT),  # decided late, not in the branch
        Termijn(ONTVANGEN, UITERLIJK, None, None, False, UITERLIJK),  # the due day itself is not late
        Termijn(ONTVANGEN, UITERLIJK, None, None, False),  # day unknown
    ]
    niet_rijp = [Termijn(PEILDATUM, PEILDATUM, PEILDATUM, None, True, PEILDATUM)]
    onbeslist = [
        Termijn(ONTVANGEN, UITERLIJK, None, None, None),
        Termijn(ONTVANGEN, UITERLIJK, None, None, False, PEILDATUM + timedelta(days=1)),  # unknown on the peildatum
    ]
    zonder_termijn = [Termijn(ONTVANGEN, None, OP_TIJD, None, True, OP_TIJD)]
    kop = statistiek.tarieven(beslist + niet_rijp + onbeslist + zonder_termijn, PEILDATUM).kop
    # L = 2, L1 = 1, a = 2/5, U = 2: w = (1 + 0.8) / 4 = 0.45, denominator 2 + 0.9.
    assert (kop.x, kop.te_laat, kop.onbeslist) == (1, 1, 2)
    assert (kop.w, kop.n, kop.aandeel) == (pytest.approx(0.45), pytest.approx(2.9), pytest.approx(1 / 2.9))


@pytest.mark.parametrize(
    ("uiterlijk", "gebeurd", "ingetrokken", "van_toepassing", "status"),
    [
        (None, OP_TIJD, None, True, "n.v.t."),
        (None, None, None, None, "n.v.t."),
        (UITERLIJK, OP_TIJD, date(2026, 1, 10), True, "n.v.t."),  # the letter went out within the term, but too late
        (UITERLIJK, LAAT, date(2026, 1, 10), True, "n.v.t."),
        (UITERLIJK, OP_TIJD, OP_TIJD, True, "op tijd"),  # on the day of the withdrawal
        (UITERLIJK, date(2026, 1, 26), LAAT, True, "te laat"),
        (UITERLIJK, LAAT, date(2026, 1, 26), True, "te laat"),
        (UITERLIJK, date(2026, 1, 1), date(2026, 1, 10), True, "ongeldig"),
        (UITERLIJK, date(2026, 2, 2), date(2026, 2, 1), None, "onbepaald, termijn verstreken"),
    ],
)
def test_withdrawal_and_no_due_date(
    uiterlijk: date | None, gebeurd: date | None, ingetrokken: date | None, van_toepassing: bool | None, status: str
) -> None:
    termijn = Termijn(ONTVANGEN, uiterlijk, gebeurd, ingetrokken, van_toepassing)
    assert statistiek.bepaal_status(termijn, PEILDATUM) == status
