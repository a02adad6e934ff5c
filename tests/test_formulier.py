"""The form of any handeling: mistakes at the field, nothing typed is lost, and nothing is recorded twice."""

from __future__ import annotations

from datetime import date

import pytest

from klachten import scherm
from klachten.handelingen import HANDELINGEN, dossier_van
from klachten.opening import open_register
from klachten.scherm import formulier
from tests.paginas import VANDAAG, doe, klacht, los_formulier, verstuur, vul, widget, zinnen, zonder_venster


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """One register for all tests here, each with klachten of its own: opening it takes longer than most tests."""
    with open_register(tmp_path_factory.mktemp("register")) as register:
        yield register


@pytest.fixture(autouse=True)
def in_dit_register(register, monkeypatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    zonder_venster(monkeypatch)
    vorig = scherm.gebruik(register)
    yield
    scherm.gebruik(vorig)


def test_a_form_records_what_is_filled_in_and_says_so(register):
    nummer = klacht(register, "stap_04_toewijzen_behandelaar")
    proef = los_formulier("stap_05_bevestigen_ontvangst", nummer)
    vul(proef, op=date(2026, 2, 20), wijze="brief")
    verstuur(proef)
    assert not proef.exception
    assert dossier_van(register, nummer).stap_op(5) == date(2026, 2, 20)
    assert f"Vastgelegd bij {nummer}. Stap 5: Ontvangst bevestigen (feit " in zinnen(proef)
    assert f"uitkomst {nummer}" in zinnen(proef)


def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(register):
    nummer = klacht(register, "stap_06_onderzoeken_klacht")
    proef = los_formulier("stap_08_bepalen_maatregel", nummer)
    vul(proef, omschrijving="Terugbellen", op=date(2026, 2, 24), uiterlijk_op=date(2026, 2, 20), overlegd_met="carla")
    verstuur(proef)
    assert "Actienemer: vul dit in" in zinnen(proef)
    assert widget(proef, "omschrijving").value == "Terugbellen"
    vul(proef, actienemer="gijs")
    verstuur(proef)
    assert "uiterste datum ligt vóór 24 februari 2026" in zinnen(proef)
    assert widget(proef, "actienemer").value == "gijs"
    assert not dossier_van(register, nummer).maatregelen


def test_a_deviation_asks_for_a_reason_and_keeps_the_rest(register):
    nummer = klacht(register, "stap_04_toewijzen_behandelaar", op=date(2026, 2, 2), coordinator_op=date(2026, 2, 2))
    proef = los_formulier("stap_05_bevestigen_ontvangst", nummer)
    vul(proef, op=date(2026, 3, 1), wijze="e-mail")
    verstuur(proef)
    assert "te laat" in proef.warning[0].value
    assert widget(proef, "wijze").value == "e-mail"
    verstuur(proef, "Toch vastleggen")
    assert "vul in waarom" in zinnen(proef)
    vul(proef, reden="Ziekte")
    verstuur(proef, "Toch vastleggen")
    feit = dossier_van(register, nummer).geldig[-1].feit
    assert (feit.reden, feit.afwijkingen, feit.wijze) == ("Ziekte", ("te_laat:bevestiging",), "e-mail")


def test_a_reason_is_not_used_for_a_deviation_that_was_not_shown(register):
    nummer = klacht(register)
    doe(register, "stap_04_toewijzen_behandelaar", "anna", nummer, op=date(2026, 2, 17), behandelaar="anna")
    proef = los_formulier("stap_09_informeren_indiener", nummer)
    vul(proef, op=date(2026, 2, 25), wijze="brief")
    verstuur(proef)
    assert len(proef.warning) == 1
    doe(register, "stap_06_onderzoeken_klacht", "anna", nummer, reden="x", op=date(2026, 2, 26), bevindingen="Niets.")
    vul(proef, reden="Haast")
    verstuur(proef, "Toch vastleggen")
    assert "bijgewerkt terwijl dit formulier openstond" in proef.info[0].value
    verstuur(proef, "Toch vastleggen")
    assert len(proef.warning) == 2
    assert not dossier_van(register, nummer).stap_op(9)
    verstuur(proef, "Toch vastleggen")
    assert dossier_van(register, nummer).stap_op(9) == date(2026, 2, 25)


def test_a_form_that_always_asks_a_reason_shows_its_warnings_and_keeps_the_two_reasons_apart(register):
    nummer = klacht(register, "stap_08_bepalen_maatregel")
    proef = los_formulier("stap_08_wijzigen_maatregel", nummer)
    vul(proef, maatregel=1, uiterlijk_op=date(2026, 6, 1), overlegd_met="carla")
    verstuur(proef)
    assert "Reden: vul in waarom dit nodig is" in zinnen(proef)
    vul(proef, reden="Roostermaker is ziek")
    verstuur(proef)
    assert "1 juni 2026 ligt na de termijn" in proef.warning[0].value
    assert proef.text_area(key=widget(proef, "reden_afwijking").key).label == "Reden van de afwijking"
    verstuur(proef, "Toch vastleggen")
    assert "vul in waarom dit zo is gegaan" in zinnen(proef)
    assert dossier_van(register, nummer).maatregelen[1].uiterlijk_op == date(2026, 3, 20)
    vul(proef, reden_afwijking="Niemand anders kent het rooster")
    verstuur(proef, "Toch vastleggen")
    feit = dossier_van(register, nummer).geldig[-1].feit
    assert (feit.reden, feit.reden_afwijking) == ("Roostermaker is ziek", "Niemand anders kent het rooster")
    assert feit.afwijkingen == ("maatregel_na_termijn",)


def test_a_form_that_always_asks_a_reason_asks_only_that_when_nothing_deviates(register):
    nummer = klacht(register, "stap_08_bepalen_maatregel")
    proef = los_formulier("stap_08_wijzigen_maatregel", nummer)
    vul(proef, maatregel=1, omschrijving="Bellen", reden="Duidelijker")
    verstuur(proef)
    assert not proef.warning
    feit = dossier_van(register, nummer).geldig[-1].feit
    assert (feit.reden, feit.reden_afwijking, feit.afwijkingen) == ("Duidelijker", "", ())


def test_a_refusal_is_the_sentence_of_the_rule(register):
    nummer = klacht(register)
    proef = los_formulier("stap_05_bevestigen_ontvangst", nummer)
    vul(proef, wijze="brief")
    verstuur(proef)
    assert "nog geen behandelaar toegewezen" in zinnen(proef)


def test_a_second_click_records_nothing_more(register, monkeypatch):
    nummer = klacht(register, "stap_06_onderzoeken_klacht")
    # A double click runs the callback of the same button twice, before the page is drawn in between.
    echt = formulier.send
    monkeypatch.setattr(formulier, "send", lambda *alles: (echt(*alles), echt(*alles)))
    proef = los_formulier("stap_12_bewaken_voortgang", nummer)
    vul(proef, bevinding="Loopt goed")
    aantal = len(register.vastleggingen(nummer))
    verstuur(proef)
    assert len(register.vastleggingen(nummer)) == aantal + 1
    assert len(proef.success) == 1
    assert "uitkomst" in zinnen(proef)


def test_a_second_tab_hears_kindly_that_it_was_already_recorded(register):
    nummer = klacht(register, "stap_04_toewijzen_behandelaar")
    een, twee = (los_formulier("stap_05_bevestigen_ontvangst", nummer) for _ in range(2))
    for proef in (een, twee):
        vul(proef, wijze="brief")
        verstuur(proef)
    assert "Stap 5 is al vastgelegd op 2 maart 2026" in twee.info[0].value.replace("\\", "")
    assert not twee.error
    assert len([v for v in register.vastleggingen(nummer) if v.feit.stap == 5]) == 1


def test_who_is_involved_is_not_offered_as_behandelaar(register):
    nummer = klacht(register, betrokkenen=("dirk",))
    proef = los_formulier("stap_04_toewijzen_behandelaar", nummer)
    assert "Dirk Smeets" not in widget(proef, "behandelaar").options
    assert "Bas Janssen" in widget(proef, "behandelaar").options


@pytest.mark.parametrize("naam", HANDELINGEN)
def test_every_field_of_every_handeling_has_a_widget(register, naam):
    if naam in ("corrigeren_feit", "voorstellen_wissen"):  # a page of their own draws these
        return
    nummer = klacht(register, "stap_10_informeren_actienemer")
    reeks = {"K": nummer}.get(HANDELINGEN[naam].reeks, "")
    proef = los_formulier(naam, reeks)
    assert not proef.exception
    for veld in HANDELINGEN[naam].gevraagd:
        assert widget(proef, veld.naam) is not None
