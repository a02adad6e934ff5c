"""Apache Spark as the engine: the same statements, translated, on the same Parquet files, with the same answer.

PySpark is imported when it is chosen, and not before: it is in requirements-spark.txt and needs Java 17.
"""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
import threading
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from klachten.analyse.motor.fout import MotorFout
from klachten.analyse.motor.namen import ORGANISATIE

INSTALLEREN = "python -m pip install -r requirements-spark.txt"
INSTELLINGEN = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.catalogImplementation": "in-memory",
    # Days before 1582 and after 9999 are only bounds here; they are what DuckDB wrote.
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
}
LOKAAL = {
    # All in one process: nothing listens but on this machine, and not a file is left.
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    # Many small files: their names are listed here, and many are read in one task.
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "1000000",
    "spark.sql.files.openCostInBytes": "65536",
}


def session(meester: str, instellingen: Mapping[str, str] | None = None) -> Any:
    """Return the session of Spark of this process, made when there is none; MotorFout when PySpark or Java is missing.

    `meester` is a master as Spark names it: local[*] for this machine, spark://... for a cluster.
    """
    try:
        importlib.import_module("sqlglot")
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as fout:
        raise MotorFout(
            f"Voor Spark zijn PySpark en sqlglot nodig, en die zijn hier niet geïnstalleerd: {INSTALLEREN}. "
            "Zonder die keuze rekent DuckDB."
        ) from fout
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MotorFout(
            "Voor Spark is Java 17 nodig, en dat is hier niet gevonden. Installeer het (Debian: apt-get install "
            "openjdk-17-jre-headless) of zet JAVA_HOME. Zonder die keuze rekent DuckDB."
        )
    alle = {**INSTELLINGEN, "spark.local.dir": tempfile.gettempdir()}
    if meester.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        # Spark makes the folder of its own tables, of which there are none, where it is started; this one exists.
        alle |= {**LOKAAL, "spark.sql.warehouse.dir": tempfile.gettempdir()}
    bouw = SparkSession.builder.master(meester).appName("klachten")
    for naam, waarde in {**alle, **(instellingen or {})}.items():
        bouw = bouw.config(naam, waarde)
    try:
        return bouw.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as fout:
        raise MotorFout(
            f"Spark is niet gestart ({str(fout).splitlines()[0]}). Nodig is Java 17: kijk met java -version welke hier "
            "staat."
        ) from fout


class SparkMotor:
    """A session of Spark that answers as DuckDB would, to the type of every column.

    The tables are views of the session. `vorm` is a connection of DuckDB on which the same tables stand without rows,
    and the questions: it says what the columns of an answer are. `per_organisatie` names the tables of a lake that are
    of an organisation: then a question is asked of each, and `organisatie` is the first column.
    """

    def __init__(
        self, sessie: Any, vorm: duckdb.DuckDBPyConnection, per_organisatie: frozenset[str] = frozenset()
    ) -> None:
        self.sessie, self._vorm, self._per_organisatie = sessie, vorm, per_organisatie
        self._slot = threading.Lock()
        ((zoekpad,),) = vorm.execute("SELECT current_setting('search_path')").fetchall()
        self._zoekpad = f"SET search_path = '{zoekpad}'"

    def execute(self, sql: str, waarden: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
        """Ask a statement in the house's SQL, with $name for a value; return the answer as DuckDB would give it.

        Raises MotorFout when Spark cannot answer it, or answers with other columns.
        """
        from klachten.analyse.motor.vertaling import for_spark  # sqlglot comes with PySpark, for who chooses it

        cursor = self._vorm.cursor()
        cursor.execute(self._zoekpad)  # a cursor begins without that of its connection
        leeg = cursor.execute(sql, waarden or None)
        kolommen = [(naam, soort) for naam, soort, *_ in leeg.description]
        leeg.fetchall()
        if self._per_organisatie:
            kolommen = [(ORGANISATIE, "VARCHAR"), *kolommen]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)
                tabel = self._answer(for_spark(sql, self._per_organisatie), dict(waarden or {}))
        except Exception as fout:
            raise MotorFout(f"Spark kan deze vraag niet beantwoorden: {str(fout).splitlines()[0]}") from fout
        if {naam for naam, _ in kolommen} != set(tabel.column_names):
            raise MotorFout(f"Spark antwoordt met andere kolommen: {', '.join(tabel.column_names)}.")
        cursor.register("antwoord", tabel)
        keuze = ", ".join(f'CAST("{naam}" AS {soort}) AS "{naam}"' for naam, soort in kolommen)
        volgorde = " ORDER BY ALL" if self._per_organisatie else ""
        return cursor.execute(f"SELECT {keuze} FROM antwoord{volgorde}")

    def _answer(self, stappen: Sequence[tuple[str, str]], waarden: dict[str, Any]) -> Any:
        """Work out the steps one after the other; what a later one reads stands in a view until the answer is there."""
        with self._slot:
            try:
                for naam, stap in stappen:
                    uitkomst = self.sessie.sql(stap, args=waarden)
                    if naam:
                        uitkomst.localCheckpoint().createOrReplaceTempView(naam)
                return uitkomst.toArrow()
            finally:
                for naam, _ in stappen[:-1]:
                    self.sessie.catalog.dropTempView(naam)
