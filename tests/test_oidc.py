"""Signing in with an account of elsewhere, end to end against a provider on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyotp
import pytest
import requests

from klachten.kijklog import SOORTEN
from klachten.scherm.kijker import farewell
from klachten.scherm.paginas import PAGINAS
from klachten.toegang import aanmelden, beheren, instellingen, routes, uitnodigen
from klachten.toegang.aanmelden import ZONDER_ELDERS, ZONDER_WACHTWOORD, Aanmelden
from klachten.toegang.echt import ask_to_sign_in
from klachten.toegang.instellingen import Aanbieder, Instellingen, OngeldigeInstelling
from klachten.toegang.opslag import Opslag
from klachten.toegang.poort import Poort
from klachten.toegang.regels import ELDERS, Regels
from klachten.toegang.rem import ADRES_VENSTER, ADRES_VRIJ
from klachten.toegang.staat import Staat
from klachten.toegang.wachtwoord import Wachtwoorden
from tests.echte_app import BEELDEN, CLIENT, GEHEIM, WACHTWOORD, Rolverdeling, aanmeldnaam, make_accounts
from tests.oidcproef import Provider
from tests.poortproef import Antwoord, Browser, Huis, Klok

BINNEN = "binnen 0"
KOEK = "klachten_8501"
NIET_GELUKT = "Aanmelden met Coulant-account is niet gelukt."
FORMULIER = 'name="wachtwoord"'
ONBEKEND = "Dit account is hier niet bekend."


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    provider = Provider(Klok())
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map = tmp_path_factory.mktemp("oidc") / "toegang"
    opslag = Opslag(map)
    make_accounts(Aanmelden(opslag, Rolverdeling(), lambda: date(2026, 3, 2), wachtwoorden=snel()), Klok()())
    opslag.close()
    return map


def snel() -> Wachtwoorden:
    return Wachtwoorden(time_cost=1, memory_cost=64)


class Proef:
    """A register with accounts that knows the provider."""

    def __init__(self, map: Path, provider: Provider, *, vertrouwt: bool = False) -> None:
        self.klok, self.opslag, self.provider, self.personen = Klok(), Opslag(map), provider, Rolverdeling()
        self.deur = Aanmelden(self.opslag, self.personen, lambda: date(2026, 3, 2), wachtwoorden=snel())
        aanbieder = Aanbieder("Coulant-account", provider.issuer, CLIENT, GEHEIM, vertrouwt)
        staat = Staat(klok=self.klok, instellingen=Instellingen(oidc=aanbieder))
        namen = [deel.naam for deel in PAGINAS]
        ask_to_sign_in(staat, self.deur, namen, BEELDEN, farewell)
        self.poort = Poort(Huis(), staat, routes.load(namen))

    def browser(self) -> Browser:
        return Browser(self.poort)

    def invite(self, wie: str) -> str:
        return self.deur.uitnodigingen.make(wie, uitnodigen.NIEUW, "iris", self.klok())

    def link(self, wie: str = "bas") -> None:
        self.deur.accounts.link(wie, self.provider.issuer, self.provider.wie)


@pytest.fixture
def proef(gevuld: Path, tmp_path: Path, provider: Provider) -> Iterator[Proef]:
    proef = Proef(shutil.copytree(gevuld, tmp_path / "toegang"), provider)
    yield proef
    proef.opslag.close()
    provider.anders, provider.fout, provider.wie = {}, "", "noor-van-elders"


def to_provider(browser: Browser, pad: str = "/oidc/start") -> str:
    """Follow the link to the provider, sign in there; returns the address that the browser is sent back to."""
    antwoord = browser.ga(pad, volg="")
    assert antwoord.status == 303
    terug = requests.get(antwoord.koppen["location"], allow_redirects=False, timeout=10).headers["location"]
    assert terug.startswith("http://localhost:8501/oidc/terug?")
    return terug.removeprefix("http://localhost:8501")


def sign_in(browser: Browser, pad: str = "/oidc/start") -> Antwoord:
    return browser.ga(to_provider(browser, pad))


def test_the_door_offers_what_the_rules_let_in(proef: Proef):
    """And what it does not offer does not work either, for who knows the address."""
    proef.link("bas")
    proef.deur.regels = lambda: Regels(wachtwoord=False)
    browser = proef.browser()
    pagina = browser.ga("/aanmelden").tekst
    assert 'type="password"' not in pagina
    assert "Aanmelden met Coulant-account" in pagina
    uitnodiging = browser.ga(f"/uitnodiging/{proef.invite('anna')}").tekst
    assert 'type="password"' not in uitnodiging
    assert "een wachtwoord van dit register hebt u niet nodig" in uitnodiging
    with pytest.raises(aanmelden.Geweigerd, match=ZONDER_WACHTWOORD):
        proef.deur.check_password(aanmeldnaam("bas"), WACHTWOORD, "127.0.0.1", proef.klok())
    assert sign_in(browser).tekst == BINNEN
    (sessie,) = proef.deur.sessies.of("bas", proef.klok())
    assert sessie.hoe == ELDERS
    onderweg = proef.browser()
    terug = to_provider(onderweg)
    proef.deur.regels = lambda: Regels(elders=False)
    assert "Coulant-account" not in proef.browser().ga("/aanmelden").tekst
    assert proef.browser().ga("/oidc/start").status == 404
    assert (onderweg.ga(terug).status, ZONDER_ELDERS in onderweg.pagina.tekst) == (403, True)  # type: ignore[union-attr]
    assert proef.poort.staat.session(browser.koeken["klachten_8501"]) is None


def test_the_door_offers_it_and_brings_one_where_one_wanted_to_be(proef: Proef):
    proef.link("bas")
    browser = proef.browser()
    assert "Aanmelden met Coulant-account" in browser.ga("/dossier?nummer=K2026-0001").tekst
    assert 'href="/oidc/start?naar=/dossier%3Fnummer%3DK2026-0001"' in browser.pagina.tekst  # type: ignore[union-attr]
    assert sign_in(browser, "/oidc/start?naar=/dossier%3Fnummer%3DK2026-0001").tekst == BINNEN
    huis: Huis = proef.poort.app  # type: ignore[assignment]
    assert (huis.gezien[-1]["path"], huis.gezien[-1]["query_string"]) == ("/dossier", b"nummer=K2026-0001")
    assert [sessie.persoon for sessie in proef.deur.sessies.of("bas", proef.klok())] == ["bas"]


def test_an_account_is_linked_by_an_invitation_once(proef: Proef):
    code = proef.invite("eva")
    browser = proef.browser()
    assert f'href="/oidc/start?uitnodiging={code}"' in browser.ga(f"/uitnodiging/{code}").tekst
    assert sign_in(browser, f"/oidc/start?uitnodiging={code}").tekst == BINNEN
    assert proef.deur.sessies.of("eva", proef.klok())
    assert beheren.may_sign_in(proef.deur, "eva")
    assert sign_in(proef.browser()).tekst == BINNEN
    # The link is used up, and the account of elsewhere is Eva's for good.
    assert aanmelden.LINK_WERKT_NIET in sign_in(proef.browser(), f"/oidc/start?uitnodiging={code}").tekst
    ander = proef.invite("gijs")
    assert "hoort hier al bij iemand anders" in sign_in(proef.browser(), f"/oidc/start?uitnodiging={ander}").tekst
    assert proef.deur.uitnodigingen.look(ander, proef.klok())


def test_the_address_that_the_provider_names_opens_nothing(proef: Proef):
    """A guest there can have the address of the beheerder here."""
    assert ONBEKEND in sign_in(proef.browser()).tekst
    assert proef.deur.sessies.of("iris", proef.klok()) == []


@pytest.mark.parametrize("geval", ["blocked", "left", "another provider"])
def test_who_may_not_come_in_does_not_come_in_this_way_either(proef: Proef, geval: str):
    proef.link("bas")
    if geval == "blocked":
        beheren.block(proef.deur, "bas", "iris", proef.klok())
    elif geval == "left":
        proef.personen.weg.add("bas")
    else:
        proef.deur.accounts.link("bas", "http://localhost:1", proef.provider.wie)
    browser = proef.browser()
    assert ONBEKEND in sign_in(browser).tekst
    assert KOEK not in browser.koeken


@pytest.mark.parametrize(
    ("fout", "anders"),
    [
        ("", {"nonce": "van een ander"}),
        ("", {"nonce": None}),
        ("", {"aud": "een andere app"}),
        ("", {"aud": ["klachten", "een andere app"]}),
        ("", {"aud": ["klachten", "een andere app"], "azp": "een andere app"}),
        ("", {"azp": "een andere app"}),
        ("", {"aud": None}),
        ("", {"iss": "http://localhost:1"}),
        ("", {"iss": None}),
        ("", {"exp": 1_800_000_000 - 61}),
        ("", {"exp": None}),
        ("", {"iat": 1_800_000_000 + 3600}),
        ("", {"sub": None}),
        ("geen handtekening", {}),
        ("gedeeld geheim", {}),
        ("publieke sleutel als geheim", {}),
        ("vreemde sleutel", {}),
        ("veranderd", {}),
        ("geen token", {}),
        ("noemt zich anders", {}),
    ],
)
def test_a_token_that_does_not_fit_opens_nothing(proef: Proef, fout: str, anders: dict[str, Any]):
    proef.link("bas")
    proef.provider.fout, proef.provider.anders = fout, anders
    browser, uitgegeven = proef.browser(), len(proef.provider.uitgegeven)
    antwoord = browser.ga("/oidc/start", volg="") if fout == "noemt zich anders" else sign_in(browser)
    assert len(proef.provider.uitgegeven) == uitgegeven + (fout != "noemt zich anders")
    assert NIET_GELUKT in antwoord.tekst
    assert antwoord.status == 502
    assert KOEK not in browser.koeken


def heard(proef: Proef) -> list[tuple[str, str]]:
    gehoord: list[tuple[str, str]] = []
    proef.deur.meld = lambda wat, persoon, sessie="", over="": gehoord.append((wat, persoon))
    return gehoord


# what goes wrong, and who the log of looking says that it was
MISLUKT: dict[str, tuple[Callable[[Proef], object], str]] = {
    "an account that nobody here has": (lambda proef: sign_in(proef.browser()), "onbekend"),
    "blocked": (lambda proef: (beheren.block(proef.deur, "bas", "iris", 0.0), sign_in(proef.browser())), "bas"),
    "left": (lambda proef: (proef.personen.weg.add("bas"), sign_in(proef.browser())), "bas"),
    "not allowed by the rules since": (lambda proef: come_back_to(proef, Regels(elders=False)), "bas"),
    "an invitation that is used up": (lambda proef: sign_in(proef.browser(), "/oidc/start?uitnodiging=x"), "bas"),
    "the invitation of somebody else": (
        lambda proef: sign_in(proef.browser(), f"/oidc/start?uitnodiging={proef.invite('gijs')}"),
        "bas",
    ),
    "another state": (lambda proef: come_back(proef, "/oidc/terug?code=x&state=een ander"), "onbekend"),
    "refused there": (lambda proef: come_back(proef, "/oidc/terug?error=access_denied&state=x"), "onbekend"),
    "a token that does not fit": (
        lambda proef: (proef.provider.anders.update(nonce="x"), sign_in(proef.browser())),
        "onbekend",
    ),
    "a provider that is another": (
        lambda proef: (
            setattr(proef.provider, "fout", "noemt zich anders"),
            proef.browser().ga("/oidc/start", volg=""),
        ),
        "onbekend",
    ),
}


def come_back(proef: Proef, adres: str) -> None:
    browser = proef.browser()
    to_provider(browser)
    browser.ga(adres)


def come_back_to(proef: Proef, regels: Regels) -> None:
    browser = proef.browser()
    terug = to_provider(browser)
    proef.deur.regels = lambda: regels
    browser.ga(terug)


@pytest.mark.parametrize("geval", MISLUKT)
def test_a_refusal_is_heard_as_a_failed_sign_in(proef: Proef, geval: str):
    """Once each, and only by the id of who is known: no name, no address of there."""
    doe, wie = MISLUKT[geval]
    if geval != "an account that nobody here has":
        proef.link("bas")
    gehoord = heard(proef)
    doe(proef)
    assert [een for een in gehoord if een[0] != "geblokkeerd"] == [("aanmelden_mislukt", wie)]


def test_a_stranger_who_goes_on_and_on_does_not_fill_the_log_and_stops_nobody(proef: Proef):
    proef.link("bas")
    gehoord = heard(proef)
    for _ in range(ADRES_VRIJ + 5):
        come_back(proef, "/oidc/terug?code=x&state=y")
    vaak = ("aanmelden_elders_vaak_mislukt", "onbekend")
    assert gehoord == [("aanmelden_mislukt", "onbekend")] * ADRES_VRIJ + [vaak]
    assert sign_in(proef.browser()).tekst == BINNEN
    proef.klok.nu += ADRES_VENSTER
    come_back(proef, "/oidc/terug?code=x&state=y")
    assert gehoord[ADRES_VRIJ + 1 :] == [("aangemeld", "bas"), ("aanmelden_mislukt", "onbekend")]
    assert {wat for wat, _ in gehoord} <= set(SOORTEN)


def test_a_token_with_more_than_needed_is_good(proef: Proef):
    proef.link("bas")
    proef.provider.anders = {"aud": ["klachten", "een andere app"], "azp": "klachten"}
    assert sign_in(proef.browser()).tekst == BINNEN


def test_the_way_back_works_once_and_only_in_the_browser_that_left(proef: Proef):
    proef.link("bas")
    browser = proef.browser()
    terug = to_provider(browser)
    # Somebody else who gets the address: in a browser that never left, or that left for itself.
    kwaad = proef.browser()
    assert FORMULIER in kwaad.ga(terug).tekst
    to_provider(kwaad)
    assert NIET_GELUKT in kwaad.ga(terug).tekst
    assert KOEK not in kwaad.koeken
    koeken = dict(browser.koeken)
    assert browser.ga(terug).tekst == BINNEN
    assert FORMULIER in Browser(proef.poort, koeken=koeken).ga(terug).tekst
    # With a fresh start of its own the code is used up at the provider too.
    weer = proef.browser()
    state = to_provider(weer).partition("state=")[2]
    code = terug.partition("code=")[2].partition("&")[0]
    assert NIET_GELUKT in weer.ga(f"/oidc/terug?code={code}&state={state}").tekst


def test_the_way_back_is_open_ten_minutes(proef: Proef):
    proef.link("bas")
    browser = proef.browser()
    terug = to_provider(browser)
    proef.klok.nu += 601
    assert FORMULIER in browser.ga(terug).tekst


@pytest.mark.parametrize("terug", ["/oidc/terug", "/oidc/terug?error=access_denied&state=x", "/oidc/terug?code=x"])
def test_who_comes_back_without_a_code_may_try_again(proef: Proef, terug: str):
    browser = proef.browser()
    to_provider(browser)
    assert NIET_GELUKT in browser.ga(terug).tekst


@pytest.mark.parametrize(
    ("wie", "amr", "vertrouwt", "vraagt"),
    [
        ("bas", ["pwd"], False, ""),
        ("carla", ["pwd", "mfa"], False, "<h1>Tweede stap aanzetten</h1>"),
        ("carla", ["pwd", "mfa"], True, ""),
        ("carla", ["pwd"], True, "<h1>Tweede stap aanzetten</h1>"),
        ("carla", "mfa", True, "<h1>Tweede stap aanzetten</h1>"),
    ],
)
def test_a_second_step_is_asked_unless_it_was_given_there_and_that_counts_here(
    gevuld: Path, tmp_path: Path, provider: Provider, wie: str, amr: Any, vertrouwt: bool, vraagt: str
):
    proef = Proef(shutil.copytree(gevuld, tmp_path / "toegang"), provider, vertrouwt=vertrouwt)
    proef.link(wie)
    provider.anders = {"amr": amr}
    antwoord = sign_in(proef.browser())
    provider.anders = {}
    assert (vraagt in antwoord.tekst) if vraagt else (antwoord.tekst == BINNEN)
    proef.opslag.close()


def test_a_code_of_the_phone_is_asked_after_it_too(proef: Proef):
    proef.link("bas")
    proef.deur.accounts.set_totp("bas", geheim := pyotp.random_base32())
    browser = proef.browser()
    assert "<h1>Tweede stap</h1>" in sign_in(browser).tekst
    assert browser.stuur("/aanmelden/code", code=pyotp.TOTP(geheim).at(proef.klok.nu)).tekst == BINNEN


def test_a_provider_may_change_its_keys(proef: Proef):
    proef.link("bas")
    assert sign_in(proef.browser()).tekst == BINNEN
    proef.provider.new_key()
    assert sign_in(proef.browser()).tekst == BINNEN


def test_a_provider_that_does_not_answer_leaves_the_password(proef: Proef):
    oidc = proef.poort.staat.bladen.oidc  # type: ignore[union-attr]
    oidc.aanbieder = Aanbieder("Coulant-account", "http://localhost:1", CLIENT, GEHEIM)
    antwoord = proef.browser().ga("/oidc/start", volg="")
    assert (antwoord.status, NIET_GELUKT in antwoord.tekst) == (502, True)


def test_nothing_goes_over_an_open_line_to_another_machine(proef: Proef, monkeypatch: pytest.MonkeyPatch):
    gevraagd: list[str] = []
    monkeypatch.setattr(requests, "get", lambda adres, **_: gevraagd.append(adres))
    oidc = proef.poort.staat.bladen.oidc  # type: ignore[union-attr]
    oidc.aanbieder = Aanbieder("Coulant-account", "http://aanbieder.example", CLIENT, GEHEIM)
    assert NIET_GELUKT in proef.browser().ga("/oidc/start", volg="").tekst
    assert gevraagd == []


def test_without_a_provider_there_is_nothing_of_it(proef: Proef):
    proef.poort.staat.bladen.oidc = None  # type: ignore[union-attr]
    browser = proef.browser()
    assert "/oidc/" not in browser.ga("/").tekst
    assert browser.ga("/oidc/start").status == 404
    assert "<h1>Aanmelden</h1>" in browser.ga("/oidc/terug?code=x&state=x").tekst


BLOK = '[oidc]\nnaam = "Coulant-account"\nissuer = "https://aanbieder.example"\nclient_id = "klachten"\n'


def test_a_provider_is_a_setting_and_its_secret_may_come_from_elsewhere(tmp_path: Path, monkeypatch):
    pad = tmp_path / "instellingen.toml"
    pad.write_text(BLOK + 'geheim = "stil"\n', encoding="utf-8")
    gelezen = instellingen.load(pad).oidc
    assert gelezen == Aanbieder("Coulant-account", "https://aanbieder.example", "klachten", "stil")
    assert "stil" not in repr(gelezen)
    pad.write_text(BLOK + "vertrouwt_tweede_stap = true\n", encoding="utf-8")
    monkeypatch.setenv(instellingen.GEHEIM, "uit de omgeving")
    gelezen = instellingen.load(pad).oidc
    assert gelezen
    assert (gelezen.geheim, gelezen.vertrouwt_tweede_stap) == ("uit de omgeving", True)


@pytest.mark.parametrize(
    "inhoud",
    [
        BLOK,
        BLOK.replace("https", "http") + 'geheim = "x"\n',
        BLOK + 'geheim = "x"\nrol = "beheerder"\n',
        BLOK + 'geheim = "x"\nvertrouwt_tweede_stap = "ja"\n',
        BLOK.replace('"klachten"', '""') + 'geheim = "x"\n',
        'oidc = "https://aanbieder.example"',
    ],
)
def test_half_a_provider_is_none(tmp_path: Path, inhoud: str):
    pad = tmp_path / "instellingen.toml"
    pad.write_text(inhoud, encoding="utf-8")
    with pytest.raises(OngeldigeInstelling, match="oidc"):
        instellingen.load(pad)
