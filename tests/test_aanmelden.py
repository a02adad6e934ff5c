"""Signing in through the gate, as a browser without scripts does it."""

from __future__ import annotations

import re
import shutil
import statistics
import time
from datetime import date
from pathlib import Path

import pyotp
import pytest

from klachten.kijklog import SOORTEN
from klachten.scherm.kijker import farewell
from klachten.scherm.paginas import PAGINAS
from klachten.toegang import aanmelden, beheren, routes, uitnodigen
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.accounts import NaamBezet
from klachten.toegang.echt import ask_to_sign_in
from klachten.toegang.opslag import Opslag
from klachten.toegang.poort import Poort
from klachten.toegang.sessies import STIL
from klachten.toegang.staat import Staat
from klachten.toegang.voorsessies import Voorsessies
from klachten.toegang.wachtwoord import TeDruk, Wachtwoorden
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


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the accounts: making them takes longer than any test."""
    map = tmp_path_factory.mktemp("aanmelden") / "toegang"
    proef = Proef(map)
    make_accounts(proef.deur, proef.klok())
    proef.opslag.close()
    return map


@pytest.fixture
def proef(gevuld: Path, tmp_path: Path):
    proef = Proef(shutil.copytree(gevuld, tmp_path / "toegang"))
    yield proef
    proef.opslag.close()


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


# Invitations


def test_an_invitation_is_taken_up(proef: Proef):
    code = proef.deur.uitnodigingen.make("eva", uitnodigen.NIEUW, "iris", proef.klok())
    browser = proef.browser()
    for _ in range(2):  # a mail program opened it before
        assert "Dag Eva Bakker." in browser.ga(f"/uitnodiging/{code}").tekst
    for nieuw, herhaald, reden in (
        ("kort", "kort", "Een wachtwoord heeft ten minste 12 tekens."),
        ("evabakkercoulant", "evabakkercoulant", "Dit wachtwoord is makkelijk te raden"),
        (ANDER, ANDER + "!", "De twee wachtwoorden zijn niet gelijk."),
    ):
        assert told(browser.stuur(f"/uitnodiging/{code}", nieuw=nieuw, herhaald=herhaald)).startswith(reden)
    antwoord = browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    assert "Uw wachtwoord is ingesteld. Meld u er nu mee aan." in antwoord.tekst
    assert KOEK not in browser.koeken
    assert sign_in(proef.browser(), "eva", ANDER).tekst == BINNEN
    assert told(sign_in(proef.browser(), "eva")) == aanmelden.KLOPT_NIET
    oud = browser.ga(f"/uitnodiging/{code}")
    assert (oud.status, aanmelden.LINK_WERKT_NIET in oud.tekst) == (404, True)


def test_a_link_that_works_no_more_says_nothing_about_whom_it_was_for(proef: Proef):
    verlopen = proef.deur.uitnodigingen.make("eva", uitnodigen.NIEUW, "iris", proef.klok() - uitnodigen.GELDIG)
    weg = proef.deur.uitnodigingen.make("gijs", uitnodigen.NIEUW, "iris", proef.klok())
    proef.personen.weg.add("gijs")
    teksten = {proef.browser().ga(f"/uitnodiging/{code}").tekst for code in (verlopen, weg, "onzin", "x" * 300)}
    assert len(teksten) == 1
    assert "Eva" not in teksten.pop()


def test_a_reset_ends_what_was_open_and_is_told(proef: Proef):
    open_was = proef.binnen("bas")
    code = proef.deur.uitnodigingen.make("bas", uitnodigen.HERSTEL, "iris", proef.klok())
    assert open_was.ga("/").tekst == BINNEN  # asking for one ends nothing
    browser = proef.browser()
    browser.ga(f"/uitnodiging/{code}")
    browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    assert "<h1>Aanmelden</h1>" in open_was.ga("/").tekst
    antwoord = sign_in(proef.browser(), "bas", ANDER, naar="/klachten")
    assert "Uw wachtwoord is hersteld door Iris Kuipers." in antwoord.tekst
    assert 'href="/klachten"' in antwoord.tekst
    assert sign_in(proef.browser(), "bas", ANDER).tekst == BINNEN  # said once


# The own sign-in


def test_one_sees_where_one_is_signed_in_and_ends_it_there(proef: Proef):
    hier, daar = proef.binnen(), proef.binnen()
    daar.user_agent = "x"
    proef.klok.nu += 60
    pagina = hier.ga("/mijn-aanmelding").tekst
    assert pagina.count("Firefox op Windows</strong>") == 2
    assert pagina.count("(hier)") == 1
    ander = re.findall(r'name="sessie" value="([0-9a-f]{64})"', pagina)
    assert len(ander) == 1
    assert "Die plek is afgemeld." in hier.stuur("/mijn-aanmelding/afmelden", sessie=ander[0]).tekst
    assert "<h1>Aanmelden</h1>" in daar.ga("/").tekst
    assert hier.ga("/").tekst == BINNEN


def test_nobody_ends_the_session_of_somebody_else(proef: Proef):
    bas, dirk = proef.binnen("bas"), proef.binnen("dirk")
    vreemd = proef.deur.sessies.of("dirk", proef.klok())[0].hash
    bas.ga("/mijn-aanmelding")
    bas.stuur("/mijn-aanmelding/afmelden", sessie=vreemd)
    assert dirk.ga("/").tekst == BINNEN


@pytest.mark.parametrize(("pad", "elders"), [("/afmelden", BINNEN), ("/afmelden/overal", None)])
def test_signing_out_here_or_everywhere(proef: Proef, pad: str, elders: str | None):
    hier, daar = proef.binnen(), proef.binnen()
    gestolen = Browser(proef.poort, koeken=dict(hier.koeken))
    hier.ga("/mijn-aanmelding")
    antwoord = hier.stuur(pad)
    assert "afgemeld." in antwoord.tekst
    assert hier.koeken[KOEK] == ""
    assert "<h1>Aanmelden</h1>" in gestolen.ga("/").tekst
    assert (daar.ga("/").tekst == BINNEN) is (elders == BINNEN)


@pytest.mark.parametrize(
    "pad",
    [
        "/afmelden",
        "/afmelden/overal",
        "/mijn-aanmelding/wachtwoord",
        "/mijn-aanmelding/tweede-stap",
        "/mijn-aanmelding/afmelden",
        "/mijn-aanmelding/inschrijven",
    ],
)
def test_another_site_signs_nobody_out_and_changes_nothing(proef: Proef, pad: str):
    browser, dirk = proef.binnen("bas"), proef.binnen("dirk")
    dirk.ga("/mijn-aanmelding")
    vreemd = re.findall(r'name="merk" value="([0-9a-f]{64})"', dirk.pagina.tekst)[0]  # type: ignore[union-attr]
    for merk in ("", vreemd):
        antwoord = browser.stuur(pad, merk=merk, oud=WACHTWOORD, nieuw=ANDER, herhaald=ANDER)
        assert told(antwoord).startswith("Deze pagina stond te lang open.")
    assert browser.ga("/").tekst == BINNEN
    assert sign_in(proef.browser(), "bas").tekst == BINNEN


def test_the_own_password_is_changed(proef: Proef):
    hier, daar = proef.binnen(), proef.binnen()
    hier.ga("/mijn-aanmelding")
    fout = hier.stuur("/mijn-aanmelding/wachtwoord", oud=ANDER, nieuw=ANDER, herhaald=ANDER)
    assert told(fout) == "Uw huidige wachtwoord klopt niet."
    assert "<details open>" in fout.tekst
    zwak = hier.stuur("/mijn-aanmelding/wachtwoord", oud=WACHTWOORD, nieuw="basjanssen2026", herhaald="basjanssen2026")
    assert told(zwak).startswith("Dit wachtwoord is makkelijk te raden")
    goed = hier.stuur("/mijn-aanmelding/wachtwoord", oud=WACHTWOORD, nieuw=ANDER, herhaald=ANDER)
    assert "Uw wachtwoord is gewijzigd." in goed.tekst
    assert "<h1>Aanmelden</h1>" in daar.ga("/").tekst
    assert sign_in(proef.browser(), "bas", ANDER).tekst == BINNEN


def test_one_may_take_a_second_step_oneself(proef: Proef):
    browser, elders = proef.binnen(), proef.binnen()
    browser.ga("/mijn-aanmelding")
    assert told(browser.stuur("/mijn-aanmelding/tweede-stap", oud=ANDER)) == "Uw huidige wachtwoord klopt niet."
    pagina = browser.stuur("/mijn-aanmelding/tweede-stap", oud=WACHTWOORD).tekst
    geheim = re.findall(r"<code>([A-Z2-7 ]+)</code>", pagina)[0].replace(" ", "")
    assert told(browser.stuur("/mijn-aanmelding/inschrijven", code="000000")).startswith("Deze code klopt niet.")
    assert "Uw herstelcodes" in browser.stuur("/mijn-aanmelding/inschrijven", code=proef.code(pyotp.TOTP(geheim))).tekst
    assert "nog 10 herstelcodes" in browser.ga("/mijn-aanmelding").tekst
    assert "<h1>Aanmelden</h1>" in elders.ga("/").tekst
    assert "<h1>Tweede stap</h1>" in sign_in(proef.browser()).tekst
    # The secret is not waiting for a second use.
    assert told(browser.stuur("/mijn-aanmelding/inschrijven", code="000000")).startswith(
        "Deze pagina stond te lang open."
    )


def test_who_leaves_is_out(proef: Proef):
    browser = proef.binnen()
    sessie = proef.deur.sessies.of("bas", proef.klok())[0]
    kijkers = proef.poort.staat.kijkers
    assert kijkers
    assert kijkers.gebruiker(sessie.hash, proef.klok(), date(2026, 3, 2)).naam == "Bas Janssen"
    proef.personen.weg.add("bas")
    assert kijkers.gebruiker(sessie.hash, proef.klok(), date(2026, 3, 2)) is None
    # Not only the pages: nothing that is behind the gate, and the session ends with it.
    assert browser.ga("/bestand/x.png").status == 401
    assert proef.deur.sessies.of("bas", proef.klok()) == []


def test_a_page_sees_nobody_after_the_session(proef: Proef):
    proef.binnen()
    hash, kijkers = proef.deur.sessies.of("bas", proef.klok())[0].hash, proef.poort.staat.kijkers
    assert kijkers
    assert kijkers.gebruiker(hash, proef.klok() + STIL - 1, date(2026, 3, 2))
    assert kijkers.gebruiker(hash, proef.klok() + STIL, date(2026, 3, 2)) is None
    assert kijkers.gebruiker("", proef.klok(), date(2026, 3, 2)) is None


# What a beheerder does


def test_an_account_from_invitation_to_the_end(proef: Proef):
    proef.deur.opslag.forget("eva")
    deur, nu = proef.deur, proef.klok()
    assert (beheren.look(deur, "eva", nu), beheren.may_sign_in(deur, "eva")) == (beheren.Accountstand(), False)
    code = beheren.invite(deur, "eva", aanmeldnaam("eva"), "iris", nu)
    assert beheren.look(deur, "eva", nu).stand == beheren.UITGENODIGD
    assert not beheren.may_sign_in(deur, "eva")
    with pytest.raises(NaamBezet):
        beheren.invite(deur, "gijs", aanmeldnaam("eva"), "iris", nu)
    browser = proef.browser()
    browser.ga(f"/uitnodiging/{code}")
    browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    sign_in(browser, "eva", ANDER)
    stand = beheren.look(deur, "eva", nu)
    assert stand == beheren.Accountstand(beheren.ACTIEF, aanmeldnaam("eva"), sessies=1, laatst_gezien=nu)
    assert beheren.may_sign_in(deur, "eva")
    beheren.block(deur, "eva", "iris", nu)
    assert "<h1>Aanmelden</h1>" in browser.ga("/").tekst
    assert beheren.look(deur, "eva", nu).stand == beheren.GEBLOKKEERD
    assert not beheren.may_sign_in(deur, "eva")
    beheren.unblock(deur, "eva", "iris")
    assert sign_in(proef.browser(), "eva", ANDER).tekst == BINNEN
    beheren.forget(deur, "eva")
    assert beheren.look(deur, "eva", nu) == beheren.Accountstand()
    assert told(sign_in(proef.browser(), "eva", ANDER)) == aanmelden.KLOPT_NIET


@pytest.mark.parametrize("ook_de_stap", [False, True])
def test_a_reset_takes_the_password_away_and_the_second_step_only_when_asked(proef: Proef, ook_de_stap: bool):
    app = proef.totp("bas")
    codes = proef.deur.codes.make("bas")
    browser = proef.browser()
    sign_in(browser)
    browser.stuur("/aanmelden/code", code=codes[0])
    code = beheren.reset(proef.deur, "bas", "iris", proef.klok(), tweede_stap=ook_de_stap)
    assert "<h1>Aanmelden</h1>" in browser.ga("/").tekst
    assert told(sign_in(proef.browser())) == aanmelden.KLOPT_NIET
    browser.ga(f"/uitnodiging/{code}")
    browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    antwoord = sign_in(browser, "bas", ANDER)
    if not ook_de_stap:
        assert "<h1>Tweede stap</h1>" in antwoord.tekst
        antwoord = browser.stuur("/aanmelden/code", code=proef.code(app))
    assert "Uw wachtwoord is hersteld door Iris Kuipers." in antwoord.tekst
    assert beheren.look(proef.deur, "bas", proef.klok()).herstelcodes == (0 if ook_de_stap else 9)


def test_what_happens_at_the_door_is_heard(proef: Proef):
    """Without what was typed: in the field of the name people type passwords."""
    gehoord: list[tuple[str, str, str, str]] = []
    proef.deur.meld = lambda wat, persoon, sessie="", over="": gehoord.append((wat, persoon, sessie, over))
    browser, ander = proef.browser(), proef.browser()
    sign_in(browser, "niemand", "geheim")
    sign_in(browser, "bas", "geheim")
    sign_in(ander, "bas")
    elders = proef.deur.sessies.of("bas", proef.klok())[0].hash
    sign_in(browser, "bas")
    sessie = next(een.hash for een in proef.deur.sessies.of("bas", proef.klok()) if een.hash != elders)
    browser.ga("/mijn-aanmelding")
    browser.stuur("/mijn-aanmelding/afmelden", sessie=elders)
    browser.stuur("/mijn-aanmelding/wachtwoord", oud="iets anders", nieuw=ANDER, herhaald=ANDER)
    browser.stuur("/mijn-aanmelding/wachtwoord", oud=WACHTWOORD, nieuw=ANDER, herhaald=ANDER)
    browser.stuur("/afmelden")
    beheren.invite(proef.deur, "bas", aanmeldnaam("bas"), "iris", proef.klok())
    beheren.reset(proef.deur, "bas", "iris", proef.klok())
    beheren.block(proef.deur, "bas", "iris", proef.klok())
    beheren.unblock(proef.deur, "bas", "iris")
    assert gehoord == [
        ("aanmelden_mislukt", "onbekend", "", ""),
        ("aanmelden_mislukt", "bas", "", ""),
        ("aangemeld", "bas", elders, ""),
        ("aangemeld", "bas", sessie, ""),
        ("sessie_beeindigd", "bas", sessie, ""),
        ("aanmelden_mislukt", "bas", "", ""),
        ("wachtwoord_gewijzigd", "bas", sessie, ""),
        ("afgemeld", "bas", sessie, ""),
        ("uitgenodigd", "iris", "", "bas"),
        ("wachtwoord_hersteld", "iris", "", "bas"),
        ("geblokkeerd", "iris", "", "bas"),
        ("vrijgegeven", "iris", "", "bas"),
    ]
    assert {wat for wat, *_ in gehoord} <= set(SOORTEN)


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
