"""The table of statuses, several maatregelen together, and the rates made of many terms."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from klachten.analyse import statistiek

ONTVANGEN = date(2026, 1, 5)
UITERLIJK = date(2026, 1, 19)
VOOR, OP, NA = date(2026, 1, 12), UITERLIJK, date(2026, 1, 20)


@pytest.mark.parametrize(
    ("gebeurd", "ingetrokken", "van_toepassing", "peildatum", "status"),
    [
        (OP, None, True, NA, "op tijd"),
        (ONTVANGEN, None, True, ONTVANGEN, "op tijd"),
        (NA, None, True, NA, "te laat"),
        (None, None, True, OP, "loopt"),
        (None, None, True, NA, "te laat, nog open"),
        (None, OP, True, NA, "n.v.t."),
        (None, NA, True, NA, "te laat"),
        (VOOR, NA, True, NA, "op tijd"),
        (None, None, False, NA, "n.v.t."),
        (None, None, None, OP, "onbepaald"),
        (None, None, None, NA, "onbepaald, termijn verstreken"),
        (None, VOOR, None, NA, "n.v.t."),
        (None, NA, None, NA, "onbepaald, termijn verstreken"),
        (date(2026, 1, 4), None, True, NA, "ongeldig"),
        # What lies after the peildatum is not known on it.
        (NA, None, True, OP, "loopt"),
        (None, NA, True, VOOR, "loopt"),
    ],
)
def test_the_status_follows_the_table(
    gebeurd: date | None, ingetrokken: date | None, van_toepassing: bool | None, peildatum: date, status: str
) -> None:
    termijn = statistiek.Termijn(ONTVANGEN, UITERLIJK, gebeurd, ingetrokken, van_toepassing)
    assert statistiek.bepaal_status(termijn, peildatum) == status
    assert status in statistiek.STATUSSEN


def test_impossible_terms_are_refused() -> None:
    with pytest.raises(ValueError, match="nog niet ontvangen"):
        statistiek.bepaal_status(statistiek.Termijn(ONTVANGEN, UITERLIJK), date(2026, 1, 4))
    with pytest.raises(ValueError, match="eindigt voor de ontvangst"):
        statistiek.bepaal_status(statistiek.Termijn(ONTVANGEN, date(2026, 1, 4)), NA)
    with pytest.raises(ValueError, match="niet negatief"):
        statistiek.uiterlijk_op(ONTVANGEN, -1)
    with pytest.raises(ValueError, match="tijdzone"):
        statistiek.lokale_datum("2026-07-01T22:00:00")


@pytest.mark.parametrize(
    ("gebeurd", "status"),
    [
        ([VOOR, OP], "op tijd"),
        ([VOOR, NA], "te laat"),
        ([VOOR, None], "te laat, nog open"),
        ([date(2026, 1, 1), None], "ongeldig"),
        ([], "n.v.t."),
    ],
)
def test_stap_11_is_met_only_when_all_maatregelen_are(gebeurd: list[date | None], status: str) -> None:
    termijn = statistiek.termijn_van_alle(ONTVANGEN, UITERLIJK, gebeurd)
    assert statistiek.bepaal_status(termijn, NA) == status


def test_without_a_decision_no_maatregelen_is_undetermined() -> None:
    termijn = statistiek.termijn_van_alle(ONTVANGEN, UITERLIJK, [], van_toepassing=None)
    assert statistiek.bepaal_status(termijn, OP) == "onbepaald"


def test_a_decreed_day_moves_the_due_date_only_under_the_termijnenwet() -> None:
    vrijdag = date(2026, 5, 15)
    assert statistiek.uiterlijk_op(date(2026, 5, 1), 14, termijnenwet=True) == vrijdag
    assert statistiek.uiterlijk_op(date(2026, 5, 1), 14, termijnenwet=True, extra=[vrijdag]) == date(2026, 5, 18)
    assert statistiek.uiterlijk_op(date(2026, 5, 1), 14, extra=[vrijdag]) == vrijdag


def test_rates_of_nothing_are_no_data() -> None:
    tarieven = statistiek.tarieven([], NA)
    assert tarieven.rijp.aandeel is None
    assert tarieven.kaplan_meier is None
    assert sum(tarieven.aantallen.values()) == 0


def test_who_was_never_decided_on_cannot_improve_the_score() -> None:
    termijnen = [statistiek.Termijn(ONTVANGEN, UITERLIJK, VOOR)] * 3
    termijnen += [statistiek.Termijn(ONTVANGEN, UITERLIJK, van_toepassing=None)]
    tarieven = statistiek.tarieven(termijnen, NA)
    assert (tarieven.rijp.x, tarieven.rijp.n, tarieven.onbepaald_verstreken) == (3, 3, 1)
    assert (tarieven.ondergrens.x, tarieven.ondergrens.n) == (3, 4)


def test_kaplan_meier_takes_terms_of_unequal_length_together() -> None:
    termijnen = [
        statistiek.Termijn(ONTVANGEN, ONTVANGEN + timedelta(days=dagen), ONTVANGEN + timedelta(days=na))
        for dagen, na in [(14, 14), (15, 15), (17, 16), (14, 15)]
    ]
    assert statistiek.tarieven(termijnen, date(2026, 3, 1)).kaplan_meier.kans == pytest.approx(0.75)


def test_only_matured_cohort_and_kaplan_meier_are_without_bias() -> None:
    """30 % late and 10 % never answered, seen halfway: closed-only is far too high, as the definitions say."""
    random = np.random.default_rng(8)
    begin, peildatum = date(2026, 1, 1), date(2026, 12, 31)
    termijnen = []
    for dag in random.integers(0, 365, 6000):
        ontvangen = begin + timedelta(days=int(dag))
        duur = int(random.integers(0, 15) if random.random() < 0.7 else random.integers(15, 60))
        gebeurd = None if random.random() < 0.1 else ontvangen + timedelta(days=duur)
        termijnen.append(statistiek.Termijn(ontvangen, ontvangen + timedelta(days=14), gebeurd))
    tarieven = statistiek.tarieven([t for t in termijnen if t.ontvangen_op <= peildatum], peildatum)
    assert tarieven.rijp.aandeel == pytest.approx(0.63, abs=0.02)
    assert tarieven.kaplan_meier.kans == pytest.approx(0.63, abs=0.02)
    assert tarieven.afgerond.aandeel > 0.69
    assert tarieven.rijp.aandeel < tarieven.met_te_laat_open.aandeel < tarieven.afgerond.aandeel
    assert sum(tarieven.aantallen.values()) == 6000
