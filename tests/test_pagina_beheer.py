"""The pages of Beheer as stories: what is changed there stands everywhere, once, and what it touches is said before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.analyse.werk import beheer
from klachten.register import Register
from klachten.scherm import formulier
from klachten.scherm.beheer.delen import NIET_INGERICHT
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.paginas import KWAAD, RAUW, Opent, kies, leg_vast, verstuur, vul, widget, zinnen
from tests.schermproef import open_pagina, tekst

EEN = timedelta(days=1)


def wijzig(opent: Opent, lijst: str, doen: str, id: str, opvolger: str = "", /, **velden: Any) -> AppTest:
    """Change a choice on page Lijsten."""
    proef = opent("lijsten", lijst=lijst)
    proef.selectbox(key="lijsten.doen").set_value(doen).run()
    proef.selectbox(key=f"lijsten.id.{lijst}").set_value(id).run()
    if opvolger:
        proef.selectbox(key=f"lijsten.opvolger.{lijst}").set_value(opvolger).run()
    return leg_vast(proef, **velden)


def test_an_opdrachtgever_gets_another_name_everywhere_and_its_history_keeps_the_old_one(firma: Register, opent: Opent):
    keuze = firma.reglementen["coulant"].keuzes("opdrachtgevers")[0]
    lijst = Lijst(firma)
    nummer = lijst.tot(4)
    lijst.doe("stap_03_aanvullen_gegevens", "anna", nummer, opdrachtgever=keuze.id)
    proef = opent("lijsten", lijst="opdrachtgevers")
    # Nothing is chosen by itself, and so there is no form yet.
    assert [knop for knop in proef.button if (knop.key or "").endswith(".knop")] == []
    proef.selectbox(key="lijsten.id.opdrachtgevers").set_value(keuze.id).run()
    assert f"{keuze.naam} staat bij minder dan 5 klachten" in zinnen(proef).replace("*", "")
    proef = wijzig(opent, "opdrachtgevers", "hernoemen_keuze", keuze.id, naam="Gemeente Nieuwstad")
    for naam, als, adres in (("dossier", "anna", {"nummer": nummer}), ("lijsten", "anna", {"lijst": "opdrachtgevers"})):
        gezegd = zinnen(opent(naam, als, **adres))
        assert "Gemeente Nieuwstad" in gezegd, naam
    assert keuze.naam not in zinnen(opent("dossier", "anna", nummer=nummer))
    assert f"**{keuze.naam}** heet vanaf 25 februari 2026 **Gemeente Nieuwstad**" in zinnen(proef)
    assert "vastgelegd door Iris Kuipers" in zinnen(proef)


def test_the_counts_of_merged_categorieen_go_together(firma: Register, opent: Opent):
    lijst = Lijst(firma)
    een, ander = (keuze.id for keuze in firma.reglementen["coulant"].keuzes("categorieen", VANDAAG)[:2])
    for categorie in (een, een, ander):
        lijst.intake(categorie=categorie)
    wijzig(opent, "categorieen", "samenvoegen_keuze", een, ander)
    with firma.cursor() as cursor:
        assert {id: telt.klachten for id, telt in beheer.gebruik(cursor, "categorieen").items()} == {ander: 3}
        geteld = "SELECT categorie, count(*) FROM klacht GROUP BY ALL"
        assert cursor.execute(geteld).fetchall() == [(ander, 3)]
        assert cursor.execute("SELECT count(DISTINCT categorie_toen) FROM klacht").fetchall() == [(2,)]
    gezegd = zinnen(opent("lijsten", "anna", lijst="categorieen"))
    naam = firma.reglementen["coulant"].naam_van("categorieen", ander)
    assert f"opgegaan in {naam}" in gezegd
    assert "3 klachten sinds 2026, waarvan 3 lopend" in gezegd
    # Who counts sees it, and the categorie is no choice any more.
    assert een not in widget(opent("intake", "anna"), "categorie").options


def test_a_vestiging_that_ended_is_no_longer_offered(firma: Register, opent: Opent):
    keuze = firma.reglementen["coulant"].keuzes("vestigingen")[-1]
    nummer = Lijst(firma).tot(4, vestiging=keuze.id)
    assert keuze.naam in widget(opent("intake", "anna"), "vestiging").options
    proef = wijzig(opent, "vestigingen", "beeindigen_keuze", keuze.id, laatste_dag=VANDAAG - EEN)
    assert "Nu niet te kiezen (1)" in [deel.label for deel in proef.expander]
    assert f"**{keuze.naam}** kan gekozen worden tot en met 24 februari 2026" in zinnen(proef)
    assert keuze.naam not in widget(opent("intake", "anna"), "vestiging").options
    assert keuze.naam in zinnen(opent("dossier", "anna", nummer=nummer))
    assert keuze.naam not in zinnen(opent("organisatie")).split("Geschiedenis")[0]


def test_a_choice_that_ends_before_it_was_chosen_asks_why(firma: Register, opent: Opent):
    keuze = firma.reglementen["coulant"].keuzes("vestigingen")[-1]
    Lijst(firma).tot(4, vestiging=keuze.id)
    proef = opent("lijsten", lijst="vestigingen")
    proef.selectbox(key="lijsten.doen").set_value("beeindigen_keuze").run()
    proef.selectbox(key="lijsten.id.vestigingen").set_value(keuze.id).run()
    stand = firma.stand()
    vul(proef, laatste_dag=ONTVANGEN - EEN)
    verstuur(proef)
    assert f"Er is een klacht van 2 februari 2026 of later met '{keuze.naam}'" in zinnen(proef)
    assert firma.stand() == stand
    leg_vast(proef, reden="De vestiging was al dicht.")
    assert firma.organisatie.van(g.KeuzeBeeindigd)[0].afwijkingen == ("keuze_later_gekozen",)


def test_a_double_click_records_once(firma: Register, opent: Opent, monkeypatch: pytest.MonkeyPatch):
    """The callback of the same button twice, before the page is drawn in between: see test_formulier."""
    echt = formulier.send
    monkeypatch.setattr(formulier, "send", lambda *alles: (echt(*alles), echt(*alles)))
    proef = leg_vast(opent("organisatie"), telefoon="0495 123456")
    assert len(proef.success) == 1
    assert [feit.telefoon for feit in firma.organisatie.van(g.OrganisatieGewijzigd)] == ["0495 123456"]
    aantal = len(organisatie.iedereen(VANDAAG))
    proef = leg_vast(opent("personen"), voornaam="Noor", achternaam="Zand", e_mail="noor@voorbeeld.nl", vanaf=VANDAAG)
    assert "heeft dit e-mailadres al" not in zinnen(proef)
    assert len(organisatie.iedereen(VANDAAG)) == aantal + 1


def test_a_person_comes_gets_a_role_and_leaves_with_the_work_in_sight(firma: Register, opent: Opent):
    proef = leg_vast(opent("personen"), voornaam="Noor", achternaam="Zand", e_mail="noor@voorbeeld.nl", vanaf=ONTVANGEN)
    id = next(wie.id for wie in organisatie.iedereen(VANDAAG) if wie.naam == "Noor Zand")
    assert "nog geen rol" in zinnen(proef)
    proef = opent("personen", persoon=id)
    leg_vast(kies(proef, personen_in_doen="geven_rol"), rol="behandelaar", vanaf=ONTVANGEN)
    nummer = Lijst(firma).tot(4, behandelaar=id)
    proef = opent("personen", persoon=id)
    assert "Op naam van deze persoon: 1 klacht als behandelaar." in zinnen(proef)
    kies(proef, personen_in_doen="vertrekken_persoon")
    assert "Noor Zand heeft nu 1 klacht als behandelaar" in zinnen(proef)
    # A beheerder is no reader of klachten: the number, and who can hand it over.
    assert "Wat hier geen link heeft, draagt een ander over" in zinnen(proef)
    assert "J. Jansen" not in zinnen(proef)
    vul(proef, laatste_dag=VANDAAG - EEN)
    verstuur(proef)
    assert "Er staat nog werk op naam van Noor Zand" in zinnen(proef)
    leg_vast(proef, reden="Plotseling vertrokken.")
    assert "Wie vertrokken zijn (1)" in [deel.label for deel in opent("personen").expander]
    assert "Noor Zand" in zinnen(opent("dossier", "anna", nummer=nummer))
    assert id not in {wie.id for wie in organisatie.met_rol("behandelaar", op=VANDAAG)}
    proef = opent("personen", persoon=id)
    assert "gaan dan voorgoed weg" in zinnen(proef)
    vul(proef, grond="verzoek", reden="Gevraagd.")
    verstuur(proef, "Voorstellen")
    verstuur(opent("personen", "carla", persoon=id), "Wissen")
    for proef in (opent("personen", persoon=id), opent("dossier", "anna", nummer=nummer)):
        gezegd = "\n".join([zinnen(proef), *(kop.value for kop in proef.header)])
        assert "Noor" not in gezegd
        assert "(gewist)" in gezegd


def test_what_is_still_to_be_done_leaves_out_what_the_reader_is_involved_in(firma: Register, opent: Opent):
    lijst = Lijst(firma)
    mijn, ander = lijst.tot(10, behandelaar="bas", betrokkenen=("frank",)), lijst.tot(10, behandelaar="bas")
    for als, ziet in (("anna", {mijn, ander}), ("frank", {ander})):
        for wie in ("bas", "dirk"):
            gezegd = zinnen(opent("personen", als, persoon=wie))
            assert {nummer for nummer in (mijn, ander) if nummer in gezegd} == ziet, (als, wie)


def test_the_last_coordinator_does_not_leave(firma: Register, opent: Opent):
    proef = kies(opent("personen", persoon="anna"), personen_in_doen="vertrekken_persoon")
    stand = firma.stand()
    vul(proef, laatste_dag=VANDAAG)
    verstuur(proef)
    assert "niemand met de rol coördinator" in zinnen(proef)
    assert firma.stand() == stand


def test_an_absence_is_reported_and_changed(firma: Register, opent: Opent):
    proef = kies(opent("personen", "anna", persoon="bas"), personen_in_doen="melden_afwezigheid")
    assert "personen.afwezig.bas" not in [vak.key for vak in proef.selectbox]
    leg_vast(proef, van=VANDAAG, tot=VANDAAG + 7 * EEN, vervanger="dirk")
    assert "afwezig tot en met 4 maart 2026" in zinnen(opent("personen"))
    proef = kies(opent("personen", "anna", persoon="bas"), personen_in_doen="wijzigen_afwezigheid")
    assert widget(proef, "tot").value == VANDAAG + 7 * EEN
    leg_vast(proef, tot=VANDAAG)
    assert firma.organisatie.mensen["bas"].afwezigheden[0].tot == VANDAAG
    assert "Vervangt nu of binnenkort: Bas Janssen" in zinnen(opent("personen", persoon="dirk"))


def test_the_organisation_gets_another_address_and_its_name_keeps_a_history(firma: Register, opent: Opent):
    proef = leg_vast(opent("organisatie"), naam="De Nieuwe Brug", adres="Kade 1\n1234 AB Weert")
    gezegd = zinnen(proef)
    assert "Naam: **De Nieuwe Brug**" in gezegd
    assert "Adres: **Kade 1, 1234 AB Weert**" in gezegd
    assert "Organisatie ingericht: **Coulant" in gezegd
    assert "De Nieuwe Brug" in tekst(open_pagina("reglement", "anna"))


def test_equated_days_say_that_no_running_term_changes(firma: Register, opent: Opent):
    proef = kies(opent("organisatie"), organisatie_in_doen="gelijkstellen_dagen")
    assert "geen enkele lopende termijn verandert" in zinnen(proef)
    leg_vast(proef, naam="Brugdag", eerste=VANDAAG + EEN)
    assert "Brugdag: 26 februari 2026" in zinnen(proef)


def test_terms_of_running_klachten_never_change(firma: Register, opent: Opent):
    """Whatever is recorded about the organisation: every row of every term is as it was."""
    lijst = Lijst(firma)
    for tot in (4, 8, 14):
        lijst.tot(tot)
    eerder, later = _terms(firma), []
    proef = kies(opent("organisatie"), organisatie_in_doen="stellen_streeftermijn")
    assert "verandert geen termijn" in zinnen(proef)
    leg_vast(proef, naam="Snel", stap="5", waarde=3, eenheid="dagen")
    assert "3 dagen na ontvangst" in zinnen(opent("organisatie"))
    later.append(_terms(firma))
    proef = kies(opent("organisatie"), organisatie_in_doen="gelijkstellen_dagen")
    leg_vast(proef, naam="Brugdag", eerste=VANDAAG + EEN)
    later.append(_terms(firma))
    wijzig(opent, "categorieen", "samenvoegen_keuze", "afspraken", "overig", vanaf=VANDAAG)
    assert [*later, _terms(firma)] == [eerder] * 3
    proef = kies(opent("organisatie"), organisatie_in_doen="beeindigen_streeftermijn")
    leg_vast(proef, laatste_dag=VANDAAG + 7 * EEN)
    assert "vanaf 26 februari 2026 tot en met 4 maart 2026" in zinnen(proef)


def _terms(firma: Register) -> list[tuple[Any, ...]]:
    with firma.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer, termijn, uiterlijk_op, einde_op, dagen_over, status FROM termijnen(?) ORDER BY ALL",
            [VANDAAG],
        ).fetchall()
    assert len(rijen) > 3
    return rijen


def test_what_somebody_is_called_stands_as_it_was_typed(firma: Register, opent: Opent):
    for naam in KWAAD:
        proef = opent("lijsten", lijst="opdrachtgevers")
        proef.selectbox(key="lijsten.doen").set_value("toevoegen_keuze").run()
        leg_vast(proef, naam=naam)
    leg_vast(opent("organisatie"), naam=KWAAD[0])
    leg_vast(opent("personen"), voornaam=KWAAD[2], achternaam=KWAAD[0], e_mail="x@voorbeeld.nl", vanaf=ONTVANGEN)
    nummer = next(wie.id for wie in organisatie.iedereen(VANDAAG) if KWAAD[0] in wie.naam)
    for proef in (
        opent("lijsten", lijst="opdrachtgevers"), opent("organisatie"), opent("personen"),
        opent("personen", persoon=nummer),
    ):  # fmt: skip
        gezegd = "\n".join([tekst(proef), *(zin.value for zin in proef.text), *(deel.label for deel in proef.expander)])
        assert r"\<script\>alert(1)\</script\>" in gezegd
        assert not RAUW.search(gezegd), RAUW.search(gezegd)


def test_the_book_year_changes_from_a_day_and_the_year_of_transition_is_said(firma: Register, opent: Opent):
    assert "Dit boekjaar loopt van 1 januari 2026 tot en met 31 december 2026" in zinnen(opent("organisatie")).replace(
        "*", ""
    )
    proef = kies(opent("organisatie"), organisatie_in_doen="stellen_boekjaar")
    assert "duurt korter of langer dan twaalf maanden" in zinnen(proef)
    leg_vast(proef, maand="2", vanaf=ONTVANGEN - EEN, overgang="korter")
    gezegd = zinnen(opent("organisatie")).replace("*", "")
    assert "Dit boekjaar loopt van 1 februari 2027" not in gezegd
    assert "Het boekjaar begint in februari, vanaf 1 februari 2026; het jaar ervoor wordt korter." in gezegd
    Lijst(firma).tot(4)
    proef = opent("jaarbeeld", "carla")
    proef.selectbox(key="evaluatiefilter.periode.soort").set_value("boekjaar").run()
    keuzes = proef.selectbox(key="evaluatiefilter.periode.welke").options
    assert keuzes[:2] == ["2026/2027", "jan 2026 t/m jan 2026 (1 maand)"]
    assert "Het boekjaar begon toen in een andere maand." in zinnen(proef)
    proef.selectbox(key="evaluatiefilter.periode.welke").set_value("2026-01").run()
    assert "Dit overgangsjaar duurt 1 maand in plaats van twaalf." in zinnen(proef)


@pytest.mark.parametrize("naam", ["personen", "organisatie", "lijsten"])
def test_who_only_reads_gets_no_form(firma: Register, opent: Opent, naam: str):
    proef = opent(naam, "joris")
    assert [knop for knop in proef.button if (knop.key or "").endswith(".knop")] == []
    assert "U kunt hier alleen kijken" in zinnen(proef)
    assert "Deze pagina is niet voor uw rol" in tekst(open_pagina(naam, "bas"))


@pytest.mark.parametrize("naam", ["personen", "organisatie", "lijsten"])
@pytest.mark.usefixtures("in_dit_register")
def test_without_an_organisation_one_can_only_look(naam: str, monkeypatch: pytest.MonkeyPatch):
    proef = open_pagina(naam, "iris")
    assert not proef.exception
    assert NIET_INGERICHT in [zin.value for zin in proef.info]
    assert [knop for knop in proef.button if (knop.key or "").endswith(".knop")] == []
