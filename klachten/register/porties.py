"""The rows of the widest derived table, made for a portion of the klachten at a time.

Of many klachten at once its SELECT does not fit in what an import gets of memory.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import duckdb

PORTIE = 30_000
"""Klachten whose rows are made at once."""
_LAATSTE = "\uffff"
"""Comes after every klachtnummer."""


def bounds(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The last klachtnummer of each portion but the last one; none when all klachten are one portion."""
    rijen = con.execute(
        "SELECT klachtnummer FROM ("
        "SELECT klachtnummer, row_number() OVER (ORDER BY klachtnummer) AS hoeveelste FROM gebeurtenis "
        "WHERE soort = 'KlachtOntvangen' AND corrigeert IS NULL) WHERE hoeveelste % ? = 0 ORDER BY klachtnummer",
        [PORTIE],
    ).fetchall()
    return [nummer for (nummer,) in rijen]


def derive(
    con: duckdb.DuckDBPyConnection, tabel: str, selects: Mapping[str, str], grenzen: Sequence[str], *, eerst: str
) -> None:
    """Fill an empty table up to each of the bounds and beyond, in the order in which it is filled at once.

    `selects` are the macros that it takes, in an order in which each comes after what it uses; that of the table is the
    last one. Rows for which `eerst` holds come first, and both parts by number.
    """
    straks, deel = f"deel_{tabel}_straks", f"deel_{tabel}"
    with _one_thread(con), _one_transaction(con):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {straks} AS SELECT * FROM {tabel} LIMIT 0")
        for na, tot in itertools.pairwise(["", *grenzen, _LAATSTE]):
            con.execute(
                "CREATE OR REPLACE TEMP VIEW deel_gebeurtenis AS SELECT * FROM gebeurtenis "
                f"WHERE klachtnummer > '{na}' AND klachtnummer <= '{tot}'"
            )
            for macro, select in selects.items():
                over = re.sub(r"\bgebeurtenis\b", "deel_gebeurtenis", select)
                for ander in selects:
                    over = re.sub(rf"\b{ander}\(nummer", f"deel_{ander}(nummer", over)
                con.execute(f"CREATE OR REPLACE TEMP MACRO deel_{macro}(nummer, tot_nr) AS TABLE {over}")
            uit = f"deel_{list(selects)[-1]}(CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT))"
            con.execute(f"CREATE OR REPLACE TEMP TABLE {deel} AS SELECT * FROM {uit} ORDER BY klachtnummer, van")
            erin = _put(con, tabel, f"{deel} WHERE {eerst}") + _put(con, straks, f"{deel} WHERE ({eerst}) IS NOT TRUE")
            _check_all(con, erin, deel)
        _check_all(con, _put(con, tabel, straks), straks)
        for naam in (straks, deel):
            con.execute(f"DROP TABLE {naam}")


def _put(con: duckdb.DuckDBPyConnection, naar: str, van: str) -> int:
    """Put rows into a table; returns how many DuckDB says that it took."""
    ((erin,),) = con.execute(f"INSERT INTO {naar} BY NAME SELECT * FROM {van}").fetchall()
    return int(erin)


def _check_all(con: duckdb.DuckDBPyConnection, erin: int, van: str) -> None:
    """Raise duckdb.Error when fewer rows were taken than there are."""
    if [(erin,)] != con.execute(f"SELECT count(*) FROM {van}").fetchall():
        raise duckdb.Error(f"van {van} kwamen er {erin} rijen in, en dat zijn niet alle")


@contextlib.contextmanager
def _one_thread(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """With more than one, DuckDB 2.0 takes none of the 569,425 rows over from the temporary table, and says so: 0."""
    ((draden,),) = con.execute("SELECT current_setting('threads')").fetchall()
    con.execute("SET threads = 1")
    try:
        yield
    finally:
        with contextlib.suppress(duckdb.Error):  # in a transaction that was broken off nothing more is done
            con.execute(f"SET threads = {draden}")


@contextlib.contextmanager
def _one_transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Begin one, unless it is open: of rows in portions each would go by the log to the file otherwise."""
    # To try it would break off the one that is open.
    eerst, dan = (con.execute("SELECT txid_current()").fetchall() for _ in range(2))
    if eerst == dan:
        yield
        return
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()
