"""The read side: what has happened, counted, timed and drawn; it never writes.

Every *.sql file in its rooms is one SELECT and one question. `open` makes them table macros on a connection, named
after their files, with the parameters that their headers name: `SELECT * FROM termijnen(peildatum := $peildatum)`.
"""

from __future__ import annotations

import functools
import hashlib
import re
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from klachten.analyse import momentopname
from klachten.analyse.functies import FUNCTIES
from klachten.analyse.momentopname import GeenMomentopname

__all__ = ["GeenMomentopname", "Vraag", "called", "for_snapshot", "furnish", "of_snapshot", "open", "vragen"]

MAP = Path(__file__).parent
# What a question asked by hand means when it does not say: the default of Filter and of the pages.
ANDERS = {"kies_herkomst": "'register'", "cohort": "'ontvangst'"}
_MAG_WEG = re.compile(r"vanaf|tot|reeks|kies_\w+|cohort|per")
_slot = threading.Lock()


class Vraag(NamedTuple):
    """One question to the register: its name, what it asks, what a row is, its parameters and its SQL."""

    naam: str
    vraag: str
    korrel: str
    parameters: str
    sql: str


@functools.cache
def vragen() -> dict[str, Vraag]:
    """Return every question by name, one that another uses before that other."""
    paden = sorted(MAP.rglob("*.sql"))
    gelezen = {pad.stem: _read(pad) for pad in paden}
    if len(gelezen) < len(paden):
        raise RuntimeError(f"Two .sql files carry the same name: {sorted(str(pad.relative_to(MAP)) for pad in paden)}")
    gebruikt = {naam: called(vraag.sql) & gelezen.keys() - {naam} for naam, vraag in gelezen.items()}
    op_volgorde: dict[str, Vraag] = {}
    while len(op_volgorde) < len(gelezen):
        klaar = [naam for naam in gelezen if naam not in op_volgorde and gebruikt[naam] <= op_volgorde.keys()]
        if not klaar:
            raise RuntimeError(f"These .sql files use each other: {sorted(set(gelezen) - set(op_volgorde))}")
        op_volgorde |= {naam: gelezen[naam] for naam in klaar}
    return op_volgorde


@functools.cache
def called(sql: str) -> frozenset[str]:
    """Return the names that SQL calls: functions, macros and other questions. Looked for once in a text."""
    return frozenset(re.findall(r"(\w+)\s*\(", sql))


def _read(pad: Path) -> Vraag:
    tekst = pad.read_text(encoding="utf-8")
    kop = {sleutel: " ".join(waarde.split()) for sleutel, waarde in re.findall(r"^-- (\w+): *(.+)$", tekst, re.M)}
    ontbreekt = {"Question", "Grain", "Step", "Parameters"} - kop.keys()
    if ontbreekt:
        raise RuntimeError(f"{pad.name} misses in its header: {', '.join(sorted(ontbreekt))}")
    return Vraag(pad.stem, kop["Question"], kop["Grain"], kop["Parameters"], tekst.strip().rstrip(";"))


def open(con: DuckDBPyConnection | None = None, *, map: Path | None = None) -> DuckDBPyConnection:
    """Return a connection on which every question is a table macro: `SELECT * FROM termijnen(DATE '2026-01-01')`.

    Without a connection: the newest snapshot of the register in `map` (else KLACHTEN_DATA, else data/), without
    personal data, in memory; GeenMomentopname when there is none. A new call sees a newer snapshot, an open connection
    does not.
    """
    if con is not None:
        return furnish(con, vragen().values())
    con = momentopname.load(map)
    return furnish(con, of_snapshot())


def of_snapshot() -> list[Vraag]:
    """Return every question as it is asked of a snapshot, by hand or by another engine."""
    return [for_snapshot(vraag) for vraag in vragen().values()]


def for_snapshot(vraag: Vraag) -> Vraag:
    """A question by hand: what is not named is everything entered here, and what a snapshot lacks is refused."""
    namen = [naam.strip() for naam in vraag.parameters.split(",")]
    # Only from the end: a parameter without a default cannot follow one with.
    vanaf = next((i for i in range(len(namen), 0, -1) if not _MAG_WEG.fullmatch(namen[i - 1])), 0)
    met = [*namen[:vanaf], *(f"{naam} := {ANDERS.get(naam, 'NULL')}" for naam in namen[vanaf:])]
    sql = vraag.sql
    if reden := momentopname.refusal(vraag.parameters, sql):
        sql = f"SELECT error('De vraag {vraag.naam} kan niet aan een momentopname worden gesteld: {reden}.') AS fout"
    return vraag._replace(parameters=", ".join(met), sql=sql)


def furnish(con: DuckDBPyConnection, alle: Iterable[Vraag]) -> DuckDBPyConnection:
    """Put questions on this connection as table macros and return it; the database itself gets nothing.

    The macros live in a database beside the register: making them takes several ms each, finding them 0.1 ms, and a
    page opens a fresh cursor every time.
    """
    register, schema = con.execute("SELECT current_database(), current_schema()").fetchone() or ("", "")
    zoekpad = f"SET search_path = '{register}.{schema},vragen.main'"
    with _slot:
        try:
            # To try is one statement, and to ask whether they are there would be another: every page pays it.
            con.execute(zoekpad)
        except duckdb.CatalogException:
            macros = [f"MACRO vragen.main.{naam}({namen}) AS {sql}" for naam, (namen, sql) in FUNCTIES.items()]
            macros += [f"MACRO vragen.main.{naam}({namen}) AS TABLE\n{sql}" for naam, _, _, namen, sql in alle]
            try:
                con.execute(f"ATTACH {_quoted(_file(con, macros, zoekpad))} AS vragen (READ_ONLY)")
            except (OSError, duckdb.IOException):
                # There is no room or right for a file in the folder for temporary files.
                _make(con, ":memory:", macros, zoekpad)
            con.execute(zoekpad)
    return con


@functools.cache
def _tijdelijk() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="klachten-vragen-", ignore_cleanup_errors=True)


def _file(con: DuckDBPyConnection, macros: list[str], zoekpad: str) -> Path:
    """Return a file of macros, made once in a process: binding all of them takes 100 ms, attaching the file 7 ms."""
    if not Path(_tijdelijk().name).is_dir():
        _tijdelijk.cache_clear()  # somebody tidied it away
    pad = Path(_tijdelijk().name) / f"{hashlib.sha256(repr(macros).encode()).hexdigest()}.duckdb"
    if not pad.is_file():
        wordt = pad.with_suffix(".wordt")
        wordt.unlink(missing_ok=True)
        _make(con, wordt, macros, zoekpad)
        _detach(con)
        wordt.replace(pad)
    return pad


def _make(con: DuckDBPyConnection, plek: Path | str, macros: list[str], zoekpad: str) -> None:
    """Make the macros in a database beside the register, where they are bound one by one."""
    con.execute(f"ATTACH {_quoted(plek)} AS vragen (READ_WRITE)")
    try:
        # A question that uses another finds it through the search path, as the caller does.
        con.execute(zoekpad)
        for macro in macros:
            con.execute(f"CREATE {macro}")
    except Exception:
        _detach(con)
        raise


def _detach(con: DuckDBPyConnection) -> None:
    con.execute("SET search_path = 'main'")
    con.execute("DETACH vragen")


def _quoted(pad: Path | str) -> str:
    return "'" + str(pad).replace("'", "''") + "'"
