"""Which copies may go: of each of the last days, weeks and years the newest stays, and none becomes too old."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.plek import Kopie
from klachten.tijdzone import NEDERLAND

ALTIJD = 3
"""So many of the newest stay whatever the clock says."""


def _week(dag: date) -> tuple[int, int]:
    return dag.isocalendar()[:2]


def _jaar(dag: date) -> int:
    return dag.year


def _dag(dag: date) -> date:
    return dag


def too_many(
    kopieen: Iterable[Kopie], instellingen: Instellingen, nu: datetime, is_ours: Callable[[Kopie], bool]
) -> list[Kopie]:
    """Return the copies that newer ones replace, or that are older than any may be.

    A good one is replaced by good ones alone; one that lacks what the register lacked, by others such as it, and as
    soon as there is a newer good one only a few of them stay. `is_ours` tells whether what is in a copy is in this
    register too: of another history none ever goes.
    """
    eigen = sorted(filter(is_ours, kopieen), key=lambda kopie: kopie.gemaakt_op, reverse=True)
    goed, slecht = [een for een in eigen if een.goed], [een for een in eigen if not een.goed]
    nieuwer = [een for een in slecht if not goed or een.moment >= goed[0].moment]
    grens = nu - timedelta(days=instellingen.hoogstens_dagen)
    houd = _kept(goed, instellingen, grens) | _kept(nieuwer, instellingen, grens)
    # One that lacks something is kept as long as it may tell more than a good one.
    ouder = [een for een in slecht if een not in nieuwer]
    houd |= {een.naam for een in ouder[:ALTIJD] if een.moment > grens}
    return [een for een in (*goed, *slecht) if een.naam not in houd]


def _kept(kopieen: list[Kopie], instellingen: Instellingen, grens: datetime) -> set[str]:
    """Return the names of which stay of copies that may replace each other, the newest of them first."""
    houd = {kopie.naam for kopie in kopieen[:ALTIJD]}
    jong = [kopie for kopie in kopieen if kopie.moment > grens]
    for hoeveel, waarvan in (
        (instellingen.dagelijks, _dag), (instellingen.wekelijks, _week), (instellingen.jaarlijks, _jaar)
    ):  # fmt: skip
        per_deel: dict[object, str] = {}
        for kopie in jong:
            per_deel.setdefault(waarvan(kopie.moment.astimezone(NEDERLAND).date()), kopie.naam)
        houd |= set(list(per_deel.values())[:hoeveel])
    return houd
