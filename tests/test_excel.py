"""The writer of Excel files: cells that never run, real tables and charts, the same bytes, opened by others."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from klachten.analyse.excel import cellen as excelcellen
from klachten.analyse.excel import druk, excel
from klachten.analyse.excel import herkomst as excelherkomst
from klachten.analyse.excel.druk import Papier
from klachten.analyse.excel.excel import Blad, Bron, Herkomst, Kolom
from klachten.analyse.excel.grafieken import Grafiek

PEILDATUM = date(2026, 11, 22)
BRON = Bron(blad="Proef", vraag="Wat?", teller="dit", noemer="dat", definitie="Zo.", stap="5", sql="SELECT 1")
HERKOMST = Herkomst(
    bronnen=[BRON],
    peildatum=PEILDATUM,
    filter="=alles",
    zegel="abc" * 20,
    feiten=12,
    vragen={"een": "SELECT 1\nFROM klacht"},
)
# What goes in, and what must be read back; both by openpyxl and by LibreOffice.
TEKSTEN = {
    '=HYPERLINK("http://boos.example","klik")': None,
    "=1+1": None,
    "+1": None,
    "-1": None,
    "@SUM(A1)": None,
    "\t=1+1": None,
    "\n=1+1": None,
    "\r\n=cmd|' /C calc'!A0": "\n=cmd|' /C calc'!A0",
    "  =1": None,
    "＝1+1": None,
    "#N/A": None,
    "TRUE": None,
    "1e5": None,
    "<b>&amp;</b>": None,
    "Blij 😀 en 👩‍👩‍👧": None,
    "=1\x07+\x00": "=1�+�",
    "half \ud83d teken": "half � teken",
    "\ufffe\uffff": "��",
}
dag = partial(datetime, tzinfo=None)

MET_SOFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None and os.environ.get("CI") != "true", reason="LibreOffice is hier niet"
)


def heropend(inhoud: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(inhoud))


def proef(teksten: list[str], **anders: object) -> bytes:
    return excel.maak([Blad("Proef", [Kolom("Tekst")], [[tekst] for tekst in teksten], **anders)], HERKOMST)


def zet_om(inhoud: bytes, naar: str, map: Path) -> Path:
    """Let LibreOffice read the file and write it as something else."""
    (map / "proef.xlsx").write_bytes(inhoud)
    uit = map / "uit"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(map / 'profiel').as_uri()}", "--headless", "--convert-to", naar,
            "--outdir", str(uit), str(map / "proef.xlsx"),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return uit / f"proef.{naar}"


# --- cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tekst", "gelezen"), TEKSTEN.items(), ids=[ascii(tekst) for tekst in TEKSTEN])
def test_een_tekstcel_is_tekst_waarmee_zij_ook_begint(tekst: str, gelezen: str | None) -> None:
    cel = heropend(proef([tekst]))["Proef"]["A2"]
    assert (cel.data_type, cel.value) == ("s", tekst if gelezen is None else gelezen)
    assert cel.quotePrefix
    assert cel.hyperlink is None


def test_een_code_die_excel_zou_omzetten_blijft_staan_zoals_zij_is() -> None:
    with zipfile.ZipFile(io.BytesIO(proef(["_x003D_1"]))) as archief:
        assert "_x005F_x003D_1" in archief.read("xl/worksheets/sheet1.xml").decode()


def test_een_te_lange_tekst_wordt_afgekapt_en_zegt_dat() -> None:
    for tekst in ("x" * 40_000, "😀" * 20_000):
        uit = str(heropend(proef([tekst]))["Proef"]["A2"].value)
        assert len(uit.encode("utf-16-le")) // 2 <= 32_767
        assert uit.endswith(f"… (afgekapt: de tekst telt {len(tekst):,} tekens)".replace(",", "."))
    assert heropend(proef(["x" * 32_767]))["Proef"]["A2"].value == "x" * 32_767


def test_getallen_datums_en_niets() -> None:
    kolommen = [Kolom("Dag", "datum"), Kolom("Aantal", "getal"), Kolom("Deel", "procent")]
    rijen = [
        [date(2026, 1, 5), 1000, 0.5],
        [dag(2026, 1, 5, 13), True, float("nan")],
        [date(1899, 12, 31), 10**16, float("inf")],
        [date(1900, 2, 28), "verborgen", None],
        [date(1900, 3, 1), -3, None],
    ]
    vel = heropend(excel.maak([Blad("Proef", kolommen, rijen)], HERKOMST))["Proef"]
    gelezen = [[cel.value for cel in rij] for rij in vel.iter_rows(min_row=2)]
    assert gelezen == [
        [dag(2026, 1, 5), 1000, 0.5],
        [dag(2026, 1, 5), "ja", None],
        ["31-12-1899", "10000000000000000", "oneindig"],
        ["28-02-1900", "verborgen", None],
        [dag(1900, 3, 1), -3, None],
    ]
    assert [cel.number_format for cel in vel[2]] == ["dd-mm-yyyy", "#,##0", "0.0%"]
    assert vel["A2"].is_date


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_een_blad_is_een_echte_tabel_met_vaste_kop_en_filters() -> None:
    kolommen = [Kolom("Naam"), Kolom("=Aantal", "getal"), Kolom("naam"), Kolom("Twee\nregels")]
    boek = heropend(excel.maak([Blad("Cijfers/2026", kolommen, [["a", 1, "b", "c"]], kop=("Titel", "Zin"))], HERKOMST))
    vel = boek["Cijfers 2026"]
    (tabel,) = vel.tables.values()
    assert (vel.freeze_panes, tabel.ref, tabel.autoFilter.ref) == ("A5", "A4:D5", "A4:D5")
    koppen = ["Naam", "=Aantal", "naam (2)", "Twee regels"]
    assert [kolom.name for kolom in tabel.tableColumns] == [cel.value for cel in vel[4]][:4] == koppen
    assert {cel.data_type for cel in vel[4][:4]} == {"s"}
    assert (vel.page_setup.orientation, vel.print_title_rows) == ("portrait", "$4:$4")
    assert vel["A1"].value == "Titel"


@pytest.mark.parametrize("naam", ["=HYPERLINK(1)", "+1", "a[b]:c*d?e/f\\g'h", "x" * 40, "\x07", ""])
def test_een_naam_van_een_blad_is_altijd_een_die_excel_neemt(naam: str) -> None:
    schoon = excel.bladnaam(naam)
    assert 1 <= len(schoon) <= 31
    assert set(schoon).isdisjoint("[]:*?/\\'\x07")
    assert schoon in heropend(excel.maak([Blad(naam, [Kolom("A")], [["x"]])], HERKOMST)).sheetnames


def test_een_leeg_blad_zegt_geen_gegevens_en_heeft_geen_grafiek() -> None:
    grafiek = Grafiek(soort="staaf", titel="G", x="A", y=("B",))
    vel = heropend(excel.maak([Blad("Leeg", [Kolom("A"), Kolom("B", "getal")], [], grafieken=[grafiek])], HERKOMST))[
        "Leeg"
    ]
    assert [cel.value for cel in vel[2]] == ["geen gegevens", None]
    assert vel._charts == []


@pytest.mark.parametrize(("waarden", "grafieken"), [((None, "–"), 0), ((None, 0), 1), ((None, 1.5), 1)])
def test_een_grafiek_zonder_een_getal_blijft_weg(waarden: tuple[object, ...], grafieken: int) -> None:
    grafiek = Grafiek(soort="kolom", titel="Per 100", x="A", y=("B",))
    rijen = [["x", waarde] for waarde in waarden]
    vel = heropend(excel.maak([Blad("B", [Kolom("A"), Kolom("B", "decimaal")], rijen, grafieken=[grafiek])], HERKOMST))
    assert len(vel["B"]._charts) == grafieken


@pytest.mark.parametrize("soort", ["staaf", "kolom", "gestapeld", "lijn", "pareto"])
def test_een_grafiek_leest_de_cellen_van_haar_tabel(soort: str) -> None:
    grafiek = Grafiek(soort=soort, titel="Titel", x="Jaar", y=("Een", "Deel"), procent=soort == "lijn")
    rijen = [[str(2020 + nr), nr, nr / 10] for nr in range(6)]
    blad = Blad("Proef", [Kolom("Jaar"), Kolom("Een", "getal"), Kolom("Deel", "procent")], rijen, grafieken=[grafiek])
    inhoud = excel.maak([blad], HERKOMST)
    assert len(heropend(inhoud)["Proef"]._charts) == 1
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        xml = archief.read("xl/charts/chart1.xml").decode()
    assert "'Proef'!$B$2:$B$7" in xml
    assert "'Proef'!$A$2:$A$7" in xml
    assert 'delete val="1"' not in xml


# --- on paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("breedte", "hoogte", "verwacht"),
    [
        (500, 500, Papier(staand=True, schaal=1.0, een_blad=True)),
        # Upright as long as that reads well; else lying, when that is larger.
        (850, 900, Papier(staand=True, schaal=pytest.approx(725.7 / 850, rel=1e-3), een_blad=True)),
        (1000, 600, Papier(staand=False, schaal=1.0, een_blad=True)),
        # Too long for one page: on more, and never smaller than 8 points.
        (500, 5000, Papier(staand=True, schaal=1.0)),
        (1400, 5000, Papier(staand=False, schaal=pytest.approx(1054.4 / 1400, rel=1e-3))),
        # Too wide: the columns go on the next page.
        (2000, 500, Papier(staand=False, schaal=druk.MINST, breed=2)),
        (4000, 500, Papier(staand=False, schaal=druk.MINST, breed=3)),
    ],
)
def test_een_blad_komt_leesbaar_op_papier(breedte: float, hoogte: float, verwacht: Papier) -> None:
    assert druk.kies(breedte, hoogte) == verwacht


@pytest.mark.parametrize(("rijen", "nieuw"), [(6, False), (43, True), (70, False)])
def test_een_grafiek_staat_onder_haar_tabel_en_wordt_nooit_doorgesneden(rijen: int, nieuw: bool) -> None:
    grafiek = Grafiek(soort="kolom", titel="G", x="Dag", y=("Aantal",))
    lijst = [[str(nr), nr] for nr in range(rijen)]
    blad = Blad("Proef", [Kolom("Dag"), Kolom("Aantal", "getal")], lijst, grafieken=[grafiek], kop=("Titel", "z" * 200))
    vel = heropend(excel.maak([blad], HERKOMST))["Proef"]
    (figuur,) = vel._charts
    laatste = 4 + rijen
    assert (figuur.anchor._from.col, figuur.anchor._from.row) == (0, laatste + 2)
    assert [grens.id for grens in vel.row_breaks.brk] == ([laatste] if nieuw else [])
    # Excel keeps to a break only on a scale of its own.
    assert vel.sheet_properties.pageSetUpPr.fitToPage == (not nieuw)
    assert vel.merged_cells.ranges
    assert vel.row_dimensions[2].height > 30, "a long sentence takes more lines"


def test_elke_bladzijde_zegt_van_wie_waarvan_en_welke() -> None:
    herkomst = replace(HERKOMST, organisatie="Jansen & Zoon", over="Klachten in 2025")
    boek = heropend(excel.maak([Blad("Proef", [Kolom("A"), Kolom("B")], [["x", "y"]], kolommen_op_papier=1)], herkomst))
    vel = boek["Proef"]
    assert (vel.oddHeader.left.text, vel.oddHeader.center.text) == ("Jansen && Zoon", "Klachten in 2025")
    assert (vel.oddFooter.left.text, vel.oddFooter.right.text) == (
        f"Peildatum 22-11-2026, zegel {'abc' * 4}", "Bladzijde &P van &N",
    )  # fmt: skip
    # What is not printed is said on the sheet: the SQL is there to be read, not to be carried.
    assert boek["SQL"].print_area == "'SQL'!$A$1:$C$3"
    assert excelherkomst.UITLEG_SQL in str(boek["SQL"]["A2"].value)
    assert boek["Herkomst"].print_area.split(":")[1].startswith("$G$")
    assert "tot en met Stap" in str(boek["Herkomst"]["A2"].value)


def test_twee_bladen_van_een_naam_en_wat_onbekend_is_weigeren() -> None:
    with pytest.raises(ValueError, match="eigen naam"):
        excel.maak([Blad("herkomst", [Kolom("A")], [])], HERKOMST)
    with pytest.raises(ValueError, match="onbekende soort 'kleur'"):
        excel.maak([Blad("A", [Kolom("A", "kleur")], [])], HERKOMST)
    grafiek = Grafiek(soort="taart", titel="G", x="A", y=("A",))
    with pytest.raises(ValueError, match="onbekende soort 'taart'"):
        excel.maak([Blad("A", [Kolom("A")], [["x"]], grafieken=[grafiek])], HERKOMST)


def test_wat_niet_op_een_blad_past_zegt_wat_u_kunt_doen() -> None:
    class Eindeloos(list[list[str]]):
        def __len__(self) -> int:
            return excel.MEESTE_RIJEN + 1

    with pytest.raises(excel.TeVeelRijen, match=r"1\.048\.566 regels\. Kies minder"):
        excel.maak([Blad("A", [Kolom("A")], Eindeloos())], HERKOMST)


def test_de_herkomst_zegt_waar_elk_blad_vandaan_komt() -> None:
    boek = heropend(proef(["x"], terug="Herkomst"))
    koppen, regel = ([cel.value for cel in boek["Herkomst"][nr]] for nr in (4, 5))
    gelezen = dict(zip(koppen, regel, strict=True))
    assert {naam: gelezen[naam] for naam in ("Blad", "Vraag", "Teller", "Noemer", "Definitie", "Stap", "SQL")} == {
        "Blad": "Proef",
        "Vraag": "Wat?",
        "Teller": "dit",
        "Noemer": "dat",
        "Definitie": "Zo.",
        "Stap": "5",
        "SQL": "SELECT 1",
    }
    assert gelezen["Filter"] == "=alles"
    assert gelezen["Zegel"] == "abc" * 20
    assert (gelezen["Peildatum"], gelezen["Aantal feiten"]) == (dag(2026, 11, 22), 12)
    assert str(gelezen["Versie"]).startswith("klachten ")
    assert [rij[2].value for rij in boek["SQL"].iter_rows(min_row=5)] == ["SELECT 1", "FROM klacht"]
    assert boek["Herkomst"]["A5"].hyperlink.location == "'Proef'!A1"
    assert boek["Proef"]["A1"].hyperlink.location == "'Herkomst'!A1"


# --- the file --------------------------------------------------------------------------------------------------------


def test_hetzelfde_geeft_dezelfde_bytes_en_geen_tijdstip() -> None:
    een, twee = proef(list(TEKSTEN)), proef(list(TEKSTEN))
    assert een == twee
    with zipfile.ZipFile(io.BytesIO(een)) as archief:
        assert {deel.date_time for deel in archief.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        kern = archief.read("docProps/core.xml").decode()
        assert kern.count("2026-11-22T00:00:00Z") == 2
        # Nothing in the file is a formula or leads elsewhere.
        for deel in archief.namelist():
            inhoud = archief.read(deel)
            assert b"<f>" not in inhoud
            assert b'TargetMode="External"' not in inhoud
        assert not [naam for naam in archief.namelist() if "external" in naam.lower()]


def test_een_lange_lijst_gaat_buiten_openpyxl_om() -> None:
    rijen = [[f"K2026-{nr:05}", date(2026, 1, 5), nr] for nr in range(20_000)]
    inhoud = excel.maak([Blad("Lang", [Kolom("A"), Kolom("B", "datum"), Kolom("C", "getal")], rijen)], HERKOMST)
    boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True)
    assert boek["Lang"].calculate_dimension() == "A1:C20001"
    assert [cel.value for cel in next(boek["Lang"].iter_rows(min_row=20_001))] == [
        "K2026-19999",
        dag(2026, 1, 5),
        19999,
    ]


@MET_SOFFICE
def test_libreoffice_leest_dezelfde_teksten_en_voert_niets_uit(tmp_path: Path) -> None:
    teksten = [*TEKSTEN, "_x003D_1", "x" * 40_000]
    boek = openpyxl.load_workbook(zet_om(proef(teksten), "xlsx", tmp_path))
    cellen = [rij[0] for rij in boek["Proef"].iter_rows(min_row=2)]
    assert {cel.data_type for cel in cellen} == {"s"}
    verwacht = [tekst if gelezen is None else gelezen for tekst, gelezen in TEKSTEN.items()]
    gevonden = [cel.value for cel in cellen]
    assert gevonden[: len(verwacht)] == verwacht
    assert len(gevonden[-1]) == 32_767
    assert [cel.hyperlink for cel in cellen] == [None] * len(cellen)
    assert boek["Proef"].tables


def test_regels_nodig_telt_ook_lege_regels() -> None:
    assert excelcellen.regels_nodig(["een twee", None], [6, 10]) == 2
    assert excelcellen.regels_nodig(["a\n\nb", "x" * 100], [10, 0]) == 3


def test_een_tekst_die_niet_past_loopt_door_en_verdwijnt_niet_achter_zijn_buur() -> None:
    def blad(*perioden: str) -> object:
        kolommen = [Kolom("Periode", breedte=9), Kolom("Klachten", "getal")]
        return heropend(excel.maak([Blad("Proef", kolommen, [[wat, 3] for wat in perioden])], HERKOMST))["Proef"]

    jaren, eigen = blad("2024", "2025"), blad("1 nov 2024 t/m 31 okt 2025", "2025")
    assert (jaren["A2"].alignment.wrap_text, eigen["A2"].alignment.wrap_text) == (None, True)
    assert (jaren.row_dimensions[2].height, eigen.row_dimensions[2].height) == (None, 4 * 15 + 1)
