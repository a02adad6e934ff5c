"""What can be wrong with a file of each kind, and the sentence it gets."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klachten.overname import overnemen
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.vormen import nazicht, openen, proef, werkblad
from tests import overname_vormen as vormen
from tests.overname_vormen import KOP, RIJEN, als_json, werkmap
from tests.overnameproef import redenen

RIJ = tuple(map(als_json, RIJEN[0]))
HEEL = dict(zip(KOP, RIJ, strict=True))
Bouw = Callable[[Path], object]
BESTAND = "[bestand]\n"


def bewaar(inhoud: bytes | str) -> Bouw:
    return lambda pad: pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())


def als_xlsx(*rijen: Any, bewerk: Callable[[Any], object] = lambda _: None) -> Bouw:
    return lambda pad: werkmap(pad, list(rijen) or [KOP, *RIJEN], bewerk=bewerk)


def half(soort: str) -> Bouw:
    def bouw(pad: Path) -> None:
        vormen.SCHRIJVERS[soort](pad)
        pad.write_bytes(pad.read_bytes()[: pad.stat().st_size * 3 // 4])

    return bouw


def zip_met(pad: Path, **delen: str) -> None:
    """Write an .xlsx with other content for some of its parts; `sheet` is the first sheet."""
    werkmap(pad, [KOP, *RIJEN])
    with zipfile.ZipFile(pad) as oud:
        inhoud = {naam: oud.read(naam) for naam in oud.namelist()}
    inhoud |= {{"sheet": "xl/worksheets/sheet1.xml"}.get(naam, naam): deel.encode() for naam, deel in delen.items()}
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam, deel in inhoud.items():
            nieuw.writestr(naam, deel)


def blad(*cellen: tuple[str, str]) -> str:
    """The XML of a sheet with these cells, given as reference and content."""
    rijen: dict[str, str] = {}
    for plaats, inhoud in cellen:
        rij = plaats.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rijen[rij] = rijen.get(rij, "") + f'<c r="{plaats}"{inhoud}</c>'
    xml = "".join(f'<row r="{rij}">{deel}</row>' for rij, deel in rijen.items())
    ruimte = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{ruimte}"><sheetData>{xml}</sheetData></worksheet>'


def bom(pad: Path) -> None:
    """More than a gigabyte once unpacked, as the list of the packed file itself says."""
    werkmap(pad, [KOP, *RIJEN])
    with zipfile.ZipFile(pad, "a", zipfile.ZIP_DEFLATED) as zip:
        zip.writestr("xl/media/groot.bin", bytes(1_000))
        zip.infolist()[-1].file_size = 2 * 1024**3
        zip._didModify = True


def leugen(pad: Path) -> None:
    """A part that is larger than it says."""
    werkmap(pad, [KOP, *RIJEN])
    with zipfile.ZipFile(pad, "a", zipfile.ZIP_DEFLATED) as zip:
        zip.writestr("xl/media/groot.bin", bytes(100_000))
        zip.infolist()[-1].file_size = 10
        zip._didModify = True


def reus(pad: Path) -> None:
    """An .xls that says a size that ends the process that believes it: one byte of the fixture, found by trying."""
    vormen.SCHRIJVERS["xls"](pad)
    inhoud = bytearray(pad.read_bytes())
    inhoud[3723] = 255
    pad.write_bytes(inhoud)


def grote_werkmap(pad: Path) -> None:
    werkmap(pad, [KOP, *RIJEN])
    with pad.open("r+b") as bestand:
        bestand.truncate(65 * 1024**2)


def veranderd(pad: Path) -> None:
    """One letter of a cell is another one, and the sum of its part does not fit any more."""
    werkmap(pad, [KOP, *RIJEN])
    with zipfile.ZipFile(pad) as oud, zipfile.ZipFile(inhoud := io.BytesIO(), "w") as nieuw:
        for naam in oud.namelist():
            nieuw.writestr(naam, oud.read(naam))
    pad.write_bytes(inhoud.getvalue().replace(b"Leenhuis", b"Leenhuid"))


def groot(pad: Path) -> None:
    with pad.open("wb") as bestand:
        bestand.write(b"nummer,ontvangen\n")
        bestand.truncate(2 * 1024**3 + 1)


def ods_met_wachtwoord(pad: Path) -> None:
    with zipfile.ZipFile(pad, "w") as zip:
        zip.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        zip.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        zip.writestr("content.xml", b"\x93\x11")


def samengevoegd(boek: Any) -> None:
    boek.active["D2"], boek.active["D3"] = "Post", None
    boek.active.merge_cells("D2:D3")


def verborgen(boek: Any) -> None:
    boek.create_sheet("Leeg")
    boek.move_sheet("Leeg", -1)
    boek.active = 0
    boek["Blad1"].sheet_state = "hidden"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOG = '<?xml version="1.0"?>\n{}<log><trace>{}</trace></log>'
STUK = "de werkmap is beschadigd of niet compleet. Open haar in uw spreadsheet en bewaar haar opnieuw."
FOUTEN: dict[str, tuple[Bouw, str]] = {
    "title rows above": (
        als_xlsx(["Klachten 2025"], [], KOP, *RIJEN),
        "de kopregel staat niet bovenaan, maar op regel 3. Zet in [bestand] kop_op_regel = 3",
    ),
    "the same title twice": (
        als_xlsx([*KOP[:6], "via"], *RIJEN),
        "kolom 'via' staat 2 keer in de kopregel (als kolom 4, 7)",
    ),
    "merged cells": (
        als_xlsx(bewerk=samengevoegd),
        "onder kolom 'via' zijn cellen van meer regels samengevoegd (D2:D3). Zet in [bestand] samengevoegd = ",
    ),
    "only a hidden sheet": (
        als_xlsx(bewerk=verborgen),
        "alleen op een verborgen blad staat iets: 'Blad1'. Zet in [bestand] blad = \"Blad1\" als u dat bedoelt.",
    ),
    "two sheets": (
        als_xlsx(bewerk=lambda boek: boek.create_sheet("Vorig jaar").append(["x"])),
        "er staan rijen op 2 bladen. De bladen zijn: 'Blad1', 'Vorig jaar'. Zet in [bestand] blad = \"Blad1\", met",
    ),
    "nothing on any sheet": (
        lambda pad: werkmap(pad, []),
        "de werkmap is leeg: er staat op geen enkel blad iets.",
    ),
    "only a header": (als_xlsx(KOP), "er staan geen rijen in; er is niets om over te nemen."),
    "6,000 columns": (
        als_xlsx([*KOP, *(f"k{nr}" for nr in range(6_000))], RIJEN[0]),
        "er staan 6.007 kolommen in; meer dan 5.000 is geen register van klachten.",
    ),
    "6,000 columns in text": (
        bewaar(",".join([*KOP, *(f"k{nr}" for nr in range(6_000))])),
        "er staan 6.007 kolommen in; meer dan 5.000 is geen register van klachten.",
    ),
    "a cell in the last corner": (
        lambda pad: zip_met(pad, sheet=blad(("A1", "><v>1</v>"), ("XFD1048576", "><v>1</v>"))),
        "blad 'Blad1' loopt tot regel 1.048.576 en kolom 16.384; dat is te groot om te lezen.",
    ),
    "password": (
        bewaar(OLE + "EncryptedPackage".encode("utf-16-le")),
        "de werkmap is met een wachtwoord beveiligd. Open haar in uw spreadsheet, haal het wachtwoord weg",
    ),
    "password on .ods": (ods_met_wachtwoord, "de werkmap is met een wachtwoord beveiligd."),
    "zip bomb": (bom, "uitgepakt is de werkmap groter dan 1 GB. Zo groot is geen register van klachten;"),
    "zip that lies": (leugen, STUK),
    "one letter changed": (veranderd, STUK),
    "a workbook of 65 MB": (grote_werkmap, "de werkmap is 65 MB; meer dan 64 MB wordt niet gelezen. Splits haar,"),
    "a mail with a workbook": (
        bewaar(OLE + "__properties_version1.0Workbook".encode("utf-16-le") + bytes(8)),
        "het is een e-mail (Outlook). Vraag de bron om een uitvoer als CSV of als werkmap (.xlsx).",
    ),
    "XML with definitions in a workbook": (
        lambda pad: zip_met(pad, **{"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}),
        "de werkmap bevat XML met eigen definities (DOCTYPE); die worden niet gelezen.",
    ),
    "half an .xls": (half("xls"), "het is een document (oud Office). Open het in uw spreadsheet en bewaar het blad"),
    "old workbook that says it is huge": (reus, STUK),
    "half an .xlsx": (half("xlsx"), "het is een werkmap die niet compleet is: het einde ontbreekt of is beschadigd."),
    "half an .ods": (half("ods"), "het is een werkmap die niet compleet is: het einde ontbreekt of is beschadigd."),
    "half a .parquet": (half("parquet"), "het Parquet-bestand is beschadigd of niet compleet"),
    "half a .gz": (half("xes.gz"), "het gecomprimeerde bestand houdt halverwege op. Haal of kopieer het opnieuw."),
    "half an .xes": (half("xes"), "het XML is vanaf regel 2 niet te lezen of houdt daar halverwege op."),
    "half a .json": (half("json"), "het bestand is vanaf object 3 geen geldige JSON, of houdt daar halverwege op."),
    "half an object": (half("object.json"), "het bestand is vanaf regel 1 geen geldige JSON, of houdt daar halverwege"),
    "XES with entities": (
        bewaar(LOG.format('<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>\n', "&b;")),
        "het bestand heeft eigen definities (DOCTYPE, entiteiten); die worden niet gelezen.",
    ),
    "XES in an unknown encoding": (
        bewaar("<?xml version='1.0' encoding='UTF-4'?><log/>"),
        "het XML noemt een codering die niet wordt gelezen. Vraag de bron om een uitvoer in UTF-8.",
    ),
    "XES without events": (bewaar(LOG.format("", "")), "er staat geen enkele gebeurtenis in het proceslog."),
    "XES that is deep": (bewaar(LOG.format("", "<list>" * 200)), "te veel XML zit in elkaar."),
    "JSON with rows": (bewaar("[[1], [3]]"), "dit is JSON, maar er staat geen object met waarden in. Nodig is een"),
    "JSON with lists": (bewaar('{"data": [[1, 2], [3, 4]]}'), "dit is JSON, maar geen tabel: er is geen lijst van"),
    "JSON with one object": (bewaar(json.dumps(HEEL)), "dit is JSON, maar geen tabel: er is geen lijst van"),
    "JSON with two lists": (
        bewaar(json.dumps({"oud": [HEEL], "nieuw": [HEEL]})),
        "er staan 2 lijsten van objecten in: 'oud' en 'nieuw'. Zet in [bestand] blad = \"oud\", met de lijst waarin",
    ),
    "JSON that is deep": (bewaar('[{"a":' + "[" * 100_000), "te veel lijsten of objecten zitten in elkaar."),
    "JSON with a comma too many": (bewaar(f"[{json.dumps(HEEL)},]"), "het bestand is vanaf object 2 geen geldige JSON"),
    "JSON without a comma": (bewaar(f"[{json.dumps(HEEL)} {{}}]"), "het bestand is vanaf object 2 geen geldige JSON"),
    "JSON with more behind it": (bewaar(json.dumps([HEEL]) + "[]"), "na de lijst staat nog meer."),
    "more than 2 GB": (groot, "het bestand is 2.048 MB; meer dan 2.048 MB wordt niet in een keer overgenomen."),
    "CSV that nobody declared": (
        bewaar("nummer;ontvangen\n1;2\n"),
        'dit is een CSV-bestand. Zet in [bestand] codering en scheidingsteken, zoals codering = "utf-8" en',
    ),
}  # fmt: skip


@pytest.mark.parametrize("fout", FOUTEN)
def test_what_is_wrong_with_a_file_is_one_sentence_that_says_what_to_do(tmp_path: Path, fout: str):
    bouw, zin = FOUTEN[fout]
    pad = tmp_path / "log"
    bouw(pad)
    geen_csv = (('codering = "utf-8"\n', ""), ('scheidingsteken = ","\n', "")) if "nobody" in fout else ()
    with pytest.raises(OnleesbaarBestand) as gezegd:
        vormen.plan(pad, *geen_csv)
    assert str(gezegd.value).startswith(f"log: {zin}")
    assert not re.search(r"\n|Leenhuis|passwd", str(gezegd.value))


# --- what is right, and how it is declared ---------------------------------------------------------------------------


def test_title_rows_and_totals_of_a_workbook_can_be_declared(tmp_path: Path):
    rijen = [["Klachten 2025"], [], KOP, *RIJEN, [], ["Totaal", 3]]
    pad = werkmap(tmp_path / "x", rijen)
    uitkomst = vormen.plan(pad, (BESTAND, BESTAND + 'kop_op_regel = 3\ntotalen = ["totaal"]\n'))
    telling = uitkomst.lezing.telling
    assert (uitkomst.afkeuringen, [z.regel for z in uitkomst.lezing.zaken]) == ([], [4, 5, 6])
    assert telling.sentence() == "8 regels: 3 tot en met de kopregel, 3 rijen, 1 leeg, 1 met totalen (regel 8)"
    assert telling.verschil == 0
    uitkomst = vormen.plan(pad, (BESTAND, BESTAND + "kop_op_regel = 3\n"))
    assert "Is dit een rij met totalen?" in redenen(uitkomst)[8]
    for nr, zin in ((2, "regel 2, waar de kopregel zou staan, is leeg"), (99, "het blad heeft geen regel 99")):
        with pytest.raises(OnleesbaarBestand, match=zin):
            vormen.plan(pad, (BESTAND, f"{BESTAND}kop_op_regel = {nr}\n"))


@pytest.mark.parametrize(
    ("keuze", "kanalen"), [("herhaal", ["brief", "brief", "webformulier"]), ("eerste", ["brief", "x", "webformulier"])]
)
def test_merged_cells_mean_what_is_declared(tmp_path: Path, keuze: str, kanalen: list[str]):
    pad = tmp_path / "x"
    werkmap(pad, [KOP, *RIJEN], bewerk=samengevoegd)
    uitkomst = vormen.plan(pad, (BESTAND, f'{BESTAND}samengevoegd = "{keuze}"\n'))
    feiten = overnemen.facts(pad, uitkomst.kolommen, uitkomst.lezing, {2, 3, 4})
    assert [groep[0].kanaal or "x" for _, groep in feiten] == kanalen
    assert sorted(redenen(uitkomst)) == [
        regel for regel, kanaal in zip((2, 3, 4), kanalen, strict=True) if kanaal == "x"
    ]


def test_a_declared_sheet_is_read_hidden_or_not_and_the_others_are_named(tmp_path: Path):
    def bewerk(boek: Any) -> None:
        verborgen(boek)
        boek["Blad1"].row_dimensions[3].hidden = True

    pad = werkmap(tmp_path / "x", [KOP, *RIJEN], bewerk=bewerk)
    uitkomst = vormen.plan(pad, (BESTAND, BESTAND + 'blad = "Blad1"\n'))
    assert len(uitkomst.nieuw) == 3
    (gezegd,) = uitkomst.lezing.opmerkingen
    assert gezegd.startswith("Blad 'Blad1' van de werkmap. Dat blad is verborgen. 1 verborgen regel is meegelezen (weg")
    for naam, zin in (
        ("Blad7", "er is geen blad 'Blad7'. De bladen zijn: 'Leeg', 'Blad1'."),
        ("Leeg", "blad 'Leeg' is"),
    ):
        with pytest.raises(OnleesbaarBestand, match=zin):
            vormen.plan(pad, (BESTAND, f'{BESTAND}blad = "{naam}"\n'))


def test_a_formula_without_outcome_and_a_fault_reject_their_row_only_where_they_are_declared(tmp_path: Path):
    def bewerk(boek: Any) -> None:
        boek.active["B2"] = "=TODAY()"
        boek.active["D3"] = "#REF!"
        boek.active["H4"] = "=1+1"

    uitkomst = vormen.plan(werkmap(tmp_path / "x", [KOP, *RIJEN], bewerk=bewerk))
    assert redenen(uitkomst) == {
        2: "In kolom 'ontvangen' staat een formule zonder uitkomst. Open het bestand in uw spreadsheet, zodat die "
        "wordt uitgerekend, en bewaar het opnieuw.",
        3: "In kolom 'via' staat een fout van de spreadsheet, zoals #N/B. Verbeter die cel, of maak haar leeg.",
    }
    assert [z.regel for z in uitkomst.lezing.zaken] == [4]


def test_a_formula_with_its_outcome_is_read(tmp_path: Path):
    cellen = [
        (f"{letter}1", f' t="inlineStr"><is><t>{naam}</t></is>') for letter, naam in zip("ABCDEFG", KOP, strict=True)
    ]
    cellen += [("A2", "><f>1+6</f><v>7</v>"), ("B2", ' t="str"><f>X1</f><v>02-01-2025 00:00</v>')]
    cellen += [("C2", ' t="str"><f>X2</f><v></v>'), ("D2", ' t="inlineStr"><is><t>Web</t></is>')]
    zip_met(tmp_path / "x", sheet=blad(*cellen))
    uitkomst = vormen.plan(tmp_path / "x")
    assert [(z.bron_id, z.ontvangen_op) for z in uitkomst.lezing.zaken] == [("7", date(2025, 1, 2))]


def test_two_hundred_columns_numbers_as_ids_and_a_mixed_column(tmp_path: Path):
    extra = [f"k{nr}" for nr in range(193)]
    rijen = [
        [nr, datum, *RIJEN[0][2:], *range(193)] for nr, datum in ((7.0, date(2025, 1, 2)), (8, "03-01-2025 00:00"))
    ]
    uitkomst = vormen.plan(werkmap(tmp_path / "x", [[*KOP, *extra], *rijen]))
    assert [(z.bron_id, z.ontvangen_op.day) for z in uitkomst.lezing.zaken] == [("7", 2), ("8", 3)]
    assert {type(z.bron_id) for z in uitkomst.lezing.zaken} == {str}
    assert uitkomst.lezing.opmerkingen[1] == (
        "Kolom 'ontvangen' heeft 1 echte datum en 1 datum als tekst. Zo laat een spreadsheet een kolom achter waarin "
        "zij dag en maand heeft verwisseld waar dat kon: vergelijk enkele datums met de bron."
    )


def test_a_text_that_looks_like_a_real_date_beside_it_is_read_as_declared_and_so_rejected(tmp_path: Path):
    rijen = [(nr, wanneer, *RIJEN[0][2:]) for nr, wanneer in (("1", date(2025, 1, 2)), ("2", "2025-01-02"))]
    uitkomst = vormen.plan(werkmap(tmp_path / "x", [KOP, *rijen]))
    assert redenen(uitkomst) == {3: "Kolom 'ontvangen' is niet te lezen als DD-MM-JJJJ uu:mm: '2025-01-02'."}


def test_json_is_utf_8_whatever_is_declared_for_csv(tmp_path: Path):
    vormen.SCHRIJVERS["json"](tmp_path / "x")
    uitkomst = vormen.plan(tmp_path / "x", ('"utf-8"', '"windows-1252"'))
    feiten = overnemen.facts(uitkomst.pad, uitkomst.kolommen, uitkomst.lezing, {1})
    assert next(feiten)[1][0].omschrijving == "Lening\nEén regel"


def ods(pad: Path, extra: str) -> Path:
    """An .ods by hand: the header, one row of the register and what comes after it."""

    def rij(waarden: Any) -> str:
        cellen = (
            f'<table:table-cell office:value-type="string"><text:p>{w}</text:p></table:table-cell>' for w in waarden
        )
        return f"<table:table-row>{''.join(cellen)}</table:table-row>"

    namen = "".join(
        f' xmlns:{naam}="urn:oasis:names:tc:opendocument:xmlns:{naam}:1.0"' for naam in ("office", "table", "text")
    )
    blad = f'<table:table table:name="Blad1">{rij(KOP)}{rij(RIJ)}{extra}</table:table>'
    inhoud = f"<office:body><office:spreadsheet>{blad}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(pad, "w") as zip:
        zip.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        zip.writestr("META-INF/manifest.xml", "<manifest/>")
        zip.writestr(
            "content.xml",
            f'<office:document-content{namen} xmlns:calcext="urn:x">{inhoud}</office:document-content>',
        )
    return pad


CEL = "<table:table-row><table:table-cell{}/></table:table-row>"


@pytest.mark.parametrize(
    ("extra", "zin"),
    [
        (CEL.format(' table:formula="of:=1+1"'), "In kolom 'nummer' staat een formule zonder uitkomst."),
        (CEL.format(' calcext:value-type="error" office:value-type="string"'), "In kolom 'nummer' staat een fout"),
        (CEL.format(' table:formula="of:=1+1" table:number-columns-repeated="2000000"'), "meer dan 1.000.000 cellen"),
        (CEL.format(' table:number-rows-spanned="2" office:value-type="float" office:value="8"'), "(A3:A4). Zet in"),
        (CEL.format(' table:number-columns-repeated="16384" office:value-type="float" office:value="8"').replace(
            "-row>", '-row table:number-rows-repeated="1048574">', 1), "kolom 16.384; dat is te groot om te lezen."),
        (CEL.format(' table:number-columns-repeated="16384"').replace(
            "-row>", '-row table:number-rows-repeated="1048574">', 1), ""),
    ],
)  # fmt: skip
def test_an_ods_says_the_same_of_what_is_wrong_in_it(tmp_path: Path, extra: str, zin: str):
    pad = ods(tmp_path / "x", extra)
    try:
        uitkomst = vormen.plan(pad)
    except OnleesbaarBestand as fout:
        assert zin in (str(fout) if zin else ())  # noqa: PT017
    else:
        gezegd = redenen(uitkomst)
        assert [z.regel for z in uitkomst.lezing.zaken] == [2]
        assert list(gezegd) == ([3] if zin else [])
        assert zin in gezegd.get(3, "")


@pytest.mark.parametrize("einde", ["", '["1010", "01-01-2025 00:00"'])
def test_a_process_that_ends_badly_halfway_gives_no_half_sheet(tmp_path: Path, monkeypatch, einde: str):
    """The process itself, with another program in it: one that ends after the first row, or in the middle of one."""
    rijen = "".join(json.dumps(list(map(als_json, rij))) + "\n" for rij in (KOP, RIJEN[0]))
    begin = {"bladen": [["Blad1", True, True]], "blad": "Blad1", "leeg": False, "vooraan": 0, "samengevoegd": []}
    program = f"import sys\nsys.stdout.write({json.dumps(begin)!r} + chr(10) + {rijen + einde!r})\nsys.exit(3)\n"
    (tmp_path / "half_blad.py").write_text(program, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(werkblad, "__name__", "half_blad")
    with pytest.raises(OnleesbaarBestand, match="de werkmap is beschadigd of niet compleet"):
        vormen.plan(werkmap(tmp_path / "x", [KOP, *RIJEN]))


def test_a_sheet_that_is_only_laid_out_far_down_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nazicht, "MEESTE_CELLEN", 1_000)
    werkmap(tmp_path / "x", [KOP, *RIJEN], bewerk=lambda boek: setattr(boek.active["AA2000"], "number_format", "0.00"))
    assert len(vormen.plan(tmp_path / "x").nieuw) == 3


def test_a_line_of_json_that_is_wrong_is_a_row_with_its_number(tmp_path: Path):
    goed = json.dumps(HEEL)
    dubbel = goed[:-1] + ', "via": "Post"}'
    regels = [goed, "", dubbel.replace("007", "8"), "[1]", '{"nummer": "9", "ontv']
    (tmp_path / "x").write_text("\n".join(regels), encoding="utf-8")
    uitkomst = vormen.plan(tmp_path / "x")
    assert redenen(uitkomst) == {
        3: "In dit object staat een sleutel twee keer: welke geldt?",
        4: "Dit is geen JSON-object met sleutels en waarden.",
        5: "Deze regel is geen geldige JSON, of houdt halverwege op.",
    }
    assert uitkomst.lezing.telling.sentence() == "5 regels: 4 rijen, 1 leeg"


def test_objects_in_objects_have_a_name_with_a_point_and_numbers_keep_their_digits(tmp_path: Path):
    rij = {"a": {"b": 1.50, "c": [1, "x"]}, "d": 12345678901234567890, "e": None, "f": True, "g": 7.0, "h": [{"i": 1}]}
    (tmp_path / "x").write_text(json.dumps([rij]), encoding="utf-8")
    gezien = proef.look(tmp_path / "x")
    assert gezien.kop == ("a.b", "a.c", "d", "e", "f", "g", "h")
    assert gezien.rijen[0].cellen == ("1.5", "1\nx", "12345678901234567890", "", "true", "7", '[{"i": "1"}]')


def test_the_types_of_parquet_are_read_as_what_they_are(tmp_path: Path):
    moment = datetime.fromisoformat("2025-07-01T22:30:00+00:00")
    tabel = pa.table({
        "a": pa.array([7.0, None]), "b": pa.array([moment, None], pa.timestamp("ns", "America/New_York")),
        "c": pa.array([moment.replace(tzinfo=None), None], pa.timestamp("ms")), "d": pa.array([b"x", None]),
        "e": pa.array(["ja", "nee"]).dictionary_encode(), "f": pa.array([[1, 2], None]), "g": pa.array([True, None]),
        "h": pa.array([b"\xff\xfe", b""]),
    })  # fmt: skip
    pq.write_table(tabel, tmp_path / "x")
    gezien = proef.look(tmp_path / "x")
    assert gezien.rijen[0].cellen == (
        "7", "2025-07-02 00:30:00", "2025-07-01 22:30:00", "x", "ja", "[1, 2]", "true", "",
    )  # fmt: skip
    ruw = {naam: pa.array([b"\xff" if naam == "nummer" else b"x"]) for naam in KOP}
    pq.write_table(pa.table(ruw), tmp_path / "y")
    with pytest.raises(OnleesbaarBestand, match="in kolom 'nummer' staat geen tekst, maar ruwe bytes"):
        vormen.plan(tmp_path / "y")


def test_a_process_log_has_a_row_for_every_event_with_what_it_says_of_the_case(tmp_path: Path):
    log = """<log xmlns="http://www.xes-standard.org/">
      <string key="concept:name" value="van het log"/><global scope="event"><string key="x" value="y"/></global>
      <trace>
        <string key="concept:name" value="A-1"><string key="binnen" value="z"/></string>
        <event><string key="concept:name" value="in"/>
          <date key="time:timestamp" value="2025-03-30T23:30:00.000Z"/></event>
        <event><string key="concept:name" value="uit"/><int key="kosten" value="07"/>
          <boolean key="klaar" value="True"/></event>
        <string key="achteraf" value="ook"/>
      </trace>
      <trace><string key="concept:name" value="A-2"/></trace></log>"""
    (tmp_path / "x").write_bytes(gzip.compress(log.encode()))
    gezien = proef.look(tmp_path / "x")
    assert gezien.kop == ("zaak:concept:name", "zaak:achteraf", "concept:name", "time:timestamp", "kosten", "klaar")
    assert [(rij.regel, rij.cellen) for rij in gezien.rijen] == [
        (1, ("A-1", "ook", "in", "2025-03-31 01:30:00", "", "")),
        (2, ("A-1", "ook", "uit", "", "7", "true")),
        (3, ("A-2", "", "", "", "", "")),
    ]
    with openen.open_table(tmp_path / "x", gezien.vorm) as tabel:
        (gezegd,) = tabel.opmerkingen
    assert gezegd.startswith(
        "Proceslog met 2 zaken; regel 1 is de eerste gebeurtenis, enzovoort. 1 zaak heeft geen geb"
    )
    assert "1 gegeven blijft achter, want" in gezegd


def test_a_real_workbook_is_never_taken_for_a_packed_folder(tmp_path: Path):
    inhoud = io.BytesIO()
    openpyxl.Workbook().save(inhoud)
    (tmp_path / "klachten.csv").write_bytes(inhoud.getvalue())
    with pytest.raises(OnleesbaarBestand, match="de werkmap is leeg"):
        vormen.plan(tmp_path / "klachten.csv")
