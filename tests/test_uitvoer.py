"""Everything in open forms, and a register made of it again: the same dossiers, texts, documents and figures."""

from __future__ import annotations

import csv
import errno
import gzip
import hashlib
import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import duckdb
import openpyxl
import pytest

from klachten.__main__ import main
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.datamap import VERLIES
from klachten.opening import open_register
from klachten.register import Register
from klachten.register.afleiding import derived_tables
from klachten.register.controle import controleer
from klachten.uitvoer import Gemaakt, UitvoerFout, make, tabellen, vormen, woordenboek
from klachten.uitvoer.inlezen import read_in
from klachten.uitvoer.maken import UITLEG
from tests import kanarie, wisproef
from tests.registerproef import fouten, leg_klacht_vast
from tests.versleutelproef import KANARIE, STUK
from tests.wisproef import VANDAAG

NU = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


class Paar(NamedTuple):
    """A register, what was exported of it, and the register that was made of that."""

    oud: Register
    gemaakt: Gemaakt
    nieuw: Register
    gewist: wisproef.Oud
    deels: wisproef.Oud


def uitvoer(register: Register, naar: Path, **anders: Any) -> Gemaakt:
    return make(register, naar, nu=NU, vandaag=VANDAAG, **anders)


@pytest.fixture(scope="module")
def paar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paar]:
    """A register full of dangerous texts and names, of which a dossier and a person in another were erased."""
    map = tmp_path_factory.mktemp("uitvoer")
    kanarie.maak(map / "oud", 3)
    with open_register(map / "oud") as oud:
        gewist, deels = wisproef.oude_klacht(oud, "een"), wisproef.oude_klacht(oud, "twee")
        wisproef.oude_klacht(oud, "drie")
        wisproef.evalueer(oud)
        wisproef.wis(oud, gewist.nummer)
        wisproef.wis(oud, deels.nummer, wie="gemachtigde", grond="verzoek")
        gemaakt = uitvoer(oud, map / "uit", reden="overstap")
        read_in(map / "uit", map / "nieuw")
        with open_register(map / "nieuw") as nieuw:
            yield Paar(oud, gemaakt, nieuw, gewist, deels)


def alle_dossiers(register: Register) -> list[str]:
    with register.plain_cursor() as cursor:
        rijen = cursor.execute("SELECT DISTINCT klachtnummer FROM gebeurtenis ORDER BY 1").fetchall()
    return [nummer for (nummer,) in rijen]


# --- back again -------------------------------------------------------------------------------------------------------


def test_every_dossier_has_the_same_facts_with_the_same_texts(paar: Paar):
    assert alle_dossiers(paar.nieuw) == alle_dossiers(paar.oud)
    for nummer in alle_dossiers(paar.oud):
        toen, nu = ([replace(v, zegel="") for v in een.vastleggingen(nummer)] for een in (paar.oud, paar.nieuw))
        assert nu == toen
    assert paar.nieuw.stand().aantal == paar.oud.stand().aantal
    assert paar.nieuw.stand().zegel != paar.oud.stand().zegel


def test_every_document_is_the_same(paar: Paar):
    er = {n: paar.oud.dossiers.documents(n) for n in paar.oud.dossiers.numbers() if paar.oud.dossiers.documents(n)}
    assert {n: paar.nieuw.dossiers.documents(n) for n in paar.nieuw.dossiers.numbers() if n in er} == er
    for nummer, alle in er.items():
        for sha256 in alle:
            assert paar.nieuw.document(nummer, sha256) == paar.oud.document(nummer, sha256)
    assert paar.deels.nummer in er
    assert paar.gewist.nummer not in er


def test_every_figure_is_the_same(paar: Paar):
    toen, nu = paar.oud.cursor(), paar.nieuw.cursor()
    for sql in dict.fromkeys(kengetal.sql for kengetal in KENGETALLEN):
        assert rijen_van(nu, sql, peildatum=VANDAAG) == rijen_van(toen, sql, peildatum=VANDAAG), sql
    assert wisproef.bevroren(paar.nieuw) == wisproef.bevroren(paar.oud) != {}


def test_every_row_that_follows_from_the_facts_and_every_word_is_the_same(paar: Paar):
    for tabel in (*sorted(derived_tables()), "zoekwoord", "woord", "teller", "termijn", "tekst"):
        toen, nu = (
            een.plain_cursor().execute(f"SELECT DISTINCT * FROM {tabel} ORDER BY ALL").fetchall()
            for een in (paar.oud, paar.nieuw)
        )
        assert nu == toen, tabel


def test_what_was_made_is_in_order(paar: Paar):
    assert fouten(controleer(paar.nieuw)) == []


# --- what is in it ----------------------------------------------------------------------------------------------------


def bestanden(map: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, unpacked: what a person who looks for a word would find."""
    for pad in sorted(map.rglob("*")):
        naam = pad.relative_to(map).as_posix()
        if pad.suffix == ".gz":
            yield naam, gzip.decompress(pad.read_bytes())
        elif pad.suffix == ".xlsx":
            with zipfile.ZipFile(pad) as gepakt:
                yield from ((f"{naam}/{deel}", gepakt.read(deel)) for deel in gepakt.namelist())
        elif pad.suffix == ".parquet":
            rijen = duckdb.sql(f"SELECT * FROM read_parquet('{pad}')").fetchall()
            yield naam, "\n".join(str(deel) for rij in rijen for deel in rij).encode()
        elif pad.is_file():
            yield naam, pad.read_bytes()


def test_what_was_erased_is_in_no_file_and_what_stays_is(paar: Paar):
    alle = list(bestanden(paar.gemaakt.map))
    weg = [*paar.gewist.woorden.values(), paar.deels.woorden["gemachtigde"]]
    assert [(naam, woord) for naam, inhoud in alle for woord in weg if woord.encode() in inhoud] == []
    waar = {naam for naam, inhoud in alle if paar.deels.woorden["indiener"].encode() in inhoud}
    assert {"feiten.jsonl", "csv/teksten.csv", "csv/partijen.csv", "parquet/partijen.parquet"} <= waar
    feiten = [json.loads(regel) for regel in (paar.gemaakt.map / "feiten.jsonl").read_text("utf-8").splitlines()]
    assert [feit["nr"] for feit in feiten if "ontbreekt" in feit] == []
    assert sum(len(feit.get("gewist", ())) for feit in feiten if feit["klachtnummer"] == paar.gewist.nummer) > 10


def test_an_export_has_the_files_that_its_explanation_names_and_nothing_of_accounts(paar: Paar):
    map = paar.gemaakt.map
    manifest = json.loads((map / "uitvoer.json").read_text("utf-8"))
    assert {pad.name for pad in map.iterdir()} == {
        "LEESMIJ.md", "uitvoer.json", "feiten.jsonl", "parquet", "csv", "klachten.xlsx", "proces.xes.gz",
        "documenten", "reglementen",
    }  # fmt: skip
    leesmij = (map / "LEESMIJ.md").read_text("utf-8")
    assert all(f"`{naam}`" in leesmij for naam in ("feiten.jsonl", "parquet/", "klachten.xlsx", *tabellen.TABELLEN))
    assert "Waarvoor: overstap." in leesmij
    for naam, wat in manifest["bestanden"].items():
        inhoud = (map / naam).read_bytes()
        assert (hashlib.sha256(inhoud).hexdigest(), len(inhoud)) == (wat["sha256"], wat["bytes"])


def tabel(map: Path, naam: str) -> list[dict[str, Any]]:
    """The rows of a table of Parquet."""
    gevonden = duckdb.sql(f"SELECT * FROM read_parquet('{map / 'parquet' / naam}.parquet')")
    return [dict(zip(gevonden.columns, rij, strict=True)) for rij in gevonden.fetchall()]


def test_every_column_of_every_table_is_explained_and_nothing_else_is(paar: Paar):
    uitleg, gezien = woordenboek.tables(), set[str]()
    assert set(uitleg) == set(tabellen.TABELLEN)
    for naam, deel in uitleg.items():
        kolommen = set(duckdb.sql(f"SELECT * FROM '{paar.gemaakt.map}/parquet/{naam}.parquet'").columns)
        assert kolommen - deel.kolommen.keys() == set(), naam
        gezien |= {f"{naam}.{kolom}" for kolom in kolommen} | kolommen
    bron = tomllib.loads(Path(woordenboek.__file__).with_suffix(".toml").read_text("utf-8"))
    eigen = {f"{naam}.{kolom}" for naam, deel in bron["tabel"].items() for kolom in deel.get("kolom", {})}
    assert (set(bron["kolom"]) | eigen) - gezien == set()


def test_every_table_that_follows_from_the_facts_is_exported():
    gevraagd = " ".join(tabellen.TABELLEN.values())
    weg = [t for t in derived_tables() if not re.search(rf"\bFROM {t.removesuffix('_stand')}\b", gevraagd)]
    assert weg == []


def test_csv_says_the_same_as_parquet_and_holds_no_formula(paar: Paar):
    formules = 0
    for naam in tabellen.TABELLEN:
        rijen = tabel(paar.gemaakt.map, naam)
        if naam == "feiten":
            assert [rij["nr"] for rij in rijen] == sorted(rij["nr"] for rij in rijen)
        with (paar.gemaakt.map / "csv" / f"{naam}.csv").open(encoding="utf-8-sig", newline="") as bestand:
            gelezen = list(csv.DictReader(bestand, delimiter=";"))
        assert len(gelezen) == len(rijen) == paar.gemaakt.tabellen[naam]
        for rij, regel in zip(rijen, gelezen, strict=True):
            for kolom, waarde in rij.items():
                if isinstance(waarde, str):
                    gevaarlijk = waarde.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
                    formules += gevaarlijk
                    assert regel[kolom] == (f"'{waarde}" if gevaarlijk else waarde), (naam, kolom)
                elif isinstance(waarde, date) and not isinstance(waarde, datetime):
                    assert regel[kolom] == waarde.isoformat()
    assert formules
    with paar.oud.cursor() as cursor:
        telt = {nr for (nr,) in cursor.execute("SELECT nr FROM feit(NULL, NULL)").fetchall()}
    assert {rij["nr"] for rij in tabel(paar.gemaakt.map, "feiten") if rij["geldt"]} == telt


@pytest.mark.parametrize(
    ("tekst", "in_csv"),
    [
        *((begin + "1+1", "'" + begin + "1+1") for begin in "=+-@\t\r\n＝＋－＠"),
        ("1+1=2", "1+1=2"),
        ('a";\n=b', 'a";\n=b'),
        ("", ""),
        ("'=1", "'=1"),
    ],
)
def test_a_text_that_begins_as_a_formula_gets_an_apostrophe_in_csv(tmp_path: Path, tekst: str, in_csv: str):
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (tekst VARCHAR, teksten VARCHAR[], getal BIGINT)")
        con.execute("INSERT INTO t VALUES (?, [?, 'b'], -1)", [tekst, tekst])
        kolommen = tabellen.columns(con, "SELECT * FROM t")
        vormen.parquet(con, "SELECT * FROM t", tmp_path / "t.parquet")
        vormen.csv(con, kolommen, tmp_path / "t.parquet", tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as bestand:
        rijen = list(csv.reader(bestand, delimiter=";"))
    assert rijen == [["tekst", "teksten", "getal"], [in_csv, f"{in_csv} | b", "-1"]]


def test_no_cell_of_the_workbook_is_a_formula_and_every_table_is_explained_in_it(paar: Paar):
    boek = openpyxl.load_workbook(paar.gemaakt.map / "klachten.xlsx")
    assert boek.sheetnames[0] == UITLEG
    assert set(tabellen.TABELLEN) - set(boek.sheetnames) == {"feiten", "teksten"}
    gezien = 0
    for blad in boek:
        for rij in blad.iter_rows():
            for cel in rij:
                assert cel.data_type != "f", (blad.title, cel.coordinate, cel.value)
                if isinstance(cel.value, str) and cel.value.startswith(("=", "+", "-", "@")):
                    gezien += 1
                    assert cel.quotePrefix, (blad.title, cel.coordinate)
    assert gezien


def test_the_event_log_has_a_trace_for_every_klacht_and_an_event_for_every_valid_fact(paar: Paar):
    boom = ElementTree.fromstring(gzip.decompress((paar.gemaakt.map / "proces.xes.gz").read_bytes()))
    xes = "{http://www.xes-standard.org/}"
    assert {een.attrib["prefix"] for een in boom.findall(f"{xes}extension")} == {"concept", "time", "org", "lifecycle"}
    with paar.oud.cursor() as cursor:
        verwacht = cursor.execute(
            "SELECT f.klachtnummer, list(f.nr ORDER BY f.gebeurd_op, f.oorsprong) FROM feit(NULL, NULL) AS f "
            "WHERE f.klachtnummer LIKE 'K%' GROUP BY ALL ORDER BY 1"
        ).fetchall()
    gezien = []
    for spoor in boom.findall(f"{xes}trace"):
        feiten = []
        for feit in spoor.findall(f"{xes}event"):
            velden = {deel.attrib["key"]: deel.attrib["value"] for deel in feit}
            assert velden.keys() >= {"concept:name", "time:timestamp", "lifecycle:transition", "org:resource"}
            assert datetime.fromisoformat(velden["time:timestamp"]).utcoffset() is not None
            feiten.append(int(velden["feit"]))
        (nummer,) = (een.attrib["value"] for een in spoor if een.attrib.get("key") == "concept:name")
        gezien.append((nummer, feiten))
    assert gezien == verwacht


def test_every_document_is_a_file_with_the_sha256_of_the_list(paar: Paar):
    stukken = tabel(paar.gemaakt.map, "documenten")
    assert {rij["toestand"] for rij in stukken} == {"aanwezig", "gewist"}
    for rij in stukken:
        if rij["toestand"] == "gewist":
            assert (rij["naam"], rij["bestand"]) == ("", "")
        else:
            inhoud = (paar.gemaakt.map / rij["bestand"]).read_bytes()
            assert hashlib.sha256(inhoud).hexdigest() == rij["sha256"]
    (stuk,) = (rij for rij in stukken if rij["klachtnummer"] == paar.deels.nummer)
    assert stuk["bestand"].endswith(paar.deels.woorden["stuk"])


# --- all or nothing ---------------------------------------------------------------------------------------------------


def test_nothing_is_written_over_and_nothing_comes_in_the_register(firma: Register, tmp_path: Path):
    (tmp_path / "vol" / "x").mkdir(parents=True)
    (tmp_path / "bestand").touch()
    (tmp_path / "wijzer").symlink_to(tmp_path)
    for naam, zin in (("vol", "is niet leeg"), ("bestand", "is geen gewone map"), ("wijzer", "is geen gewone map")):
        with pytest.raises(UitvoerFout, match=zin):
            uitvoer(firma, tmp_path / naam)
    with pytest.raises(UitvoerFout, match="ligt in de map van het register"):
        uitvoer(firma, firma.map / "uit")
    assert not (firma.map / "uit").exists()


def test_a_disk_that_is_full_is_a_sentence_and_leaves_nothing(firma: Register, tmp_path: Path):
    naar = tmp_path / "weg" / "uit"

    def vol(wat: str) -> None:
        if "Excel" in wat:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UitvoerFout, match=r"De uitvoer is niet gemaakt.*Maak ruimte op de schijf"):
        uitvoer(firma, naar, stap=vol)
    assert list(naar.parent.iterdir()) == []


def test_what_is_erased_while_it_is_made_stops_it(firma: Register, tmp_path: Path):
    # Once while the database is read, and once when all of it was.
    for wanneer in ("de tabel klachten", "de uitleg en de controlegetallen"):
        nummer = wisproef.oude_klacht(firma).nummer
        wis = {wanneer: lambda nummer=nummer: wisproef.wis(firma, nummer)}
        with pytest.raises(UitvoerFout, match="intussen iets gewist"):
            uitvoer(firma, tmp_path / "uit", stap=lambda wat, wis=wis: wis.get(wat, int)())
        assert not (tmp_path / "uit").exists()


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory, ingericht: Path) -> Path:
    """An export of a small register with a document."""
    map = tmp_path_factory.mktemp("klein")
    with open_register(shutil.copytree(ingericht, map / "register")) as register:
        wisproef.oude_klacht(register)
        (map / ".uit.wordt" / "half").mkdir(parents=True)  # of one that was killed
        (map / "uit").mkdir()
        assert uitvoer(register, map / "uit").aantal_feiten == register.stand().aantal
    assert {pad.name for pad in map.iterdir()} == {"register", "uit"}
    return map / "uit"


def ander_feit(map: Path) -> None:
    feiten = (map / "feiten.jsonl").read_text("utf-8")
    (map / "feiten.jsonl").write_text(feiten.replace("Zwaluwnaam", "Spreeuwnaam"), "utf-8")


def herschreven(map: Path, **anders: Any) -> None:
    """Change the list itself, as somebody would who changed a file as well."""
    manifest = json.loads((map / "uitvoer.json").read_text("utf-8")) | anders
    for naam in manifest["bestanden"]:
        if (map / naam).is_file():
            manifest["bestanden"][naam] = {"sha256": hashlib.sha256((map / naam).read_bytes()).hexdigest(), "bytes": 1}
    (map / "uitvoer.json").write_text(json.dumps(manifest), "utf-8")


def korter(map: Path) -> None:
    regels = (map / "feiten.jsonl").read_text("utf-8").splitlines(keepends=True)
    (map / "feiten.jsonl").write_text("".join(regels[:-1]), "utf-8")
    herschreven(map)


def buiten(map: Path, naam: str) -> None:
    manifest = json.loads((map / "uitvoer.json").read_text("utf-8"))
    herschreven(map, bestanden=manifest["bestanden"] | {naam: {"sha256": "", "bytes": 0}})


def onbekend(map: Path) -> None:
    feiten = (map / "feiten.jsonl").read_text("utf-8")
    (map / "feiten.jsonl").write_text(feiten.replace("KlachtOnderzocht", "KlachtGewogen"), "utf-8")
    herschreven(map)


@pytest.mark.parametrize(
    ("doe", "zin"),
    [
        (ander_feit, "feiten.jsonl is veranderd sinds de uitvoer is gemaakt"),
        (lambda map: (map / "feiten.jsonl").unlink(), "feiten.jsonl ontbreekt in de uitvoer"),
        (lambda map: next((map / "documenten").rglob("*.txt")).write_bytes(b"anders"), "is veranderd sinds"),
        (lambda map: (map / "uitvoer.json").unlink(), "is geen uitvoer van klachten"),
        (lambda map: (map / "uitvoer.json").write_text("{"), "is veranderd of beschadigd"),
        (lambda map: herschreven(map, formaat=99), "in een vorm die deze versie niet leest"),
        (korter, "horen er"),
        (lambda map: buiten(map, "documenten/../../geheim"), "naar een bestand daarbuiten"),
        (lambda map: buiten(map, "reglementen/../../uit/feiten.jsonl"), "naar een bestand daarbuiten"),
        (onbekend, "nieuwere versie|KlachtGewogen"),
    ],
)
def test_what_is_no_whole_export_makes_no_register(klein: Path, tmp_path: Path, doe: Any, zin: str):
    doe(map := shutil.copytree(klein, tmp_path / "uit"))
    with pytest.raises(Exception, match=zin) as gezegd:
        read_in(map, tmp_path / "nieuw")
    assert type(gezegd.value).__module__.startswith("klachten.")
    assert [pad.name for pad in tmp_path.iterdir()] == ["uit"]


# --- other registers --------------------------------------------------------------------------------------------------


def test_the_commands_take_a_sealed_register_out_and_back_again(
    dicht: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    uit, nieuw = tmp_path / "uit", tmp_path / "nieuw"
    gelezen = Path("reglementen", "overnemen", "zaak", "kolommen.toml")
    (dicht / gelezen).parent.mkdir(parents=True)
    (dicht / gelezen).write_text("bron = 'zaak'", "utf-8")
    with open_register(dicht) as register:
        voor = register.vastleggingen("K2026-0001")
    assert main(["uitvoer", "--map", str(dicht), "--naar", str(uit), "--reden", "overstap"]) == 0
    assert "Begin met LEESMIJ.md" in capsys.readouterr().out
    regels = [regel for pad in (dicht / "kijklog").glob("2*.jsonl") for regel in pad.read_text("utf-8").splitlines()]
    assert json.loads(regels[-1])["waar"] == "uitvoer_alles"
    assert f"De {KANARIE}0 kwam niet." in (uit / "feiten.jsonl").read_text("utf-8")
    assert [pad.read_bytes() for pad in (uit / "documenten").rglob("*.pdf")] == [STUK]
    assert main(["inlezen", str(uit), "--naar", str(nieuw)]) == 0
    assert "De zegels zijn andere." in capsys.readouterr().out
    assert (nieuw / gelezen).read_text("utf-8") == "bron = 'zaak'"
    with open_register(nieuw) as register:
        assert [v.feit for v in register.vastleggingen("K2026-0001")] == [v.feit for v in voor]
    assert main(["inlezen", str(uit), "--naar", str(nieuw)]) == 2
    assert "is niet leeg" in capsys.readouterr().err


def test_facts_that_were_lost_stay_lost_and_their_numbers_unused(ingericht: Path, tmp_path: Path):
    map = shutil.copytree(ingericht, tmp_path / "register")
    with open_register(map) as register:
        for _ in range(3):
            leg_klacht_vast(register)
    (journaal,) = (map / "journaal").glob("[0-9]*.jsonl")
    regels = journaal.read_bytes().splitlines(keepends=True)
    journaal.write_bytes(b"".join(regels[:-2]))  # the last klacht is gone
    with open_register(map, herbouw=True, ondanks="de schijf is vervangen") as register:
        leg_klacht_vast(register, omschrijving="Erna.")
        nrs = [v.nr for nummer in alle_dossiers(register) for v in register.vastleggingen(nummer)]
        uitvoer(register, tmp_path / "uit")
    read_in(tmp_path / "uit", tmp_path / "nieuw")
    with open_register(tmp_path / "nieuw") as nieuw:
        assert [v.nr for nummer in alle_dossiers(nieuw) for v in nieuw.vastleggingen(nummer)] == nrs
        assert len(nrs) < max(nrs)
        assert leg_klacht_vast(nieuw) == "K2026-0005"  # it goes on, and gives no number of before again
        assert fouten(controleer(nieuw)) == []
    assert (tmp_path / "nieuw" / "journaal" / VERLIES).is_file()
