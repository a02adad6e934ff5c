"""The SQL desk reads the snapshot and nothing else; what stands in it is written down with its meaning and unit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import pytest

from klachten import apart
from klachten.analyse.verkenner import bureau
from klachten.analyse.verkenner.bureau import Gevraagd, Uitkomst
from klachten.analyse.verkenner.sqlzinnen import GEEN_TOEGANG
from klachten.kijklog.log import Kijklog
from klachten.kijklog.regel import BEVRAAGD, plain
from klachten.register import Register
from klachten.scherm.beheer.kijklog import waar
from klachten.uitvoer.gegevens import VOORBEELDEN
from tests import gegevensproef
from tests.evaluatieproef import VANDAAG, register_met_momentopname
from tests.schermproef import open_pagina, tekst

ZONDER = ("K2025-0001", "K2025-0002")


@pytest.fixture(scope="module", autouse=True)
def register() -> Iterator[Register]:
    with register_met_momentopname(40) as register:
        yield register


@pytest.fixture(scope="module")
def dicht(register: Register) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the process of its own has open, here to attack it many times."""
    with bureau.ready(register.map, ZONDER, geheugen_mb=128) as con:
        yield con


def stel(con: duckdb.DuckDBPyConnection, sql: str, seconden: float = 300.0) -> Uitkomst:
    return bureau.reply(con, Gevraagd("", sql, seconden=seconden, rijen=20))


@pytest.mark.parametrize("nr", range(len(VOORBEELDEN)))
def test_every_example_gives_rows(dicht: duckdb.DuckDBPyConnection, nr: int) -> None:
    uit = stel(dicht, VOORBEELDEN[nr][1])
    assert uit.weigering == ""
    assert uit.rijen
    assert uit.tabellen


SELECT = "Hier kan alleen worden gelezen"
AANVALLEN = {
    "ATTACH '/tmp/ander.duckdb' AS ander": SELECT,
    "COPY klacht_stand TO '/tmp/gestolen.csv'": SELECT,
    "EXPORT DATABASE '/tmp/gestolen'": SELECT,
    "PRAGMA database_list": SELECT,
    "INSTALL httpfs": SELECT,
    "LOAD httpfs": SELECT,
    "SET memory_limit = '64GB'": SELECT,
    "SET enable_external_access = true": SELECT,
    "CREATE TABLE van_mij AS SELECT 1": SELECT,
    "DELETE FROM keuze": SELECT,
    "CALL pragma_version()": SELECT,
    "EXPLAIN ANALYZE SELECT 1": SELECT,
    "DROP VIEW klacht": SELECT,
    "WITH x AS (INSERT INTO keuze SELECT * FROM keuze RETURNING *) SELECT COUNT(*) FROM x": SELECT,
    "SELECT * FROM read_csv('/etc/passwd')": GEEN_TOEGANG,
    "SELECT * FROM read_text('/etc/passwd')": GEEN_TOEGANG,
    "SELECT * FROM read_parquet('/tmp/*.parquet')": GEEN_TOEGANG,
    "SELECT * FROM glob('/etc/*')": GEEN_TOEGANG,
    "SELECT * FROM '/etc/passwd'": GEEN_TOEGANG,
    "SELECT * FROM 'https://kwaad.example/x.parquet'": GEEN_TOEGANG,
    "SELECT * FROM con": "Er is geen tabel 'con'",
    "SELECT getenv('HOME')": "Er is geen functie 'getenv'",
    "SELECT * FROM query('DELETE FROM keuze')": SELECT,
    "SELECT 1; SELECT 2": "Stel één vraag tegelijk: dit zijn er 2.",
    "": "Typ een vraag in SQL",
    "-- alleen dit": "Typ een vraag in SQL",
    "SELEC 1": "Zo is het geen SQL",
    "SELECT $1": "Schrijf de waarde zelf op die plek",
    "SELECT list(a.range) FROM range(200000000) a": "te zwaar",
}


@pytest.mark.parametrize("sql", AANVALLEN)
def test_an_attack_is_refused_in_a_sentence(dicht: duckdb.DuckDBPyConnection, sql: str) -> None:
    uit = stel(dicht, sql)
    assert uit.weigering
    assert AANVALLEN[sql] in uit.weigering
    assert uit.rijen == ()
    # And it goes on as it was.
    assert stel(dicht, "SELECT COUNT(*) FROM keuze").rijen[0][0] > 10


def test_a_query_without_end_is_stopped(dicht: duckdb.DuckDBPyConnection) -> None:
    eindeloos = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r"
    assert "langer dan 0,1 seconden" in stel(dicht, eindeloos, seconden=0.1).weigering
    assert stel(dicht, "SELECT 1").rijen == ((1,),)


def test_no_more_rows_than_are_allowed_and_that_is_said(dicht: duckdb.DuckDBPyConnection) -> None:
    veel = stel(dicht, "SELECT * FROM range(100)")
    assert (len(veel.rijen), veel.meer) == (20, True)
    precies = stel(dicht, "SELECT * FROM range(20)")
    assert (len(precies.rijen), precies.meer) == (20, False)


GROOT = tuple(
    f"SELECT {', '.join([kolom] * keer)} FROM range(20000)"
    for kolom, keer in (("repeat('é', 2000)", 15), ("range % 10", 150))
)


@pytest.mark.parametrize("sql", GROOT)
def test_an_answer_that_would_fill_the_app_is_refused(dicht: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Rows are limited, and what is in them as well: as a file it is asked with all the rows that one may have."""
    gevraagd = Gevraagd("", sql, seconden=300, rijen=bureau.MEESTE_IN_BESTAND)
    uit = bureau.reply(dicht, gevraagd)
    assert (uit.weigering, uit.soort, uit.rijen) == (bureau.TE_GROOT, "sql_te_zwaar", ())
    # As much in fewer rows is an answer.
    weinig = bureau.reply(dicht, replace(gevraagd, sql=f"{sql} LIMIT 100"))
    assert (weinig.weigering, len(weinig.rijen)) == ("", 100)


def test_no_more_is_read_of_the_process_than_an_answer_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it says: the app itself holds no more than that."""
    vraag = json.dumps(asdict(Gevraagd("/bestaat/niet", "SELECT 1"))).encode()
    heel = apart.through(bureau.__name__, vraag, geduld=60)
    assert heel is not None
    assert apart.through(bureau.__name__, vraag, geduld=60, meest=len(heel)) == heel
    assert apart.through(bureau.__name__, vraag, geduld=60, meest=len(heel) - 1) is None
    monkeypatch.setattr(bureau, "MEESTE_BYTES", -bureau.EROMHEEN)
    assert bureau.vraag(Path("/bestaat/niet"), "SELECT 1").weigering == bureau.TE_ZWAAR


def test_klachten_in_which_the_reader_is_involved_are_in_no_table(dicht: duckdb.DuckDBPyConnection) -> None:
    for tabel in ("klacht_stand", "klacht", "feit", "maatregel_stand", "nader_stand"):
        waar = ", ".join(f"'{nummer}'" for nummer in ZONDER)
        assert stel(dicht, f"SELECT COUNT(*) FROM {tabel} WHERE klachtnummer IN ({waar})").rijen == ((0,),)
        assert stel(dicht, f"SELECT COUNT(*) FROM {tabel}").rijen != ((0,),)


def test_in_a_process_of_its_own_it_answers_the_same(register: Register) -> None:
    """One real process, with what it is told and what it says; an answer that is no table does not end the app."""
    uit = bureau.vraag(
        register.map, "SELECT jaar, MIN(ontvangen_op) AS eerste FROM klacht GROUP BY jaar ORDER BY jaar", ZONDER
    )
    assert uit.kolommen == ("jaar", "eerste")
    assert uit.weigering == ""
    assert uit.tabellen == ("klacht",)
    assert str(uit.rijen[0][1]).startswith(str(uit.rijen[0][0]))
    assert "hoogstens" in bureau.vraag(register.map, "SELECT 1" + " " * 30_000).weigering


@pytest.mark.parametrize(
    ("sql", "tabellen"),
    [
        # There is a question called so too.
        ("SELECT aspecten FROM klacht", ("klacht",)),
        ("SELECT * FROM aspecten(DATE '2025-12-31')", ("aspecten",)),
        (
            "SELECT COUNT(*) FROM klacht AS k JOIN termijnen (DATE '2025-12-31') USING (klachtnummer)",
            ("klacht", "termijnen"),
        ),
    ],
)
def test_what_was_asked_is_named_and_a_column_is_no_question(
    dicht: duckdb.DuckDBPyConnection, sql: str, tabellen: tuple[str, ...]
) -> None:
    uit = stel(dicht, sql)
    assert uit.weigering == ""
    assert uit.tabellen == tabellen


def test_without_a_snapshot_it_says_how_to_make_one(tmp_path: Path) -> None:
    assert "python -m klachten momentopname" in bureau.answer(Gevraagd(str(tmp_path), "SELECT 1")).weigering


def hier(map: Path, sql: str, niet: tuple[str, ...] = (), *, rijen: int = bureau.MEESTE_RIJEN) -> Uitkomst:
    """Ask in this process."""
    return bureau.answer(Gevraagd(str(map), sql, tuple(niet), rijen=rijen))


def test_the_page_shows_rows_refusals_and_the_meaning_of_columns(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    # The process is tried above; here what the page does with what it says.
    monkeypatch.setattr(bureau, "vraag", hier)
    gelogd: list[tuple[object, ...]] = []

    def note(
        _: Kijklog, wat: str, wie: str, *, waar: str, aantal: int | None = None, geweigerd: bool, **rest: object
    ) -> None:
        if wat == BEVRAAGD:
            gelogd.append((wie, plain(waar), aantal, geweigerd))

    monkeypatch.setattr(Kijklog, "note", note)
    proef = open_pagina("sqlbureau", als="carla")
    assert not proef.exception
    assert {"Kolom", "Betekenis", "Eenheid"} == set(proef.dataframe[0].value.columns)
    proef.text_area[0].set_value("SELECT vestiging, COUNT(*) AS n FROM klacht GROUP BY vestiging")
    proef.button[0].click().run()
    assert list(proef.dataframe[0].value.columns) == ["vestiging", "n"]
    proef.text_area[0].set_value("DROP TABLE keuze")
    proef.button[0].click().run()
    assert not proef.exception
    assert "alleen worden gelezen" in proef.error[0].value
    assert "hulp?waarom=sql_alleen_lezen" in tekst(proef)
    assert gelogd == [("carla", "sqlbureau/klacht", 3, False), ("carla", "sqlbureau", 0, True)]
    assert waar("sqlbureau/klacht") == "SQL-bureau: klacht"


def test_who_sees_no_rows_has_no_desk() -> None:
    geweigerd = open_pagina("sqlbureau", als="hanna")
    assert geweigerd.error
    assert "Uw vraag in SQL" not in tekst(geweigerd)


def test_the_description_of_the_snapshot_is_current(tmp_path: Path) -> None:
    """Made again by `python -m tests.gegevensproef`; a column without meaning or number without unit is an error."""
    assert gegevensproef.DOEL.read_text(encoding="utf-8") == gegevensproef.document(tmp_path / "register")
