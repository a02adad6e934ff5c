"""A link within a sentence to another page opens in the same tab and session; help opens beside the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from klachten.opening import open_register
from tests import browserproef, paginas
from tests.browserproef import BREED, Getuige, Scherm

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]


@pytest.fixture(scope="module")
def map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two klachten, of which one is closed."""
    map = tmp_path_factory.mktemp("koppelingen") / "register"
    with open_register(map) as register:
        paginas.klacht(register, "stap_14_informeren_indiener_afsluiting")
        paginas.klacht(register, "stap_04_toewijzen_behandelaar")
    return map


@pytest.fixture(scope="module")
def scherm(map: Path) -> Iterator[Scherm]:
    with browserproef.chromium() as browser, browserproef.app(map, paginas.VANDAAG) as poort:
        getuige = Getuige(poort)
        yield Scherm(browser.new_page(viewport=BREED, locale="nl-NL"), getuige)
        getuige.klaagt_niet()


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


def test_what_was_typed_in_a_meeting_is_there_after_a_link_and_back(scherm: Scherm):
    """The text is still in the field when the link is pressed: leaving the field keeps it."""
    scherm.open("vergadering", "Evaluatievergadering", "carla", deel="vergadering", jaar="2026", onderdeel="op_tijd")
    vak = scherm.inhoud.get_by_role("textbox", name="Wat concluderen wij?")
    vak.press_sequentially("Op tijd bevestigd.")
    # No sentence of a meeting has such a link now: one is put in it, as a sentence of another page has it.
    scherm.page.evaluate(
        """() => {
             const zin = document.querySelector('[data-testid="stMain"] [data-testid="stMarkdownContainer"] p');
             zin.insertAdjacentHTML("beforeend", ' <a href="klachten?als=carla" target="_blank">deze klachten</a>');
           }"""
    )
    scherm.page.get_by_role("link", name="deze klachten").click()
    scherm.heet("Klachten")
    scherm.page.go_back()
    scherm.heet("Evaluatievergadering")
    expect(vak).to_have_value("Op tijd bevestigd.")


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
