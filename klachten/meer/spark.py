"""A lake asked by Apache Spark: the same files, the same questions, the same answer as of Lezer (meer-motoren.md)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pandas as pd

from klachten import analyse
from klachten.analyse.basis.kengetallen import met_bouwstenen
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.motor import chosen, master
from klachten.analyse.motor.namen import GEKOZEN, ORGANISATIE
from klachten.analyse.motor.spark import SparkMotor, session
from klachten.meer import vorm
from klachten.meer.lezer import Lezer

_SOORTEN = {"VARCHAR": "STRING", "INTEGER": "INT"}


def reader(lezer: Lezer, naam: str | None = None) -> Lezer | SparkLezer:
    """Return who answers what is asked of a lake: as given, as the setting says, else DuckDB (analyse.motor.chosen).

    Raises MotorFout, with a Dutch sentence, when the chosen engine is not there.
    """
    return SparkLezer(lezer) if chosen(naam) == "spark" else lezer


class SparkLezer:
    """Who asks Spark what is in a lake; in place of Lezer for `kengetallen.bereken` and `per_organisatie`.

    One question at a time: who asks in another thread waits.
    """

    def __init__(self, lezer: Lezer, meester: str | None = None, instellingen: Mapping[str, str] | None = None) -> None:
        """Read what this reader of the lake has found; MotorFout when PySpark or Java is missing."""
        self._lezer, self.leveringen = lezer, lezer.leveringen
        self.sessie = session(meester or master(), instellingen)
        self._motor = SparkMotor(self.sessie, self._shape(), frozenset(vorm.KOLOMMEN))
        self._slot, self._gekozen = threading.Lock(), ("",)

    def vraag(self, tekst: str, waarden: Mapping[str, Any], organisaties: Iterable[str] | None = None) -> pd.DataFrame:
        """Return the rows of a statement, asked of every organisation: see Lezer.vraag."""
        delen = []
        with self._slot:
            for groep in self._lezer.per_kalender(organisaties):
                self._choose(groep)
                delen.append(self._motor.execute(tekst, waarden).df())
        return pd.concat(delen, ignore_index=True) if delen else pd.DataFrame({ORGANISATIE: []})

    @property
    def process(self) -> int:
        """The number of the process in which Spark works, of a session on this machine."""
        return self.sessie.sparkContext._gateway.proc.pid

    def close(self) -> None:
        """Stop Spark."""
        self.sessie.stop()

    def _choose(self, organisaties: list[str]) -> None:
        """Let the views be of the files of these organisations: no other file is looked at."""
        if tuple(organisaties) == self._gekozen:
            return
        rijen = [(een,) for een in organisaties]
        self.sessie.createDataFrame(rijen, f"{ORGANISATIE} STRING").createOrReplaceTempView(GEKOZEN)
        for tabel in vorm.KOLOMMEN:
            self.table(tabel, organisaties).createOrReplaceTempView(tabel)
        self.sessie.read.parquet(self._lezer.kalender(organisaties[0])).createOrReplaceTempView(vorm.KALENDER)
        self._gekozen = tuple(organisaties)

    def table(self, tabel: str, organisaties: Sequence[str]) -> Any:
        """Return a table of these organisations as Spark reads it."""
        soorten = self.leveringen[0].soorten[tabel]
        kolommen = [f"{kolom} {_spark_type(soorten[kolom])}" for kolom in vorm.KOLOMMEN[tabel]]
        schema = ", ".join([f"{ORGANISATIE} STRING", *kolommen])
        paden = self._lezer.bestanden(tabel, organisaties)
        if not paden:
            return self.sessie.createDataFrame([], schema)
        wortel = paden[0].rpartition(f"/{tabel}/")[0]
        # Organisation and year stand in the names of the files.
        gelezen = self.sessie.read.schema(schema).option("basePath", f"{wortel}/{tabel}").parquet(*paden)
        return gelezen.select(ORGANISATIE, *vorm.KOLOMMEN[tabel])

    def _shape(self) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        soorten = self.leveringen[0].soorten
        for tabel, kolommen in vorm.KOLOMMEN.items():
            con.execute(f"CREATE TABLE {tabel} ({', '.join(f'{kolom} {soorten[tabel][kolom]}' for kolom in kolommen)})")
        kalender = self._lezer.kalender(self.leveringen[0].organisatie)
        con.execute(f"CREATE TABLE {vorm.KALENDER} AS SELECT * FROM read_parquet(?) LIMIT 0", [kalender])
        # The figures and what they are built on: no other question needs nothing but the tables of a lake.
        namen = met_bouwstenen(kengetal.sql for kengetal in KENGETALLEN)
        return analyse.furnish(con, [vraag for vraag in analyse.of_snapshot() if vraag.naam in namen])


def _spark_type(soort: str) -> str:
    if soort.endswith("[]"):
        return f"ARRAY<{_spark_type(soort.removesuffix('[]'))}>"
    return _SOORTEN.get(soort, soort)
