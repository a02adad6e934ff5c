"""Every page in a real browser by WCAG 2.2 AA: axe, targets, zoom, movement, words of charts, and the focus."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from klachten.scherm import toegankelijk
from tests import browserproef, evaluatieproef, toegankelijkproef
from tests.browserproef import BREED, Getuige
from tests.paginawandeling import haltes, wandel
from tests.toegankelijkproef import GEMEND, VAN_STREAMLIT, Toegankelijk
from tests.toetsproef import Toetsen

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]

NUMMER = "K2026-0003"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browserproef.chromium() as browser:
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
    """One window for the whole file, of somebody who wants no movement."""
    page = browser.new_page(viewport=BREED, locale="nl-NL", reduced_motion="reduce")
    yield Toetsen(page, Getuige(poort))
    page.close()


def test_every_page_is_for_everybody(venster: Toetsen):
    kijker = Toegankelijk()
    for halte in wandel(venster, haltes(NUMMER), ()):
        toegankelijkproef.open_folds(venster)
        kijker(halte.naam, venster)
    print(kijker.told())
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
        route.fulfill(response=antwoord, body=heel.replace(toegankelijk.erbij(), b""))

    page.route(lambda adres: "als=iris" in adres and "/static" not in adres, zonder)
    gevonden = set()
    for pagina in dict.fromkeys(een.pagina for een in GEMEND):
        page.goto(f"{scherm.adres}/{pagina}?als=iris")
        page.get_by_role("heading", level=1).wait_for()
        scherm.rust()
        for regel, waar, *_ in toegankelijkproef.axe(page):
            deel = page.locator(waar).first
            wat = [een for een in GEMEND if een.regel == regel and een.pagina == pagina]
            hier = [een for een in wat if deel.evaluate("(deel, waar) => deel.matches(waar)", een.waar)]
            assert hier, f"not in the list: {regel} at {waar} on {pagina}"
            gevonden |= set(hier)
    page.close()
    assert gevonden == set(GEMEND)
