"""The texts and their words as the database has them: in its file, or sealed there and readable in memory alone.

Of a sealed register table `tekst` and the words are in a database in memory, which is filled when the register opens
and gone when it closes; in the file stand sealed pieces (`tekst_dicht`), and views under the names of the tables, so
that every question asks for them as ever. What does not fit in memory is refused: nothing is spilled to the disk.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from klachten.register import kolomblok
from klachten.register.migraties import made_tables
from klachten.register.zoekwoorden import TABELLEN, Zoekwoorden
from klachten.versleuteling import Sleutels, VersleutelingFout
from klachten.zoekvorm import woorden

Tekstrij = tuple[int, str, str, str]
DICHT = "tekst_dicht"
NIET_OP_SCHIJF = {"temp_directory": ""}
"""With this DuckDB puts nothing that it has no room for on the disk."""
_GEHEUGEN = "geheugen"
_BLOK = 2_000
"""Pieces opened at a time: with ten times as many opening takes a tenth longer and half as much memory again."""

_VEEL = 500
"""From so many texts at once Arrow earns back its time."""
_TEKST = ("nr", "klachtnummer", "veld", "tekst")

_IN_MEMORY = f"""
CREATE TABLE {_GEHEUGEN}.tekst (
    nr BIGINT NOT NULL, klachtnummer VARCHAR NOT NULL, veld VARCHAR NOT NULL, tekst VARCHAR NOT NULL,
    PRIMARY KEY (nr, veld)
);
CREATE INDEX tekst_van_klacht ON {_GEHEUGEN}.tekst (klachtnummer);
CREATE TABLE {_GEHEUGEN}.zoekwoord (woord VARCHAR NOT NULL, klachtnummer VARCHAR NOT NULL);
CREATE TABLE {_GEHEUGEN}.woord (woord VARCHAR NOT NULL);
"""
_IN_FILE = f"""
DROP INDEX tekst_van_klacht;
DROP TABLE tekst;
DROP TABLE zoekwoord;
DROP TABLE woord;
CREATE TABLE {DICHT} (
    nr BIGINT NOT NULL,                    -- of the first fact whose texts are in it
    klachtnummer VARCHAR NOT NULL,
    vak BLOB NOT NULL                      -- sealed: the texts of one group of facts of one dossier, and their words
);
CREATE VIEW tekst AS SELECT nr, klachtnummer, veld, tekst, rowid FROM {_GEHEUGEN}.main.tekst;
CREATE VIEW zoekwoord AS SELECT woord, klachtnummer FROM {_GEHEUGEN}.main.zoekwoord;
CREATE VIEW woord AS SELECT woord FROM {_GEHEUGEN}.main.woord;
"""


def tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables in the file of a database itself."""
    sql = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
    return {naam for (naam,) in con.execute(sql).fetchall()}


def is_sealed(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the file of a database holds its texts sealed."""
    return _can_ask(con, DICHT)


def _can_ask(con: duckdb.DuckDBPyConnection, tabel: str) -> bool:
    """Tell whether there is such a table: a yes takes a twentieth of what a list of all takes."""
    try:
        con.execute(f"SELECT 1 FROM {tabel} LIMIT 0")
    except (duckdb.CatalogException, duckdb.BinderException):
        return False
    return True


class Teksten:
    """Adds and takes away texts with their words, in the file; always inside a transaction of the database."""

    in_geheugen = False

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self.zoekwoorden = Zoekwoorden(con)
        self.tabellen = made_tables()

    def fits(self) -> bool:
        """Tell whether the file is as this way of keeping them has it."""
        return _can_ask(self._con, "tekst") or not is_sealed(self._con)

    def settle(self) -> None:
        """After migrating: make of an empty file what this way of keeping them needs."""

    def load(self) -> None:
        """At opening: make what is in the file readable."""

    def close(self) -> None:
        """Let go of what keeps the file open beside its connection."""

    @contextlib.contextmanager
    def group(self) -> Iterator[None]:
        """What is added or taken away within it is so as a whole; entered last and left first of a transaction."""
        yield

    def add(self, rijen: Sequence[Tekstrij]) -> None:
        """Add texts; their words are there after `write`."""
        _insert_texts(self._con, rijen)
        self.zoekwoorden.add((nummer, tekst) for _, nummer, _, tekst in rijen)

    def write(self) -> None:
        """Write the words of what was added."""
        self.zoekwoorden.write()

    def forget(self) -> None:
        """What was added and not written will not be: its group was rolled back."""
        self.zoekwoorden.forget()

    def erase(self, klachtnummer: str, voor: int) -> None:
        """Take away the texts of the facts of a dossier before a number; whoever does it renews its words."""
        self._con.execute("DELETE FROM tekst WHERE klachtnummer = ? AND nr < ?", [klachtnummer, voor])

    def renew_words(self) -> None:
        """Make all words anew from the texts, as other rules for words ask."""
        self.zoekwoorden.renew()


class Dichteteksten(Teksten):
    """The same for a sealed register; what is in memory follows what is in the file."""

    in_geheugen = True

    def __init__(self, con: duckdb.DuckDBPyConnection, sleutels: Sleutels) -> None:
        super().__init__(con)
        self._sleutels = sleutels
        # Of a file that is still in use DuckDB gives the same database again, with what it had in memory.
        con.execute(f"DETACH DATABASE IF EXISTS {_GEHEUGEN}")
        con.execute(f"ATTACH ':memory:' AS {_GEHEUGEN} (COMPRESS)")
        # One transaction writes to one database: what goes to memory has a cursor, and so a transaction, of its own.
        ((bestand,),) = con.execute("SELECT current_database()").fetchall()
        self._dicht = f'"{bestand}".main.{DICHT}'
        self._geheugen = con.cursor()
        self._geheugen.execute(f"USE {_GEHEUGEN}.main")
        self._geheugen.execute(_IN_MEMORY)
        self.zoekwoorden = Zoekwoorden(self._geheugen)
        in_memory = {"tekst", *TABELLEN}
        self.tabellen = {naam: key for naam, key in made_tables().items() if naam not in in_memory} | {DICHT: False}

    def fits(self) -> bool:
        """Tell whether no readable text is in the file."""
        return not _can_ask(self._con, "tekst") or not self._con.execute("SELECT nr FROM tekst LIMIT 1").fetchall()

    def settle(self) -> None:
        """After migrating: let views and sealed pieces take the place of the tables."""
        if not is_sealed(self._con):
            self._con.begin()
            self._con.execute(_IN_FILE)
            self._con.commit()

    def load(self) -> None:
        """Open every piece into memory."""
        with self._con.cursor() as cursor, self.group():
            cursor.execute(f"SELECT nr, klachtnummer, vak FROM {self._dicht} ORDER BY nr")
            while stukken := cursor.fetchmany(_BLOK):
                rijen, gevonden = list[Tekstrij](), list[tuple[str, str]]()
                for nr, klachtnummer, vak in stukken:
                    teksten, van_deze = self._open(nr, klachtnummer, vak)
                    rijen.extend((bij, klachtnummer, veld, tekst) for bij, veld, tekst in teksten)
                    gevonden.append((klachtnummer, van_deze))
                _insert_texts(self._geheugen, rijen)
                self.zoekwoorden.load(gevonden)
            self.zoekwoorden.loaded()

    def close(self) -> None:
        """Let go of the connection to memory."""
        self._geheugen.close()

    @contextlib.contextmanager
    def group(self) -> Iterator[None]:
        """Memory is written first: who reads in between finds a text without its fact, and never a fact without.

        Should the file then refuse, the database is opened anew and memory with it.
        """
        self._geheugen.begin()
        try:
            yield
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                self._geheugen.rollback()
            raise
        self._geheugen.commit()

    def add(self, rijen: Sequence[Tekstrij]) -> None:
        """Add texts, readable in memory and sealed in the file."""
        _insert_texts(self._geheugen, rijen)
        self._seal(rijen)

    def erase(self, klachtnummer: str, voor: int) -> None:
        """Take texts away; what stays of the dossier becomes one piece."""
        waar = "klachtnummer = ? AND nr < ?"
        if not self._geheugen.execute(f"SELECT 1 FROM tekst WHERE {waar} LIMIT 1", [klachtnummer, voor]).fetchall():
            return
        with self.group():
            self._geheugen.execute(f"DELETE FROM tekst WHERE {waar}", [klachtnummer, voor])
            over = self._geheugen.execute(
                "SELECT nr, klachtnummer, veld, tekst FROM tekst WHERE klachtnummer = ? ORDER BY rowid", [klachtnummer]
            ).fetchall()
            self._con.execute(f"DELETE FROM {DICHT} WHERE klachtnummer = ?", [klachtnummer])
            self.zoekwoorden.renew([klachtnummer])
            self._seal(over, words=False)

    def renew_words(self) -> None:
        """Make all words anew; they are in the pieces, so these are too."""
        with self.group():
            self.zoekwoorden.renew()
            self._con.execute(f"DELETE FROM {DICHT}")
            with self._con.cursor() as cursor:  # the group that is under way is not seen by it, and is not one of words
                cursor.execute(f"SELECT nr, klachtnummer, veld, tekst FROM {_GEHEUGEN}.tekst ORDER BY klachtnummer, nr")
                while rijen := cursor.fetchmany(_BLOK):
                    self._seal(rijen, words=False)

    def _seal(self, rijen: Sequence[Tekstrij], *, words: bool = True) -> None:
        """Put texts into the file, one piece for each dossier, and take their words along."""
        per_dossier: dict[str, list[Tekstrij]] = {}
        for rij in rijen:
            per_dossier.setdefault(rij[1], []).append(rij)
        stukken = []
        for klachtnummer, eigen in per_dossier.items():
            gevonden = set[str]().union(*(woorden(tekst) for *_, tekst in eigen))
            if words:
                self.zoekwoorden.add_words(klachtnummer, gevonden, len(eigen))
            nr = eigen[0][0]
            teksten = [(bij, veld, tekst) for bij, _, veld, tekst in eigen]
            inhoud = json.dumps([teksten, " ".join(sorted(gevonden))], ensure_ascii=False).encode("utf-8")
            stukken.append((nr, klachtnummer, self._sleutels.seal(inhoud, _place(nr, klachtnummer))))
        insert(self._con, DICHT, stukken)

    def _open(self, nr: int, klachtnummer: str, vak: bytes) -> tuple[list[tuple[int, str, str]], str]:
        try:
            teksten, gevonden = json.loads(self._sleutels.open(vak, _place(nr, klachtnummer)))
        except VersleutelingFout as fout:
            raise duckdb.Error(f"een stuk van {klachtnummer} gaat niet open ({fout})") from fout
        return teksten, gevonden


def read_sealed(pad: Path, sleutels: Sleutels) -> duckdb.DuckDBPyConnection:
    """A sealed database to read and not to write: a connection that cannot write has no memory for its texts either."""
    con = duckdb.connect(":memory:", config=NIET_OP_SCHIJF)
    plek = str(pad).replace("'", "''")
    con.execute(f"ATTACH '{plek}' AS register (READ_ONLY)")
    con.execute("USE register.main")
    Dichteteksten(con, sleutels).load()
    return con


def insert(con: duckdb.DuckDBPyConnection, tabel: str, rijen: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table; one list per column is a hundred times faster than a statement per row."""
    if rijen:
        kolommen = [list(kolom) for kolom in zip(*rijen, strict=True)]
        lijst = ", ".join("unnest(?)" for _ in kolommen)
        con.execute(f"INSERT INTO {tabel} SELECT {lijst}", kolommen)


def insert_columns(con: duckdb.DuckDBPyConnection, tabel: str, kolommen: Mapping[str, Any], select: str = "*") -> None:
    """Add many rows to a table, each column a tuple, a range or one value: as Arrow, far faster than as lists."""
    con.from_arrow(kolomblok.table(kolommen)).project(select).insert_into(tabel)


def _insert_texts(con: duckdb.DuckDBPyConnection, rijen: Sequence[Tekstrij]) -> None:
    if len(rijen) < _VEEL:
        insert(con, "tekst", rijen)
    else:
        insert_columns(con, "tekst", dict(zip(_TEKST, zip(*rijen, strict=True), strict=True)))


def _place(nr: int, klachtnummer: str) -> str:
    return f"database/{klachtnummer}/{nr}"
