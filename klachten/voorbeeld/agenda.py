"""Working days and office hours: when things happen in the example, and when they are recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from klachten.analyse.basis import kalender

EEN_DAG = timedelta(days=1)
OPEN, DICHT = time(7, 40), time(15, 50)
"""In UTC; in the Netherlands it is then an hour or two later, and the same day."""


class Agenda:
    """The working days of some years."""

    def __init__(self, van: date, tot: date) -> None:
        rijen = kalender.dagen(van - 40 * EEN_DAG, tot + 500 * EEN_DAG)
        self._volgende = {dag: eerstvolgende for dag, _, eerstvolgende, _ in rijen}
        self._open = {dag: datetime.combine(dag, OPEN, UTC) for dag in set(self._volgende.values())}

    def workday(self, dag: date) -> date:
        """Return this day, or the first working day after it."""
        return self._volgende[dag]

    def workday_before(self, dag: date) -> date:
        """Return this day, or the last working day before it."""
        while self._volgende[dag] != dag:
            dag -= EEN_DAG
        return dag

    def moment(self, rng: Random, dag: date, na: datetime | None) -> datetime:
        """Return a moment in office hours on a day, after the moment before it; later that day, or a next one."""
        dag = self._volgende[dag]
        if na is None or na.date() < dag:
            minuten = rng.randint(0, 380)
            return self._open[dag] + timedelta(0, 60 * minuten + rng.randint(0, 59))
        minuten = rng.randint(2, 25)
        later = na + timedelta(0, 60 * minuten + rng.randint(0, 59))
        if later.time() <= DICHT:
            return later
        return self._open[self.workday(later.date() + EEN_DAG)] + timedelta(0, rng.randint(5, 900))
