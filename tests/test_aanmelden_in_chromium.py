"""Signing in with a real browser, in front of the real app: what only the two of them can show."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.toegang.bladen.eigen import VOORAF
from klachten.toegang.opslag import Opslag
from klachten.toegang.regels import STIL
from klachten.toegang.uitnodigen import NIEUW, Uitnodigingen
from tests import eindig
from tests.browserproef import BREED, SMAL, Getuige, chromium, nodig
from tests.echte_app import WACHTWOORD, aanmeldnaam
from tests.oidcproef import Provider
from tests.test_app import POORT, running, start, vrije_poort

pytestmark = [pytest.mark.scherm, nodig]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """Where people have an account already: another site to a browser, as its host is called differently."""
    provider = Provider(time.time, host="127.0.0.1")
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("echt")


@pytest.fixture(scope="module")
def poort(map: Path, provider: Provider) -> Iterator[int]:
    toegang = str(map / "toegang")
    with running(map / "register", "-m", "tests.echte_app", POORT, toegang, provider.issuer) as app:
        yield app.poort


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def venster(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own for every test: no cookies of another."""
    venster = browser.new_context(viewport=BREED)  # type: ignore[arg-type]
    yield venster
    venster.close()


def sign_in(page: Page, wie: str) -> None:
    page.get_by_label("E-mailadres").fill(aanmeldnaam(wie))
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def open_app(page: Page, kop: str, wie: str) -> None:
    expect(page.get_by_role("heading", level=1, name=kop)).to_be_visible()
    expect(page.get_by_test_id("stSidebar").get_by_text(wie)).to_be_visible()


def keep(page: Page, naam: str) -> None:
    """Keep what a page of signing in looks like, on a desk and on a phone, and hold that nothing sticks out."""
    map = os.environ.get("KLACHTEN_BEELDEN", "")
    for maat in (BREED, SMAL):
        page.set_viewport_size(maat)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), naam
        if map:
            page.screenshot(path=Path(map) / f"{naam}-{maat['width']}.png", full_page=True)
    page.set_viewport_size(BREED)  # type: ignore[arg-type]


def test_from_a_link_through_the_door_and_out_of_every_tab(poort: int, venster: BrowserContext):
    """The link is kept; signing out in one tab takes the open page in the other away at once."""
    dossier, getuige = venster.new_page(), Getuige(poort)
    getuige.let_op(dossier)
    dossier.goto(f"http://localhost:{poort}/dossier?nummer=K2026-0001")
    expect(dossier.get_by_role("heading", name="Aanmelden")).to_be_visible()
    keep(dossier, "aanmelden")
    sign_in(dossier, "bas")
    open_app(dossier, "Dossier", "Bas Janssen")
    expect(dossier).to_have_url(re.compile(r"/dossier\?nummer=K2026-0001$"))
    expect(dossier.get_by_text("U kijkt nu als")).to_have_count(0)
    getuige.klaagt_niet()
    mijn = venster.new_page()
    mijn.goto(f"http://localhost:{poort}/mijn-aanmelding")
    keep(mijn, "mijn-aanmelding")
    mijn.get_by_role("button", name="Hier afmelden").click()
    begin = time.monotonic()
    expect(dossier.get_by_role("heading", name="Aanmelden")).to_be_visible()
    assert time.monotonic() - begin < 5
    # Back does not show it again, and the next one who signs in here comes back to where the page was.
    dossier.go_back()
    expect(dossier.get_by_role("heading", name="Aanmelden")).to_be_visible()
    sign_in(dossier, "dirk")
    open_app(dossier, "Dossier", "Dirk Smeets")


def test_a_second_step_is_made_and_then_asked(poort: int, venster: BrowserContext, browser: Browser):
    page = venster.new_page()
    page.goto(f"http://localhost:{poort}/reglement")
    sign_in(page, "iris")
    expect(page.get_by_role("heading", name="Tweede stap aanzetten")).to_be_visible()
    # The picture is drawn, not only named: the page may load nothing but what comes with it.
    assert page.locator("img.qr").evaluate("beeld => beeld.naturalWidth") > 50
    page.get_by_text("Scannen lukt niet").click()
    keep(page, "tweede-stap-aanzetten")
    app = pyotp.TOTP(page.locator("details code").inner_text().replace(" ", ""))
    page.get_by_label("Code").fill(app.now())
    page.get_by_role("button", name="Tweede stap aanzetten").click()
    expect(page.get_by_role("heading", name="Uw herstelcodes")).to_be_visible()
    keep(page, "herstelcodes")
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    open_app(page, "Reglement", "Iris Kuipers")
    ander = browser.new_context(viewport=SMAL)  # type: ignore[arg-type]
    telefoon = ander.new_page()
    telefoon.goto(f"http://localhost:{poort}/")
    sign_in(telefoon, "iris")
    expect(telefoon.get_by_role("heading", name="Tweede stap")).to_be_visible()
    keep(telefoon, "tweede-stap")
    telefoon.get_by_label("Code").fill("000000")
    telefoon.get_by_role("button", name="Verder").click()
    expect(telefoon.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    telefoon.get_by_label("Code").fill(code)
    telefoon.get_by_role("button", name="Verder").click()
    expect(telefoon.get_by_role("heading", level=1, name="Werkvoorraad")).to_be_visible()
    ander.close()


def test_another_program_on_this_machine_cannot_listen_in(poort: int, venster: BrowserContext):
    """A page at another port has the cookies too, as those do not know ports; the line it opens is refused."""
    page = venster.new_page()
    page.goto(f"http://localhost:{poort}/")
    sign_in(page, "bas")
    open_app(page, "Werkvoorraad", "Bas Janssen")
    vreemd = vrije_poort()
    ander = start(Path(), "-m", "http.server", str(vreemd), "--bind", "127.0.0.1", "--directory", "tests/vectoren")
    try:
        for _ in range(100):
            try:
                page.goto(f"http://localhost:{vreemd}/")
                break
            except Exception:  # noqa: BLE001  # it is not up yet
                time.sleep(0.1)
        probeer = """poort => new Promise(klaar => {
            const lijn = new WebSocket('ws://localhost:' + poort + '/_stcore/stream', ['streamlit']);
            lijn.onopen = () => klaar('open'); lijn.onerror = () => klaar('geweigerd');
            setTimeout(() => klaar('geen antwoord'), 30_000);
        })"""
        assert page.evaluate(probeer, poort) == "geweigerd"
        assert page.evaluate(probeer, vreemd) == "geweigerd"
    finally:
        ander.terminate()
        ander.communicate(timeout=30)


def cookie(venster: BrowserContext, poort: int, wie: str) -> str:
    """Sign in, and return the cookie of the browser."""
    page = venster.new_page()
    page.goto(f"http://localhost:{poort}/reglement")
    sign_in(page, wie)
    open_app(page, "Reglement", wie.capitalize())
    page.close()
    gevonden = {koek["name"]: koek["value"] for koek in venster.cookies()}  # type: ignore[typeddict-item]
    return f"klachten_{poort}={gevonden[f'klachten_{poort}']}"


def test_nobody_goes_on_with_the_tab_of_a_colleague(poort: int, venster: BrowserContext, browser: Browser):
    """A line that was cut goes on with its session in the app; asked by somebody else it gets a new one."""
    ander = browser.new_context()
    bas, dirk = cookie(venster, poort, "bas"), cookie(ander, poort, "dirk")
    ander.close()

    async def open_tab(koek: str, verder: str) -> str:
        async with Bezoeker(poort, koek=koek, verder=verder) as bezoeker:
            await bezoeker.open("reglement")
            return bezoeker.sessie

    def tab(koek: str, verder: str = "") -> str:
        # Playwright has a loop of its own in this thread.
        with ThreadPoolExecutor() as draad:
            return draad.submit(asyncio.run, open_tab(koek, verder)).result(eindig.GENOEG)

    van_bas = tab(bas)
    assert van_bas
    assert tab(bas, van_bas) == van_bas
    assert tab(dirk, van_bas) not in {"", van_bas}


def invite(map: Path, wie: str) -> str:
    """Make an invitation, as the beheerder does; returns its address."""
    opslag = Opslag(map / "toegang")
    code = Uitnodigingen(opslag).make(wie, NIEUW, "iris", time.time())
    opslag.close()
    return f"/uitnodiging/{code}"


def test_an_invitation_is_taken_up_with_a_password(poort: int, map: Path, venster: BrowserContext):
    page, nieuw = venster.new_page(), "een heel ander lang wachtwoord op zolder"
    page.goto(f"http://localhost:{poort}{invite(map, 'gijs')}")
    expect(page.get_by_text("Dag Gijs Peters.")).to_be_visible()
    keep(page, "uitnodiging")
    page.get_by_label("Nieuw wachtwoord").fill("welkom123456")
    page.get_by_label("Nog een keer").fill("welkom123456")
    page.get_by_role("button", name="Wachtwoord instellen").click()
    expect(page.get_by_role("alert")).to_contain_text("makkelijk te raden")
    page.get_by_label("Nieuw wachtwoord").fill(nieuw)
    page.get_by_label("Nog een keer").fill(nieuw)
    page.get_by_role("button", name="Wachtwoord instellen").click()
    expect(page.get_by_role("status")).to_have_text("Uw wachtwoord is ingesteld. Meld u er nu mee aan.")
    page.get_by_label("E-mailadres").fill(aanmeldnaam("gijs"))
    page.get_by_label("Wachtwoord").fill(nieuw)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    open_app(page, "Werkvoorraad", "Gijs Peters")


def test_an_account_of_elsewhere_is_linked_and_opens_the_link_that_was_followed(
    poort: int, map: Path, venster: BrowserContext, browser: Browser
):
    """Through another site and back: the cookies of both ways are those that a browser lets pass."""
    page = venster.new_page()
    page.goto(f"http://localhost:{poort}{invite(map, 'eva')}")
    page.get_by_role("link", name="Coulant-account koppelen").click()
    open_app(page, "Werkvoorraad", "Eva Bakker")
    ander = browser.new_context()
    page = ander.new_page()
    page.goto(f"http://localhost:{poort}/dossier?nummer=K2026-0001")
    keep(page, "aanmelden-elders")
    page.get_by_role("link", name="Aanmelden met Coulant-account").click()
    open_app(page, "Dossier", "Eva Bakker")
    expect(page).to_have_url(re.compile(r"/dossier\?nummer=K2026-0001$"))
    ander.close()


@dataclass
class Tijd:
    """The time of the app and of a browser, which a test moves on."""

    map: Path
    page: Page
    nu: int = 0

    def wordt(self, seconden: int) -> None:
        """Make it so many seconds after the beginning."""
        (self.map / "toegang" / "verzet").write_text(str(seconden), encoding="utf-8")
        self.page.clock.fast_forward((seconden - self.nu) * 1000)
        self.nu = seconden


def test_who_is_about_to_be_signed_out_is_told_and_can_stay(poort: int, map: Path, venster: BrowserContext):
    """And what was typed and not sent yet is still there: staying touches nothing of the page."""
    page = venster.new_page()
    page.clock.install()
    tijd = Tijd(map, page)
    page.goto(f"http://localhost:{poort}/intake")
    sign_in(page, "anna")
    open_app(page, "Nieuwe klacht", "Anna")
    page.get_by_text("Ja, op schrift").click()
    # What is kept while it is typed would be use of the session: this field is not.
    tekst = page.get_by_label("Naam van de indiener")
    expect(tekst).to_be_visible()
    balk, knop = page.locator("#klachten-blijf"), page.get_by_role("button", name="Aangemeld blijven")
    eerst = int(STIL - VOORAF)
    tijd.wordt(eerst - 60)
    expect(balk).to_have_count(0)
    # Who types is not idle, though the app hears nothing of it: the session goes on by itself.
    page.evaluate("document.dispatchEvent(new Event('input'))")
    with page.expect_response("**/mijn-aanmelding/blijf"):
        tijd.wordt(eerst + 20)
    expect(balk).to_have_count(0)
    tekst.press_sequentially("J. Jansen")
    with page.expect_response("**/mijn-aanmelding/rest"):
        tijd.wordt(2 * eerst + 120)
    expect(balk).to_contain_text(re.compile(r"Om \d\d\.\d\d uur wordt u afgemeld\."))
    keep(page, "blijf")
    with page.expect_response("**/mijn-aanmelding/blijf") as gezegd:
        knop.click()
    assert gezegd.value.json()["rest"] > STIL - 60
    expect(balk).to_have_count(0)
    expect(tekst).to_have_value("J. Jansen")
    (map / "toegang" / "verzet").unlink()
