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
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from klachten import analyse, apart
from klachten.analyse.momentopname import GeenMomentopname

SECONDEN = 10.0
MEESTE_RIJEN = 1_000
GEHEUGEN_MB = 512
LANGSTE_VRAAG = 20_000
LANGSTE_CEL = 2_000
LADEN = 40.0
"""So many seconds besides the question itself: starting, and copying a large snapshot."""
_ADRESRUIMTE = 3 * 1024**3
"""What DuckDB does not count as its own, as one endless text, ends here."""
_LEZEN = "Hier kan alleen worden gelezen, met één SELECT (ook WITH, FROM, VALUES, DESCRIBE of SUMMARIZE)."
GEEN_TOEGANG = (
    "Bestanden, adressen en uitbreidingen zijn hier dicht: te lezen zijn alleen de tabellen en vragen van de "
    "momentopname. Kies een tabel uit de lijst hieronder."
)
TE_LANG = "Deze vraag duurde langer dan {} seconden en is gestopt. Kies een kortere periode, of tel eerst (GROUP BY)."
TE_ZWAAR = "Deze vraag is te zwaar (te veel geheugen, of te lang) en is gestopt. Kies minder rijen, of tel eerst."


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

    `tabellen` are the tables that stand in the question, as DuckDB reads it.
    """

    kolommen: tuple[str, ...] = ()
    rijen: tuple[tuple[Any, ...], ...] = ()
    meer: bool = False
    weigering: str = ""
    momentopname: str = ""
    tabellen: tuple[str, ...] = ()


def vraag(map: Path, sql: str, niet: Sequence[str] = (), *, seconden: float = SECONDEN) -> Uitkomst:
    """Ask the newest snapshot of a register one question; `niet` are klachten that the reader may not see."""
    if len(sql) > LANGSTE_VRAAG:
        return Uitkomst(weigering=f"Een vraag heeft hoogstens {LANGSTE_VRAAG} tekens. Maak haar korter.")
    gevraagd = Gevraagd(str(map), sql, tuple(niet), seconden)
    uit = apart.through(__name__, json.dumps(asdict(gevraagd)).encode(), geduld=seconden + LADEN)
    if uit is None:
        return Uitkomst(weigering=TE_ZWAAR)
    antwoord = json.loads(uit)
    rijen = tuple(tuple(rij) for rij in antwoord.pop("rijen"))
    return Uitkomst(
        **{**antwoord, "kolommen": tuple(antwoord["kolommen"]), "rijen": rijen, "tabellen": tuple(antwoord["tabellen"])}
    )


def answer(gevraagd: Gevraagd) -> Uitkomst:
    """Answer in this process: for the one that was started for it."""
    try:
        con = ready(Path(gevraagd.map), gevraagd.niet, gevraagd.geheugen_mb)
    except GeenMomentopname as geen:
        return Uitkomst(weigering=str(geen))
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
        return Uitkomst(weigering=TE_LANG.format(f"{gevraagd.seconden:g}".replace(".", ",")))
    except (duckdb.OutOfMemoryException, MemoryError):
        return Uitkomst(weigering=TE_ZWAAR)
    except duckdb.PermissionException:
        return Uitkomst(weigering=GEEN_TOEGANG)
    except duckdb.Error as fout:
        return Uitkomst(weigering=_in_words(fout))


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
        # The last: after it nothing of these can be changed.
        "lock_configuration = true",
    ):
        con.execute(f"SET {instelling}")


def _ask(con: duckdb.DuckDBPyConnection, gevraagd: Gevraagd) -> Uitkomst:
    """Ask the one statement, as DuckDB itself takes the text apart."""
    opdrachten = con.extract_statements(gevraagd.sql)
    if not opdrachten:
        return Uitkomst(weigering="Typ een vraag in SQL, of kies een voorbeeld.")
    if len(opdrachten) > 1:
        return Uitkomst(weigering=f"Stel één vraag tegelijk: dit zijn er {len(opdrachten)}. Haal de andere weg.")
    if opdrachten[0].type != duckdb.StatementType.SELECT:
        return Uitkomst(weigering=f"{_LEZEN} Dit is {opdrachten[0].type.name.replace('_', ' ')}.")
    # A SELECT can hold an INSERT, and then it is one for DuckDB too.
    con.execute("BEGIN TRANSACTION READ ONLY")
    wekker = threading.Timer(gevraagd.seconden, con.interrupt)
    wekker.daemon = True
    wekker.start()
    try:
        gevonden = con.execute(opdrachten[0])
        rijen = gevonden.fetchmany(gevraagd.rijen + 1)
        kolommen = tuple(str(kolom[0]) for kolom in gevonden.description or ())
    finally:
        wekker.cancel()
        with suppress(duckdb.Error):
            con.execute("ROLLBACK")
    ((opname,),) = con.execute("SELECT naam FROM momentopname").fetchall()
    return Uitkomst(
        kolommen=kolommen,
        rijen=tuple(tuple(_plain(waarde) for waarde in rij) for rij in rijen[: gevraagd.rijen]),
        meer=len(rijen) > gevraagd.rijen,
        momentopname=opname,
        tabellen=tuple(sorted(_tables(con, gevraagd.sql))),
    )


def _tables(con: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    """Return the tables and questions that a text reads from, by the names that stand in it and exist."""
    bestaat = con.execute(
        "SELECT table_name FROM information_schema.tables UNION SELECT function_name FROM duckdb_functions() "
        "WHERE function_type = 'table_macro' AND database_name = 'vragen'"
    ).fetchall()
    return {naam for (naam,) in bestaat} & set(re.findall(r"\w+", sql.lower()))


def _plain(waarde: Any) -> Any:
    """Return a value that can be written as JSON: a day as its text, anything long cut off."""
    if waarde is None or isinstance(waarde, bool | int | float):
        return waarde if not isinstance(waarde, float) or waarde == waarde else None
    tekst = waarde.isoformat() if isinstance(waarde, date | datetime) else str(waarde)
    return tekst if len(tekst) <= LANGSTE_CEL else f"{tekst[:LANGSTE_CEL]}…"


def _in_words(fout: duckdb.Error) -> str:
    melding = str(fout).strip().splitlines()[0] if str(fout).strip() else type(fout).__name__
    if "read-only" in melding.lower():
        return _LEZEN
    return f"DuckDB kan deze vraag niet beantwoorden. Het zegt (in het Engels): {melding}"


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
    sys.stdout.buffer.write(json.dumps(asdict(uit), ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
