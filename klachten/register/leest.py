"""What a statement about one klacht reads, seen from its SQL and from that of the macros that it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from klachten.gebeurtenissen import SOORTEN
from klachten.register import standen
from klachten.register.afleiding import derived_tables

VAST = ("termijn", "streeftermijn", "bewaartermijn", "categorie_nu", "overgenomen_bron")
"""The tables that are copied: no fact of a klacht changes them."""
DAGEN, FEITEN = "dag", "gebeurtenis"
VAN_KLACHT = derived_tables() - {
    "overgenomen_bron", "signaal_stand", "evaluatie_stand", "verbeteractie_stand", "trajecten",
}  # fmt: skip
"""The derived tables of which the rows of a klacht are made of the facts of that klacht."""
_KLACHT = "klachtnummer"


@dataclass(frozen=True)
class Leest:
    """What a statement reads: of which tables, which columns, and facts of which kinds."""

    tabellen: frozenset[str]
    kolommen: frozenset[str]
    soorten: frozenset[str]
    een_dag: bool
    """Of klacht_stand only how it stands on the day of the statement."""
    alle_dagen: bool
    """More of the calendar than the terms of that klacht can reach."""

    @property
    def gemaakt(self) -> frozenset[str]:
        """The tables of which the rows are made by their SELECT."""
        return self.tabellen & VAN_KLACHT - standen.TABELLEN


def filled_in(sql: str, waarden: Mapping[str, Any]) -> str:
    """Return a statement with its values in it: with parameters it would be planned at every use."""
    return re.sub(r"\$(\w+)", lambda m: _literal(None if m[1] == _KLACHT else waarden[m[1]]), sql)


def _literal(waarde: Any) -> str:
    if isinstance(waarde, list | tuple):
        return f"CAST([{', '.join(map(_literal, waarde))}] AS VARCHAR[])"
    if isinstance(waarde, date):
        return f"DATE '{waarde.isoformat()}'"
    if isinstance(waarde, str):
        return "'" + waarde.replace("'", "''") + "'"
    return "NULL" if waarde is None else str(waarde)


def texts(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the SQL of every macro and view, by name."""
    macros = con.execute(
        "SELECT function_name, macro_definition FROM duckdb_functions() "
        "WHERE function_type IN ('macro', 'table_macro') AND NOT internal"
    ).fetchall()
    views = con.execute("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal").fetchall()
    return dict(macros) | {naam: sql.partition(" AS ")[2] for naam, sql in views}


def look(con: duckdb.DuckDBPyConnection, sql: str, tekst: str, alle: Mapping[str, str]) -> Leest | None:
    """See what a statement reads; None when it reads what is not here."""
    try:
        tabellen = frozenset(con.get_table_names(tekst))
    except duckdb.Error:
        return None
    if tabellen - VAN_KLACHT - {FEITEN, DAGEN, *VAST}:
        return None
    teksten = {"": sql, **{naam: alle[naam] for naam in _reached(sql, alle)}}
    woorden = frozenset(re.findall(r"\w+", " ".join(teksten.values())))
    soorten = woorden & SOORTEN.keys() if FEITEN in tabellen else frozenset()
    if FEITEN in tabellen and not soorten:
        return None
    voorbij = any(_names(sql, DAGEN) for naam, sql in teksten.items() if naam != "termijnen")
    return Leest(tabellen, woorden, soorten, _of_one_day(teksten), voorbij)


def _reached(sql: str, alle: Mapping[str, str]) -> set[str]:
    """Return the names of the macros and views that a statement uses, directly or through another."""
    uit, wachtend = set[str](), [sql]
    while wachtend:
        tekst = wachtend.pop()
        nieuw = {naam for naam in set(re.findall(r"\w+", tekst)) & alle.keys() - uit if _names(tekst, naam)}
        uit |= nieuw
        wachtend += [alle[naam] for naam in nieuw]
    return uit


def _names(sql: str, naam: str) -> bool:
    """Whether SQL calls a macro of this name, or reads a table or view of it."""
    return re.search(rf"\b{naam}\s*\(|\b(?:FROM|JOIN)[\s(]+(?:main\.)?{naam}\b", sql, re.IGNORECASE) is not None


def _of_one_day(teksten: Mapping[str, str]) -> bool:
    """Whether klacht_stand is read as of the day of the statement alone: by klacht_op, which is given that day."""
    if any(_names(sql, "klacht_stand") for naam, sql in teksten.items() if naam != "klacht_op"):
        return False
    terug = {naam for naam, sql in teksten.items() if naam and "peildatum" in sql}
    dagen = {
        eerste.rpartition(":=")[2].strip(" $")
        for sql in teksten.values()
        for naam, eerste in re.findall(r"\b(\w+)\s*\(([^(),]*)", sql)
        if naam in terug
    }
    return dagen == {"peildatum"}
