"""The simulations behind what the statistics promise, by name: how often they claim something where nothing is.

A simulation is a function of (reeksen, zaad) that returns an Uitslag; add one by naming its module and function here.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass

SIMULATIES = {
    "reeks": ("klachten.meting.simulatie_reeks", "simuleer_reeks"),
    "splitsing": ("klachten.meting.simulatie_reeks", "simuleer_splitsing"),
}


@dataclass(frozen=True)
class Uitslag:
    """A table of a simulation: `koppen` above the columns, `rijen` with as many texts or numbers each."""

    titel: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[object, ...], ...]

    def markdown(self) -> str:
        """Return the title and the table as Markdown."""
        regels = [self.koppen, ("---",) * len(self.koppen), *self.rijen]
        return "\n".join([f"## {self.titel}", "", *("| " + " | ".join(map(str, rij)) + " |" for rij in regels)])


def simuleer(reeksen: int, zaad: int, namen: tuple[str, ...] = tuple(SIMULATIES)) -> Iterator[Uitslag]:
    """Run simulations by name, one after the other; KeyError for a name that does not exist."""
    for naam in namen:
        module, functie = SIMULATIES[naam]
        yield from getattr(importlib.import_module(module), functie)(reeksen, zaad)
