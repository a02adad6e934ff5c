"""Looking back: as of a day the register says what one says that holds only the facts up to that day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, cycle

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klachten.analyse import vragen
from klachten.periode import Periode
from tests.beeldenproef import vergelijk
from tests.terugkijkproef import ZONDER_PEILDATUM, Gebeurtenis, dossiers, evaluaties, rijen, vul
from tests.verhaalterugblik import eves

DAGEN = 6
MORGEN = 3
"""So many days ahead is tomorrow."""
PERIODEN = (None, Periode.van_jaar(2024), Periode.van_kwartaal(2024, 4))


def test_every_question_looks_back_or_is_a_list_of_what_is_so_now() -> None:
    assert {naam for naam, vraag in vragen().items() if "peildatum" not in vraag.parameters} == ZONDER_PEILDATUM


Verzonnen = tuple[Sequence[Sequence[Gebeurtenis]], Sequence[Gebeurtenis]]
"""Dossiers and an evaluation."""


def _verzin() -> list[Verzonnen]:
    """Ten times some thirty random dossiers and an evaluation: as many as Hypothesis makes in one go."""
    uit: list[Verzonnen] = []

    @settings(
        max_examples=10, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(klachten=st.lists(dossiers(), min_size=32, max_size=36), evaluatie=evaluaties())
    def verzin(klachten, evaluatie) -> None:
        uit.append((klachten, evaluatie))

    verzin()
    return uit


def test_as_of_a_day_only_what_happened_up_to_it_is_known(paar) -> None:
    """At least 300 random dossiers, six days of each: every question of analyse.

    Asking costs the planning of the question, however many dossiers there are. So all of them are put together in one
    register: each dossier is looked at on more days than in many small ones, in less time. The days are those on which
    most would show.
    """
    heel, geknipt = paar
    klachten, evaluaties = zip(*_verzin(), strict=True)
    feiten, gezien = rijen([*chain(*klachten)], *evaluaties), 0
    heel.begin()
    try:
        vul(heel, feiten)
        for dag, periode in zip(eves(feiten, DAGEN, MORGEN), cycle(PERIODEN), strict=False):
            vergelijk(heel, geknipt, dag, periode=periode, beeld=False)
            gezien += sum(map(len, klachten))
    finally:
        heel.rollback()
    assert gezien >= 300 * DAGEN
