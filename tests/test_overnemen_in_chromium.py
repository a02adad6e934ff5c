"""A spreadsheet as a coordinator has it, taken over in a real browser: begun on a wide screen, ended on a phone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from klachten.opening import open_register
from klachten.register.controle import controleer
from klachten.voorbeeld import record
from tests import browserproef
from tests.browserproef import BREED, SMAL, Getuige, Scherm
from tests.lijsten import ONTVANGEN

pytestmark = [pytest.mark.scherm, browserproef.nodig]

VANDAAG = date(2026, 3, 2)
KOP = (
    "Zaaknr", "Datum ontvangst", "Datum bevestiging", "Datum afgehandeld", "Soort klacht", "Kanaal", "Team",
    "Naam klager", "E-mail", "Omschrijving", "Op tijd?",
)  # fmt: skip


def spreadsheet(pad: Path, hoeveel: int = 40) -> None:
    """A workbook with a title, real dates, one that means unknown, one before the receipt, totals, a hidden sheet."""
    boek = openpyxl.Workbook()
    blad = boek.active
    blad.title = "Klachten 2025"
    blad.append(["Klachtenoverzicht 2025"])
    blad.append([])
    blad.append(KOP)
    for nr in range(1, hoeveel + 1):
        dag = date(2025, 1, 3) + timedelta(days=7 * nr)
        dicht = None if nr % 12 == 0 else dag + timedelta(days=20 + nr)
        if nr == 7:
            dicht = date(1900, 1, 1)
        elif nr == 17:
            dicht = date(2025, 1, 1)
        blad.append((
            f"2025-{nr:03}", dag, dag + timedelta(days=nr % 9), dicht, ("Bejegening", "Wachttijd")[nr % 2],
            ("E-mail", "Telefonisch")[nr % 2], ("Noord", "Zuid")[nr % 2], "J. Jansen", "jansen@post.example",
            f"De afspraak van week {nr} ging niet door.", "ja" if nr <= 22 else "nee",
        ))  # fmt: skip
    blad.append(["Totaal", hoeveel])
    boek.create_sheet("Instellingen").sheet_state = "hidden"
    boek.save(pad)


def verder(scherm: Scherm, naar: str) -> None:
    scherm.inhoud.get_by_role("button", name="Verder", exact=True).click()
    expect(scherm.page.get_by_role("heading", level=2, name=naar)).to_be_visible()
    scherm.rust()


def besluit(scherm: Scherm, wat: str) -> None:
    vak = scherm.inhoud.get_by_role("combobox", name=re.compile(wat))
    vak.click()
    vak.press_sequentially("De klacht over")
    scherm.page.get_by_role("option").first.click()
    # On a busy machine the file is counted anew beside the page, which shows how far that is.
    scherm.ziet(re.compile(f"Zonder datum overgenomen: .*{wat}"))
    scherm.rust()


def past(scherm: Scherm) -> None:
    """Nothing sticks out of the screen sideways."""
    breder = "document.querySelector('[data-testid=stMain]').scrollWidth > window.innerWidth"
    assert not scherm.page.evaluate(breder)


def test_a_workbook_is_taken_over_in_the_browser(tmp_path: Path):
    map, werkmap = tmp_path / "register", tmp_path / "klachten.xlsx"
    spreadsheet(werkmap)
    with open_register(map) as register:
        record(register, op=ONTVANGEN)
    with (
        browserproef.app(map, VANDAAG) as poort,
        browserproef.chromium() as browser,
        browser.new_context(viewport=BREED, locale="nl-NL") as venster,
    ):
        getuige = Getuige(poort)
        scherm = Scherm(venster.new_page(), getuige)
        scherm.open("overnemen", "Overnemen", "iris")
        scherm.page.locator("input[type=file]").set_input_files(werkmap)
        scherm.ziet("is gelezen: 11 kolommen, 40 rijen.")
        verder(scherm, "Eerste rijen")
        scherm.ziet(re.compile("staan op regel 3"))
        verder(scherm, "Kolommen")
        expect(scherm.inhoud.get_by_role("combobox", name="Datum afgehandeld")).to_have_value("Datum van afsluiten")
        verder(scherm, "Datums")
        scherm.ziet("Deze datums kunnen maar op één manier worden gelezen.")
        verder(scherm, "Regels")
        # What was chosen is still there after a reload, on another screen.
        scherm.page.set_viewport_size(SMAL)
        scherm.page.reload()
        scherm.heet("Overnemen")
        expect(scherm.page.get_by_role("heading", level=2, name="Regels")).to_be_visible()
        verder(scherm, "Waarden")
        past(scherm)
        verder(scherm, "Controle")
        scherm.ziet("Wat niet kan worden overgenomen")
        scherm.rust()
        expect(scherm.inhoud.get_by_role("button", name="Overnemen", exact=True)).to_be_disabled()
        besluit(scherm, "die te ver weg ligt")
        besluit(scherm, "van voor de ontvangst")
        past(scherm)
        scherm.inhoud.get_by_role("button", name="Overnemen", exact=True).click()
        scherm.ziet("40 klachten zijn overgenomen, van K2025-0001 tot en met K2025-0040.")
        past(scherm)
        getuige.klaagt_niet()
    with open_register(map) as register, register.cursor() as cursor:
        assert cursor.execute("SELECT count(*), count(stap_13_op) FROM klacht").fetchall() == [(40, 35)]
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
