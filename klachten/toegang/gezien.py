"""How far somebody has seen what is new: the number of a fact, and marks of what is no fact."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from klachten.toegang.opslag import Opslag


@dataclass(frozen=True)
class Gezien:
    """Everything up to this fact was seen, and what has these marks; nr 0 is nothing yet."""

    nr: int = 0
    merken: frozenset[str] = frozenset()


class Gezienen:
    """What each person of a register has seen."""

    def __init__(self, opslag: Opslag) -> None:
        self._opslag = opslag

    def of(self, persoon: str) -> Gezien:
        """Return how far somebody has seen it."""
        rij = self._opslag.row("SELECT nr, sleutels FROM gezien WHERE persoon = ?", persoon)
        return Gezien(rij["nr"], frozenset(json.loads(rij["sleutels"]))) if rij else Gezien()

    def see(self, persoon: str, nr: int, merken: Iterable[str]) -> None:
        """Note that somebody saw everything up to a fact, and what has these marks; never less than before."""
        with self._opslag.write() as db:
            db.execute(
                "INSERT INTO gezien (persoon, nr, sleutels) VALUES (?, ?, ?) ON CONFLICT (persoon) DO UPDATE SET "
                "nr = max(nr, excluded.nr), sleutels = excluded.sleutels",
                (persoon, nr, json.dumps(sorted(merken))),
            )
