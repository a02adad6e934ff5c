"""The dossier: who may read it, what it shows, and every handeling that can be done from it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from klachten import bestandsnaam, reglement, scherm
from klachten import gebeurtenissen as g
from klachten.analyse.termijnen.stand import TermijnStand
from klachten.handelingen import HANDELINGEN, dossier_van
from klachten.opening import open_register
from klachten.scherm import formulier
from klachten.scherm.dossier import feit as feitbeeld
from klachten.scherm.dossier import handelen, stuk, termijn, vouwen
from klachten.scherm.dossier.handelen import DEEL, KEUZE
from tests.paginas import MAATREGEL, VANDAAG, doe, klacht, open_los, verstuur, vul, widget, zinnen
from tests.schermproef import open_pagina

pytestmark = pytest.mark.usefixtures("los_in_dit_register")

LASTIG = '<script>alert(1)</script> **vet** :material/home: $x$ =HYPERLINK("x") -> [a](https://x.nl)'
D = date(2026, 2, 28)
EIND = "stap_14_informeren_indiener_afsluiting"


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """One register for all tests here, each with klachten of its own: opening it takes longer than most tests."""
    with open_register(tmp_path_factory.mktemp("register")) as register:
        yield register


def dossier(nummer: str = "", als: str = "anna", doen: str = "", deel: str = "behandeling") -> AppTest:
    """Open the page on its own, which is faster than in the window, with a part of it unfolded."""
    adres = {naam: waarde for naam, waarde in (("nummer", nummer), ("doe", doen)) if waarde}
    return open_los("dossier", als, {DEEL: deel}, **adres)


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


def vouwen_van(proef: AppTest) -> dict[str, str]:
    """Return the folds of a dossier with what they say is in them."""
    regels = [vak.label.partition("**: ") for vak in proef.expander if vak.label.startswith("**")]
    return {kop.strip("*").partition(" (")[0]: wat for kop, dubbel, wat in regels if dubbel}


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


# --- every handeling -------------------------------------------------------------------------------------------------

OORDEEL: list[tuple[str, str, dict[str, Any]]] = [
    ("stap_15_melden_meningsverschil", "anna", {"op": D, "toelichting": "x"}),
    ("stap_15_voeren_overleg", "anna", {"op": D, "toelichting": "x"}),
    ("stap_15_voorleggen_geschil", "carla", {"op": D, "onafhankelijk_persoon": "mr. B"}),
    ("stap_15_ontvangen_oordeel", "carla", {"op": D, "oordeel": "gegrond", "toelichting": "x"}),
]
# What each handeling needs: the road that comes before, more that happens before, who does it, and the answers.
DOEN: dict[str, tuple[str, list[tuple[str, str, dict[str, Any]]], str, dict[str, Any]]] = {
    "stap_02_informeren_coordinator": ("los", [], "anna", {"geinformeerde": "anna"}),
    "stap_03_verwerken_klacht": ("los2", [], "anna", {}),
    "stap_03_toevoegen_document": ("", [], "anna", {"naam": "brief", "bestand": b"x"}),
    "stap_03_koppelen_klacht": ("", [], "anna", {"met": ""}),
    "stap_03_laten_vervallen": ("", [], "anna", {"grond": "vergissing", "reden": "Testinvoer"}),
    "stap_04_toevoegen_betrokkene": ("", [], "anna", {"betrokkene": "dirk", "reden": "Was erbij"}),
    "stap_04_toewijzen_behandelaar": ("", [], "anna", {"behandelaar": "anna"}),
    "stap_04_vervangen_behandelaar": (
        "stap_04_toewijzen_behandelaar", [], "anna", {"behandelaar": "bas", "grond": "afwezig", "reden": "Verlof"},
    ),
    "stap_04_meedelen_behandelaar": (
        "stap_05_bevestigen_ontvangst",
        [("stap_04_vervangen_behandelaar", "anna", {"op": D, "behandelaar": "bas", "grond": "afwezig", "reden": "x"})],
        "anna",
        {"wijze": "brief"},
    ),
    "stap_05_bevestigen_ontvangst": ("stap_04_toewijzen_behandelaar", [], "anna", {"wijze": "brief"}),
    "stap_06_vragen_informatie": ("stap_05_bevestigen_ontvangst", [], "anna", {"bij": "indiener", "vraag": "Wat?"}),
    "stap_06_ontvangen_informatie": (
        "stap_05_bevestigen_ontvangst",
        [("stap_06_vragen_informatie", "anna", {"op": D, "bij": "indiener", "vraag": "Wat?"})],
        "anna",
        {"van": "indiener", "inhoud": "Dit."},
    ),
    "stap_06_onderzoeken_klacht": ("stap_05_bevestigen_ontvangst", [], "anna", {"bevindingen": "Zo was het."}),
    "stap_07_niet_in_behandeling_nemen": (
        "stap_06_onderzoeken_klacht", [], "anna", {"grond": "te_oud", "wijze": "brief", "toelichting": "Te oud"},
    ),
    "stap_08_bepalen_maatregel": (
        "stap_06_onderzoeken_klacht", [], "anna",
        {"omschrijving": "Bellen", "actienemer": "gijs", "uiterlijk_op": date(2026, 3, 10), "overlegd_met": "carla"},
    ),
    "stap_08_afzien_van_maatregelen": (
        "stap_06_onderzoeken_klacht", [], "anna", {"motivering": "Al opgelost", "overlegd_met": "carla"},
    ),
    "stap_08_wijzigen_maatregel": (
        "stap_08_bepalen_maatregel", [], "anna", {"maatregel": 1, "actienemer": "bas", "reden": "Ziek"},
    ),
    "stap_08_overdragen_maatregel": (
        "stap_08_bepalen_maatregel", [], "carla", {"maatregel": 1, "actienemer": "bas", "reden": "Uit dienst"},
    ),
    "stap_08_laten_vervallen_maatregel": (
        "stap_08_bepalen_maatregel", [], "anna", {"maatregel": 1, "overlegd_met": "carla", "reden": "Dubbel"},
    ),
    "stap_09_informeren_indiener": ("stap_08_bepalen_maatregel", [], "anna", {"wijze": "brief"}),
    "stap_10_informeren_actienemer": ("stap_09_informeren_indiener", [], "anna", {"maatregel": 1}),
    "stap_11_uitvoeren_maatregel": ("stap_10_informeren_actienemer", [], "anna", {"maatregel": 1}),
    "stap_12_bewaken_voortgang": ("stap_10_informeren_actienemer", [], "anna", {"bevinding": "Loopt"}),
    "stap_13_afsluiten_klacht": ("stap_11_uitvoeren_maatregel", [], "anna", {"uitkomst": "opgelost"}),
    "stap_14_informeren_indiener_afsluiting": ("stap_13_afsluiten_klacht", [], "anna", {"wijze": "brief"}),
    "stap_15_melden_meningsverschil": (EIND, [], "anna", {"toelichting": "Niet eens"}),
    "stap_15_voeren_overleg": (
        EIND,
        [("stap_15_melden_meningsverschil", "anna", {"op": D, "toelichting": "x"})],
        "anna",
        {"toelichting": "Gesprek"},
    ),
    "stap_15_voorleggen_geschil": (
        EIND,
        [
            ("stap_15_melden_meningsverschil", "anna", {"op": D, "toelichting": "x"}),
            ("stap_15_voeren_overleg", "anna", {"op": D, "toelichting": "x"}),
        ],
        "carla",
        {"onafhankelijk_persoon": "mr. A. Buiten"},
    ),
    "stap_15_ontvangen_oordeel": (
        EIND,
        [
            ("stap_15_melden_meningsverschil", "anna", {"op": D, "toelichting": "x"}),
            ("stap_15_voeren_overleg", "anna", {"op": D, "toelichting": "x"}),
            ("stap_15_voorleggen_geschil", "carla", {"op": D, "onafhankelijk_persoon": "mr. B"}),
        ],
        "carla",
        {"oordeel": "gegrond", "toelichting": "Zo is het"},
    ),
    "stap_15_meedelen_oordeel": (EIND, OORDEEL, "anna", {"wijze": "brief"}),
    "stap_15_opvolgen_oordeel": (EIND, OORDEEL, "carla", {"opvolging": "geheel", "toelichting": "Wij volgen het"}),
    "stap_14_vragen_tevredenheid": (EIND, [], "anna", {"wijze": "e-mail"}),
    "stap_14_ontvangen_tevredenheid": (
        EIND,
        [("stap_14_vragen_tevredenheid", "anna", {"op": D, "wijze": "brief"})],
        "anna",
        {"tevredenheid": "tevreden"},
    ),
    "stap_06_inlichten_medewerker": ("stap_05_bevestigen_ontvangst", [], "anna", {"medewerker": "eva"}),
    "stap_06_horen_medewerker": ("stap_05_bevestigen_ontvangst", [], "anna", {"medewerker": "eva", "verslag": "Druk"}),
    "stap_09_informeren_medewerker": ("stap_09_informeren_indiener", [], "anna", {"medewerker": "eva"}),
    "toelichten_vertraging": (
        "stap_05_bevestigen_ontvangst",
        [],
        "anna",
        {"termijn": "maatregelen", "vertraging": "drukte"},
    ),
    "sturen_tussenbericht": ("stap_05_bevestigen_ontvangst", [], "anna", {"termijn": "maatregelen", "wijze": "brief"}),
    "stap_15_heropenen_klacht": (EIND, [], "anna", {"grond": "nieuwe_feiten", "reden": "Brief gevonden"}),
    "intrekken_klacht": ("stap_05_bevestigen_ontvangst", [], "anna", {"wijze": "e-mail"}),
}  # fmt: skip
VAN_EEN_DOSSIER = [h.naam for h in HANDELINGEN.values() if h.reeks == "K" and not h.nieuw]
ELDERS = {
    "corrigeren_feit", "herroepen_feit", "verlengen_termijn", "stap_04_aanwijzen_buitenstaander",
    "stap_06_vaststellen_bevinding", "voortzetten_behandeling", *handelen.BIJ_DE_KLACHT,
}  # fmt: skip


def test_every_handeling_of_a_dossier_is_tried_below():
    assert set(DOEN) | ELDERS == set(VAN_EEN_DOSSIER)


@pytest.mark.parametrize("naam", DOEN)
def test_every_handeling_can_be_done_from_the_dossier(register, naam):
    tot, eerst, wie, antwoorden = DOEN[naam]
    if tot.startswith("los"):
        geweest = {"coordinator_op": None, "verwerkt_op": None}
        nummer = klacht(register, **geweest)
        if tot == "los2":
            doe(register, "stap_02_informeren_coordinator", "anna", nummer, op=D, geinformeerde="anna")
    else:
        nummer = klacht(register, tot)
    for handeling, door, invoer in eerst:
        doe(register, handeling, door, nummer, **invoer)
    if "met" in antwoorden:
        antwoorden = {"met": klacht(register)}
    proef = dossier(nummer, als=wie, doen=naam)
    assert proef.selectbox(key=KEUZE).value == naam
    reden = antwoorden.get("reden")
    vul(proef, **{veld: waarde for veld, waarde in antwoorden.items() if veld != "reden" or reden})
    aantal = len(register.vastleggingen(nummer))
    verstuur(proef)
    assert not proef.exception
    assert len(register.vastleggingen(nummer)) > aantal, zinnen(proef)
    assert HANDELINGEN[naam].titel in zinnen(proef)


# What is known beside the steps stands with the klacht itself.
BIJ_DE_KLACHT: dict[str, tuple[dict[str, Any], str]] = {
    "stap_03_aanvullen_gegevens": ({"ernst": "ernstig"}, "Ernst: **Ernstig"),
    "stap_03_toevoegen_indiener": ({"indiener_soort": "klant", "naam": "P. Pietersen"}, "J. Jansen en P. Pietersen"),
    "stap_03_aanwijzen_gemachtigde": ({"naam": "mr. De Wit"}, "J. Jansen; gemachtigde: mr. De Wit"),
    "stap_03_vastleggen_anonimiteit": ({}, "stap 5, 9 en 14 zijn niet mogelijk"),
    "stap_03_vastleggen_toestemming": ({"toestemming": "geweigerd"}, "Delen met de opdrachtgever: **Mag niet**"),
}


def test_each_of_those_is_tried_below():
    assert list(handelen.BIJ_DE_KLACHT) == list(BIJ_DE_KLACHT)


@pytest.mark.parametrize("naam", BIJ_DE_KLACHT)
def test_what_is_known_beside_the_steps_is_recorded_where_the_klacht_is_read(register, naam):
    antwoorden, gezien = BIJ_DE_KLACHT[naam]
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    proef = dossier(nummer, deel="klacht")
    assert not any(optie in proef.selectbox(key="dossier.nader").options for optie in ("Stap 6", "Stap 15"))
    proef.selectbox(key="dossier.nader").set_value(naam).run()
    for veld, waarde in antwoorden.items():
        soort = "selectbox" if veld in ("ernst", "toestemming", "indiener_soort") else "text_input"
        (eigen,) = [
            w for w in proef.get(soort) if str(w.key).startswith(f"nader/{nummer}") and w.key.endswith(f".{veld}")
        ]
        eigen.set_value(waarde)
    verstuur(proef, "Vastleggen")
    assert not proef.exception
    assert gezien in zinnen(proef)
    assert not dossier(nummer).exception


def test_who_stays_unknown_after_all_and_has_an_address_can_still_be_written_to(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst", indiener_contact="jansen@post.example")
    proef = dossier(nummer, deel="klacht")
    proef.selectbox(key="dossier.nader").set_value("stap_03_vastleggen_anonimiteit").run()
    verstuur(proef, "Vastleggen")
    assert not proef.exception
    assert "stap 5, 9 en 14 zijn niet mogelijk" not in zinnen(proef)
    assert not dossier_van(register, nummer).onbereikbaar


def test_a_term_is_extended_where_the_reglement_allows_it(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst", reglement="awb9")
    proef = dossier(nummer, doen="verlengen_termijn")
    assert proef.selectbox(key=KEUZE).value == "verlengen_termijn"
    vul(proef, uiterlijk_op=date(2026, 4, 20), toelichting="Meer onderzoek nodig")
    verstuur(proef)
    assert dossier_van(register, nummer).van(g.TermijnVerlengd)


def test_coulant_does_not_offer_an_extension(register):
    proef = dossier(klacht(register, "stap_05_bevestigen_ontvangst"))
    assert not any("verlengen" in optie.lower() for optie in proef.selectbox(key=KEUZE).options)


# --- maatregelen and history -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tot", "handeling", "wie", "antwoorden"),
    [
        ("stap_09_informeren_indiener", "stap_10_informeren_actienemer", "anna", {}),
        ("stap_10_informeren_actienemer", "stap_11_uitvoeren_maatregel", "gijs", {"toelichting": "Klaar"}),
        ("stap_08_bepalen_maatregel", "stap_08_wijzigen_maatregel", "anna", {"actienemer": "bas", "reden": "Ziek"}),
        (
            "stap_08_bepalen_maatregel",
            "stap_08_laten_vervallen_maatregel",
            "anna",
            {"overlegd_met": "carla", "reden": "Dubbel"},
        ),
    ],
)
def test_each_maatregel_has_its_own_buttons(register, tot, handeling, wie, antwoorden):
    nummer = klacht(register, tot)
    proef = dossier(nummer, als=wie)
    proef.button(key=f"open.maatregelen.{nummer}.1.{handeling}").click().run()
    eigen = [knop for knop in proef.button if (knop.key or "").startswith("maatregelen/")]
    assert len(eigen) == 1
    vorm = eigen[0].key.removesuffix(".knop")
    for naam, waarde in antwoorden.items():
        soort = "text_area" if naam in ("reden", "toelichting") else "selectbox"
        # The form at the top may hold fields of the same name.
        next(w for w in proef.get(soort) if w.key == f"{vorm}.{naam}").set_value(waarde)
    eigen[0].click().run()
    assert not proef.exception
    assert HANDELINGEN[handeling].titel in zinnen(proef)
    assert not [knop for knop in proef.button if (knop.key or "").startswith("maatregelen/")], "the form is closed"


def test_a_fact_is_corrected_and_both_versions_stay_visible(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.corrigeren_feit").click().run()
    assert widget(proef, "wijze").value == "brief"
    vul(proef, gebeurd_op=date(2026, 2, 19), wijze="e-mail", reden="Verkeerd gelezen")
    verstuur(proef)
    assert not proef.exception
    geldig = dossier_van(register, nummer)
    assert (geldig.stap_op(5), geldig.van(g.OntvangstBevestigd)[0].wijze) == (date(2026, 2, 19), "e-mail")
    labels = "\n".join(vak.label for vak in proef.expander)
    assert "gecorrigeerd door feit" in labels
    assert f"correctie van feit {feit}" in labels
    assert "Verkeerd gelezen" in zinnen(proef)


def test_a_correction_without_reason_or_change_says_so(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.corrigeren_feit").click().run()
    verstuur(proef)
    assert "Reden: vul in waarom dit nodig is" in zinnen(proef)
    vul(proef, reden="Zomaar")
    verstuur(proef)
    assert "staat al zo vast" in zinnen(proef)


def test_a_correction_that_deviates_shows_it_and_keeps_both_reasons(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst", op=date(2026, 2, 10))
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.corrigeren_feit").click().run()
    vul(proef, gebeurd_op=date(2026, 2, 25), reden="Verkeerd gelezen")
    verstuur(proef)
    assert "1 dag te laat" in proef.warning[0].value
    assert widget(proef, "reden").value == "Verkeerd gelezen"
    assert dossier_van(register, nummer).stap_op(5) == date(2026, 2, 18)
    verstuur(proef, "Toch vastleggen")
    assert "Reden: vul in waarom dit zo is gegaan" in zinnen(proef)
    vul(proef, reden_afwijking="De post staakte")
    verstuur(proef, "Toch vastleggen")
    nieuw = dossier_van(register, nummer).van(g.OntvangstBevestigd)[0]
    assert (nieuw.reden, nieuw.reden_afwijking) == ("Verkeerd gelezen", "De post staakte")
    assert nieuw.afwijkingen == ("te_laat:bevestiging",)
    # It is seen without opening each fact: on the line of the step, of the fact, and of the fold.
    regels = [vak.label for vak in dossier(nummer, deel=vouwen.ALLES).expander]
    assert [regel for regel in regels if "afwijking]" in regel and "**5.**" in regel]
    assert [regel for regel in regels if "afwijking]" in regel and "Ontvangst bevestigd" in regel]
    assert vouwen_van(proef)["Verloop"] == "5 stappen gedaan, nu stap 6, 1 afwijking"
    assert sum("afwijking]" in regel for regel in regels) == 2
    zien = zinnen(proef)
    assert "**Reden**" in zien
    assert "**Reden van de afwijking**" in zien
    assert "De post staakte" in zien


BETROKKEN = ("carla", "frank")


def test_the_coordinator_names_somebody_outside_from_the_dossier(register):
    nummer = klacht(register, betrokkenen=BETROKKEN)
    proef = dossier(nummer)
    assert "Alle directieleden zijn betrokken. Wijs iemand van buiten aan" in zinnen(proef)
    proef.button(key="aandacht.0.stap_04_aanwijzen_buitenstaander").click().run()
    vul(proef, persoon="Carla Verhoeven", reden="Beiden waren erbij")
    verstuur(proef)
    assert "Carla Verhoeven werkt bij de organisatie" in zinnen(proef)
    vul(proef, persoon="Mr. J. Buiten, mediator")
    verstuur(proef)
    assert dossier_van(register, nummer).buitenstaander.persoon == "Mr. J. Buiten, mediator"
    assert "Wijs iemand van buiten aan" not in zinnen(proef)


def test_a_colleague_names_somebody_outside_without_reading_the_dossier(register):
    nummer = klacht(register, "", betrokkenen=("anna", *BETROKKEN), ontvanger="dirk", omschrijving="Het geheim")
    proef = dossier(nummer, als="iris")
    assert "Wel kunt u iets doen" in zinnen(proef)
    assert "Het geheim" not in zinnen(proef)
    assert "Anna de Wit" not in widget(proef, "vastlegger").options
    vul(proef, persoon="Mr. J. Buiten", vastlegger="gijs", reden="Allen betrokken")
    verstuur(proef)
    assert dossier_van(register, nummer).buitenstaander.vastlegger == "gijs"
    assert "Wel kunt u iets doen" not in zinnen(dossier(nummer, als="iris"))
    assert "Wel kunt u iets doen" not in zinnen(dossier(nummer, als="carla"))
    daarna = dossier(nummer, als="gijs", doen="stap_04_toewijzen_behandelaar")
    vul(daarna, behandelaar="bas")
    verstuur(daarna)
    toegewezen = dossier_van(register, nummer).van(g.BehandelaarToegewezen)[0]
    assert (toegewezen.behandelaar, toegewezen.toegewezen_door, toegewezen.namens) == ("bas", "buiten", "Mr. J. Buiten")
    # The name put right: what was done on behalf of them reads it too, and the old one stands where it was typed.
    nr = next(v.nr for v in register.vastleggingen(nummer) if isinstance(v.feit, g.BuitenstaanderAangewezen))
    waarden = {"persoon": "Mr. J. Binnen"}
    doe(register, "corrigeren_feit", "bas", nummer, nr=nr, waarden=waarden, reden="Tikfout")
    gelezen = zinnen(dossier(nummer, als="bas", deel="geschiedenis"))
    assert (gelezen.count("Mr. J. Binnen"), gelezen.count("Mr. J. Buiten")) == (2, 1)


def test_a_fact_is_taken_back(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.herroepen_feit").click().run()
    vul(proef, reden="Brief bleef liggen")
    verstuur(proef)
    assert dossier_van(register, nummer).stap_op(5) is None
    assert f"herroept feit {feit}" in "\n".join(vak.label for vak in proef.expander)


def test_the_receipt_itself_cannot_be_taken_back_but_can_be_corrected(register):
    nummer = klacht(register)
    sleutels = [knop.key for knop in dossier(nummer, deel="geschiedenis").button]
    eerste = register.vastleggingen(nummer)[0].nr
    assert f"open.historie.{nummer}.{eerste}.corrigeren_feit" in sleutels
    assert f"open.historie.{nummer}.{eerste}.herroepen_feit" not in sleutels


def test_an_actienemer_reads_but_does_not_correct(register):
    nummer = klacht(register, "stap_10_informeren_actienemer")
    assert not [
        knop for knop in dossier(nummer, als="gijs", deel="geschiedenis").button if "historie" in (knop.key or "")
    ]


@pytest.mark.parametrize("soort", g.SOORTEN.values(), ids=lambda soort: soort.__name__)
def test_every_kind_of_fact_has_a_title_in_dutch(soort):
    feit = soort.__new__(soort)
    object.__setattr__(feit, "maatregel", 0)
    titel = feitbeeld.titel(feit)
    assert titel[0].isupper()
    assert "oordinator" not in titel.replace("oördinator", "")


def test_a_second_tab_does_not_record_the_same_step_again(register):
    nummer = klacht(register, "stap_04_toewijzen_behandelaar")
    een, twee = dossier(nummer), dossier(nummer)
    for proef in (een, twee):
        vul(proef, wijze="brief")
        verstuur(proef)
    assert len([v for v in register.vastleggingen(nummer) if v.feit.stap == 5]) == 1
    assert "Stap 5 is al vastgelegd" in zinnen(twee)


def test_a_double_click_on_the_dossier_records_one(register, monkeypatch):
    nummer = klacht(register, "stap_10_informeren_actienemer")
    echt = formulier.send
    monkeypatch.setattr(formulier, "send", lambda *alles: (echt(*alles), echt(*alles)))
    proef = dossier(nummer, doen="stap_12_bewaken_voortgang")
    vul(proef, bevinding="Loopt")
    verstuur(proef)
    assert len([v for v in register.vastleggingen(nummer) if v.feit.stap == 12]) == 1


def test_the_order_of_what_can_be_done_names_only_handelingen_that_exist():
    assert set(handelen.ZELDEN) <= set(HANDELINGEN)
    assert set(handelen._STAPHANDELING.values()) <= set(HANDELINGEN)
    assert {stap.nr for stap in reglement.load("coulant").stappen} >= set(handelen._STAPHANDELING)
