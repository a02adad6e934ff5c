"""One table in each open form: Parquet and CSV written by DuckDB itself, and a sheet of Excel that is read in portions.

In CSV a text that a spreadsheet would take for a formula gets an apostrophe in front; in Excel a cell of text is marked
as text by the house's own engine. In Parquet, and in the facts, everything is exactly as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from klachten.analyse.excel.blad import Blad
from klachten.analyse.excel.blad import Kolom as Bladkolom
from klachten.register.database import Connection
from klachten.uitvoer.tabellen import Kolom
from klachten.uitvoer.woordenboek import Tabel

SCHEIDING, TUSSEN = ";", " | "
"""Between two columns of CSV, and between two values of one cell."""
_FORMULE = r"^[=+\-@\t\r\n＝＋－＠]"
"""How a text begins that a spreadsheet may take for a formula."""
MEESTE_RIJEN = 250_000
"""A longer table is no sheet of the workbook: a spreadsheet opens it for minutes, or not at all."""
NIET_IN_EXCEL = frozenset({"feiten", "teksten"})
"""These are for programs; Excel would cut off a long text."""
_RIJGROEP, _PORTIE = 20_480, 10_000
"""Rows of Parquet that are packed at a time, and rows of a sheet that are read at a time."""


def quoted(pad: Path) -> str:
    """Return a path as a text of SQL."""
    return "'" + str(pad).replace("'", "''") + "'"


def parquet(cursor: Connection, vraag: str, pad: Path) -> int:
    """Write the answer to a question as Parquet; return how many rows it has."""
    ((rijen,),) = cursor.execute(
        f"COPY ({vraag}) TO {quoted(pad)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_RIJGROEP})"
    ).fetchall()
    return int(rijen)


def csv(cursor: Connection, kolommen: Sequence[Kolom], bron: Path, pad: Path) -> int:
    """Write a table of Parquet as CSV, as Excel and other programs read it; return how many rows it has."""
    kop = SCHEIDING.join(kolom.naam for kolom in kolommen)
    ((rijen,),) = cursor.execute(
        f"COPY (SELECT {', '.join(map(_cell, kolommen))} FROM read_parquet({quoted(bron)})) TO {quoted(pad)} "
        f"(FORMAT csv, HEADER false, DELIMITER '{SCHEIDING}', PREFIX '\ufeff{kop}\n', SUFFIX '\n')"
    ).fetchall()
    return int(rijen)


def _cell(kolom: Kolom) -> str:
    naam = f'"{kolom.naam}"'
    if kolom.lijst:
        naam = f"array_to_string({naam}, '{TUSSEN}')"
    elif kolom.soort == "TIMESTAMP":
        return f"strftime({naam}, '%Y-%m-%dT%H:%M:%S.%fZ') AS {naam}"
    elif kolom.soort != "VARCHAR":
        return naam
    return (
        f"CASE WHEN regexp_matches({naam}, '{_FORMULE}') THEN concat('''', {naam}) ELSE {naam} END AS \"{kolom.naam}\""
    )


class Rijen(Sequence[tuple[Any, ...]]):
    """The rows of a table of Parquet, of which never more than a portion is in memory."""

    def __init__(self, cursor: Connection, kolommen: Sequence[Kolom], bron: Path, aantal: int) -> None:
        self._cursor, self._bron, self._aantal = cursor, bron, aantal
        self._kolommen = ", ".join(_for_sheet(kolom) for kolom in kolommen)

    def __len__(self) -> int:
        return self._aantal

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Give the rows in order."""
        with self._cursor.cursor() as cursor:
            cursor.execute(f"SELECT {self._kolommen} FROM read_parquet({quoted(self._bron)})")
            while portie := cursor.fetchmany(_PORTIE):
                yield from portie

    @overload
    def __getitem__(self, plek: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, plek: slice) -> Sequence[tuple[Any, ...]]: ...
    def __getitem__(self, plek: int | slice) -> Any:
        """Give some of the rows; a sheet asks for them in order."""
        return list(self)[plek]


def _for_sheet(kolom: Kolom) -> str:
    naam = f'"{kolom.naam}"'
    if kolom.lijst:
        return f"array_to_string({naam}, '{TUSSEN}')"
    return f"strftime({naam}, '%Y-%m-%d %H:%M:%S')" if kolom.soort == "TIMESTAMP" else naam


def sheet(cursor: Connection, tabel: Tabel, kolommen: Sequence[Kolom], bron: Path, aantal: int) -> Blad:
    """Return a table as a sheet of the workbook."""
    soorten = {"DATE": "datum", "INTEGER": "jaar", "BIGINT": "jaar"}
    return Blad(
        tabel.naam,
        [
            Bladkolom(kolom.naam, soorten.get(kolom.soort, "tekst"), min(max(len(kolom.naam) + 4, 12), 30))
            for kolom in kolommen
        ],
        Rijen(cursor, kolommen, bron, aantal),
        kop=(tabel.naam, tabel.wat),
    )
