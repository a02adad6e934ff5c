"""When somebody is reminded: one definition of the days, the hours and the ladder, for the lists and for mail.

A rule counts back from the last day of a task, in ordinary days (`werkdagen`) or in all; it may go on after it. No
reminder falls on another than an ordinary day, nor in the evening or at night: nobody is there to read it. A rule holds
on the days of which the organisation says so: what falls before its first day or after its end does not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from klachten.gebeurtenissen import HerinneringsregelGesteld
from klachten.organisatie.stand import Organisatie, remind
from klachten.tijdzone import NEDERLAND

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
VROEGST, LAATST = 7, 18
"""Mail goes out from seven in the morning until six in the evening, by the clock on the wall: what comes at night is on
a phone beside a bed, and what comes in the evening is not done before the next day either."""
_EEN_DAG = timedelta(days=1)


def days(regel: HerinneringsregelGesteld, uiterlijk_op: date, werkdag: Werkdag) -> tuple[date, ...]:
    """Return the days on which a rule reminds before or on this last day, each once, the first one first.

    One that would fall on another than an ordinary day falls on the ordinary day before it.
    """
    return tuple(sorted({_before(uiterlijk_op, aantal, regel.werkdagen, werkdag) for aantal in regel.dagen_voor}))


def _before(dag: date, aantal: int, werkdagen: bool, werkdag: Werkdag) -> date:
    if not werkdagen:
        return _ordinary(dag - aantal * _EEN_DAG, werkdag)
    dag = _ordinary(dag, werkdag)
    for _ in range(aantal):
        dag = _ordinary(dag - _EEN_DAG, werkdag)
    return dag


def _ordinary(dag: date, werkdag: Werkdag) -> date:
    while not werkdag(dag):
        dag -= _EEN_DAG
    return dag


def late(uiterlijk_op: date, dag: date, werkdag: Werkdag) -> int:
    """Return how many ordinary days after the last one a day is, itself included; 0 when it is not after it."""
    return sum(werkdag(uiterlijk_op + n * _EEN_DAG) for n in range(1, (dag - uiterlijk_op).days + 1))


def roles(
    regel: HerinneringsregelGesteld, uiterlijk_op: date, dag: date, werkdag: Werkdag, sinds: date | None = None
) -> tuple[str, ...]:
    """Return the roles that a rule reminds on a day of a task with this last day; none when it reminds of nothing.

    `sinds` is the day on which people were last reminded: what fell after it and was not said is said now.
    """
    if fell(regel, uiterlijk_op, dag, werkdag, sinds) is None:
        return ()
    na = regel.daarna and dag > uiterlijk_op
    erbij: tuple[str, ...] = ()
    # A task can be late for years: more days than the ladder is long need not be counted.
    if na and (trap := max(regel.coordinator_na, regel.directie_na)):
        te_laat = late(max(uiterlijk_op, dag - 4 * (trap + 7) * _EEN_DAG), dag, werkdag)
        ladder = (("coordinator", regel.coordinator_na), ("directie", regel.directie_na))
        erbij = tuple(rol for rol, vanaf in ladder if 0 < vanaf <= te_laat)
    return tuple(dict.fromkeys((*regel.rollen, *erbij)))


def fell(
    regel: HerinneringsregelGesteld, uiterlijk_op: date, dag: date, werkdag: Werkdag, sinds: date | None = None
) -> date | None:
    """Return the last day, after `sinds` and up to this one, on which a rule reminds of a task; None when none did."""
    if not werkdag(dag):
        return None
    if regel.daarna and dag > uiterlijk_op:
        return dag
    eerste = max((sinds or dag - _EEN_DAG) + _EEN_DAG, regel.vanaf)
    return max((op for op in days(regel, uiterlijk_op, werkdag) if eerste <= op <= dag), default=None)


def hour(regel: HerinneringsregelGesteld) -> int:
    """Return from which hour a rule reminds: one of a register of before that names the night waits for the day."""
    return min(max(regel.uur, VROEGST), LAATST - 1)


def may_mail(nu: datetime, werkdag: Werkdag) -> bool:
    """Tell whether a moment (with its zone) is one at which people are reminded: by day, on an ordinary day."""
    hier = nu.astimezone(NEDERLAND)
    return VROEGST <= hier.hour < LAATST and werkdag(hier.date())


def coming(
    organisatie: Organisatie, waarvoor: tuple[str, ...], uiterlijk_op: date, vanaf: date, werkdag: Werkdag
) -> Iterator[tuple[date, HerinneringsregelGesteld]]:
    """Give the reminders of a task from a day on, each with its rule, in no order; `waarvoor` is what the task is.

    Of those after its last day only the first one that is still to come.
    """
    for regel in organisatie.van(HerinneringsregelGesteld):
        if regel.waarvoor in waarvoor and remind(regel):
            for dag in (*days(regel, uiterlijk_op, werkdag), *_after(regel, uiterlijk_op, vanaf, werkdag)):
                if dag >= vanaf and regel in organisatie.herinneringsregels(dag):
                    yield dag, regel


def _after(regel: HerinneringsregelGesteld, uiterlijk_op: date, vanaf: date, werkdag: Werkdag) -> tuple[date, ...]:
    if not regel.daarna:
        return ()
    dag = max(vanaf, uiterlijk_op + _EEN_DAG, regel.vanaf)
    while not werkdag(dag):
        dag += _EEN_DAG
    return (dag,)


def standard(op: date, vanaf: date | None = None) -> tuple[HerinneringsregelGesteld, ...]:
    """Return the rules that a new organisation begins with, decided on a day and from then on unless it is said.

    A week and two days before, on the day, and every ordinary day after it; then the coordinator hears it at once, and
    directie when it is a week late.
    """
    return tuple(
        HerinneringsregelGesteld(
            gebeurd_op=op,
            regel=f"herinnering_{nr}",
            waarvoor=waarvoor,
            dagen_voor=(7, 2, 0),
            rollen=rollen,
            vanaf=vanaf or op,
            werkdagen=False,
            daarna=True,
            coordinator_na=1,
            directie_na=5,
        )
        for nr, (waarvoor, rollen) in enumerate(
            (
                ("termijn", ("behandelaar",)),
                ("maatregel", ("behandelaar", "actienemer")),
                ("verbeteractie", ("actienemer",)),
            ),
            start=1,
        )
    )
