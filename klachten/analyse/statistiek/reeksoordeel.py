"""One verdict on a whole picture of counts: is there anything in it that chance does not give?

A control chart judges one point; who looks at 36 of them finds something in a third to half of all stable series. Here
the series is judged once: the largest outlier and the clearest shift together, with one p.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import invoer
from .intensiteit import holm

ALFA = 0.05
MINSTE_KLACHTEN, MINSTE_PERIODEN = 5, 8
TREKKINGEN = 999
# Below this a series is taken as Poisson: a little more than 1 is what chance gives.
GEEN_SPREIDING = 1.05
# Statistics are compared after rounding: values that are equal on paper differ in their last bits.
CIJFERS = 9


@dataclass(frozen=True)
class Reeksoordeel:
    """One verdict on a series of counts; positions are 0-based in the series as it was given.

    `p`: probability that a stable series stands out at least as much, None when there is no verdict (`reden` says why,
    in Dutch). `opvallend`: p <= 0.05. `soort`: "uitschieter" or "verschuiving", `waar` the outlier or the first period
    of the new level, `richting` "hoger" or "lager"; all three None when nothing stands out. `verwacht`: the expected
    count of each period, at one level for the whole series, or before and after a shift at their own; they add up to
    the counts, and are NaN for a period that was left out. `dispersie`: variance of the counts, 1 for Poisson.
    """

    p: float | None
    opvallend: bool
    soort: str | None
    waar: int | None
    richting: str | None
    verwacht: tuple[float, ...]
    dispersie: float
    reden: str = ""


def oordeel_over_reeks(
    aantallen: Iterable[int], blootstelling: Iterable[float | None] | None = None, *, zaad: int = 1
) -> Reeksoordeel:
    """Judge a series of counts per period once: an outlier, a shift of the level, or nothing that stands out.

    `aantallen`: klachten per period in order of time. `blootstelling`: one per period in any unit (days x trajecten per
    day), or None when all periods are alike; a period with 0, None or NaN is left out. The same `zaad` gives the same
    verdict. Fewer than 5 klachten or 8 periods: no verdict. Raises ValueError for an empty series, for a number that is
    no count, for a negative exposure and for unequal lengths.

    Source: scan for one change of level, Worsley (1983); dispersion from successive differences, von Neumann (1941);
    the smaller of two p-values calibrated on the same simulations, Westfall & Young (1993).
    """
    return _oordeel(aantallen, blootstelling, zaad, TREKKINGEN)


def _oordeel(
    aantallen: Iterable[int], blootstelling: Iterable[float | None] | None, zaad: int, trekkingen: int
) -> Reeksoordeel:
    alle, gewicht = _reeks(aantallen, blootstelling)
    telt = np.flatnonzero(gewicht > 0)
    x, n = alle[telt], int(alle[telt].sum())
    p = gewicht[telt] / gewicht[telt].sum() if len(telt) else gewicht[telt]
    vlak = n * p
    if len(telt) < MINSTE_PERIODEN:
        zin = f"Met minder dan {MINSTE_PERIODEN} perioden is er geen oordeel over de reeks."
        return _zonder_oordeel(_uitgezet(vlak, telt, len(alle)), 1.0, zin)
    if n < MINSTE_KLACHTEN:
        zin = f"Met minder dan {MINSTE_KLACHTEN} klachten is er geen oordeel over de reeks."
        return _zonder_oordeel(_uitgezet(vlak, telt, len(alle)), 1.0, zin)
    f = _dispersie(x, n, p)
    verdeeld = (n - 1) / (f - 1) - 1 if f > GEEN_SPREIDING else math.inf
    if verdeeld <= 0:
        zin = "De klachten liggen te ongelijk over de perioden voor een oordeel over de reeks."
        return _zonder_oordeel(_uitgezet(vlak, telt, len(alle)), f, zin)
    loot = _loting(np.random.default_rng(zaad), n, p, verdeeld, trekkingen)
    z, som = _uitslagen(np.vstack([x, loot]), n, p)
    kans, verschuiving = _kans(z.max(axis=1), som.max(axis=1))
    if kans > ALFA:
        return Reeksoordeel(kans, False, None, None, None, _uitgezet(vlak, telt, len(alle)), f)
    if not verschuiving:
        waar = int(z[0].argmax())
        richting = "hoger" if x[waar] > vlak[waar] else "lager"
        verwacht = _uitgezet(vlak, telt, len(alle))
        return Reeksoordeel(kans, True, "uitschieter", int(telt[waar]), richting, verwacht, f)
    waar = _grenzen(len(p)).start + int(som[0].argmax())
    voor, deel = x[:waar].sum(), p[:waar].sum()
    richting = "lager" if voor > n * deel else "hoger"
    twee = np.concatenate([voor * p[:waar] / deel, (n - voor) * p[waar:] / (1 - deel)])
    return Reeksoordeel(kans, True, "verschuiving", int(telt[waar]), richting, _uitgezet(twee, telt, len(alle)), f)


def _reeks(aantallen: Iterable[int], blootstelling: Iterable[float | None] | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the counts and the exposure of every period, 0 where it is missing."""
    x = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    if blootstelling is None:
        return x, np.ones(len(x))
    gewicht = [0.0 if b is None or pd.isna(b) else invoer.blootstelling(b) for b in blootstelling]
    invoer.zelfde_lengte(len(x), len(gewicht), "perioden", "blootstellingen")
    return x, np.array(gewicht)


def _uitgezet(verwacht: np.ndarray, telt: np.ndarray, perioden: int) -> tuple[float, ...]:
    """Put expected counts of the periods that count at their place in the series as given."""
    alle = np.full(perioden, np.nan)
    alle[telt] = verwacht
    return tuple(alle.tolist())


def _zonder_oordeel(verwacht: tuple[float, ...], f: float, zin: str) -> Reeksoordeel:
    return Reeksoordeel(None, False, None, None, None, verwacht, f, zin)


def _dispersie(x: np.ndarray, n: int, p: np.ndarray) -> float:
    """Return how many times the multinomial variance the counts have, from successive differences, at least 1."""
    z = (x - n * p) / np.sqrt(n * p * (1 - p))
    return max(1.0, float((np.diff(z) ** 2).mean() / 2))


def _loting(rng: np.random.Generator, n: int, p: np.ndarray, verdeeld: float, keer: int) -> np.ndarray:
    """Draw series of n klachten without anything in them, one per row: multinomial, or Dirichlet-multinomial."""
    if math.isinf(verdeeld):
        return rng.multinomial(n, p, size=keer)
    gamma = rng.standard_gamma(verdeeld * p, size=(keer, len(p))) + 1e-300
    return rng.multinomial(n, gamma / gamma.sum(axis=1, keepdims=True))


def _grenzen(m: int) -> range:
    """Return the lengths of a first level that are tried: at least an eighth of the series on both sides."""
    return range(math.ceil(m / 8), m - math.ceil(m / 8) + 1)


def _uitslagen(reeksen: np.ndarray, n: int, p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return |z| per period, and the scan per length of the first level, for every row."""
    z = np.abs(reeksen - n * p) / np.sqrt(n * p * (1 - p))
    k = np.array(_grenzen(len(p)))
    deel = p.cumsum()[k - 1]
    som = np.abs(reeksen.cumsum(axis=1)[:, k - 1] - n * deel) / np.sqrt(n * deel * (1 - deel))
    return z.round(CIJFERS), som.round(CIJFERS)


def _kans(uitschieter: np.ndarray, verschuiving: np.ndarray) -> tuple[float, bool]:
    """Return the p of the first series among all, and whether the shift is its clearer side.

    When both are beyond every simulated series, the one that is further beyond its own 95 % decides.
    """
    kansen = [_rang(uitschieter), _rang(verschuiving)]
    kleinste = np.minimum(*kansen)
    kans = float((kleinste <= kleinste[0]).mean())
    een, twee = (rij[0] for rij in kansen)
    if een != twee:
        return kans, bool(twee < een)
    verder = [rij[0] / np.quantile(rij[1:], 1 - ALFA) for rij in (uitschieter, verschuiving)]
    return kans, bool(verder[1] > verder[0])


def _rang(waarden: np.ndarray) -> np.ndarray:
    """Return for each value the share of all values that is at least as large, itself included."""
    gesorteerd = np.sort(waarden)
    return 1 - np.searchsorted(gesorteerd, waarden, side="left") / len(waarden)


def oordeel_over_splitsing(
    reeksen: Mapping[str, Sequence[int]],
    blootstelling: Mapping[str, Sequence[float | None]] | Sequence[float | None] | None = None,
    *,
    zaad: int = 1,
) -> dict[str, Reeksoordeel]:
    """Judge the series of one split (per categorie, per vestiging) together; return a verdict per name.

    `blootstelling`: one series for all, or a mapping with one per name. `p` is Holm's: whoever looks at every series of
    the split and finds nothing but chance reads a claim in at most 5 %, so in at most 10 % with two splits. A series
    without a verdict is not counted. Raises ValueError as oordeel_over_reeks() does, and for a name without exposure.

    Source: Holm (1979).
    """
    per_naam = blootstelling if isinstance(blootstelling, Mapping) else dict.fromkeys(reeksen, blootstelling)
    for naam in reeksen:
        if naam not in per_naam:
            raise ValueError(f"Voor {naam} is geen blootstelling opgegeven.")
    # The smallest possible p times the number of series must stay below 0.05.
    trekkingen = max(TREKKINGEN, 40 * len(reeksen) - 1)
    los = {naam: _oordeel(reeks, per_naam[naam], zaad, trekkingen) for naam, reeks in reeksen.items()}
    aangepast = holm([oordeel.p for oordeel in los.values()]).aangepast
    return {naam: _met_p(oordeel, p) for (naam, oordeel), p in zip(los.items(), aangepast, strict=True)}


def _met_p(oordeel: Reeksoordeel, p: float | None) -> Reeksoordeel:
    """Return a verdict by another p; what no longer stands out loses its kind, place and second level."""
    if p is None or p <= ALFA or not oordeel.opvallend:
        return dataclasses.replace(oordeel, p=p)
    return dataclasses.replace(
        oordeel, p=p, opvallend=False, soort=None, waar=None, richting=None, verwacht=oordeel.verwacht
    )
