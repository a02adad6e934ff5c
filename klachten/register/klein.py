"""The database in memory with the rows of one klacht (enkel.py): made, filled, and of what it keeps the plan."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

import duckdb

from klachten.gebeurtenissen import Vastlegging
from klachten.register import keuzes, standen
from klachten.register.afleiding import Afleiding
from klachten.register.feitrij import encode
from klachten.register.inrichting import Inrichting
from klachten.register.leest import DAGEN, FEITEN, VAST, Leest
from klachten.register.maatregelstand import Feit, Rij, valid
from klachten.register.teksten import NIET_OP_SCHIJF

MEESTE = 24
"""So many statements keep their plan."""
VEEL_DAGEN = timedelta(3_000)
"""So much of the calendar costs a question nothing that is seen: it is kept for klachten of other years."""
_BELOOPT = {"dagen": 1, "weken": 7, "maanden": 31}
"""So many days each unit of a term takes at most; a working day as many as the calendar has until the next one."""


class Bron(Protocol):
    """What is asked of the register."""

    versie: int
    inrichting: Inrichting

    @property
    def uitgesteld(self) -> bool:
        """Whether what follows from the facts is made later."""

    def plain_cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one read of the tables."""

    def prepare(self, con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """Give a connection the questions of analyse."""

    def vastleggingen(self, klachtnummer: str) -> list[Vastlegging]:
        """Every fact of a dossier."""

    def changed_since(self, versie: int) -> frozenset[str] | None:
        """The dossiers that got facts after a version; None when it can be any."""


@dataclass
class Klein:
    """The database, and what stands in it now."""

    con: duckdb.DuckDBPyConnection
    versie: int
    afleiding: Afleiding
    kolommen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    grens: tuple[Any, Any] = (None, None)
    marge: timedelta = timedelta()
    dagen: tuple[date, date] | None = None
    vragen: OrderedDict[str, str] = field(default_factory=OrderedDict)
    """The name of what was prepared, by its text."""
    geladen: dict[str, Any] = field(default_factory=dict)
    voorbereid: set[str] = field(default_factory=set)
    keren: int = 0
    teller: int = 0
    teksten: dict[str, str] = field(default_factory=dict)
    leest: dict[str, Leest | None] = field(default_factory=dict)


def make(bron: Bron, versie: int) -> Klein:
    """Copy what the register is furnished with: its tables without rows, views, macros, reglementen and calendar."""
    con = duckdb.connect(":memory:", config={"threads": 1, **NIET_OP_SCHIJF})
    with bron.plain_cursor() as cursor:
        hier = "database_name = current_database() AND schema_name = 'main'"
        tabellen = cursor.execute(
            "SELECT c.table_name, list(c.column_name ORDER BY c.column_index), "
            "list(c.data_type ORDER BY c.column_index) "
            "FROM duckdb_columns() AS c JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name) "
            f"WHERE {hier} AND NOT t.temporary GROUP BY c.table_name"
        ).fetchall()
        klein = Klein(con, versie, Afleiding(con))
        con.begin()  # each of them in a transaction of its own takes twice as long
        for tabel, namen, soorten in tabellen:
            klein.kolommen[tabel] = tuple(namen)
            con.execute(
                f"CREATE TABLE {tabel} "
                f"({', '.join(f'{naam} {soort}' for naam, soort in zip(namen, soorten, strict=True))})"
            )
        for tabel in VAST:
            klein.afleiding.insert(tabel, _as_rows(cursor.execute(f"SELECT * FROM main.{tabel}")))
        klein.grens, klein.marge = _bounds(cursor)
        views = cursor.execute(f"SELECT sql FROM duckdb_views() WHERE {hier} AND NOT internal").fetchall()
    for (sql,) in views:
        con.execute(sql)
    klein.afleiding.make_macros("feit")
    for sql in keuzes.definition(bron.inrichting.reglementen):
        con.execute(sql)
    con.commit()
    bron.prepare(con)
    return klein


def _bounds(cursor: duckdb.DuckDBPyConnection) -> tuple[tuple[Any, Any], timedelta]:
    """The first and last day of the calendar, and how far a term reaches: its length and to the next working day."""
    ((eerste, laatste, rek),) = cursor.execute(
        f"SELECT min(dag), max(dag), max(date_diff('day', dag, eerstvolgende_werkdag)) + 1 FROM main.{DAGEN}"
    ).fetchall()
    lengtes = cursor.execute("SELECT eenheid, max(waarde) FROM termijn WHERE waarde IS NOT NULL GROUP BY eenheid")
    duur = [waarde * _BELOOPT.get(eenheid, rek or 1) for eenheid, waarde in lengtes.fetchall()]
    return (eerste, laatste), timedelta(max(duur, default=0) + (rek or 1))


def make_ready(klein: Klein, tabellen: Collection[str]) -> None:
    """Let these derived tables be filled by a SELECT of which the plan is kept.

    Not in a transaction, and everything that was prepared is again: with a macro the catalogue is another one.
    """
    if not (nieuw := set(tabellen) - klein.voorbereid):
        return
    for tabel in nieuw:
        klein.afleiding.make_macros(tabel)
    for naam in (*klein.vragen.values(), *(f"vul_{tabel}" for tabel in klein.voorbereid)):
        klein.con.execute(f"DEALLOCATE {naam}")
    klein.vragen.clear()
    klein.voorbereid |= nieuw
    for tabel in klein.voorbereid:
        alles = "CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT)"
        _keep_plan(klein.con, f"vul_{tabel}", f"INSERT INTO {tabel} BY NAME SELECT * FROM {tabel}_uit_feiten({alles})")


def prepared(klein: Klein, tekst: str) -> str:
    """Return the name under which DuckDB keeps the plan of a statement."""
    if tekst not in klein.vragen:
        klein.teller += 1
        _keep_plan(klein.con, f"vraag_{klein.teller}", tekst)
        klein.vragen[tekst] = f"vraag_{klein.teller}"
        while len(klein.vragen) > MEESTE:
            klein.con.execute(f"DEALLOCATE {klein.vragen.popitem(last=False)[1]}")
    klein.vragen.move_to_end(tekst)
    return klein.vragen[tekst]


def _keep_plan(con: duckdb.DuckDBPyConnection, naam: str, sql: str) -> None:
    con.execute("PRAGMA disable_optimizer")
    con.execute(f"PREPARE {naam} AS {sql}")
    con.execute("PRAGMA enable_optimizer")


def load(
    bron: Bron, klein: Klein, leest: Leest, klachtnummer: str, vastleggingen: Sequence[Vastlegging], dag: date | None
) -> None:
    """Put in the tables that a statement reads the rows of one klacht, as far as they are not there."""
    klein.keren += 1
    klein.con.begin()
    feiten = valid(vastleggingen)
    rijen = _folded(klein, klachtnummer, feiten, dag)
    for tabel in leest.tabellen & standen.TABELLEN:
        _replace(klein, tabel, rijen[tabel], leest.kolommen)
    nodig = leest.soorten.union(*(klein.afleiding.kinds(tabel) for tabel in leest.gemaakt))
    oorsprongen = {v.corrigeert or v.nr for v in vastleggingen if v.feit.soort in nodig}
    regels = [_fact(v) for v in vastleggingen if (v.corrigeert or v.nr) in oorsprongen]
    if nodig:
        _replace(klein, FEITEN, regels)
    for tabel in leest.gemaakt:
        uit = [rij for rij in regels if rij["soort"] in klein.afleiding.kinds(tabel)]
        if klein.geladen.get(tabel, []) != uit:
            klein.con.execute(f"DELETE FROM {tabel}")
            if uit:
                klein.con.execute(f"EXECUTE vul_{tabel}")
            klein.geladen[tabel] = uit
    if DAGEN in leest.tabellen:
        _days(bron, klein, None if leest.alle_dagen else rijen["klacht_stand"])
    klein.con.commit()


def _folded(klein: Klein, klachtnummer: str, feiten: Sequence[Feit], dag: date | None) -> dict[str, list[Rij]]:
    """Return the rows that are folded, of klacht_stand those of one day when that is enough."""
    if dag is None:
        return standen.fold(klachtnummer, feiten, klein.afleiding.renamed())
    vanaf = max((op for op in standen.days(feiten) if op <= dag), default=date.max)
    rijen = standen.fold(klachtnummer, feiten, klein.afleiding.renamed(), vanaf)
    return rijen | {"klacht_stand": [rij for rij in rijen["klacht_stand"] if rij["van"] <= dag < rij["tot"]]}


def _fact(v: Vastlegging) -> Rij:
    """A fact as table gebeurtenis has it, without what only the journal asks."""
    return {
        "nr": v.nr, "klachtnummer": v.klachtnummer, "stap": v.feit.stap, "soort": v.feit.soort,
        "gebeurd_op": v.feit.gebeurd_op, "vastgelegd_op": v.vastgelegd_op.replace(tzinfo=None), "door": v.door,
        "rol": v.rol, "corrigeert": v.corrigeert, "gegevens": encode(v.feit.gegevens()),
    }  # fmt: skip


def _replace(klein: Klein, tabel: str, rijen: list[Rij], kolommen: Collection[str] | None = None) -> None:
    """Let a table have these rows, with the columns that are asked."""
    if kolommen is not None:
        weg = [kolom for kolom in (rijen[0] if rijen else ()) if kolom not in kolommen]
        rijen = [{kolom: waarde for kolom, waarde in rij.items() if kolom not in weg} for rij in rijen]
    if klein.geladen.get(tabel, []) == rijen:
        return
    if klein.geladen.get(tabel):
        klein.con.execute(f"DELETE FROM {tabel}")
    klein.afleiding.insert(tabel, rijen)
    klein.geladen[tabel] = rijen


def _as_rows(gevonden: duckdb.DuckDBPyConnection) -> list[Rij]:
    namen = [kolom for kolom, *_ in gevonden.description]
    return [dict(zip(namen, rij, strict=True)) for rij in gevonden.fetchall()]


def _days(bron: Bron, klein: Klein, rijen: Iterable[Rij] | None) -> None:
    """Have the years of the calendar that the terms of these rows can reach; None: all of it.

    A term begins on one of the days in a row. All 26,000 days are 3 ms more at every question.
    """
    van, tot = klein.grens
    if rijen is not None and van is not None:
        op = [dag for rij in rijen for kolom, dag in rij.items() if kolom.endswith("_op") and isinstance(dag, date)]
        if op and van <= min(op) and max(op) + klein.marge <= tot:
            van = max(van, min(op).replace(month=1, day=1))
            tot = min(tot, (max(op) + klein.marge).replace(month=12, day=31))
    nu, alles = klein.dagen, (van, tot) == klein.grens
    if nu == (van, tot):
        return
    if nu and not alles and nu != klein.grens:
        if nu[0] <= van and tot <= nu[1]:
            return
        if max(tot, nu[1]) - min(van, nu[0]) < VEEL_DAGEN:
            van, tot = min(van, nu[0]), max(tot, nu[1])
    with bron.plain_cursor() as cursor:
        dagen = cursor.execute(f"SELECT * FROM main.{DAGEN} WHERE dag BETWEEN ? AND ?", [van, tot]).fetchall()
    klein.con.execute(f"DELETE FROM {DAGEN}")
    klein.con.execute(
        f"INSERT INTO {DAGEN} SELECT {', '.join(['unnest(?)'] * len(klein.kolommen[DAGEN]))}",
        [list(kolom) for kolom in zip(*dagen, strict=True)],
    )
    klein.dagen = van, tot
