"""Looking back: as of a day the register says what one says that holds only the facts up to that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain, cycle

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klachten.analyse import vragen
from klachten.periode import Periode
from tests.beeldenproef import vergelijk
from tests.terugkijkproef import BEGIN, ZONDER_PEILDATUM, Gebeurtenis, dossiers, evaluaties, rijen, vul

REGISTERS = 3
DAGEN = 4
PERIODEN = (None, Periode.van_jaar(2024), Periode.van_kwartaal(2024, 4))


def test_every_question_looks_back_or_is_a_list_of_what_is_so_now() -> None:
    assert {naam for naam, vraag in vragen().items() if "peildatum" not in vraag.parameters} == ZONDER_PEILDATUM


Verzonnen = tuple[Sequence[Sequence[Gebeurtenis]], Sequence[Gebeurtenis], Sequence[int]]
"""Dossiers, an evaluation, and days to look back from."""


def _verzin() -> list[Verzonnen]:
    """Ten times some thirty random dossiers, an evaluation and three days: as many as Hypothesis makes in one go."""
    uit: list[Verzonnen] = []

    @settings(
        max_examples=10, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        klachten=st.lists(dossiers(), min_size=32, max_size=36),
        evaluatie=evaluaties(),
        dagen=st.lists(st.integers(5, 260), min_size=3, max_size=3, unique=True),
    )
    def verzin(klachten, evaluatie, dagen) -> None:
        uit.append((klachten, evaluatie, dagen))

    verzin()
    return uit


def test_as_of_a_day_only_what_happened_up_to_it_is_known(paar) -> None:
    """At least 300 random dossiers, four days of each: every question of analyse.

    Asking costs the planning of the question, however many dossiers there are. So they are put together in a few
    registers of a hundred: each dossier is looked at on more days than in many small ones, in less time.
    """
    heel, geknipt = paar
    verzonnen, gezien = _verzin(), 0
    periode = cycle(PERIODEN)
    for deel in range(REGISTERS):
        klachten, evaluaties, dagen = zip(*verzonnen[deel::REGISTERS], strict=True)
        alle = sorted({*chain(*dagen)})
        heel.begin()
        try:
            vul(heel, rijen([*chain(*klachten)], *evaluaties))
            for dag in (alle[len(alle) * plek // DAGEN] for plek in range(DAGEN)):
                vergelijk(heel, geknipt, BEGIN + timedelta(dag), periode=next(periode), beeld=False)
                gezien += sum(map(len, klachten))
        finally:
            heel.rollback()
    assert gezien >= 300 * DAGEN
