"""Looking back: as of a day the register says what one says that holds only the facts up to that day."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten.analyse import vragen
from klachten.periode import Periode
from tests.beeldenproef import vergelijk
from tests.terugkijkproef import BEGIN, ZONDER_PEILDATUM, dossiers, evaluaties, rijen, vul


def test_every_question_looks_back_or_is_a_list_of_what_is_so_now() -> None:
    assert {naam for naam, vraag in vragen().items() if "peildatum" not in vraag.parameters} == ZONDER_PEILDATUM


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    klachten=st.lists(dossiers(), min_size=32, max_size=36),
    evaluatie=evaluaties(),
    dagen=st.lists(st.integers(5, 260), min_size=3, max_size=3, unique=True),
)
def test_as_of_a_day_only_what_happened_up_to_it_is_known(paar, klachten, evaluatie, dagen) -> None:
    """At least 300 random dossiers, three days of each: every question of analyse."""
    heel, geknipt = paar
    heel.begin()
    try:
        vul(heel, rijen(klachten, evaluatie))
        for dag, periode in zip(dagen, (None, Periode.van_jaar(2024), Periode.van_kwartaal(2024, 4)), strict=True):
            vergelijk(heel, geknipt, BEGIN + timedelta(dag), periode=periode, beeld=False)
    finally:
        heel.rollback()
