"""The page Signalen: the chart that fits the numbers, and the rule that fired in words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.evaluatieproef import VANDAAG, kies, register_met, specs, titels
from tests.schermproef import open_pagina, tekst


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.fixture(scope="module", autouse=True)
def driehonderd():
    with register_met(300) as register:
        yield register


def test_it_says_first_whether_a_rule_fired_and_why_this_chart() -> None:
    proef = open_pagina("signalen", als="carla")
    assert not proef.exception
    kop = proef.header[0].value
    assert kop == "Geen signaal" or kop.startswith("Er ging")
    assert "Waarom deze grafiek?" in tekst(proef)
    assert len(titels(proef)) == 1


def test_the_points_outside_are_marked_by_shape_and_word() -> None:
    (kaart,) = specs(open_pagina("signalen", als="carla"))
    vormen = [laag["encoding"]["shape"] for laag in kaart["layer"] if "shape" in laag["encoding"]]
    assert vormen[0]["scale"]["range"] == ["circle", "triangle-up"]


@pytest.mark.parametrize("periode", ["maand", "kwartaal"])
@pytest.mark.parametrize("maanden", [36, 60, 120])
def test_every_period_and_every_length_gives_a_chart(periode: str, maanden: int) -> None:
    proef = open_pagina("signalen", als="carla")
    proef.selectbox(key="signalen_periode").select(periode).run()
    proef.selectbox(key="signalen_maanden").select(maanden).run()
    assert not proef.exception
    assert specs(proef)


def test_the_chart_follows_the_filter_down_to_nothing() -> None:
    proef = kies(open_pagina("signalen", als="carla"), "categorie", "privacy")
    assert not proef.exception
    kies(proef, "peildatum", date(2021, 1, 15))
    assert not proef.exception
    assert not specs(proef)
    assert "Geen signaal" in [kop.value for kop in proef.header]


def test_with_few_klachten_it_shows_the_days_between_them() -> None:
    proef = kies(open_pagina("signalen", als="carla"), "categorie", "bejegening")
    assert not proef.exception
    assert "dagen tussen klachten" in tekst(proef)
