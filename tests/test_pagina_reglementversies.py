"""Page Versies van het reglement: what a file changes is seen before it holds, and who looks only looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from klachten.register import Register
from klachten.reglement import GROOTSTE
from klachten.scherm.beheer.inrichten import EERSTE_KLACHT, steps
from tests.firmaproef import doe
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.paginas import KWAAD, RAUW, Opent, verstuur, vul, widget, zinnen
from tests.reglementproef import DRIE_WEKEN, OOK_COORDINATOR, TEKST, add, changed, choose

BOEKJAAR = ('soort = "volledig"', 'soort = "volledig"\nboekjaar_begint_in_maand = 9')
MORGEN = VANDAAG + timedelta(days=1)
PAGINA = "reglementversies"


def send(proef: AppTest, bestand: bytes, naam: str = "eigen.toml") -> AppTest:
    """Choose a file."""
    (vak,) = proef.get("file_uploader")
    # The field says what is taken, and nothing else.
    assert vak.proto.max_upload_size_mb * 2**20 == GROOTSTE
    assert f"hoogstens {vak.proto.max_upload_size_mb} MB" in vak.proto.help
    vak.set_value((naam, bestand, "application/octet-stream"))
    proef.run()
    assert not proef.exception
    return proef


def test_a_file_is_seen_before_it_holds_and_recorded_with_who_agreed(firma: Register, opent: Opent):
    lijst = Lijst(firma)
    for _ in range(5):
        lijst.tot(4)
    doe(
        firma, "stellen_streeftermijn", naam="Snel bericht", stap="5", waarde=3, eenheid="weken", geldt="altijd",
        van_begin="ontvangen", vanaf=MORGEN,
    )  # fmt: skip
    proef = opent(PAGINA)
    voor = firma.stand()
    assert proef.date_input(key="reglementversies.vanaf").value == MORGEN
    send(proef, changed(("waarde = 2", "waarde = 3"), OOK_COORDINATOR, BOEKJAAR))
    gezegd = zinnen(proef)
    assert "Termijn Ontvangstbevestiging (stap 5)" in gezegd
    assert "Was 2 weken, wordt 3 weken." in gezegd
    assert "Wie de stap doet: erbij coördinator." in gezegd
    assert "Telt niet mee (1)" in [deel.label for deel in proef.expander]
    assert "Klachten ontvangen vanaf 26 februari 2026 lopen onder deze versie" in gezegd
    assert "Nu lopen er minder dan 5 klachten" not in gezegd
    assert "Nu lopen er 5 klachten onder dit reglement: die houden de versie van hun ontvangst." in gezegd
    assert "De streeftermijnen blijven zoals zij zijn: Snel bericht." in gezegd
    assert "Streeftermijn **Snel bericht** (3 weken) is dan niet korter dan de termijn zelf (3 weken)." in gezegd
    assert firma.stand() == voor
    # Without who agreed nothing is recorded.
    verstuur(proef)
    assert "Akkoord van: vul dit in." in zinnen(proef)
    assert firma.stand() == voor
    vul(proef, akkoord_door="carla", toelichting="Besluit van 20 februari")
    verstuur(proef)
    assert [zin.value for zin in proef.success], zinnen(proef)
    gezegd = zinnen(proef)
    assert "Vanaf 26 februari 2026: een nieuwe versie van **Klachtenreglement Coulant" in gezegd
    assert "Besluit van 20 februari Akkoord van Carla Verhoeven." in gezegd
    assert proef.get("file_uploader")[0].value is None
    # The reader sees the version of today until then.
    assert "2 weken na ontvangst" in zinnen(opent("reglement", "bas"))


def test_a_reader_sees_the_reglement_of_the_day(firma: Register, opent: Opent, monkeypatch: pytest.MonkeyPatch):
    add(firma, changed(("waarde = 2", "waarde = 3"), OOK_COORDINATOR), MORGEN)
    monkeypatch.setenv("KLACHTEN_VANDAAG", MORGEN.isoformat())
    assert "3 weken na ontvangst" in zinnen(opent("reglement", "bas"))
    assert "de versie vanaf 26 februari 2026" in zinnen(opent(PAGINA))


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        (
            changed(("waarde = 2", "waarde = -2")),
            "Het bestand, regel 19, sleutel termijnen.bevestiging.waarde: het getal",
        ),
        (TEKST.encode("utf-16"), "Het bestand, regel 1: dit bestand is niet in UTF-8 opgeslagen."),
        (TEKST.encode(), "Dit bestand verandert niets aan het reglement van nu."),
        (changed(('soort = "volledig"', f'soort = "{KWAAD[0]}"')), "is onbekend; mogelijk zijn: volledig, overname."),
    ],
)
def test_a_file_that_is_not_right_says_why(firma: Register, opent: Opent, bestand: bytes, zin: str):
    voor = firma.stand()
    proef = send(opent(PAGINA), bestand)
    assert zin in zinnen(proef)
    assert "Er is niets vastgelegd." in zinnen(proef)
    assert not [knop for knop in proef.button if (knop.key or "").endswith(".knop")]
    assert firma.stand() == voor
    assert not [deel.value for deel in (*proef.error, *proef.markdown) if RAUW.search(str(deel.value))]


def test_what_stands_in_a_file_is_shown_as_it_stands(firma: Register, opent: Opent, monkeypatch: pytest.MonkeyPatch):
    paren = [('naam = "Ontvangst bevestigen"', f'naam = "{KWAAD[2]}"'), ('naam = "Gegrond"', f'naam = "{KWAAD[0]}"')]
    paren += [('uitleg = "De ontvanger laat', f'uitleg = "{KWAAD[2]} De ontvanger laat')]
    paren += [
        ('naam = "Klachtenreglement', f'naam = "{KWAAD[0]} Klachtenreglement'),
        ('keuze = "Het', f'keuze = "{KWAAD[2]}'),
    ]
    bestand = changed(*paren)
    proeven = [send(opent(PAGINA), bestand)]
    assert "vet" in zinnen(proeven[0])
    add(firma, bestand, MORGEN)
    monkeypatch.setenv("KLACHTEN_VANDAAG", MORGEN.isoformat())
    proeven += [opent(PAGINA), opent("reglement", "bas"), opent("rechten")]
    for naam, proef in zip(("nieuw", "versies", "reglement", "rechten"), proeven, strict=True):
        getoond = (*proef.markdown, *proef.error, *proef.info, *proef.subheader, *proef.title, *proef.header)
        # Page Rechten has nothing of the file, as long as nobody puts it there.
        assert naam == "rechten" or any(
            "alert(1)" in str(deel.value) or "vet" in str(deel.value) for deel in getoond
        ), naam
        assert not [deel.value for deel in getoond if RAUW.search(str(deel.value))]


def test_a_version_is_taken_back_on_the_page_until_a_klacht_came_in(firma: Register, opent: Opent):
    add(firma, DRIE_WEKEN, VANDAAG)
    proef = opent(PAGINA)
    assert proef.expander[0].label == "Deze versie intrekken"
    vul(proef, reden="Dit was een concept.")
    verstuur(proef, "Intrekken")
    assert [zin.value for zin in proef.success], zinnen(proef)
    assert firma.organisatie.reglementversies() == ()
    add(firma, DRIE_WEKEN, VANDAAG)
    Lijst(firma).intake(op=VANDAAG)
    assert "Deze versie intrekken" not in [deel.label for deel in opent(PAGINA).expander]


def test_another_reglement_is_chosen_on_the_page(firma: Register, opent: Opent):
    proef = opent(PAGINA)
    proef.selectbox(key="reglementversies.doen").set_value("kiezen_reglement").run()
    proef.selectbox(key="reglementversies.keuze.0").set_value("awb9").run()
    assert "Klachten van daarvoor lopen onder **Klachtenreglement Coulant" in zinnen(proef)
    vul(proef, akkoord_door="frank")
    verstuur(proef)
    assert [zin.value for zin in proef.success], zinnen(proef)
    assert firma.organisatie.reglement(VANDAAG) == "awb9"
    # Below that the form waits for the next choice, and refuses nothing that nobody asks.
    assert not proef.error
    proef.selectbox(key="reglementversies.keuze.1").set_value("awb9").run()
    assert "Kies een dag daarna, of trek die keuze in." in zinnen(proef)
    assert "6 weken na ontvangst" in zinnen(opent("reglement", "bas"))
    assert "Deze keuze intrekken" in [deel.label for deel in opent(PAGINA).expander]


@pytest.mark.parametrize("als", ["anna", "carla", "joris"])
def test_who_may_not_change_it_sees_it_all_the_same(firma: Register, opent: Opent, als: str):
    add(firma, DRIE_WEKEN, MORGEN)
    proef = opent(PAGINA, als)
    assert "U kunt hier alleen kijken" in zinnen(proef)
    assert not proef.get("file_uploader")
    assert [knop.proto.label for knop in proef.get("link_button")].count("Downloaden") == 3
    assert "Deze versie intrekken" not in [deel.label for deel in proef.expander]


def test_choosing_a_reglement_is_a_step_of_the_guided_set_up(firma: Register):
    zin = "Kies het klachtenreglement waaronder u werkt, of maak uw eigen uit het model."
    te_doen = [(stap.zin, stap.pagina) for stap in steps(firma.organisatie, VANDAAG)]
    assert te_doen == [(zin, "reglementversies"), (EERSTE_KLACHT.zin, "intake")]
    assert steps(firma.organisatie, VANDAAG, begonnen=True) == []
    choose(firma, "coulant", ONTVANGEN)
    assert steps(firma.organisatie, VANDAAG) == [EERSTE_KLACHT]


def test_a_step_that_nobody_could_do_is_named(firma: Register, opent: Opent):
    doe(firma, "herroepen_feit", nr=_role(firma, "hanna"), op=VANDAAG, reden="Zij doet ander werk.", dossier="hanna")
    proef = send(opent(PAGINA), changed(OOK_COORDINATOR, ('rollen = ["directie"]', 'rollen = ["analist"]')))
    assert "stap 16 kan dan niemand doen; niemand is analist" in zinnen(proef)
    # Steps that wait for the same people are one sentence: before anybody has a role that is every step.
    analist = ('rollen = ["directie"]', 'rollen = ["analist"]')
    proef = send(opent(PAGINA), changed(OOK_COORDINATOR, analist, analist))
    assert "de stappen 16 en 17 kan dan niemand doen; niemand is analist" in zinnen(proef)


def _role(register: Register, id: str) -> int:
    nummer = register.organisatie.mensen[id].nummer
    return next(v.nr for v in register.vastleggingen(nummer) if v.feit.soort == "RolGegeven")


def test_the_widget_of_who_agreed_offers_directie_only(firma: Register, opent: Opent):
    proef = send(opent(PAGINA), DRIE_WEKEN)
    assert [naam for naam in widget(proef, "akkoord_door").options if " " in naam and "Kies" not in naam] == [
        "Carla Verhoeven", "Frank Maes",
    ]  # fmt: skip
