"""The dossier: who may read it, and what it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from klachten import bestandsnaam, scherm
from klachten import gebeurtenissen as g
from klachten.analyse.termijnen.stand import TermijnStand
from klachten.handelingen import dossier_van
from klachten.opening import open_register
from klachten.scherm.dossier import stuk, termijn, vouwen
from klachten.scherm.dossier.handelen import KEUZE
from tests.dossierproef import D, dossier, register, vouwen_van
from tests.paginas import MAATREGEL, VANDAAG, doe, klacht, verstuur, vul, widget, zinnen
from tests.schermproef import open_pagina

# One register for all tests here, each with klachten of its own.
__all__ = ["register"]

pytestmark = pytest.mark.usefixtures("los_in_dit_register")

LASTIG = '<script>alert(1)</script> **vet** :material/home: $x$ =HYPERLINK("x") -> [a](https://x.nl)'


# --- which dossier ---------------------------------------------------------------------------------------------------


def test_the_page_opens_in_the_window(register, monkeypatch):
    monkeypatch.undo()
    nummer = klacht(register)
    proef = open_pagina("dossier", als="anna", nummer=nummer)
    assert not proef.exception
    assert proef.title[0].value == f"Klacht {nummer}"


def test_without_a_number_one_chooses(register):
    nummer = klacht(register)
    andere = klacht(register, betrokkenen=("anna",))
    proef = dossier()
    assert f"[Klacht {nummer}]" in zinnen(proef)
    assert andere not in zinnen(proef), "Anna is involved in that one"
    proef.text_input(key="dossier.zoek").set_value(nummer.lower()).run()
    assert proef.title[0].value == f"Klacht {nummer}"


def test_an_empty_register_says_what_to_do(tmp_path):
    with open_register(tmp_path) as leeg:
        scherm.gebruik(leeg)
        assert "Het register is nog leeg" in zinnen(dossier())
        klacht(leeg, betrokkenen=("anna",))
        assert "Er zijn nog geen dossiers voor u" in zinnen(dossier())


@pytest.mark.parametrize("nummer", "K2026-0099 S2026-0001 P2026-0001 O0001 <b> ../../etc K K2026-1".split())
def test_an_unknown_number_is_a_clear_sentence(nummer):
    assert "Deze klacht staat niet in het register" in zinnen(dossier(nummer))


@pytest.mark.parametrize("als", ["eva", "gijs", "hanna", "bas"])
def test_who_may_not_read_sees_what_a_number_that_is_not_there_shows(register, als):
    nummer = klacht(register, ontvanger="dirk", omschrijving="Geheim verhaal", indiener_naam="M. Geheim")
    proef, geen = dossier(nummer, als=als), dossier("K2026-0099", als=als)
    assert "Geheim" not in zinnen(proef)
    assert not proef.get("form")
    assert not proef.button
    assert "Deze klacht staat niet in het register, of is niet voor u." in zinnen(proef)
    kaal = [re.sub(r"K[0-9]{4}-[0-9]{4}", "K", zinnen(deze)) for deze in (proef, geen)]
    assert kaal[0] == kaal[1]


def test_an_actienemer_reads_the_own_maatregel_and_no_more(register):
    nummer = klacht(
        register, "stap_10_informeren_actienemer", omschrijving="Geheim verhaal", indiener_naam="M. Geheim",
        ontvanger="dirk",
    )  # fmt: skip
    proef = dossier(nummer, als="gijs")
    gezegd = zinnen(proef)
    assert "Geheim" not in gezegd
    for zin in ("Ontvangen op **16 februari 2026**", "behandelaar: **Anna de Wit**", "Afspraken voortaan bevestigen"):
        assert zin in gezegd
    proef.button(key=f"open.maatregelen.{nummer}.1.stap_11_uitvoeren_maatregel").click().run()
    vul(proef, toelichting="Gedaan.")
    verstuur(proef)
    assert dossier_van(register, nummer).maatregelen[1].uitgevoerd_op == VANDAAG


def test_the_ontvanger_reads_that_it_came_in_and_who_handles_it(register):
    nummer = klacht(register, "stap_10_informeren_actienemer", omschrijving="Geheim verhaal", ontvanger="dirk")
    gezegd = zinnen(dossier(nummer, als="dirk"))
    assert "behandelaar: **Anna de Wit**" in gezegd
    for geheim in ("Geheim", "J. Jansen", "Afspraken voortaan bevestigen", "Maatregelen"):
        assert geheim not in gezegd


def test_a_linked_klacht_that_is_not_for_the_reader_is_left_out(register):
    nummer, ander = klacht(register), klacht(register, betrokkenen=("anna",))
    doe(register, "stap_03_koppelen_klacht", "carla", nummer, op=VANDAAG, met=ander)
    for als, ziet in (("carla", True), ("anna", False)):
        proef = dossier(nummer, als=als, deel=vouwen.ALLES)
        geheel = []
        geheel.append(zinnen(proef) + "".join(vak.label for vak in proef.expander))
        assert (ander in "".join(geheel)) == ziet
        assert ("gekoppeld" in "".join(geheel).lower()) == ziet


# --- what it shows ---------------------------------------------------------------------------------------------------


def test_the_top_shows_status_and_three_terms_in_words(register):
    proef = dossier(klacht(register, "stap_08_bepalen_maatregel"), deel="")
    gezegd = zinnen(proef)
    eerst = "nog 28 dagen] Maatregelen uitgevoerd: uiterlijk ma 30 mrt"
    for zin in ("in behandeling", eerst, "Uiterlijk 30 maart 2026"):
        assert zin in gezegd
    (termijnen,) = [vak.label for vak in proef.expander if vak.label.startswith("**Termijnen**")]
    for stand in ("op tijd: wo 18 feb 2026", "n.v.t.", "loopt, nog 28 dagen"):
        assert stand in termijnen


def test_the_next_act_is_there_and_the_rest_is_folded_with_what_is_in_it(register):
    nummer = klacht(register, "stap_10_informeren_actienemer", betrokkenen=("eva", "dirk"))
    doe(register, "stap_08_bepalen_maatregel", "anna", nummer, **{**MAATREGEL, "omschrijving": "De tweede"})
    proef = dossier(nummer, deel="")
    assert proef.header[0].value == "Nu te doen"
    assert vouwen_van(proef) == {
        "Termijnen": vouwen_van(proef)["Termijnen"],
        "Verloop": "8 stappen gedaan, nu stap 10",
        "Maatregelen": "2, waarvan 2 open",
        "Klacht en stukken": "de tekst, 2 betrokken medewerkers, 0 stukken",
        "Geschiedenis": "alles wat is vastgelegd, door wie en wanneer",
    }
    # What was never opened is not even read.
    gezegd = zinnen(proef)
    for rest in ("Maatregel 2", "Betrokken medewerkers", "Alles wat ooit is vastgelegd", "Ingediend"):
        assert rest not in gezegd
    proef.button(key="dossier.alles").click().run()
    for rest in ("Maatregel 2", "Alles wat ooit is vastgelegd", "Reglement: **Klachtenreglement Coulant"):
        assert rest in zinnen(proef)
    # A fold says something else after each fact, and stays as the reader left it.
    proef.button(key=f"open.maatregelen.{nummer}.2.stap_10_informeren_actienemer").click().run()
    (knop,) = [een for een in proef.button if (een.key or "").startswith("maatregelen/")]
    knop.click().run()
    assert "Actienemer informeren" in zinnen(proef)
    assert "Maatregel 2" in zinnen(proef)
    # Closed again it is still there, with what was typed in it.
    proef.button(key="dossier.alles").click().run()
    assert "Maatregel 2" in zinnen(proef)


@pytest.mark.parametrize(
    ("nr", "standen", "verwacht"),
    [
        (5, [(5, 3), (7, 17), (11, 31)], 5),
        (4, [(5, -2), (7, 12), (11, 26)], 5),
        (6, [(5, None), (7, 4), (11, 18)], 7),
        # Deciding on maatregelen is deciding not to refuse, for which step 7 has a term; after that step 11 counts.
        (8, [(5, None), (7, -3), (11, 11)], 7),
        (9, [(5, None), (7, None), (11, 11)], 11),
        (13, [(5, None), (7, None), (11, 11)], None),
        (None, [(5, 3)], None),
    ],
)
def test_the_term_beside_the_next_act_is_the_first_that_it_has_to_meet(nr, standen, verwacht):
    alle = [
        TermijnStand(str(stap), str(stap), stap, D, VANDAAG, VANDAAG if over is None else None, "loopt", over)
        for stap, over in standen
    ]
    gevonden = termijn.eerstvolgende(alle, nr)
    assert (gevonden.stap if gevonden else None) == verwacht


def test_an_overdue_term_says_how_many_days(register):
    lang_geleden = {"op": date(2026, 1, 12), "coordinator_op": date(2026, 1, 13), "verwerkt_op": date(2026, 1, 13)}
    proef = dossier(klacht(register, **lang_geleden))
    assert "35 dagen te laat] Ontvangstbevestiging: uiterlijk ma 26 jan" in zinnen(proef)
    (termijnen,) = [vak.label for vak in proef.expander if vak.label.startswith("**Termijnen**")]
    assert "35 dagen te laat, nog open" in termijnen
    assert "termijn verstreken" in termijnen


def test_a_vervallen_entry_has_nothing_to_do(register):
    nummer = klacht(register)
    doe(register, "stap_03_laten_vervallen", "anna", nummer, reden="x", op=VANDAAG, grond="vergissing")
    gezegd = zinnen(dossier(nummer))
    assert "Deze invoer is vervallen. U hoeft niets te doen." in gezegd


def test_the_road_shows_done_now_and_later(register):
    proef = dossier(klacht(register, "stap_05_bevestigen_ontvangst"))
    stappen = [vak.label for vak in proef.expander if re.match(r"(:gray\[)?\*\*\d", vak.label)]
    assert len(stappen) == 15
    assert stappen[4] == "**5.** Bevestigd · 18 februari 2026"
    assert "nu aan de beurt" in stappen[5]
    assert stappen[12].startswith(":gray[")
    assert "Vastgelegd door Anna de Wit (behandelaar)" in zinnen(proef)


def test_after_step_8_step_7_does_not_apply(register):
    proef = dossier(klacht(register, "stap_08_bepalen_maatregel"))
    assert any("n.v.t." in vak.label and "**7.**" in vak.label for vak in proef.expander)


@pytest.mark.parametrize("deel", [*vouwen.VOUWEN, ""])
def test_what_somebody_typed_appears_exactly_so(register, deel):
    nummer = klacht(register, omschrijving=LASTIG, indiener_naam=LASTIG, gewenste_oplossing=LASTIG)
    doe(register, "stap_04_toewijzen_behandelaar", "anna", nummer, op=VANDAAG, behandelaar="anna")
    doe(register, "stap_06_onderzoeken_klacht", "anna", nummer, reden=LASTIG, op=VANDAAG, bevindingen=LASTIG)
    doe(
        register, "stap_08_bepalen_maatregel", "anna", nummer, op=VANDAAG, omschrijving=LASTIG, actienemer="gijs",
        uiterlijk_op=VANDAAG, overlegd_met="carla",
    )  # fmt: skip
    proef = dossier(nummer, deel=deel)
    assert any(LASTIG in deel.value for deel in proef.text)
    for soort in (proef.markdown, proef.error, proef.warning, proef.info, proef.success, proef.caption):
        assert not any("alert(1)" in str(deel.value).replace("\\", "") for deel in soort)
    for vak in [*proef.expander, *proef.button]:
        assert "alert(1)" not in vak.label.replace("\\", "")


def test_why_something_cannot_be_done_is_the_sentence_of_the_rule(register):
    proef = dossier(klacht(register))
    assert "Stap 5 kan nog niet: er is nog geen behandelaar toegewezen" in zinnen(proef)
    assert any(vak.label.startswith("Wat nu niet kan, en waarom") for vak in proef.expander)


def test_the_next_step_is_offered_first_and_again_after_recording(register):
    nummer = klacht(register)
    proef = dossier(nummer)
    assert proef.selectbox(key=KEUZE).value == "stap_04_toewijzen_behandelaar"
    vul(proef, behandelaar="anna")
    verstuur(proef)
    assert f"Vastgelegd bij {nummer}. Stap 4: Behandelaar toewijzen" in zinnen(proef)
    assert proef.selectbox(key=KEUZE).value == "stap_05_bevestigen_ontvangst"


def test_the_likely_answer_stands_there_already(register):
    assert widget(dossier(klacht(register)), "behandelaar").value == "anna"
    assert widget(dossier(klacht(register, betrokkenen=("anna",)), als="carla"), "behandelaar").value is None
    proef = dossier(klacht(register, "stap_06_onderzoeken_klacht"))
    assert widget(proef, "uiterlijk_op").value == date(2026, 3, 30)


def test_whose_turn_it_is_stands_there_for_who_cannot(register):
    nummer = klacht(register, "stap_10_informeren_actienemer")
    proef = dossier(nummer, als="carla")
    assert "Dit doet de actienemer, Gijs Peters" in zinnen(proef)


def test_an_involved_behandelaar_has_to_be_replaced_now(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    doe(register, "stap_04_toevoegen_betrokkene", "carla", nummer, reden="x", op=VANDAAG, betrokkene="anna")
    proef = dossier(nummer, als="carla")
    assert "Behandelaar Anna de Wit blijkt betrokken" in zinnen(proef)
    assert proef.selectbox(key=KEUZE).value == "stap_04_vervangen_behandelaar"
    assert "Anna de Wit" not in widget(proef, "behandelaar").options


def test_missing_facts_are_to_be_asked_for(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst", feiten_vermeld=False)
    proef = dossier(nummer)
    assert "Vraag ze na bij de indiener" in zinnen(proef)
    proef.button(key="aandacht.0.stap_06_vragen_informatie").click().run()
    assert proef.selectbox(key=KEUZE).value == "stap_06_vragen_informatie"
    vul(proef, bij="indiener", vraag="Wanneer was dat?")
    verstuur(proef)
    assert "nog niet ontvangen" in zinnen(proef)


def test_linked_klachten_lead_to_each_other(register):
    een, twee = klacht(register), klacht(register)
    doe(register, "stap_03_koppelen_klacht", "anna", een, op=VANDAAG, met=twee)
    assert f"[Klacht {een}](dossier {{'nummer': '{een}'}})" in zinnen(dossier(twee, deel="klacht"))


def test_a_document_is_fetched_only_when_asked_for_and_by_who_may_read(register, anna, eva):
    nummer = klacht(register)
    proef = dossier(nummer, deel="klacht")
    vul(proef, naam="Brief **1**.pdf", bestand=b"%PDF inhoud")
    verstuur(proef, "Toevoegen")
    nr = dossier_van(register, nummer).vastleggingen[-1].nr
    assert "Brief **1**.pdf" in [deel.value for deel in proef.text]
    knop, heel = proef.get("link_button")
    assert heel.proto.label == "Heel dossier als zip"
    assert knop.proto.url == f"/stuk/{nummer}/{nr}?als=anna"
    assert stuk.haal(register, nummer, nr, anna) == ("Brief __1__.pdf", b"%PDF inhoud")
    assert stuk.haal(register, nummer, nr, eva) is None
    assert stuk.haal(register, nummer, nr - 1, anna) is None


def test_a_document_without_a_name_gets_that_of_its_file(register):
    nummer = klacht(register)
    proef = dossier(nummer, deel="klacht")
    vul(proef, bestand=b"x")
    verstuur(proef, "Toevoegen")
    assert dossier_van(register, nummer).van(g.DocumentToegevoegd)[0].naam == "stuk.pdf"


@pytest.mark.parametrize(
    ("naam", "veilig"),
    [
        ("../../x.pdf", "_.._x.pdf"), ("a/b:c*.pdf", "a_b_c_.pdf"), ("", "stuk"), ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1 .pdf", "_Com1 .pdf"), ("Conny.pdf", "Conny.pdf"), ("x" * 300 + ".pdf", "x" * 130 + ".pdf"),
        ("x" * 300, "x" * 150), ("brief\u202efdp.exe", "brief_fdp.exe"), ("a\x00b\r\nc", "a_b__c"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_is_safe(naam, veilig):
    assert bestandsnaam.handed_out(naam) == veilig


def test_an_imported_klacht_under_a_small_reglement_can_be_read(register, monkeypatch):
    coulant = register.reglementen["coulant"]
    klein = replace(coulant, id="klein", soort="overname", stappen=coulant.stappen[:1], categorieen=())
    monkeypatch.setitem(register.reglementen, "klein", klein)
    ontvangst = g.KlachtOntvangen(
        gebeurd_op=D, reglement="klein", reglement_versie=date(2000, 1, 1), kanaal="web", indiener_soort="klant",
        vestiging="x", categorie="**y**", ontvanger="Resource12", herkomst="overgenomen", bron="coselog", bron_id="7",
    )  # fmt: skip
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("K", 2026)
        boeking.leg_vast(nummer, ontvangst, door="iris", rol="beheerder")
    for deel in ("", vouwen.ALLES):
        assert "overgenomen" in zinnen(dossier(nummer, deel=deel))
