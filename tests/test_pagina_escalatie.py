"""Escalatie: what is late or nearly so, and what cannot go on, for coordinator and directie."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from klachten import taal
from klachten.analyse.basis.lezer import ZONDER_BETROKKEN
from tests.lijsten import MAATREGEL, ONTVANGEN, VANDAAG
from tests.paginas import zinnen
from tests.schermproef import open_pagina, tekst

PAGINA, ALS = "escalatie", "carla"
pytestmark = pytest.mark.usefixtures("in_dit_register")


def koppen(proef: AppTest) -> list[str]:
    return [kop.value for kop in (*proef.header, *proef.subheader)]


def test_nothing_to_intervene_in_is_said_of_a_register_with_klachten(lijst):
    lijst.intake(op=20)
    proef = open_pagina("escalatie", als="carla")
    assert "Niets om in te grijpen" in tekst(proef)


def test_late_and_nearly_late_stand_by_who_must_act(lijst, los):
    laat = lijst.tot(4, op=0, behandelaar="bas")
    bijna = lijst.tot(4, op=13)
    ver = lijst.intake(op=20)
    proef = los()
    assert koppen(proef) == ["Termijn voorbij (1)", "Binnen zeven dagen (1)", "Bas Janssen (1)", "Anna de Wit (1)"]
    zien = zinnen(proef)
    assert laat in zien
    assert bijna in zien
    assert ver not in zien
    assert "9 dagen te laat" in zien
    assert "nu te doen: ontvangst bevestigen" in zien


def test_several_parts_stand_below_each_other(lijst, los):
    geschil = lijst.tot(14, op=-10)
    lijst.doe("stap_15_melden_meningsverschil", "anna", geschil, op=22, toelichting="Niet eens met de uitkomst.")
    maatregel = lijst.tot(10, op=-40)
    proef = los()
    assert not proef.exception
    assert {"Meningsverschillen (1)", "Maatregelen en verbeteracties te laat (1)"} <= set(koppen(proef))
    assert geschil in zinnen(proef)
    assert maatregel in zinnen(proef)


def test_a_part_shows_ten_and_says_how_many_more_somebody_has(lijst, los):
    for _ in range(12):
        lijst.intake()
    proef = los()
    assert koppen(proef) == ["Termijn voorbij (12)", "Coördinator (10 van 12)"]
    assert "1 tot en met 10 van 12 klachten" in zinnen(proef)


def test_a_klacht_with_more_late_terms_is_one_row(lijst, los):
    nummer = lijst.intake(op=date(2025, 6, 2))
    proef = los()
    assert zinnen(proef).count(f"**{nummer}**") == 1
    assert "ook bericht niet in behandeling:" in zinnen(proef)


def test_a_decision_that_is_due_is_late_although_it_is_undecided(lijst, los):
    lijst.tot(6, op=-12)
    assert "nog niet besloten over het in behandeling nemen" in zinnen(los())


def test_the_directie_sees_what_it_has_to_assign(lijst, los):
    nummer = lijst.intake(op=20, betrokkenen=("anna",))
    proef = los("frank")
    assert koppen(proef) == ["Toewijzen door de directie (1)"]
    assert nummer in zinnen(proef)
    proef = los("anna")
    assert nummer not in zinnen(proef)
    assert ZONDER_BETROKKEN in zinnen(proef)


def test_an_involved_behandelaar_is_shown(lijst, los):
    nummer = lijst.tot(5, op=10, behandelaar="bas")
    lijst.doe("stap_04_toevoegen_betrokkene", "anna", nummer, op=16, betrokkene="bas")
    assert koppen(los("anna")) == ["Behandelaar blijkt betrokken (1)"]


def test_an_involved_member_of_directie_is_shown_to_the_other_and_not_to_that_member(lijst, los):
    nummer = lijst.tot(5, op=10, betrokkenen=("carla",))
    zien = zinnen(los("frank"))
    assert "Betrokken: **Carla Verhoeven**" in zien
    assert "Niet betrokken: Frank Maes" in zien
    assert nummer not in zinnen(los("carla"))


def test_when_the_whole_directie_is_involved_somebody_outside_is_advised(lijst, los):
    nummer = lijst.intake(op=20, betrokkenen=("carla", "frank"))
    proef = los("anna")
    assert "Iemand van buiten aanwijzen (1)" in koppen(proef)
    assert "ons advies is iemand van buiten aan te wijzen" in zinnen(proef)
    lijst.doe("stap_04_aanwijzen_buitenstaander", "anna", nummer, op=21, persoon="Mr. J. Buiten")
    assert "Iemand van buiten aanwijzen (1)" not in koppen(los("anna"))


@pytest.mark.parametrize(
    ("opgelost", "zin"),
    [(None, "Overleg voeren"), (False, "Geschil voorleggen aan een onafhankelijk persoon"), (True, "")],
)
def test_a_dispute_is_shown_with_what_it_waits_for(lijst, los, opgelost, zin):
    nummer = lijst.tot(14)
    lijst.doe("stap_15_melden_meningsverschil", "anna", nummer, op=15, toelichting="Niet eens")
    if opgelost is not None:
        lijst.doe("stap_15_voeren_overleg", "anna", nummer, op=16, toelichting="Gepraat", opgelost=opgelost)
    proef = los()
    assert koppen(proef) == (["Meningsverschillen (1)"] if zin else [])
    assert zin in zinnen(proef)


def test_late_maatregelen_and_verbeteracties_are_shown(lijst, los):
    lijst.verbeteractie(lijst.evaluatie())
    lijst.tot(10, op=-25)
    assert "Maatregelen en verbeteracties te laat (2)" in koppen(los())


@pytest.mark.parametrize("wie", ["bas", "eva", "hanna"])
def test_only_coordinator_and_directie_open_it(wie: str):
    assert "Deze pagina is niet voor uw rol" in tekst(open_pagina("escalatie", als=wie))


def test_of_two_days_that_are_over_each_says_which_it_is(lijst, los):
    """A maatregel has the day that was agreed, and its klacht the term of the reglement: not late by as many days."""
    nummer = lijst.tot(6, op=-50)
    lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=-48, **{**MAATREGEL, "uiterlijk_op": ONTVANGEN})
    gezegd = zinnen(los())
    met_de_termijn, met_de_afspraak = (
        next(regel for regel in gezegd.splitlines() if "Stap" in regel and woord in regel)
        for woord in ("volgens het reglement uiterlijk", "afgesproken: uiterlijk")
    )
    assert taal.kort(ONTVANGEN - timedelta(8), vandaag=VANDAAG) in met_de_termijn
    assert taal.kort(ONTVANGEN, vandaag=VANDAAG) in met_de_afspraak
    assert "termijn van het reglement voor alle maatregelen" in gezegd
