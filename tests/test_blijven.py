"""Before a session ends a page says so, and asking how long it lasts does not make it last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from klachten.scherm import kijker
from klachten.scherm.nederlands import Nederlands
from klachten.toegang.regels import STIL, Regels
from klachten.toegang.staat import Staat
from tests.aanmeldproef import Proef, sign_in
from tests.echte_app import make_accounts
from tests.poortproef import Browser, vraag


@pytest.fixture
def proef(tmp_path: Path) -> Iterator[Proef]:
    proef = Proef(tmp_path / "toegang")
    make_accounts(proef.deur, proef.klok())
    yield proef
    proef.opslag.close()


def rest(browser: Browser, hoe: str = "rest") -> dict[str, object]:
    antwoord = browser.ga("/mijn-aanmelding/rest") if hoe == "rest" else browser.stuur("/mijn-aanmelding/blijf")
    assert antwoord.status == 200
    return json.loads(antwoord.tekst)  # type: ignore[no-any-return]


def test_a_page_asks_how_long_it_lasts_without_making_it_last(proef: Proef):
    browser = proef.browser()
    sign_in(browser)
    assert {naam: rest(browser)[naam] for naam in ("rest", "vooraf", "blijven")} == {
        "rest": STIL, "vooraf": 300.0, "blijven": True,
    }  # fmt: skip
    proef.klok.nu += STIL - 100
    assert rest(browser)["rest"] == 100
    assert rest(browser)["rest"] == 100
    assert rest(browser, "blijf")["rest"] == STIL
    proef.klok.nu += STIL + 1
    assert browser.ga("/mijn-aanmelding/rest").status == 401
    assert browser.stuur("/mijn-aanmelding/blijf").status == 401


def test_what_is_fetched_of_the_app_itself_makes_it_last_no_longer(proef: Proef):
    """Parts that are fetched ahead come when nobody does anything."""
    browser = proef.browser()
    sign_in(browser)
    proef.klok.nu += STIL - 100
    browser.ga("/static/js/index.js")
    assert rest(browser)["rest"] == 100
    browser.ga("/klachten")
    assert rest(browser)["rest"] == STIL


def test_nobody_stays_longer_than_the_longest(proef: Proef):
    proef.deur.sessies._regels = proef.deur.regels = lambda: Regels(stil=600.0, hoogstens=1000.0)
    browser = proef.browser()
    sign_in(browser)
    assert rest(browser)["vooraf"] == 200.0, "a third of what is short"
    proef.klok.nu += 500
    stand = rest(browser, "blijf")
    assert (stand["rest"], stand["blijven"]) == (500.0, False)
    assert "omdat u dan lang genoeg bent aangemeld" in str(stand["zin"])
    proef.klok.nu += 499
    assert rest(browser, "blijf")["rest"] == 1.0


def test_another_site_cannot_keep_somebody_signed_in(proef: Proef):
    browser = proef.browser()
    sign_in(browser)
    koek = "; ".join(f"{naam}={waarde}" for naam, waarde in browser.koeken.items())
    for origin in ("https://kwaad.example", "http://localhost:9999"):
        antwoord = vraag(proef.poort, "/mijn-aanmelding/blijf", "POST", cookie=koek, origin=origin)
        assert antwoord.status == 403


def test_every_page_of_a_firm_has_the_script_and_the_example_has_none(proef: Proef):
    async def pagina(scope, receive, send) -> None:
        koppen = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": koppen})
        await send({"type": "http.response.body", "body": b"<html><body><p></p></body></html>"})

    proef.poort.app = Nederlands(pagina, erbij=kijker.warning)
    browser = proef.browser()
    kijker.look_through(proef.poort.staat)
    try:
        assert sign_in(browser).tekst.endswith('<p></p><script defer src="/toegang/blijf.js"></script></body></html>')
        script = browser.ga("/toegang/blijf.js")
        assert (script.status, "javascript" in script.koppen["content-type"]) == (200, True)
        kijker.look_through(Staat())
        assert browser.ga("/").tekst.endswith("<p></p></body></html>")
    finally:
        kijker.look_through(None)
