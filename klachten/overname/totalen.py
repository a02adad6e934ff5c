"""The control totals of an import, before anything of it is recorded: per year, open and closed, on time by our rule.

How the terms stand is computed as everywhere, by termijnen.sql, in a database beside the register that has nothing but
the klachten of this file; it is thrown away again.
"""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from klachten import analyse, opening
from klachten import gebeurtenissen as g
from klachten.overname import inlezen, peil
from klachten.overname.achtergrond import counted
from klachten.overname.oordeel import OP_TIJD, TE_LAAT
from klachten.overname.overnemen import DOOR, ROL, Plan
from klachten.overname.tabelbestand import Rij
from klachten.overname.vormen import openen
from klachten.overname.zaaklijst import PerRegel
from klachten.register import Register
from klachten.register.database import Database
from klachten.register.feitrij import in_utc, seal_written, write_out
from klachten.register.journaal import Kop

VERSCHILLEN = 200
"""So many klachten of which the source says otherwise are named."""


@dataclass(frozen=True)
class Jaar:
    """The klachten of one year of receipt: new and known before, and of the new ones open and closed."""

    jaar: int
    nieuw: int
    bekend: int
    open: int
    dicht: int


@dataclass(frozen=True)
class Termijntelling:
    """How the new klachten stand under one term: how many of each status."""

    naam: str
    statussen: Counter[str]


@dataclass
class Vergelijking:
    """What the source says of being on time beside what comes out: how often each pair, and which klachten differ."""

    termijn: str
    paren: Counter[tuple[str, str]] = field(default_factory=Counter)
    verschillen: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def anders(self) -> int:
        """How many klachten are on time by one and late by the other."""
        return sum(keer for (bron, wij), keer in self.paren.items() if _says_otherwise(bron, wij))


@dataclass(frozen=True)
class Totalen:
    """All control totals of a plan."""

    jaren: tuple[Jaar, ...]
    termijnen: tuple[Termijntelling, ...]
    bron: Vergelijking | None


def count(plan: Plan, register: Register, peildatum: date) -> Totalen:
    """Count what a plan would bring, as it would stand on a day."""
    reglementen = {**register.reglementen, plan.kolommen.reglement.id: plan.kolommen.reglement}
    dagen = opening.toebehoren(register.map)["kalender_dagen"](register.organisatie)
    with tempfile.TemporaryDirectory(prefix="klachten-proef-", ignore_cleanup_errors=True) as plek:
        database = Database(Path(plek) / "proef.duckdb")
        try:
            database.migrate()
            database.furnish(reglementen, dagen)
            gevuld = _fill(database, plan, peildatum)
            con = analyse.open(database.con)
            stand = con.execute(
                "SELECT klachtnummer, termijn, termijn_naam, stap, status, einde_op FROM termijnen(?) "
                "ORDER BY stap, termijn, klachtnummer",
                [peildatum],
            ).fetchall()
            dicht = {
                nummer
                for (nummer,) in con.execute(
                    "SELECT klachtnummer FROM klacht WHERE eerste_einde_op IS NOT NULL"
                ).fetchall()
            }
        finally:
            database.close()
    return Totalen(_years(plan, dicht), tuple(_terms(stand)), _compare(plan, stand) if gevuld else None)


def _fill(database: Database, plan: Plan, peildatum: date) -> bool:
    """Put the facts of the new klachten in a database, without their texts; False when there are none."""
    hoeveel = plan.feiten + (_source(plan) is not None)
    if hoeveel:
        # It is no chain that anybody looks back at: how it ends is not known before, and does not matter.
        database.append(_lines(plan, peildatum), lambda: (), Kop(nr=hoeveel, zegel=Kop().zegel))
    return bool(plan.nieuw)


def _source(plan: Plan) -> g.BronOvergenomen | None:
    return peil.fact(None, plan.kolommen)


def _lines(plan: Plan, peildatum: date) -> Iterator[str]:
    zegel, nr, nu = Kop().zegel, 0, in_utc(datetime.combine(peildatum, time(), UTC))
    nummers = PerRegel(plan.nieuw)
    gelezen = inlezen.written(plan.pad, plan.kolommen, plan.lezing, nummers)
    # As of when the source is, goes first: what is open there is judged as of that day.
    bron = [] if (feit := _source(plan)) is None else [(g.NUMMER, [write_out(feit)])]
    for nummer, feiten in itertools.chain(bron, ((nummers[regel], feiten) for regel, feiten in gelezen)):
        for feit in feiten:
            nr += 1
            regel, zegel = seal_written(feit, nr, nummer, DOOR, ROL, None, (1, 1), "{}", nu, zegel)
            yield regel


def _years(plan: Plan, dicht: set[str]) -> tuple[Jaar, ...]:
    gesloten = Counter(zaak.ontvangen_op.year for nummer, zaak in plan.nieuw if nummer in dicht)
    return tuple(
        Jaar(jaar, nieuw, bekend, nieuw - gesloten[jaar], gesloten[jaar]) for jaar, nieuw, bekend in plan.per_year()
    )


def _terms(stand: list[tuple]) -> Iterator[Termijntelling]:
    namen = {termijn: naam for _, termijn, naam, *_ in stand}
    for termijn, naam in namen.items():
        yield Termijntelling(naam, Counter(rij[4] for rij in stand if rij[1] == termijn))


def _says_otherwise(bron: str, wij: str) -> bool:
    return (bron == OP_TIJD and wij.startswith(TE_LAAT)) or (bron == TE_LAAT and wij == OP_TIJD)


def _compare(plan: Plan, stand: list[tuple]) -> Vergelijking | None:
    """Put what the source says beside the term that closing ends, or else the last one."""
    oordeel = plan.kolommen.oordeel
    if oordeel is None or not stand:
        return None
    termijn = next((rij[1] for rij in stand if rij[3] == 13), stand[-1][1])
    uit = Vergelijking(next(rij[2] for rij in stand if rij[1] == termijn))
    wij = {rij[0]: (rij[4], rij[5]) for rij in stand if rij[1] == termijn}
    zaken = {zaak.regel: (nummer, zaak) for nummer, zaak in plan.nieuw}
    for rij, plaats in _cells(plan, oordeel.kolom):
        if rij.regel not in zaken:
            continue
        nummer, zaak = zaken[rij.regel]
        status, einde_op = wij.get(nummer, ("n.v.t.", None))
        zegt = oordeel.of(rij.cellen[plaats], einde_op)
        uit.paren[zegt, status] += 1
        if _says_otherwise(zegt, status) and len(uit.verschillen) < VERSCHILLEN:
            uit.verschillen.append((zaak.regel, zaak.bron_id, zegt, status))
    return uit


def _cells(plan: Plan, kolom: str) -> Iterator[tuple[Rij, int]]:
    with closing(openen.open_table(plan.pad, plan.kolommen.vorm)) as logboek:
        plaats = logboek.kop.index(kolom)
        for rij in counted(logboek.rows()):
            if isinstance(rij, Rij):
                yield rij, plaats
