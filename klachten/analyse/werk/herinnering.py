"""Which tasks a rule for reminders is about, whom it reminds, and when: what the lists show and mail will send."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten.analyse.basis import kalender
from klachten.analyse.werk.werkvoorraad import LEIDING, Taak, visible_to
from klachten.gebeurtenissen import HerinneringsregelGesteld
from klachten.organisatie import Gebruiker, Organisatie, herinneringen


class Herinnering(NamedTuple):
    """Somebody is reminded of a task by a rule."""

    taak: Taak
    wie: Gebruiker
    regel: HerinneringsregelGesteld


def kinds(taak: Taak) -> tuple[str, ...]:
    """Return what a task is in the words of a rule; nothing without a last day."""
    if taak.uiterlijk_op is None:
        return ()
    if taak.reeks == "E":
        return ("verbeteractie", "taak")
    if taak.onderdeel is not None:
        return ("maatregel", "taak")
    return ("termijn", "taak") if taak.termijn_naam else ("taak",)


def werkdag(organisatie: Organisatie) -> herinneringen.Werkdag:
    """Return what tells an ordinary day: by the law, the decrees that come with it and those recorded here."""
    return _ordinary(frozenset({*kalender.gelijkgesteld().dagen, *organisatie.gelijkgesteld()}))


@functools.lru_cache(maxsize=4)
def _ordinary(extra: frozenset[date]) -> herinneringen.Werkdag:
    return functools.lru_cache(maxsize=5000)(functools.partial(kalender.is_werkdag, extra=extra))


def next_day(organisatie: Organisatie, taak: Taak, vandaag: date) -> date | None:
    """Return the first day, today or later, on which somebody is reminded of a task."""
    if taak.uiterlijk_op is None:
        return None
    dagen = herinneringen.coming(organisatie, kinds(taak), taak.uiterlijk_op, vandaag, werkdag(organisatie))
    return min((dag for dag, _ in dagen), default=None)


def fall_on(
    cursor: DuckDBPyConnection,
    organisatie: Organisatie,
    taken: Iterable[Taak],
    dag: date,
    regels: Iterable[HerinneringsregelGesteld],
) -> Iterator[Herinnering]:
    """Give the reminders of a day by these rules (those that hold on it, or one to look at first).

    Who does a task is reminded in that role; coordinator and directie of every task that they may see. So nobody
    involved in a klacht is reminded of it, but of an own maatregel, which stays closed (werkvoorraad.visible_to).
    """
    is_werkdag = werkdag(organisatie)
    for regel in regels:
        vallend = [
            taak
            for taak in taken
            if regel.waarvoor in kinds(taak)
            and taak.uiterlijk_op is not None
            and dag in herinneringen.days(regel, taak.uiterlijk_op, is_werkdag)
        ]
        leidt = frozenset(wie.id for wie in organisatie.met_rol(*set(LEIDING).intersection(regel.rollen), op=dag))
        for wie in organisatie.met_rol(*regel.rollen, op=dag) if vallend else ():
            for taak in visible_to(cursor, vallend, wie):
                zelf = wie.id in taak.personen and taak.rol in regel.rollen
                if zelf or (wie.id in leidt and not taak.dicht):
                    yield Herinnering(taak, wie, regel)
