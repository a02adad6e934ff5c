"""The help pages: every step is explained and leads to its page, every role finds its questions."""

from __future__ import annotations

import re
from datetime import date

import pytest

from klachten import organisatie, rechten, reglement, scherm, toegang
from klachten.opening import open_register
from klachten.rechten.woorden import in_woorden
from klachten.register import Register
from klachten.scherm import persoonlijk, uitleg
from klachten.scherm import rechten as rechtenbeeld
from klachten.scherm.hulp import boek, rondleiding, waarom
from klachten.scherm.hulp import vragen as handleiding
from klachten.scherm.paginas import PAGINAS, pagina
from klachten.toegang.rondleidingen import KLAAR, NOOIT, STRAKS, Gang, Rondleidingen
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.paginas import klacht, los_formulier, verstuur
from tests.schermproef import ga_naar, open_pagina, tekst

COULANT = reglement.load("coulant")
WOORDEN = "Wat de woorden betekenen"


@pytest.fixture(scope="module", autouse=True)
def in_een_leeg_register(tmp_path_factory):
    with open_register(tmp_path_factory.mktemp("hulp") / "register") as register:
        vorig = scherm.gebruik(register)
        yield
        scherm.gebruik(vorig)


def labels(proef) -> list[str]:
    return [link.proto.label for link in proef.get("page_link")]


def test_the_reglement_explains_all_18_steps_in_order():
    proef = open_pagina("reglement")
    assert not proef.exception
    koppen = [kop.value for kop in proef.subheader]
    assert koppen == [rf"{stap.nr}\. {stap.naam}" for stap in COULANT.stappen]
    for stap in COULANT.stappen:
        assert stap.uitleg in tekst(proef)


@pytest.mark.parametrize("wie", ["anna", "bas", "carla"])
def test_every_step_leads_to_its_page_and_says_who_records_there(wie: str):
    persoon = toegang.huidige_gebruiker(wie)
    verwacht = [
        f"Stap {stap.nr} vastleggen" if persoon.heeft(*stap.rollen) else f"Naar {pagina(stap.pagina).titel}"
        for stap in COULANT.stappen
    ]
    assert labels(open_pagina("reglement", als=wie)) == [*verwacht, WOORDEN]


def test_who_may_not_record_gets_no_link_that_would_be_refused():
    assert labels(open_pagina("reglement", als="hanna")) == [WOORDEN]


def test_the_terms_are_those_of_the_reglement():
    gezegd = tekst(open_pagina("reglement"))
    for zin in ("2 weken na ontvangst", "4 weken na ontvangst", "6 weken na ontvangst"):
        assert zin in gezegd
    assert "Verlengen of opschorten kan niet" in gezegd
    assert "schuift niet op" in gezegd


def test_another_reglement_explains_itself_too():
    awb = reglement.load("awb9")
    zinnen = [uitleg.termijn_zin(termijn) for termijn in awb.termijnen]
    assert any("Verlengen kan met 4 weken, met schriftelijk bericht" in zin for zin in zinnen)
    assert "eerstvolgende werkdag" in uitleg.tel_zin(awb, awb.termijnen)


def test_the_readings_that_were_chosen_are_named():
    gekozen = [stap.keuze for stap in COULANT.stappen if stap.keuze]
    assert gekozen
    gezegd = tekst(open_pagina("reglement"))
    assert [keuze for keuze in gekozen if keuze not in gezegd] == []


def test_the_groups_hold_every_step_once():
    assert [nr for nummers in uitleg.GROEPEN.values() for nr in nummers] == list(range(1, 19))


@pytest.mark.parametrize("wie", [persoon.id for persoon in ROLVERDELING])
def test_everybody_finds_questions_of_their_own(wie: str):
    proef = open_pagina("handleiding", als=wie)
    assert not proef.exception
    eigen = handleiding.taken_voor(*toegang.huidige_gebruiker(wie).rollen)
    assert [vak.label for vak in proef.expander] == [taak.vraag for taak in eigen]
    assert eigen


@pytest.mark.parametrize("rol", organisatie.ROLLEN)
def test_the_manual_can_be_read_for_another_role(rol: str):
    proef = open_pagina("handleiding", als="anna")
    proef.selectbox(key="handleiding_rol").select(rol).run()
    assert not proef.exception
    assert [vak.label for vak in proef.expander] == [taak.vraag for taak in handleiding.taken_voor(rol)]


def test_every_answer_leads_to_a_page_that_the_asker_may_open():
    namen = {deel.naam for deel in PAGINAS}
    for taak in handleiding.taken():
        assert taak.pagina in namen
        for persoon in ROLVERDELING:
            if persoon.heeft(*taak.rollen):
                assert pagina(taak.pagina).toegankelijk_voor(persoon), f"{taak.vraag}: {persoon.id}"


def test_the_manual_tells_the_keys():
    gezegd = tekst(open_pagina("handleiding"))
    for toets, betekenis in handleiding.toetsen():
        assert f"`{toets}`: {betekenis}" in gezegd


def folded(proef, woord: str) -> str:
    """Return what stands in the folds whose label has this word."""
    return "\n".join(str(m.value) for vak in proef.expander if woord in vak.label for m in vak.markdown)


def test_every_word_and_sentence_of_the_handleiding_stands_on_its_page_too():
    """What the PDF says in its order (test_hulp.py) is what the page says: both draw the same parts."""
    proef = open_pagina("handleiding", als="iris")
    rollen = [rol for rol in organisatie.ROLLEN if rol in toegang.huidige_gebruiker("iris").rollen]
    op_de_pagina = boek.plain("\n".join([tekst(proef), *(vak.label for vak in proef.expander)])).replace("\\", "")
    plat = re.sub(r"[\s\u2060]+", "", boek.plain(op_de_pagina))
    for deel in boek.parts(rollen, COULANT, scherm.vandaag()):
        for zin in (deel.kop, *deel.alineas, *deel.punten):
            assert re.sub(r"\s+", "", zin) in plat, zin


def test_the_help_opens_with_what_the_address_asks_for():
    for adres, kop in (
        ({"waarom": "geen_behandelaar"}, "Er is nog geen behandelaar"),
        ({"begrip": "peildatum"}, "Peildatum"),
        ({"kengetal": "stroom"}, "Wat kwam erin, wat ging eruit"),
    ):
        proef = open_pagina("hulp", **adres)
        assert not proef.exception
        assert proef.header[0].value == kop
    proef = open_pagina("hulp", waarom="bestaat_niet")
    assert "Zoek haar hieronder" in proef.error[0].value
    assert len(proef.expander) == len(waarom.alle())
    assert open_pagina("hulp", deel="begrippen").expander[0].label == "Actienemer"
    proef = open_pagina("reglement", stap="5")
    assert proef.header[0].value == "Stap 5"
    assert "Binnen 2 weken na ontvangst" in proef.markdown[4].value, [m.value for m in proef.markdown[:6]]
    proef = open_pagina("handleiding", als="gijs", vraag="goede_reservekopie")
    assert proef.expander[0].label.startswith("Is er een goede reservekopie")
    assert open_pagina("handleiding", rol="analist").selectbox(key="handleiding_rol").value == "analist"


def test_one_searches_in_all_of_the_help_and_is_led_to_the_place():
    proef = open_pagina("hulp", als="bas")
    proef.text_input(key="hulp.zoek").set_value("COORDINATOR informeren").run()
    assert not proef.exception
    assert labels(proef)[0] == "Stap 2: Coördinator informeren"
    assert ":gray-badge[Stap]" in tekst(proef)
    proef.text_input(key="hulp.zoek").set_value("bestaatnergens").run()
    assert "Niets gevonden" in tekst(proef)
    # Nobody reads what was typed in an address.
    assert set(proef.query_params) == {"als"}


def test_a_tour_is_begun_put_off_taken_up_again_and_never_shown_again():
    proef = open_pagina("werkvoorraad", als="dirk")
    assert "Rondleiding voor behandelaar" in tekst(proef)
    proef.button(key="rondleiding.behandelaar.Beginnen").click().run()
    proef.button(key="rondleiding.behandelaar.Volgende").click().run()
    assert proef.title[0].value == "Klachten"
    assert "Rondleiding 2 van 5: Klachten" in tekst(proef)
    # On another page it only says where one was.
    ga_naar(proef, "rechten", "dirk")
    assert labels(proef)[0] == "Naar Klachten"
    proef.button(key="rondleiding.behandelaar.Straks verder").click().run()
    assert "Rondleiding 2" not in tekst(proef)
    assert "staat klaar op de pagina Hulp" in tekst(proef)
    # It is remembered, in another window too, and not asked again today.
    assert "Rondleiding voor" not in tekst(open_pagina("werkvoorraad", als="dirk"))
    proef = open_pagina("hulp", als="dirk")
    assert "**Behandelaar**: u was bij 2 van 5." in tekst(proef)
    proef.button(key="rondleiding.behandelaar.Verder").click().run()
    assert proef.title[0].value == "Klachten"
    # One at a time: beginning another puts this one off.
    ga_naar(proef, "hulp", "dirk")
    proef.button(key="rondleiding.actienemer.Beginnen").click().run()
    assert "Rondleiding 1 van 3: Werkvoorraad" in tekst(proef)
    ga_naar(proef, "hulp", "dirk")
    proef.button(key="rondleiding.behandelaar.Verder").click().run()
    assert "Rondleiding 2 van 5: Klachten" in tekst(proef)
    proef.button(key="rondleiding.behandelaar.Niet meer tonen").click().run()
    assert "Rondleiding 2" not in tekst(proef)
    gang = Rondleidingen(persoonlijk.opslag()).of("dirk")["behandelaar"]
    assert (gang.stap, gang.stand) == (1, NOOIT)
    # Somebody else is asked all the same.
    assert "Rondleiding voor" in tekst(open_pagina("werkvoorraad", als="bas"))


def test_what_was_put_off_comes_back_the_next_day_and_what_is_done_does_not(monkeypatch):
    vandaag = date(2026, 3, 2)
    monkeypatch.setattr(scherm, "vandaag", lambda: vandaag)
    te_doen = rondleiding._to_offer
    assert te_doen({"directie": None, "behandelaar": None}) == "directie"
    assert te_doen({"directie": Gang(1, STRAKS, vandaag)}) == ""
    assert te_doen({"directie": Gang(1, STRAKS, date(2026, 3, 1))}) == "directie"
    assert te_doen({"directie": Gang(4, KLAAR, date(2026, 1, 1)), "behandelaar": None}) == ""
    assert te_doen({"directie": Gang(0, NOOIT, date(2026, 1, 1))}) == ""


def test_what_is_kept_of_a_tour_goes_with_the_account():
    opslag = persoonlijk.opslag()
    Rondleidingen(opslag).keep("weg", "directie", Gang(1, STRAKS, date(2026, 3, 2)))
    opslag.forget("weg")
    assert Rondleidingen(opslag).of("weg") == {}


def test_at_a_form_stands_what_the_reglement_of_that_klacht_says_of_the_step():
    nummer = klacht(scherm.register(), "stap_04_toewijzen_behandelaar")
    proef = open_pagina("dossier", als="anna", nummer=nummer)
    hulp = folded(proef, "Hulp bij stap 5")
    assert "**Wanneer:** Binnen 2 weken na ontvangst" in hulp
    assert "(reglement?stap=5&als=anna)" in hulp
    # Another reglement reads otherwise, also of a klacht that is open beside it.
    for eigen, zin in (("coulant", "Het reglement noemt hier geen termijn."), ("awb9", "Binnen 6 weken na ontvangst")):
        klaar = klacht(scherm.register(), "stap_11_uitvoeren_maatregel", reglement=eigen)
        hulp = folded(open_pagina("dossier", als="anna", nummer=klaar), "Hulp bij stap 13")
        assert f"**Wanneer:** {zin}" in hulp
    # What cannot be done now says why, each with where that is explained.
    niet = folded(proef, "Wat nu niet kan")
    assert niet.count("[Waarom?](hulp?waarom=") == len(re.findall(r"^\*\*", niet, re.M)) > 10
    assert set(re.findall(r"waarom=(\w+)", niet)) <= set(waarom.alle())


def test_a_refusal_of_a_form_leads_to_its_explanation():
    nummer = klacht(scherm.register(), "stap_04_toewijzen_behandelaar")
    proef = los_formulier("stap_13_afsluiten_klacht", nummer)
    verstuur(proef)
    assert "er zijn geen maatregelen bepaald" in proef.error[0].value
    assert "(hulp?waarom=geen_maatregelen_bepaald&als=anna)" in tekst(proef)


def test_a_page_that_is_refused_leads_to_its_explanation():
    assert f"(hulp?waarom={waarom.PAGINA}&als=hanna)" in tekst(open_pagina("klachten", als="hanna"))


def test_that_nothing_can_be_recorded_leads_to_an_explanation_above_every_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Register, "alleen_lezen", "De schijf is vol.")
    proef = open_pagina("werkvoorraad", als="anna")
    assert "De schijf is vol." in proef.error[0].value
    assert "(hulp?waarom=alleen_lezen&als=anna)" in tekst(proef)


@pytest.mark.parametrize(
    ("naam", "als", "vraag", "soort"),
    [
        ("personen", "carla", {"persoon": "p9999"}, "niet_gevonden"),
        ("verbeteracties", "carla", {"evaluatie": "E2001-0001"}, "niet_gevonden"),
        ("hulp", "hanna", {"waarom": "bestaat_niet"}, "niet_gevonden"),
    ],
)
def test_what_a_page_itself_refuses_leads_to_an_explanation(naam: str, als: str, vraag: dict[str, str], soort: str):
    proef = open_pagina(naam, als=als, **vraag)
    assert proef.error
    assert f"(hulp?waarom={soort}&als={als})" in tekst(proef)


@pytest.mark.parametrize("rol", ["", *organisatie.ROLLEN])
def test_the_page_of_rights_shows_the_table_that_decides(rol: str):
    proef = open_pagina("rechten")
    if rol:
        proef.selectbox(key="rechten_rol").select(rol).run()
    assert not proef.exception
    gezegd = tekst(proef)
    for rij in rechten.RIJEN:
        stap = re.match(r"stap_(\d\d)", rij.naam)
        zin = in_woorden(rij, COULANT.stap(int(stap[1])).rollen if stap else ())
        kop = f"**{rechtenbeeld.naam(rij)}**"
        # An address that asks for no role names none.
        heeft = not rol or (rij.soort == "route" and rij.iedereen)
        heeft = heeft or organisatie.ROLLEN[rol].lower() in zin.partition("Wie bij een klacht")[0].lower()
        assert (f"{kop}  \n  {zin}" in gezegd) == heeft, (rij.soort, rij.naam)
