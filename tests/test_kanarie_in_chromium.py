"""What a real browser makes of texts and names that mean to be more, and what it hands out of a table or a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browserproef, kanarie
from tests.browserproef import BREED, Getuige, Scherm

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]

# What the browser made of one, if it made anything.
GEZONGEN = (
    "img[src='x'], img[src*=kwaad], a[href*=kwaad i], a[href^=mailto], .katex, script:not([src]), del, "
    "[role=dialog], iframe"
)
ONHEELS = re.compile(r"(?<!:red\[)rood|(?<!\$)x\^2|(?<!onerror=)alert\(1|(?<!<script>)alert\(2|(?<!\*\*)\bvet\*\*")


@pytest.fixture(scope="module")
def kooi(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    map = tmp_path_factory.mktemp("kanarie") / "register"
    return map, kanarie.maak(map)


@pytest.fixture(scope="module")
def getuige(kooi: tuple[Path, list[str]], browser: Browser) -> Iterator[Getuige]:
    with browserproef.app(kooi[0], kanarie.VANDAAG, "tests.kanarie") as poort:
        yield Getuige(poort)


@pytest.fixture(scope="module")
def scherm(browser: Browser, getuige: Getuige) -> Iterator[Scherm]:
    page = browser.new_page(viewport=BREED, locale="nl-NL")
    page.on("dialog", lambda venster: getuige.klachten.append(f"dialog: {venster.message}"))
    yield Scherm(page, getuige)
    page.close()
    getuige.klaagt_niet()


def zwijgt(scherm: Scherm) -> str:
    """No canary sings on this page; return what stands on it as a reader reads it."""
    scherm.rust()
    # What the page itself brings stands right in the body; what Streamlit draws is in parts of it.
    expect(scherm.page.locator(f"body > div :is({GEZONGEN})")).to_have_count(0)
    gelezen = scherm.page.locator("body").inner_text().replace("\N{WORD JOINER}", "")
    assert not ONHEELS.findall(gelezen)
    return gelezen


def test_no_text_and_no_name_is_more_than_it_is(scherm: Scherm, kooi: tuple[Path, list[str]]):
    gelezen = ""
    for naam, kop in (
        ("klachten", "Klachten"), ("werkvoorraad", "Werkvoorraad"), ("escalatie", "Escalatie"),
        ("verbeteracties", "Verbeteracties"), ("intake", "Nieuwe klacht"), ("reglement", "Reglement"),
        ("opvolging", "Opvolging"), ("termijnen", "Termijnen"), ("categorieen", "Categorieën"),
    ):  # fmt: skip
        (scherm.verder if gelezen else scherm.open)(naam, kop, "anna")
        gelezen += zwijgt(scherm)
    for nummer in kooi[1]:
        scherm.open("dossier", f"Klacht {nummer}", "anna" if nummer == kooi[1][2] else "bas", nummer=nummer)
        gelezen += zwijgt(scherm)
        scherm.klik("Alles openen")
        expect(scherm.inhoud.get_by_role("heading", name="Betrokken medewerkers")).to_be_visible()
        gelezen += zwijgt(scherm)
    # It is there, and reads as it was typed.
    for stuk in kanarie.STUKKEN:
        assert stuk in gelezen, stuk


def test_a_document_is_looked_at_in_the_page_and_a_scan_is_pasted(scherm: Scherm, kooi: tuple[Path, list[str]]):
    nummer = kooi[1][2]
    scherm.open("dossier", f"Klacht {nummer}", "anna", nummer=nummer)
    scherm.page.get_by_text("Klacht en stukken").click()
    scherm.page.get_by_role("button", name="Bekijken").first.click()
    # In a sandbox of its own: Chromium shows the document, and nothing of it could run.
    expect(scherm.page.frame_locator("iframe[src^='/stuk/']").locator("body")).to_have_text("stuk")
    scherm.page.get_by_role("button", name="Bekijken").first.click()
    expect(scherm.page.locator("iframe")).to_have_count(0)
    scherm.page.evaluate(
        "() => { const doos = new DataTransfer(); doos.items.add(new File(['x'], 'a.png', {type: 'image/png'}));"
        "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: doos, bubbles: true})); }"
    )
    expect(scherm.page.get_by_test_id("stFileUploader").last).to_contain_text("Geplakt")
    zwijgt(scherm)


def test_a_list_to_choose_from_shows_names_as_they_are(scherm: Scherm):
    scherm.open("reglement", "Reglement", "anna")
    vak = scherm.page.get_by_test_id("stSidebar").get_by_role("combobox", name="U kijkt nu als")
    vak.click()
    # A list that was opened while its field was scrolled into view closes again.
    vak.press("ArrowDown")
    expect(scherm.page.get_by_role("option").first).to_contain_text("=HYPERLINK")
    zwijgt(scherm)


def test_a_chart_says_a_name_as_it_is_where_the_mouse_points(scherm: Scherm):
    scherm.open("categorieen", "Categorieën", "carla")
    merk = scherm.inhoud.get_by_test_id("stVegaLiteChart").first.locator("[aria-roledescription='balk']").first
    merk.hover(force=True)
    expect(scherm.page.locator("#vg-tooltip-element")).to_contain_text("=HYPERLINK")
    zwijgt(scherm)


def knoppen(page: Page) -> list[str]:
    """Return what the toolbars of tables and charts offer."""
    alle = page.get_by_test_id("stElementToolbarButton").get_by_role("button", include_hidden=True).all()
    return [knop.get_attribute("aria-label") or "" for knop in alle]


def test_a_table_and_a_chart_hand_out_nothing(scherm: Scherm):
    scherm.open("categorieen", "Categorieën", "carla")
    expect(scherm.page.locator("summary[title='Wat u met deze grafiek kunt'], .vega-actions")).to_have_count(0)
    scherm.inhoud.get_by_text("Als tabel", exact=True).first.click()
    tabel = scherm.inhoud.get_by_test_id("stDataFrame").first
    tabel.hover()
    expect(scherm.page.get_by_test_id("stElementToolbar").first).to_be_attached()
    namen = knoppen(scherm.page)
    assert any("Zoeken" in naam for naam in namen)
    # A picture of a chart holds what the reader sees, and no cells.
    assert {naam.partition(":")[0] for naam in namen if "Opslaan" in naam} == {"Opslaan als afbeelding"}
    # Nor does the clipboard get the cells that are chosen.
    scherm.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    scherm.page.evaluate("navigator.clipboard.writeText('niets')")
    scherm.klik_in(tabel, 0.1, 52)
    scherm.page.keyboard.press("ControlOrMeta+c")
    scherm.rust()
    assert scherm.page.evaluate("navigator.clipboard.readText()") == "niets"
