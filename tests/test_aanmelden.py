"""Signing in through the gate, as a browser without scripts does it: name, password and second step."""

from __future__ import annotations

import re
import statistics
import time
from datetime import date
from pathlib import Path

import pyotp
import pytest

from klachten.toegang import aanmelden
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.opslag import Opslag
from klachten.toegang.voorsessies import Voorsessies
from klachten.toegang.wachtwoord import TeDruk, Wachtwoorden
from tests.aanmeldproef import ANDER, BINNEN, KOEK, VOOR, Proef, form, proef, sign_in, told
from tests.echte_app import WACHTWOORD, Rolverdeling, aanmeldnaam, make_accounts
from tests.poortproef import Browser, Huis

# The register with accounts.
__all__ = ["proef"]

# Name and password


def test_who_signs_in_comes_where_they_wanted_to_be(proef: Proef):
    browser = proef.browser()
    assert "<h1>Aanmelden</h1>" in browser.ga("/dossier?nummer=K2026-0001&doe=stap_05").tekst
    browser.stuur(form(browser), naam="BAS@coulant.example ", wachtwoord=WACHTWOORD)
    huis: Huis = proef.poort.app  # type: ignore[assignment]
    assert (huis.gezien[-1]["path"], huis.gezien[-1]["query_string"]) == ("/dossier", b"nummer=K2026-0001&doe=stap_05")


@pytest.mark.parametrize(
    ("naar", "wordt"),
    [
        ("/dossier?nummer=K2026-0001", "/dossier?nummer=K2026-0001"),
        ("/", "/"),
        ("/klachten/?zoek=trap%20op", "/klachten/?zoek=trap%20op"),
        ("", "/"),
        ("//kwaad.example", "/"),
        ("/\\kwaad.example", "/"),
        ("https://kwaad.example/dossier", "/"),
        ("/dossier@kwaad.example", "/"),
        ("/afmelden", "/"),
        ("/media/geheim.pdf", "/"),
        ("/dossier?nummer=<script>", "/"),
        ("/dossier?nummer=a\r\nSet-Cookie: x=1", "/"),
        ("/dossier?" + "a" * 501, "/"),
    ],
)
def test_nobody_is_sent_to_another_address(proef: Proef, naar: str, wordt: str):
    assert proef.poort.staat.bladen.destination(naar) == wordt  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("verwijzer", "naar"),
    [
        ("http://localhost:8501/dossier?nummer=K2026-0001", "/dossier%3Fnummer%3DK2026-0001"),
        ("http://localhost:8501/mijn-aanmelding", "/"),
        ("http://localhost:8501.kwaad.example/dossier", "/"),
        ("https://kwaad.example/dossier", "/"),
    ],
)
def test_a_page_whose_session_ended_is_where_one_comes_back(proef: Proef, verwijzer: str, naar: str):
    browser = proef.browser()
    browser.ga("/aanmelden", referer=verwijzer)
    assert form(browser) == f"/aanmelden?naar={naar}"


@pytest.mark.parametrize("geval", ["unknown name", "wrong password", "blocked", "left", "no password yet"])
def test_the_door_says_the_same_whatever_is_wrong(proef: Proef, geval: str):
    if geval == "blocked":
        proef.deur.accounts.block("bas", proef.klok())
    elif geval == "left":
        proef.personen.weg.add("bas")
    elif geval == "no password yet":
        proef.deur.accounts.set_password("bas", "")
    wie, wachtwoord = {"unknown name": ("niemand", WACHTWOORD), "wrong password": ("bas", ANDER)}.get(
        geval, ("bas", WACHTWOORD)
    )
    browser = proef.browser()
    antwoord = sign_in(browser, wie, wachtwoord)
    assert (antwoord.status, told(antwoord)) == (403, aanmelden.KLOPT_NIET)
    assert KOEK not in browser.koeken


@pytest.mark.usefixtures("echte_kosten")
def test_an_unknown_name_takes_as_long_as_a_wrong_password(tmp_path: Path):
    """Medians of processor time with the real costs; without the check against nobody it would be 1 to 1000."""
    opslag = Opslag(tmp_path / "toegang")
    deur = Aanmelden(opslag, Rolverdeling(), lambda: date(2026, 3, 2), wachtwoorden=Wachtwoorden(memory_cost=8192))
    make_accounts(deur, 0.0)
    duur: dict[str, list[float]] = {"bas": [], "niemand": []}
    for beurt in range(5):
        for wie in duur:
            begin = time.process_time()
            with pytest.raises(aanmelden.Geweigerd):
                deur.check_password(aanmeldnaam(wie), ANDER, f"192.0.2.{beurt}", 0.0)
            duur[wie].append(time.process_time() - begin)
    opslag.close()
    assert 0.5 < statistics.median(duur["niemand"]) / statistics.median(duur["bas"]) < 2


def test_who_guesses_waits_and_the_colleague_does_not(proef: Proef):
    kwaad, gehoord = proef.browser(), list[str]()
    proef.deur.meld = lambda wat, persoon, sessie="", over="": gehoord.append(wat)
    for _ in range(5):
        assert told(sign_in(kwaad, "bas", ANDER)) == aanmelden.KLOPT_NIET
    assert told(sign_in(kwaad, "bas")) == "Er is te vaak iets anders geprobeerd. Probeer het over 30 seconden opnieuw."
    assert gehoord == [*["aanmelden_mislukt"] * 5, "aanmelden_geremd"]
    assert sign_in(proef.browser(), "dirk").tekst == BINNEN
    proef.klok.nu += 30
    assert sign_in(kwaad, "bas").tekst == BINNEN


def test_what_somebody_typed_is_shown_as_text(proef: Proef):
    browser = proef.browser()
    browser.ga("/")
    antwoord = browser.stuur(form(browser), naam='"><script>alert(1)</script>{{7*7}}', wachtwoord="x")
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in antwoord.tekst
    assert "<script" not in antwoord.tekst
    assert 'value="x"' not in antwoord.tekst


def test_a_form_without_its_mark_does_nothing(proef: Proef):
    ander = proef.browser()
    ander.ga("/")
    vreemd = re.findall(r'value="([0-9a-f]{64})"', ander.pagina.tekst)[0]  # type: ignore[union-attr]
    for merk in ("", "x" * 64, vreemd):
        browser = proef.browser()
        browser.ga("/")
        antwoord = browser.stuur(form(browser), merk=merk, naam=aanmeldnaam("bas"), wachtwoord=WACHTWOORD)
        assert told(antwoord).startswith("Deze pagina stond te lang open.")
        assert KOEK not in browser.koeken
    browser = proef.browser()
    browser.ga("/")
    proef.klok.nu += 601
    antwoord = browser.stuur(form(browser), naam=aanmeldnaam("bas"), wachtwoord=WACHTWOORD)
    assert told(antwoord).startswith("Deze pagina stond te lang open.")
    # The page that says so has a fresh form.
    assert browser.stuur(form(browser), naam=aanmeldnaam("bas"), wachtwoord=WACHTWOORD).tekst == BINNEN


def test_a_cookie_from_before_signing_in_is_worth_nothing_after_it(proef: Proef):
    """Whoever set the cookie of somebody else's browser beforehand does not come in with them."""
    app = proef.totp()
    browser = proef.browser()
    browser.ga("/")
    eerste = browser.koeken[VOOR]
    browser.stuur(form(browser), naam=aanmeldnaam("bas"), wachtwoord=WACHTWOORD)
    tweede = browser.koeken[VOOR]
    assert tweede != eerste
    browser.stuur(form(browser), code=proef.code(app))
    assert browser.koeken[VOOR] == ""
    assert browser.koeken[KOEK] not in {eerste, tweede}
    for oud in (eerste, tweede):
        for naam in (VOOR, KOEK):
            kwaad = Browser(proef.poort, koeken={naam: oud})
            assert "<h1>Aanmelden</h1>" in kwaad.ga("/aanmelden/code").tekst
            assert "<h1>Aanmelden</h1>" in kwaad.ga("/dossier").tekst


def test_who_signs_in_as_somebody_else_leaves_no_session_behind(proef: Proef):
    browser = proef.binnen("bas")
    oud = dict(browser.koeken)
    anders = Browser(proef.poort, koeken={KOEK: oud[KOEK]})
    anders.ga("/aanmelden")
    assert anders.pagina.tekst == BINNEN  # type: ignore[union-attr]  # already in
    ander = proef.browser()
    ander.ga("/aanmelden")
    ander.koeken[KOEK] = oud[KOEK]
    ander.stuur(form(ander), naam=aanmeldnaam("dirk"), wachtwoord=WACHTWOORD)
    assert [len(proef.deur.sessies.of(wie, proef.klok())) for wie in ("bas", "dirk")] == [0, 1]


def test_there_are_not_more_on_the_way_in_than_fit():
    voor = Voorsessies()
    eerste, _ = voor.begin(0.0, "/")
    laatste = [voor.begin(0.0, "/")[0] for _ in range(10_000)][-1]
    assert voor.read(eerste, 0.0) is None
    assert voor.read(laatste, 0.0)


# The second step


def test_with_a_second_step_the_password_alone_opens_nothing(proef: Proef):
    app = proef.totp()
    browser = proef.browser()
    assert "<h1>Tweede stap</h1>" in sign_in(browser, naar="/klachten").tekst
    assert KOEK not in browser.koeken
    assert "<h1>Aanmelden</h1>" in Browser(proef.poort, koeken=dict(browser.koeken)).ga("/klachten").tekst
    assert told(browser.stuur("/aanmelden/code", code="000000")) == aanmelden.CODE_KLOPT_NIET
    assert browser.stuur("/aanmelden/code", code=proef.code(app)).tekst == BINNEN
    assert proef.deur.sessies.of("bas", proef.klok())[0].tweede_factor
    # Looked at over a shoulder: the same code a second time.
    kwaad = proef.browser()
    sign_in(kwaad)
    assert told(kwaad.stuur("/aanmelden/code", code=proef.code(app))) == aanmelden.CODE_KLOPT_NIET


def test_codes_are_not_guessed_either(proef: Proef):
    app = proef.totp()
    browser = proef.browser()
    sign_in(browser)
    for _ in range(5):
        browser.stuur("/aanmelden/code", code="000000")
    assert "te vaak" in told(browser.stuur("/aanmelden/code", code=proef.code(app)))
    # Giving the password again does not wipe the slate.
    assert "te vaak" in told(sign_in(proef.browser()))


def test_a_recovery_code_opens_once(proef: Proef):
    proef.totp()
    code = proef.deur.codes.make("bas")[0]
    for verwacht in (BINNEN, None):
        browser = proef.browser()
        sign_in(browser)
        antwoord = browser.stuur("/aanmelden/code", code=code)
        assert (antwoord.tekst == BINNEN) is (verwacht == BINNEN)


def test_who_must_have_a_second_step_makes_one_before_anything_else(proef: Proef):
    browser = proef.browser()
    antwoord = sign_in(browser, "carla", naar="/jaarbeeld")
    assert "<h1>Tweede stap aanzetten</h1>" in antwoord.tekst
    assert "Voor uw rol is een tweede stap nodig" in antwoord.tekst
    assert KOEK not in browser.koeken
    assert "data:image/svg+xml" in antwoord.tekst
    geheim = re.findall(r"<code>([A-Z2-7 ]+)</code>", antwoord.tekst)[0].replace(" ", "")
    assert told(browser.stuur(form(browser), code="000000")).startswith("Deze code klopt niet.")
    codes = browser.stuur(form(browser), code=proef.code(pyotp.TOTP(geheim))).tekst
    assert len(re.findall(r"<code>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</code>", codes)) == 10
    assert 'href="/jaarbeeld"' in codes
    assert browser.ga("/jaarbeeld").tekst == BINNEN
    # From now on it is asked.
    assert "<h1>Tweede stap</h1>" in sign_in(proef.browser(), "carla").tekst


@pytest.mark.parametrize(
    ("wie", "later", "stap"), [("bas", 599, True), ("bas", 600, False), ("iris", 1799, True), ("iris", 1800, False)]
)
def test_the_second_step_may_take_a_while_but_not_for_ever(proef: Proef, wie: str, later: int, stap: bool):
    """Ten minutes to give a code, half an hour to find an app that makes them."""
    if wie == "bas":
        proef.totp()
    browser = proef.browser()
    pad = {"bas": "/aanmelden/code", "iris": "/aanmelden/inschrijven"}[wie]
    sign_in(browser, wie)
    proef.klok.nu += later
    assert ("<h1>Tweede stap" in browser.ga(pad).tekst) is stap


# The rest


def test_there_is_nothing_else_at_these_addresses(proef: Proef):
    for pad in ("/toegang/../sleutel", "/toegang/toegang.sqlite", "/toegang/", "/toegang/blad.py", "/aanmelden/x"):
        assert proef.browser().ga(pad, accept="*/*").status == 404, pad
    for naam in ("stijl.css", "merk.svg", "pictogram.png"):
        assert proef.browser().ga(f"/toegang/{naam}", accept="*/*").status == 200, naam


def test_when_it_is_busy_one_is_asked_to_come_back(proef: Proef, monkeypatch):
    def druk(*_: object) -> None:
        raise TeDruk("Er melden zich nu veel mensen tegelijk aan.")

    monkeypatch.setattr(proef.deur, "check_password", druk)
    antwoord = sign_in(proef.browser())
    assert (antwoord.status, "Even geduld" in antwoord.tekst) == (503, True)


def test_no_page_has_a_script_or_a_style_of_its_own():
    vellen = Path(aanmelden.__file__).with_name("bladen").glob("*.html")
    assert [vel.name for vel in vellen if re.search(r"<script|\sstyle=|\son\w+=|<style", vel.read_text("utf-8"))] == []
