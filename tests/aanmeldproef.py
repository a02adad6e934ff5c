"""A register with accounts behind its gate, and a browser without scripts in which somebody signs in."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pyotp
import pytest

from klachten.scherm.kijker import farewell
from klachten.scherm.paginas import PAGINAS
from klachten.toegang import routes
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.echt import ask_to_sign_in
from klachten.toegang.opslag import Opslag
from klachten.toegang.poort import Poort
from klachten.toegang.staat import Staat
from klachten.toegang.wachtwoord import Wachtwoorden
from tests import eenmaal
from tests.echte_app import BEELDEN, WACHTWOORD, Rolverdeling, aanmeldnaam, make_accounts
from tests.poortproef import Antwoord, Browser, Huis, Klok

BINNEN = "binnen 0"
NAMEN = [pagina.naam for pagina in PAGINAS]
ANDER = "een heel ander lang wachtwoord op zolder"
KOEK, VOOR = "klachten_8501", "klachten_8501_voor"


class Proef:
    """A register with accounts for the whole cast, behind its gate."""

    def __init__(self, map: Path) -> None:
        self.klok, self.opslag, self.personen = Klok(), Opslag(map), Rolverdeling()
        snel = Wachtwoorden(time_cost=1, memory_cost=64)
        self.deur = Aanmelden(self.opslag, self.personen, lambda: date(2026, 3, 2), wachtwoorden=snel)
        staat = Staat(klok=self.klok)
        ask_to_sign_in(staat, self.deur, NAMEN, BEELDEN, farewell)
        self.poort = Poort(Huis(), staat, routes.load(NAMEN))

    def browser(self, client: str = "127.0.0.1") -> Browser:
        return Browser(self.poort, client)

    def binnen(self, wie: str = "bas") -> Browser:
        """A browser in which somebody has signed in."""
        browser = self.browser()
        assert sign_in(browser, wie).tekst == BINNEN
        return browser

    def totp(self, wie: str = "bas") -> pyotp.TOTP:
        """Give somebody a second step; returns the app on the phone."""
        self.deur.accounts.set_totp(wie, geheim := pyotp.random_base32())
        return pyotp.TOTP(geheim)

    def code(self, app: pyotp.TOTP) -> str:
        return app.at(self.klok.nu)


def sign_in(browser: Browser, wie: str = "bas", wachtwoord: str = WACHTWOORD, naar: str = "/") -> Antwoord:
    browser.ga(naar)
    return browser.stuur(form(browser), naam=aanmeldnaam(wie), wachtwoord=wachtwoord)


def form(browser: Browser) -> str:
    """Where the form of the page goes."""
    assert browser.pagina
    gevonden = re.search(r'<form method="post" action="([^"]+)"', browser.pagina.tekst)
    assert gevonden, browser.pagina.tekst
    return gevonden[1]


def told(antwoord: Antwoord) -> str:
    """What a page of signing in says went wrong."""
    gevonden = re.search(r'<p class="fout" role="alert">(.*?)</p>', antwoord.tekst)
    return gevonden[1] if gevonden else ""


def fill(map: Path) -> None:
    """Make the folder with the accounts, which takes longer than any test."""
    proef = Proef(map)
    make_accounts(proef.deur, proef.klok())
    proef.opslag.close()


@pytest.fixture
def proef(tmp_path: Path):
    proef = Proef(shutil.copytree(eenmaal.made("aanmelden", fill), tmp_path / "toegang"))
    yield proef
    proef.opslag.close()
