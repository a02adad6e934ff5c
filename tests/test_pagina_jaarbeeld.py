"""The page Jaarbeeld: a year as a story, in every size of register, for every role; and the filter that pages share."""

from __future__ import annotations

import re
from datetime import date

import pytest

from klachten.register import Register
from tests import grafiekproef
from tests.evaluatieproef import EVALUATIE, MATEN, VANDAAG, WEERGAVEN, kies, open_weergave, register_met, specs, titels
from tests.schermproef import open_pagina, tekst
from tests.taalproef import codes, getalfouten, van_alle


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.fixture(scope="module")
def veertig():
    with register_met(40) as register:
        yield register


@pytest.mark.parametrize("aantal", MATEN)
@pytest.mark.parametrize("pagina", WEERGAVEN)
def test_every_page_reads_well_in_every_size_of_register(pagina: str, aantal: int) -> None:
    with register_met(aantal):
        proef = open_weergave(pagina, "carla")
        assert not proef.exception
        assert not proef.error
        if not aantal:
            assert "Het register is nog leeg" in tekst(proef)
        else:
            assert len(proef.header) >= 1
        gezegd = tekst(proef) + " ".join(titels(proef))
        assert not re.search(r"\b(nan|NaN|None|inf|<NA>)\b", gezegd)
        assert not getalfouten(gezegd)
        cellen = [waarde for deel in proef.dataframe for waarde in deel.value.astype(object).to_numpy().ravel()]
        cellen += [str(kolom) for deel in proef.dataframe for kolom in deel.value.columns]
        # Behind each chart a table that says what it says, and words for who does not see it.
        assert grafiekproef.check(proef) == len(specs(proef))
        assert not codes(gezegd + "\n" + van_alle(waarde for waarde in cellen if "dossier?" not in str(waarde)))


def test_all_findings_are_one_click_lower_what_stands_out_first(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", deel="bevindingen")
    assert not proef.exception
    assert [kop.value for kop in proef.header] == ["Wat opvalt", "Wat niet opvalt"]
    assert "In 2025 " in tekst(proef)


def test_every_chart_states_its_finding(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", deel="cijfers")
    assert not proef.exception
    assert len(titels(proef)) == len(specs(proef)) == grafiekproef.check(proef) > 0


def test_the_flow_balances(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", deel="cijfers")
    stroom = next(deel.value for deel in proef.dataframe if "Wat" in deel.value and "2025" in deel.value)
    per = dict(zip(stroom["Wat"], stroom["2025"], strict=True))
    erbij = per["Open aan het begin"] + per["Ontvangen"] + per["Heropend"]
    eruit = sum(per[naam] for naam in ("Afgesloten", "Niet in behandeling", "Ingetrokken", "Vervallen (vergissing)"))
    assert erbij == eruit + per["Open aan het eind"]


def test_another_year_and_another_peildatum_change_the_figures(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", deel="bevindingen")
    kies(proef, "jaar", "2024")
    assert not proef.exception
    assert "In 2024 " in tekst(proef)
    assert proef.query_params["periode"] == "2024"
    kies(proef, "peildatum", date(2024, 6, 30))
    assert not proef.exception
    assert "tot en met de peildatum" in tekst(proef)
    assert proef.query_params["peildatum"] == "2024-06-30"


@pytest.mark.parametrize(("naam", "waarde"), [("vestiging", "weert"), ("indiener", "klant"), ("kanaal", "e-mail")])
def test_a_finer_choice_is_said_and_kept_as_an_id(veertig: Register, naam: str, waarde: str) -> None:
    proef = open_pagina("jaarbeeld", als="carla")
    kies(proef, naam, waarde)
    assert not proef.exception
    assert proef.query_params[naam] == waarde
    assert "Alleen" in tekst(proef)
    proef.button(key="evaluatiefilter.wis").click().run()
    assert not proef.exception
    assert naam not in proef.query_params


def test_the_choice_survives_a_change_of_page_through_the_address(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla")
    kies(proef, "jaar", "2023")
    kies(proef, "vestiging", "utrecht")
    proef.switch_page("../../pages/evaluatie/categorieen.py")
    proef.run()
    assert not proef.exception
    assert proef.title[0].value == "Categorieën"
    assert proef.selectbox(key="evaluatiefilter.periode.welke").value == "2023"
    assert proef.selectbox(key="evaluatiefilter.vestiging").value == "utrecht"
    assert proef.query_params["periode"] == "2023"


def test_the_address_opens_the_same_choice_and_ignores_what_is_not_offered(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", jaar="2023", vestiging="weert", peildatum="2025-02-01")
    assert proef.selectbox(key="evaluatiefilter.periode.welke").value == "2023"
    assert proef.selectbox(key="evaluatiefilter.vestiging").value == "weert"
    assert proef.date_input(key="evaluatiefilter.peildatum").value == date(2025, 2, 1)
    vreemd = open_pagina("jaarbeeld", als="carla", jaar="1066", vestiging="'; DROP", peildatum="gisteren", set="x.y")
    assert not vreemd.exception
    assert vreemd.selectbox(key="evaluatiefilter.vestiging").value == ""
    assert vreemd.date_input(key="evaluatiefilter.peildatum").value == VANDAAG
    assert "jaar" not in vreemd.query_params


def test_a_year_without_klachten_gives_a_story_too(veertig: Register) -> None:
    proef = open_pagina("jaarbeeld", als="carla", kanaal="opdrachtgever")
    for jaar in proef.selectbox(key="evaluatiefilter.periode.welke").options:
        kies(proef, "jaar", jaar)
        assert not proef.exception


@pytest.mark.parametrize("wie", ["anna", "frank", "hanna"])
@pytest.mark.parametrize("pagina", EVALUATIE)
def test_who_may_open_the_evaluation_reads_it(veertig: Register, pagina: str, wie: str) -> None:
    proef = open_pagina(pagina, als=wie)
    assert not proef.exception
    assert not proef.error


@pytest.mark.parametrize("wie", ["bas", "eva", "gijs", "iris"])
def test_who_has_no_business_here_reads_a_refusal(veertig: Register, wie: str) -> None:
    proef = open_pagina("jaarbeeld", als=wie)
    assert proef.error
    assert not proef.dataframe


@pytest.mark.parametrize("pagina", EVALUATIE)
def test_the_analist_sees_no_names_and_no_links_to_dossiers(veertig: Register, pagina: str) -> None:
    proef = open_pagina(pagina, als="hanna")
    alles = tekst(proef) + " ".join(deel.value.to_csv() for deel in proef.dataframe) + str(specs(proef))
    for naam in ("Bas Janssen", "Anna de Wit", "Dirk Smeets", "Gijs Peters", "Eva Bakker", "dossier?nummer"):
        assert naam not in alles


@pytest.mark.parametrize("wie", ["anna", "hanna"])
def test_figures_per_behandelaar_are_no_filter_outside_the_directie(veertig: Register, wie: str) -> None:
    proef = open_pagina("jaarbeeld", als=wie, behandelaar="bas")
    assert not proef.exception
    assert not [deel for deel in proef.selectbox if deel.key == "evaluatiefilter.behandelaar"]
    assert "behandelaar" not in proef.query_params
