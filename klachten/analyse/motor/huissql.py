"""The house's SQL as a tree: a statement of DuckDB in which every question and small function is written out.

Spark knows no macros, so what a statement asks is filled in: questions become CTEs, functions what they stand for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

from klachten.analyse import for_snapshot, vragen
from klachten.analyse.functies import FUNCTIES
from klachten.analyse.momentopname import refusal
from klachten.analyse.motor.fout import MotorFout

ANDERS = {**FUNCTIES, "dagen_tussen": ("van, tot", "date_diff('day', van, tot)")}
"""The small functions, those in other words that only DuckDB understands as they are."""


class HuisSql(DuckDB):
    """DuckDB as the questions are written in it: `len` is of a list, and a place in a list is left as it stands."""

    INDEX_OFFSET = 0  # sqlglot only moves a place of which it knows the type; vormen.py moves them all

    class Parser(DuckDB.Parser):
        FUNCTIONS: ClassVar = {**DuckDB.Parser.FUNCTIONS, "LEN": exp.ArraySize.from_arg_list}


def written_out(sql: str) -> Any:
    """Return the tree of a statement with all that it asks; MotorFout when a question cannot be asked of a snapshot."""
    return _Vragen().ask(_parse(sql))


def _parse(sql: str) -> Any:
    return sqlglot.parse_one(sql, dialect=HuisSql)


class _Vragen:
    """The questions of one statement, each written out once: a question with other arguments is another one."""

    def __init__(self) -> None:
        self.ctes: dict[tuple[str, str], tuple[str, exp.Expression]] = {}

    def ask(self, boom: Any) -> Any:
        boom = self._fill_in(boom)
        eigen = boom.args.get("with_")
        alle = [exp.CTE(this=sql, alias=exp.TableAlias(this=exp.to_identifier(n))) for n, sql in self.ctes.values()]
        if alle:
            boom.set("with_", exp.With(expressions=[*alle, *(eigen.expressions if eigen else ())]))
        return boom

    def _fill_in(self, boom: Any) -> Any:
        """Put in place of every use of a function or question what it stands for."""
        for knoop in list(boom.find_all(exp.Anonymous)):
            if knoop.name.lower() in ANDERS:
                knoop.replace(_function(knoop))
        for tabel in list(boom.find_all(exp.Table)):
            if isinstance(tabel.this, exp.Anonymous):
                tabel.set("this", exp.to_identifier(self._question(tabel.this)))
        return boom

    def _question(self, aanroep: exp.Anonymous) -> str:
        """Return the name under which this question with these arguments stands in the statement."""
        naam = aanroep.name.lower()
        parameters, sql = _source(naam)
        waarden = _arguments(aanroep, parameters)
        sleutel = (naam, " ".join(waarde.sql("duckdb") for waarde in waarden.values()))
        if sleutel not in self.ctes:
            # What it uses itself comes before it.
            inhoud = self._fill_in(_with_values(_parse(sql), waarden))
            eigen = f"{naam}_{sum(ander == naam for ander, _ in self.ctes) + 1}"
            self.ctes[sleutel] = (eigen, _named_apart(inhoud, eigen))
        return self.ctes[sleutel][0]


def _named_apart(boom: Any, vraag: str) -> Any:
    """Give what a question calls by a name of its own (WITH) one that no other question has: all come side by side."""
    namen = {deel.alias for deel in boom.find_all(exp.CTE)}
    for tabel in [t for t in boom.find_all(exp.Table) if t.name in namen]:
        tabel.set("alias", exp.TableAlias(this=exp.to_identifier(tabel.alias or tabel.name)))
        tabel.set("this", exp.to_identifier(f"{vraag}_{tabel.name}"))
    for deel in boom.find_all(exp.CTE):
        deel.set("alias", exp.TableAlias(this=exp.to_identifier(f"{vraag}_{deel.alias}")))
    return boom


def _source(naam: str) -> tuple[str, str]:
    """Return the parameters and the SQL of a question, as of a snapshot; MotorFout when it cannot be asked of one."""
    if naam not in vragen():
        raise MotorFout(f"Er is geen vraag {naam}.")
    vraag = vragen()[naam]
    if reden := refusal(vraag.parameters, vraag.sql):
        raise MotorFout(f"De vraag {naam} kan niet aan een momentopname worden gesteld: {reden}.")
    return for_snapshot(vraag).parameters, vraag.sql


def _arguments(aanroep: exp.Anonymous, parameters: str) -> dict[str, Any]:
    """Return what each parameter gets: by place, by name (`peildatum := ...`), or what it means when absent."""
    namen = [naam.strip() for naam in parameters.split(",")]
    waarden = {
        naam.strip(): _parse(anders.strip()) for naam, is_er, anders in (n.partition(":=") for n in namen) if is_er
    }
    namen = [naam.partition(":=")[0].strip() for naam in namen]
    for plaats, argument in enumerate(aanroep.expressions):
        naam = argument.name if isinstance(argument, exp.PropertyEQ) else namen[plaats]
        waarden[naam] = argument.expression if isinstance(argument, exp.PropertyEQ) else argument
    if ontbreekt := [naam for naam in namen if naam not in waarden]:
        raise MotorFout(f"De vraag {aanroep.name} mist {', '.join(ontbreekt)}.")
    return {naam: waarden[naam] for naam in namen}


def _function(aanroep: exp.Anonymous) -> Any:
    parameters, sql = ANDERS[aanroep.name.lower()]
    inhoud = exp.Paren(this=_with_values(_parse(sql), _arguments(aanroep, parameters)))
    for knoop in list(inhoud.find_all(exp.Anonymous)):  # those that it uses itself
        if knoop.name.lower() in ANDERS:
            knoop.replace(_function(knoop))
    return inhoud


def _with_values(boom: Any, waarden: Mapping[str, Any]) -> Any:
    """Put the values in place of the parameters: as in a macro, a bare name is one, a column carries its table."""
    for kolom in [k for k in boom.find_all(exp.Column) if not k.table and k.name in waarden]:
        waarde = waarden[kolom.name].copy()
        if not isinstance(waarde, exp.Column | exp.Literal | exp.Placeholder | exp.Null | exp.Func | exp.Paren):
            waarde = exp.Paren(this=waarde)
        if kolom is boom:
            return waarde
        kolom.replace(waarde)
    return boom
