"""A link within a sentence to another page opens in the same tab and session; help opens beside the form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from klachten.opening import open_register
from klachten.scherm import stapvolger, toegankelijk, typen
from tests import browserproef, paginas
from tests.browserproef import BREED, Getuige, Scherm

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]


@pytest.fixture(scope="module")
def map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with three klachten, of which one is closed."""
    map = tmp_path_factory.mktemp("koppelingen") / "register"
    with open_register(map) as register:
        paginas.klacht(register, "stap_14_informeren_indiener_afsluiting")
        paginas.klacht(register, "stap_04_toewijzen_behandelaar")
        paginas.klacht(register, "stap_05_bevestigen_ontvangst")
    return map


@pytest.fixture(scope="module")
def scherm(browser: Browser, getuige: Getuige) -> Scherm:
    return Scherm(browser.new_page(viewport=BREED, locale="nl-NL"), getuige)


# What the page needs to count where it went, and how often.
TEL = """() => {
  window.gegaan = [];
  const duw = history.pushState.bind(history);
  history.pushState = (staat, leeg, naar) => { gegaan.push(String(naar)); duw(staat, leeg, naar); };
}"""
ZIN = """() => {
  const zin = document.querySelector('[data-testid="stMain"] [data-testid="stMarkdownContainer"] p');
  zin.insertAdjacentHTML("beforeend", ' <a href="klachten?als=anna" target="_blank">deze klachten</a>');
}"""

# A page with the scripts of every page and that of the form of a step, of which the test says when the server is busy.
KAAL = """<!doctype html><html><head><meta charset="utf-8"></head><body>
<div data-testid="stApp" data-test-script-state="notRunning"><a href="/werkvoorraad">menu</a>
<a data-testid="stSidebarNavLink" href="/termijnen">blijft uit</a>
<main data-testid="stMain"><h1>Klacht</h1>
<div data-testid="stForm" class="st-key-tekst"><textarea></textarea></div><button>Knop</button><input type="search">
<div data-testid="stMarkdownContainer"><p><a href="klachten?als=anna">een</a> <a href="jaarbeeld">twee</a></p></div>
</main></div></body></html>"""


@pytest.fixture(scope="module")
def leeg(browser: Browser) -> Page:
    page = browser.new_page()
    page.set_default_timeout(10_000)
    inhoud = KAAL.encode().replace(b"</body>", toegankelijk.erbij() + b"</body>")
    page.route("http://proef.test/**", lambda weg: weg.fulfill(body=inhoud, content_type="text/html"))
    return page


@pytest.fixture
def vroeg(leeg: Page) -> Page:
    """The bare page, of which nobody follows the form yet; a link of the menu loads nothing, as with Streamlit."""
    leeg.goto("http://proef.test/dossier?nummer=1")
    leeg.evaluate(TEL)
    leeg.evaluate(
        """async (script) => {
             document.querySelector('[href="/werkvoorraad"]').addEventListener("click", (gebeurtenis) => {
               gebeurtenis.preventDefault();
               history.pushState(null, "", "/werkvoorraad");
             });
             window.bezig = (ja) => {
               document.querySelector('[data-testid="stApp"]').dataset.testScriptState = ja ? "running" : "notRunning";
             };
             const module = new Blob([script], { type: "text/javascript" });
             const { default: begin } = await import(URL.createObjectURL(module));
             const velden = { "st-key-tekst": "tekst" };
             let keer = 0;
             window.gegeven = [];
             // It returns nothing: Playwright would call the function that it got.
             window.antwoord = () => {
               begin({
                 data: { velden, keer: (keer += 1) },
                 parentElement: document.body,
                 setStateValue: (naam, waarde) => gegeven.push(waarde.tekst),
               });
             };
           }""",
        stapvolger._SCRIPT,
    )
    return leeg


@pytest.fixture
def kaal(vroeg: Page) -> Page:
    """The same, with the form followed."""
    vroeg.evaluate("antwoord()")
    return vroeg


def gegaan(page: Page) -> list[str]:
    """Return where the page went, after the time in which a late link would go."""
    page.wait_for_timeout(300)
    paden: list[str] = page.evaluate("gegaan.map((naar) => new URL(naar, location.href).pathname.slice(1))")
    return paden


def test_what_is_typed_before_its_script_is_there_is_kept_when_one_leaves_at_once(scherm: Scherm):
    """The form is drawn before what follows it: text and link come in between."""
    context = scherm.page.context.browser.new_context(viewport=BREED, locale="nl-NL")
    ander = Scherm(context.new_page(), Getuige(int(scherm.adres.rsplit(":", 1)[1])))
    ander.page.add_init_script(
        """(() => {
             new MutationObserver((_, kijker) => {
               const vak = document.querySelector('textarea[aria-label^="Bevindingen: feiten"]');
               const link = document.querySelector('[data-testid="stSidebar"] a[href*="/klachten"]');
               if (!vak || !link) return;
               kijker.disconnect();
               vak.focus();
               document.execCommand("insertText", false, "Meteen getypt.");
               vak.blur();
               link.click();
             }).observe(document, { subtree: true, childList: true });
           })()"""
    )
    ander.page.goto(f"{ander.adres}/dossier?nummer=K2026-0003&als=anna")
    ander.heet("Klachten")
    ander.page.go_back()
    ander.heet("Klacht K2026-0003")
    vak = ander.inhoud.get_by_role("textbox", name="Bevindingen: feiten, omstandigheden en achtergronden")
    expect(vak).to_have_value("Meteen getypt.")
    weg = ander.inhoud.get_by_role("button", name="Tekst weggooien")
    weg.click()
    # Until then the field may be there twice: as it was, and as it will be.
    expect(weg).to_have_count(0)
    ander.rust()
    expect(vak).to_have_value("")
    context.close()


def test_a_link_that_is_clicked_while_typing_is_followed_once(scherm: Scherm):
    """Also when the link left the page before the text had come: the session stays."""
    page = scherm.page
    vak = scherm.inhoud.get_by_role("textbox", name="Bevindingen: feiten, omstandigheden en achtergronden")
    for blijft in (True, False):
        scherm.open("dossier", "Klacht K2026-0003", "anna", nummer="K2026-0003")
        page.evaluate(TEL)
        page.evaluate("window.nietHerladen = true")
        page.evaluate(ZIN)
        link = scherm.inhoud.get_by_role("link", name="deze klachten")
        expect(link).not_to_have_attribute("target", "_blank")
        if not blijft:
            link.evaluate("deel => addEventListener('pointerup', () => setTimeout(() => deel.remove()), true)")
        vak.press_sequentially("Gebeld.")
        link.click()
        scherm.heet("Klachten")
        assert page.evaluate("window.nietHerladen"), "the page was loaded again"
        assert gegaan(page).count("klachten") == 1
        page.go_back()
        scherm.heet("Klacht K2026-0003")
        expect(vak).to_have_value("Gebeld." if blijft else "Gebeld.Gebeld.")


def test_a_link_waits_for_who_comes_to_follow_the_form(vroeg: Page):
    vroeg.evaluate("bezig(true)")
    vroeg.get_by_role("textbox").press_sequentially("Gebeld.")
    vroeg.get_by_role("link", name="een").click()
    assert gegaan(vroeg) == []
    vroeg.evaluate("antwoord(); bezig(false)")
    assert vroeg.evaluate("gegeven") == ["Gebeld."]
    assert gegaan(vroeg) == [], "the text is still on its way"
    vroeg.evaluate("antwoord()")
    vroeg.wait_for_url("**/klachten?als=anna")
    assert vroeg.evaluate("gegeven") == ["Gebeld."]


def test_a_link_waits_no_longer_than_a_moment_for_a_form_that_nobody_follows(vroeg: Page):
    vroeg.get_by_role("textbox").press_sequentially("Gebeld.")
    vroeg.get_by_role("link", name="een").click()
    vroeg.wait_for_url("**/klachten?als=anna")
    assert vroeg.evaluate("gegeven") == []


def test_what_was_sent_holds_no_link_back_when_the_page_runs_again(vroeg: Page):
    """A field by itself was left and the server answered: a later run has nothing of it."""
    zoek = vroeg.get_by_role("searchbox")
    zoek.press_sequentially("Bep")
    zoek.blur()
    vroeg.evaluate("bezig(true)")
    vroeg.get_by_role("link", name="menu").click()
    assert gegaan(vroeg) == []
    vroeg.evaluate("bezig(false)")
    vroeg.wait_for_url("**/werkvoorraad")
    zoek.press_sequentially("Bep")
    zoek.blur()
    # Together longer than a page is waited for that has not begun to run.
    vroeg.evaluate("bezig(true)")
    vroeg.wait_for_timeout(500)
    vroeg.evaluate("bezig(false)")
    vroeg.wait_for_timeout(500)
    vroeg.evaluate("bezig(true)")
    vroeg.get_by_role("link", name="menu").click()
    assert gegaan(vroeg) == ["werkvoorraad", "werkvoorraad"]


def test_who_goes_on_typing_loses_nothing_when_the_form_is_followed_anew(vroeg: Page):
    """The script is run again when its data change: one of them listens, and knows what was typed."""
    vak = vroeg.get_by_role("textbox")
    vroeg.evaluate("bezig(true)")
    vak.press_sequentially("Ge")
    vroeg.evaluate("antwoord()")
    vroeg.wait_for_function("gegeven.length")
    # Within the time that nothing is given over while somebody types.
    vroeg.evaluate(
        """() => {
             document.execCommand("insertText", false, "beld.");
             antwoord();
             antwoord();
             document.activeElement.blur();
           }"""
    )
    assert vroeg.evaluate("gegeven") == ["Ge", "Gebeld."]


def test_a_text_typed_before_its_script_is_there_is_kept_without_another_key(leeg: Page):
    """A long text in a field by itself: Streamlit hears of it as with Ctrl+Enter, also when nobody types any more."""
    leeg.goto("http://proef.test/dossier?nummer=1")
    leeg.get_by_role("textbox").press_sequentially("Gebeld.")
    leeg.evaluate(
        """async (script) => {
             window.gehoord = [];
             document.addEventListener("keydown", ({ key, ctrlKey, target }) => {
               if (ctrlKey && key === "Enter") gehoord.push(target.value);
             });
             const module = new Blob([script], { type: "text/javascript" });
             const { default: begin } = await import(URL.createObjectURL(module));
             begin();
           }""",
        typen._SCRIPT,
    )
    leeg.wait_for_function("gehoord.length")
    assert leeg.evaluate("gehoord") == ["Gebeld."]


def test_a_link_is_followed_once_when_the_text_has_come(kaal: Page):
    kaal.get_by_role("textbox").press_sequentially("Gebeld.")
    kaal.get_by_role("link", name="een").click()
    assert gegaan(kaal) == []
    kaal.evaluate("antwoord()")
    kaal.wait_for_url("**/klachten?als=anna")
    kaal.wait_for_timeout(800)
    assert gegaan(kaal) == ["klachten"]


@pytest.mark.parametrize("dan", ["antwoord", "bezig"])
def test_a_late_link_does_not_take_the_reader_off_another_page(kaal: Page, dan: str):
    """Whatever it waits for: the text of a form, or the run of the page."""
    if dan == "antwoord":
        kaal.get_by_role("textbox").press_sequentially("Gebeld.")
    else:
        kaal.evaluate("bezig(true)")
    kaal.get_by_role("link", name="een").click()
    kaal.evaluate('history.pushState(null, "", "/werkvoorraad")')
    kaal.evaluate(f"{dan}(false)")
    assert gegaan(kaal) == ["werkvoorraad"]
    kaal.wait_for_timeout(800)
    assert gegaan(kaal) == ["werkvoorraad"]


def test_what_is_pressed_last_is_what_is_done(kaal: Page):
    een, twee, menu = (kaal.get_by_role("link", name=naam) for naam in ("een", "twee", "menu"))
    kaal.evaluate("bezig(true)")
    een.click()
    menu.click()
    kaal.evaluate("bezig(false)")
    assert gegaan(kaal) == ["werkvoorraad"]
    kaal.evaluate("bezig(true)")
    for link in (een, twee, twee):
        link.click()
    kaal.evaluate("bezig(false)")
    assert gegaan(kaal) == ["werkvoorraad", "jaarbeeld"]
    # Two links one after the other while the text of a form is on its way, and a button after a link.
    kaal.evaluate("bezig(true)")
    een.click()
    kaal.get_by_role("textbox").press_sequentially("Gebeld.")
    twee.click()
    kaal.evaluate("bezig(false)")
    assert gegaan(kaal) == ["werkvoorraad", "jaarbeeld"]
    een.click()
    kaal.get_by_role("button").click()
    kaal.evaluate("antwoord()")
    kaal.wait_for_timeout(800)
    assert gegaan(kaal) == ["werkvoorraad", "jaarbeeld"]


@pytest.mark.parametrize("daarna", ["Knop", "twee"])
def test_a_page_of_the_menu_that_never_came_keeps_nothing_of_another_page(kaal: Page, daarna: str):
    """Something else was pressed before the server answered: what the page says then stands in the address."""
    uit = kaal.get_by_role("link", name="blijft uit")
    uit.evaluate("link => link.addEventListener('click', (gebeurtenis) => gebeurtenis.preventDefault())")
    uit.click()
    kaal.evaluate("history.pushState(null, '', '?nummer=2')")
    assert kaal.url.endswith("/dossier?nummer=1"), "it waits for that page"
    if daarna == "twee":
        kaal.evaluate("document.querySelector('[href=jaarbeeld]').setAttribute('href', 'termijnen?jaar=2026')")
    kaal.get_by_text(daarna, exact=True).click()
    if daarna == "twee":
        kaal.wait_for_url("**/termijnen?jaar=2026")
    else:
        kaal.evaluate("history.pushState(null, '', '?nummer=3')")
        assert kaal.url.endswith("/dossier?nummer=3")


@pytest.mark.parametrize("toets", ["shiftKey", "altKey", "ctrlKey", "metaKey"])
def test_who_asks_for_another_window_gets_it_while_typing(kaal: Page, toets: str):
    kaal.get_by_role("textbox").press_sequentially("Gebeld.")
    kaal.get_by_role("textbox").blur()
    # What the browser would do with it is its own: that nobody holds it back is what counts.
    doorgelaten = kaal.evaluate(
        """(toets) => {
             let zo = null;
             document.body.addEventListener("click", (gebeurtenis) => {
               zo = !gebeurtenis.defaultPrevented;
               gebeurtenis.preventDefault();
             }, { once: true });
             const hoe = { bubbles: true, cancelable: true, [toets]: true };
             document.querySelector("p a").dispatchEvent(new MouseEvent("click", hoe));
             return zo;
           }""",
        toets,
    )
    assert doorgelaten is True
    kaal.evaluate("antwoord()")
    assert gegaan(kaal) == []


def test_a_shift_click_opens_a_window_while_typing(kaal: Page):
    kaal.get_by_role("textbox").press_sequentially("Gebeld.")
    with kaal.context.expect_page() as ander:
        kaal.get_by_role("link", name="een").click(modifiers=["Shift"])
    ander.value.close()
    with kaal.context.expect_page() as ander:
        kaal.get_by_role("link", name="een").click(button="middle")
    ander.value.close()
    assert gegaan(kaal) == []


def test_from_a_sentence_to_the_klachten_that_it_counts_and_back(scherm: Scherm):
    page = scherm.page
    scherm.open("jaarbeeld", "Jaarbeeld", "carla", jaar="2026", deel="bevindingen")
    page.evaluate("window.nietHerladen = true")
    links = scherm.inhoud.locator('[data-testid="stMarkdownContainer"] a[href^="klachten?"]')
    expect(links.first).not_to_have_attribute("target", "_blank")
    links.first.click()
    scherm.heet("Klachten")
    scherm.ziet("K2026-0001")
    expect(page).to_have_url(re.compile(r"/klachten\?.*als=carla"))
    assert scherm.inhoud.evaluate("deel => deel.scrollTop") == 0
    page.go_back()
    scherm.heet("Jaarbeeld")
    expect(links.first).to_be_visible()
    page.go_forward()
    scherm.heet("Klachten")
    # Who asks for a tab gets one, and this one stays where it is.
    page.go_back()
    scherm.heet("Jaarbeeld")
    with page.context.expect_page() as ander:
        links.first.click(modifiers=["ControlOrMeta"])
    expect(ander.value.get_by_role("heading", level=1, name="Klachten")).to_be_visible()
    ander.value.close()
    scherm.heet("Jaarbeeld")
    assert page.evaluate("window.nietHerladen"), "the page was loaded again"
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("link", ["van een zin", "van het menu", "door een tik"])
def test_what_was_typed_in_a_meeting_is_there_after_a_link_and_back(scherm: Scherm, link: str):
    """The text is still in the field when the link is pressed: leaving the field keeps it."""
    scherm.open("vergadering", "Evaluatievergadering", "carla", deel="vergadering", jaar="2026", onderdeel="op_tijd")
    vak = scherm.inhoud.get_by_role("textbox", name="Wat concluderen wij?")
    vak.fill(f"Op tijd bevestigd, {link}.")
    menu = scherm.page.get_by_test_id("stSidebar").get_by_role("link", name="Klachten", exact=True)
    if link == "van een zin":
        # No sentence of a meeting has such a link now: one is put in it, as a sentence of another page has it.
        scherm.page.evaluate(ZIN.replace("als=anna", "als=carla"))
        scherm.inhoud.get_by_role("link", name="deze klachten").click()
    elif link == "van het menu":
        menu.click()
    else:
        # With a finger the field is left and the link is pressed in one go.
        menu.evaluate("deel => { document.activeElement.blur(); deel.click(); }")
    scherm.heet("Klachten")
    scherm.page.go_back()
    scherm.heet("Evaluatievergadering")
    expect(vak).to_have_value(f"Op tijd bevestigd, {link}.")


def test_help_is_read_beside_the_form_that_it_is_about(scherm: Scherm):
    scherm.open("dossier", "Klacht K2026-0002", "anna", nummer="K2026-0002")
    scherm.inhoud.get_by_text(re.compile("^Wat nu niet kan, en waarom")).click()
    waarom = scherm.inhoud.get_by_role("link", name="Waarom?").first
    expect(waarom).to_have_attribute("target", "_blank")
    with scherm.page.context.expect_page() as ander:
        waarom.click()
    expect(ander.value.get_by_role("heading", level=1)).to_be_visible()
    ander.value.close()
    scherm.heet("Klacht K2026-0002")
