"""Questions of a directie, from the page she lands on, each click counted: `python -m tests.directieproef`.

Outside pytest's run. Each answer is read from the screen of the real app and held against SQL over the tables of the
register that is written here, not against what the pages are made from. `--schrijf` writes docs/directievragen.md.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection
from playwright.sync_api import Browser, Locator

from klachten import voorbeeld
from klachten.opening import open_register
from tests import browserproef
from tests.browserproef import BREED, Getuige, Scherm

PROJECT = Path(__file__).resolve().parents[1]
VANDAAG = date(2026, 11, 22)
WIE = "carla"
GENOEG = 20
"""Seconds."""
EN = " EN "
DOC = PROJECT / "docs" / "directievragen.md"


class Lezer:
    """Somebody of the directie at a screen: goes on with clicks, each of which is counted, and reads what is there."""

    def __init__(self, scherm: Scherm) -> None:
        self.scherm = scherm
        self.kliks = 0

    def klik(self, waar: Locator) -> Lezer:
        """Click once, and wait until the page says its last word."""
        waar.first.click()
        self.kliks += 1
        self.scherm.rust()
        return self

    def menu(self, titel: str) -> Lezer:
        """Go to a page by the menu."""
        self.klik(self.scherm.page.get_by_test_id("stSidebarNav").get_by_role("link", name=titel))
        self.scherm.heet(titel)
        return self

    def kies(self, label: str, optie: str) -> Lezer:
        """Choose in a list: open it, and take one."""
        self.klik(self.scherm.inhoud.get_by_role("combobox", name=label))
        return self.klik(self.scherm.page.get_by_role("option", name=optie, exact=True))

    def link(self, tekst: str) -> Lezer:
        """Follow a link or press a button in the page."""
        plek = self.scherm.inhoud.get_by_role("link", name=tekst).or_(
            self.scherm.inhoud.get_by_role("button", name=tekst)
        )
        return self.klik(plek)

    def lijst(self, tekst: str) -> Lezer:
        """Follow a number to the klachten behind it."""
        self.klik(self.scherm.inhoud.get_by_role("link", name=tekst).first)
        self.scherm.heet("Klachten")
        return self

    def leest(self, patronen: str) -> str:
        """Return what the page says where each pattern fits (EN between them); charts are drawn after it is at rest."""
        einde = time.monotonic() + GENOEG
        while True:
            tekst = " ".join(self.scherm.inhoud.inner_text().split())
            gevonden = [re.search(patroon, tekst) for patroon in patronen.split(EN)]
            if all(gevonden):
                return ", ".join(deel.group(0) for deel in gevonden if deel)
            if time.monotonic() > einde:
                raise AssertionError(f"{patronen!r} is not what the page says: {tekst}")
            self.scherm.page.wait_for_timeout(200)


KOP = """# Questions of a directie

Eleven questions as somebody of the directie asks them, from the page she lands on (Werkvoorraad), with every click
counted and what the screen then says. Each answer was held against SQL over the tables of the register that is written
for it in `tests/directieproef.py`: the counting of the pages is not used for that. Written by
`python -m tests.directieproef --schrijf` from the example of 22 November 2026.

| question | clicks | what the screen says |
| --- | --- | --- |
"""


@dataclass(frozen=True)
class Vraag:
    """A question, how it is asked on the screen, and what SQL says the answer holds, as a regular expression."""

    vraag: str
    weg: Callable[[Lezer], object]
    antwoord: str
    sql: str


# In an answer {0}, {1} and so on are the columns of the one row that SQL gives; the page says it, as one line.
VRAGEN: tuple[Vraag, ...] = (
    Vraag(
        "Hoeveel klachten kregen wij vorig jaar, en het jaar ervoor?",
        lambda lezer: lezer.menu("Jaarbeeld"),
        r"{0} in 2025 · {1} in 2024",
        """SELECT COUNT(*) FILTER (year(ontvangen_op) = 2025), COUNT(*) FILTER (year(ontvangen_op) = 2024)
           FROM klacht WHERE vervallen_op IS NULL""",
    ),
    Vraag(
        "Bevestigden wij ze binnen twee weken?",
        lambda lezer: lezer.menu("Jaarbeeld"),
        r"Op tijd bevestigd {0} van {1}",
        """SELECT COUNT(*) FILTER (stap_05_op <= ontvangen_op + 14), COUNT(*)
           FROM klacht WHERE vervallen_op IS NULL AND year(ontvangen_op) = 2025""",
    ),
    Vraag(
        "Waarover gaan de meeste?",
        lambda lezer: lezer.menu("Jaarbeeld"),
        r"[A-Z][a-z ]+ {0} van {1} (mogelijk )?het vaakst",
        """SELECT max(n), sum(n) FROM (SELECT COUNT(*) AS n FROM klacht
           WHERE vervallen_op IS NULL AND year(ontvangen_op) = 2025 GROUP BY categorie)""",
    ),
    Vraag(
        "Wat moet ik nu beslissen?",
        lambda lezer: lezer.menu("Jaarbeeld"),
        r"{0} verbeteractie is te laat en nog niet uitgevoerd",
        """SELECT COUNT(*) FROM verbeteractie
           WHERE uitgevoerd_op IS NULL AND vervallen_op IS NULL AND uiterlijk_op < DATE '2026-11-22'""",
    ),
    Vraag(
        "Was een indiener het niet eens met ons, en wat zei de onafhankelijke persoon?",
        lambda lezer: lezer.menu("Jaarbeeld"),
        r"{0} gemeld · {1} beoordeeld als deels gegrond",
        """SELECT COUNT(*), COUNT(*) FILTER (g.oordeel = 'deels_gegrond')
           FROM geschil AS g JOIN klacht AS k ON k.klachtnummer = g.klachtnummer WHERE year(k.ontvangen_op) = 2025""",
    ),
    Vraag(
        "Hoe lang is een klacht bij ons onderweg?",
        lambda lezer: lezer.menu("Jaarbeeld").link("Alle bevindingen"),
        r"De helft van alle klachten uit 2025 is binnen {0} dagen afgesloten",
        """SELECT n FROM (SELECT stap_13_op - ontvangen_op AS n, COUNT(*) OVER () AS alle,
               row_number() OVER (ORDER BY stap_13_op - ontvangen_op) AS i FROM klacht
               WHERE vervallen_op IS NULL AND year(ontvangen_op) = 2025)
           WHERE i = ceil(alle / 2)""",
    ),
    Vraag(
        "Welke klachten van vorig jaar bevestigden wij te laat?",
        lambda lezer: lezer.menu("Termijnen").lijst("2 niet op tijd"),
        r"{0}",
        """SELECT string_agg(klachtnummer, ' EN ') FROM klacht
           WHERE vervallen_op IS NULL AND year(ontvangen_op) = 2025 AND stap_05_op > ontvangen_op + 14""",
    ),
    Vraag(
        "Wordt gedaan wat wij afspraken, en op tijd?",
        lambda lezer: lezer.menu("Opvolging"),
        r"{0} maatregelen · {1} met de afgesproken dag voorbij · {2} op tijd",
        """SELECT COUNT(*), COUNT(*) FILTER (m.vervallen_op IS NULL AND m.uiterlijk_op < DATE '2026-11-22'),
               COUNT(*) FILTER (m.uitgevoerd_op <= m.uiterlijk_op AND m.gemist_op IS NULL)
           FROM maatregel AS m JOIN klacht AS k ON k.klachtnummer = m.klachtnummer WHERE year(k.ontvangen_op) = 2025""",
    ),
    Vraag(
        "Komen er nu meer klachten, of is dat toeval?",
        lambda lezer: lezer.menu("Signalen"),
        r"In oktober 2026 .* dan bij toeval past: {0},",
        """SELECT COUNT(*) FROM klacht
           WHERE vervallen_op IS NULL AND ontvangen_op BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'""",
    ),
    Vraag(
        "Wat kwam er van de vorige evaluatie?",
        lambda lezer: lezer.menu("Verbeteracties"),
        r"Klachten over 2025 Gehouden op .{{,80}} · {0} verbeteracties, {1} uitgevoerd",
        """SELECT COUNT(*), COUNT(uitgevoerd_op) FROM verbeteractie
           WHERE jaar = 2025 AND klachtnummer = 'E2026-0001'""",
    ),
    Vraag(
        "Verschilt een vestiging van de andere?",
        lambda lezer: lezer.menu("Verkenner").kies("Splits op", "Vestiging"),
        r"{0}",
        """SELECT string_agg(vestiging || ': ' || n, ' EN ') FROM (
               SELECT upper(vestiging[1]) || vestiging[2:] AS vestiging, COUNT(*) AS n FROM klacht
               WHERE vervallen_op IS NULL AND year(ontvangen_op) = 2025 GROUP BY vestiging)""",
    ),
)


def ask(browser: Browser, poort: int, cursor: DuckDBPyConnection, vraag: Vraag) -> tuple[int, str]:
    """Ask one question from the start page; returns the clicks and what the screen answered."""
    rijen = cursor.execute(vraag.sql).fetchall()
    assert len(rijen) == 1, (vraag.vraag, rijen)
    venster = browser.new_context(viewport=BREED, locale="nl-NL")
    try:
        scherm = Scherm(venster.new_page(), Getuige(poort))
        scherm.open("werkvoorraad", "Werkvoorraad", WIE)
        lezer = Lezer(scherm)
        vraag.weg(lezer)
        return lezer.kliks, lezer.leest(vraag.antwoord.format(*rijen[0]))
    finally:
        venster.close()


def main(argv: list[str] | None = None) -> int:
    """Ask every question of one example and print what came of it."""
    ontleder = argparse.ArgumentParser(prog="python -m tests.directieproef", description=__doc__)
    ontleder.add_argument("--schrijf", action="store_true", help=f"write {DOC.name}")
    keuze = ontleder.parse_args(argv)
    regels = []
    os.umask(0o077)
    with tempfile.TemporaryDirectory() as tijdelijk:
        map, kopie = Path(tijdelijk) / "register", Path(tijdelijk) / "kopie"
        voorbeeld.make(map, vandaag=VANDAAG)
        shutil.copytree(map, kopie)
        with (
            open_register(kopie) as register,
            register.cursor() as cursor,
            browserproef.app(map, VANDAAG) as poort,
            browserproef.chromium() as browser,
        ):
            for vraag in VRAGEN:
                kliks, antwoord = ask(browser, poort, cursor, vraag)
                regels.append(f"| {vraag.vraag} | {kliks} | {antwoord} |")
                print(regels[-1], flush=True)
    if keuze.schrijf:
        DOC.write_text(KOP + "\n".join(regels) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
