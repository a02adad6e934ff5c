"""The start page: own tasks and those of everyone, by group, each leading to where it is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from klachten.analyse.basis.lezer import ZONDER_BETROKKEN
from klachten.analyse.termijnen.stand import termijnen_van_klacht
from klachten.gebeurtenissen import MaatregelUitgevoerd
from klachten.organisatie import gebruiker
from klachten.scherm import belinhoud
from klachten.scherm.dicht import FOUT, TUSSENDOOR, teken
from klachten.scherm.dossier.gelezen import van_klacht
from klachten.scherm.lijsten import taken
from tests.lijsten import ONTVANGEN
from tests.paginas import open_los, verstuur, vul, zinnen, zonder_venster
from tests.schermproef import open_pagina, tekst

PAGINA, ALS = "werkvoorraad", "anna"
pytestmark = pytest.mark.usefixtures("in_dit_register")


def koppen(proef: AppTest) -> list[str]:
    return [kop.value for kop in proef.header]


def test_an_empty_register_offers_the_first_klacht():
    proef = open_pagina("werkvoorraad")
    assert "Het register is nog leeg" in tekst(proef)
    assert "De eerste klacht vastleggen" in {link.proto.label for link in proef.get("page_link")}


def rijen(proef: AppTest) -> list[str]:
    return [zin.value for zin in proef.text if zin.value.startswith("[**K")]


@pytest.mark.parametrize(("wie", "woord"), [("hanna", "De analist behandelt"), ("iris", "De beheerder behandelt")])
def test_a_role_without_tasks_gets_a_useful_start(wie: str, woord: str):
    proef = open_pagina("werkvoorraad", als=wie)
    assert woord in tekst(proef)
    assert len(proef.get("page_link")) >= 2
    assert not proef.segmented_control


def test_every_row_is_a_link_to_the_dossier_that_the_keyboard_reaches(lijst):
    nummer = lijst.intake()
    proef = open_pagina("werkvoorraad")
    (link,) = [link.proto for link in proef.get("page_link") if link.proto.label == f"**{nummer}**"]
    assert link.page == "dossier"
    assert f"nummer={nummer}" in link.query_string


def test_the_groups_stand_in_order_with_their_counts(lijst, los):
    lijst.intake(op=-9)
    lijst.intake(op=12)
    lijst.intake(op=20)
    lijst.tot(11)
    lijst.signaal()
    proef = los()
    groepen = ["Te laat (1)", "Binnen zeven dagen (1)", "Later (1)", "Zonder termijn (1)"]
    assert koppen(proef) == [*groepen, "Open signalen (1)"]
    assert "18 dagen te laat" in zinnen(proef)


def test_somebody_else_sees_own_tasks_first_and_can_ask_for_everyones(lijst, los):
    lijst.tot(4, behandelaar="bas")
    lijst.tot(10)
    assert koppen(los("dirk")) == ["Later (1)"]
    proef = los("anna")
    assert koppen(proef) == []
    assert "Er is nu niets voor u te doen" in zinnen(proef)
    proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
    assert koppen(proef) == ["Te laat (1)", "Later (1)"]
    assert "door Bas Janssen" in zinnen(proef)


def test_an_involved_coordinator_is_not_told_whether_something_is_left_out(lijst, los):
    lijst.intake()
    zonder = zinnen(los("anna"))
    nummer = lijst.intake(betrokkenen=("anna",))
    zien = zinnen(los("anna"))
    assert zien == zonder
    assert ZONDER_BETROKKEN in zien
    assert nummer in zinnen(los("carla"))


def test_a_medewerker_without_a_role_sees_nothing_of_a_klacht(lijst, los):
    nummer = lijst.tot(4, behandelaar="bas")
    proef = los("eva")
    proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
    assert nummer not in zinnen(proef)


@pytest.mark.parametrize("betrokken", [(), ("dirk",)], ids=["uninvolved", "involved"])
def test_an_actienemer_ticks_off_an_own_maatregel(lijst, los, betrokken):
    nummer = lijst.tot(10, betrokkenen=betrokken)
    proef = los("dirk")
    assert ("Afspraken voortaan bevestigen" in zinnen(proef)) == bool(betrokken)
    proef.button(key=f"taken.{teken(nummer) if betrokken else nummer}.1").click().run()
    assert (nummer in str([deel.proto for deel in proef.main])) == (not betrokken)
    vul(proef, toelichting="Rooster gemaakt <b>**nu**</b>")
    verstuur(proef)
    assert not proef.exception
    feit = lijst.register.vastleggingen(nummer)[-1].feit
    assert isinstance(feit, MaatregelUitgevoerd)
    assert (feit.maatregel, feit.toelichting) == (1, "Rooster gemaakt <b>**nu**</b>")
    assert ("Vastgelegd: uw maatregel" if betrokken else f"Vastgelegd bij {nummer}") in zinnen(proef)
    assert (nummer in zinnen(proef)) == (not betrokken)
    assert koppen(proef) == []


def test_a_form_of_an_own_maatregel_says_nothing_of_the_klacht_when_it_cannot(lijst, los):
    nummer = lijst.tot(10, betrokkenen=("dirk",))
    proef = los("dirk")
    proef.button(key=f"taken.{teken(nummer)}.1").click().run()
    vul(proef, toelichting="Gedaan.", op=ONTVANGEN - timedelta(3))
    verstuur(proef)
    assert FOUT in zinnen(proef), "the day before the receipt would tell when that was"
    lijst.doe("intrekken_klacht", "anna", nummer, op=20, wijze="e-mail")
    verstuur(proef)
    assert TUSSENDOOR in zinnen(proef)
    assert nummer not in zinnen(proef)
    assert "ingetrokken" not in zinnen(proef)


def test_nobody_else_gets_the_button_of_an_actienemer(lijst, los):
    lijst.tot(10)
    proef = los("anna")
    proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
    assert [knop.label for knop in proef.button if knop.label == "Uitgevoerd melden"] == []


@pytest.mark.parametrize(
    ("vandaag", "sinds"),
    [
        (date(2026, 2, 25), date(2026, 2, 24)),
        (date(2026, 2, 23), date(2026, 2, 20)),  # Monday: Friday
        (date(2026, 2, 22), date(2026, 2, 20)),  # Sunday
        (date(2026, 4, 7), date(2026, 4, 2)),  # after Easter Monday: the Thursday before Good Friday
    ],
)
def test_new_is_what_came_since_the_last_ordinary_day(lijst, vandaag: date, sinds: date):
    assert taken.vorige_werkdag(vandaag) == sinds


def test_what_others_changed_is_marked_on_its_row_and_counted(lijst, monkeypatch: pytest.MonkeyPatch):
    nieuw, oud = lijst.intake(), lijst.intake(op=-9)
    zonder_venster(monkeypatch)
    monkeypatch.setattr(belinhoud, "changed_since", lambda wie, dag: frozenset({nieuw}))
    zien = zinnen(open_los("werkvoorraad", "anna"))
    assert "Nieuw sinds di 24 feb: 1" in zien
    assert zien.count("nieuw]") == 1
    assert oud in zien


def test_many_tasks_are_shown_a_page_at_a_time(lijst, los):
    for _ in range(27):
        lijst.intake()
    proef = los()
    assert len(rijen(proef)) == 25
    assert "1 tot en met 25 van 27 dossiers" in zinnen(proef)
    # A row has one sentence beside its two links: with more of them, it is these that a page costs.
    assert len(proef.markdown) < 25 + 5
    proef.session_state["werkvoorraad.blad"] = 2
    proef.run()
    assert len(rijen(proef)) == 2
    assert koppen(proef) == ["Te laat (27)"]


def test_tasks_of_one_klacht_share_a_row_in_its_worst_place(lijst, los):
    nummer = lijst.tot(10, op=-25)
    proef = los()
    proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
    assert koppen(proef) == ["Te laat (2)"]
    assert [nummer in rij for rij in rijen(proef)] == [True]
    # What the reader does stands beside its own link, what another does is only read.
    zinnen_ = [deel.value for deel in proef.markdown if nummer not in deel.value and "  \n" in deel.value]
    assert [zin.count("  \n") for zin in zinnen_] == [1, 1]
    assert "Maatregel 1 uitvoeren" in zinnen_[0]
    assert "Voortgang nagaan" in zinnen_[1]
    assert [zin.value for zin in proef.text if "Voortgang bewaken" in zin.value]


def test_the_list_can_be_narrowed_to_a_term_and_a_person(lijst, los):
    te_laat, later = lijst.tot(4, behandelaar="bas"), lijst.intake(op=20)
    proef = los()
    proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
    assert [te_laat in rij or later in rij for rij in rijen(proef)] == [True, True]
    proef.selectbox(key="werkvoorraad.termijn").set_value("te_laat").run()
    assert (koppen(proef), len(rijen(proef))) == (["Te laat (1)"], 1)
    proef.selectbox(key="werkvoorraad.persoon").set_value("Coördinator").run()
    assert (koppen(proef), rijen(proef)) == ([], [])
    assert "Er is geen taak met deze termijn voor deze persoon." in zinnen(proef)
    proef.selectbox(key="werkvoorraad.persoon").set_value("").run()
    proef.selectbox(key="werkvoorraad.termijn").set_value("").run()
    proef.selectbox(key="werkvoorraad.persoon").set_value("Coördinator").run()
    assert [later in rij for rij in rijen(proef)] == [True]
    # What was chosen and does not occur any more narrows nothing.
    proef.segmented_control(key="werkvoorraad.wie").set_value("mij").run()
    assert not proef.exception
    assert koppen(proef) == ["Later (1)"]


def test_what_is_kept_between_users_holds_no_texts(lijst, los):
    lijst.tot(10, indiener_naam="Geheime Naam", omschrijving="Geheime tekst")
    los("anna")
    assert "Geheim" not in repr(taken.alle_taken())


def test_a_fact_of_another_session_between_two_readings_is_seen_at_the_next_look(lijst, los):
    eerder = lijst.intake()
    los("anna")
    alles = taken.alle_taken()
    nieuw = lijst.intake()
    # What was read before that fact is kept under it, for whoever looks at this list.
    assert {taak.klachtnummer for taak in taken.zichtbare_taken(alles, gebruiker("anna"))} == {eerder}
    straks = taken.zichtbare_taken(taken.alle_taken(), gebruiker("anna"))
    assert {taak.klachtnummer for taak in straks} == {eerder, nieuw}


def test_the_terms_of_a_klacht_are_read_again_after_a_fact_of_that_klacht_only(lijst):
    een, ander = lijst.intake(), lijst.intake()
    gelezen: list[str] = []

    def lees(cursor, klachtnummer, peildatum):
        gelezen.append(klachtnummer)
        return termijnen_van_klacht(cursor, klachtnummer, peildatum)

    def open_terms() -> list[str]:
        return [stand.termijn for stand in van_klacht(lees, een) if stand.einde_op is None]

    voor = open_terms()
    lijst.tot(5)
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", ander, behandelaar="anna")
    van_klacht(lees, een).clear()
    assert open_terms() == voor
    assert gelezen == [een]
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", een, behandelaar="anna")
    lijst.doe("stap_05_bevestigen_ontvangst", "anna", een, op=2, wijze="brief")
    assert set(voor) - set(open_terms()) == {"bevestiging"}
    assert gelezen == [een, een]


def test_a_row_says_once_what_its_klacht_is_about_and_only_to_who_may_read_it(lijst, los):
    nummer = lijst.tot(10)
    proef = los("carla")
    proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
    rij = [een.value for een in proef.markdown if "**Afspraken** · Stap" in een.value]
    assert len(rij) == 1
    assert nummer in zinnen(proef)
    # Dirk carries out a maatregel of it, and reads no more of the klacht than that.
    proef = los("dirk")
    assert nummer in zinnen(proef)
    assert "Afspraken" not in "\n".join(een.value for een in proef.markdown)
    assert "Stap 11" in zinnen(proef)


def test_who_does_it_stands_on_a_row_where_that_is_not_what_the_list_is_of(lijst, los):
    lijst.intake()
    proef = los("anna")
    mijn = zinnen(proef)
    assert "Stap 4 · " in mijn
    assert "door u" not in mijn
    proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
    assert "Stap 4 · door u · " in zinnen(proef)
