"""What is to be done in each klacht that goes on here, before it is recorded: by whom, until when, late or not.

It is asked of the register as it would be, with the questions that Werkvoorraad asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.gebeurtenissen import Vastlegging
from klachten.overname import overnemen
from klachten.overname.grond import DOOR, ROL
from klachten.overname.overgang import Overgang
from klachten.overname.overgang import plan as plan_overgang
from klachten.overname.overnemen import Plan
from klachten.register import Register, Versie
from klachten.taal import aantal, datum

if TYPE_CHECKING:
    from klachten.analyse.werk.werkvoorraad import Taak

Feiten = Iterable[tuple[str, Sequence[g.Gebeurtenis | Versie]]]


@dataclass(frozen=True)
class Regel:
    """The first thing to do in one klacht: which, by whom ("" is to be assigned), and until when."""

    nummer: str
    ontvangen_op: date
    wat: str
    behandelaar: str
    uiterlijk_op: date | None
    te_laat: bool


@dataclass(frozen=True)
class Vooruitblik:
    """A changeover as it would be recorded after a file is taken over, with what is to be done in each klacht."""

    overgang: Overgang
    regels: tuple[Regel, ...] = ()


def look(register: Register, plan: Plan, vandaag: date) -> Vooruitblik | None:
    """Look at the changeover as it would be once the file is taken over; None when the declaration has none."""
    if plan.kolommen.verder is None:
        return None
    eerst = _as_facts(overnemen.preview(plan, {}), vandaag) if plan.iets else []
    with register.as_if_recorded(eerst) as cursor:
        overgang = plan_overgang(plan.pad, plan.kolommen, register, vandaag, cursor)
    if overgang is None or overgang.bezwaren or not overgang.iets:
        return overgang and Vooruitblik(overgang)
    with register.as_if_recorded([*eerst, *_as_facts(overgang.facts(), vandaag)]) as cursor:
        return Vooruitblik(overgang, tuple(_rows(cursor, overgang, vandaag)))


def _as_facts(feiten: Feiten, vandaag: date) -> list[Vastlegging]:
    nu = datetime.combine(vandaag, time(), UTC)
    return [
        Vastlegging(
            nr=0, klachtnummer=nummer, vastgelegd_op=nu, door=DOOR, rol=ROL,
            feit=een.feit if isinstance(een, Versie) else een,
            corrigeert=een.corrigeert if isinstance(een, Versie) else None,
        )
        for nummer, alle in feiten for een in alle
    ]  # fmt: skip


def _rows(cursor: DuckDBPyConnection, overgang: Overgang, vandaag: date) -> Iterator[Regel]:
    from klachten.analyse.werk import werkvoorraad  # with pandas, of 46 MB: most files that are taken over need none

    taken: dict[str, Taak] = {}
    for taak in sorted(werkvoorraad.werkvoorraad(cursor, vandaag, ()), key=lambda taak: taak.stap):
        if taak.klachtnummer:
            taken.setdefault(taak.klachtnummer, taak)
    nummers = [klacht.nummer for klacht in overgang.klachten]
    ontvangen = dict(
        cursor.execute(
            "SELECT klachtnummer, ontvangen_op FROM klacht WHERE klachtnummer IN (SELECT unnest(?))", [nummers]
        ).fetchall()
    )
    for klacht in overgang.klachten:
        taak = taken.get(klacht.nummer)
        laatste = taak.uiterlijk_op if taak else None
        yield Regel(
            klacht.nummer, ontvangen[klacht.nummer], taak.wat if taak else "", klacht.behandelaar, laatste,
            laatste is not None and laatste < vandaag,
        )  # fmt: skip


def lines(vooruit: Vooruitblik | None) -> Iterator[str]:
    """Say what the changeover does, a klacht at a time, for the command."""
    if vooruit is None:
        return
    overgang = vooruit.overgang
    if overgang.later:
        yield overgang.later
        return
    if overgang.bezwaren:
        yield "Let op: de open klachten kunnen zo hier niet verder:"
        yield from (f"  {zin}" for zin in overgang.bezwaren)
        return
    hoeveel = aantal(len(overgang.klachten), "open klacht gaat", "open klachten gaan")
    yield f"{hoeveel} hier verder vanaf {datum(overgang.op)}, onder reglement '{overgang.reglement}':"
    for regel in vooruit.regels:
        wie = organisatie.naam(regel.behandelaar) if regel.behandelaar else "nog toe te wijzen"
        term = f", uiterlijk {datum(regel.uiterlijk_op)}" if regel.uiterlijk_op else ""
        laat = " (te laat)" if regel.te_laat else ""
        yield f"  {regel.nummer}  {regel.wat}{term}{laat}; behandelaar: {wie}"
    yield from (f"  {zin}" for zin in overgang.opmerkingen)
