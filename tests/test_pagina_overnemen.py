"""Page Overnemen: a spreadsheet as a coordinator has it becomes klachten, a step at a time, and nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from klachten.overname import bewaard
from klachten.register import Register
from klachten.scherm.overnemen import werk as werken
from tests.paginas import Opent
from tests.schermproef import tekst

KOP = "Zaaknr;Datum ontvangst;Datum bevestiging;Datum afgehandeld;Soort klacht;Kanaal;Naam klager;Omschrijving;Op tijd"
SOORTEN = ("Bejegening", "Wachttijd", "Factuur")
KANALEN = ("E-mail", "Telefonisch", "Brief")


@pytest.fixture(autouse=True)
def _niets_onderhanden() -> Iterator[None]:
    """Nobody has an import under way from another test."""
    werken._werken.clear()
    yield
    werken._werken.clear()


def rijen(hoeveel: int = 30, *, laag: bool = False) -> str:
    """A spreadsheet as it comes out: a title, day-month-year, an open klacht now and then, a total at the end.

    With `laag` no day is above 12, so that only the numbers tell the order, and of those there are none.
    """
    regels = ["Klachtenoverzicht 2025;;;;;;;;", ";;;;;;;;", KOP]
    for nr in range(1, hoeveel + 1):
        dag = date(2025, 1, 3) + timedelta(days=9 * nr)
        if laag:
            dag = dag.replace(day=dag.day % 12 + 1)
        dicht = "" if nr % 10 == 0 else f"{dag + timedelta(days=0 if laag else 20 + nr):%d-%m-%Y}"
        op_tijd = "" if not dicht else "ja" if 20 + nr <= 42 else "nee"
        regels.append(
            f"2025-{nr:03};{dag:%d-%m-%Y};{dag:%d-%m-%Y};{dicht};{SOORTEN[nr % 3]};{KANALEN[nr % 3]};J. Jansen;"
            f"Verhaal {nr};{op_tijd}"
        )
    return "\n".join([*regels, f"Totaal;{hoeveel};;;;;;;", ""])


def stuur(proef: AppTest, inhoud: str | bytes, naam: str = "klachten 2025.csv") -> None:
    (vak,) = proef.get("file_uploader")
    vak.set_value((naam, inhoud.encode("windows-1252") if isinstance(inhoud, str) else inhoud, "text/csv")).run()
    assert not proef.exception, proef.exception


def verder(proef: AppTest, keer: int = 1) -> None:
    for _ in range(keer):
        knop = next(knop for knop in proef.button if knop.key.startswith("overnemen.verder"))
        assert not knop.disabled, tekst(proef)
        knop.click().run()
        assert not proef.exception, proef.exception
        assert not proef.error, [deel.value for deel in proef.error]


def terug(proef: AppTest) -> None:
    next(knop for knop in proef.button if knop.key.startswith("overnemen.terug")).click().run()
    assert not proef.exception


def stap(proef: AppTest) -> str:
    return proef.header[0].value


def veld(proef: AppTest, soort: str, label: str):
    return next(deel for deel in proef.get(soort) if deel.label.startswith(label))


def test_a_spreadsheet_becomes_klachten_in_eight_steps(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef)
    assert stap(proef) == "Eerste rijen"
    assert "op regel 3" in tekst(proef)
    verder(proef)
    gekozen = {vak.label: vak.value for vak in proef.selectbox}
    assert gekozen == {
        "Zaaknr": "id", "Datum ontvangst": "ontvangen_op", "Datum bevestiging": "stap_05",
        "Datum afgehandeld": "stap_13", "Soort klacht": "categorie", "Kanaal": "kanaal", "Naam klager": "indiener_naam",
        "Omschrijving": "omschrijving", "Op tijd": "oordeel",
    }  # fmt: skip
    verder(proef)
    assert "De volgorde is **dag-maand-jaar**" in tekst(proef)
    verder(proef)
    assert veld(proef, "text_input", "Hoe heet").value == "klachten-2025"
    verder(proef, 2)
    assert stap(proef) == "Controle"
    gezegd = tekst(proef)
    assert "34 regels: 3 tot en met de kopregel, 30 rijen, 1 met totalen (regel 34)" in gezegd
    assert "De bron en de termijn zeggen nergens het tegendeel." in gezegd
    werk = werken.of(firma, "iris")
    verder(proef)
    werk.bezig.wait()
    proef.run()
    assert "30 klachten zijn overgenomen, van K2025-0001 tot en met K2025-0030." in tekst(proef)
    with firma.cursor() as cursor:
        assert cursor.execute("SELECT count(*), count(stap_13_op) FROM klacht").fetchall() == [(30, 27)]
    assert [een.bron for een in bewaard.all_kept(firma.map)] == ["klachten-2025"]
