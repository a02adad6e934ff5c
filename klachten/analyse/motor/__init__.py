"""Who works out a question: DuckDB in this process, or Apache Spark with the same SQL, as a setting says.

`Motor` is all that analyse asks of whom it reads from, so that its functions take either: `kengetallen.bereken(motor,
"stroom", peildatum=...)`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb

from klachten import analyse
from klachten.analyse import momentopname
from klachten.analyse.motor.fout import MotorFout
from klachten.datamap import data_map

__all__ = ["KEUZE", "MEESTER", "NAMEN", "Motor", "MotorFout", "chosen", "master", "open", "shape"]

NAMEN = ("duckdb", "spark")
KEUZE = "KLACHTEN_MOTOR"
MEESTER = "KLACHTEN_SPARK"
"""Settings: which engine, and for Spark which master (local[*] without it)."""


class Motor(Protocol):
    """What answers a question: a connection of DuckDB does, and so does SparkMotor."""

    def execute(self, sql: str, waarden: Mapping[str, Any] | None = None) -> Any:
        """Answer a statement in which $name stands for a value; the answer has df(), fetchall() and description."""


def chosen(naam: str | None = None) -> str:
    """Return the name of the engine: as given, else as the setting says, else DuckDB; MotorFout when there is none."""
    gekozen = naam or os.environ.get(KEUZE) or NAMEN[0]
    if gekozen not in NAMEN:
        raise MotorFout(f"Er is geen motor {gekozen!r}; kies uit {' en '.join(NAMEN)}.")
    return gekozen


def open(map: Path | None = None, naam: str | None = None) -> Motor:
    """Return who answers questions about the newest snapshot of a register.

    Raises GeenMomentopname without a snapshot, and MotorFout when the chosen engine is not there.
    """
    if chosen(naam) == "duckdb":
        return analyse.open(map=map)
    from klachten.analyse.motor import spark

    pad, manifest = momentopname.current(map or data_map())
    bestanden = {tabel: [str(pad / f"{tabel}.parquet")] for tabel in manifest["tabellen"]}
    sessie = spark.session(master())
    for tabel, paden in bestanden.items():
        sessie.read.parquet(*paden).createOrReplaceTempView(tabel)
        if (nu := tabel.removesuffix("_stand")) != tabel:
            sessie.sql(f"SELECT * FROM {tabel} WHERE tot = DATE '9999-12-31'").createOrReplaceTempView(nu)
    return spark.SparkMotor(sessie, shape(bestanden))


def master() -> str:
    """Return where Spark runs: as the setting says, else on all cores of this machine."""
    return os.environ.get(MEESTER) or "local[*]"


def shape(bestanden: Mapping[str, Sequence[str]]) -> duckdb.DuckDBPyConnection:
    """Return a connection with the tables without a row, and every question: it says what an answer looks like."""
    con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    for tabel, paden in bestanden.items():
        con.execute(f"CREATE TABLE {tabel} AS SELECT * FROM read_parquet(?) LIMIT 0", [paden[0]])
        if (nu := tabel.removesuffix("_stand")) != tabel:
            con.execute(f"CREATE VIEW {nu} AS SELECT * FROM {tabel} WHERE tot = DATE '9999-12-31'")
    con.execute(momentopname.FEIT)
    return analyse.furnish(con, analyse.of_snapshot())
