"""One organisation among the others, per figure of a year: the points of a funnel, its limits, and the one verdict.

The others are nameless here already: a point is a count and a denominator, small ones are in groups (`voeg_samen`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from klachten.analyse.statistiek import Trechter, exacte_grenzen, jaarclaims, trechter, voeg_samen
from klachten.analyse.statistiek.trechter import NIVEAUS

EIGEN, ANDER, GROEP = "eigen", "ander", "groep"
PLEKKEN = 32
PER = {"deel": 1, "aantal": 100}
"""A share is shown as it is, a rate per hundred."""


@dataclass(frozen=True)
class Maat:
    """What is compared: by which `id` the rows name it, and of which `kengetal` of analyse it is counted.

    `soort` is deel (some of so many) or aantal (against an exposure).
    """

    id: str
    titel: str
    kengetal: str
    soort: str
    teller: str
    noemer: str


@dataclass(frozen=True)
class Punt:
    """One organisation, or a group of small ones (`leden`) with the sums of their counts."""

    wie: str
    leden: int
    teller: int
    noemer: int

    @property
    def waarde(self) -> float:
        """Its share or rate."""
        return self.teller / self.noemer

    @property
    def plek(self) -> float:
        """Where it stands: at its denominator, a group at the mean of its members."""
        return self.noemer / self.leden


@dataclass(frozen=True, eq=False, kw_only=True)
class Vergelijking:
    """One figure of a year.

    `eigen`: the organisation itself, None where it has no data. `punten`: the others as they may be shown, empty when
    that is not at all. `buiten`: outside the 95 % limits looked at by itself; `opvallend`: also beside the other
    figures of the year (`familie` of them are judged; Holm).
    """

    maat: Maat
    eigen: Punt | None
    punten: tuple[Punt, ...]
    trechter: Trechter
    p: float | None
    familie: int
    opvallend: bool

    @property
    def buiten(self) -> bool:
        """Whether it lies outside the 95 % limits."""
        return self.p is not None and self.p <= 1 - NIVEAUS[0]

    @property
    def samen(self) -> Punt | None:
        """All others together; None where they may not be shown."""
        if not self.punten:
            return None
        leden, teller, noemer = (sum(getattr(een, wat) for een in self.punten) for wat in ("leden", "teller", "noemer"))
        return Punt(GROEP, leden, teller, noemer)

    @property
    def grenzen(self) -> pd.DataFrame:
        """The limits from the smallest to the largest denominator shown, as values: noemer and, per level, two columns.

        `onder`/`boven` 95 %, `ver_onder`/`ver_boven` 99.8 % (NaN where there are too few others for it),
        `toeval_onder`/`toeval_boven` 95 % of chance alone. Each half a klacht beyond the last count inside, so that no
        point lies on it.
        """
        plekken = [een.plek for een in (*self.punten, *([self.eigen] if self.eigen else []))]
        kolommen = ["noemer", "onder", "boven", "ver_onder", "ver_boven", "toeval_onder", "toeval_boven"]
        if self.trechter.waarde is None or self.trechter.reden or not plekken:
            return pd.DataFrame(columns=kolommen, dtype=float)
        raster = np.geomspace(max(1.0, min(plekken)), max(1.0, *plekken), PLEKKEN).round()
        eigen = [self.eigen.noemer] if self.eigen else []
        rijen = [
            (n, *self._lijn(n, 0), *self._lijn(n, 1), *self._op(n, exacte_grenzen(n, *self._gewoon)))
            for n in np.unique([*raster, *eigen])
        ]
        return pd.DataFrame(rijen, columns=kolommen)

    @property
    def _gewoon(self) -> tuple[float, float, str]:
        return self.trechter.waarde or 0.0, NIVEAUS[0], self.maat.soort

    def _lijn(self, n: float, welke: int) -> tuple[float, float]:
        binnen = self.trechter.grenzen(n, NIVEAUS[welke])
        return (np.nan, np.nan) if binnen is None else self._op(n, binnen)

    def _op(self, n: float, binnen: tuple[float, float]) -> tuple[float, float]:
        hoogste = n if self.maat.soort == "deel" else np.inf
        return max(0.0, binnen[0] - 0.5) / n, min(hoogste, binnen[1] + 0.5) / n


def jaarvergelijking(rijen: pd.DataFrame, maten: Sequence[Maat], eigen: str = "") -> Mapping[str, Vergelijking]:
    """Return one organisation among the others for each figure that the rows have, by its id.

    `rijen`: organisatie, kengetal, teller, noemer; one without a denominator, or with 0, has no data for that figure.
    `eigen` is the organisation that is looked at, empty for nobody. It is left out of everything that is said of the
    others. All figures of the year are one family.
    """
    los = {maat.id: _een(rijen[rijen["kengetal"] == maat.id], maat, eigen) for maat in maten}
    met = {id: deel for id, deel in los.items() if deel is not None}
    claims = jaarclaims({id: p for id, (*_, p) in met.items()})
    familie = sum(p is not None for *_, p in met.values())
    return {
        id: Vergelijking(
            maat=maat, eigen=punt, punten=punten, trechter=funnel, p=p, familie=familie, opvallend=id in claims
        )
        for id, (maat, punt, punten, funnel, p) in met.items()
    }  # fmt: skip


def _een(
    rijen: pd.DataFrame, maat: Maat, eigen: str
) -> tuple[Maat, Punt | None, tuple[Punt, ...], Trechter, float | None] | None:
    telt = rijen[rijen["noemer"].fillna(0) > 0]
    if telt.empty:
        return None
    zelf, anderen = telt[telt["organisatie"] == eigen], telt[telt["organisatie"] != eigen]
    x, n = ([int(waarde) for waarde in anderen[kolom]] for kolom in ("teller", "noemer"))
    funnel = trechter(x, n, maat.soort)
    punt = Punt(EIGEN, 1, int(zelf["teller"].iloc[0]), int(zelf["noemer"].iloc[0])) if len(zelf) else None
    p = funnel.p(punt.teller, punt.noemer) if punt else None
    return maat, punt, _punten(x, n, maat.soort), funnel, p


def _punten(x: Sequence[int], n: Sequence[int], soort: str) -> tuple[Punt, ...]:
    """Return the others as they may be shown, by denominator: nothing tells which is which, here or elsewhere."""
    cellen = [(a, b - a) if soort == "deel" else (a,) for a, b in zip(x, n, strict=True)]
    groepen = voeg_samen(cellen, n)
    if not groepen or len(x) < 3:
        return ()
    punten = [
        Punt(GROEP if len(leden) > 1 else ANDER, len(leden), sum(x[i] for i in leden), sum(n[i] for i in leden))
        for leden in groepen
    ]
    return tuple(sorted(punten, key=lambda een: (een.plek, een.waarde)))
