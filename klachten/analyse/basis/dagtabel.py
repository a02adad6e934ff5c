"""The rows of a day as tables in a database in memory, and the questions that find them: made, read again, dropped.

Which days are kept, and when what is read again, says dagrijen.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import duckdb
from duckdb import DuckDBPyConnection

PLEK = "bewaard"
MEESTE_WOORDEN = 1_000
"""A column of at most so many different words is kept as numbers of those words."""
_ALTIJD_ANDERS = ("klachtnummer", "stappen", "bron_id")
"""Columns in which nearly every fact or klacht brings a new word."""
_WEINIG = 20_000
"""Up to so many rows of klachten (some five thousand klachten) a question is planned once and its answer put aside."""
_ENKELE = 2
"""Up to so many klachten it costs less to ask for the rows of each of them."""
_ANTWOORD = "antwoord_van_een_dag"
_telling = itertools.count()


@dataclass(frozen=True, eq=False)
class Blok:
    """What is kept of a day: the rows of a question, and by which questions they are found again."""

    bron: str
    """The question that gives the rows; each has a klachtnummer."""
    macros: Mapping[str, str]
    """By name of a question with a peildatum: what it selects of the rows."""
    na: int
    """So many statements about a day pay for themselves before its rows are kept."""
    waarvan: str = ""
    """The name under which the register notes that any of the rows changed; "" when there is no single one."""


def attach(cursor: DuckDBPyConnection) -> None:
    """Have the database in memory beside that of the register."""
    cursor.execute(f"ATTACH IF NOT EXISTS ':memory:' AS {PLEK} (READ_WRITE, COMPRESS)")


class Enkel(Protocol):
    """What may know the rows of one klacht without planning the statement that gives them (register/enkel.py)."""

    def ask(self, klachtnummer: str, sql: str, waarden: Mapping[str, Any]) -> list[tuple[Any, ...]] | None:
        """Return the rows; None when it does not."""

    def begin(self) -> None:
        """Be ready from the next question on."""


def read_few(
    cursor: DuckDBPyConnection, peildatum: date, blok: Blok, klachten: list[str], enkel: Enkel | None = None
) -> bool:
    """Read the rows of these klachten again; False when a word came that is not among those of its column."""
    rij = f"{schema(peildatum, blok)}.rij"
    # Constants reach every scan of a table, a list does not: the terms take two thirds of the time.
    deze = {f"nummer_{i}": nummer for i, nummer in enumerate(klachten)}
    waar = f"klachtnummer IN ({', '.join(f'${naam}' for naam in deze)})" if deze else "FALSE"
    vraag = _question(blok)
    nieuw = one_by_one(enkel, blok, peildatum, klachten) if enkel and len(klachten) <= _ENKELE else None
    cursor.begin()
    try:
        cursor.execute(f"DELETE FROM {rij} WHERE {waar}", deze)
        if nieuw is None:
            cursor.execute(f"INSERT INTO {rij} {vraag} WHERE {waar}", {**deze, "peildatum": peildatum})
        elif nieuw:
            per_rij = f"({', '.join('?' * len(nieuw[0]))})"
            cursor.execute(
                f"INSERT INTO {rij} VALUES {', '.join([per_rij] * len(nieuw))}", [w for r in nieuw for w in r]
            )
    except duckdb.ConversionException:
        cursor.rollback()
        return False
    cursor.commit()
    return True


def _question(blok: Blok) -> str:
    return f"SELECT * FROM {blok.bron}(peildatum := $peildatum)"


def one_by_one(enkel: Enkel, blok: Blok, peildatum: date, klachten: Iterable[str]) -> list[tuple[Any, ...]] | None:
    """Return the rows of a few klachten as of a day; None when they have to be asked of the register."""
    sql = f"{_question(blok)} WHERE ($klachtnummer IS NULL OR klachtnummer = $klachtnummer)"
    uit = list[tuple[Any, ...]]()
    for nummer in klachten:
        rijen = enkel.ask(nummer, sql, {"peildatum": peildatum})
        if rijen is None:
            return None
        uit += rijen
    return uit


@contextmanager
def _one_thread(cursor: DuckDBPyConnection) -> Iterator[None]:
    """Let the database work with one thread: two take a half more memory at the peak, and no less CPU.

    What each thread holds while it reads goes back to the system late: of 100,000 klachten 95 MB stayed, now 8.
    """
    ((eerder,),) = cursor.execute("SELECT current_setting('threads')").fetchall()
    if int(eerder) == 1:
        # An import has it so as well: who set it puts it back, maybe before this ends, and then it has to stay so.
        yield
        return
    cursor.execute("SET threads = 1")
    try:
        yield
    finally:
        cursor.execute(f"SET threads = {int(eerder)}")


def read_all(cursor: DuckDBPyConnection, peildatum: date, blok: Blok) -> None:
    """Read all rows of a building block as of a day, and make the questions that find them."""
    with _one_thread(cursor):
        _make_rows(cursor, peildatum, blok)


def _make_rows(cursor: DuckDBPyConnection, peildatum: date, blok: Blok) -> None:
    plek, bron = schema(peildatum, blok), f"{blok.bron}(DATE '{peildatum.isoformat()}')"
    # All of it or nothing, and of one moment: a word of a fact that comes meanwhile would not be among the words.
    cursor.begin()
    cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {plek}")
    ((aantal,),) = cursor.execute("SELECT count(*) FROM klacht_stand").fetchall()
    if aantal <= _WEINIG:
        # To plan it is nearly all that it costs, and it would be planned for its columns, its words and its rows.
        # Of many klachten the answer in words would take the memory that this is to spare.
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE {_ANTWOORD} AS SELECT * FROM {bron}")
        bron = _ANTWOORD
    cursor.execute(f"CREATE OR REPLACE TABLE {plek}.rij AS SELECT {_columns(cursor, bron)} FROM {bron} AS r")
    if bron == _ANTWOORD:
        cursor.execute(f"DROP TABLE {_ANTWOORD}")
    for naam, kolommen in blok.macros.items():
        cursor.execute(_macro(plek, naam, kolommen, plek))
    cursor.commit()
    # Only now are they compressed: a sixth of the memory. Where it cannot be done now, the next time does it.
    with suppress(duckdb.TransactionException):
        cursor.execute(f"CHECKPOINT {PLEK}")


def make_narrow(cursor: DuckDBPyConnection, peildatum: date, blokken: Sequence[Blok], namen: frozenset[str]) -> str:
    """Make the questions of these building blocks with only the columns of these names; return where they stand."""
    schema_smal = f"{PLEK}.{_day(peildatum)}smal_{next(_telling)}"
    cursor.begin()
    cursor.execute(f"CREATE SCHEMA {schema_smal}")
    for blok in blokken:
        rij = schema(peildatum, blok)
        for naam, alle in blok.macros.items():
            soorten = cursor.execute(f"DESCRIBE SELECT {alle} FROM {rij}.rij AS r").fetchall()
            kolommen = [f"r.{kolom}" for kolom, *_ in soorten if kolom in namen or kolom == "klachtnummer"]
            cursor.execute(_macro(schema_smal, naam, ", ".join(kolommen), rij))
    cursor.commit()
    return schema_smal


def drop(cursor: DuckDBPyConnection, peildatum: date) -> None:
    """Drop everything of a day: also what could not be renewed, and what another keeper made of it."""
    schemas = cursor.execute(
        "SELECT schema_name FROM duckdb_schemas() WHERE database_name = $plek AND starts_with(schema_name, $dag)",
        {"plek": PLEK, "dag": _day(peildatum)},
    ).fetchall()
    for (naam,) in schemas:
        cursor.execute(f"DROP SCHEMA IF EXISTS {PLEK}.{naam} CASCADE")


def _macro(plek: str, naam: str, kolommen: str, rij: str) -> str:
    return f"CREATE OR REPLACE MACRO {plek}.{naam}(peildatum) AS TABLE SELECT {kolommen} FROM {rij}.rij AS r"


def _columns(cursor: DuckDBPyConnection, bron: str) -> str:
    """Return the columns of a question to keep: a word is kept as its number, in the order of the words."""
    soorten = {naam: soort for naam, soort, *_ in cursor.execute(f"DESCRIBE SELECT * FROM {bron}").fetchall()}
    woordig = [naam for naam, soort in soorten.items() if soort == "VARCHAR" and naam not in _ALTIJD_ANDERS]
    if not woordig:
        return "r.*"
    lijsten = ", ".join(
        f"list_sort(list(DISTINCT r.{naam}) FILTER (r.{naam} IS NOT NULL)) AS {naam}" for naam in woordig
    )
    (woorden,) = cursor.execute(f"SELECT {lijsten} FROM {bron} AS r").fetchall()
    als = {
        naam: f"CAST(r.{naam} AS ENUM({', '.join(map(_quoted, lijst))})) AS {naam}"
        for naam, lijst in zip(woordig, woorden, strict=True)
        if lijst and len(lijst) <= MEESTE_WOORDEN
    }
    return ", ".join(als.get(naam, f"r.{naam}") for naam in soorten)


def _quoted(woord: str) -> str:
    return "'" + woord.replace("'", "''") + "'"


def schema(peildatum: date, blok: Blok) -> str:
    """Where the rows of a building block as of a day stand, and the questions that find them."""
    return f"{PLEK}.{_day(peildatum)}{blok.bron}"


def _day(peildatum: date) -> str:
    """How everything of a day begins."""
    return f"dag_{peildatum:%Y%m%d}_"
