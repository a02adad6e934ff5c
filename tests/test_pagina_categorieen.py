"""The page Categorieën: Pareto, years, outcomes, aspects, who complains; small numbers stay with the directie."""

from __future__ import annotations

import pytest

from klachten.register import Register
from tests import grafiekproef
from tests.evaluatieproef import VANDAAG, kies, register_met, specs, titels
from tests.schermproef import open_pagina


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.fixture(scope="module", autouse=True)
def veertig():
    with register_met(40) as register:
        yield register


def test_the_parts_stand_in_order_and_every_chart_has_its_table() -> None:
    proef = open_pagina("categorieen", als="carla")
    assert [kop.value for kop in proef.header] == [
        "Waarover gingen de klachten van 2025?",
        "Jaar na jaar",
        "Hoe liepen ze af?",
        "Waar ging het ook over?",
        "Wie klaagt, en langs welke weg?",
        "Nadere gegevens",
    ]
    tabellen = [deel for deel in proef.expander if deel.label == "Als tabel"]
    assert len(tabellen) == len(specs(proef)) == len(titels(proef)) == grafiekproef.check(proef)


def test_the_years_in_the_grid_are_those_of_the_register(veertig: Register) -> None:
    proef = open_pagina("categorieen", als="carla")
    per_jaar = next(deel.value for deel in proef.dataframe if "2023" in deel.value.columns)
    with veertig.cursor() as cursor:
        verwacht = cursor.execute(
            "SELECT COUNT(*) FROM klacht WHERE vervallen_op IS NULL AND EXTRACT(YEAR FROM ontvangen_op) = 2023"
        ).fetchall()[0][0]
    assert per_jaar["2023"].sum() == verwacht


def test_the_outcomes_add_up_to_the_klachten_of_the_year() -> None:
    proef = open_pagina("categorieen", als="carla")
    pareto = proef.dataframe[0].value
    uitkomsten = next(
        d.value
        for d in proef.dataframe
        if "Categorie" in d.value and "Marge van" not in d.value and "2025" not in d.value
    )
    assert uitkomsten.drop(columns="Categorie").to_numpy().sum() == pareto["Klachten"].sum()


def test_another_year_changes_the_page() -> None:
    proef = kies(open_pagina("categorieen", als="carla"), "jaar", "2024")
    assert not proef.exception
    assert proef.header[0].value == "Waarover gingen de klachten van 2024?"


def test_a_choice_without_klachten_says_so_and_keeps_the_years() -> None:
    proef = open_pagina("categorieen", als="carla", categorie="privacy", kanaal="gesprek", vestiging="utrecht")
    for jaar in ("2021", "2022", "2023"):
        kies(proef, "jaar", jaar)
        assert not proef.exception
        assert "Jaar na jaar" in [kop.value for kop in proef.header]
