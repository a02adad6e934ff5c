"""When somebody is reminded: one definition of the day and the hour, for the lists now and for mail later.

A rule counts back from the last day of a task. With `werkdagen` only ordinary days count, and no reminder falls on
another one: nobody is there to read it. A rule holds on the days of which the organisation says so: what falls before
its first day or after its end does not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from klachten.gebeurtenissen import HerinneringsregelGesteld
from klachten.organisatie.stand import Organisatie

Werkdag = Callable[[date], bool]
"""Whether a day is an ordinary one: no weekend, no holiday."""

WAARVOOR = {
    "termijn": "een termijn van een klacht",
    "maatregel": "een maatregel",
    "verbeteractie": "een verbeteractie",
    "taak": "alles met een laatste dag",
}
ROLLEN_VAN = {
    "termijn": ("behandelaar", "coordinator", "directie"),
    "maatregel": ("actienemer", "behandelaar", "coordinator", "directie"),
    "verbeteractie": ("actienemer", "coordinator", "directie"),
    "taak": ("behandelaar", "actienemer", "coordinator", "directie"),
}
"""Who can be reminded of what: whose task it is, and who watches over all of them."""
MEESTE_DAGEN = 60
_EEN_DAG = timedelta(days=1)


def days(regel: HerinneringsregelGesteld, uiterlijk_op: date, werkdag: Werkdag) -> tuple[date, ...]:
    """Return the days on which a rule reminds of a task with this last day, each once, the first one first.

    So many days before; none before is the last day itself, or the ordinary day before it.
    """
    return tuple(sorted({_before(uiterlijk_op, aantal, regel.werkdagen, werkdag) for aantal in regel.dagen_voor}))


def _before(dag: date, aantal: int, werkdagen: bool, werkdag: Werkdag) -> date:
    if not werkdagen:
        return dag - aantal * _EEN_DAG
    while not werkdag(dag):
        dag -= _EEN_DAG
    for _ in range(aantal):
        dag -= _EEN_DAG
        while not werkdag(dag):
            dag -= _EEN_DAG
    return dag


def moment(regel: HerinneringsregelGesteld, dag: date) -> datetime:
    """Return the moment of a reminder on a day, by the clock on the wall in the Netherlands."""
    return datetime.combine(dag, time(regel.uur))


def coming(
    organisatie: Organisatie, waarvoor: tuple[str, ...], uiterlijk_op: date, vanaf: date, werkdag: Werkdag
) -> Iterator[tuple[date, HerinneringsregelGesteld]]:
    """Give every reminder of a task from a day on, with its rule, in no order; `waarvoor` is what the task is."""
    for regel in organisatie.van(HerinneringsregelGesteld):
        if regel.waarvoor in waarvoor:
            for dag in days(regel, uiterlijk_op, werkdag):
                if dag >= vanaf and regel in organisatie.herinneringsregels(dag):
                    yield dag, regel


def standard(op: date, vanaf: date | None = None) -> tuple[HerinneringsregelGesteld, ...]:
    """Return the rules that a new organisation begins with, decided on a day and from then on unless it is said."""
    return tuple(
        HerinneringsregelGesteld(
            gebeurd_op=op,
            regel=f"herinnering_{nr}",
            waarvoor=waarvoor,
            dagen_voor=dagen,
            rollen=rollen,
            vanaf=vanaf or op,
        )
        for nr, (waarvoor, dagen, rollen) in enumerate(
            (
                ("termijn", (3, 1), ("behandelaar",)),
                ("maatregel", (5, 1), ("actienemer",)),
                ("verbeteractie", (10, 1), ("actienemer",)),
            ),
            start=1,
        )
    )
