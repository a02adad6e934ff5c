"""Questions about one klacht: its rows in a small database in memory, where a statement keeps its plan.

To plan a statement about terms takes 25 ms of CPU, and to run it over the rows of one klacht 6. DuckDB keeps the plan
of what was prepared without its optimizer and has no parameters, over tables in memory, until its catalogue changes
(`Afleiding.prepare` leans on that too). So here stand the tables, views and macros of the register, the rows of its
reglementen and calendar, and of one klacht the rows that a statement reads: folded (standen.py) or made by the SELECT
of their table. What a term or a task is, is said by the same SQL as ever; only the tables are smaller.

Nothing is made before the register was asked such questions several times, and no text of a klacht comes here.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

import duckdb

from klachten.gebeurtenissen import SOORTEN, Vastlegging
from klachten.register import keuzes, standen
from klachten.register.afleiding import Afleiding, derived_tables
from klachten.register.feitrij import encode
from klachten.register.inrichting import Inrichting
from klachten.register.maatregelstand import Feit, Rij, valid

NA = 8
"""After so many questions about one klacht the database is made: 100 ms, of which each question saves some 15."""
MEESTE = 24
"""So many statements keep their plan."""
KEREN = 1_000
"""After so many klachten it is made anew: what was replaced leaves holes."""
VEEL_DAGEN = timedelta(3_000)
"""So much of the calendar costs a question nothing that is seen: it is kept for klachten of other years."""
VAST = ("termijn", "streeftermijn", "bewaartermijn", "categorie_nu", "overgenomen_bron")
"""The tables that are copied: no fact of a klacht changes them."""
_DAGEN = "dag"
_VAN_KLACHT = derived_tables() - {
    "overgenomen_bron", "signaal_stand", "evaluatie_stand", "verbeteractie_stand", "trajecten",
}  # fmt: skip
_FEITEN = "gebeurtenis"
_BELOOPT = {"dagen": 1, "weken": 7, "maanden": 31}
"""So many days each unit of a term takes at most; a working day as many as the calendar has until the next one."""
_KLACHT = "klachtnummer"


class Bron(Protocol):
    """What is asked of the register."""

    versie: int
    inrichting: Inrichting

    def plain_cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one read of the tables."""

    def prepare(self, con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """Give a connection the questions of analyse."""

    def vastleggingen(self, klachtnummer: str) -> list[Vastlegging]:
        """Every fact of a dossier."""

    def changed_since(self, versie: int) -> frozenset[str] | None:
        """The dossiers that got facts after a version; None when it can be any."""


@dataclass(frozen=True)
class _Leest:
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
        return self.tabellen & _VAN_KLACHT - standen.TABELLEN


@dataclass
class _Klein:
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


class Enkel:
    """Answers questions about one klacht where it can; safe to use from many threads."""

    def __init__(self, bron: Bron) -> None:
        self._bron = bron
        self._slot = threading.Lock()
        self._klein: _Klein | None = None
        self._keren = 0
        self._teksten: dict[str, str] = {}
        self._leest: dict[str, _Leest | None] = {}

    def ask(
        self,
        klachtnummer: str,
        sql: str,
        waarden: Mapping[str, Any],
        vastleggingen: Sequence[Vastlegging] | None = None,
    ) -> list[tuple[Any, ...]] | None:
        """Return the rows of a statement about one klacht, None when it has to be asked of the register as ever.

        `sql` has named parameters: those of `waarden` (date, number, text, None or a list of texts), and $klachtnummer,
        which chooses nothing when it is NULL. `vastleggingen` are the facts of that klacht when not those recorded.
        """
        if not klachtnummer.startswith("K") or not self._pays():
            return None
        versie = self._bron.versie
        feiten = self._bron.vastleggingen(klachtnummer) if vastleggingen is None else vastleggingen
        with self._slot:
            try:
                klein = self._current(versie)
                leest = self._reads(klein, sql, waarden)
                if leest is None:
                    return None
                dagen = [waarde for waarde in waarden.values() if isinstance(waarde, date)]
                dag = dagen[0] if leest.een_dag and len(dagen) == 1 else None
                _make_ready(klein, leest.gemaakt)
                _load(self._bron, klein, leest, klachtnummer, feiten, dag)
                gevonden = klein.con.execute(f"EXECUTE {_prepared(klein, _filled_in(sql, waarden))}")
                # A column that is not named was not filled: who gets every column of a table asks the register.
                if not {kolom for kolom, *_ in gevonden.description} <= leest.kolommen:
                    self._leest[sql] = None
                    return None
                return gevonden.fetchall()
            except duckdb.Error:
                self._drop()
                self._keren = -KEREN  # it is asked as ever, and tried again after many questions
                return None

    def drop(self) -> None:
        """Let go of it all: the register closes, is read anew, or something was erased."""
        with self._slot:
            self._drop()

    def _drop(self) -> None:
        klein, self._klein = self._klein, None
        if klein is not None:
            klein.con.close()

    def _pays(self) -> bool:
        """Whether such questions were asked so often that the database pays for itself."""
        with self._slot:
            self._keren += 1
            return self._keren > NA

    def _current(self, versie: int) -> _Klein:
        """Return the database, made now or before, as the register is at a version."""
        if (klein := self._klein) is not None and klein.versie < versie:
            geraakt = self._bron.changed_since(klein.versie)
            # What is no klacht, signaal or evaluatie can change the reglementen, the calendar or the sources.
            if geraakt is None or any(nummer[0] not in "KSE" for nummer in geraakt):
                self._drop()
            else:
                klein.versie = versie
        if klein is not None and klein.keren > KEREN:
            self._drop()
        if self._klein is None:
            self._klein = _make(self._bron, versie)
        return self._klein

    def _reads(self, klein: _Klein, sql: str, waarden: Mapping[str, Any]) -> _Leest | None:
        """Return what a statement reads; None when that is not all here."""
        if not self._teksten:
            # The same for as long as the program runs, and 20 ms to ask.
            self._teksten = _texts(klein.con)
        if sql not in self._leest:
            self._leest[sql] = _look(klein, sql, _filled_in(sql, waarden), self._teksten)
        return self._leest[sql]


# --- the database ----------------------------------------------------------------------------------------------------


def _make(bron: Bron, versie: int) -> _Klein:
    """Copy what the register is furnished with: its tables without rows, views, macros, reglementen and calendar."""
    con = duckdb.connect(":memory:", config={"threads": 1})
    with bron.plain_cursor() as cursor:
        hier = "database_name = current_database() AND schema_name = 'main'"
        tabellen = cursor.execute(
            "SELECT c.table_name, list(c.column_name ORDER BY c.column_index), "
            "list(c.data_type ORDER BY c.column_index) "
            "FROM duckdb_columns() AS c JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name) "
            f"WHERE {hier} AND NOT t.temporary GROUP BY c.table_name"
        ).fetchall()
        klein = _Klein(con, versie, Afleiding(con))
        con.begin()  # each of them in a transaction of its own takes twice as long
        for tabel, namen, soorten in tabellen:
            klein.kolommen[tabel] = tuple(namen)
            con.execute(
                f"CREATE TABLE {tabel} "
                f"({', '.join(f'{naam} {soort}' for naam, soort in zip(namen, soorten, strict=True))})"
            )
        for tabel in VAST:
            _insert(con, tabel, _as_rows(cursor.execute(f"SELECT * FROM main.{tabel}")))
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
        f"SELECT min(dag), max(dag), max(date_diff('day', dag, eerstvolgende_werkdag)) + 1 FROM main.{_DAGEN}"
    ).fetchall()
    lengtes = cursor.execute("SELECT eenheid, max(waarde) FROM termijn WHERE waarde IS NOT NULL GROUP BY eenheid")
    duur = [waarde * _BELOOPT.get(eenheid, rek or 1) for eenheid, waarde in lengtes.fetchall()]
    return (eerste, laatste), timedelta(max(duur, default=0) + (rek or 1))


# --- a statement -----------------------------------------------------------------------------------------------------


def _filled_in(sql: str, waarden: Mapping[str, Any]) -> str:
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


def _make_ready(klein: _Klein, tabellen: Collection[str]) -> None:
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


def _prepared(klein: _Klein, tekst: str) -> str:
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


def _texts(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the SQL of every macro and view, by name."""
    macros = con.execute(
        "SELECT function_name, macro_definition FROM duckdb_functions() "
        "WHERE function_type IN ('macro', 'table_macro') AND NOT internal"
    ).fetchall()
    views = con.execute("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal").fetchall()
    return dict(macros) | {naam: sql.partition(" AS ")[2] for naam, sql in views}


def _look(klein: _Klein, sql: str, tekst: str, alle: Mapping[str, str]) -> _Leest | None:
    """See what a statement reads; None when it reads what is not here."""
    try:
        tabellen = frozenset(klein.con.get_table_names(tekst))
    except duckdb.Error:
        return None
    if tabellen - _VAN_KLACHT - {_FEITEN, _DAGEN, *VAST}:
        return None
    teksten = {"": sql, **{naam: alle[naam] for naam in _reached(sql, alle)}}
    woorden = frozenset(re.findall(r"\w+", " ".join(teksten.values())))
    soorten = woorden & SOORTEN.keys() if _FEITEN in tabellen else frozenset()
    if _FEITEN in tabellen and not soorten:
        return None
    voorbij = any(_names(sql, _DAGEN) for naam, sql in teksten.items() if naam != "termijnen")
    return _Leest(tabellen, woorden, soorten, _of_one_day(teksten), voorbij)


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


# --- the rows of one klacht ------------------------------------------------------------------------------------------


def _load(
    bron: Bron, klein: _Klein, leest: _Leest, klachtnummer: str, vastleggingen: Sequence[Vastlegging], dag: date | None
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
        _replace(klein, _FEITEN, regels)
    for tabel in leest.gemaakt:
        uit = [rij for rij in regels if rij["soort"] in klein.afleiding.kinds(tabel)]
        if klein.geladen.get(tabel, []) != uit:
            klein.con.execute(f"DELETE FROM {tabel}")
            if uit:
                klein.con.execute(f"EXECUTE vul_{tabel}")
            klein.geladen[tabel] = uit
    if _DAGEN in leest.tabellen:
        _days(bron, klein, None if leest.alle_dagen else rijen["klacht_stand"])
    klein.con.commit()


def _folded(klein: _Klein, klachtnummer: str, feiten: Sequence[Feit], dag: date | None) -> dict[str, list[Rij]]:
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


def _replace(klein: _Klein, tabel: str, rijen: list[Rij], kolommen: Collection[str] | None = None) -> None:
    """Let a table have these rows, with the columns that are asked."""
    if kolommen is not None:
        weg = [kolom for kolom in (rijen[0] if rijen else ()) if kolom not in kolommen]
        rijen = [{kolom: waarde for kolom, waarde in rij.items() if kolom not in weg} for rij in rijen]
    if klein.geladen.get(tabel, []) == rijen:
        return
    if klein.geladen.get(tabel):
        klein.con.execute(f"DELETE FROM {tabel}")
    _insert(klein.con, tabel, rijen)
    klein.geladen[tabel] = rijen


def _insert(con: duckdb.DuckDBPyConnection, tabel: str, rijen: Sequence[Rij]) -> None:
    if rijen:
        waarden = ", ".join(f"({', '.join('?' * len(rij))})" for rij in rijen)
        con.execute(
            f"INSERT INTO {tabel} ({', '.join(rijen[0])}) VALUES {waarden}",
            [waarde for rij in rijen for waarde in rij.values()],
        )


def _as_rows(gevonden: duckdb.DuckDBPyConnection) -> list[Rij]:
    namen = [kolom for kolom, *_ in gevonden.description]
    return [dict(zip(namen, rij, strict=True)) for rij in gevonden.fetchall()]


def _days(bron: Bron, klein: _Klein, rijen: Iterable[Rij] | None) -> None:
    """Have the years of the calendar that the terms of these rows can reach; None: all of it.

    A term begins on one of the days in a row. All 26,000 days are 3 ms more at every question.
    """
    van, tot = klein.grens
    if rijen is not None and van is not None:
        op = [dag for rij in rijen for kolom, dag in rij.items() if kolom.endswith("_op") and isinstance(dag, date)]
        if op and van <= min(op) and max(op) + klein.marge <= tot:
            van = max(van, min(op).replace(month=1, day=1))
            tot = min(tot, (max(op) + klein.marge).replace(month=12, day=31))
    nu = klein.dagen
    if nu == (van, tot) or (nu and rijen is not None and nu[0] <= van and tot <= nu[1]):
        return
    if nu and rijen is not None and max(tot, nu[1]) - min(van, nu[0]) < VEEL_DAGEN:
        van, tot = min(van, nu[0]), max(tot, nu[1])
    with bron.plain_cursor() as cursor:
        dagen = cursor.execute(f"SELECT * FROM main.{_DAGEN} WHERE dag BETWEEN ? AND ?", [van, tot]).fetchall()
    klein.con.execute(f"DELETE FROM {_DAGEN}")
    klein.con.execute(
        f"INSERT INTO {_DAGEN} SELECT {', '.join(['unnest(?)'] * len(klein.kolommen[_DAGEN]))}",
        [list(kolom) for kolom in zip(*dagen, strict=True)],
    )
    klein.dagen = van, tot
