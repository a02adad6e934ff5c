"""What was just recorded can be taken back from where it is said, by who may: one link to the form that does it."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from klachten.gebeurtenissen import FeitHerroepen
from klachten.opening import open_register
from klachten.scherm.dossier.handelen import KEUZE
from tests.paginas import klacht, open_los, verstuur, vul, zinnen

pytestmark = pytest.mark.usefixtures("los_in_dit_register")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory):
    with open_register(tmp_path_factory.mktemp("register")) as register:
        yield register


def link(proef: AppTest) -> str:
    """Return the number of the fact that the page offers to take back; empty when it offers nothing."""
    gevonden = re.search(r"\[Ongedaan maken\]\(dossier .*'terug': '(\d+)'", zinnen(proef))
    return gevonden[1] if gevonden else ""


def test_a_step_that_was_just_recorded_is_taken_back_with_a_reason(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    proef = open_los("dossier", "anna", nummer=nummer, doe="stap_06_onderzoeken_klacht")
    assert proef.session_state[KEUZE] == "stap_06_onderzoeken_klacht"
    vul(proef, bevindingen="Gesproken met beiden.")
    verstuur(proef)
    assert not proef.exception
    nr = register.vastleggingen(nummer)[-1].nr
    assert link(proef) == str(nr)
    # Said once: the next run of the page offers nothing over what one is doing.
    proef.run()
    assert not link(proef)
    terug = open_los("dossier", "anna", nummer=nummer, terug=str(nr))
    assert "terug" not in terug.query_params
    vul(terug, reden="Bij de verkeerde klacht vastgelegd.")
    verstuur(terug)
    assert not terug.exception
    laatste = register.vastleggingen(nummer)[-1]
    assert isinstance(laatste.feit, FeitHerroepen)
    assert laatste.corrigeert == nr
    assert not link(terug), "taking back is not taken back here"


@pytest.mark.parametrize("terug", ["0", "999999", "x", "-1", "1/herroepen_feit"])
def test_an_address_of_another_fact_opens_nothing(register, terug: str):
    nummer = klacht(register)
    voor = len(register.vastleggingen(nummer))
    proef = open_los("dossier", "anna", nummer=nummer, terug=terug)
    assert not proef.exception
    assert "Feit herroepen" not in [knop.label for knop in proef.button]
    assert len(register.vastleggingen(nummer)) == voor


def test_it_is_asked_where_it_was_said_and_not_wanted_after_all_the_next_act_is_back(register):
    nummer = klacht(register, "stap_06_onderzoeken_klacht")
    nr = register.vastleggingen(nummer)[-1].nr
    proef = open_los("dossier", "anna", nummer=nummer, terug=str(nr))
    assert "Onderzoek afgerond" in zinnen(proef) or "Klacht onderzocht" in zinnen(proef)
    assert next(knop.key for knop in proef.button if knop.label == "Feit herroepen").startswith("nu/")
    assert not [keuze for keuze in proef.selectbox if keuze.key == KEUZE], "one form at a time"
    next(knop for knop in proef.button if knop.label == "Toch niet").click().run()
    assert "Feit herroepen" not in [knop.label for knop in proef.button]
    assert proef.session_state[KEUZE] == "stap_08_bepalen_maatregel"


def test_after_taking_back_the_step_that_is_next_is_chosen(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    nr = register.vastleggingen(nummer)[-1].nr
    proef = open_los("dossier", "anna", nummer=nummer, doe="stap_06_vragen_informatie")
    assert proef.session_state[KEUZE] == "stap_06_vragen_informatie"
    proef.query_params["terug"] = str(nr)
    proef.run()
    vul(proef, reden="Bij de verkeerde klacht.")
    verstuur(proef)
    assert not proef.exception
    assert proef.session_state[KEUZE] == "stap_05_bevestigen_ontvangst"
    assert proef.success
