"""Which copies may go: of each of the last days, weeks and years the newest stays, and none becomes too old."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.plek import Kopie

NEDERLAND = ZoneInfo("Europe/Amsterdam")
ALTIJD = 3
"""The newest good ones stay whatever the clock says."""


def _week(dag: date) -> tuple[int, int]:
    return dag.isocalendar()[:2]


def _jaar(dag: date) -> int:
    return dag.year


def _dag(dag: date) -> date:
    return dag


def too_many(
    kopieen: Iterable[Kopie], instellingen: Instellingen, nu: datetime, is_ours: Callable[[Kopie], bool]
) -> list[Kopie]:
    """Return the copies that newer good ones replace, or that are older than any may be.

    `is_ours` tells whether what is in a copy is in this register too: of another history none ever goes.
    """
    alle = sorted(kopieen, key=lambda kopie: kopie.gemaakt_op, reverse=True)
    goed = [kopie for kopie in alle if kopie.goed and is_ours(kopie)]
    if not goed:
        return []
    houd = {kopie.naam for kopie in goed[:ALTIJD]}
    grens = nu - timedelta(days=instellingen.hoogstens_dagen)
    jong = [kopie for kopie in goed if kopie.moment > grens]
    for hoeveel, waarvan in (
        (instellingen.dagelijks, _dag), (instellingen.wekelijks, _week), (instellingen.jaarlijks, _jaar)
    ):  # fmt: skip
        per_deel: dict[object, str] = {}
        for kopie in jong:
            per_deel.setdefault(waarvan(kopie.moment.astimezone(NEDERLAND).date()), kopie.naam)
        houd |= set(list(per_deel.values())[:hoeveel])
    # One that lacks what the register itself lacked is kept as long as it may tell more than a good one.
    slecht = [kopie for kopie in alle if not kopie.goed and is_ours(kopie) and kopie.moment < goed[0].moment]
    houd |= {kopie.naam for kopie in slecht[:ALTIJD] if kopie.moment > grens}
    return [kopie for kopie in (*goed, *slecht) if kopie.naam not in houd]
