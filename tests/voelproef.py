"""How fast a page feels, in a real browser: `python -m tests.voelproef [--map REGISTER] [--keer N] [--als WIE]`.

Outside pytest's run; on a copy of a register that is given, or on one of 100,000 klachten that it makes first. Of every
page, reached by the menu as somebody who works does: when its title stood there, when the last thing changed, and
whether the window was empty in between. From a cold start: the first paint, and the page. Of the intake: what goes to
the server for each key.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page

from klachten import organisatie, voorbeeld
from klachten.opening import open_register
from klachten.scherm.paginas import PAGINAS, Pagina
from tests import browserproef
from tests.browserproef import BREED, Getuige, Scherm

AANTAL = 100_000
DOEL, DOEL_VERF = 1000, 1500
"""Milliseconds: settled, and the first paint after a cold start."""
RUST = 400
"""Milliseconds without a change: then the last change was the last."""

# Looks at every change of the page; empty is a window in which nothing of a page can be seen, not even the one before.
OOG = """
() => {
  const oog = {begin: 0, eerste: 0, laatste: 0, leeg: 0, kop: ''};
  window.oog = oog;
  const kop = () => document.querySelector('[data-testid=stMain] h1')?.innerText ?? '';
  const kijk = () => {
    if (!oog.begin) return;
    oog.laatste = performance.now();
    if (!oog.eerste && kop() && kop() !== oog.kop) oog.eerste = oog.laatste;
    const hier = document.querySelector('[data-testid=stMain]');
    if (hier && hier.innerText.trim().length < 40) oog.leeg += 1;
  };
  new MutationObserver(kijk).observe(document, {subtree: true, childList: true, characterData: true});
  document.addEventListener('click', () => {
    Object.assign(oog, {begin: performance.now(), eerste: 0, laatste: 0, leeg: 0, kop: kop()});
  }, true);
}
"""


def settle(page: Page) -> dict[str, float]:
    """Wait until nothing changed for a while and the server is done; returns what the eye saw, in ms from the click."""
    page.wait_for_function(
        """(rust) => {
          const klaar = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning';
          return klaar && window.oog.eerste && performance.now() - window.oog.laatste > rust;
        }""",
        arg=RUST,
        polling=50,
        timeout=60_000,
    )
    oog = page.evaluate("window.oog")
    return {"eerste": oog["eerste"] - oog["begin"], "rust": oog["laatste"] - oog["begin"], "leeg": oog["leeg"]}


def cold(browser: Browser, poort: int, begin: float) -> tuple[float, float, float]:
    """Return how long after the start it answered, the first paint of the first page, and when it was at rest (ms)."""
    antwoordt = (time.monotonic() - begin) * 1000
    page = browser.new_page(viewport=BREED, locale="nl-NL")
    try:
        van = time.monotonic()
        Scherm(page, Getuige(poort)).open("werkvoorraad", "Werkvoorraad", "anna")
        rust = (time.monotonic() - van) * 1000
        verf = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        return antwoordt, verf, rust
    finally:
        page.close()


def walk(browser: Browser, poort: int, wie: str, paginas: Sequence[Pagina], keer: int) -> list[tuple[str, list[dict]]]:
    """Go through pages by the menu, `keer` times after a first one, as somebody of the cast."""
    gezien: dict[str, list[dict]] = {pagina.titel: [] for pagina in paginas}
    page = browser.new_page(viewport={"width": 1280, "height": 1600}, locale="nl-NL")
    try:
        page.add_init_script(f"({OOG})()")
        Scherm(page, Getuige(poort)).open("handleiding", "Handleiding", wie)
        for _ in range(keer + 1):
            for pagina in paginas:
                page.get_by_test_id("stSidebarNav").get_by_role("link", name=pagina.titel, exact=True).click()
                gezien[pagina.titel].append(settle(page))
    finally:
        page.close()
    return list(gezien.items())


def keys(browser: Browser, poort: int) -> float:
    """Return how many messages go to the server for each key that is typed into the intake."""
    page = browser.new_page(viewport=BREED, locale="nl-NL")
    gestuurd: list[int] = []
    page.on("websocket", lambda lijn: lijn.on("framesent", lambda _: gestuurd.append(1)))
    try:
        scherm = Scherm(page, Getuige(poort))
        scherm.open("intake", "Nieuwe klacht", "anna")
        page.get_by_text("Ja, op schrift").click()
        vak = scherm.inhoud.get_by_role("textbox", name="Waar gaat het over")
        vak.click()
        gestuurd.clear()
        tekst = "Mijn begeleider kwam drie keer niet opdagen."
        vak.press_sequentially(tekst, delay=30)
        return len(gestuurd) / len(tekst)
    finally:
        page.close()


def main(argv: list[str] | None = None) -> int:
    """Print a line per page: median and worst of the later visits, and the first visit."""
    ontleder = argparse.ArgumentParser(prog="python -m tests.voelproef", description=__doc__)
    ontleder.add_argument("--map", type=Path, help="a register; it is copied")
    ontleder.add_argument("--keer", type=int, default=3)
    ontleder.add_argument("--als", default="anna", help="who looks")
    ontleder.add_argument("--vandaag", type=date.fromisoformat, default=date(2026, 11, 22))
    keuze = ontleder.parse_args(argv)
    os.umask(0o077)
    with tempfile.TemporaryDirectory() as tijdelijk:
        map = Path(tijdelijk) / "register"
        if keuze.map:
            shutil.copytree(keuze.map, map)
        else:
            voorbeeld.make(map, vandaag=keuze.vandaag, aantal=AANTAL)
        with open_register(map) as register:
            gebruiker = organisatie.gebruiker(keuze.als)
            print(f"{register.stand().aantal} facts; as {keuze.als}; load {os.getloadavg()[0]:.1f}", flush=True)
        paginas = [een for een in PAGINAS if een.staat_in_menu and een.toegankelijk_voor(gebruiker)]
        begin = time.monotonic()
        with browserproef.chromium() as browser, browserproef.app(map, keuze.vandaag) as poort:
            antwoordt, verf, rust = cold(browser, poort, begin)
            print(f"cold: answers after {antwoordt:.0f} ms, first paint {verf:.0f} (aim {DOEL_VERF}), page {rust:.0f}")
            print(f"intake: {keys(browser, poort):.2f} messages to the server for a key (aim 0)")
            print("| page | title, ms | at rest, ms, median | worst | first visit | empty in between |")
            print("| --- | --- | --- | --- | --- | --- |")
            mis = 0
            for titel, bezoeken in walk(browser, poort, keuze.als, paginas, keuze.keer):
                later = bezoeken[1:]
                midden = statistics.median(een["rust"] for een in later)
                mis += midden > DOEL
                print(
                    f"| {titel} | {statistics.median(een['eerste'] for een in later):.0f} | {midden:.0f} | "
                    f"{max(een['rust'] for een in later):.0f} | {bezoeken[0]['rust']:.0f} | "
                    f"{'yes' if any(een['leeg'] for een in bezoeken) else 'no'} |",
                    flush=True,
                )
            print(f"{mis} of {len(paginas)} pages over {DOEL} ms; load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
