"""The bell, the act on a row and the agenda in a real Chromium: `python -m tests.belproef [MAP FOR PICTURES]`.

Outside pytest's run. It makes an example, looks at it in two tabs at once, and prints how long each thing took.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import icalendar
from playwright.sync_api import Page, expect

from klachten.opening import open_register
from klachten.voorbeeld import record
from tests import browserproef
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst


@contextmanager
def timed(wat: str) -> Iterator[None]:
    """Print how long something took."""
    begin = time.perf_counter()
    yield
    print(f"{(time.perf_counter() - begin) * 1000:7.0f} ms  {wat}", flush=True)


def says(page: Page, wat: str) -> None:
    """The bell says this."""
    expect(page.locator(".st-key-belplek button").first).to_contain_text(wat)


def picture(page: Page, map: Path | None, naam: str) -> None:
    """Keep a picture, when a folder for them was named."""
    if map:
        page.screenshot(path=map / f"{naam}.png")


def walk(poort: int, nummer: str, ander: str, beelden: Path | None) -> None:
    """Go through it in two tabs of one person."""
    with browserproef.chromium() as browser:
        een, twee = (browser.new_page(viewport=browserproef.BREED) for _ in range(2))
        for tab in (een, twee):
            tab.goto(f"http://localhost:{poort}/?als=dirk")
            expect(tab.get_by_text("Maatregel 1 uitvoeren").first).to_be_visible()
            says(tab, "2 nieuw")
        with timed("the bell opens and lists what is new"):
            een.locator(".st-key-belplek button").first.click()
            expect(een.get_by_text("Nieuw voor u (2)")).to_be_visible()
        picture(een, beelden, "bel")
        een.keyboard.press("Escape")
        twee.get_by_text("Voor iedereen").click()
        says(twee, "Niets nieuws")
        een.reload()
        expect(een.get_by_text("Maatregel 1 uitvoeren").first).to_be_visible()
        # An own maatregel is ticked off in the list, and its row goes without a reload.
        een.evaluate("window.nietHerladen = true")
        een.get_by_role("button", name="Uitgevoerd melden").first.click()
        een.get_by_label("Wat is er gedaan").fill("Gedaan.")
        rijen = een.get_by_text("Maatregel 1 uitvoeren")
        with timed("recorded from the list, and the row is gone"):
            een.get_by_role("button", name="Vastleggen").click()
            expect(rijen).to_have_count(1)
        assert een.evaluate("window.nietHerladen"), "the page was loaded again"
        twee.get_by_text("Voor mij").click()
        expect(twee.get_by_text("Maatregel 1 uitvoeren")).to_have_count(1)
        # The act on a row goes straight to its letter.
        anna = browser.new_page(viewport=browserproef.SMAL)
        anna.goto(f"http://localhost:{poort}/?als=anna")
        with timed("from the row to the letter that does it"):
            anna.get_by_role("link", name="Brief maken").first.click()
            expect(anna.get_by_text(re.compile("Brief bekijken|Lees hem na")).first).to_be_visible()
        expect(anna).to_have_url(re.compile(rf"/dossier\?(?!.*doe=).*nummer={ander}"))
        picture(anna, beelden, "brief")
        anna.goto(f"http://localhost:{poort}/mijnagenda?als=anna")
        anna.get_by_role("button", name="Adres maken").click()
        adres = anna.locator("code").first.inner_text().strip()
        picture(anna, beelden, "agenda")
        with timed("the agenda over HTTP"), urllib.request.urlopen(adres, timeout=30) as antwoord:
            inhoud = antwoord.read()
        namen = [str(feit["SUMMARY"]) for feit in icalendar.Calendar.from_ical(inhoud).walk("VEVENT")]
        assert [naam for naam in namen if ander in naam], namen
        assert nummer


def main() -> None:
    """Make an example, and go through it."""
    beelden = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if beelden:
        beelden.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as map:
        with open_register(Path(map)) as register:
            record(register, op=ONTVANGEN)
            lijst = Lijst(register)
            nummer, ander = lijst.tot(10), lijst.tot(4)
            lijst.tot(10)
        with browserproef.app(Path(map), date(VANDAAG.year, VANDAAG.month, VANDAAG.day)) as poort:
            walk(poort, nummer, ander, beelden)
    print("Alles klopt.")


if __name__ == "__main__":
    main()
