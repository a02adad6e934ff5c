"""What somebody fills in arrives as it was filled in, or stays until it can: dates, drafts, and what is said after."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from klachten.opening import open_register
from tests import browserproef, paginas
from tests.browserproef import BREED, Getuige, Scherm

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]

DATUM, TYPEN, DUBBEL, BRIEF = "K2026-0001", "K2026-0002", "K2026-0003", "K2026-0004"
GEEN_HELE = "dit is geen hele datum. Vul de dag, de maand en het jaar in."


@pytest.fixture(scope="module")
def map(tmp_path_factory) -> Path:
    """A register with klachten at the steps that are recorded here."""
    map = tmp_path_factory.mktemp("invoer") / "register"
    with open_register(map) as register:
        for nummer, tot in (
            (DATUM, "stap_05_bevestigen_ontvangst"),
            (TYPEN, "stap_05_bevestigen_ontvangst"),
            (DUBBEL, "stap_04_toewijzen_behandelaar"),
            (BRIEF, "stap_08_bepalen_maatregel"),
        ):
            assert paginas.klacht(register, tot) == nummer
    return map


def typ(scherm: Scherm, label: str, cijfers: str) -> Locator:
    """Type in the parts of a date what may be no date at all, and leave the field."""
    vak = scherm.inhoud.get_by_role("group", name=label, exact=True)
    deel = vak.get_by_role("spinbutton")
    deel.first.focus()
    scherm.page.keyboard.type(cijfers, delay=15)
    scherm.inhoud.get_by_role("heading", level=1).click()
    scherm.rust()
    return vak


def test_a_date_that_cannot_be_is_refused_in_dutch_and_never_becomes_another(scherm: Scherm):
    scherm.open("intake", "Nieuwe klacht", "bas")
    scherm.page.get_by_text("Ja, op schrift").click()
    expect(scherm.inhoud.get_by_role("group", name="Ontvangen op")).to_be_visible()
    for cijfers, zin in (
        ("25122026", "25 december 2026 ligt in de toekomst. Leg vast wat al gebeurd is."),
        ("31022026", GEEN_HELE),
        ("2", GEEN_HELE),
        ("01031826", "1 maart 1826 ligt te ver weg; klopt het jaar?"),
    ):
        typ(scherm, "Ontvangen op", cijfers)
        scherm.klik("Klacht vastleggen")
        scherm.ziet(f"Ontvangen op: {zin}")
        assert scherm.inhoud.get_by_test_id("stDateInputError").count() == 0
    expect(scherm.page.get_by_text(re.compile("allowed range|Please select"))).to_have_count(0)
    # A part that is taken away is no date either.
    vak = typ(scherm, "Ontvangen op", "28022026")
    expect(vak).to_have_text(re.compile(r"28\D*0?2\D*2026"))
    vak.get_by_role("spinbutton").first.focus()
    for _ in range(2):
        scherm.page.keyboard.press("Backspace")
    scherm.inhoud.get_by_role("heading", level=1).click()
    scherm.rust()
    scherm.klik("Klacht vastleggen")
    scherm.ziet(f"Ontvangen op: {GEEN_HELE}")


def test_the_date_of_a_step_and_of_a_filter_too(scherm: Scherm):
    scherm.open("dossier", f"Klacht {DATUM}", "anna", nummer=DATUM)
    scherm.vul("Bevindingen: feiten, omstandigheden en achtergronden", "Nagevraagd.")
    for cijfers, zin in (("25122026", "25 december 2026 ligt in de toekomst"), ("3102", GEEN_HELE)):
        typ(scherm, "Onderzoek afgerond op", cijfers)
        scherm.klik("Vastleggen")
        scherm.ziet(re.compile(f"Onderzoek afgerond op: {re.escape(zin)}"))
    scherm.ziet_niet("Vastgelegd bij")
    scherm.open("termijnen", "Termijnen", "carla")
    vak = typ(scherm, "Peildatum", "25122026")
    scherm.ziet("Peildatum: 25 december 2026 kan hier niet. Kies een dag tot en met 2 maart 2026.")
    scherm.ziet("Het is 2 maart 2026 gebleven.")
    expect(vak).to_have_text(re.compile(r"0?2\D*0?3\D*2026"))


def test_half_a_period_is_refused_and_one_of_two_days_waits_for_the_other(scherm: Scherm):
    page, kop = scherm.page, scherm.inhoud.get_by_role("heading", level=1)
    gewoon = "5 november 2025 tot en met 20 januari 2026"
    vak = scherm.inhoud.get_by_test_id("stDateInput").filter(has_text="Van en tot en met")
    deel = vak.get_by_role("spinbutton")

    def wis(*delen: int) -> None:
        for nr in delen:
            deel.nth(nr).focus()
            for _ in range(4):
                page.keyboard.press("Backspace")
        kop.click()

    def staat(*dagen: str) -> None:
        expect(deel).to_have_text([cijfers for dag in dagen for cijfers in dag.split("-")])

    # A part of the first day, a part of the last, a day that no month has, no first day, and nothing at all.
    for delen, cijfers, zin in (
        ((1,), "", GEEN_HELE),
        ((5,), "", GEEN_HELE),
        ((), "3102", GEEN_HELE),
        ((0, 1, 2), "", "vul beide dagen in."),
        (range(6), "", "vul beide dagen in."),
    ):
        scherm.open("termijnen", "Termijnen", "carla", periode="2025-11-05_2026-01-20")
        staat("05-11-2025", "20-01-2026")
        deel.first.focus()
        page.keyboard.type(cijfers, delay=15)
        wis(*delen)
        scherm.ziet(f"Van en tot en met: {zin} Het is {gewoon} gebleven.")
        staat("05-11-2025", "20-01-2026")
    # In the calendar the first day is chosen before the last: it stays meanwhile.
    deel.first.click()
    kalender = page.get_by_test_id("stDateInputCalendar")
    kalender.get_by_role("button", name="10 november 2025").click()
    scherm.ziet(f"kies ook de laatste dag. Tot dan blijft het {gewoon}.")
    staat("10-11-2025", "dd-mm-jjjj")
    kalender.get_by_role("button", name="15 november 2025").click()
    expect(page).to_have_url(re.compile("periode=2025-11-10_2025-11-15"))
    scherm.ziet_niet(re.compile("kies ook de laatste dag"))
    staat("10-11-2025", "15-11-2025")


def test_an_intake_is_there_as_it_was_after_another_page(scherm: Scherm):
    scherm.open("intake", "Nieuwe klacht", "anna")
    scherm.page.get_by_text("Ja, op schrift").click()
    scherm.kies("Hoe kwam het binnen", "E-mail")
    scherm.vul("Naam van de indiener", "P. Pietersen")
    scherm.ziet(re.compile("Bewaard als concept"))
    scherm.klik("Klacht vastleggen")
    scherm.ziet(re.compile("Waar gaat het over: vul dit in"))
    adres = scherm.page.url
    for _ in range(2):
        scherm.page.get_by_role("link", name="Werkvoorraad", exact=True).first.click()
        scherm.heet("Werkvoorraad")
        scherm.page.get_by_role("link", name="Nieuwe klacht", exact=True).first.click()
        scherm.heet("Nieuwe klacht")
        expect(scherm.inhoud.get_by_role("textbox", name="Naam van de indiener")).to_have_value("P. Pietersen")
        expect(scherm.inhoud.get_by_role("combobox", name="Hoe kwam het binnen")).to_have_value("E-mail")
        expect(scherm.page).to_have_url(re.compile(adres.partition("concept=")[2][:16]))
    # Thrown away in another window, it is not kept here again under the same name.
    scherm.klik("Concept weggooien")
    scherm.rust()
    expect(scherm.inhoud.get_by_role("textbox", name="Naam van de indiener")).to_have_count(0)


BEVINDINGEN = "Bevindingen: feiten, omstandigheden en achtergronden"


def test_what_is_typed_in_the_form_of_a_step_is_there_again(scherm: Scherm, map: Path, browser: Browser):
    page, frames = scherm.page, []
    page.on("websocket", lambda lijn: lijn.on("framesent", lambda inhoud: frames.append(inhoud)))
    scherm.open("dossier", f"Klacht {TYPEN}", "anna", nummer=TYPEN)
    vak = scherm.inhoud.get_by_role("textbox", name=BEVINDINGEN)
    stil = len(frames)
    vak.press_sequentially("Gesproken met beiden", delay=15)
    assert len(frames) == stil, "a key is no message"
    # The cursor is still in the text: a pause is enough.
    scherm.ziet(re.compile("Uw tekst is bewaard als concept"))
    assert len(frames) == stil + 1
    assert "Gesproken met beiden" in (map / "concepten" / "anna.json").read_text(encoding="utf-8")
    expect(vak).to_be_focused()
    page.reload()
    scherm.heet(f"Klacht {TYPEN}")
    expect(vak).to_have_value("Gesproken met beiden")
    scherm.ziet(re.compile("Uw tekst van .* staat er weer; kijk de andere velden na"))
    # Typed and gone at once, without a pause.
    vak.press_sequentially(", en met de gemeente")
    page.get_by_role("link", name="Werkvoorraad", exact=True).first.click()
    scherm.heet("Werkvoorraad")
    page.go_back()
    scherm.heet(f"Klacht {TYPEN}")
    expect(vak).to_have_value("Gesproken met beiden, en met de gemeente")
    # Another act and back, on the page itself.
    scherm.kies("Wat wilt u vastleggen?", "Stap 12: Voortgang bewaken")
    scherm.kies("Wat wilt u vastleggen?", "Stap 6: Klacht onderzoeken")
    expect(vak).to_have_value("Gesproken met beiden, en met de gemeente")
    # A second window has it too; somebody else has not.
    for wie, staat in (("anna", "Gesproken met beiden, en met de gemeente"), ("carla", "")):
        ander = Scherm(browser.new_page(viewport=BREED, locale="nl-NL"), Getuige(int(scherm.adres.rpartition(":")[2])))
        ander.open("dossier", f"Klacht {TYPEN}", wie, nummer=TYPEN)
        velden = ander.inhoud.get_by_role("textbox", name=BEVINDINGEN)
        if wie == "anna" or velden.count():
            expect(velden).to_have_value(staat)
        ander.page.close()
    scherm.klik("Vastleggen")
    scherm.ziet(re.compile(rf"Vastgelegd bij {TYPEN}\. Stap 6"))
    bewaard = map / "concepten" / "anna.json"
    assert not bewaard.exists() or TYPEN not in bewaard.read_text(encoding="utf-8")


def test_a_form_that_is_sent_with_a_key_is_not_told_again_after_a_pause(scherm: Scherm):
    page, frames = scherm.page, []
    page.on("websocket", lambda lijn: lijn.on("framesent", lambda inhoud: frames.append(inhoud)))
    scherm.open("dossier", f"Klacht {DATUM}", "anna", nummer=DATUM)
    typ(scherm, "Onderzoek afgerond op", "3102")
    vak = scherm.inhoud.get_by_role("textbox", name=BEVINDINGEN)
    stil = len(frames)
    vak.press_sequentially("Nagevraagd")
    vak.press("Control+Enter")
    scherm.ziet(re.compile(re.escape(GEEN_HELE)))
    page.wait_for_timeout(2500)
    assert len(frames) == stil + 1, "the form was sent, and its text not once more"


def test_a_double_click_says_what_was_recorded_and_takes_it_back_where_it_says_so(scherm: Scherm):
    page = scherm.page
    scherm.open("dossier", f"Klacht {DUBBEL}", "anna", nummer=DUBBEL)
    keuze = scherm.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?")
    expect(keuze).to_have_value("Stap 5: Ontvangst bevestigen")
    scherm.kies("Hoe verstuurd", "Brief")
    scherm.inhoud.get_by_role("button", name="Vastleggen", exact=True).dblclick()
    scherm.ziet(re.compile(rf"Vastgelegd bij {DUBBEL}\. Stap 5"))
    page.wait_for_timeout(1000)
    scherm.ziet(re.compile(rf"Vastgelegd bij {DUBBEL}\. Stap 5"))
    expect(keuze).to_have_value("Stap 6: Klacht onderzoeken")
    page.set_viewport_size({**BREED, "height": 460})
    terug = scherm.inhoud.get_by_role("link", name="Ongedaan maken")
    terug.scroll_into_view_if_needed()
    terug.click()
    reden = scherm.inhoud.get_by_role("textbox", name="Reden")
    expect(reden).to_be_in_viewport()
    scherm.vul("Reden", "Bij de verkeerde klacht.")
    scherm.klik("Feit herroepen")
    scherm.ziet(re.compile(rf"Vastgelegd bij {DUBBEL}\."))
    expect(keuze).to_have_value("Stap 5: Ontvangst bevestigen")


def test_a_letter_is_said_to_be_recorded_where_the_next_act_is(scherm: Scherm):
    scherm.open("dossier", f"Klacht {BRIEF}", "anna", nummer=BRIEF)
    keuze = scherm.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?")
    expect(keuze).to_have_value(re.compile("^Stap 9"))
    scherm.klik("Brief maken")
    scherm.klik("Brief bekijken")
    scherm.ziet(re.compile("Lees hem na"))
    scherm.kies("Hoe verstuurd", "Brief")
    scherm.klik("Vastleggen dat de brief is verstuurd")
    gezegd = scherm.inhoud.get_by_text(re.compile(rf"Vastgelegd bij {BRIEF}\. Stap 9"))
    expect(gezegd).to_be_in_viewport()
    scherm.rust()
    expect(keuze).to_have_value(re.compile("^Stap 10"))
    expect(scherm.inhoud.get_by_role("link", name="Ongedaan maken")).to_be_visible()
    plaats = gezegd.bounding_box()
    vouw = scherm.inhoud.get_by_text(re.compile(r"^Geschiedenis \(")).bounding_box()
    assert plaats
    assert vouw
    assert plaats["y"] < vouw["y"]


def test_who_asks_what_a_box_means_has_not_ticked_it(scherm: Scherm):
    scherm.open("reglementversies", "Versies van het reglement", "iris")
    scherm.kies("Wat wilt u vastleggen?", "Versie van het reglement toevoegen")
    scherm.inhoud.get_by_text("Het model, met uw termijnen").click()
    vinkje = scherm.inhoud.get_by_role("checkbox", name="Ontvangstbevestiging (stap 5)", exact=True)
    expect(vinkje).to_be_checked()
    vraagteken = scherm.inhoud.get_by_role("button", name="Uitleg bij Ontvangstbevestiging (stap 5)")
    uitleg = scherm.page.get_by_test_id("stTooltipContent")
    vraagteken.click()
    expect(uitleg).to_have_text("Gehaald als de ontvangst is bevestigd.")
    vraagteken.press("Enter")
    vraagteken.press("Space")
    scherm.rust()
    expect(vinkje).to_be_checked()
    # The words beside it still are the box.
    scherm.inhoud.get_by_text("Ontvangstbevestiging (stap 5)", exact=True).click()
    expect(vinkje).not_to_be_checked()
