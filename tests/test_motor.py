"""The same figures by Spark as by DuckDB: of a register, of a lake as it lies there, of 200 organisations at once."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pandas.testing import assert_frame_equal

from klachten import __main__, analyse, meer
from klachten.analyse import motor
from klachten.analyse.basis import kengetallen as eigen
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.motor import MotorFout, spark
from klachten.meer import kengetallen, vorm
from klachten.meer.spark import SparkLezer, reader
from klachten.meting.meermeting import questions
from klachten.periode import Periode

from . import eenmaal
from .meerproef import DAG, JAAR, NAMEN, fill, registers
from .motorproef import SNEL, VORMEN, asked, met_spark

met_spark()

ORGANISATIES = 200


class Veel(meer.Lezer):
    """A lake of 200 organisations, each with another part of the klachten of one of two; one file for each table."""

    map: Path

    @classmethod
    def van(cls, lezer: meer.Lezer, map: Path) -> Veel:
        """Write the files: the first organisation has no klachten, each other a sixth of them, by lot."""
        lezer._choose(lezer.per_kalender()[0])
        con = lezer.con
        con.execute("CREATE TEMP TABLE bron AS SELECT organisatie, row_number() OVER () AS nr FROM gekozen")
        for tabel in vorm.KOLOMMEN:
            deel = "hash(t.klachtnummer, w.nr) % 6 = 0 AND w.nr > 0" if tabel in vorm.KLACHTTABELLEN else "TRUE"
            con.execute(
                "COPY (SELECT format('{:016x}', w.nr) AS organisatie, t.* EXCLUDE (organisatie) "
                f"FROM range({ORGANISATIES}) AS w (nr) JOIN bron AS b ON b.nr = w.nr % 2 + 1 "
                f"JOIN {tabel}_alle AS t ON t.organisatie = b.organisatie WHERE {deel}) "
                f"TO '{map / tabel}.parquet' (FORMAT parquet)"
            )
        cls.map = map
        een = lezer.leveringen[0]
        return cls(lezer._plek, [dataclasses.replace(een, organisatie=f"{nr:016x}") for nr in range(ORGANISATIES)], ())

    def _source(self, tabel, kolommen, organisaties):
        keuze = ", ".join(f"b.{kolom}" for kolom in kolommen)
        return f"SELECT b.organisatie, {keuze} FROM read_parquet('{self.map / tabel}.parquet') AS b"


class SparkVeel(SparkLezer):
    """The same one by Spark."""

    def table(self, tabel, organisaties):
        return self.sessie.read.parquet(str(Veel.map / f"{tabel}.parquet"))


@pytest.fixture(scope="module")
def firmas() -> Path:
    return eenmaal.made("meer", registers)


@pytest.fixture(scope="module")
def lezer(firmas: Path, tmp_path_factory) -> Iterator[meer.Lezer]:
    naar = tmp_path_factory.mktemp("meer") / "meer"
    naar.mkdir()
    fill(firmas, str(naar))
    gelezen = meer.open(naar)
    yield gelezen
    gelezen.close()


@pytest.fixture(scope="module")
def veel(lezer, tmp_path_factory) -> Iterator[Veel]:
    gelezen = Veel.van(lezer, tmp_path_factory.mktemp("veel"))
    yield gelezen
    gelezen.close()


@pytest.fixture(scope="module", autouse=True)
def sessie() -> Iterator[object]:
    """One session for the whole module: it takes seconds to start."""
    sessie = spark.session("local[2]", SNEL)
    yield sessie
    sessie.stop()


def test_spark_leaves_no_folder_where_it_is_started(sessie) -> None:
    sessie.catalog.listTables()  # asks its own tables, of which there are none
    plek = urlsplit(sessie.conf.get("spark.sql.warehouse.dir")).path
    assert (Path(plek), Path("spark-warehouse").exists()) == (Path(tempfile.gettempdir()), False)


@pytest.fixture(scope="module")
def spark_veel(veel) -> SparkVeel:
    return SparkVeel(veel)


@pytest.mark.parametrize("id", asked())
def test_a_kengetal_of_200_organisations_is_the_same_by_spark_as_by_duckdb(id, veel, spark_veel):
    duck = kengetallen.bereken(veel, id, peildatum=DAG)
    assert_frame_equal(kengetallen.bereken(spark_veel, id, peildatum=DAG), duck)
    assert not len(duck) or duck["organisatie"].nunique() > ORGANISATIES / 10


def test_what_is_asked_of_both_has_every_form_of_sql_that_a_kengetal_has():
    """The rest is built of the same forms: `python -m tests.motorproef` asks every one."""
    vormen = {id: _forms(id) for id in questions()}
    assert set().union(*vormen.values()) == set().union(*(vormen[id] for id in VORMEN))


def _forms(id: str) -> set[str]:
    """The kinds of node in what Spark is asked for a kengetal, with the names of functions and the kinds of join."""
    import sqlglot
    from sqlglot import exp

    from klachten.analyse.motor.vertaling import for_spark  # sqlglot comes with PySpark

    tekst, _ = eigen.opdracht(eigen.kengetal(id).sql, peildatum=DAG)
    knopen = [
        knoop
        for _, stap in for_spark(tekst, frozenset(vorm.KOLOMMEN))
        for knoop in sqlglot.parse_one(stap, read="spark").walk()
    ]
    eigennaam = {f"{k.name.lower()}()" for k in knopen if isinstance(k, exp.Anonymous)}
    joins = {f"JOIN {k.side}{k.kind}" for k in knopen if isinstance(k, exp.Join)}
    return {type(k).__name__ for k in knopen} | eigennaam | joins


def test_the_lake_as_it_lies_there_with_two_calendars_and_a_reglement_of_its_own(lezer):
    met_spark = SparkLezer(lezer)
    duck = kengetallen.bereken(lezer, "termijntarieven", peildatum=DAG, periode=JAAR)
    assert_frame_equal(kengetallen.bereken(met_spark, "termijntarieven", peildatum=DAG, periode=JAAR), duck)
    een = lezer.organisaties[1:2]
    duck = kengetallen.bereken(lezer, "vestigingen", peildatum=DAG, organisaties=een)
    assert_frame_equal(kengetallen.bereken(met_spark, "vestigingen", peildatum=DAG, organisaties=een), duck)
    assert set(duck["organisatie"]) == set(een)


@pytest.fixture(scope="module")
def beide(firmas) -> tuple[motor.Motor, motor.Motor]:
    """One register, read by Spark because the setting says so, and by DuckDB because it is asked to."""
    with pytest.MonkeyPatch.context() as plek:
        plek.setenv(motor.KEUZE, "spark")
        return motor.open(firmas / NAMEN[0]), motor.open(firmas / NAMEN[0], "duckdb")


def test_a_register_is_read_by_the_engine_that_the_setting_names(beide):
    met_spark, duck = beide
    assert isinstance(met_spark, spark.SparkMotor)
    gevraagd = {
        "stappenkaart": {"periode": Periode.van_kwartaal(JAAR, 1)},
        "per_periode": {"filter": Filter(kanaal="e-mail", herkomst="register")},
        "categorieen": {"periode": JAAR, "reeks": True},
        "indieners": {"filter": Filter(indiener_soort="bestaat_niet")},
    }
    for id, hoe in gevraagd.items():
        tabel = eigen.bereken(duck, id, peildatum=DAG, **hoe)
        assert_frame_equal(eigen.bereken(met_spark, id, peildatum=DAG, **hoe), tabel)
        assert len(tabel) or id == "indieners"
    nummers = ["K2025-0001", "K2025-0002"]
    sql = "SELECT k.klachtnummer, k.aspecten FROM klacht AS k WHERE list_contains($wie, k.klachtnummer) ORDER BY 1"
    assert met_spark.execute(sql, {"wie": nummers}).fetchall() == duck.execute(sql, {"wie": nummers}).fetchall()


RAND = (
    "SELECT t.a[$i] AS x FROM (SELECT ['p', 'q'] AS a) AS t",
    "SELECT generate_series(3, $i) AS x",
    "SELECT UNNEST(generate_series(DATE '2026-01-01', DATE '2026-04-30', INTERVAL '1' MONTH)) AS x, $i AS i",
    "SELECT UNNEST(['a', 'b', NULL]) AS x, UNNEST(generate_series(1, $i)) AS y",
    "SELECT date_diff('month', DATE '2025-12-31', DATE '2026-01-01') AS m, $i AS i",
    "SELECT date_diff('year', DATE '2025-12-31', DATE '2026-01-01') AS j, $i AS i",
    "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY t.x) AS x FROM (SELECT UNNEST([1, 2, 3, $i]) AS x) AS t",
    "SELECT array_agg(t.x ORDER BY t.y) AS x FROM (SELECT UNNEST([NULL, 2, $i]) AS x, UNNEST([3, 2, 1]) AS y) AS t",
    "SELECT len(list_intersect(['a'], NULL)) AS x, $i AS i",
)


@pytest.mark.parametrize("sql", RAND)
def test_at_the_edges_of_a_form_both_give_the_same(sql, beide):
    met_spark, duck = beide
    for i in (0, 2, 7):
        antwoord = [
            [tuple(str(waarde)[:10] if "INTERVAL" in sql else waarde for waarde in rij) for rij in rijen]
            for rijen in (met_spark.execute(sql, {"i": i}).fetchall(), duck.execute(sql, {"i": i}).fetchall())
        ]
        assert antwoord[0] == antwoord[1], i


def test_what_spark_cannot_answer_is_said_in_a_sentence(beide):
    met_spark, _ = beide
    with pytest.raises(MotorFout, match="Spark kan deze vraag niet beantwoorden"):
        met_spark.execute("SELECT bar($i, 0, 10) AS x", {"i": 1})


def test_without_java_or_pyspark_a_sentence_says_what_to_do(lezer, monkeypatch, capsys):
    monkeypatch.setattr(spark.shutil, "which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MotorFout, match="Voor Spark is Java 17 nodig"):
        reader(lezer, "spark")
    assert reader(lezer) is lezer
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MotorFout, match=re.escape(spark.INSTALLEREN)):
        reader(lezer, "spark")
    waar = str(lezer._plek.naar)
    assert __main__.main(["meet", "meer", "--map", waar, "--motor", "spark"]) == 1
    assert "Voor Spark zijn PySpark en sqlglot nodig" in capsys.readouterr().err
    assert __main__.main(["meet", "meer", "--map", waar, "--motor", "polars"]) == 1
    assert "Er is geen motor 'polars'; kies uit duckdb en spark." in capsys.readouterr().err


def test_nothing_of_spark_is_imported_before_it_is_chosen():
    code = (
        "import sys; import klachten.meer.spark, klachten.meting.meermeting, klachten.analyse.motor; "
        "print(sorted({'pyspark', 'py4j', 'sqlglot'} & set(sys.modules)))"
    )
    klaar = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ, timeout=60
    )
    assert klaar.stdout.strip() == "[]"


def test_a_snapshot_by_duckdb_is_the_connection_that_it_always_was(firmas):
    assert isinstance(motor.open(firmas / NAMEN[0]), type(analyse.open(map=firmas / NAMEN[0])))
