"""One family of verdicts for who looks per categorie and per vestiging: all of them are judged together (Holm).

A stable organisation has fourteen such pictures; each judged by itself, one in two readers would find a change in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import opdracht
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.trajecten import omvang
from klachten.analyse.signalen import reeks
from klachten.analyse.signalen.reeks import Tijdvak
from klachten.analyse.statistiek import Reeksoordeel
from klachten.reglement import Reglement

Lid = tuple[tuple[str, str], ...]
"""One picture: what was chosen, as (field, id)."""
# These two are looked at after each other, on one page, so they are one family.
SAMEN = ("categorie", "vestiging")


def leden(filter: Filter) -> tuple[tuple[str, ...], ...]:
    """Return which splits belong to the family of a choice, as the fields of each; empty without a finer choice."""
    gekozen = tuple(veld.name for veld in fields(filter) if veld.name != "herkomst" and getattr(filter, veld.name))
    if not gekozen:
        return ()
    return tuple((naam,) for naam in SAMEN) if gekozen in {(naam,) for naam in SAMEN} else (gekozen,)


def oordelen(
    cursor: DuckDBPyConnection,
    splitsingen: Sequence[Sequence[str]],
    perioden: Sequence[Tijdvak],
    *,
    peildatum: date,
    filter: Filter,
    reglement: Reglement | None,
) -> dict[str, Reeksoordeel]:
    """Return the verdict on every picture of the family over the same periods, judged together."""
    ruim = Filter(herkomst=filter.herkomst)
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, filter=ruim)
    groot = omvang(cursor, peildatum=peildatum, filter=ruim, reglement=reglement)
    reeksen: dict[str, list[int]] = {}
    kan: dict[str, list[float | None]] = {}
    for velden in splitsingen:
        kolommen = ", ".join(f"k.{veld}" for veld in velden)
        per_lid: dict[Lid, Counter[date]] = {}
        for *ids, maand, n in cursor.execute(
            f"SELECT {kolommen}, CAST(date_trunc('month', k.ontvangen_op) AS DATE), COUNT(*) FROM ({keuze}) AS k "
            f"GROUP BY {kolommen}, date_trunc('month', k.ontvangen_op)",
            waarden,
        ).fetchall():
            lid = tuple(zip(velden, (id or "" for id in ids), strict=True))
            per_lid.setdefault(lid, Counter())[maand] += n
        for lid, tellen in per_lid.items():
            vestiging = dict(lid).get("vestiging")
            waar = groot.van(vestiging) if vestiging else groot
            eigen = reeks.maanden(tellen, waar, perioden[-1].tot, 10_000)
            eigen = [maand for maand in eigen if maand.vanaf >= perioden[0].vanaf]
            eigen = eigen if reeks.maandelijks(perioden) else reeks.kwartalen(eigen, waar)
            if eigen:
                reeksen[naam_van(lid)] = [periode.klachten for periode in eigen]
                kan[naam_van(lid)] = list(reeks.blootstelling(eigen))
    return statistiek.oordeel_over_splitsing(reeksen, kan, per_jaar=reeks.per_jaar(perioden))


def naam_van(lid: Lid) -> str:
    """Return one name for a picture: its fields and ids, in order of field."""
    return ", ".join(f"{veld}={id}" for veld, id in sorted(lid))


def van_keuze(filter: Filter) -> str:
    """Return the name of the picture that a choice shows."""
    return naam_van(tuple((naam, id) for naam, id in vars(filter).items() if naam != "herkomst" and id))


def in_woorden(leden: int) -> str:
    """Say that this is one of many pictures; nothing where it is the only one."""
    if leden < 2:
        return ""
    return (
        f"Dit is een van {leden} grafieken die u zo kunt bekijken; er is rekening mee gehouden "
        "dat in een ervan door toeval iets kan opvallen."
    )
