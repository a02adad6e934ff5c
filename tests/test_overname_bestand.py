"""Files as they come: the wrong kind, lines that do not come out, titles and totals, and nothing of them repeated."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from klachten.overname import kolommen, overnemen, tonen, verslag
from klachten.overname.lezen import OnleesbaarBestand
from klachten.register import Register
from tests.overnameproef import importeer, maak, plan, redenen

KOP = "nummer,ontvangen,verstuurd,via,product,verhaal,bedrijf\n"
RIJ = "{id},8/30/2013,9/3/2013,Web,Lening,{verhaal},Leenhuis\n"
NAMEN = ("Jansen", "Fatima", "jansen@post.example", "Kerkstraat")


def rijen(*verhalen: str) -> str:
    return KOP + "".join(RIJ.format(id=nr, verhaal=verhaal) for nr, verhaal in enumerate(verhalen, start=1))


def lees(tmp_path: Path, csv: str | bytes, *toml: tuple[str, str], register: Register | None = None, toon=False):
    bestand = maak(tmp_path, "klachten")
    for van, naar in toml:
        pad = tmp_path / "klachten.toml"
        assert van in pad.read_text(encoding="utf-8")
        pad.write_text(pad.read_text(encoding="utf-8").replace(van, naar, 1), encoding="utf-8")
    bestand.write_bytes(csv.encode() if isinstance(csv, str) else csv)
    verklaring = kolommen.load(tmp_path / "klachten.toml")
    lezing = overnemen.read(bestand, verklaring, date(2026, 3, 1), toon=toon)
    return overnemen.plan(bestand, verklaring, lezing, register)


# --- the wrong kind --------------------------------------------------------------------------------------------------


def gezipt(*namen: str, mimetype: str = "") -> bytes:
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w") as zip:
        if mimetype:
            zip.writestr("mimetype", mimetype)
        for naam in namen:
            zip.writestr(naam, "x" * 5_000)  # longer than what is looked at of a file that is not packed
    return bytes_.getvalue()


@pytest.mark.parametrize(
    ("inhoud", "wat"),
    [
        (
            gezipt("[Content_Types].xml", "xl/workbook.bin"),
            "het is een binaire Excel-werkmap (.xlsb). Open het in uw spreadsheet",
        ),
        (gezipt("[Content_Types].xml", "word/document.xml"), "het is een Word-document (.docx)."),
        (gezipt("klachten.csv"), "het is een ingepakte map (zip). Pak het eerst uit"),
        (b"PK\x03\x04stuk", "het is een ingepakte map (zip)."),
        (gzip.compress(b"a,b"), "het is een gecomprimeerd bestand (gzip). Pak het eerst uit"),
        (b"PARE\x15\x04\x15\0", "het is een versleuteld Parquet-bestand. Vraag de bron"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "het is een document (oud Office). Open het in"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000 + "__properties_version1.0".encode("utf-16-le"),
            "het is een e-mail (Outlook). Vraag de bron om een uitvoer als CSV of als werkmap (.xlsx).",
        ),
        (b"From: a@b.example\r\nTo: c@d.example\r\n\r\nDag", "het is een e-mail (.eml). Vraag de bron"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "het is een afbeelding (PNG). Vraag de bron"),
        (b"ID3\x04\0" + bytes(30), "het is een geluid (MP3). Vraag de bron"),
        (b"%PDF-1.7\n", "het is een PDF. Daaruit zijn geen rijen te lezen."),
        (b"<!DOCTYPE html><title>Inloggen</title>", "het is een webpagina (HTML), misschien een inlogscherm"),
        (b"\xef\xbb\xbf \n<html>", "het is een webpagina (HTML)"),
        (b"<?xml version='1.0'?><klachten/>", "het is een XML-bestand, maar geen proceslog (XES)."),
        (
            b"version spec/git-lfs/v1\noid sha256:1\n",
            "het is alleen een verwijzing van Git LFS, niet het bestand zelf.",
        ),
        (b"SQLite format 3\x00", "het is een SQLite-database."),
        (KOP.encode("utf-16"), 'het is UTF-16. Zet in [bestand] codering = "utf-16".'),
        (KOP.encode("utf-16-be"), "het is UTF-16 zonder merkteken aan het begin."),
    ],
    ids=lambda waarde: waarde[:24] if isinstance(waarde, str) else "",
)
def test_the_wrong_kind_of_file_is_known_by_its_content_and_says_what_to_do(tmp_path: Path, inhoud: bytes, wat: str):
    with pytest.raises(OnleesbaarBestand) as fout:
        lees(tmp_path, inhoud)
    assert str(fout.value).startswith(f"klachten.csv: {wat}")
    assert "windows-1252" not in str(fout.value)


@pytest.mark.parametrize("naam", ["[nummer]", "ID3", "BMP", "PAR", "From"])
def test_a_header_that_begins_as_another_kind_of_file_does_is_a_header(tmp_path: Path, naam: str):
    assert len(lees(tmp_path, rijen("x").replace("nummer", naam), ('"nummer"', f'"{naam}"')).nieuw) == 1


# --- every line comes out --------------------------------------------------------------------------------------------

LOS = rijen("goed", '"4 inch', "ongeteld", "ook", 'tot 3 inch"', "goed")


def test_two_stray_quotes_are_named_with_their_lines_and_stop_the_file(capsys, tmp_path: Path, register: Register):
    uitkomst = lees(tmp_path, LOS, register=register)
    assert (uitkomst.lezing.rijen, len(uitkomst.nieuw), uitkomst.afkeuringen) == (3, 3, [])
    zin = uitkomst.bezwaren["regels"]
    assert zin.startswith("4 regels van het bestand zijn samen 1 rij geworden")
    assert "regel 3 tot en met 6" in zin
    with pytest.raises(OnleesbaarBestand, match="regel 3 tot en met 6"):
        overnemen.record(register, uitkomst)
    assert register.stand().aantal == 0
    opdracht = (tmp_path / "klachten.csv", "--kolommen", tmp_path / "klachten.toml", "--map", tmp_path / "r")
    code, uit, _ = importeer(capsys, *opdracht, "--uitvoeren", "--zonder-afgekeurde")
    assert code == 1
    assert "7 regels: 1 tot en met de kopregel, 3 rijen, 3 binnen aanhalingstekens" in uit
    assert "met --akkoord regels" in uit
    assert "Er is niets vastgelegd" in uit
    code, uit, _ = importeer(capsys, *opdracht, "--uitvoeren", "--akkoord", "regels")
    assert code == 0
    assert "Vastgelegd: 3 klachten" in uit


@pytest.mark.parametrize(
    ("csv", "waar"),
    [
        (rijen('"a', 'b"', "c"), [(2, 3)]),  # only two rows, nothing between them
        (rijen('"a', 'b"x', "c"), [(2, 3)]),  # and it does not even close well
        (rijen("a", "b").replace("Web,Lening,a", '"Web,Lening,a', 1).replace("b,Leenhuis", 'b,Leenhuis"'), [(2, 3)]),
        (rijen('"een, twee\ndrie, vier en vijf\n\nzes"', "b"), []),
        (rijen('"regel een\nregel twee"', '"a\n\nb"'), []),
        (rijen("a", "b"), []),
    ],
)
def test_only_rows_that_swallow_rows_are_named(tmp_path: Path, csv: str, waar: list[tuple[int, int]]):
    telling = lees(tmp_path, csv).lezing.telling
    assert telling.opgeslokt == waar
    assert telling.verschil == 0
    assert telling.regels == csv.count("\n")


def test_a_control_total_that_does_not_fit_is_an_objection(tmp_path: Path):
    uitkomst = lees(tmp_path, rijen("a", "b"))
    uitkomst.lezing.telling.regels += 2
    assert uitkomst.bezwaren == {"regels": "Van 2 regels van het bestand is niet bekend wat ermee is gebeurd."}


# --- what spreadsheets leave around the rows -------------------------------------------------------------------------


def test_a_sep_line_title_rows_empty_rows_and_totals_each_have_an_answer(tmp_path: Path):
    csv = f"sep=,\n{rijen('a')}\n,,,,,,\n ,, ,,,,\n{rijen('a', 'b').splitlines()[2]}\nTotaal,2,,,,,\n"
    uitkomst = lees(tmp_path, csv, ("[ontvangen_op]", 'totalen = ["totaal"]\n[ontvangen_op]'))
    telling = uitkomst.lezing.telling
    assert (len(uitkomst.nieuw), uitkomst.afkeuringen, telling.leeg, telling.totalen) == (2, [], 3, [8])
    assert [zaak.regel for _, zaak in uitkomst.nieuw] == [3, 7]
    assert telling.sentence() == "8 regels: 2 tot en met de kopregel, 2 rijen, 3 leeg, 1 met totalen (regel 8)"
    assert telling.verschil == 0


def test_a_row_with_totals_that_swallows_rows_is_named(tmp_path: Path):
    rij = RIJ.format(id=2, verhaal="b")
    csv = f'{rijen("a")}Totaal,",,,,,\n{rij}{rij}3,8/30/2013,",Web,Lening,c,\n'
    uitkomst = lees(tmp_path, csv, ("[ontvangen_op]", 'totalen = ["totaal"]\n[ontvangen_op]'))
    assert uitkomst.lezing.telling.opgeslokt == [(3, 6)]
    assert "regel 3 tot en met 6" in uitkomst.bezwaren["regels"]


def test_a_header_with_a_stray_quote_is_named_by_its_own_line(tmp_path: Path):
    with pytest.raises(OnleesbaarBestand, match=r"de kopregel \(regel 3\) bevat"):
        lees(tmp_path, f'titel\n\n"nummer"x,{rijen("a")}', ("[bestand]\n", "[bestand]\nkop_op_regel = 3\n"))


def test_a_sep_line_that_says_otherwise_is_told(tmp_path: Path):
    with pytest.raises(OnleesbaarBestand, match="regel 1 zegt dat het scheidingsteken een puntkomma is"):
        lees(tmp_path, f"sep=;\n{rijen('a')}")


def test_a_total_that_is_not_declared_says_what_to_do(tmp_path: Path):
    uitkomst = lees(tmp_path, rijen("a") + "Totaal,1,,,,,\n")
    assert "Is dit een rij met totalen?" in redenen(uitkomst)[3]


@pytest.mark.parametrize("boven", ["Klachten 2013\n", "Klachten 2013,,,,,,\n\nAfdeling,x\n"])
def test_title_rows_above_the_header_are_found_and_can_be_declared(tmp_path: Path, boven: str):
    regel = boven.count("\n") + 1
    with pytest.raises(OnleesbaarBestand, match=f"de kopregel staat niet bovenaan, maar op regel {regel}"):
        lees(tmp_path, boven + rijen("a"))
    uitkomst = lees(tmp_path, boven + rijen("a"), ("[bestand]\n", f"[bestand]\nkop_op_regel = {regel}\n"))
    assert [zaak.regel for _, zaak in uitkomst.nieuw] == [regel + 1]
    assert uitkomst.lezing.telling.verschil == 0


def test_an_event_log_without_columns_of_the_case_can_be_declared(tmp_path: Path):
    toml = ('zaakkolommen = ["start", "deadline", "einde", "kanaal"]', "zaakkolommen = []")
    bestand = maak(tmp_path, "zaken", toml=toml)
    with pytest.raises(ValueError, match="kolom 'start' is geen zaakkolom"):
        plan(bestand, tmp_path / "zaken.toml")


# --- nothing that may be of a person is repeated ---------------------------------------------------------------------


def alles_gezegd(capsys, tmp_path: Path, csv: str, *argv: str) -> str:
    (tmp_path / "klachten.csv").write_text(csv, encoding="utf-8")
    weg = tmp_path / "afgekeurd.csv"
    opdracht = (tmp_path / "klachten.csv", "--kolommen", tmp_path / "klachten.toml", "--map", tmp_path / "r")
    _, uit, fout = importeer(capsys, *opdracht, "--afgekeurd", weg, *argv)
    return uit + fout + (weg.read_text(encoding="utf-8-sig") if weg.exists() else "")


@pytest.mark.parametrize(
    "csv",
    [
        # the header is really a row, once with the same text twice
        "1,8/30/2013,Jansen,jansen@post.example,Kerkstraat,Fatima,x\n" + rijen("a").splitlines()[1] + "\n",
        "1,8/30/2013,Jansen,Jansen,Kerkstraat,Fatima,x\n" + rijen("a").splitlines()[1] + "\n",
        # rows shifted one column, to either side
        KOP + "Fatima Jansen,1,8/30/2013,9/3/2013,Web,Lening,Kerkstraat\n",
        KOP + "1,8/30/2013,9/3/2013,Fatima Jansen,Web,Lening,Kerkstraat\n",
        KOP + "8/30/2013,Jansen,jansen@post.example,Fatima,Kerkstraat 1,,\n",
        KOP + "1,Jansen,9/3/2013,Web,Lening,a,b\n1,Fatima,9/3/2013,Kerkstraat,Lening,a,b\n",
        KOP + "jansen@post.example,8/30/2013,,Web,Lening,a,b\n",
    ],
)  # fmt: skip
def test_no_cell_that_may_be_a_name_is_repeated_on_screen_or_in_the_file_of_rejected_rows(capsys, tmp_path, csv: str):
    maak(tmp_path, "klachten")
    gezegd = alles_gezegd(capsys, tmp_path, csv)
    assert len(gezegd) > 40
    assert [naam for naam in NAMEN if naam in gezegd] == []


def test_who_asks_to_see_what_stands_there_sees_it(capsys, tmp_path: Path):
    maak(tmp_path, "klachten")
    csv = KOP + "1,8/30/2013,9/3/2013,Duif,Lening,a,b\n"
    assert "'Duif'" not in alles_gezegd(capsys, tmp_path, csv)
    assert "'Duif'" in alles_gezegd(capsys, tmp_path, csv, "--toon-waarden")


@pytest.mark.parametrize(
    ("kenmerk", "wat"),
    [
        ("Fatima Jansen", "een naam"), ("Jansen", "een naam"), ("de Vries", "een naam"), ("J. Jansen", "een naam"),
        ("JANSEN", "een naam"), ("jansen-bakker", "een naam"), ("Jan", "een naam"),
        ("f.jansen@post.example", "een e-mailadres"), ("17 f.j@post.example", "een e-mailadres"),
        ("NL91ABNA0417164300", "een rekeningnummer"),
        ("06-12345678", "een telefoonnummer"), ("0612345678", "een telefoonnummer"), ("1234 AB", "een postcode"),
        ("K2013-17", ""), ("A", ""), ("KLA", ""), ("2025-17", ""), ("007", ""), ("NA", ""), ("20130001", ""),
        ("b1f2-77aa", ""),
    ],
)  # fmt: skip
def test_a_number_of_a_case_that_is_something_of_a_person_is_rejected(tmp_path: Path, kenmerk: str, wat: str):
    assert tonen.personal(kenmerk) == wat
    csv = rijen("a").replace("\n1,", f"\n{kenmerk},")
    uitkomst = lees(tmp_path, csv)
    assert bool(uitkomst.nieuw) is not bool(wat)
    if wat:
        assert redenen(uitkomst)[2].startswith(
            f"In kolom 'nummer' staat {wat} in plaats van een kenmerk. Het kenmerk kom"
        )
        assert len(lees(tmp_path, csv, ('id = "nummer"', 'id = "nummer"\nid_mag_in_journaal = true')).nieuw) == 1


BSNS = ("111222333", "123456782", "987654321")


@pytest.mark.parametrize("vorm", ["{}", "{:.4}.{:.2}.{:.3}"])
def test_a_column_of_burgerservicenummers_is_refused_unless_the_declaration_says_so(tmp_path: Path, vorm: str):
    csv = KOP + "".join(RIJ.format(id=vorm.format(bsn, bsn[4:], bsn[6:]), verhaal="x") for bsn in BSNS[:2])
    with pytest.raises(OnleesbaarBestand, match="kolom 'nummer' lijkt burgerservicenummers te bevatten") as fout:
        lees(tmp_path, csv)
    assert not any(bsn in str(fout.value) for bsn in BSNS)
    toegestaan = lees(tmp_path, csv, ('id = "nummer"', 'id = "nummer"\nid_mag_in_journaal = true'))
    assert len(toegestaan.nieuw) == 2
    assert not any(bsn in "\n".join(verslag.lines(toegestaan)).replace(".", "") for bsn in BSNS)


def test_numbers_of_nine_digits_that_are_no_burgerservicenummers_are_taken_over(tmp_path: Path):
    csv = KOP + "".join(RIJ.format(id=200_000_000 + nr, verhaal="x") for nr in range(22))
    assert len(lees(tmp_path, csv).nieuw) == 22
    assert 0 < sum(tonen.is_bsn(str(200_000_000 + nr)) for nr in range(22)) <= 3
