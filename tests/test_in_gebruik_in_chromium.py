"""From an empty folder to the first klacht of a firm, in a real browser: nothing is prepared, nobody is invented."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from klachten.opening import open_register
from klachten.register.controle import controleer
from tests.browserproef import BREED, SMAL, Getuige, Scherm, chromium, nodig
from tests.test_app import POORT, running

pytestmark = [pytest.mark.scherm, nodig]

WACHTWOORD = "paarse fiets onder de brug"


@contextmanager
def started(map: Path) -> Iterator[tuple[int, str]]:
    """Start a register of a firm in a folder, and stop it again; yields its port and the code in the console."""
    with running(map, "-m", "klachten", "start", "--eigen", "--poort", POORT) as app:
        yield app.poort, _code(app.proces)


def _code(app: subprocess.Popen[str]) -> str:
    assert app.stdout
    for regel in app.stdout:
        if gevonden := re.search(r"vul deze code in: ([A-Z2-9]{4}-[A-Z2-9]{4})", regel):
            return gevonden[1]
    pytest.fail("the console shows no code")


def keep(page: Page, naam: str) -> None:
    """Keep a picture for who asks for it, on a desk and on a phone; nothing sticks out on either."""
    for maat in (SMAL, BREED):
        page.set_viewport_size(maat)  # type: ignore[arg-type]
        _fold_menu(page)
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        if map := os.environ.get("KLACHTEN_BEELDEN", ""):
            page.screenshot(path=Path(map) / f"{naam}-{maat['width']}.png", full_page=True)


def _fold_menu(page: Page) -> None:
    """Let a phone see the page and not the menu, as who opens it there does; on a desk Streamlit opens it again."""
    menu = page.get_by_test_id("stSidebar")
    if page.viewport_size == SMAL and menu.count() and menu.get_attribute("aria-expanded") == "true":
        menu.hover()
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(menu).to_have_attribute("aria-expanded", "false")
    if menu.count():
        menu.evaluate("menu => Promise.all(menu.getAnimations().map(een => een.finished))")


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def choose(page: Page, veld: str, keuze: str) -> None:
    Scherm(page, Getuige(0)).kies(veld, keuze)


def to(page: Page, pagina: str) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=pagina, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=pagina)).to_be_visible()


def second_step(page: Page) -> None:
    """Make the second step that is asked, and go on into the app."""
    expect(page.get_by_role("heading", name="Tweede stap aanzetten")).to_be_visible()
    page.get_by_text("Scannen lukt niet").click()
    app = pyotp.TOTP(page.locator("details code").inner_text().replace(" ", ""))
    page.get_by_label("Code").fill(app.now())
    page.get_by_role("button", name="Tweede stap aanzetten").click()
    page.get_by_role("link", name="Ik heb ze bewaard").click()


def new_password(page: Page) -> None:
    for veld in page.locator("input[type=password]").all():
        veld.fill(WACHTWOORD)


def add_person(page: Page, voornaam: str, rollen: tuple[str, ...]) -> None:
    if (alle := main(page).get_by_role("link", name="Alle personen")).count():
        alle.click()
    else:
        to(page, "Personen")
    for veld, waarde in (("Voornaam", voornaam), ("Achternaam", "Proef"), ("E-mailadres", f"{voornaam}@firma.example")):
        main(page).get_by_label(veld, exact=True).fill(waarde)
    main(page).get_by_role("button", name="Vastleggen").click()
    main(page).get_by_role("link", name=f"{voornaam} Proef").click()
    expect(main(page).get_by_role("heading", name=f"{voornaam} Proef")).to_be_visible()
    give_roles(page, rollen)


def give_roles(page: Page, rollen: tuple[str, ...]) -> None:
    for rol in rollen:
        choose(page, "Wat wilt u vastleggen?", "Rol geven")
        choose(page, "Rol", rol)
        main(page).get_by_role("button", name="Vastleggen").click()
        expect(main(page).get_by_text(re.compile(f"{rol}.*vanaf", re.IGNORECASE)).first).to_be_visible()


def invite(page: Page) -> str:
    main(page).get_by_role("button", name="Uitnodigen").click()
    return main(page).locator("code").filter(has_text="/uitnodiging/").inner_text()


def test_a_firm_begins_in_an_empty_folder(tmp_path: Path):
    map, begin = tmp_path / "firma", time.monotonic()
    with started(map) as (poort, code), chromium() as browser:
        page = browser.new_context(viewport=BREED).new_page()  # type: ignore[arg-type]
        _first_beheerder(page, poort, code)
        link = _furnish(page)
        _first_klacht(browser, link)
    print(f"van een lege map tot de eerste eigen klacht: {time.monotonic() - begin:.0f} s")
    with open_register(map) as register:
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
        assert register.organisatie.gegevens().naam == "Proef en Zonen"
        assert not register.organisatie.voorbeeld
        mensen = list(register.organisatie.mensen.values())
        assert [persoon.naam for persoon in mensen] == ["Bea de Beheerder", "Coen Proef", "Bo Proef", "Dirk Proef"]
        klacht = register.vastleggingen(f"K{mensen[0].in_dienst[0].van.year}-0001")
        assert klacht[0].door == mensen[1].id
    journaal = "".join(pad.read_text(encoding="utf-8") for pad in (map / "journaal").glob("*.jsonl"))
    assert not re.search("Bea|Proef|firma.example", journaal)
    assert WACHTWOORD.encode() not in (map / "toegang" / "toegang.sqlite").read_bytes()


def _first_beheerder(page: Page, poort: int, code: str) -> None:
    page.goto(f"http://localhost:{poort}/")
    expect(page.get_by_role("heading", name="Uw register beginnen")).to_be_visible()
    page.get_by_label("Code").fill("AAAA-AAAA")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    keep(page, "1-code")
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Verder").click()
    for veld, waarde in (
        ("Naam van uw organisatie", "Proef en Zonen"),
        ("Voornaam", "Bea"),
        ("Tussenvoegsel (als u dat hebt)", "de"),
        ("Achternaam", "Beheerder"),
        ("E-mailadres, om u mee aan te melden", "bea@firma.example"),
    ):
        page.get_by_label(veld, exact=True).fill(waarde)
    new_password(page)
    keep(page, "2-beheerder")
    page.get_by_role("button", name="Beginnen").click()
    second_step(page)
    expect(main(page).get_by_text("Nog 5 te doen voor de eerste klacht")).to_be_visible()
    keep(page, "3-inrichten")


def _furnish(page: Page) -> str:
    to(page, "Lijsten")
    choose(page, "Welke lijst", "Vestigingen")
    choose(page, "Wat wilt u vastleggen?", "Keuze toevoegen")
    main(page).get_by_label("Naam", exact=True).fill("Weert")
    keep(page, "4-vestiging")
    main(page).get_by_role("button", name="Vastleggen").click()
    expect(main(page).get_by_text("Nog 4 te doen voor de eerste klacht")).to_be_visible()
    add_person(page, "Coen", ("Coördinator",))
    link = invite(page)
    keep(page, "5-uitnodigen")
    add_person(page, "Bo", ("Behandelaar",))
    add_person(page, "Dirk", ("Directie",))
    expect(main(page).get_by_text("Nog 1 te doen voor de eerste klacht")).to_be_visible()
    to(page, "Versies van het reglement")
    bel, kop = (page.locator(deel).bounding_box() for deel in (".st-key-belplek", "h1"))
    assert bel is not None
    assert kop is not None
    assert bel["y"] + bel["height"] <= kop["y"], "the bell lies over what stands at the top"
    choose(page, "Reglement", "Klachtenreglement Coulant Reïntegratie")
    choose(page, "Akkoord van", "Dirk Proef")
    keep(page, "5b-reglement")
    main(page).get_by_role("button", name="Vastleggen").click()
    expect(main(page).get_by_text(re.compile("te doen voor de eerste klacht"))).to_have_count(0)
    return link


def _first_klacht(browser: Browser, link: str) -> None:
    page = browser.new_context(viewport=BREED).new_page()  # type: ignore[arg-type]
    page.goto(link)
    new_password(page)
    page.get_by_role("button").click()
    expect(page.get_by_text("Uw wachtwoord is ingesteld")).to_be_visible()
    page.get_by_label("E-mailadres").fill("coen@firma.example")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    # The last step of the set-up is of who may record a klacht; the beheerder may not.
    expect(main(page).get_by_text("Alles staat klaar")).to_be_visible()
    main(page).get_by_role("link", name="Nieuwe klacht").click()
    page.get_by_text("Ja, op schrift").click()
    scherm = Scherm(page, Getuige(0))
    scherm.kies("Hoe kwam het binnen", "Brief")
    scherm.vul("Naam van de indiener", "J. Jansen")
    scherm.kies("Soort indiener", "Klant")
    scherm.vul("Waar gaat het over", "Er werd niet teruggebeld.")
    scherm.kies("Categorie", "Afspraken")
    scherm.kies("Vestiging", "Weert")
    main(page).get_by_text("Er is geen medewerker bij betrokken").click()
    keep(page, "6-nieuwe-klacht")
    scherm.klik("Klacht vastleggen")
    expect(page.get_by_role("heading", level=1, name=re.compile(r"Klacht K\d{4}-0001 is vastgelegd"))).to_be_visible()
    keep(page, "7-klacht")
    to(page, "Werkvoorraad")
    expect(main(page).get_by_role("heading", level=1, name="Werkvoorraad")).to_be_visible()
    expect(main(page).get_by_text("Alles staat klaar")).to_have_count(0)
