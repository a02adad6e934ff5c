"""The headline "op tijd": the matured cohort, with what was never decided counted as far as it is expected to belong.

Leaving the undecided out flatters (they can no longer be on time), counting all of them as missed damns a term that
holds for a small branch only. So they count with weight w, the chance that a klacht decided on late belongs to it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from . import invoer
from .verhoudingen import GEEN_GEGEVENS, score_grenzen


@dataclass(frozen=True)
class Termijnkop:
    """The headline: `x` on time out of the real denominator `n` = matured + w * undecided, with a Wilson interval.

    `aandeel`, `laag`, `hoog`: fractions; None without data. `te_laat`: matured and not on time. `onbeslist`: past the
    term without a decision, each counting with weight `w`; None when on not a single klacht was decided.
    """

    x: int
    n: float
    aandeel: float | None
    laag: float | None
    hoog: float | None
    onbeslist: int
    w: float | None
    te_laat: int
    niveau: float

    @property
    def zin(self) -> str:
        """The counts behind the figure in Dutch, with the undecided named when there are any."""
        u = f"over {_getal(self.onbeslist)} is na de termijn nog niet beslist"
        if self.aandeel is None:
            return f"{GEEN_GEGEVENS}; {u}" if self.onbeslist else GEEN_GEGEVENS
        geteld = f"{_getal(self.x)} op tijd, {_getal(self.te_laat)} te laat"
        if not self.onbeslist:
            return geteld
        return f"{geteld}; {u}, die {'telt' if self.onbeslist == 1 else 'tellen'} mee naar verwachting"


def _getal(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")


# A page asks it some 240 times, of a few dozen rows. By type as well: what is no whole number is refused each time.
@functools.lru_cache(maxsize=4096, typed=True)
def termijnkop(
    op_tijd: int,
    rijp: int,
    onbeslist: int,
    beslist: int,
    in_tak: int,
    laat_beslist: int,
    laat_in_tak: int,
    niveau: float = 0.95,
) -> Termijnkop:
    """Return the headline op_tijd / (rijp + w * onbeslist) from counts of klachten whose term is over.

    `rijp`: those to which the term applies, `op_tijd` of them on time. `onbeslist`: not yet known whether it applies.
    `beslist`: known, `in_tak` of them applies; `laat_beslist`: decided after the due day, `laat_in_tak` of them applies
    (both 0 where the day of the decision is unknown). w = (laat_in_tak + 2 in_tak / beslist) / (laat_beslist + 2): the
    share among the late decisions, drawn towards the share among all by two klachten. The interval is Wilson's with the
    real denominator. Without undecided it is wilson(op_tijd, rijp). With undecided and not a single decision, or a
    denominator of 0: None. Raises ValueError for counts that cannot be. Source: Wilson (1927).
    """
    x, n = invoer.deel_van(op_tijd, rijp)
    u = invoer.aantal(onbeslist, "Het aantal zonder beslissing")
    tak, alle = invoer.deel_van(in_tak, beslist)
    laat_tak, laat = invoer.deel_van(laat_in_tak, laat_beslist)
    invoer.deel_van(laat, alle)
    invoer.deel_van(laat_tak, tak)
    z = invoer.z_waarde(niveau)
    w = (laat_tak + 2 * tak / alle) / (laat + 2) if alle else None
    noemer = n + (w * u if u and w else 0.0)
    if noemer == 0 or (u and w is None):
        return Termijnkop(x, noemer, None, None, None, u, w, n - x, niveau)
    laag, hoog = score_grenzen(x, noemer, z)
    return Termijnkop(x, noemer, x / noemer, laag, hoog, u, w, n - x, niveau)
