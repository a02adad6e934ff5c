"""The list of klachten on the screen: searching, filtering, turning pages, and going to a number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from klachten.analyse.basis.lezer import ZONDER_BETROKKEN
from klachten.analyse.werk.zoeken import Plek
from klachten.scherm import onderdelen
from klachten.scherm.lijsten import keuzes, klachten, zoekveld
from tests.lijsten import ONTVANGEN
from tests.paginas import zinnen
from tests.schermproef import open_pagina, tekst

VREEMD = "<script>alert(1)</script> **x** $x$ :material/home: [a](https://x.nl)"

PAGINA, ALS = "klachten", "anna"
NAAM = "**Naam van de indiener** bij klacht ontvangen"
WAAR = "**Waar gaat het over** bij klacht ontvangen"
WENS = "**Wat wil de indiener** bij klacht ontvangen"
pytestmark = pytest.mark.usefixtures("in_dit_register")


def nummers(proef: AppTest) -> list[str]:
    return [zin.value.split("**")[1] for zin in proef.text if "](dossier" in zin.value]


def kies(proef: AppTest, naam: str, waarde: str) -> AppTest:
    proef.selectbox(key=f"klachten.{naam}").set_value(waarde).run()
    assert not proef.exception
    return proef


def test_an_empty_register_says_so():
    proef = open_pagina("klachten")
    assert not proef.exception
    assert "Het register is nog leeg" in tekst(proef)


def test_every_row_is_a_link_to_its_dossier(lijst):
    nummer = lijst.intake()
    proef = open_pagina("klachten")
    (link,) = [link.proto for link in proef.get("page_link") if nummer in link.proto.label]
    assert link.page == "dossier"
    assert f"nummer={nummer}" in link.query_string


def test_what_somebody_typed_is_shown_as_text_only(lijst, los):
    lijst.intake(indiener_naam=VREEMD)
    proef = los()
    assert VREEMD in [zin.value for zin in proef.text]
    assert not any("script" in zin.value for zin in proef.markdown)


def test_searching_narrows_the_list_and_never_stands_in_the_address(lijst, los):
    een, twee = lijst.intake(indiener_naam="A. Aalders"), lijst.intake(indiener_naam="B. Bos")
    proef = los()
    assert nummers(proef) == [twee, een]
    proef.text_input(key=zoekveld.ZOEK).set_value("aalders").run()
    assert nummers(proef) == [een]
    assert "aalders" not in str(dict(proef.query_params)).lower()
    proef.text_input(key=zoekveld.ZOEK).set_value("%").run()
    assert nummers(proef) == []
    assert "Geen klachten gevonden" in zinnen(proef)
    assert "op leestekens alleen kan niet worden gezocht" in zinnen(proef)
    proef.text_input(key=zoekveld.ZOEK).set_value("aalders bos").run()
    assert nummers(proef) == []
    assert "waarin alle woorden staan" in zinnen(proef)


def test_a_row_says_where_something_was_found_but_not_what_stands_there(lijst, los):
    nummer = lijst.intake(indiener_naam="Zoë Bos", omschrijving="Het geheim van het bos", gewenste_oplossing="Bos")
    lijst.intake(omschrijving="Het bos", betrokkenen=("anna",))
    proef = los()
    assert "Gevonden in" not in zinnen(proef)
    proef.text_input(key=zoekveld.ZOEK).set_value("zoe bos").run()
    assert nummers(proef) == [nummer]
    (regel,) = [zin.value for zin in proef.markdown if "Gevonden in" in zin.value]
    assert "**Naam van de indiener** bij klacht ontvangen" in regel
    assert "geheim" not in zinnen(proef)
    proef.text_input(key=zoekveld.ZOEK).set_value("2026-2").run()
    assert nummers(proef) == []
    assert "Gevonden in" not in zinnen(proef)


@pytest.mark.parametrize(
    ("plekken", "zin"),
    [
        (1, NAAM),
        (2, f"{NAAM} en {WAAR}"),
        (4, f"{NAAM}, {WAAR}, {WENS} en **Traject of dienst** bij klacht ontvangen"),
        (5, f"{NAAM}, {WAAR}, {WENS} en nog 2 plaatsen"),
    ],
)
def test_with_many_places_only_the_first_are_named(plekken: int, zin: str):
    velden = ("indiener_naam", "omschrijving", "gewenste_oplossing", "traject", "indiener_contact")[:plekken]
    assert klachten.places(tuple(Plek("KlachtOntvangen", veld, True) for veld in velden)) == zin


def test_a_filter_stands_in_the_address_by_its_id_and_comes_back_from_it(lijst, los):
    lijst.tot(14)
    open_nummer = lijst.tot(4, behandelaar="bas")
    proef = kies(los(), "behandelaar", "bas")
    assert nummers(proef) == [open_nummer]
    assert proef.query_params["behandelaar"] in ("bas", ["bas"])
    assert "Meer filters (1 gekozen)" in [deel.label for deel in proef.expander]
    opnieuw = los(behandelaar="bas", status="lopend")
    assert nummers(opnieuw) == [open_nummer]
    assert nummers(kies(opnieuw, "status", "afgesloten")) == []


def test_an_unknown_id_in_the_address_is_no_filter(lijst, los):
    nummer = lijst.intake()
    proef = los(status="zomaar", jaar="1066", volgorde="'; DROP TABLE klacht --", per_blad="1000000")
    assert nummers(proef) == [nummer]
    assert proef.selectbox(key="klachten.status").value == ""


@pytest.mark.parametrize(
    ("naam", "waarde", "over"),
    [
        ("status", "ontvangen", 1),
        ("termijn", "te_laat", 1),
        ("vestiging", "utrecht", 1),
        ("categorie", "privacy", 1),
        ("herkomst", "overgenomen", 0),
        ("herkomst", "", 2),
        ("behandelaar", "-", 1),
    ],
)
def test_each_filter_works_on_the_screen(lijst, los, naam: str, waarde: str, over: int):
    lijst.tot(14, op=-20)
    lijst.intake(vestiging="utrecht", categorie="privacy")
    # A klacht of 2025 gives that year to choose; it is vervallen, which the other filters leave out.
    proef = los()
    assert len(nummers(kies(proef, naam, waarde))) == over


SOORT, WELKE = "klachten.periode.soort", "klachten.periode.welke"


def test_the_list_takes_a_period_by_receipt_or_by_end_and_keeps_it_in_the_address(lijst, los):
    klaar, open_ = lijst.tot(14, op=-20), lijst.intake(op=20)
    proef = los()
    assert nummers(proef) == [open_, klaar]
    proef.selectbox(key=SOORT).select("maand").run()
    assert proef.selectbox(key=WELKE).value == "2026-02"
    assert nummers(proef) == [open_]
    proef.selectbox(key=WELKE).select("2026-01").run()
    assert nummers(proef) == [klaar]
    assert proef.query_params["periode"] in ("2026-01", ["2026-01"])
    assert nummers(kies(proef, "op", "einde")) == [klaar]
    proef.selectbox(key=WELKE).select("2026-02").run()
    assert nummers(proef) == []
    assert nummers(los(periode="2026", op="einde")) == [klaar]
    # A link from before there were other periods.
    oud = los(jaar="2026")
    assert oud.selectbox(key=SOORT).value == "jaar"
    assert "jaar" not in dict(oud.query_params)
    oud.selectbox(key=SOORT).select("").run()
    assert "periode" not in dict(oud.query_params)
    assert nummers(oud) == [open_, klaar]
    assert los(periode="ooit").selectbox(key=SOORT).value == ""


def test_the_list_stands_as_of_a_day(lijst, los):
    nummer = lijst.tot(4, behandelaar="bas")
    assert "Bas Janssen" in tekst(los())
    toen = los(dag=str(ONTVANGEN))
    assert nummers(toen) == [nummer]
    assert "nog geen behandelaar" in tekst(toen)
    toen.date_input(key="klachten.dag.veld").set_value(ONTVANGEN - timedelta(1)).run()
    assert not toen.exception
    assert nummers(toen) == []
    assert nummers(los(dag="morgen")) == nummers(los(dag="2031-01-01")) == [nummer]


@pytest.mark.parametrize(
    ("adres", "over"),
    [
        ({"stap": "4"}, 1), ({"stap": "14"}, 0), ({"stand": "op tijd"}, 1), ({"stand": "over de termijn"}, 1),
        ({"stand": "te laat, nog open", "welke_termijn": "bevestiging"}, 1), ({"welke_termijn": "maatregelen"}, 2),
        ({"oordeel": "gegrond"}, 0), ({"kanaal": "brief"}, 2), ({"indiener": "opdrachtgever"}, 0),
        ({"status": "telt"}, 2), ({"stap": "99"}, 2), ({"stand": "misschien"}, 2),
    ],
)  # fmt: skip
def test_the_list_is_chosen_by_what_figures_are_chosen_by(lijst, los, adres: dict[str, str], over: int):
    lijst.tot(14, op=-20)
    lijst.tot(4, op=-2, behandelaar="bas")
    assert len(nummers(los(**adres))) == over


def test_the_list_says_how_many_of_it_count_in_no_figure_but_the_flow(lijst, los):
    zin = (
        "Van deze klachten is 1 vervallen; die telt in de cijfers niet mee. Alleen op Jaarbeeld, bij *Wat kwam erin, "
        "wat ging eruit*, staat zij"
    )
    lijst.intake()
    assert "vervallen; die" not in tekst(los())
    lijst.doe("stap_03_laten_vervallen", "anna", lijst.intake(), grond="vergissing", reden="Dubbel getypt.")
    assert zin in tekst(los())
    assert zin not in tekst(kies(los(), "status", "vervallen"))
    lijst.doe("stap_03_laten_vervallen", "anna", lijst.intake(), grond="vergissing", reden="Dubbel getypt.")
    assert "Van deze klachten zijn 2 vervallen; die tellen in de cijfers niet mee." in tekst(los())


def test_the_filters_can_be_emptied_at_once(lijst, los):
    nummer = lijst.intake()
    proef = kies(los(), "status", "afgesloten")
    proef.text_input(key=zoekveld.ZOEK).set_value("niets").run()
    (knop,) = [knop for knop in proef.button if knop.label == "Zoekveld en filters leegmaken"]
    knop.click().run()
    assert nummers(proef) == [nummer]
    assert "status" not in dict(proef.query_params)


def test_the_list_is_read_a_page_at_a_time(lijst, los):
    for _ in range(27):
        lijst.intake()
    proef = los()
    assert len(nummers(proef)) == 25
    assert "1 tot en met 25 van 27 klachten" in zinnen(proef)
    proef.session_state[keuzes.BLAD] = 2
    proef.run()
    assert nummers(proef) == ["K2026-0002", "K2026-0001"]
    assert len(nummers(kies(proef, "per_blad", "50"))) == 27


def test_when_the_list_became_shorter_than_the_page_somebody_is_on_the_last_one_is_shown(lijst, los):
    alle = [lijst.intake() for _ in range(26)]
    proef = kies(los(), "status", "ontvangen")
    proef.session_state[keuzes.BLAD] = 2
    proef.run()
    assert nummers(proef) == alle[:1]
    lijst.doe("stap_03_laten_vervallen", "anna", alle[0], grond="vergissing", reden="Dubbel getypt.")
    proef.run()
    assert nummers(proef) == alle[:0:-1]


def test_the_list_is_looked_up_once_until_something_changes(lijst, los, monkeypatch):
    gelezen: list[int] = []
    echt = klachten.find_page
    monkeypatch.setattr(klachten, "find_page", lambda *a, **k: (gelezen.append(1), echt(*a, **k))[1])
    een = lijst.intake(indiener_naam="A. Aalders")
    proef = los()
    assert len(gelezen) == 1
    proef.run()
    assert len(gelezen) == 1
    assert "A. Aalders" in zinnen(proef)
    twee = lijst.intake()
    proef.run()
    assert len(gelezen) == 2
    assert nummers(proef) == [twee, een]


def test_the_order_can_be_chosen(lijst, los):
    een, twee = lijst.intake(), lijst.intake()
    assert nummers(kies(los(), "volgorde", "oudste")) == [een, twee]


@pytest.mark.parametrize("getypt", ["K2026-0001", "k2026-0001 ", "1", "2026/1"])
def test_a_typed_number_opens_the_dossier(lijst, los, monkeypatch, getypt: str):
    nummer = lijst.intake()
    gegaan: list[tuple[str, str]] = []
    monkeypatch.setattr(onderdelen, "ga_naar", lambda naam, nummer: gegaan.append((naam, nummer)))
    los().text_input(key=zoekveld.NAAR).set_value(getypt).run()
    assert gegaan == [("dossier", nummer)]


@pytest.mark.parametrize("getypt", ["K2026-0002", "S2026-0001", "zomaar", "../../etc", "K2026-9' --"])
def test_a_number_that_is_not_there_is_said_to_be_so(lijst, los, getypt: str):
    lijst.intake()
    proef = los()
    proef.text_input(key=zoekveld.NAAR).set_value(getypt).run()
    assert not proef.exception
    assert "Deze klacht staat niet in het register, of is niet voor u." in zinnen(proef)
    assert len(nummers(proef)) == 1


def test_an_involved_coordinator_sees_the_same_as_when_it_is_not_there(lijst, los):
    lijst.intake()
    zonder = zinnen(los("anna"))
    geheim = lijst.intake(betrokkenen=("anna",))
    proef = los("anna")
    assert zinnen(proef) == zonder
    assert ZONDER_BETROKKEN in zonder
    proef.text_input(key=zoekveld.NAAR).set_value(geheim).run()
    assert "Deze klacht staat niet in het register, of is niet voor u." in zinnen(proef)


def test_who_received_a_klacht_or_has_a_maatregel_sees_it_apart_once_somebody_handles_it(lijst, los):
    nummer = lijst.tot(10)
    for als, maatregel in (("gijs", False), ("dirk", True)):
        proef = los(als)
        assert "Geen klachten gevonden" in zinnen(proef)
        proef.toggle(key="klachten.deels.toon").set_value(True).run()
        assert f"[{nummer}]" in zinnen(proef).replace("*", "")
        assert ("met een maatregel van u" in zinnen(proef)) == maatregel
        assert "J. Jansen" not in zinnen(proef)
        assert "Afspraken" not in zinnen(proef)


def test_a_medewerker_sees_only_klachten_with_an_own_role(lijst, los):
    lijst.intake()
    eigen = lijst.intake(ontvanger="eva")
    proef = los("eva")
    assert nummers(proef) == [eigen]
    assert "De klachten die u behandelt, of die u in ontvangst nam" in zinnen(proef)
