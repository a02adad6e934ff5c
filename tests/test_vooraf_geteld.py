"""What the pages of the evaluation begin with is counted when the app starts, before anybody asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from klachten.register import Register
from klachten.scherm import opwarmen
from klachten.scherm.evaluatie import jaarbeeld, proces, termijnen, termijnjaar, vooraf
from klachten.scherm.evaluatie.keuze import Keuze, begin
from tests.evaluatieproef import VANDAAG, register_met
from tests.schermproef import open_pagina, tekst

PAGINAS = ("jaarbeeld", "termijnen", "proces")
TELT = (
    (jaarbeeld.analyse, "jaarbeeld"), (proces.analyse, "proces"), (termijnen.naleving, "bereken"),
    (termijnjaar.termijnuitsplitsing, "uitsplitsing"), (termijnjaar.termijnuitsplitsing, "per_maatregel"),
    (termijnjaar, "netten"), (termijnjaar, "doorlooptijd"),
)  # fmt: skip
"""What counts for these pages, each in the module by which a page asks it."""


@pytest.fixture(scope="module", autouse=True)
def driehonderd() -> Iterator[Register]:
    with register_met(300) as register:
        yield register


def count_no_more(*args: Any, **kwargs: Any) -> NoReturn:
    raise AssertionError("counted again")


def test_who_opens_a_page_first_waits_for_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    opwarmen.go_on()
    for waar, naam in TELT:
        monkeypatch.setattr(waar, naam, count_no_more)
    for naam in PAGINAS:
        proef = open_pagina(naam, als="carla")
        assert not proef.exception, naam
        assert len(tekst(proef)) > 1_000, naam
    # Another period was not counted before, so these do go by what is watched here.
    for naam in PAGINAS:
        assert open_pagina(naam, als="carla", periode="2024").exception, naam


def test_what_is_chosen_first_is_what_a_page_shows_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    gezien: list[Keuze] = []
    echt = jaarbeeld.beeld
    monkeypatch.setattr(jaarbeeld, "beeld", lambda keuze: gezien.append(keuze) or echt(keuze))
    assert not open_pagina("jaarbeeld", als="carla").exception
    assert gezien == [begin()]


def test_an_empty_register_has_nothing_to_count(register: Register, los_in_dit_register: None) -> None:
    vooraf.make()
    assert begin() is None
