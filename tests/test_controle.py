"""Checking the register: what is in order is said, and every kind of damage is found and named."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from klachten.gebeurtenissen import DocumentToegevoegd
from klachten.register import Register
from klachten.register.controle import controleer, herbouw
from klachten.register.journaal import Journaal, Kop, seal
from tests.registerproef import DAG, boek_klacht, fouten, leg_klacht_vast, leg_stap_vast, open_at

BRIEF = b"%PDF-1.7 brief"
SHA256 = hashlib.sha256(BRIEF).hexdigest()


def vul(register: Register) -> None:
    """Two klachten, one with a document."""
    leg_klacht_vast(register, indiener_naam="J. Jansen")
    leg_klacht_vast(register)
    leg_stap_vast(register, "K2026-0001", reden="Laat.")
    with register.schrijven() as boeking:
        feit = DocumentToegevoegd(gebeurd_op=DAG, document=SHA256, naam="brief.pdf")
        boeking.leg_vast("K2026-0001", feit, door="anna", rol="coordinator", document=BRIEF)


@pytest.fixture(scope="module")
def voorbeeld(tmp_path_factory) -> Path:
    map = tmp_path_factory.mktemp("voorbeeld")
    with open_at(map) as register:
        vul(register)
    return map


@pytest.fixture
def map(voorbeeld: Path, tmp_path: Path) -> Path:
    """A closed register of six facts."""
    return shutil.copytree(voorbeeld, tmp_path / "register")


def sql(map: Path, *opdrachten: str) -> None:
    """Change the database behind the register's back."""
    with duckdb.connect(str(map / "klachten.duckdb")) as con:
        for opdracht in opdrachten:
            con.execute(opdracht)


def test_a_register_in_order_has_only_good_news(map):
    bevindingen = controleer(map)
    assert {bevinding.ernst for bevinding in bevindingen} == {"goed"}
    zinnen = " ".join(bevinding.zin for bevinding in bevindingen)
    for stuk in (
        "keten van het journaal is heel: 6 feiten",
        "De database heeft dezelfde 6 feiten als het journaal",
        "zonder gaten: 2 nummers",
        "De dossiers kloppen met het journaal: 5 teksten",
    ):
        assert stuk in zinnen


def test_an_open_register_can_be_checked_while_it_is_used(map):
    with open_at(map) as register:
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
        leg_klacht_vast(register)
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


def test_checking_changes_nothing(map):
    voor = {pad: pad.read_bytes() for pad in map.rglob("*") if pad.is_file()}
    controleer(map)
    assert {pad: pad.read_bytes() for pad in map.rglob("*") if pad.is_file()} == voor


def test_an_empty_register_is_in_order(tmp_path):
    open_at(tmp_path).close()
    assert fouten(controleer(tmp_path)) == []


def test_a_folder_that_is_no_register_is_said_so(tmp_path):
    assert fouten(controleer(tmp_path / "niets")) != []
    assert not (tmp_path / "niets").exists()


# --- the zegel on a printed report -----------------------------------------------------------------------------------


def test_a_zegel_tells_at_which_fact_it_stands(map):
    regels = (map / "journaal" / "2026.jsonl").read_text(encoding="utf-8").splitlines()
    zegel = json.loads(regels[3])["zegel"]
    for gegeven in (zegel, zegel[:10], zegel[:8].upper(), f" {zegel} "):
        assert any(
            "bij feit 4; sindsdien zijn er 2 feiten bijgekomen" in bevinding.zin
            for bevinding in controleer(map, zegel=gegeven)
        )


@pytest.mark.parametrize(
    ("zegel", "zin"), [("ab" * 32, "komt in het journaal niet voor"), ("kort", "geen zegel"), ("abc", "geen zegel")]
)
def test_a_zegel_that_is_not_in_the_chain_is_an_error(map, zegel, zin):
    assert any(zin in fout for fout in fouten(controleer(map, zegel=zegel)))


# --- journal against database ----------------------------------------------------------------------------------------

LOS = ("DROP TRIGGER geen_wijziging ON gebeurtenis", "DROP TRIGGER geen_verwijdering ON gebeurtenis")


@pytest.mark.parametrize(
    ("opdracht", "zin"),
    [
        ("UPDATE gebeurtenis SET door = 'bas' WHERE nr = 3", "1 feit: 3"),
        ("UPDATE gebeurtenis SET gebeurd_op = '2026-01-06' WHERE nr = 3", "1 feit: 3"),
        ("UPDATE gebeurtenis SET gegevens = '{}' WHERE nr = 1", "1 feit: 1"),
        ("UPDATE gebeurtenis SET teksten = '{}' WHERE nr = 1", "1 feit: 1"),
        ("UPDATE gebeurtenis SET vastgelegd_op = vastgelegd_op + INTERVAL 1 MICROSECOND WHERE nr = 2", "1 feit: 2"),
        ("UPDATE gebeurtenis SET corrigeert = 1 WHERE nr = 2", "1 feit: 2"),
        ("DELETE FROM gebeurtenis WHERE nr = 2", "De database heeft 5 feiten"),
        ("INSERT INTO gebeurtenis SELECT 7, * EXCLUDE (nr) FROM gebeurtenis WHERE nr = 6", "heeft 7 feiten"),
        ("UPDATE stand SET zegel = repeat('a', 64)", "ander zegel"),
        ("UPDATE stand SET nr = 5", "De database heeft 6 feiten"),
        ("DELETE FROM stand", "niet te lezen"),
        ("UPDATE teller SET laatste = 9", "tellers van de nummers"),
        ("DELETE FROM tekst WHERE nr = 1 AND veld = 'omschrijving'", "ontbreken in de database"),
        ("UPDATE tekst SET tekst = 'anders' WHERE nr = 1", "staan er anders"),
        ("INSERT INTO tekst VALUES (2, 'K2026-0001', 'reden', 'uit de lucht')", "in geen dossier staan (1 feit: 2)"),
        ("UPDATE klacht_stand SET status = 'x' WHERE volgnr = 2", "klopt niet met de feiten: 1 nummer: K2026-0002"),
        ("DELETE FROM klacht_stand WHERE volgnr = 1", "Tabel klacht_stand klopt niet met de feiten: 1 nummer: K20"),
        (
            "INSERT INTO trajecten VALUES ('T2025', 2025, '2025-01-01', '2025-12-31', 'weert', 1)",
            "Tabel trajecten klopt niet",
        ),
        ("DELETE FROM zoekwoord WHERE klachtnummer = 'K2026-0002'", "de teksten (1 nummer: K2026-0002)"),
        ("INSERT INTO zoekwoord VALUES ('jansen', 'K2026-0007')", "de teksten (1 nummer: K2026-0007)"),
        ("DELETE FROM woord WHERE woord = 'begeleider'", "De woorden waarop u zoekt kloppen niet met de teksten."),
        ("INSERT INTO woord VALUES ('achtergebleven')", "De woorden waarop u zoekt kloppen niet met de teksten."),
        ("DROP TABLE woord", "mist 1 tabel: woord"),
        ("DROP TABLE klacht_stand CASCADE", "mist 1 tabel: klacht_stand"),
        ("INSERT INTO alarm VALUES ('2026-01-05', 'poging')", "Alarm van 05-01-2026"),
        (LOS[0], "bewaking tegen wijzigen is weggehaald (geen_wijziging)"),
    ],
)  # fmt: skip
def test_a_database_that_was_changed_is_found_out(map, opdracht, zin):
    sql(map, *(LOS if opdracht != LOS[0] else ()), opdracht)
    gevonden = [fout for fout in fouten(controleer(map)) if "bewaking" not in fout or "bewaking" in zin]
    assert any(zin in fout for fout in gevonden), gevonden


@pytest.mark.parametrize(
    ("schade", "ernst", "zin"),
    [
        (lambda pad: pad.unlink(), "let op", "Er is geen database; de volgende start maakt haar"),
        (lambda pad: pad.write_bytes(b"x" * 9000), "fout", "niet te openen"),
    ],
)
def test_without_a_database_journal_and_dossiers_are_still_checked(map, schade, ernst, zin):
    schade(map / "klachten.duckdb")
    (map / "dossiers" / "K2026-0002" / "teksten.jsonl").unlink()
    bevindingen = controleer(map)
    assert bevindingen[0].ernst == ernst
    assert zin in bevindingen[0].zin
    assert "herbouw" not in bevindingen[0].zin
    over = fouten(bevindingen[1:])
    assert len(over) == 1
    assert "Tekst 'omschrijving' bij feit 3 in het dossier van K2026-0002 ontbreekt" in over[0]


def test_a_journal_that_was_forged_whole_is_found_out_by_the_database(map):
    """Whoever seals every line again has a chain that is whole; the head in the database tells."""
    pad = map / "journaal" / "2026.jsonl"
    regels, zegel = [], "0" * 64
    for regel in pad.read_text(encoding="utf-8").splitlines():
        inhoud = json.loads(regel) | {"vorig": zegel}
        inhoud.pop("zegel")
        tekst, zegel = seal(inhoud | {"rol": "directie"})
        regels.append(tekst)
    pad.write_text("\n".join(regels) + "\n", encoding="utf-8", newline="\n")
    assert Journaal(map / "journaal").verify().kop.nr == 6
    assert any("ander zegel" in fout for fout in fouten(controleer(map)))


def test_a_number_that_was_skipped_is_found(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        with register.cursor() as cursor:
            cursor.execute("UPDATE teller SET laatste = 3")
        register._database._tellers.clear()
        leg_klacht_vast(register)
    assert any(
        "nummering ontbreekt: 2 nummers: K2026-0002, K2026-0003" in fout for fout in fouten(controleer(tmp_path))
    )


# --- dossiers --------------------------------------------------------------------------------------------------------


def _teksten(map: Path) -> Path:
    return map / "dossiers" / "K2026-0001" / "teksten.jsonl"


def _change_text(map: Path) -> None:
    pad = _teksten(map)
    pad.write_text(pad.read_text(encoding="utf-8").replace("J. Jansen", "P. Pietersen"), encoding="utf-8", newline="\n")


def _drop_text(map: Path) -> None:
    regels = _teksten(map).read_text(encoding="utf-8").splitlines(keepends=True)
    _teksten(map).write_text("".join(regels[1:]), encoding="utf-8", newline="\n")


def _drop_dossier(map: Path) -> None:
    shutil.rmtree(map / "dossiers" / "K2026-0001")


def _change_document(map: Path) -> None:
    (map / "dossiers" / "K2026-0001" / "documenten" / SHA256).write_bytes(b"andere brief")


def _drop_document(map: Path) -> None:
    (map / "dossiers" / "K2026-0001" / "documenten" / SHA256).unlink()


@pytest.mark.parametrize(
    ("schade", "zin"),
    [
        (_change_text, "Tekst 'indiener_naam' bij feit 1 in het dossier van K2026-0001 is veranderd"),
        (_drop_text, "bij feit 1 in het dossier van K2026-0001 ontbreekt"),
        (_drop_dossier, "Tekst 'reden' bij feit 5 in het dossier van K2026-0001 ontbreekt"),
        (_change_document, f"Document {SHA256[:12]} van K2026-0001 is veranderd"),
        (_drop_document, f"Document {SHA256[:12]} van K2026-0001 ontbreekt"),
    ],
)
def test_a_dossier_that_lost_or_changed_something_is_found_out(map, schade: Callable[[Path], None], zin):
    schade(map)
    gevonden = fouten(controleer(map))
    assert any(zin in fout for fout in gevonden), gevonden


def test_texts_beyond_the_head_are_the_sign_of_a_tail_that_was_cut_off(map):
    """The journal cut and the database gone: the dossiers still tell."""
    pad = map / "journaal" / "2026.jsonl"
    pad.write_bytes(b"".join(pad.read_bytes().splitlines(keepends=True)[:4]))
    (map / "klachten.duckdb").unlink()
    gevonden = fouten(controleer(map))
    assert any("minstens 2 feiten" in zin and "in de dossiers staat tekst van feit 6" in zin for zin in gevonden)
    assert not any("Draai" in zin for zin in gevonden), gevonden


def test_a_document_that_belongs_to_no_fact_is_told(map):
    (map / "dossiers" / "K2026-0001" / "documenten" / ("a" * 64)).write_bytes(b"")
    let_op = [bevinding.zin for bevinding in controleer(map) if bevinding.ernst == "let op"]
    assert let_op == ["K2026-0001: bij geen feit 1 document hoort: aaaaaaaaaaaa."]


# --- rebuilding ------------------------------------------------------------------------------------------------------


def alles(cursor: duckdb.DuckDBPyConnection, tabel: str) -> list[str]:
    """Every row of a table, in a fixed order."""
    return sorted(str(rij) for rij in cursor.execute(f"SELECT * FROM {tabel}").fetchall())


def test_a_rebuild_makes_the_same_database_again(tmp_path):
    with open_at(tmp_path) as register:
        vul(register)
        with register.schrijven() as boeking:
            for _ in range(700):
                boek_klacht(boeking)
        with register.cursor() as cursor:
            tabellen = [naam for (naam,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            tabellen = [naam for naam in tabellen if naam != "migratie"]
            voor = {naam: alles(cursor, naam) for naam in tabellen}
    meldingen = herbouw(tmp_path, reglementen={}, kalender_dagen=[])
    assert "op verzoek" in meldingen[0]
    assert [pad.name for pad in tmp_path.glob("*beschadigd*")] != []
    with open_at(tmp_path) as register, register.cursor() as cursor:
        na = {naam: alles(cursor, naam) for naam in tabellen}
    assert na == voor
    assert len(voor["gebeurtenis"]) == 1406


def test_a_rebuild_repairs_what_was_changed_in_the_database(map):
    sql(map, *LOS, "UPDATE gebeurtenis SET door = 'bas'", "UPDATE klacht_stand SET status = 'x'", "DELETE FROM tekst")
    assert fouten(controleer(map)) != []
    herbouw(map, reglementen={}, kalender_dagen=[])
    assert fouten(controleer(map)) == []


def test_the_state_of_the_past_follows_from_the_first_facts(map):
    with open_at(map) as register, register.cursor() as cursor:
        nu = "tot = DATE '9999-12-31'"
        vraag = f"SELECT klachtnummer, stappen FROM klacht_stand_uit_feiten(NULL, ?) WHERE {nu} ORDER BY klachtnummer"
        assert cursor.execute(vraag, [2]).fetchall() == [("K2026-0001", "1-3")]
        assert cursor.execute(vraag, [5]).fetchall() == [("K2026-0001", "1-3-2"), ("K2026-0002", "1-3")]
        assert Journaal(map / "journaal").verify(Kop()).kop.nr == 6
