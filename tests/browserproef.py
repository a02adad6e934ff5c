"""Drive the real app in a real Chromium: a process with a register of its own, and pages as a reader uses them.

First the outcome is expected, then the page is waited for until it is at rest: nothing sleeps.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

from klachten import geheugen, logboek, organisatie
from tests import eindig, kanarie, logproef
from tests.test_app import POORT, running

GENOEG = 60_000
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The browser without a window of its own when it is there: the same engine, in a sixth less of CPU."""
BREED = {"width": 1280, "height": 900}
SMAL = {"width": 390, "height": 844}
# Streamlit looks for its own address one folder up and down: the misses are its way of finding it.
VAN_STREAMLIT = re.compile(r"/_stcore/(health|host-config)$")

# In CI there is no excuse: the test fails on the missing browser. Elsewhere it says what to install.
nodig = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI", "").lower() != "true",
    reason="there is no Chromium on this machine (Debian: apt-get install chromium-headless-shell, or chromium)",
)


def beeldenmap() -> Path | None:
    """Return the folder in which who runs the tests wants pictures (`KLACHTEN_BEELDEN`), or None."""
    map = os.environ.get("KLACHTEN_BEELDEN", "")
    return Path(map) if map else None


@contextmanager
def app(map: Path, vandaag: date, module: str = "klachten") -> Iterator[int]:
    """Start the app on a register in `map`, on a day that is given, and stop it again; yields its port.

    `module` is what Python runs: klachten, or what makes something of it first.
    """
    omgeving = {
        "KLACHTEN_VANDAAG": vandaag.isoformat(),
        logboek.NIVEAU: "alles" if module == "tests.kanarie" else "info",
    }
    with running(map, "-m", module, "start", "--leeg", "--poort", POORT, **omgeving) as app:
        yield app.poort
    # Whatever was walked through: no page and no request left anything of anybody in the log.
    assert {"pagina", "verzoek"} <= {regel["soort"] for regel in logproef.lines(app.gezegd, [kanarie.MERK])}


@contextmanager
def chromium(*args: str) -> Iterator[Browser]:
    """Start the browser that Debian installs, kept from talking to anybody by itself; `args` are for it."""
    assert CHROMIUM, "CI has no Chromium: install it (apt-get install chromium-headless-shell)"
    expect.set_options(timeout=GENOEG)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            # The browser as its user has it: what the app is started with is not for it.
            env={naam: waarde for naam, waarde in os.environ.items() if naam != geheugen.VOORAF},
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                *args,
            ],
        )
        try:
            yield browser
        finally:
            browser.close()


_NAAR = "pad => {history.pushState({}, '', pad); dispatchEvent(new PopStateEvent('popstate'))}"
"""Go to an address without reading all of Streamlit again, as a link of the menu does."""

_LEEG = "<!doctype html><title>leeg</title><link rel='icon' href='data:,'>"


def _pad(naam: str, als: str, query: Mapping[str, str]) -> str:
    return f"/{'' if naam == 'werkvoorraad' else naam}?{urlencode({**query, 'als': als})}"


@dataclass
class Getuige:
    """What went over the wire and what the browser complained about, in every window that is watched."""

    poort: int
    buitenshuis: list[str] = field(default_factory=list)
    klachten: list[str] = field(default_factory=list)

    def let_op(self, page: Page) -> None:
        page.on("request", self._verzoek)
        page.on("websocket", lambda lijn: self._adres(lijn.url))
        page.on("console", self._console)
        page.on("pageerror", lambda fout: self.klachten.append(str(fout)))

    def _verzoek(self, verzoek: Request) -> None:
        self._adres(verzoek.url)

    def _adres(self, url: str) -> None:
        deel = urlsplit(url)
        if deel.scheme not in ("data", "blob") and (deel.hostname, deel.port) != ("localhost", self.poort):
            self.buitenshuis.append(url)

    def _console(self, regel: ConsoleMessage) -> None:
        if regel.type == "error" and not VAN_STREAMLIT.search(urlsplit(regel.location.get("url", "")).path):
            self.klachten.append(f"{regel.text} ({regel.location.get('url')})")

    def klaagt_niet(self) -> None:
        """Nothing left this machine and nothing went wrong in the browser."""
        assert self.buitenshuis == []
        assert self.klachten == []


class Scherm:
    """One window of the app: go somewhere as somebody, fill in a form, record it, look at it."""

    def __init__(self, page: Page, getuige: Getuige, map: Path | None = None) -> None:
        self.page = page
        self.map = map
        self.beelden = 0
        self.adres = f"http://localhost:{getuige.poort}"
        page.set_default_timeout(GENOEG)
        getuige.let_op(page)

    @property
    def inhoud(self) -> Locator:
        """The page itself, without the menu."""
        return self.page.get_by_test_id("stMain")

    def open(self, naam: str, kop: str | re.Pattern[str], als: str, **query: str) -> None:
        """Open a page as somebody of the cast, as with a link in a mail; `kop` is the title it must get."""
        self.page.goto(f"{self.adres}{_pad(naam, als, query)}")
        self.heet(kop)

    def verder(self, naam: str, kop: str | re.Pattern[str], als: str, **query: str) -> None:
        """Go on to another page in this window as the same person, as with a link of the menu.

        That reads no script of Streamlit again, which is most of what opening a page costs a browser.
        """
        self.naar(_pad(naam, als, query))
        self.heet(kop)

    def naar(self, pad: str) -> None:
        """Change the page that is open into the one at another path, whose name is not the same."""
        self.page.evaluate(_NAAR, pad)

    def leeg(self) -> None:
        """Leave the app and forget all that it kept in this window.

        To an empty page at its own address: for `about:blank` a browser begins a process, which compiles all anew.
        """
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.context.clear_cookies()
        nergens = f"{self.adres}/leeg"
        self.page.route(nergens, lambda weg: weg.fulfill(content_type="text/html", body=_LEEG))
        self.page.goto(nergens)
        self.page.unroute(nergens)
        self.page.set_viewport_size(BREED)

    def heet(self, kop: str | re.Pattern[str]) -> None:
        """The page has this title and is at rest."""
        expect(self.page.get_by_role("heading", level=1, name=kop)).to_be_visible()
        self.rust()

    def rust(self) -> None:
        """Wait until the server has nothing more to say."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.inhoud.locator("[data-stale=true]")).to_have_count(0)

    def stilstaand(self, deel: Locator) -> dict[str, float]:
        """Return where a part stands once it stays there: the browser draws charts, and unfolds, after the server."""
        gezien = [deel.bounding_box()]

        def stil() -> bool:
            self.page.wait_for_timeout(300)
            gezien.append(deel.bounding_box())
            return gezien[-1] is not None and gezien[-1] == gezien[-2]

        eindig.until(stil, f"it is not there, or does not stand still: {deel}", rust=lambda: None)
        assert gezien[-1] is not None
        return {**gezien[-1]}

    def klik_in(self, tabel: Locator, breedte: float, hoogte: int) -> None:
        """Click in a table, at a part of its width and so many pixels down, once its cells are drawn and stand still.

        The table tells who cannot see it what it drew, right after it did: before that there is nothing to be hit.
        """
        self.rust()
        expect(tabel.locator("[role=gridcell]").first).to_be_attached()
        vak = self.stilstaand(tabel)
        self.page.mouse.click(vak["x"] + vak["width"] * breedte, vak["y"] + hoogte)

    def ziet(self, tekst: str | re.Pattern[str]) -> None:
        """The page says this, and is at rest."""
        expect(self.inhoud.get_by_text(tekst).first).to_be_visible()
        self.rust()

    def ziet_niet(self, tekst: str | re.Pattern[str]) -> None:
        """The page does not say this."""
        self.rust()
        expect(self.inhoud.get_by_text(tekst)).to_have_count(0)

    def wissel(self, naam: str) -> None:
        """Become somebody else with the switch of the example."""
        vak = self.page.get_by_test_id("stSidebar").get_by_role("combobox", name="U kijkt nu als")
        self._kies(vak, self.in_de_lijst(naam))

    def in_de_lijst(self, naam: str) -> str:
        """Return what somebody of the cast is called in the list of whom one can be: with his or her roles."""
        return next(f"{naam} ({wie.rolnamen})" for wie in organisatie.iedereen() if wie.naam == naam)

    def kies(self, label: str, *opties: str) -> None:
        """Choose in a list with the keyboard: type the beginning, then Enter."""
        vak = self.inhoud.get_by_role("combobox", name=label, exact=True)
        for optie in opties:
            self._kies(vak, optie)

    def _kies(self, vak: Locator, optie: str) -> None:
        vak.click()
        vak.press("ControlOrMeta+a")
        vak.press_sequentially(optie[:12])
        gevonden = self.page.get_by_role("option", name=optie, exact=True)
        expect(gevonden).to_be_visible()
        gevonden.click()
        expect(gevonden).to_have_count(0)
        if vak.locator("xpath=ancestor::*[@data-testid='stMultiSelect']").count():
            # A list of several stays open for the next one.
            vak.press("Escape")
        else:
            expect(vak).to_have_value(optie)
        self.rust()

    def datum(self, label: str, dag: date) -> None:
        """Type a date into its three parts; the cursor moves on by itself."""
        vak = self.inhoud.get_by_role("group", name=label, exact=True)
        vak.get_by_role("spinbutton").first.focus()
        self.page.keyboard.type(f"{dag:%d%m%Y}", delay=10)
        expect(vak).to_have_text(re.compile(rf"0?{dag.day}\D*0?{dag.month}\D*{dag.year}"))
        self.page.keyboard.press("Tab")

    def vul(self, label: str, tekst: str) -> None:
        """Fill in a text, and leave the field, which is when the app hears of it."""
        vak = self.inhoud.get_by_role("textbox", name=label, exact=True)
        vak.fill(tekst)
        vak.press("Tab")
        expect(vak).to_have_value(tekst)
        self.rust()

    def klik(self, knop: str) -> None:
        """Press a button."""
        self.inhoud.get_by_role("button", name=knop, exact=True).click()

    def stap(self, keuze: str, **velden: object) -> None:
        """Choose on the dossier page what to record, fill in its form, and record it."""
        vak = self.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?")
        if vak.input_value() != keuze:
            self._kies(vak, keuze)
        expect(vak).to_have_value(keuze)
        self.leg_vast(keuze, **velden)

    def vul_in(self, velden: Mapping[str, object]) -> None:
        """Fill in the fields of a form by their labels, each in the way of what it is given."""
        for label, waarde in velden.items():
            if isinstance(waarde, date):
                self.datum(label, waarde)
            elif isinstance(waarde, tuple):
                self.kies(label, *waarde)
            else:
                self.vul(label, str(waarde))

    def leg_vast(self, wat: str, **velden: object) -> None:
        """Fill in the form that is open by the labels of its fields, and record it."""
        self.vul_in(velden)
        knop = self.inhoud.get_by_test_id("stBaseButton-primaryFormSubmit")
        knop.filter(has_text=re.compile("^(Vastleggen|Toch vastleggen)")).click()
        self.ziet(re.compile(rf"Vastgelegd bij [KE]\d{{4}}-\d{{4}}\. {re.escape(wat)} \(fei"))

    def foto(self, naam: str, *, smal: bool = False) -> None:
        """Hold that nothing sticks out at the width of a desk or of a phone; keep a picture for who asks for it."""
        maat = SMAL if smal else BREED
        if smal:
            self.page.set_viewport_size(maat)
        self.rust()
        if self.map is not None:
            self.map.mkdir(parents=True, exist_ok=True)
            self.beelden += 1
            # The page scrolls inside the window: only a window as high as the page shows all of it.
            hoogte = self.page.get_by_test_id("stMainBlockContainer").evaluate("deel => deel.scrollHeight")
            self.page.set_viewport_size({**maat, "height": max(maat["height"], min(hoogte + 80, 5000))})
            self.rust()
            self.page.screenshot(path=self.map / f"{self.beelden:02d}-{naam}-{maat['width']}.png")
        # Tables and the menu take another width a moment later.
        eindig.until(self.past, f"{naam} is wider than the window")
        if smal or self.map is not None:
            self.page.set_viewport_size(BREED)

    def past(self) -> bool:
        """Tell whether nothing sticks out: a page never scrolls sideways."""
        return bool(self.inhoud.evaluate("deel => deel.scrollWidth <= deel.clientWidth"))
