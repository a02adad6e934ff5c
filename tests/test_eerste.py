"""The first start of an own register: the code of the console, the first beheerder, and then never again."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyotp
import pytest

from klachten.organisatie import Gebruiker
from klachten.scherm.kijker import farewell
from klachten.toegang import eerste, routes
from klachten.toegang.aanmelden import Aanmelden, Geweigerd
from klachten.toegang.echt import ask_to_sign_in
from klachten.toegang.eerste import Eerste, Gegevens
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.opslag import Opslag
from klachten.toegang.poort import Poort
from klachten.toegang.staat import Staat
from klachten.toegang.wachtwoord import Wachtwoorden
from tests import eindig
from tests.poortproef import Browser, Huis, Klok, vraag

WACHTWOORD = "paarse fiets onder de brug"
NOOR = Gegevens("Zorg & Zo", "Noor", "van der", "Meer", "noor@zorgenzo.example")
VELDEN = {**NOOR.__dict__, "nieuw": WACHTWOORD, "herhaald": WACHTWOORD}


@dataclass
class Register:
    """What the organisation will be: empty, then with one beheerder."""

    organisatie: str = ""
    mensen: list[Gebruiker] = field(default_factory=list)
    adres: str = ""
    begonnen: list[Gegevens] = field(default_factory=list)

    def persoon(self, id: str, op: date) -> Gebruiker | None:
        return next((mens for mens in self.mensen if mens.id == id), None)

    def beheerder(self) -> Gebruiker | None:
        return next(iter(self.mensen), None)

    def e_mail(self, id: str) -> str:
        return self.adres

    def begin(self, gegevens: Gegevens) -> str:
        self.begonnen.append(gegevens)
        self.organisatie, self.adres = gegevens.organisatie, gegevens.e_mail
        naam = " ".join(deel for deel in (gegevens.voornaam, gegevens.tussenvoegsel, gegevens.achternaam) if deel)
        self.mensen.append(Gebruiker("P2026-0001", naam, frozenset({"beheerder"})))
        return "P2026-0001"


class Start:
    """One start of the app on a folder; `gezegd` is what stands in the console."""

    def __init__(self, map: Path, register: Register | None = None) -> None:
        self.klok, self.register, self.gezegd = Klok(), register or Register(), []
        snel = Wachtwoorden(time_cost=1, memory_cost=64)
        self.opslag = Opslag(map)
        self.deur = Aanmelden(self.opslag, self.register, lambda: date(2026, 3, 2), wachtwoorden=snel)
        self.eerste = Eerste(self.deur, self.register, self.gezegd.append)
        staat = Staat(
            klok=self.klok, instellingen=Instellingen(adres="https://klachten.example", proxies=("10.0.0.1",))
        )
        ask_to_sign_in(staat, self.deur, [], {}, farewell, self.eerste)
        self.poort = Poort(Huis(), staat, routes.load())

    def browser(self) -> Browser:
        return Browser(self.poort)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    start = Start(tmp_path / "toegang")
    yield start
    start.opslag.close()


def told(browser: Browser) -> str:
    gevonden = re.search(r'role="alert">(.*?)</p>', browser.pagina.tekst if browser.pagina else "")
    return gevonden[1] if gevonden else ""


def test_from_the_code_of_the_console_to_the_first_page(start: Start):
    browser = start.browser()
    assert "<h1>Uw register beginnen</h1>" in browser.ga("/").tekst
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", start.gezegd[0])
    browser.stuur("/eerste", code=start.gezegd[0].lower().replace("-", " "))
    assert "<h1>De eerste beheerder</h1>" in browser.pagina.tekst  # type: ignore[union-attr]
    pagina = browser.stuur("/eerste/beheerder", **VELDEN).tekst
    assert "<h1>Tweede stap aanzetten</h1>" in pagina
    assert start.register.begonnen == [NOOR]
    geheim = re.findall(r"<code>([A-Z2-7 ]+)</code>", pagina)[0].replace(" ", "")
    codes = browser.stuur("/aanmelden/inschrijven", code=pyotp.TOTP(geheim).at(start.klok.nu)).tekst
    assert "Uw herstelcodes" in codes
    assert "Zorg &amp; Zo" in codes
    assert browser.ga("/").tekst == "binnen 0"
    # And never again: not in this run, not in the next, not with the code.
    for weer in (start.browser(), browser):
        assert weer.ga("/eerste").status == 404
        assert weer.ga("/eerste/beheerder").status == 404
    assert "<h1>Aanmelden</h1>" in start.browser().ga("/").tekst
    with pytest.raises(Geweigerd, match="Er is al een beheerder"):
        start.eerste.make(NOOR, WACHTWOORD, WACHTWOORD, start.klok.nu)


def test_a_next_start_of_a_register_with_accounts_shows_no_code(start: Start):
    start.eerste.make(NOOR, WACHTWOORD, WACHTWOORD, start.klok.nu)
    volgende = Start(start.opslag.map, start.register)
    assert volgende.gezegd == []
    assert volgende.browser().ga("/eerste").status == 404
    volgende.opslag.close()


def test_a_start_that_broke_off_after_the_organisation_goes_on_with_its_beheerder(start: Start):
    start.register.begin(NOOR)
    browser = start.browser()
    browser.ga("/")
    browser.stuur("/eerste", code=start.gezegd[0])
    assert "Noor van der Meer is al vastgelegd als beheerder" in browser.pagina.tekst  # type: ignore[union-attr]
    # The account follows the facts, so it is made under the address that is in them.
    browser.stuur("/eerste/beheerder", e_mail="anders@firma.example", nieuw=WACHTWOORD, herhaald=WACHTWOORD)
    assert f"U staat in het register met {NOOR.e_mail}" in browser.pagina.tekst  # type: ignore[union-attr]
    browser.stuur("/eerste/beheerder", e_mail=NOOR.e_mail, nieuw=WACHTWOORD, herhaald=WACHTWOORD)
    assert "<h1>Tweede stap aanzetten</h1>" in browser.pagina.tekst  # type: ignore[union-attr]
    assert start.register.begonnen == [NOOR]


def test_after_five_wrong_codes_there_is_another(start: Start):
    browser, goed = start.browser(), start.gezegd[0]
    browser.ga("/eerste")
    for _ in range(4):
        browser.stuur("/eerste", code="AAAA-AAAA")
        assert told(browser).startswith("Deze code klopt niet.")
    browser.stuur("/eerste", code="AAAA-AAAA")
    assert told(browser).startswith("Deze code is te vaak fout ingevuld.")
    assert len(start.gezegd) == 2
    browser.stuur("/eerste", code=goed)
    assert told(browser).startswith("Deze code klopt niet.")
    browser.stuur("/eerste", code=start.gezegd[1])
    assert "<h1>De eerste beheerder</h1>" in browser.pagina.tekst  # type: ignore[union-attr]


def test_without_the_code_there_is_no_form_to_fill_in(start: Start):
    browser = start.browser()
    browser.ga("/eerste")
    for _ in range(2):
        assert "<h1>Uw register beginnen</h1>" in browser.stuur("/eerste/beheerder", **VELDEN).tekst
        assert "<h1>Uw register beginnen</h1>" in browser.ga("/eerste/beheerder").tekst
    assert start.register.begonnen == []


@pytest.mark.parametrize(
    "wat",
    [
        {"client": ("10.0.0.1", 7), "x_forwarded_proto": "https", "host": "klachten.example"},
        {"client": ("192.0.2.7", 7)},
        {"host": "klachten.example", "scheme": "https"},
    ],
)  # fmt: skip
def test_only_on_the_machine_itself(start: Start, wat: dict[str, str]):
    """Also when the app is open to others already: whoever comes first would have the register."""
    assert vraag(start.poort, "/eerste", **wat).status in {403, 404}  # type: ignore[arg-type]
    assert vraag(start.poort, "/eerste").status == 200


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"organisatie": " "}, "Vul de naam van uw organisatie"),
        ({"achternaam": ""}, "Vul de naam van uw organisatie"),
        ({"e_mail": "noor"}, "Vul uw e-mailadres in"),
        ({"herhaald": "anders"}, "De twee wachtwoorden zijn niet gelijk."),
        ({"nieuw": "noorvandermeer", "herhaald": "noorvandermeer"}, "Dit wachtwoord is makkelijk te raden"),
        ({"merk": "x"}, "Deze pagina stond te lang open."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(start: Start, anders: dict[str, str], reden: str):
    browser = start.browser()
    browser.ga("/eerste")
    browser.stuur("/eerste", code=start.gezegd[0])
    browser.stuur("/eerste/beheerder", **{**VELDEN, **anders})
    assert told(browser).startswith(reden)
    assert 'value="Noor"' in browser.pagina.tekst  # type: ignore[union-attr]
    assert start.register.begonnen == []
    assert WACHTWOORD not in browser.pagina.tekst  # type: ignore[union-attr]
    browser.stuur("/eerste/beheerder", **VELDEN)
    assert len(start.register.begonnen) == 1


def test_two_tabs_at_once_make_one_beheerder(start: Start):
    fouten: list[str] = []

    def begin() -> None:
        try:
            start.eerste.make(NOOR, WACHTWOORD, WACHTWOORD, start.klok.nu)
        except Geweigerd as fout:
            fouten.append(str(fout))

    draden = [threading.Thread(target=begin) for _ in range(4)]
    for draad in draden:
        draad.start()
    eindig.ended(*draden)
    assert len(start.register.begonnen) == 1
    assert len(fouten) == 3


def test_a_code_has_forty_bits():
    assert len(set(eerste.ALFABET)) == 32
