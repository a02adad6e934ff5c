"""Which tasks a rule for reminders is about, whom it reminds, and when: what the lists show and mail will send."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten.analyse.basis import kalender
from klachten.analyse.werk.werkvoorraad import Taak, visible_to
from klachten.gebeurtenissen import HerinneringsregelGesteld
from klachten.organisatie import Gebruiker, Organisatie, herinneringen, leiding
from klachten.organisatie.leiding import LEIDING, may_lead

IEDEREEN = "medewerker"
"""Whose task it is when any colleague who is not involved can do it."""
_EERST = {"K": "behandelaar", "E": "actienemer"}


class Herinnering(NamedTuple):
    """Somebody is reminded of a task by a rule."""

    taak: Taak
    wie: Gebruiker
    regel: HerinneringsregelGesteld


class Eerder(NamedTuple):
    """What was done before: `sinds` gives of a rule the day after which its days are looked at (None: today only).

    `told` says whether somebody was told of a task on this day or after it.
    """

    sinds: Callable[[HerinneringsregelGesteld], date | None]
    told: Callable[[str, Taak, date], bool]


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
    eerder: Eerder | None = None,
) -> Iterator[Herinnering]:
    """Give the reminders of a day by these rules (those that hold on it, or one to look at first).

    Who does a task is reminded of it; coordinator and directie of every task that they may see. So nobody involved in a
    klacht is reminded of it, but of an own maatregel, which stays closed (werkvoorraad.visible_to). The substitute of
    somebody absent is reminded in that place; where nobody is, whoever leads (`Lezers`). With `eerder` what fell since
    the last round, or on its day but after it, and was not told, is told now; without, what falls on the day itself.
    """
    is_werkdag = werkdag(organisatie)
    vallend = [
        (taak, regel, rollen, viel)
        for regel, sinds in [(regel, eerder.sinds(regel) if eerder else None) for regel in regels]
        for taak in taken
        if taak.uiterlijk_op is not None
        and regel.waarvoor in kinds(taak)
        and (viel := herinneringen.fell(regel, taak.uiterlijk_op, dag, is_werkdag, sinds))
        and (rollen := herinneringen.roles(regel, taak.uiterlijk_op, dag, is_werkdag, sinds))
    ]
    lezers = Lezers(cursor, organisatie, [taak for taak, *_ in vallend], dag)
    for taak, regel, rollen, viel in vallend:
        van_wie = (lezers.doing(taak) or list(lezers.leading(taak))) if own(taak, rollen) else []
        leidt = [id for rol in LEIDING if rol in rollen for id in lezers.leading(taak, rol)]
        if eerder:
            # Who takes the place of somebody who was told of this day, need not be told of it again.
            al = any(eerder.told(id, taak, viel) for id in taak.personen)
            van_wie = [id for id in van_wie if not eerder.told(id, taak, viel) and (id in taak.personen or not al)]
            leidt = [id for id in leidt if not eerder.told(id, taak, viel)]
        for id in dict.fromkeys((*van_wie, *leidt)):
            if (gezien := lezers.seen(id, taak)) and (gebruiker := organisatie.gebruiker(id, dag)):
                yield Herinnering(gezien, gebruiker, regel)


class Lezers:
    """Whom to tell of each of some tasks on a day: who may see it and is there, whoever it would be of otherwise."""

    def __init__(self, cursor: DuckDBPyConnection, organisatie: Organisatie, taken: Iterable[Taak], dag: date) -> None:
        self._cursor, self._organisatie, self._dag = cursor, organisatie, dag
        self._taken = list(dict.fromkeys(taken))
        self._van: dict[str, list[Taak]] = {}
        for taak in self._taken:
            for id in taak.personen:
                self._van.setdefault(id, []).append(taak)
        self._gezien: dict[str, dict[tuple[object, ...], Taak]] = {}

    def seen(self, id: str, taak: Taak) -> Taak | None:
        """Return a task as somebody sees it; None when it is not for that person."""
        if (ziet := self._gezien.get(id)) is None:
            gebruiker = self._organisatie.gebruiker(id, self._dag)
            # Who neither leads nor takes a place is asked about the own tasks only: there can be many such people.
            ruim = gebruiker and (may_lead(gebruiker) or self._organisatie.vervangt(id, self._dag))
            kan = self._taken if ruim else self._van.get(id, [])
            zichtbaar = visible_to(self._cursor, kan, gebruiker) if gebruiker and kan else []
            ziet = self._gezien[id] = {deel.welke: deel for deel in zichtbaar}
        return ziet.get(taak.welke)

    def doing(self, taak: Taak) -> list[str]:
        """Return who can do a task and is there, or the substitute; never one who is involved.

        What any colleague can do is of the ontvanger: it stands in the list of them all, and is not mailed to them.
        """
        wie: Iterable[str] = taak.personen
        if taak.rol == IEDEREEN and taak.wie is None and len(taak.personen) > 1:
            wie = {self._ontvanger(taak)} & set(taak.personen)
        return [id for id in leiding.there(self._organisatie, wie, self._dag) if self.seen(id, taak)]

    def _ontvanger(self, taak: Taak) -> str:
        vraag = "SELECT ontvanger FROM klacht WHERE klachtnummer = ?"
        rij = self._cursor.execute(vraag, [taak.klachtnummer]).fetchone()
        return str(rij[0] or "") if rij else ""

    def leading(self, taak: Taak, rol: str = LEIDING[0], *, leest: bool = False) -> tuple[str, ...]:
        """Return who leads there, from one of LEIDING on: who is involved or away gives way to directie.

        With `leest` so does a substitute who may not read that klacht.
        """

        def free(id: str) -> bool:
            # Who leads hears of the klacht, and not in that role of an own maatregel that is closed.
            gezien = self.seen(id, taak)
            return gezien is not None and not gezien.dicht and not (leest and gezien.ongelezen)

        return leiding.leading(self._organisatie, self._dag, free, vanaf=rol, aanwezig=True)[1]


def own(taak: Taak, rollen: Iterable[str]) -> bool:
    """Tell whether a task is of one of these roles; what comes before there is a behandelaar or actienemer is too.

    That is who names them (4, 17), or tells whoever does (2): without them nobody would be reminded of it.
    """
    return taak.rol in rollen or (taak.wie is None and _EERST.get(taak.reeks) in rollen)
