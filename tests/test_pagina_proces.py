"""The page Proces: the 18 steps as a map, what differs from the reglement down to the dossier, rework and workload."""

from __future__ import annotations

import pytest

from klachten.analyse.proces.grafieken import PLAATSEN, WEGEN
from tests.evaluatieproef import VANDAAG, kies, register_met, specs, titels
from tests.schermproef import open_pagina, tekst


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.fixture(scope="module", autouse=True)
def driehonderd():
    with register_met(300) as register:
        yield register


def test_the_map_has_every_step_once_on_its_own_place() -> None:
    assert sorted(PLAATSEN) == list(range(1, 19))
    assert len(set(PLAATSEN.values())) == 18
    assert {stap for weg in WEGEN for stap in weg} == set(PLAATSEN)


def test_the_parts_stand_in_order() -> None:
    proef = open_pagina("proces", als="carla")
    assert not proef.exception
    assert [kop.value for kop in proef.header] == [
        "De achttien stappen",
        "Stappen op volgorde",
        "Volgorden",
        "Wat moest over?",
        "Werklast",
        "Bij welke klachten staan de stappen niet op volgorde?",
    ]
    assert "ontvangen" in titels(proef)[0]


def test_the_map_says_in_words_what_it_shows() -> None:
    kaart = specs(open_pagina("proces", als="carla"))[0]
    for stap in range(1, 19):
        assert f"Stap {stap}, " in kaart["description"]


def test_behind_the_map_stands_a_table_of_18_steps() -> None:
    proef = open_pagina("proces", als="carla")
    tabel = next(deel.value for deel in proef.dataframe if "Sinds stap" in deel.value)
    assert list(tabel["Stap"]) == list(range(1, 19))


def test_deviations_lead_to_the_dossier_in_words() -> None:
    lijst = open_pagina("proces", als="carla").dataframe[-1].value
    assert lijst["Klachtnummer"].str.startswith("dossier?nummer=K2025").all()
    assert lijst["Wat is anders"].str.contains("Stap").all()
    analist = open_pagina("proces", als="hanna")
    assert [d for d in analist.dataframe if {"Klachtnummer", "Wie"} & set(d.value)] == []


@pytest.mark.parametrize(("wie", "namen"), [("carla", "Janssen"), ("anna", "Samen")])
def test_workload_names_people_for_the_directie_only(wie: str, namen: str) -> None:
    proef = open_pagina("proces", als=wie)
    werklast = next(deel.value for deel in proef.dataframe if "Open aan het eind" in deel.value)
    assert werklast["Wie"].str.contains(namen).any()
    assert wie == "carla" or not werklast["Wie"].str.contains("Janssen").any()


def test_another_year_and_a_second_page_of_deviations() -> None:
    proef = kies(open_pagina("proces", als="carla"), "jaar", "2024")
    assert not proef.exception
    proef.session_state["proces_blad"] = 2
    proef.run()
    assert not proef.exception


def test_a_year_without_klachten_says_so() -> None:
    proef = open_pagina(
        "proces", als="carla", categorie="privacy", kanaal="gesprek", indiener="overige", vestiging="utrecht"
    )
    gezien = set()
    for jaar in proef.selectbox(key="evaluatiefilter.periode.welke").options:
        kies(proef, "jaar", jaar)
        assert not proef.exception
        gezien.add("zijn er geen klachten" in tekst(proef))
    assert True in gezien
