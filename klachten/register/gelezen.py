"""What a reader gets of a register besides its rows: how far it goes, and the dossiers that were read last."""

from __future__ import annotations

from dataclasses import dataclass

from klachten.gebeurtenissen import Vastlegging

DOSSIERS = 25
"""So many dossiers are remembered: those that people are working in are read at every step and every page."""


@dataclass(frozen=True)
class Stand:
    """How many facts there are and the zegel of the last one: compare these to see a cut tail."""

    aantal: int
    zegel: str


class Gelezen(dict[str, list[Vastlegging]]):
    """The dossiers that were read or recorded last, by number."""

    def keep(self, klachtnummer: str, vastleggingen: list[Vastlegging]) -> None:
        """Remember a dossier, and forget the one that was longest not asked for."""
        self.pop(klachtnummer, None)
        self[klachtnummer] = vastleggingen
        while len(self) > DOSSIERS:
            del self[next(iter(self))]
