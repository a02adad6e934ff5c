"""Every handeling can be done from the dossier, each where it belongs, and once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import reglement
from klachten.handelingen import HANDELINGEN, dossier_van
from klachten.scherm import formulier
from klachten.scherm.dossier import handelen
from klachten.scherm.dossier.handelen import KEUZE
from tests.dossierproef import EIND, D, dossier, register
from tests.paginas import doe, klacht, verstuur, vul, zinnen

# One register for all tests here, each with klachten of its own.
__all__ = ["register"]

pytestmark = pytest.mark.usefixtures("los_in_dit_register")

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
