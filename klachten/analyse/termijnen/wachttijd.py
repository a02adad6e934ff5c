"""How long an indiener waits: until the acknowledgement, and until the end (steps 5, 7 and 13)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import Rijen
from klachten.analyse.statistiek import AalenJohansen, KaplanMeier


@dataclass(frozen=True, eq=False)
class Doorlooptijd:
    """The waiting times of one measure, open klachten as censored ones: `doel` is bevestigd or afgesloten.

    The curves are computed when they are asked for: the days until `doel` (Kaplan-Meier), and every way in which a
    klacht ended with the others as competing ends (Aalen-Johansen).
    """

    maat: str
    doel: str
    rijen: tuple[dict[str, Any], ...] = field(repr=False)

    @cached_property
    def kaplan_meier(self) -> KaplanMeier:
        """The probability that it has not happened yet, day after day."""
        gebeurd = [rij["einde"] == self.doel for rij in self.rijen]
        return statistiek.kaplan_meier(self._dagen, gebeurd, self._instap, gewichten=self._gewichten)

    @cached_property
    def aalen_johansen(self) -> AalenJohansen:
        """The probability of each kind of end, day after day."""
        einde = [rij["einde"] for rij in self.rijen]
        return statistiek.aalen_johansen(
            self._dagen, einde, self._instap, oorzaken=(self.doel,), gewichten=self._gewichten
        )

    @property
    def curve(self) -> pd.DataFrame:
        """What a chart shows: dag, kans (it has happened by then), laag, hoog, onder_risico; where 5 are at risk."""
        tabel = self.kaplan_meier.tabel
        zichtbaar = tabel[tabel["toonbaar"].astype(bool)]
        return pd.DataFrame(
            {
                "dag": zichtbaar["dag"].astype(int),
                "kans": 1 - zichtbaar["overleving"],
                "laag": 1 - zichtbaar["hoog"],
                "hoog": 1 - zichtbaar["laag"],
                "onder_risico": zichtbaar["onder_risico"],
            }
        ).reset_index(drop=True)

    @property
    def _dagen(self) -> list[int]:
        return [rij["dagen"] for rij in self.rijen]

    @property
    def _gewichten(self) -> list[int]:
        return [rij["klachten"] for rij in self.rijen]

    @property
    def _instap(self) -> list[int] | None:
        instap = [rij["instap"] or 0 for rij in self.rijen]
        return instap if any(instap) else None


def doorlooptijd(rijen: Rijen, maat: str) -> Doorlooptijd:
    """Return the waiting times of a measure, bevestiging or afsluiting, from the rows of question doorlooptijden."""
    doel = "bevestigd" if maat == "bevestiging" else "afgesloten"
    return Doorlooptijd(maat, doel, tuple(rij for rij in rijen if rij["maat"] == maat))
