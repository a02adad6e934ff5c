"""A statement about one organisation, asked of all of them at once: the organisation goes along in every step.

What DuckDB does by itself when a question stands beside a list of organisations (LATERAL), Spark does not, so it is
written out here: each SELECT that reads what is of an organisation gives that organisation too, joins and groups by it,
and looks back in a window within it. A count of all rows (without GROUP BY) has no row for who has nothing to count,
where one register says 0: the questions of the house say what a row that is not there means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlglot import exp

from klachten.analyse.motor.fout import MotorFout
from klachten.analyse.motor.namen import GEKOZEN, ORGANISATIE

_WIE = "wie"


def of_each(boom: Any, tabellen: frozenset[str]) -> Any:
    """Return the tree of a statement with `organisatie` as its last column; `tabellen` are those that have it."""
    if not _lift(boom, dict.fromkeys(tabellen, True)):
        raise MotorFout("Deze opdracht leest niets van een organisatie.")
    return boom


def _lift(boom: Any, bekend: Mapping[str, bool]) -> bool:
    """Bring the organisation into a query and tell whether there was one; `bekend`: which tables and CTEs have it."""
    bekend = dict(bekend)
    for deel in boom.args["with_"].expressions if boom.args.get("with_") else ():
        bekend[deel.alias] = _lift(deel.this, bekend)
    if isinstance(boom, exp.Subquery | exp.Paren):
        return _lift(boom.this, bekend)
    if isinstance(boom, exp.SetOperation):
        links, rechts = _lift(boom.left, bekend), _lift(boom.right, bekend)
        if links != rechts:
            raise MotorFout("Een UNION van wat wel en wat niet van een organisatie is, wordt niet vertaald.")
        return links
    return _lift_select(boom, bekend)


def _lift_select(keuze: exp.Select, bekend: Mapping[str, bool]) -> bool:
    van = keuze.args.get("from_")
    bronnen = [van.this, *(join.this for join in keuze.args.get("joins") or ())] if van else []
    met = {bron.alias_or_name: _has_one(bron, bekend) for bron in bronnen}
    keuzen = [knoop for knoop in _own(keuze, exp.In) if knoop.args.get("query")]
    in_keuzen = [_lift(knoop.args["query"], bekend) for knoop in keuzen]
    if not any(met.values()) and not any(in_keuzen):
        return False
    anker = _anchor(keuze, bronnen[0], met)
    for join in keuze.args.get("joins") or ():
        if met.get(join.this.alias_or_name):
            _join(join, anker)
    for nr, (knoop, is_van_een) in enumerate(zip(keuzen, in_keuzen, strict=True), start=1):
        if is_van_een:
            knoop.replace(_exists(knoop, f"keus_{nr}", anker))
    _group(keuze, anker)
    for venster in _own(keuze, exp.Window):
        venster.set("partition_by", [*(venster.args.get("partition_by") or ()), anker.copy()])
    for kolom in keuze.expressions:
        ster = kolom.this if isinstance(kolom, exp.Column) else kolom
        if isinstance(ster, exp.Star) and (kolom is ster or met.get(kolom.table)):
            ster.set("except_", [*(ster.args.get("except_") or ()), exp.column(ORGANISATIE)])
    keuze.append("expressions", exp.alias_(anker.copy(), ORGANISATIE))
    return True


def _has_one(bron: Any, bekend: Mapping[str, bool]) -> bool:
    if isinstance(bron, exp.Table):
        return bekend.get(bron.name, False)
    if isinstance(bron, exp.Subquery):
        return _lift(bron.this, bekend)
    raise MotorFout(f"Een {type(bron).__name__} naast FROM wordt niet vertaald.")


def _own(keuze: exp.Select, soort: Any) -> Iterator[Any]:
    """Give the nodes of a kind in a SELECT that are not in another one below it."""
    yield from [k for k in keuze.find_all(soort) if k.find_ancestor(exp.Select, exp.SetOperation) is keuze]


def _anchor(keuze: exp.Select, eerste: Any, met: Mapping[str, bool]) -> exp.Column:
    """Return the organisation of a row; what is first and of nobody is put beside everybody."""
    for join in keuze.args.get("joins") or ():
        if join.side in ("RIGHT", "FULL") or join.args.get("using"):
            raise MotorFout("Een RIGHT JOIN, FULL JOIN of USING wordt niet vertaald.")
    if met[eerste.alias_or_name]:
        return exp.column(ORGANISATIE, table=eerste.alias_or_name)
    wie = exp.Table(this=exp.to_identifier(GEKOZEN), alias=exp.TableAlias(this=exp.to_identifier(_WIE)))
    keuze.set("joins", [exp.Join(this=eerste.copy(), kind="CROSS"), *(keuze.args.get("joins") or ())])
    keuze.set("from_", exp.From(this=wie))
    return exp.column(ORGANISATIE, table=_WIE)


def _join(join: exp.Join, anker: exp.Column) -> None:
    gelijk = exp.EQ(this=exp.column(ORGANISATIE, table=join.this.alias_or_name), expression=anker.copy())
    al = join.args.get("on")
    join.set("on", exp.And(this=exp.Paren(this=al), expression=gelijk) if al else gelijk)
    if join.kind == "CROSS":
        join.set("kind", None)


def _exists(knoop: exp.In, naam: str, anker: exp.Column) -> exp.Expression:
    """`x IN (SELECT y ...)` is that there is such a y of the same organisation; no y of the house is NULL."""
    vraag = knoop.args["query"]
    vraag = vraag.this if isinstance(vraag, exp.Subquery) else vraag
    eerste = vraag.expressions[0]
    rij = exp.Subquery(this=vraag.copy(), alias=exp.TableAlias(this=exp.to_identifier(naam)))
    gelijk = exp.And(
        this=exp.EQ(this=exp.column(eerste.alias_or_name, table=naam), expression=knoop.this.copy()),
        expression=exp.EQ(this=exp.column(ORGANISATIE, table=naam), expression=anker.copy()),
    )
    return exp.Exists(this=exp.select("1").from_(rij).where(gelijk))


def _group(keuze: exp.Select, anker: exp.Column) -> None:
    groep = keuze.args.get("group")
    if groep is None:
        telt = [k for k in _own(keuze, exp.AggFunc) if not isinstance(k.parent, exp.Window)]
        if telt:
            keuze.set("group", exp.Group(expressions=[anker.copy()]))
        return
    sets = groep.args.get("grouping_sets")
    if sets:
        for verzameling in sets[0].expressions:
            verzameling.append("expressions", anker.copy())
    else:
        groep.append("expressions", anker.copy())
