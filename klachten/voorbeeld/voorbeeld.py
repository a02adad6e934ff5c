"""Make a synthetic register of a firm like Coulant: six years, recorded as they would have been, in order of time."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from klachten.opening import toebehoren
from klachten.register import Register, RegisterFout
from klachten.voorbeeld import jaarwerk
from klachten.voorbeeld.agenda import Agenda
from klachten.voorbeeld.geval import Geval
from klachten.voorbeeld.inrichting import COORDINATOR, record, record_reach, report_absence
from klachten.voorbeeld.plan import Jaarplan, gevallen, years
from klachten.voorbeeld.spelers import Spelers
from klachten.voorbeeld.stroomverzamelaar import Stroomverzamelaar
from klachten.voorbeeld.toeval import Toeval
from klachten.voorbeeld.verloop import Verloop
from klachten.voorbeeld.verzamelaar import Klok, Verzamelaar
from klachten.voorbeeld.zet import IN_ORDER, Zet

SEED = 1
PARTIJ = 50_000
"""Facts recorded with one fsync and one transaction; a new year starts a new batch too."""
GROOT = 5_000
"""From this many klachten on only some courses pass every rule again; the tests take them all."""
GETOETST = 500
"""So many courses do, of any number above that: one in ten at most."""

Voortgang = Callable[[int, int], None]


class RegisterNietLeeg(RegisterFout):
    """The example goes only into an empty register."""


@dataclass(frozen=True)
class Gemaakt:
    """What was made."""

    klachten: int
    feiten: int


def make(
    register_map: Path,
    *,
    vandaag: date,
    seed: int = SEED,
    aantal: int | None = None,
    progress: Voortgang | None = None,
) -> Gemaakt:
    """Make the example in an empty folder; `progress` is told how many klachten of how many have come in.

    The last facts are of the working day before `vandaag`. Raises RegisterNietLeeg when there are facts already.
    """
    klok = Klok()
    with _seldom_collected(), Register.open(register_map, klok=klok, **toebehoren(register_map)) as register:
        if al_erin := register.stand().aantal:
            raise RegisterNietLeeg(
                f"Het register in {register_map} is niet leeg: er staan {al_erin} feiten in. Het voorbeeld "
                "komt alleen in een leeg register. Kies met --map een andere map, of haal eerst de mappen journaal en "
                "dossiers en het bestand klachten.duckdb weg als u zeker weet dat niemand ze nog nodig heeft."
            )
        plan = years(vandaag, seed, aantal)
        totaal = sum(jaar.klachten for jaar in plan)
        klok.forward(datetime(plan[0].jaar, 1, 1, tzinfo=UTC))
        ingericht = record(register, op=klok.nu.date()) + record_reach(register, op=klok.nu.date())
        verlof = {jaar.jaar: jaar.afwezig for jaar in plan if jaar.afwezig}
        groot = totaal >= GROOT
        with (Stroomverzamelaar if groot else Verzamelaar)(register, klok) as verzamelaar:
            spelers = Spelers(verzamelaar, elke=max(10, totaal // GETOETST) if groot else 1)
            for zet in in_order(plan, vandaag, seed):
                wachtend = verzamelaar.wachtend
                if wachtend >= PARTIJ or (wachtend and zet.moment.year != klok.nu.year):
                    verzamelaar.flush()
                    wachtend = 0
                klok.forward(zet.moment)
                if not wachtend and (weg := verlof.pop(zet.moment.year, None)):
                    ingericht += report_absence(register, COORDINATOR, *weg, op=klok.nu.date())
                spelers.play(zet)
                if progress is not None:
                    progress(spelers.klachten, totaal)
            verzamelaar.flush()
        return Gemaakt(spelers.klachten, ingericht + verzamelaar.opgenomen)


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let Python look for cycles a hundred times less often: the facts of a batch live on, and hang in none."""
    drempels = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*drempels)


def in_order(plan: list[Jaarplan], vandaag: date, seed: int) -> Iterator[Zet]:
    """Give every zet before today in order of time; only what is under way is held in memory.

    What is to come is kept by day, and put in order when its day has come: among all that is to come every zet would be
    compared twenty times.
    """
    einde = datetime.combine(vandaag, time(), UTC)
    per_dag: dict[date, list[Zet]] = {}
    tot = date.min
    for van, zetten in _courses(plan, vandaag, seed):
        if van > tot:
            yield from _until(van, per_dag)
            tot = van
        gedaan = [zet for zet in zetten if zet.moment < einde]
        if gedaan:
            gedaan[-1].laatste = True
        for zet in gedaan:
            dag = zet.moment.date()
            if (deze := per_dag.get(dag)) is None:
                per_dag[dag] = [zet]
            else:
                deze.append(zet)
    yield from _until(vandaag, per_dag)


def _until(van: date, per_dag: dict[date, list[Zet]]) -> Iterator[Zet]:
    """Take the zetten of before a day out, in order of time; nothing that is still to be laid out comes before it."""
    for dag in sorted(dag for dag in per_dag if dag < van):
        yield from sorted(per_dag.pop(dag), key=IN_ORDER)


def _courses(plan: list[Jaarplan], vandaag: date, seed: int) -> Iterator[tuple[date, list[Zet]]]:
    """Give every course with the first day on which something can happen in it, in order of that day."""
    agenda = Agenda(date(plan[0].jaar, 1, 1), vandaag)
    voorbij = max((vandaag - date(vandaag.year, 1, 1)).days / 365, 0.02)
    vorige: jaarwerk.Telling | None = None
    jaren = gevallen(plan, vandaag, seed, agenda)
    volgend_jaar = next(jaren, None)
    plek = 0
    while volgend_jaar is not None:
        (jaar, lijst), volgend_jaar = volgend_jaar, next(jaren, None)
        telling = jaarwerk.Telling()
        dagen = jaarwerk.signal_days(Toeval(f"signalen-{seed}-{jaar.jaar}"), jaar, vandaag)
        telling.signalen = len(dagen)
        if volgend_jaar is None and vandaag.month > 1:
            tot_nu_toe = vandaag.replace(day=1)
            deel = (tot_nu_toe - date(jaar.jaar, 1, 1)).days / 365
            yield date(jaar.jaar, 1, 1), jaarwerk.count_trajecten(jaar, tot_nu_toe, deel, seed, agenda)
        beginnend: list[tuple[date, Geval | int]] = [(_first_day(geval), geval) for geval in lijst]
        beginnend += [(dag, i) for i, dag in enumerate(dagen)]
        for van, wat in sorted(beginnend, key=lambda paar: paar[0]):
            if isinstance(wat, Geval):
                zetten = _course(wat, jaar, agenda)
                telling.add(wat, zetten)
                yield van, zetten
            else:
                naam = f"s{jaar.jaar}-{wat}"
                yield van, jaarwerk.signal(naam, van, Toeval(f"{seed}-{naam}"), agenda, vandaag)
        if volgend_jaar is not None:
            nieuwjaar = date(jaar.jaar + 1, 1, 1)
            gezien = jaarwerk.Telling()
            for geval in volgend_jaar[1]:
                gezien.add(geval, [])
            deel = voorbij if nieuwjaar.year == vandaag.year else 1.0
            yield nieuwjaar, jaarwerk.count_trajecten(jaar, date(nieuwjaar.year, 1, 12), 1.0, seed, agenda)
            yield nieuwjaar, jaarwerk.evaluate(jaar, plek, (vorige, telling, gezien), deel, seed, agenda)
        vorige = telling
        plek += 1


def _first_day(geval: Geval) -> date:
    """A klacht that was a signaal first starts before it is received."""
    if not geval.is_("signaal"):
        return geval.ontvangen_op
    return max(geval.ontvangen_op - timedelta(days=25), date(geval.ontvangen_op.year, 1, 1))


def _course(geval: Geval, jaar: Jaarplan, agenda: Agenda) -> list[Zet]:
    return Verloop(geval, agenda, afwezig=jaar.afwezig).run()
