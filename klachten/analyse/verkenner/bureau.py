"""The SQL desk: one question of a reader to the newest snapshot, in a process of its own that can do nothing else.

That process (`python -m klachten.analyse.verkenner.bureau`) copies the tables into memory, without the klachten in
which the reader is involved, lets go of every file and address, and may then only read: one SELECT, for so long, of so
many rows, in so much memory. Whatever goes wrong in it, the app goes on.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from klachten import analyse, apart
from klachten.analyse.momentopname import GeenMomentopname
from klachten.analyse.verkenner import bureauwaarden as waarden
from klachten.analyse.verkenner import sqlzinnen
from klachten.taal import getal

SECONDEN = 10.0
MEESTE_RIJEN = 1_000
MEESTE_IN_BESTAND = 20_000
GEHEUGEN_MB = 512
LANGSTE_VRAAG = 20_000
MEESTE_CELLEN = 1_000_000
MEESTE_BYTES = 24 * 1024**2
"""Of the rows of an answer as they are handed over: the app reads it whole, and a file is made of it."""
EROMHEEN = 1024**2
"""Bytes that what stands around the rows has room in: names of columns, the snapshot, a refusal."""
_PER_KEER = 100
"""Rows that are taken at a time: so many of the longest texts fit."""
LADEN = 40.0
"""So many seconds besides the question itself: starting, and copying a large snapshot."""
_ADRESRUIMTE = 3 * 1024**3
"""What DuckDB does not count as its own, as one endless text, ends here."""
_LEZEN = "Hier kan alleen worden gelezen, met één SELECT (ook WITH, FROM, VALUES, DESCRIBE of SUMMARIZE)."
_GEEN_PIVOT = "PIVOT kan hier niet, want het maakt eerst iets aan. Tel per kolom met count(*) FILTER (WHERE …)."
TE_LANG = "Deze vraag duurde langer dan {} seconden en is gestopt. Kies een kortere periode, of tel eerst (GROUP BY)."
TE_ZWAAR = "Deze vraag is te zwaar (te veel geheugen, of te lang) en is gestopt. Kies minder rijen, of tel eerst."
TE_VER = "Een duur in deze uitkomst is te lang om te tonen. Met epoch(…) krijgt u haar in seconden."
TE_GROOT = "Deze uitkomst is te zwaar om te geven: er staat te veel in. Kies minder rijen of kolommen, of tel eerst."


class _TeGroot(Exception):
    """There is more in the rows than an answer may hold."""


@dataclass(frozen=True)
class Gevraagd:
    """What the other process is told."""

    map: str
    sql: str
    niet: tuple[str, ...] = ()
    seconden: float = SECONDEN
    rijen: int = MEESTE_RIJEN
    geheugen_mb: int = GEHEUGEN_MB


@dataclass(frozen=True)
class Uitkomst:
    """What it answers: columns and rows as plain values, whether there were more; or why not, as a Dutch sentence.

    `soorten` are the kinds of the columns (SOORTEN, or tekst), `tabellen` the tables that stand in the question.
    `weigering` is of kind `soort`, which the help explains; `plek` is where in the question, `origineel` what DuckDB
    said. `dag`, `zegel` and `feiten` are those of the snapshot.
    """

    kolommen: tuple[str, ...] = ()
    soorten: tuple[str, ...] = ()
    rijen: tuple[tuple[Any, ...], ...] = ()
    meer: bool = False
    weigering: str = ""
    soort: str = ""
    plek: str = ""
    origineel: str = ""
    momentopname: str = ""
    dag: str = ""
    zegel: str = ""
    feiten: int = 0
    tabellen: tuple[str, ...] = ()

    def waarden(self) -> list[tuple[Any, ...]]:
        """Return the rows with days, moments and durations as what they are."""
        return [tuple(map(waarden.typed, rij, self.soorten)) for rij in self.rijen]


def vraag(
    map: Path, sql: str, niet: Sequence[str] = (), *, seconden: float = SECONDEN, rijen: int = MEESTE_RIJEN
) -> Uitkomst:
    """Ask the newest snapshot of a register one question; `niet` are klachten that the reader may not see."""
    if len(sql) > LANGSTE_VRAAG:
        zin = f"Een vraag heeft hoogstens {getal(LANGSTE_VRAAG)} tekens. Maak haar korter."
        return Uitkomst(weigering=zin, soort="sql_een_vraag")
    gevraagd = Gevraagd(str(map), sql, tuple(niet), seconden, rijen)
    meest = MEESTE_BYTES + EROMHEEN
    uit = apart.through(__name__, json.dumps(asdict(gevraagd)).encode(), geduld=seconden + LADEN, meest=meest)
    if uit is None:
        return Uitkomst(weigering=TE_ZWAAR, soort="sql_te_zwaar")
    antwoord = json.loads(uit)
    return Uitkomst(**{naam: _tuples(waarde) for naam, waarde in antwoord.items()})


def _tuples(waarde: Any) -> Any:
    return tuple(_tuples(deel) for deel in waarde) if isinstance(waarde, list) else waarde


def answer(gevraagd: Gevraagd) -> Uitkomst:
    """Answer in this process: for the one that was started for it."""
    try:
        con = ready(Path(gevraagd.map), gevraagd.niet, gevraagd.geheugen_mb)
    except GeenMomentopname as geen:
        return Uitkomst(weigering=str(geen), soort=geen.soort)
    with con:
        return reply(con, gevraagd)


def ready(map: Path, niet: Sequence[str] = (), geheugen_mb: int = GEHEUGEN_MB) -> duckdb.DuckDBPyConnection:
    """Return the newest snapshot in memory, without some klachten, that can reach nothing else any more."""
    con = analyse.open(map=map)
    _leave_out(con, niet)
    _close(con, geheugen_mb)
    return con


def reply(con: duckdb.DuckDBPyConnection, gevraagd: Gevraagd) -> Uitkomst:
    """Ask such a connection one question, or say why not."""
    try:
        return _ask(con, gevraagd)
    except duckdb.InterruptException:
        return Uitkomst(weigering=TE_LANG.format(f"{gevraagd.seconden:g}".replace(".", ",")), soort="sql_te_zwaar")
    except _TeGroot:
        return Uitkomst(weigering=TE_GROOT, soort="sql_te_zwaar")
    except OverflowError:  # a duration of more days than Python has
        return Uitkomst(weigering=TE_VER, soort="sql_waarde")
    except (duckdb.OutOfMemoryException, MemoryError):
        return Uitkomst(weigering=TE_ZWAAR, soort="sql_te_zwaar")
    except duckdb.Error as fout:
        mis = sqlzinnen.explain(fout, gevraagd.sql, con)
        return Uitkomst(weigering=mis.zin, soort=mis.soort, plek=mis.plek, origineel=mis.origineel)


def _leave_out(con: duckdb.DuckDBPyConnection, niet: Sequence[str]) -> None:
    """Take out the klachten that the reader may not see, wherever a table names them."""
    if not niet:
        return
    plekken = con.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns AS c JOIN information_schema.tables AS t "
        "ON t.table_catalog = c.table_catalog AND t.table_name = c.table_name "
        "WHERE c.column_name IN ('klachtnummer', 'klacht') AND t.table_type = 'BASE TABLE'"
    ).fetchall()
    for tabel, kolom in plekken:
        con.execute(f"DELETE FROM {tabel} WHERE {kolom} IN (SELECT UNNEST(CAST(? AS VARCHAR[])))", [list(niet)])


def _close(con: duckdb.DuckDBPyConnection, geheugen_mb: int) -> None:
    """Let go of everything but what is in memory, and have nobody open it again."""
    for instelling in (
        "python_enable_replacements = false",
        # It would stand before the answer.
        "enable_progress_bar = false",
        "temp_directory = ''",
        f"memory_limit = '{geheugen_mb}MB'",
        "threads = 2",
        "enable_external_access = false",
        "allow_community_extensions = false",
        # With the place in the question, as a number.
        "errors_as_json = true",
        # The last: after it nothing of these can be changed.
        "lock_configuration = true",
    ):
        con.execute(f"SET {instelling}")


def _ask(con: duckdb.DuckDBPyConnection, gevraagd: Gevraagd) -> Uitkomst:
    """Ask the one statement, as DuckDB itself takes the text apart."""
    opdrachten = con.extract_statements(gevraagd.sql)
    if not opdrachten:
        return Uitkomst(weigering="Typ een vraag in SQL, of kies een voorbeeld.", soort="sql_een_vraag")
    if len(opdrachten) > 1:
        zin = f"Stel één vraag tegelijk: dit zijn er {len(opdrachten)}. Haal de andere weg."
        return Uitkomst(weigering=zin, soort="sql_een_vraag")
    if (type_ := opdrachten[0].type) != duckdb.StatementType.SELECT:
        # DuckDB makes several of one PIVOT.
        zin = _GEEN_PIVOT if type_.name == "MULTI" else f"{_LEZEN} Dit is {type_.name.replace('_', ' ')}."
        return Uitkomst(weigering=zin, soort="sql_alleen_lezen")
    # A SELECT can hold an INSERT, and then it is one for DuckDB too.
    con.execute("BEGIN TRANSACTION READ ONLY")
    wekker = threading.Timer(gevraagd.seconden, con.interrupt)
    wekker.daemon = True
    wekker.start()
    try:
        gevonden = waarden.without_zone(con, con.execute(opdrachten[0]), opdrachten[0])
        rijen = _rows(gevonden, gevraagd.rijen + 1)
        kolommen = [
            (str(naam), waarden.SOORTEN.get(str(soort.id), "tekst")) for naam, soort, *_ in gevonden.description or ()
        ]
    finally:
        wekker.cancel()
        with suppress(duckdb.Error):
            con.execute("ROLLBACK")
    ((opname, dag, zegel, feiten),) = con.execute("SELECT naam, dag, zegel, aantal_feiten FROM momentopname").fetchall()
    return Uitkomst(
        kolommen=tuple(naam for naam, _ in kolommen),
        soorten=tuple(soort for _, soort in kolommen),
        rijen=tuple(rijen[: gevraagd.rijen]),
        meer=len(rijen) > gevraagd.rijen,
        momentopname=opname,
        dag=dag.isoformat(),
        zegel=zegel,
        feiten=feiten,
        tabellen=tuple(sorted(_tables(con, gevraagd.sql))),
    )


def _rows(gevonden: duckdb.DuckDBPyConnection, hoogstens: int) -> list[tuple[Any, ...]]:
    """Return the first rows as plain values; _TeGroot as soon as they hold too much."""
    rijen: list[tuple[Any, ...]] = []
    cellen = groot = 0
    while deel := gevonden.fetchmany(min(_PER_KEER, hoogstens - len(rijen))):
        for rij in deel:
            rijen.append(tuple(map(waarden.plain, rij)))
            cellen += len(rij)
            groot += len(_json(rijen[-1]))
            if cellen > MEESTE_CELLEN or groot > MEESTE_BYTES:
                raise _TeGroot
    return rijen


def _json(waarde: Any) -> bytes:
    return json.dumps(waarde, ensure_ascii=False).encode()


def _tables(con: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    """Return the tables and questions that a text reads from, by the names that stand in it and exist.

    A question has its brackets behind it: columns are called as some are.
    """
    namen = con.execute(
        "SELECT table_name, FALSE FROM information_schema.tables UNION SELECT function_name, TRUE "
        "FROM duckdb_functions() WHERE function_type = 'table_macro' AND database_name = 'vragen'"
    ).fetchall()
    klein = sql.lower()
    staan, gevraagd = set(re.findall(r"\w+", klein)), set(re.findall(r"(\w+)\s*\(", klein))
    return {naam for naam, is_vraag in namen if naam in (gevraagd if is_vraag else staan)}


def _limit() -> None:
    """Have the machine end this process when it asks for more than a question can need."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such thing
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_ADRESRUIMTE, _ADRESRUIMTE))


def main() -> int:
    """Read a question, print its answer."""
    _limit()
    gelezen = json.loads(sys.stdin.buffer.read())
    gevraagd = Gevraagd(**{**gelezen, "niet": tuple(gelezen["niet"])})
    # What does not listen to the clock of the question, as one endless text, is ended with the process.
    einde = threading.Timer(gevraagd.seconden + LADEN / 2, os._exit, (3,))
    einde.daemon = True
    einde.start()
    uit = answer(gevraagd)
    sys.stdout.buffer.write(_json(asdict(uit)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
