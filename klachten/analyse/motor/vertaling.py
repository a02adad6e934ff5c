"""The house's SQL, written for DuckDB, as Spark understands it: one definition of each question, read by both.

sqlglot does most of it; what it leaves is done before (huissql.py, vormen.py). Here the statement is cut into steps.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import sqlglot
from sqlglot import exp

from klachten.analyse.motor.huissql import written_out
from klachten.analyse.motor.organisaties import of_each
from klachten.analyse.motor.vormen import VORMEN

VAAK = 6
"""What would be read so many times in all is worked out once: Spark works out a CTE again wherever it is used."""


@functools.lru_cache(maxsize=256)
def for_spark(sql: str, per_organisatie: frozenset[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """Return the statements for Spark, each with the name by which the later ones read it; the last is the answer.

    $name becomes :name. Most questions are one statement, with every question that it uses as a CTE at its beginning.
    `per_organisatie` names the tables of a lake that are of an organisation: then it is asked of each of them.
    """
    boom = written_out(sql)
    if per_organisatie:
        boom = of_each(boom, per_organisatie)
    for vorm in VORMEN:
        boom = vorm(boom)
    delen = [(deel.alias, deel.this) for deel in (boom.args.get("with_") or exp.With()).expressions]
    boom.set("with_", None)
    # A question with a WITH of its own: its parts stand before it.
    los = [paar for naam, deel in delen for paar in _apart(naam, deel)]
    return tuple(_steps([*los, ("", boom)]))


def _apart(naam: str, deel: Any) -> Iterator[tuple[str, Any]]:
    eigen = deel.args.get("with_")
    deel.set("with_", None)
    for binnen in eigen.expressions if eigen else ():
        yield from _apart(binnen.alias, binnen.this)
    yield naam, deel


def _steps(delen: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Choose what is worked out by itself, and give each such part with what it needs of the others."""
    namen = dict(delen)
    leest = {naam: [t.name for t in deel.find_all(exp.Table) if t.name in namen] for naam, deel in delen}
    gewicht: dict[str, int] = {}
    apart: set[str] = {""}
    for naam, deel in delen:
        tabellen = [t.name for t in deel.find_all(exp.Table)]
        gewicht[naam] = sum(1 if t in apart else gewicht.get(t, 1) for t in tabellen)
        keer = sum(gebruikt.count(naam) for gebruikt in leest.values())
        if keer > 1 and keer * gewicht[naam] >= VAAK:
            apart.add(naam)
    for naam, deel in delen:
        if naam in apart:
            nodig = _needed(naam, leest, apart)
            stukken = [f"{n} AS ({_text(namen[n])})" for n, _ in delen if n in nodig]
            yield naam, (f"WITH {', '.join(stukken)} " if stukken else "") + _text(deel)


def _needed(naam: str, leest: Mapping[str, list[str]], apart: set[str]) -> set[str]:
    nodig: set[str] = set()
    wacht = list(leest[naam])
    while wacht:
        ander = wacht.pop()
        if ander not in apart and ander not in nodig:
            nodig.add(ander)
            wacht += leest[ander]
    return nodig


def _text(deel: Any) -> str:
    return deel.sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False)
