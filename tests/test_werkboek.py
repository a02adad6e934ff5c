"""The workbook of a year: a sheet per figure, equal to the figures themselves, and fit for who reads it."""

from __future__ import annotations

import functools
import io
import math
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from duckdb import DuckDBPyConnection

from klachten import __main__ as opdrachtregel
from klachten import organisatie
from klachten.analyse.basis.kengetallen import bereken
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.excel.werk import VERBORGEN, verdeling
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.analyse.jaar.kern import kernzinnen
from klachten.analyse.jaar.werkbladen import BALANS
from klachten.analyse.werk import bestanden, klachtenlijst
from klachten.analyse.werk.bestanden import Waarvan
from klachten.analyse.werk.telling import Telling
from klachten.analyse.werkboek import BLADEN, BUITEN, werkboek
from klachten.kijklog import OPDRACHT, Kijkketen
from klachten.kijklog.regel import GEDOWNLOAD
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import excelknop, uitvoer
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.evaluatieproef import VANDAAG as PEILDATUM
from tests.evaluatieproef import map_met
from tests.kengetallenproef import trajecten
from tests.taalproef import codes, getalfouten, van_alle
from tests.termijnproef import voeg_toe
from tests.test_excel import MET_SOFFICE, heropend, zet_om

JAAR = 2025


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The example register; these tests only read it."""
    # A copy: who takes out the workbook is noted beside it.
    with open_register(shutil.copytree(map_met(None), tmp_path_factory.mktemp("werkboek") / "register")) as register:
        yield register


@pytest.fixture
def cursor(gevuld: Register) -> Iterator[DuckDBPyConnection]:
    with gevuld.cursor() as cursor:
        yield cursor


def maak(gevuld: Register, cursor: DuckDBPyConnection, **anders: Any) -> bytes:
    return werkboek(cursor, anders.pop("jaar", JAAR), PEILDATUM, reglement=gevuld.reglementen["coulant"], **anders)


class Boeken:
    """Whole workbooks of the register by year, each made once and opened once; the tests only read them."""

    def __init__(self, gevuld: Register) -> None:
        self.gevuld = gevuld
        self.bytes = functools.cache(self._bytes)
        self.heropend = functools.cache(lambda jaar, namen: heropend(self.bytes(jaar, namen)))

    def _bytes(self, jaar: int, namen: bool) -> bytes:
        with self.gevuld.cursor() as cursor:
            return maak(self.gevuld, cursor, jaar=jaar, **({"namen": organisatie.naam} if namen else {}))


@pytest.fixture(scope="module")
def boeken(gevuld: Register) -> Boeken:
    return Boeken(gevuld)


@pytest.fixture(scope="module")
def volledig(boeken: Boeken) -> bytes:
    return boeken.bytes(JAAR, True)


@pytest.fixture(scope="module")
def boek(boeken: Boeken) -> openpyxl.Workbook:
    """The same, opened again."""
    return boeken.heropend(JAAR, True)


def tabel(boek: openpyxl.Workbook, blad: str) -> list[dict[str, Any]]:
    """Read a table of the workbook back as rows by heading."""
    vel = boek[blad]
    (eigen,) = vel.tables.values()
    koppen, *rijen = [[cel.value for cel in rij] for rij in vel[eigen.ref]]
    return [dict(zip(koppen, rij, strict=True)) for rij in rijen]


def alle_teksten(boek: openpyxl.Workbook) -> str:
    return "\n".join(
        str(cel.value)
        for vel in boek
        if vel.title != "SQL"
        for rij in vel.iter_rows()
        for cel in rij
        if cel.value is not None
    )


def test_elk_kengetal_heeft_een_blad(boek: openpyxl.Workbook) -> None:
    assert set(BLADEN) <= {kengetal.id for kengetal in KENGETALLEN}
    assert {rij["Kengetal"] for rij in tabel(boek, "Inhoud")} == {kengetal.titel for kengetal in KENGETALLEN}
    # Where a sheet comes from is said of every sheet.
    assert [rij["Blad"] for rij in tabel(boek, "Herkomst")] == [rij["Blad"] for rij in tabel(boek, "Inhoud")]


@pytest.mark.parametrize("jaar", [2024, JAAR, 2026])
def test_ontvangen_is_op_elk_blad_hetzelfde_aantal_of_het_verschil_staat_ernaast(boeken: Boeken, jaar: int) -> None:
    """The flow counts what later became vervallen, to balance; every other sheet does not."""
    boek = boeken.heropend(jaar, False)
    elders = {rij["Periode"]: rij["Klachten"] for rij in tabel(boek, "Intensiteit") if isinstance(rij["Klachten"], int)}
    stroom = tabel(boek, "Stroom")
    over = {rij["Periode"]: rij["Ontvangen"] - rij["Waarvan later vervallen"] for rij in stroom}
    assert {jr: over[jr] for jr in elders} == elders
    assert any(rij["Waarvan later vervallen"] for rij in stroom)
    for naam in ("Ontvangen", "Waarvan later vervallen"):
        per_vestiging = {rij["Periode"]: 0 for rij in stroom}
        for rij in tabel(boek, "Stroom per vestiging"):
            per_vestiging[rij["Periode"]] += rij[naam]
        assert per_vestiging == {rij["Periode"]: rij[naam] for rij in stroom}
    assert BALANS in alle_teksten(boek)


@pytest.mark.parametrize("jaar", [2021, JAAR, 2026])
def test_geen_cel_bevat_een_code_of_een_getal_dat_niet_klopt_met_zijn_woord(boeken: Boeken, jaar: int) -> None:
    boek = boeken.heropend(jaar, True)
    # Where the figures come from is told in SQL, and that has its own names.
    for vel in boek:
        if vel.title not in ("SQL", "Herkomst"):
            tekst = van_alle(cel.value for rij in vel.iter_rows() for cel in rij)
            assert not codes(tekst), vel.title
            assert not getalfouten(tekst), vel.title


def test_onder_de_tien_staat_er_geen_percentage(gevuld: Register, cursor: DuckDBPyConnection) -> None:
    """2021 is the first year of the example: few klachten, and none the year before."""
    klein = werkboek(cursor, 2021, date(2021, 2, 28), reglement=gevuld.reglementen["coulant"])
    boek = heropend(klein)
    rijen = tabel(boek, "Categorieën")
    totaal = sum(rij["Klachten 2021"] for rij in rijen)
    assert 0 < totaal < 10
    assert {rij["Klachten 2020"] for rij in rijen} == {"–"}
    procenten = {
        (vel.title, kolom, rij[kolom])
        for vel in boek
        if vel.tables
        for rij in tabel(boek, vel.title)
        for kolom in rij
        if "(%)" in str(kolom)
    }
    assert {(blad, kolom) for blad, kolom, _ in procenten} >= {
        ("Categorieën", "Deel (%)"), ("Categorieën", "Van (%)"), ("Termijnen", "Op tijd (%)"), ("Termijnen", "Tot (%)"),
    }  # fmt: skip
    assert {waarde for _, _, waarde in procenten} == {None}


def test_elk_blad_heeft_een_tabel_een_filter_en_een_vaste_kop(boek: openpyxl.Workbook) -> None:
    for vel in boek:
        (eigen,) = vel.tables.values()
        assert eigen.autoFilter.ref == eigen.ref, vel.title
        begin = eigen.ref.split(":")[0]
        assert vel.freeze_panes == f"A{int(begin[1:]) + 1}", vel.title
    assert sum(len(vel._charts) for vel in boek) >= 18


def test_de_inhoud_en_elk_blad_verwijzen_naar_elkaar(boek: openpyxl.Workbook) -> None:
    (eigen,) = boek["Inhoud"].tables.values()
    for (cel,) in boek["Inhoud"][eigen.ref.replace("D", "A")][1:]:
        assert cel.hyperlink.location == f"'{cel.value}'!A1"
        terug = [c for rij in boek[cel.value].iter_rows(max_row=5, max_col=1) for c in rij if c.hyperlink]
        assert [c.hyperlink.location for c in terug] == ["'Inhoud'!A1"]


def test_de_cijfers_zijn_die_van_de_kengetallen(boek: openpyxl.Workbook, cursor: DuckDBPyConnection) -> None:
    per_jaar = {rij["Periode"]: rij for rij in tabel(boek, "Stroom")}
    stroom = bereken(cursor, "stroom", peildatum=PEILDATUM)
    assert per_jaar[str(JAAR)]["Ontvangen"] == stroom[stroom["jaar"] == JAAR]["ontvangen"].sum()
    klachten = bereken(cursor, "categorieen", peildatum=PEILDATUM, periode=JAAR)["klachten"].sum()
    for blad in ("Categorieën", "Indieners", "Kanalen", "Vestigingen"):
        assert sum(rij[f"Klachten {JAAR}"] for rij in tabel(boek, blad)) == klachten, blad
    assert sum(rij["Samen"] for rij in tabel(boek, "Afloop")) == klachten
    assert sum(rij["Klachten"] for rij in tabel(boek, "Volgorden")) == klachten
    assert len(tabel(boek, "Te laat")) == len(bereken(cursor, "late_klachten", peildatum=PEILDATUM, periode=JAAR))


def test_de_termijnen_per_jaar_zijn_die_van_het_kengetal(boek: openpyxl.Workbook, cursor: DuckDBPyConnection) -> None:
    # The workbook asks termijntarieven once per year, because that one knows the filter.
    naleving = bereken(cursor, "termijnnaleving", peildatum=PEILDATUM, cohort="ontvangst")
    gelezen = {rij["Ontvangen in"]: rij for rij in tabel(boek, "Termijnen per jaar")}
    for rij in naleving.to_dict("records"):
        regel = gelezen[str(rij["jaar"])]
        assert regel[f"{rij['termijn_naam']}, termijn voorbij"] == rij["rijp"]
        assert regel[f"{rij['termijn_naam']}, op tijd"] == rij["rijp_op_tijd"]
        # Under ten klachten the counts say it: no 0.667 for 2 of 3.
        verwacht = pytest.approx(rij["rijp_op_tijd"] / rij["rijp"]) if rij["rijp"] >= 10 else None
        assert regel[f"{rij['termijn_naam']}, op tijd (%)"] == verwacht


def test_de_sql_van_de_herkomst_geeft_de_cijfers_opnieuw(boek: openpyxl.Workbook, cursor: DuckDBPyConnection) -> None:
    for rij in tabel(boek, "Herkomst"):
        cursor.execute(rij["SQL"]).fetchall()
        assert rij["Filter"] == "alle klachten"
        assert rij["Aantal feiten"] > 1000
    (regel,) = [rij for rij in tabel(boek, "Herkomst") if rij["Blad"] == "Niet in behandeling"]
    uit_sql = cursor.execute(regel["SQL"]).df()["klachten"].sum()
    assert uit_sql == sum(rij[f"Klachten {JAAR}"] for rij in tabel(boek, "Niet in behandeling"))


def test_hetzelfde_register_en_dezelfde_peildatum_geven_dezelfde_bytes(
    volledig: bytes, gevuld: Register, cursor: DuckDBPyConnection
) -> None:
    assert maak(gevuld, cursor, namen=organisatie.naam) == volledig


def test_namen_van_medewerkers_staan_er_alleen_voor_de_directie(boek: openpyxl.Workbook, boeken: Boeken) -> None:
    namen = {persoon.naam for persoon in ROLVERDELING}
    zonder, met = alle_teksten(boeken.heropend(JAAR, False)), alle_teksten(boek)
    assert any(naam in met for naam in namen)
    assert not any(naam in zonder for naam in namen)
    assert "Gemaakt zonder namen" in zonder


def test_wat_naar_buiten_gaat_heeft_geen_kleine_aantallen_en_geen_losse_klachten(
    gevuld: Register, cursor: DuckDBPyConnection
) -> None:
    # A filter would let two files be subtracted from each other: it is left out.
    boek = heropend(maak(gevuld, cursor, namen=organisatie.naam, buiten=True, filter=Filter(vestiging="weert")))
    assert {rij["Kengetal"] for rij in tabel(boek, "Inhoud")} == {k.titel for k in KENGETALLEN if k.id in BUITEN}
    tekst = alle_teksten(boek)
    assert "K2025-" not in tekst
    assert not any(persoon.naam in tekst for persoon in ROLVERDELING)
    assert VERBORGEN in tekst
    assert {rij["Filter"] for rij in tabel(boek, "Herkomst")} == {"alle klachten"}
    for blad in ("Categorieën", "Afloop", "Indieners", "Kanalen", "Vestigingen"):
        for rij in tabel(boek, blad):
            aantallen = [waarde for kop, waarde in rij.items() if kop.startswith("Klachten")]
            assert all(aantal == VERBORGEN or aantal == 0 or aantal >= 5 for aantal in aantallen), (blad, rij)
            # What is hidden has no share either.
            assert rij[f"Klachten {JAAR}"] != VERBORGEN or rij["Deel (%)"] is None


@pytest.mark.parametrize(
    ("tellen", "getoond"),
    [
        ({"a": 20, "b": 30}, {"a": 20, "b": 30}),
        ({"a": 3}, {"a": VERBORGEN}),
        ({"a": 1, "b": 2}, {"a": VERBORGEN, "b": VERBORGEN}),
        ({"a": 2, "b": 30, "c": 40}, {"a": VERBORGEN, "b": VERBORGEN, "c": 40}),
        ({}, {}),
    ],
)
def test_een_verdeling_verbergt_genoeg_om_niets_terug_te_rekenen(
    tellen: dict[str, int], getoond: dict[str, Any]
) -> None:
    assert verdeling(tellen, buiten=True)[0] == getoond
    assert verdeling(tellen, buiten=False)[0] == tellen


def test_trajecten_van_een_maand_zijn_die_van_die_maand_of_er_staat_bij_dat_ze_verdeeld_zijn(
    con: DuckDBPyConnection,
) -> None:
    voeg_toe(con, "K2025-0001", date(2025, 1, 5))
    trajecten(con, andere=40, j2025m01={})
    trajecten(con, andere=7, j2025m02={})
    trajecten(con, andere=30, j2025k2={})
    boek = heropend(werkboek(con, JAAR, date(2025, 5, 10), kengetallen=("per_periode",)))
    kolommen = ("Maand", "Trajecten", "Trajecten zijn")
    assert [tuple(rij[naam] for naam in kolommen) for rij in tabel(boek, "Per maand")] == [
        ("01-2025", 120, "ingevuld"), ("02-2025", 21, "ingevuld"), ("03-2025", None, None),
        ("04-2025", pytest.approx(90 * 30 / 91), "verdeeld"), ("05-2025", pytest.approx(90 * 10 / 91), "verdeeld"),
    ]  # fmt: skip
    gezegd = [rij[0] for rij in boek["Per maand"].iter_rows(max_row=6, max_col=1, values_only=True)]
    zin = "De trajecten van 2025 zijn daarvoor gelijk over de dagen verdeeld: ze zijn per langere periode ingevuld."
    assert zin in gezegd


def test_een_jaar_zonder_klachten_geeft_een_leesbaar_werkboek(register: Register) -> None:
    with register.cursor() as cursor:
        for buiten in (False, True):
            boek = heropend(werkboek(cursor, 2026, PEILDATUM, reglement=register.reglementen["coulant"], buiten=buiten))
            assert "Inhoud" in boek.sheetnames
    with register.cursor() as cursor, pytest.raises(ValueError, match="begint pas na de peildatum"):
        werkboek(cursor, 2027, PEILDATUM)


def test_een_onbekend_kengetal_wordt_genoemd(cursor: DuckDBPyConnection) -> None:
    with pytest.raises(KeyError, match="kleur"):
        werkboek(cursor, JAAR, PEILDATUM, kengetallen=("kleur",))


DIRECTIE = [
    "In het kort", "Bevindingen", "Stroom", "Termijnen", "Categorieën", "Meningsverschillen", "Maatregelen",
    "Verbeteracties",
]  # fmt: skip


def test_de_bladen_van_de_directie_staan_vooraan_en_het_begin_zegt_wat_het_jaarbeeld_zegt(
    boek: openpyxl.Workbook, gevuld: Register, cursor: DuckDBPyConnection
) -> None:
    assert boek.sheetnames[: len(DIRECTIE) + 1] == [*DIRECTIE, "Inhoud"]
    assert boek.sheetnames[-2:] == ["Herkomst", "SQL"]
    kort = tabel(boek, "In het kort")
    beeld = jaarbeeld(cursor, JAAR, PEILDATUM, reglement=gevuld.reglementen["coulant"])
    gezegd = {(rij["Onderdeel"], rij["Wat er staat"]) for rij in kort}
    assert ("Cijfer", f"Ontvangen: {beeld.klachten} ({JAAR - 1}: {beeld.vergelijking.klachten_vorig}).") in gezegd
    assert {zin for deel, zin in gezegd if deel == "Wat ertoe doet"} == {b.zin for b in kernzinnen(beeld.bevindingen)}
    besluiten = {zin for deel, zin in gezegd if deel == "Te beslissen"}
    assert besluiten == {"1 verbeteractie is te laat en nog niet uitgevoerd."}
    # Each line leads to a sheet that is there.
    assert {rij["Meer op blad"] for rij in kort} - {None} <= set(boek.sheetnames)


def test_elk_blad_is_ingericht_om_af_te_drukken(boek: openpyxl.Workbook) -> None:
    meer = set()
    for vel in boek:
        (eigen,) = vel.tables.values()
        assert vel.page_setup.paperSize == 9
        assert vel.print_area.startswith(f"'{vel.title}'!$A$1:"), vel.title
        assert vel.oddHeader.left.text == "Coulant Reïntegratie"
        assert (vel.oddHeader.center.text, vel.oddHeader.right.text) == (f"Klachten in {JAAR}", "&A")
        assert vel.oddFooter.right.text == "Bladzijde &P van &N"
        if vel.title != "SQL":
            kop = int(eigen.ref.split(":")[0][1:])
            assert vel.print_title_rows == f"${kop}:${kop}", vel.title
        passend = vel.sheet_properties.pageSetUpPr.fitToPage
        # Eight points of eleven are 72.7 percent, and a sheet has whole ones.
        assert vel.page_setup.fitToWidth == 1 if passend else vel.page_setup.scale >= 72, vel.title
        if not passend or not vel.page_setup.fitToHeight:
            meer.add(vel.title)
        # Every chart below its table, and within what is printed.
        onder = int(eigen.ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        tot = int(vel.print_area.rsplit("$", 1)[1])
        for figuur in vel._charts:
            assert (figuur.anchor._from.col, onder <= figuur.anchor._from.row < tot) == (0, True), vel.title
    assert not meer & set(DIRECTIE), "what a directie reads is a page each"
    assert meer <= {"Dagen tot afsluiting", "Verandering", "Per maand", "Herkomst"}


@MET_SOFFICE
def test_libreoffice_drukt_het_hele_werkboek_leesbaar_af(volledig: bytes, tmp_path: Path) -> None:
    paginas = pypdf.PdfReader(zet_om(volledig, "pdf", tmp_path)).pages
    for pagina in paginas:
        letters: Counter[int] = Counter()

        def lees(tekst: str, cm: list[float], tm: list[float], _: Any, maat: float, op: Counter[int] = letters) -> None:
            # The title of an axis may stand upright.
            op[round(10 * maat * math.hypot(tm[2], tm[3]) * abs(cm[3]))] += len(tekst.strip())

        pagina.extract_text(visitor_text=lees)
        assert letters, pagina.page_number
        klein = {grootte / 10: aantal for grootte, aantal in letters.items() if aantal and grootte < 79}
        assert not klein, (pagina.page_number, klein)
    # 61 before charts stood below their tables.
    assert len(DIRECTIE) < len(paginas) <= 48


@MET_SOFFICE
def test_libreoffice_opent_het_hele_werkboek(volledig: bytes, boek: openpyxl.Workbook, tmp_path: Path) -> None:
    geopend = openpyxl.load_workbook(zet_om(volledig, "xlsx", tmp_path))
    assert geopend.sheetnames == boek.sheetnames
    for vel in boek:
        ander = geopend[vel.title]
        assert [t.ref for t in ander.tables.values()] == [t.ref for t in vel.tables.values()], vel.title
        # Without a window LibreOffice writes no frozen rows; openpyxl has seen them above.
        assert len(ander._charts) == len(vel._charts), vel.title
        assert not [cel for rij in ander.iter_rows() for cel in rij if cel.data_type in ("f", "e")]


# --- the command and the lists ---------------------------------------------------------------------------------------


def test_de_opdracht_schrijft_het_werkboek(
    gevuld: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from klachten import opening

    class Open:
        def __enter__(self) -> Register:
            return gevuld

        def __exit__(self, *_: object) -> None:
            pass

    # First, so that every command is loaded: one that is loaded below would open this register ever after.
    assert opdrachtregel.main(["excel", "2025", "--map", str(tmp_path / "nergens")]) == 2
    assert "staat geen register" in capsys.readouterr().err
    monkeypatch.setattr(opening, "open_register", lambda map: Open())
    naar = tmp_path / "boek.xlsx"
    vast = ["--map", str(gevuld.map), "--peildatum", "2026-11-22", "--naar", str(naar)]
    assert opdrachtregel.main(["excel", "2025", *vast]) == 0
    assert "Werkboek van 2025 op 22-11-2026 gemaakt" in capsys.readouterr().out
    assert "Stroom" in openpyxl.load_workbook(naar).sheetnames
    assert opdrachtregel.main(["excel", "2030", *vast]) == 2
    assert "begint pas na de peildatum" in capsys.readouterr().err
    # Who gave the command is not known; that a file was made is in the log of looking, once.
    (regel,) = (een.regel for maand in Kijkketen(gevuld.map).maanden() for een in Kijkketen(gevuld.map).regels(maand))
    assert (regel.wat, regel.wie, regel.waar) == (GEDOWNLOAD, OPDRACHT, "excel_jaarbeeld")


@pytest.mark.parametrize("wie", ["anna", "carla", "bas"])
def test_het_bestand_van_de_klachten_toont_wat_de_lijst_toont(
    gevuld: Register, cursor: DuckDBPyConnection, wie: str
) -> None:
    gebruiker = organisatie.gebruiker(wie)
    assert gebruiker is not None
    filter = klachtenlijst.Filter()
    alle = klachtenlijst.read_all(cursor, filter, gebruiker, PEILDATUM, volgorde="termijn")
    bladen = klachtenlijst.read_page(cursor, filter, gebruiker, PEILDATUM, volgorde="termijn", limit=1000, offset=0)
    assert alle == bladen
    waarvan = Waarvan(
        gebruiker=gebruiker,
        peildatum=PEILDATUM,
        zegel="z",
        feiten=1,
        filter="f",
        reglementen=gevuld.reglementen,
        gewoon="coulant",
    )
    boek = heropend(bestanden.bestand(waarvan, [bestanden.klachten(alle, waarvan)], ["klachten"]))
    for regel, rij in zip(alle, tabel(boek, "Klachten"), strict=True):
        assert rij["Klachtnummer"] == regel.klachtnummer
        assert rij["Indiener"] == regel.indiener
    assert gebruiker.naam in alle_teksten(boek)


@pytest.mark.parametrize("te_laat", [True, False])
def test_de_filters_gelden_ook_in_het_bestand(cursor: DuckDBPyConnection, te_laat: bool) -> None:
    anna = organisatie.gebruiker("anna")
    assert anna is not None
    keuze = Telling(peildatum=PEILDATUM, filter=Filter(vestiging="weert"), status="alles")
    filter = klachtenlijst.Filter(te_laat=te_laat, keuze=keuze, zoek="K202")
    alle = klachtenlijst.read_all(cursor, filter, anna, PEILDATUM, volgorde="nieuwste")
    assert len(alle) == klachtenlijst.count(cursor, filter, anna, PEILDATUM)
    assert {regel.vestiging for regel in alle} <= {"weert"}


def test_de_knoppen_kennen_elke_pagina_van_de_evaluatie() -> None:
    gebruikt = {
        pad.stem for pad in Path("pages/evaluatie").glob("*.py") if "uitvoer.evaluatie(" in pad.read_text("utf-8")
    }
    assert gebruikt == set(uitvoer.PAGINAS)
    assert {id for ids in uitvoer.PAGINAS.values() for id in ids} <= BLADEN.keys()
    for pad in [*Path("pages/evaluatie").glob("*.py"), *Path("pages/behandeling").glob("*.py")]:
        heeft = "excelknop.toon(" in pad.read_text("utf-8")
        # That of the Verkenner stands with its answer (tests/test_pagina_verkenner.py); so does that of the
        # SQL desk (tests/test_sqlbestand.py); a meeting leaves as PDF.
        assert heeft == (pad.stem not in ("dossier", "intake", "vergadering", "verkenner", "sqlbureau")), pad
    assert "blad Herkomst" in excelknop.UITLEG


def test_alleen_wie_klachten_behandelt_krijgt_kleine_aantallen() -> None:
    buiten = {persoon.id for persoon in ROLVERDELING if uitvoer.gaat_naar_buiten(persoon)}
    assert buiten == {"eva", "gijs", "hanna", "iris"}
    assert {persoon.id for persoon in ROLVERDELING if uitvoer.toont_namen(persoon)} == {
        "carla",
        "frank",
        "joris",
    }


def test_het_werkboek_leest_ook_als_gewoon_bestand(volledig: bytes) -> None:
    boek = openpyxl.load_workbook(io.BytesIO(volledig), read_only=True)
    assert next(boek["Inhoud"].iter_rows(values_only=True))[0] == f"Klachten in {JAAR}"
