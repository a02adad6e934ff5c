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

_EERST = {"K": "behandelaar", "E": "actienemer"}


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
    sinds: date | None = None,
) -> Iterator[Herinnering]:
    """Give the reminders of a day by these rules (those that hold on it, or one to look at first).

    Who does a task is reminded of it; coordinator and directie of every task that they may see. So nobody involved in a
    klacht is reminded of it, but of an own maatregel, which stays closed (werkvoorraad.visible_to). The substitute of
    somebody absent is reminded in that place; where nobody is, whoever leads. `sinds` is when people were reminded
    last, the day before when nothing is said.
    """
    is_werkdag = werkdag(organisatie)
    for regel in regels:
        vallend = [
            (taak, rollen)
            for taak in taken
            if taak.uiterlijk_op is not None
            and regel.waarvoor in kinds(taak)
            and (rollen := herinneringen.roles(regel, taak.uiterlijk_op, dag, is_werkdag, sinds))
        ]
        for wie, eigen in _per_person(organisatie, vallend, dag).items():
            gebruiker = organisatie.gebruiker(wie, dag)
            for taak in visible_to(cursor, list(eigen), gebruiker) if gebruiker else ():
                # Who leads is reminded of the klacht, and not in that role of an own maatregel that is closed.
                if not taak.dicht or any(own(deel, rollen) for deel, rollen in vallend if _same(deel, taak)):
                    yield Herinnering(taak, gebruiker, regel)


def _per_person(
    organisatie: Organisatie, vallend: Iterable[tuple[Taak, tuple[str, ...]]], dag: date
) -> dict[str, list[Taak]]:
    """Return of which of these tasks each person would be reminded, before it is asked what that person may see."""
    leidt = {rol: leaders(organisatie, rol, dag) for rol in LEIDING}
    uit: dict[str, list[Taak]] = {}
    for taak, rollen in vallend:
        wie = [id for rol in LEIDING if rol in rollen for id in leidt[rol]]
        if own(taak, rollen):
            doen = doers(organisatie, taak, dag)
            wie += doen or leidt["coordinator"]
        for id in dict.fromkeys(wie):
            uit.setdefault(id, []).append(taak)
    return uit


def own(taak: Taak, rollen: Iterable[str]) -> bool:
    """Tell whether a task is of one of these roles; what comes before there is a behandelaar or actienemer is too.

    That is who names them (4, 17), or tells whoever does (2): without them nobody would be reminded of it.
    """
    return taak.rol in rollen or (taak.wie is None and _EERST.get(taak.reeks) in rollen)


def doers(organisatie: Organisatie, taak: Taak, dag: date) -> list[str]:
    """Return who can do a task on a day: whose it is, or else the substitute; nobody who is absent or has left."""
    wie = (id if organisatie.aanwezig(id, dag) else organisatie.vervanger(id, dag) for id in taak.personen)
    return list(dict.fromkeys(filter(None, wie)))


def leaders(organisatie: Organisatie, rol: str, dag: date) -> list[str]:
    """Return who has one of LEIDING on a day and is there, or the substitute; directie when there is no coordinator."""
    leden = (wie.id for wie in organisatie.met_rol(rol, op=dag))
    wie = (id if organisatie.aanwezig(id, dag) else organisatie.vervanger(id, dag) for id in leden)
    gevonden = list(dict.fromkeys(filter(None, wie)))
    return gevonden if gevonden or rol == "directie" else leaders(organisatie, "directie", dag)


def _same(deel: Taak, gezien: Taak) -> bool:
    """Whether a task is the one that somebody sees closed."""
    return (deel.klachtnummer, deel.onderdeel) == gezien.dicht
