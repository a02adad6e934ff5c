"""What Spark says in another way, and sqlglot leaves or gets wrong: each form has a case in tests/test_vertaling.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlglot
from sqlglot import exp

from klachten.analyse.motor.fout import MotorFout


def _each(soort: type | tuple[type, ...], maak: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the form that replaces every node of a kind, the inner ones first."""

    def vorm(boom: Any) -> Any:
        for knoop in reversed(list(boom.find_all(soort, bfs=True))):
            nieuw = maak(knoop)
            if nieuw is not knoop and knoop is boom:
                boom = nieuw
            elif nieuw is not knoop:
                knoop.replace(nieuw)
        return boom

    return vorm


def _place(knoop: exp.Bracket) -> exp.Expression:
    """A list counts from 1, and beyond its end is NULL: Spark counts from 0, and only `get` gives NULL."""
    plaats = exp.Sub(this=exp.Paren(this=knoop.expressions[0].copy()), expression=exp.Literal.number(1))
    return exp.Anonymous(this="GET", expressions=[knoop.this.copy(), plaats])


def _series(knoop: exp.GenerateSeries) -> exp.Expression:
    """A series that ends before it begins is empty; Spark would count down."""
    begin, einde, stap = (knoop.args.get(deel) for deel in ("start", "end", "step"))
    reeks = exp.Anonymous(this="SEQUENCE", expressions=[deel.copy() for deel in (begin, einde, stap) if deel])
    vooruit = exp.If(this=exp.LTE(this=begin.copy(), expression=einde.copy()), true=reeks)
    terug = exp.If(this=exp.GT(this=begin.copy(), expression=einde.copy()), true=exp.Array())
    return exp.Case(ifs=[vooruit, terug])


def _ordered_list(knoop: exp.ArrayAgg) -> exp.Expression:
    """COLLECT_LIST knows no order and drops NULL: it collects pairs, which are sorted and lose their first half."""
    if not isinstance(knoop.this, exp.Order):
        return knoop
    (volgorde,) = knoop.this.expressions
    if volgorde.args.get("desc"):
        raise MotorFout("Alleen oplopend geordende lijsten worden vertaald.")
    paar = exp.Anonymous(
        this="NAMED_STRUCT",
        expressions=[
            exp.Literal.string("plek"), volgorde.this.copy(), exp.Literal.string("waarde"), knoop.this.this.copy(),
        ],
    )  # fmt: skip
    lijst: Any = exp.Anonymous(this="COLLECT_LIST", expressions=[paar])
    boven = knoop.parent
    if isinstance(boven, exp.Filter):
        lijst = exp.Filter(this=lijst, expression=boven.expression.copy())
    gesorteerd = exp.Anonymous(this="ARRAY_SORT", expressions=[lijst])
    waarde = exp.Lambda(
        this=exp.Dot(this=exp.to_identifier("p"), expression=exp.to_identifier("waarde")),
        expressions=[exp.to_identifier("p")],
    )
    klaar = exp.Anonymous(this="TRANSFORM", expressions=[gesorteerd, waarde])
    if isinstance(boven, exp.Filter):
        boven.replace(klaar)
        return knoop
    return klaar


def _percentile(knoop: exp.WithinGroup) -> exp.Expression:
    """The exact median between two values: sqlglot takes the approximate one."""
    if not isinstance(knoop.this, exp.PercentileCont):
        return knoop
    (volgorde,) = knoop.expression.expressions
    return exp.Anonymous(this="PERCENTILE", expressions=[volgorde.this.copy(), knoop.this.this.copy()])


def _difference(knoop: exp.DateDiff) -> exp.Expression:
    """How many boundaries lie between two days, not how many whole years or months."""
    tot, van, eenheid = knoop.this, knoop.expression, knoop.unit.name.upper()

    def aantal(dag: Any) -> Any:
        jaar = exp.Anonymous(this="YEAR", expressions=[dag.copy()])
        if eenheid == "YEAR":
            return jaar
        maand = exp.Anonymous(this="MONTH", expressions=[dag.copy()])
        return exp.Paren(this=exp.Add(this=exp.Mul(this=jaar, expression=exp.Literal.number(12)), expression=maand))

    if eenheid == "DAY":
        verschil: Any = exp.Anonymous(this="DATEDIFF", expressions=[tot.copy(), van.copy()])
    elif eenheid in ("MONTH", "YEAR"):
        verschil = exp.Sub(this=aantal(tot), expression=aantal(van))
    else:
        raise MotorFout(f"Een verschil in {eenheid} wordt niet vertaald.")
    return exp.cast(verschil, "bigint")


def _star(knoop: exp.Star) -> exp.Expression:
    """`* REPLACE (...)` is `* EXCEPT (...)` and the new columns behind it: by name they are the same."""
    nieuw = knoop.args.get("replace")
    if not nieuw:
        return knoop
    ster = knoop.parent if isinstance(knoop.parent, exp.Column) else knoop
    keuze = ster.parent
    keuze.set("expressions", [*keuze.expressions, *(kolom.copy() for kolom in nieuw)])
    al = [kolom.copy() for kolom in knoop.args.get("except_") or ()]
    return exp.Star(except_=[*al, *(exp.column(kolom.alias) for kolom in nieuw)])


def _in_common(knoop: exp.Anonymous) -> exp.Expression:
    """Nothing in common with a list that is not there is an empty list; in Spark it would be NULL."""
    if knoop.name.lower() != "list_intersect":
        return knoop
    een, ander = (argument.copy() for argument in knoop.expressions)
    leeg = exp.Coalesce(this=ander, expressions=[exp.Array()])
    return exp.Anonymous(this="ARRAY_INTERSECT", expressions=[een, leeg])


def _unnest(keuze: exp.Select) -> exp.Expression:
    """UNNEST in a SELECT, several of them side by side: the lists are made first, then laid out in rows together."""
    lijsten = [knoop for deel in keuze.expressions for knoop in deel.find_all(exp.Explode)]
    if not lijsten:
        return keuze
    if keuze.args.get("distinct") or keuze.args.get("order") or keuze.args.get("limit"):
        raise MotorFout("UNNEST naast DISTINCT, ORDER BY of LIMIT wordt niet vertaald.")
    buiten, binnen = [], []
    for deel in keuze.expressions:
        naam = deel.alias_or_name
        eigen = list(deel.find_all(exp.Explode))
        if not eigen:
            binnen.append(deel.copy())
            buiten.append(exp.column(naam, table="rij"))
            continue
        heel = deel.copy()
        for knoop in list(heel.find_all(exp.Explode)):
            nr = sum(isinstance(kolom, exp.Alias) and kolom.alias.startswith("lijst_") for kolom in binnen) + 1
            binnen.append(exp.alias_(knoop.this.copy(), f"lijst_{nr}"))
            knoop.replace(exp.column(f"waarde_{nr}"))
        buiten.append(heel)
    hoeveel = range(1, len(lijsten) + 1)
    namen = ", ".join(f"waarde_{nr}" for nr in hoeveel)
    # One list that is not there gives no row; beside others it only gives no values.
    samen = ", ".join(f"COALESCE(rij.lijst_{nr}, ARRAY())" for nr in hoeveel)
    uit = f"INLINE(ARRAYS_ZIP({samen}))" if len(lijsten) > 1 else "EXPLODE(rij.lijst_1)"
    nieuw: Any = sqlglot.parse_one(f"SELECT 1 FROM x AS rij LATERAL VIEW {uit} uitgelegd AS {namen}", dialect="spark")
    van = keuze.copy()
    boven = van.args.pop("with_", None)
    van.set("expressions", binnen)
    nieuw.find(exp.Table).replace(exp.Subquery(this=van, alias=exp.TableAlias(this=exp.to_identifier("rij"))))
    nieuw.set("expressions", buiten)
    if boven:
        nieuw.set("with_", boven)
    return nieuw


VORMEN: tuple[Callable[[Any], Any], ...] = (
    _each(exp.Star, _star),
    _each(exp.Bracket, _place),
    _each(exp.WithinGroup, _percentile),
    _each(exp.ArrayAgg, _ordered_list),
    _each(exp.DateDiff, _difference),
    _each(exp.Anonymous, _in_common),
    _each(exp.Select, _unnest),
    _each(exp.GenerateSeries, _series),
)
