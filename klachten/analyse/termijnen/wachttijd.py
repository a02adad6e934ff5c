"""How long an indiener waits: until the acknowledgement, and until the end (steps 5, 7 and 13).

A klacht that was withdrawn or not taken into handling will never be closed, and one that was closed without
acknowledgement gets none: those are other ends that compete with it, not klachten that are still on their way. What is
said is therefore of all klachten, and says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from klachten.analyse import statistiek
from klachten.analyse.basis.geteld import Geteld, geteld_als
from klachten.analyse.basis.kengetallen import Rijen
from klachten.analyse.basis.zinnen import dagen, deel, getal, klachten, komma
from klachten.analyse.statistiek import AalenJohansen
from klachten.analyse.statistiek.overleving import MINIMAAL_ONDER_RISICO
from klachten.periode import Wanneer, als_periode
from klachten.taal import opsomming

ANDERS = {
    "ingetrokken": "ingetrokken",
    "niet in behandeling": "niet in behandeling genomen",
    "afgesloten": "zonder bevestiging afgesloten",
    "onbereikbaar": "onbereikbaar geworden",
}
"""Ends that compete with what is waited for, in words; the last two with the acknowledgement only."""
MATEN = {"bevestiging": "bevestigd", "afsluiting": "afgesloten"}
"""What is waited for in each measure."""
AFRONDING = 1e-12


@dataclass(frozen=True, eq=False)
class Doorlooptijd:
    """The waiting times of one measure: `doel` is bevestigd or afgesloten; every other end competes with it.

    `mediaan`, `mediaan_laag`, `mediaan_hoog`: the day by which half of all klachten had come so far (inf: not reached;
    None: no klachten), and the days on which the interval of that share holds one half.
    """

    maat: str
    doel: str
    rijen: tuple[dict[str, Any], ...] = field(repr=False)

    @cached_property
    def aalen_johansen(self) -> AalenJohansen:
        """The probability of each kind of end, day after day."""
        instap = [rij["instap"] or 0 for rij in self.rijen]
        return statistiek.aalen_johansen(
            [rij["dagen"] for rij in self.rijen],
            [rij["einde"] for rij in self.rijen],
            instap if any(instap) else None,
            oorzaken=(self.doel,),
            gewichten=[rij["klachten"] for rij in self.rijen],
        )

    @property
    def n(self) -> int:
        """The klachten that were followed."""
        return self.aalen_johansen.n

    @property
    def gebeurtenissen(self) -> int:
        """Those that came so far."""
        return self._geteld(self.doel)

    @property
    def anders(self) -> dict[str, int]:
        """Those that ended in another way, by kind of end."""
        return {einde: n for einde in ANDERS if einde != self.doel and (n := self._geteld(einde))}

    @property
    def lopend(self) -> int:
        """Those that may still come so far."""
        return self.n - self.gebeurtenissen - sum(self.anders.values())

    def _geteld(self, einde: str) -> int:
        return sum(rij["klachten"] for rij in self.rijen if rij["einde"] == einde)

    @cached_property
    def _verloop(self) -> pd.DataFrame:
        tabel = self.aalen_johansen.tabel
        return tabel[tabel["oorzaak"] == self.doel]

    @cached_property
    def mediaan(self) -> float | None:
        """The first day by which half of all klachten had come so far."""
        return self._eerste("kans")

    @cached_property
    def mediaan_laag(self) -> float | None:
        """The first day on which half is possible."""
        return self._eerste("hoog")

    @cached_property
    def mediaan_hoog(self) -> float | None:
        """The first day on which less than half is no longer possible; inf when there is none."""
        return self._eerste("laag")

    def _eerste(self, kolom: str) -> float | None:
        if not self.n:
            return None
        # Where everybody has come so far no interval exists, and none is needed.
        hoogte = self._verloop[kolom].where(self._verloop["kans"] < 1 - AFRONDING, self._verloop["kans"])
        bereikt = self._verloop.loc[hoogte.astype(float) >= 0.5 - AFRONDING, "dag"]
        return math.inf if bereikt.empty else float(bereikt.iloc[0])

    @cached_property
    def curve(self) -> pd.DataFrame:
        """What a chart shows: dag, kans (it has happened by then), laag, hoog, onder_risico; where 5 are at risk."""
        zichtbaar = self._verloop[self._verloop["toonbaar"].astype(bool)]
        tabel = zichtbaar[["dag", "kans", "laag", "hoog", "onder_risico"]]
        return tabel.astype({"dag": int}).reset_index(drop=True)

    @property
    def zover(self) -> list[int]:
        """How many had come so far by each day of the curve."""
        return list(self._verloop["gebeurtenissen"].cumsum()[self._verloop["toonbaar"].astype(bool)])

    def zin(self, wanneer: Wanneer) -> str:
        """Say by when half of all klachten of a period had come so far; empty where there are too few to say so."""
        if self.n < MINIMAAL_ONDER_RISICO or self.mediaan is None:
            return ""
        uit = als_periode(wanneer).naam
        if math.isinf(self.mediaan):
            return self._nog_geen_helft(uit)
        zinnen = [f"De helft van alle klachten uit {uit} is {binnen(self.mediaan)} {self.doel} ({self._marge()})."]
        if self.lopend:
            zinnen.append("Wat nog loopt, is daarin meegerekend.")
        if self.anders:
            einde = opsomming((ANDERS[einde] for einde in self.anders), "of")
            zinnen.append(f"Wat is {einde}, telt mee als niet {self.doel}.")
        return " ".join(zinnen)

    def _nog_geen_helft(self, uit: str) -> str:
        telling = deel(self.gebeurtenissen, self.n)
        if self.lopend:
            return (
                f"Van de klachten uit {uit} is nog niet de helft {self.doel}: {telling}. Hoe lang dat duurt, is nog "
                "niet te zeggen."
            )
        hoe = opsomming(f"{getal(n)} {ANDERS[einde]}" for einde, n in self.anders.items())
        return (
            f"Van de klachten uit {uit} is minder dan de helft {self.doel}: {telling}. De andere zijn anders "
            f"geëindigd: {hoe}."
        )

    def _marge(self) -> str:
        laag, hoog = self.mediaan_laag or 0.0, self.mediaan_hoog
        als = "rekening houdend met toeval"
        if hoog is None or math.isinf(hoog):
            return f"{als}: {dagen(round(laag))} of langer"
        return f"{als}: {getal(round(laag))} tot {dagen(round(hoog))}"

    def titel(self) -> str:
        """Return what stands above the curve."""
        if self.mediaan is None or math.isinf(self.mediaan):
            return f"Minder dan de helft van alle klachten is {self.doel}"
        return f"De helft van alle klachten is {binnen(self.mediaan)} {self.doel}"

    def achter(self) -> tuple[Geteld, ...]:
        """Return the counts of `telling`."""
        uit = geteld_als("looptijd", self.n, "gevolgd", maat=self.maat)
        uit += geteld_als("looptijd", self.gebeurtenissen, self.doel, maat=self.maat, einde=self.doel)
        for einde, n in self.anders.items():
            uit += geteld_als("looptijd", n, ANDERS[einde], maat=self.maat, einde=einde)
        return uit + geteld_als("looptijd", self.lopend, "nog niet", maat=self.maat, einde="")

    def te_weinig(self) -> str:
        """Say why there is no curve."""
        return f"Te weinig klachten om te tonen hoe lang het duurt tot zij zijn {self.doel} (ten minste 5)."

    def telling(self) -> str:
        """Say of how many klachten this is, and how they stand."""
        stand = [f"{getal(self.gebeurtenissen)} {self.doel}"]
        stand += [f"{getal(n)} {ANDERS[einde]}" for einde, n in self.anders.items()]
        stand += [f"{getal(self.lopend)} nog niet"] if self.lopend else []
        return f"Over {klachten(self.n)}: {opsomming(stand)}."


def binnen(dagen: float) -> str:
    """Return 'binnen 30 dagen', 'binnen 1 dag', 'op de dag van ontvangst'."""
    if dagen < 1:
        return "op de dag van ontvangst"
    return f"binnen {komma(dagen, 0)} {'dag' if round(dagen) == 1 else 'dagen'}"


def doorlooptijd(rijen: Rijen, maat: str) -> Doorlooptijd:
    """Return the waiting times of a measure, bevestiging or afsluiting, from the rows of question doorlooptijden."""
    return Doorlooptijd(maat, MATEN[maat], tuple(rij for rij in rijen if rij["maat"] == maat))
