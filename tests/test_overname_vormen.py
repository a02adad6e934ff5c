"""Every kind of file is read as the same thing: a header, rows with their number, and a count that comes out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten.overname import overnemen, tonen
from klachten.overname.cellen import Celtelling, Datumcel, Getalcel, as_cell, shortened
from klachten.overname.datums import load
from klachten.overname.vormen import proef
from klachten.register import Register
from tests import overname_vormen as vormen
from tests.overnameproef import importeer, redenen

REGELS = {"csv": [2, 3, 5], "xlsx": [2, 3, 4], "xls": [2, 3, 4], "ods": [2, 3, 4]}
"""On which line each klacht stands; in a kind without a line for the header on 1, 2 and 3."""


def feiten(uitkomst: overnemen.Plan) -> list[list[tuple[object, ...]]]:
    alle = overnemen.facts(uitkomst.pad, uitkomst.kolommen, uitkomst.lezing, {z.regel for _, z in uitkomst.nieuw})
    return [[(f.soort, f.gebeurd_op, f.gegevens(), f.teksten()) for f in groep] for _, groep in alle]


@pytest.fixture(scope="module")
def uit_csv(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[object, ...]]]:
    pad = tmp_path_factory.mktemp("csv") / "log.csv"
    vormen.schrijf_csv(pad)
    return feiten(vormen.plan(pad))


@pytest.mark.parametrize("soort", vormen.SCHRIJVERS)
def test_one_register_gives_the_same_facts_in_every_kind_of_file(tmp_path: Path, soort: str, uit_csv):
    pad = tmp_path / "zonder_uitgang"
    vormen.SCHRIJVERS[soort](pad)
    uitkomst = vormen.plan(pad)
    assert uitkomst.afkeuringen == []
    assert feiten(uitkomst) == uit_csv
    assert [type(zaak.bron_id) for zaak in uitkomst.lezing.zaken] == [str] * 3
    assert [zaak.regel for zaak in uitkomst.lezing.zaken] == REGELS.get(soort, [1, 2, 3])
    telling = uitkomst.lezing.telling
    assert (telling.rijen, telling.verschil, uitkomst.bezwaren) == (3, 0, {})


def test_the_register_of_the_table_is_the_one_that_was_written(uit_csv):
    assert [(groep[0][1], groep[0][2]["bron_id"], groep[0][2]["kanaal"]) for groep in uit_csv] == [
        (date(2025, 1, 2), "007", "webformulier"),
        (date(2025, 2, 11), "1008", "brief"),
        (date(2025, 12, 31), "1009", "webformulier"),
    ]
    assert [groep[1][1] for groep in uit_csv if len(groep) > 1] == [date(2025, 1, 9), date(2026, 1, 3)]


def test_a_workbook_comes_in_whole_or_not_at_all(capsys, tmp_path: Path):
    pad = tmp_path / "log.xlsx"
    vormen.SCHRIJVERS["xlsx"](pad)
    toml = vormen.verklaring(tmp_path, ('Post = "brief"', 'Fax = "brief"'))
    opdracht = (pad, "--kolommen", toml, "--map", tmp_path / "r", "--uitvoeren")
    code, uit, _ = importeer(capsys, *opdracht)
    assert code == 1
    assert "regel 3 ('1008'): Kolom 'via' heeft een waarde die niet is opgegeven" in uit
    assert "Er is niets vastgelegd" in uit
    code, uit, _ = importeer(capsys, *opdracht, "--zonder-afgekeurde")
    assert code == 0
    assert "Vastgelegd: 2 klachten" in uit
    vormen.verklaring(tmp_path)
    code, uit, _ = importeer(capsys, *opdracht)
    assert code == 0
    assert "Nieuw            1 klacht" in uit
    assert "Al overgenomen   2 klachten" in uit


def test_a_register_taken_over_from_csv_knows_the_same_klachten_in_another_kind(tmp_path: Path, register: Register):
    for soort in ("csv", "ods"):
        pad = tmp_path / f"log.{soort}"
        vormen.SCHRIJVERS[soort](pad)
        uitkomst = vormen.plan(pad)
        uitkomst = overnemen.plan(pad, uitkomst.kolommen, uitkomst.lezing, register)
        overnemen.record(register, uitkomst)
    assert (len(uitkomst.nieuw), len(uitkomst.al_overgenomen), redenen(uitkomst)) == (0, 3, {})


# --- a look at the first rows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort", vormen.SCHRIJVERS)
def test_the_first_rows_can_be_seen_before_anything_is_declared(tmp_path: Path, soort: str):
    pad = tmp_path / "bestand"
    vormen.SCHRIJVERS[soort](pad)
    gezien = proef.look(pad, eerste=2)
    assert gezien.kop == vormen.KOP
    assert gezien.kop_op_regel == (1 if soort in REGELS else 0)
    rij = gezien.rijen[1 if soort in REGELS else 0]
    assert (rij.cellen[0], rij.cellen[5], len(gezien.rijen)) == ("007", "Eén regel", 2)


@pytest.mark.parametrize(
    ("inhoud", "codering", "teken", "regel"),
    [
        (b"a;b;c\n1;2,5;x\n2;3,5;y\n", "utf-8", ";", 1),
        ("naam\tdatum\nJosé\t2025\n".encode("windows-1252"), "windows-1252", "\t", 1),
        ("naam|datum\nx|2025\n".encode("utf-16"), "utf-16", "|", 1),
        (b"naam,datum\n\x81,2025\n", "iso-8859-1", ",", 1),
        ("sep=;\nnummer;soort\n1;x\n".encode("utf-8-sig"), "utf-8", ";", 2),
        (b"Klachten 2025\n\nnummer,soort,dag\n1,x,2025\n2,y,2025\n", "utf-8", ",", 3),
    ],
)
def test_how_a_csv_file_is_written_is_proposed(tmp_path: Path, inhoud: bytes, codering: str, teken: str, regel: int):
    pad = tmp_path / "bestand.csv"
    pad.write_bytes(inhoud)
    gezien = proef.look(pad)
    assert (gezien.vorm.codering, gezien.vorm.scheidingsteken, gezien.kop_op_regel) == (codering, teken, regel)


def test_a_look_at_a_workbook_names_its_sheets_and_finds_the_header_below_a_title(tmp_path: Path):
    def bewerk(boek):
        boek.create_sheet("Leeg")
        boek.create_sheet("Oud").append(["x"])
        boek["Oud"].sheet_state = "hidden"
        boek.create_sheet("Uitleg").append(["over de lijst"])

    pad = tmp_path / "x.xlsx"
    rijen = [["Klachten 2025"], [], vormen.KOP, *vormen.RIJEN]
    gezien = proef.look(vormen.werkmap(pad, rijen, bewerk=bewerk, blad="Klachten"))
    assert (gezien.blad, gezien.bladen, gezien.verborgen) == ("Klachten", ("Klachten", "Uitleg"), ("Oud",))
    assert (gezien.kop, gezien.kop_op_regel, gezien.rijen[0].regel) == (vormen.KOP, 3, 1)


def test_how_long_a_look_takes_can_be_measured(capsys):
    assert ingang.main(["meet", "voorproef", "--rijen", "20"]) == 0
    assert "Werkmap (.xlsx) van 20 rijen en 16 kolommen" in capsys.readouterr().out


# --- cells with a type -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waarde", "cel"),
    [
        (7.0, "7"), (7.5, "7.5"), (0.1 + 0.2, "0.3"), (1.2e11, "120000000000"), (True, "true"), (None, ""),
        (float("nan"), ""), (date(2025, 1, 2), "2025-01-02"), (datetime.fromisoformat("2025-01-02"), "2025-01-02"),
        (datetime.fromisoformat("2025-01-02 14:29:59.999999"), "2025-01-02 14:30:00"), (" x ", "x"),
    ],
)  # fmt: skip
def test_a_value_of_a_spreadsheet_becomes_the_text_a_person_sees(waarde: object, cel: str):
    assert as_cell(waarde, spreadsheet=True) == cel


def test_a_real_date_is_its_day_whatever_order_is_declared_for_texts():
    cel = Datumcel(date(2025, 2, 1))
    for vorm in ("DD-MM-JJJJ", "M/D/JJJJ", "Datumcel"):
        assert load(vorm).lees(cel) == date(2025, 2, 1)
    with pytest.raises(ValueError, match="2025-02-01"):
        load("Datumcel").lees("2025-02-01")
    assert (cel.verwisseld, Datumcel(date(2025, 2, 13)).verwisseld) == ("2025-01-02", None)


def test_a_moment_with_a_zone_is_the_clock_in_the_netherlands():
    assert Datumcel(datetime.fromisoformat("2025-07-01T23:30:00Z")) == "2025-07-02 01:30:00"


def test_a_column_that_a_spreadsheet_swapped_days_of_can_be_known(tmp_path: Path):
    telling = Celtelling()
    for cel in (Datumcel(date(2025, 2, 1)), "13/02/2025", "", "onbekend", Getalcel("3")):
        telling.see(cel)
    assert (telling.datums, telling.teksten, telling.datumteksten, telling.leeg, telling.getallen) == (1, 2, 1, 1, 1)
    assert telling.gemengd
    assert not Celtelling(datums=3, teksten=2).gemengd


@pytest.mark.parametrize(
    ("cel", "weg"),
    [
        ("1,2E+11", True), ("1.2e+05", True), ("12E5", False), ("7", False), (as_cell(1.2e11, spreadsheet=True), False),
        (as_cell(1234567890123456.0, spreadsheet=True), True), (as_cell(1234567890123456), False),
    ],
)  # fmt: skip
def test_a_number_that_lost_digits_is_known(tmp_path: Path, cel: str, weg: bool):
    assert shortened(cel) is weg
    rijen = [vormen.KOP, [cel if isinstance(cel, str) else str(cel), *vormen.RIJEN[0][1:]]]
    if weg and not isinstance(cel, Getalcel):
        uitkomst = vormen.plan(vormen.werkmap(tmp_path / "x.xlsx", rijen))
        assert redenen(uitkomst)[2].startswith(
            "In kolom 'nummer' staat een nummer waarvan een spreadsheet cijfers heeft"
        )


def test_what_is_said_of_a_cell_with_a_date_may_be_shown():
    assert tonen.cell(Datumcel(datetime.fromisoformat("2025-01-02 03:04")), False) == "'2025-01-02 03:04:00'"
