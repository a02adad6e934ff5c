"""Nothing jumps after recording, on a phone: what was recorded stands where the form was, whatever changed above it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from klachten.opening import open_register
from klachten.scherm import toegankelijk, voorladen
from tests import browserproef, paginas
from tests.browserproef import SMAL, Getuige, Scherm

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]

# Before anybody has to be reminded of a term: the app would record that by itself.
VANDAAG = date(2026, 2, 19)
TWEE_BEELDEN = """new Promise((klaar, mis) => {
    requestAnimationFrame(() => requestAnimationFrame(klaar));
    setTimeout(() => mis(new Error('no frame was drawn')), 30_000);
})"""
"""Wait until the browser has drawn two frames: a window that is not drawn gives none, for ever."""


@pytest.fixture(scope="module")
def map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two klachten of which the receipt has to be confirmed."""
    map = tmp_path_factory.mktemp("verspringen") / "register"
    with open_register(map) as register:
        for _ in range(2):
            paginas.klacht(register, "stap_04_toewijzen_behandelaar")
    return map


@pytest.fixture(scope="module")
def scherm(browser: Browser, getuige: Getuige) -> Scherm:
    return Scherm(_telefoon(browser), getuige)


def _telefoon(browser: Browser) -> browserproef.Page:
    return browser.new_page(viewport=SMAL, locale="nl-NL", reduced_motion="reduce")


def hoogte(deel: Locator) -> float:
    """Return where a part stands on the screen."""
    vak = deel.bounding_box()
    assert vak is not None
    return vak["y"]


# From where the button is just in sight, and from further down: then the browser leapt by 400 px.
@pytest.mark.parametrize(("nummer", "verder"), [("K2026-0001", 0), ("K2026-0002", 150)])
def test_what_stands_above_a_form_stays_where_it_was(scherm: Scherm, nummer: str, verder: int):
    scherm.open("dossier", f"Klacht {nummer}", "anna", nummer=nummer)
    keuze = scherm.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?")
    for stap, velden in (
        ("Stap 5: Ontvangst bevestigen", {"Hoe verstuurd": ("Brief",)}),
        ("Stap 6: Klacht onderzoeken", {"Bevindingen: feiten, omstandigheden en achtergronden": "De agenda."}),
    ):
        expect(keuze).to_have_value(stap)
        scherm.vul_in(velden)
        knop = scherm.inhoud.get_by_test_id("stBaseButton-primaryFormSubmit").filter(has_text="Vastleggen")
        knop.scroll_into_view_if_needed()
        scherm.inhoud.evaluate(f"deel => {{ deel.scrollTop += {verder} }}")
        scherm.stilstaand(knop)
        voor = hoogte(keuze)
        knop.click()
        scherm.ziet(re.compile(rf"Vastgelegd bij {nummer}\. {stap}"))
        scherm.stilstaand(keuze)
        assert abs(hoogte(keuze) - voor) <= 1, stap
        expect(scherm.inhoud.locator('[class*="st-key-vastgelegd"]')).to_be_in_viewport(ratio=1)


def test_what_goes_away_at_the_top_of_the_page_keeps_its_room(scherm: Scherm):
    """There nothing can be scrolled back: a part above the button that is gone leaves the rest where it was."""
    scherm.open("dossier", "Klacht K2026-0001", "anna", nummer="K2026-0001")
    alles = scherm.inhoud.get_by_role("button", name="Alles openen")
    scherm.page.set_viewport_size({**SMAL, "height": 2600})
    scherm.stilstaand(alles)
    keuze = scherm.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?")
    voor = hoogte(keuze)
    # As a run does: something above goes while the button is answered.
    scherm.page.evaluate(
        """() => document.addEventListener("click", () => setTimeout(() => {
             const koppen = [...document.querySelectorAll('[data-testid="stMain"] h2')];
             koppen.find((kop) => kop.innerText === "Nu te doen").remove();
           }, 50), { once: true })"""
    )
    alles.click()
    expect(scherm.inhoud.get_by_role("heading", name="Nu te doen")).to_have_count(0)
    scherm.stilstaand(keuze)
    assert abs(hoogte(keuze) - voor) <= 1
    scherm.page.set_viewport_size(SMAL)


# A page with the real scripts, on which the test says what comes and goes above the button.
KAAL = """<!doctype html><html><head><meta charset="utf-8"></head><body style="margin: 0">
<main data-testid="stMain" style="height: 600px; overflow: auto; display: flex; flex-direction: column">
<h1>Een</h1><div class="weg" style="flex: none; height: 100px"></div><div class="weg" style="flex: none; height: 60px">
</div><div class="st-key-deel" style="flex: none; height: 40px; margin-top: 7px">Deel</div>
<div class="st-key-om" style="flex: none"><button style="height: 30px">Knop</button></div>
</main></body></html>"""


LANG_BLAD = f"""<!doctype html><html><head><meta charset="utf-8"></head><body style="margin: 0">
<div data-testid="stMain" style="height: 600px; overflow: auto; overflow-anchor: none"><h1>Personen</h1>
<div style="height: 3000px">lang</div></div>{toegankelijk.erbij().decode()}</body></html>"""


def test_room_that_was_left_open_is_given_back(browser: Browser):
    """At the next press only what is still needed is left open, and nothing at all on another page."""
    page = browser.new_page()
    page.bring_to_front()  # what is not in sight is not drawn
    page.set_content(KAAL.replace("</body>", toegankelijk.erbij().decode() + "</body>"))
    deel, knop = page.locator(".st-key-deel"), page.get_by_role("button")
    voor = hoogte(deel)

    def druk(wat: str) -> None:
        knop.click()
        page.evaluate(wat)
        # Two frames: what the page does about it is done then.
        page.evaluate(TWEE_BEELDEN)

    def ruimte() -> float:
        return float(deel.evaluate("deel => parseFloat(getComputedStyle(deel).marginTop)")) - 7

    druk("document.querySelector('.weg').remove()")
    assert (hoogte(deel), ruimte()) == (voor, 100)
    druk("document.querySelector('.weg').remove()")
    assert (hoogte(deel), ruimte()) == (voor, 160)
    # What comes above takes the room that was left open, instead of pushing the page on.
    druk("document.querySelector('h1').insertAdjacentHTML('afterend', '<div style=\"flex:none; height:90px\"></div>')")
    assert (hoogte(deel), ruimte()) == (voor, 70)
    assert page.locator("main").evaluate("deel => deel.scrollTop") == 0
    # A press of a key is no press of a button: the room stays, and goes when one goes on, however much later.
    page.keyboard.press("Shift")
    assert (hoogte(deel), ruimte()) == (voor, 70)
    page.evaluate("dispatchEvent(new Event('klachten:elders'))")
    assert ruimte() == 0
    assert deel.evaluate("deel => deel.style.marginTop") == "7px"
    voor = hoogte(deel)
    druk("document.querySelector('h1 + div').remove()")
    assert (hoogte(deel), ruimte()) == (voor, 90)
    page.keyboard.press("Shift")
    page.evaluate("document.querySelector('h1').textContent = 'Twee'")
    page.evaluate(TWEE_BEELDEN)
    assert ruimte() == 0


@pytest.mark.parametrize(("verandering", "boven"), [("kop", True), ("opnieuw", False), ("anker", False)])
def test_another_page_begins_at_its_top(browser: Browser, verandering: str, boven: bool):
    """Also when what is left is still there as its heading comes; the same page stays where one was reading."""
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.route("http://proef.test/**", lambda weg: weg.fulfill(body=LANG_BLAD, content_type="text/html"))
    page.goto("http://proef.test/personen")
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 700")
    if verandering == "anker":
        page.evaluate("location.hash = 'stap-5'")
    page.evaluate(
        "naam => { document.querySelector('h1').replaceWith(Object.assign(document.createElement('h1'),"
        " { textContent: naam })); }",
        "Personen" if verandering == "opnieuw" else "Versies van het reglement",
    )
    hoogte = "document.querySelector('[data-testid=stMain]').scrollTop"
    if boven:
        page.wait_for_function(f"() => {hoogte} === 0")
    else:
        page.evaluate("() => new Promise(klaar => requestAnimationFrame(() => requestAnimationFrame(klaar)))")
        assert page.evaluate(hoogte) == 700
    page.close()


def test_a_meeting_that_is_recorded_ends_at_the_top_of_its_minutes(scherm: Scherm):
    vergadering = {"deel": "vergadering", "jaar": "2026"}
    scherm.open("vergadering", "Evaluatievergadering", "carla", **vergadering, onderdeel="slot")
    scherm.vul("Wat is de conclusie over het geheel?", "Een rustig jaar.")
    nog_een = scherm.inhoud.get_by_role("button", name="Nog een verbeteractie")
    scherm.open("vergadering", "Evaluatievergadering", "carla", **vergadering, onderdeel="op_tijd")
    nog_een.scroll_into_view_if_needed()
    scherm.stilstaand(nog_een)
    eerste = scherm.inhoud.get_by_role("textbox", name=re.compile("^Verbeteractie"))
    voor = hoogte(eerste.first)
    nog_een.click()
    expect(eerste).to_have_count(2)
    scherm.stilstaand(nog_een)
    assert abs(hoogte(eerste.first) - voor) <= 1
    # From a long section to one that is much shorter, and back: each begins at its top, and no room is left open.
    scherm.page.set_viewport_size({**SMAL, "height": 3000})
    volgende = scherm.inhoud.get_by_role("button", name=re.compile("^Volgende"))
    for _ in range(6):
        was = volgende.inner_text()
        volgende.click()
        expect(volgende).not_to_have_text(was)
        scherm.stilstaand(volgende)
        assert scherm.inhoud.evaluate("deel => deel.scrollTop") == 0
        assert scherm.inhoud.locator('[style*="margin-top"]').count() == 0
    scherm.page.set_viewport_size(SMAL)
    scherm.open("vergadering", "Evaluatievergadering", "carla", **vergadering, onderdeel="overzicht")
    scherm.inhoud.get_by_role("button", name="Evaluatie vastleggen en cijfers bevriezen").click()
    scherm.ziet(re.compile(r"Evaluatie E2026-0001 is vastgelegd"))
    scherm.stilstaand(scherm.inhoud)
    expect(scherm.inhoud.get_by_text(re.compile("is vastgelegd"))).to_be_in_viewport(ratio=1)
    assert scherm.inhoud.evaluate("deel => deel.scrollTop") == 0


@pytest.mark.parametrize("zuinig", [False, True], ids=["anybody", "who pays for each byte"])
def test_what_draws_a_first_chart_is_there_before_it_is_asked_for(scherm: Scherm, browser: Browser, zuinig: bool):
    """A page without a chart or a table; and Streamlit then asks for no script a second time under another address."""
    page = browser.new_page(locale="nl-NL")
    if zuinig:
        page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto(f"{scherm.adres}/handleiding?als=anna")
    gehaald = """() => performance.getEntriesByType("resource").map((een) => new URL(een.name).pathname)"""
    page.get_by_role("heading", level=1).wait_for()

    def eerste(namen: list[str]) -> list[str]:
        return [naam for naam in namen if re.search(r"/js/(ArrowVegaLiteChart|DataFrame)\.", naam)]

    if zuinig:
        page.wait_for_timeout(3000)
        assert eerste(page.evaluate(gehaald)) == []
        page.close()
        return
    laatste = f"/{voorladen.DELEN[-1]}."
    page.wait_for_function(f"() => ({gehaald})().some((naam) => naam.includes({laatste!r}))")
    alles = page.evaluate(gehaald)
    assert len(eerste(alles)) == 2
    assert len(set(alles)) == len(alles)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Werkvoorraad", exact=True).click()
    page.get_by_role("heading", level=1, name="Werkvoorraad").wait_for()
    assert eerste(page.evaluate(gehaald)) == eerste(alles)
    page.close()
