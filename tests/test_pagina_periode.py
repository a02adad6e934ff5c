"""Choosing a period on a page, and going from a number to its klachten, as a reader does."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

import pytest

from klachten.analyse.basis.selectie import Filter
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.register import Register
from tests.evaluatieproef import VANDAAG, register_met
from tests.schermproef import open_pagina, tekst

SOORT, WELKE, DAGEN = (f"evaluatiefilter.periode.{naam}" for naam in ("soort", "welke", "dagen"))


@pytest.fixture(scope="module")
def veertig() -> Iterator[Register]:
    """A register with forty klachten."""
    with register_met(40) as register:
        yield register


@pytest.fixture(autouse=True)
def op_die_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the register was made."""
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


def test_a_kind_of_period_goes_to_the_one_in_which_the_present_one_ends(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", periode="2025")
    for soort, sleutel, zin in (
        ("kwartaal", "2025-K4", "In het vierde kwartaal van 2025 "),
        ("maand", "2025-12", "In december 2025 "),
        ("dagen", "2025-12", "In december 2025 "),
        ("jaar", "2025", "In 2025 "),
    ):
        proef.selectbox(key=SOORT).select(soort).run()
        assert not proef.exception
        assert proef.query_params.get("periode", "2025") == sleutel
        assert zin in tekst(proef)
    proef.selectbox(key=SOORT).select("dagen").run()
    proef.date_input(key=DAGEN).set_value((date(2024, 11, 1), date(2025, 10, 31))).run()
    assert "In de periode 1 november 2024 tot en met 31 oktober 2025 " in tekst(proef)
    assert proef.query_params["periode"] == "2024-11-01_2025-10-31"


@pytest.mark.parametrize("pagina", ["jaarbeeld", "termijnen", "categorieen", "opvolging", "proces"])
@pytest.mark.parametrize("sleutel", ["2025-K3", "2025-02", "2024-11-01_2025-10-31", "2024-01-01_2025-12-31"])
def test_every_page_is_of_the_period(veertig: Register, pagina: str, sleutel: str) -> None:
    proef = open_pagina(pagina, als="carla", periode=sleutel)
    assert not proef.exception
    assert proef.query_params["periode"] == sleutel
    if pagina != "proces":  # which names what it shows, and says the period above it
        assert Periode.lees(sleutel).naam in tekst(proef)


@pytest.mark.parametrize(
    ("sleutel", "zin"),
    [
        ("2031", "Op 22 november 2026 was 2031 nog niet begonnen; u ziet 2025."),
        ("2026-12", "Op 22 november 2026 was december 2026 nog niet begonnen; u ziet 2025."),
        *dict.fromkeys(
            # Other figures than the address asks for never come without a word.
            itertools.product(
                ("2025-K9", "<script>", "2025-02-30_2025-03-01", "1900-01-01_1900-12-31", "2025-03-31_2025-03-01"),
                ("De periode in dit adres is niet te lezen, of kan niet; u ziet 2025.",),
            )
        ),
        ("", ""),
    ],
)  # fmt: skip
def test_a_period_that_is_none_or_still_to_come_gives_the_usual_year(veertig: Register, sleutel: str, zin: str) -> None:
    proef = open_pagina("jaarbeeld", als="carla", periode=sleutel)
    assert not proef.exception
    assert (proef.selectbox(key=SOORT).value, proef.selectbox(key=WELKE).value) == ("jaar", "2025")
    assert zin in tekst(proef)
    assert ("u ziet 2025." in tekst(proef)) == bool(zin)


def test_days_and_a_peildatum_that_do_not_go_together_are_not_passed_over_in_silence(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", periode="2024-11-01_2025-10-31")
    proef.date_input(key=DAGEN).set_value((date(2026, 12, 1), date(2026, 12, 15))).run()
    assert "was de periode 1 december 2026 tot en met 15 december 2026 nog niet begonnen" in tekst(proef)
    proef = open_pagina("jaarbeeld", als="carla", periode="2025-K3")
    proef.date_input(key="evaluatiefilter.peildatum").set_value(date(2025, 3, 1)).run()
    assert "Op 1 maart 2025 was het derde kwartaal van 2025 nog niet begonnen; u ziet 2024." in tekst(proef)
    proef.run()
    assert "nog niet begonnen" not in tekst(proef)


def test_the_list_behind_a_number_shows_as_many_as_its_reader_may_see(veertig: Register) -> None:
    telling = Telling(peildatum=VANDAAG, periode=Periode.van_jaar(2025), filter=Filter())
    with veertig.cursor() as cursor:
        alle = telling.aantal(cursor)
    assert alle > 3
    proef = open_pagina("klachten", als="joris", **telling.adres)
    assert f"{alle} klachten" in tekst(proef)
    gezegd = tekst(proef).replace("\\", "")
    assert "De klachten achter een cijfer: ontvangen in 2025, zoals het op 22 november 2026 stond." in gezegd
    beperkt = open_pagina("klachten", als="bas", **telling.adres)
    assert not re.search(rf"\b{alle} klachten", tekst(beperkt))
    proef.button(key="klachten.telling_weg").click().run()
    assert "achter een cijfer" not in tekst(proef)
