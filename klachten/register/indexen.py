"""The indexes by klachtnummer: read to their end, for damage that no reading of a table comes by."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable

import duckdb
from duckdb import DuckDBPyConnection


def check(con: DuckDBPyConnection, tabellen: Collection[str]) -> None:
    """Walk every index of these tables to its end: duckdb.Error on damage.

    In what is damaged a fact is not found, or a dossier gives an error. At opening for a register of few facts; for a
    large one the app does `mend` when its first page can be asked.
    """
    with con.cursor() as cursor:
        for _, tabel, kolom in _indexes(cursor):
            if tabel in tabellen:
                _walk(cursor, tabel, kolom)


def filled(con: DuckDBPyConnection, tabellen: Iterable[str]) -> list[str]:
    """Those of the tables that have rows: the others lie in no block, and it costs much to plan to read a table."""
    sql = " UNION ALL ".join(f"(SELECT '{tabel}' FROM {tabel} LIMIT 1)" for tabel in tabellen)
    return [tabel for (tabel,) in con.execute(sql).fetchall()]


def read_tables(con: DuckDBPyConnection, tabellen: Iterable[str]) -> None:
    """Read every block of every table once."""
    con.execute(" UNION ALL ".join(f"SELECT bit_xor(hash(rij)) FROM {tabel} AS rij" for tabel in tabellen)).fetchall()


def check_keys(con: DuckDBPyConnection, tabellen: Iterable[str]) -> None:
    """Read the index of the key of each table: it lies in blocks of its own, which no reading of the table comes by."""
    for tabel in tabellen:
        con.begin()
        with contextlib.suppress(duckdb.ConstraintException):  # what is there is looked up, and refused
            con.execute(f"INSERT INTO {tabel} SELECT * FROM {tabel} LIMIT 1")
        con.rollback()


def mend(con: DuckDBPyConnection) -> list[str]:
    """Do the same and make a damaged index again, from a table that was read in full at opening; say so in Dutch."""
    gezegd = []
    with con.cursor() as cursor:
        for index, tabel, kolom in _indexes(cursor):
            try:
                _walk(cursor, tabel, kolom)
            except duckdb.Error:
                cursor.execute(f"DROP INDEX {index}")
                cursor.execute(f"CREATE INDEX {index} ON {tabel} ({kolom})")
                gezegd.append(
                    f"De database had een beschadigde index ({index}); die is opnieuw gemaakt. Alle feiten zijn er nog."
                )
    return gezegd


def _indexes(cursor: DuckDBPyConnection) -> list[tuple[str, str, str]]:
    sql = (
        "SELECT index_name, table_name, trim(expressions, '[]') FROM duckdb_indexes() "
        "WHERE database_name = current_database()"
    )
    return cursor.execute(sql).fetchall()


def _walk(cursor: DuckDBPyConnection, tabel: str, kolom: str) -> None:
    """Read an index from its first entry to its last; duckdb.Error when a block of it is damaged.

    DuckDB gathers row numbers from an index up to index_scan_max_count, and passes over the table when there are more.
    With one less than there are it has walked nearly all of the index and looked up no row: 1.3 s of CPU for both at
    1.6 million facts, where looking them up would take 12.
    """
    eerste, van_eerste, meer = cursor.execute(
        f"SELECT min({kolom}), count(*) FILTER ({kolom} = (SELECT min({kolom}) FROM {tabel})), "
        f"count(*) FILTER ({kolom} > (SELECT min({kolom}) FROM {tabel})) FROM {tabel}"
    ).fetchall()[0]
    for teken, aantal in (("=", van_eerste), (">", meer)):
        try:
            cursor.execute(f"SET index_scan_max_count = {max(aantal - 1, 0)}")
            cursor.execute(f"SELECT count(*) FROM {tabel} WHERE {kolom} {teken} ?", [eerste]).fetchall()
        finally:
            cursor.execute("RESET index_scan_max_count")
