"""The files that were taken over so far, each one group of facts: the ground of all that the group holds.

Such a group begins with its BestandOvergenomen, and one of before there was that kind with what it took over. A group
that undoes another begins by taking back the first fact of that one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.organisatie import OVERNAME
from klachten.taal import datum, getal

DOOR, ROL = OVERNAME, "beheerder"
Reeks = tuple[int, int]
"""The first and the last number of a group of facts."""


@dataclass(frozen=True, kw_only=True)
class Overname:
    """One file that was taken over: the how manieth, its source, and its facts; `ongedaan` when it was undone.

    `gegevens` is what its ground says of it, nothing for an import of before there were grounds.
    """

    volgnr: int
    bron: str
    feiten: Reeks
    op: date
    naam: str = ""
    gegevens: dict[str, Any] = field(default_factory=dict)
    ongedaan: Reeks | None = None
    ongedaan_op: date | None = None
    reden: str = ""

    @property
    def stand_op(self) -> date | None:
        """The day as of which the file is."""
        dag = self.gegevens.get("stand_op")
        return date.fromisoformat(dag) if dag else None

    def sentence(self) -> str:
        """Say in one line what it was and whether it still stands."""
        naam = self.naam or "(naam niet bewaard)"
        stand = f", stand van {datum(self.stand_op)}" if self.stand_op else ""
        delen = [
            f"{getal(self.gegevens[wat])} {woord}"
            for wat, woord in (("nieuw", "nieuw"), ("gewijzigd", "gewijzigd"), ("weer", "weer overgenomen"))
            if self.gegevens.get(wat)
        ]
        wat = f": {', '.join(delen)}" if delen else ""
        weg = ""
        if self.ongedaan_op:
            weg = f" - teruggedraaid op {datum(self.ongedaan_op)}{f': {self.reden}' if self.reden else ''}"
        return f"{self.volgnr:>4}  {datum(self.op)}, bron '{self.bron}', {naam}{stand}{wat}{weg}"


def overnames(cursor: DuckDBPyConnection) -> list[Overname]:
    """Return every file that was taken over, in order; also those that were undone."""
    rijen = cursor.execute(
        "SELECT g.nr, g.nr + g.deel[2] - 1, g.soort, g.gebeurd_op, g.vastgelegd_op, g.gegevens, g.corrigeert, n.tekst, "
        "r.tekst FROM gebeurtenis AS g LEFT JOIN tekst AS n ON n.nr = g.nr AND n.veld = 'naam' "
        "LEFT JOIN tekst AS r ON r.nr = g.nr AND r.veld = 'reden' WHERE g.door = ? AND g.deel[1] = 1 ORDER BY g.nr",
        [DOOR],
    ).fetchall()
    gevonden: list[Overname] = []
    for van, met, soort, gebeurd_op, vastgelegd_op, rauw, corrigeert, naam, reden in rijen:
        if soort == "FeitHerroepen":
            plek = next(i for i, een in enumerate(gevonden) if een.feiten[0] <= corrigeert <= een.feiten[1])
            gevonden[plek] = replace(gevonden[plek], ongedaan=(van, met), ongedaan_op=gebeurd_op, reden=reden or "")
            continue
        gegevens = json.loads(rauw)
        grond = soort == "BestandOvergenomen"
        gevonden.append(
            Overname(
                volgnr=len(gevonden) + 1,
                bron=gegevens["bron"],
                feiten=(van, met),
                op=gebeurd_op if grond else vastgelegd_op.date(),
                naam=naam or "",
                gegevens=gegevens if grond else {},
            )
        )
    return gevonden


def standing(alle: Iterable[Overname], bron: str) -> list[Overname]:
    """Return those of a source that were not undone."""
    return [een for een in alle if een.bron == bron and een.ongedaan is None]


def skipped(alle: Iterable[Overname]) -> list[Reeks]:
    """Return the facts that say nothing of what a source says: of imports that were undone, and of the undoing."""
    return sorted(reeks for een in alle if een.ongedaan for reeks in (een.feiten, een.ongedaan))


def gone(alle: Iterable[Overname], bron: str) -> set[str]:
    """Return the klachtnummers of which is known that the source has them no longer."""
    weg: set[str] = set()
    for een in standing(alle, bron):
        weg |= set(een.gegevens.get("verdwenen", ()))
        weg -= set(een.gegevens.get("terug", ()))
    return weg


def kept(alle: Iterable[Overname], bron: str) -> Iterator[tuple[int, int, str, Any]]:
    """Give what a person left as it was though the source says otherwise: since when, the fact, the field, the value.

    A field "" stands for the fact as a whole.
    """
    for een in standing(alle, bron):
        for rauw in een.gegevens.get("gehouden", ()):
            nr, veld, waarde = json.loads(rauw)
            yield een.feiten[0], nr, veld, waarde
