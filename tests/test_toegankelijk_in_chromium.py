"""Every page in a real browser by WCAG 2.2 AA: axe, targets, zoom, movement, words of charts, and the focus."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Route, expect

from klachten.scherm import paginas, toegankelijk
from tests import browserproef, evaluatieproef, toegankelijkproef
from tests.browserproef import BREED, Getuige
from tests.paginawandeling import haltes, wandel
from tests.toegankelijkproef import GEMEND, VAN_STREAMLIT, Toegankelijk
from tests.toetsproef import Toetsen
from tests.woordproef import Taal

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]

NUMMER = "K2026-0003"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # A page that a test changed on its way counts as one from elsewhere, which may not talk to this machine.
    with browserproef.chromium("--disable-features=LocalNetworkAccessChecks") as browser:
        yield browser


@pytest.fixture(scope="module")
def poort(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The app on the example register with forty klachten."""
    map = tmp_path_factory.mktemp("toegankelijk") / "register"
    shutil.copytree(evaluatieproef.map_met(40), map)
    with browserproef.app(map, evaluatieproef.VANDAAG) as poort:
        yield poort


@pytest.fixture(scope="module")
def venster(browser: Browser, poort: int) -> Iterator[Toetsen]:
    """One window for the whole file, of somebody who wants no movement, in a browser that was never set to Dutch."""
    page = browser.new_page(viewport=BREED, locale="en-US", reduced_motion="reduce")
    yield Toetsen(page, Getuige(poort))
    page.close()


def test_every_page_is_for_everybody_and_in_dutch(venster: Toetsen):
    """One walk for both: reading all of a page takes a moment, getting there takes long."""
    kijker, taal = Toegankelijk(), Taal()
    for halte in wandel(venster, haltes(NUMMER)):
        toegankelijkproef.open_folds(venster)
        kijker(halte.naam, venster)
        taal(halte.naam, venster)
    print(kijker.told(), taal.verteld(), sep="\n")
    assert not taal.fout, "\n".join(taal.fout)
    assert not kijker.fout, "\n".join(kijker.fout)
    # What is listed still occurs, so that the list says what is so.
    assert set(kijker.van_streamlit) == set(VAN_STREAMLIT)


def test_what_is_mended_would_be_wrong_without_it(browser: Browser, poort: int):
    """A mending that is needed no more goes: a next version of Streamlit may do it right."""
    page = browser.new_page(viewport=BREED, locale="nl-NL")
    scherm = browserproef.Scherm(page, Getuige(poort))

    def zonder(route: Route) -> None:
        antwoord = route.fetch()
        heel = antwoord.body()
        assert toegankelijk.erbij() in heel
        koppen = {naam: waarde for naam, waarde in antwoord.headers.items() if naam != "content-length"}
        route.fulfill(status=200, headers=koppen, body=heel.replace(toegankelijk.erbij(), b""))

    page.route(lambda adres: "als=anna" in adres and "/static" not in adres, zonder)
    gevonden = set()
    for pagina in dict.fromkeys(een.pagina for een in GEMEND):
        # What was left out stays out on every page that is gone on to from there.
        (scherm.open if page.url == "about:blank" else scherm.verder)(pagina, paginas.pagina(pagina).titel, "anna")
        toegankelijkproef.open_folds(scherm)
        for een in GEMEND:
            if een.pagina == pagina:
                expect(page.locator(een.waar).first).to_be_attached()
                # Of letters out of sight axe does not tell which colour they have.
                page.locator(een.waar).first.evaluate("deel => deel.scrollIntoView({block: 'center'})")
        for regel, waar, *_ in toegankelijkproef.axe(page):
            deel = page.locator(waar).first
            wat = [een for een in GEMEND if een.regel == regel]
            hier = [een for een in wat if deel.evaluate("(deel, waar) => deel.matches(waar)", een.waar)]
            assert hier, f"not in the list: {regel} at {waar} on {pagina}"
            gevonden |= set(hier)
    page.close()
    assert gevonden == set(GEMEND)


def test_what_opens_is_in_dutch_too(venster: Toetsen):
    """The menus, lists and pickers of Streamlit, which are there only while they are open."""
    page, inhoud, taal = venster.page, venster.inhoud, Taal()
    venster.open("afwezigheid", "Mijn afwezigheid", "anna")
    inhoud.get_by_role("button", name="Datum kiezen").first.click()
    kalender = page.get_by_test_id("stDateInputCalendar")
    expect(kalender.get_by_role("button", name="Vorige maand")).to_be_visible()
    expect(kalender.get_by_role("button", name=re.compile(r"^maandag \d+ \w+ \d{4}$")).first).to_be_visible()
    taal("calendar", venster)
    for welke in ("maand", "jaar"):
        kalender.get_by_role("button", name=welke, exact=True).click()
        expect(page.get_by_role("listbox")).to_be_visible()
        taal(f"list of {welke}", venster)
        page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="U kijkt nu als").click()
    page.keyboard.type("zzz")
    expect(page.get_by_text("Niets gevonden")).to_be_visible()
    taal("list of choices without any", venster)
    page.keyboard.press("Escape")

    venster.verder("termijnen", "Termijnen", "anna")
    inhoud.get_by_test_id("stVegaLiteChart").first.hover()
    inhoud.get_by_role("button", name="Cijfers tonen").first.click()
    expect(inhoud.get_by_role("button", name="Grafiek tonen").first).to_be_attached()
    taal("the table of a chart", venster)
    inhoud.get_by_role("button", name="Heel het scherm").first.click()
    expect(page.get_by_role("button", name="Terug naar de pagina").first).to_be_attached()
    taal("a chart over all of the screen", venster)
    page.keyboard.press("Escape")

    venster.verder("jaarbeeld", "Jaarbeeld", "anna", deel="cijfers")
    tabel = inhoud.get_by_test_id("stDataFrame").locator("visible=true").first
    tabel.scroll_into_view_if_needed()
    tabel.hover()
    vak = venster.stilstaand(tabel)
    eerste = tabel.locator("[role=columnheader]").first
    expect(eerste).to_be_attached()
    page.mouse.move(vak["x"] + 40, vak["y"] + 18)
    # The dots stand at the end of the first column: how wide that is, the table itself decides.
    for verder in range(60, int(vak["width"]), 8):
        page.mouse.click(vak["x"] + verder, vak["y"] + 18)
        if page.get_by_role("menuitem", name="Oplopend sorteren").count():
            break
    taal("menu of a column", venster)
    page.get_by_role("menuitem", name="Verdeling").hover()
    expect(page.get_by_text("Verschillend", exact=True)).to_be_visible()
    taal("what stands in a column", venster)
    page.keyboard.press("Escape")
    print(taal.verteld())
    assert not taal.fout, "\n".join(taal.fout)


# Where the focus is on the page, from its top, and whether a ring shows that which no box around it cuts off.
_STOP = """() => {
  const nu = document.activeElement, blad = document.querySelector('[data-testid=stMain]');
  if (!nu || nu === blad || !blad.contains(nu)) return null;
  const doel = nu.matches('input[type=radio], input[type=checkbox]') ? nu.closest('label') : nu;
  const {top, left, right} = doel.getBoundingClientRect();
  const geknipt = (deel, uit) => {
    const hier = deel.getBoundingClientRect();
    for (let om = deel.parentElement, nr = 0; om && nr < 3; om = om.parentElement, nr += 1) {
      const box = om.getBoundingClientRect();
      if (getComputedStyle(om).overflow.includes('visible')) continue;
      if (box.top > hier.top - uit || box.bottom < hier.bottom + uit) return true;
    }
    return false;
  };
  let ring = false;
  for (let deel = doel, nr = 0; deel && nr < 5; deel = deel.parentElement, nr += 1) {
    const {outlineStyle, outlineWidth, outlineOffset, boxShadow} = getComputedStyle(deel);
    const breed = outlineStyle === 'none' ? 0 : parseFloat(outlineWidth);
    ring ||= (breed >= 1 && !geknipt(deel, breed + parseFloat(outlineOffset))) || boxShadow !== 'none';
  }
  const wat = nu.getAttribute('aria-label') || nu.innerText || nu.tagName;
  return {wat, top: top + blad.scrollTop, left, right, ring};
}"""


def test_twelve_tasks_fit_at_a_glance(venster: Toetsen):
    """At 900 px high, with the headings of three groups between them, when no tour or notice stands above the title."""
    venster.open("werkvoorraad", "Werkvoorraad", "anna")
    venster.page.get_by_text("Voor iedereen").click()
    rijen = venster.inhoud.locator("[class*=st-key-rijenlijst] a").filter(has_text="S2026-", visible=True)
    expect(rijen.nth(1)).to_be_visible()
    eerste, tweede = venster.stilstaand(rijen.nth(0)), venster.stilstaand(rijen.nth(1))
    lijst = venster.stilstaand(venster.inhoud.locator("[class*=st-key-rijenlijst]").first)
    kop = venster.stilstaand(venster.inhoud.locator("[class*=st-key-rijenlijst] > div").first)
    groep = kop["height"] + 14  # with the room between two groups
    titel = venster.stilstaand(venster.page.get_by_role("heading", level=1))
    assert 90 + lijst["y"] - titel["y"] + 12 * (tweede["y"] - eerste["y"]) + 3 * groep <= BREED["height"]


@pytest.mark.parametrize(
    ("pagina", "kop", "vraag", "minstens"),
    [
        ("werkvoorraad", "Werkvoorraad", {}, 8),
        ("dossier", f"Klacht {NUMMER}", {"nummer": NUMMER}, 8),
        ("intake", "Nieuwe klacht", {}, 15),
    ],
)
def test_tab_goes_as_one_reads_and_can_be_seen(venster: Toetsen, pagina: str, kop: str, vraag, minstens: int):
    """Below or beside what was before, never back up; and round what has the focus there is a ring."""
    venster.open(pagina, kop, "anna", **vraag)
    if pagina == "werkvoorraad":
        expect(venster.inhoud.locator("[class*=st-key-rijenlijst] a").first).to_be_visible()
    venster.naar_inhoud()
    if pagina == "intake":
        venster.tab_naar("radio", "Ja, op schrift")
        venster.toets("Space")
        expect(venster.inhoud.get_by_role("textbox", name="Waar gaat het over")).to_be_visible()
        venster.rust()
    langs = []
    for _ in range(80):
        venster.toets("Tab")
        stop = venster.page.evaluate(_STOP)
        if stop is not None and not stop["ring"]:
            venster.page.wait_for_timeout(250)  # a text area takes some time to draw it
            stop = venster.page.evaluate(_STOP)
        if stop is None:
            break
        langs.append(stop)
    assert len(langs) >= minstens
    assert [stop["wat"] for stop in langs if not stop["ring"]] == []
    terug = [
        f"{eerst['wat']} -> {dan['wat']}"
        for eerst, dan in pairwise(langs[1:] if pagina != "intake" else langs)
        if dan["top"] < eerst["top"] - 12 and dan["left"] < eerst["right"] - 4
    ]
    assert terug == []


def test_what_opens_over_the_page_takes_the_focus_keeps_it_and_gives_it_back(venster: Toetsen):
    venster.open("verkenner", "Verkenner", "anna")
    venster.naar_inhoud()
    # The bell says something else once it was opened, whenever the server has told it so.
    bel, verfijnen = (
        venster.page.locator(".st-key-belplek button"),
        venster.inhoud.get_by_role("button", name="Verfijnen"),
    )
    for knop, opener in ((re.compile("nieuw"), bel), ("Verfijnen", verfijnen)):
        venster.tab_naar("button", knop)
        venster.toets("Enter")
        vak = venster.page.get_by_test_id("stPopoverBody")
        expect(vak).to_be_focused()
        venster.rust()
        # Past the last one and the first one too.
        for toets in (*["Tab"] * 15, *["Shift+Tab"] * 15):
            venster.toets(toets)
            assert vak.evaluate("deel => deel.contains(document.activeElement)")
        venster.toets("Escape")
        expect(vak).to_have_count(0)
        expect(opener).to_be_focused()
