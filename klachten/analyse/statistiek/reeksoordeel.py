"""One verdict on a whole picture of counts: is there anything in it that chance does not give?

A control chart judges one point; who looks at 36 finds something in a third to half of all stable series. Here the
largest outlier and the clearest shift are judged together, with one p.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import invoer
from .claims import holm

ALFA = 0.05
MINSTE_KLACHTEN, MINSTE_PERIODEN = 5, 8
TREKKINGEN = 999
GEEN_SPREIDING = 1.05  # at most this: taken as Poisson
UITSCHIETER, VERSCHUIVING = "uitschieter", "verschuiving"
CIJFERS = 9  # statistics that are equal on paper differ in their last bits
GOLF_VANAF = 4.605  # 10 % of chi-square with 2 degrees of freedom


@dataclass(frozen=True)
class Reeksoordeel:
    """One verdict on a series of counts; positions are 0-based in the series as it was given.

    `p`: probability that a stable series stands out at least as much, None when there is no verdict (`reden` says why,
    in Dutch). `opvallend`: p <= 0.05. `soort`: UITSCHIETER or VERSCHUIVING, `waar` the outlier or the first period
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
    aantallen: Iterable[int],
    blootstelling: Iterable[float | None] | None = None,
    *,
    zaad: int = 1,
    per_jaar: int = 12,
) -> Reeksoordeel:
    """Judge a series of counts per period once: an outlier, a shift of the level, or nothing that stands out.

    `aantallen`: klachten per period in order of time. `blootstelling`: one per period in any unit (days x trajecten per
    day), or None when all periods are alike; a period with 0, None or NaN is left out. `per_jaar`: periods in a year;
    a yearly wave that stands out over at least two years is no shift (0: do not look for one). The same `zaad` gives
    the same verdict. Fewer than 5 klachten or 8 periods: no verdict. Raises ValueError for an empty series, for a
    number that is no count, for a negative exposure and for unequal lengths.

    Source: scan for one change of level, Worsley (1983); dispersion from successive differences, von Neumann (1941);
    the smaller of two p-values calibrated on the same simulations, Westfall & Young (1993).
    """
    return _oordeel(aantallen, blootstelling, zaad, per_jaar, TREKKINGEN)


def _oordeel(
    aantallen: Iterable[int],
    blootstelling: Iterable[float | None] | None,
    zaad: int,
    per_jaar: int,
    trekkingen: int,
    alfa: float = ALFA,
    minstens: float = 1.0,
) -> Reeksoordeel:
    alle, gewicht = _reeks(aantallen, blootstelling)
    per_jaar = invoer.aantal(per_jaar, "Het aantal perioden per jaar")
    telt = np.flatnonzero(gewicht > 0)
    x, n = alle[telt], int(alle[telt].sum())
    p = gewicht[telt] / gewicht[telt].sum() if len(telt) else gewicht[telt]
    vlak = _uitgezet(n * p, telt, len(alle))
    if len(telt) < MINSTE_PERIODEN or n < MINSTE_KLACHTEN:
        wat = f"{MINSTE_PERIODEN} perioden" if len(telt) < MINSTE_PERIODEN else f"{MINSTE_KLACHTEN} klachten"
        zin = f"Met minder dan {wat} is er geen oordeel over de reeks."
        return Reeksoordeel(None, False, None, None, None, vlak, 1.0, zin)
    q, golf, ruw = _kansen(x, n, p, _golf(telt, per_jaar))
    f = max(ruw, minstens)
    verdeeld = (n - 1) / (f - 1) - 1 if f > GEEN_SPREIDING else math.inf
    if verdeeld <= 0:
        zin = "De klachten liggen te ongelijk over de perioden voor een oordeel over de reeks."
        return Reeksoordeel(None, False, None, None, None, vlak, f, zin)
    z, som = _uitslagen(x[None], n, q, golf)
    if golf is None and math.isinf(verdeeld):
        toeval = _poisson_toeval(n, q.tobytes(), zaad, trekkingen)
    else:
        toeval = _toeval(n, q, golf, verdeeld, zaad, trekkingen)
    kans, verschuiving = _kans(np.append(z.max(), toeval[0]), np.append(som.max(), toeval[1]))
    if kans > alfa:
        return Reeksoordeel(kans, False, None, None, None, vlak, f)
    if not verschuiving:
        waar = int(z[0].argmax())
        richting = "hoger" if x[waar] > n * q[waar] else "lager"
        return Reeksoordeel(kans, True, UITSCHIETER, int(telt[waar]), richting, vlak, f)
    waar = int(_lengten(len(p))[som[0].argmax()])
    voor, deel = x[:waar].sum(), p[:waar].sum()
    richting = "lager" if voor > n * deel else "hoger"
    niveaus = np.concatenate([voor * p[:waar] / deel, (n - voor) * p[waar:] / (1 - deel)])
    return Reeksoordeel(kans, True, VERSCHUIVING, int(telt[waar]), richting, _uitgezet(niveaus, telt, len(alle)), f)


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


def _golf(telt: np.ndarray, per_jaar: int) -> np.ndarray | None:
    """Return a sine and a cosine of one year per period that counts, or None with too few periods to know a season."""
    if per_jaar < 3 or len(telt) < 2 * per_jaar:
        return None
    hoek = 2 * math.pi * telt / per_jaar
    return np.column_stack([np.sin(hoek), np.cos(hoek)])


def _kansen(
    x: np.ndarray, n: int, p: np.ndarray, golf: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray | None, float]:
    """Return the share of each period in a stable series, the yearly wave in it (None: there is none), and f.

    The wave is looked for beside the clearest shift and the largest outlier, so that neither is taken for one; it is
    there when its score statistic is above the 10 % of chi-square with 2 degrees of freedom.
    """
    f = _dispersie(x, n, p)
    if golf is None:
        return p, None, f
    wortel = np.sqrt(p)[:, None]
    z, som = _uitslagen(x[None], n, p, None)
    periode = np.arange(len(p))
    trap, piek = periode < _lengten(len(p))[som[0].argmax()], periode == z[0].argmax()
    naast = np.linalg.qr(wortel * np.column_stack([np.ones(len(p)), trap, piek, golf]))[0][:, 3:]
    if (((x - n * p) / np.sqrt(n * p) @ naast) ** 2).sum() <= GOLF_VANAF * max(1.0, f):
        return p, None, f
    q = _met_golf(x, n, p, golf)
    return q, golf, _dispersie(x, n, q)


def _met_golf(x: np.ndarray, n: int, p: np.ndarray, golf: np.ndarray) -> np.ndarray:
    """Return the share of each period with the yearly wave that fits best (multinomial logit, a little shrunk)."""
    b = np.zeros(golf.shape[1])
    for _ in range(30):
        q = p * np.exp(golf @ b)
        q /= q.sum()
        midden = q @ golf
        informatie = n * (golf.T * q @ golf - np.outer(midden, midden)) + np.eye(len(b))
        stap = np.linalg.solve(informatie, golf.T @ (x - n * q) - b)
        b += np.clip(stap, -1, 1)
        if np.abs(stap).max() < 1e-10:
            break
    return q


def _dispersie(x: np.ndarray, n: int, p: np.ndarray) -> float:
    """Return how many times the multinomial variance the counts have, from successive differences.

    At most 1.25 + 1.75 / sqrt(mean count) times what it is without the most extreme period, or 1: else one enormous
    outlier would be its own excuse. Small counts are skewed: there one period makes more of it by chance.
    """
    z = (x - n * p) / np.sqrt(n * p * (1 - p))
    zonder = np.delete(z, np.abs(z).argmax())
    met, zonder = (float((np.diff(rij) ** 2).mean() / 2) for rij in (z, zonder))
    return min(met, max(1.0, zonder * (1.25 + 1.75 / math.sqrt(n / len(p)))))


def _toeval(
    n: int, p: np.ndarray, golf: np.ndarray | None, verdeeld: float, zaad: int, keer: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return both statistics of `keer` series of n klachten with nothing in them."""
    z, som = _uitslagen(_loting(np.random.default_rng(zaad), n, p, verdeeld, keer), n, p, golf)
    return z.max(axis=1), som.max(axis=1)


@functools.lru_cache(maxsize=256)
def _poisson_toeval(n: int, kansen: bytes, zaad: int, keer: int) -> tuple[np.ndarray, np.ndarray]:
    """Remember _toeval() of Poisson series: the series of a split, and of one page after another, share it."""
    return _toeval(n, np.frombuffer(kansen), None, math.inf, zaad, keer)


def _loting(rng: np.random.Generator, n: int, p: np.ndarray, verdeeld: float, keer: int) -> np.ndarray:
    """Draw series of n klachten without anything in them, one per row: multinomial, or Dirichlet-multinomial."""
    if math.isinf(verdeeld):
        return rng.multinomial(n, p, size=keer)
    gamma = rng.standard_gamma(verdeeld * p, size=(keer, len(p))) + 1e-300
    return rng.multinomial(n, gamma / gamma.sum(axis=1, keepdims=True))


def _lengten(m: int) -> np.ndarray:
    """Return the lengths of a first level that are tried: at least an eighth of the series on both sides."""
    return np.arange(math.ceil(m / 8), m - math.ceil(m / 8) + 1)


def _uitslagen(reeksen: np.ndarray, n: int, p: np.ndarray, golf: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Return |z| per period, and the scan per length of the first level, for every row.

    Both are score statistics given the total: without a wave z_i / sqrt(1 - p_i) and |S_k - N P_k| / sqrt(N P_k (1 -
    P_k)); with one, what the wave can explain is taken out of the series and of the step.
    """
    wortel = np.sqrt(p)[:, None]
    kolommen = np.ones((len(p), 1)) if golf is None else np.column_stack([np.ones(len(p)), golf])
    ruimte = np.linalg.qr(wortel * kolommen)[0]
    z = (reeksen - n * p) / np.sqrt(n * p)
    rest = z - (z @ ruimte) @ ruimte.T
    trappen = wortel * (np.arange(len(p))[:, None] < _lengten(len(p)))
    trappen -= ruimte @ (ruimte.T @ trappen)
    trappen /= np.sqrt((trappen**2).sum(axis=0))
    los = np.abs(rest) / np.sqrt(1 - (ruimte**2).sum(axis=1))
    return los.round(CIJFERS), np.abs(z @ trappen).round(CIJFERS)


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
    per_jaar: int = 12,
) -> dict[str, Reeksoordeel]:
    """Judge the series of one split (per categorie, per vestiging) together; return a verdict per name.

    `blootstelling`: one series for all, or a mapping with one per name. `p` is Holm's: whoever looks at every series of
    the split and finds nothing but chance reads a claim in at most 5 %, so in at most 10 % with two splits. A series
    without a verdict is not counted. The dispersion of a series is at least the mean of those of the split: a few
    klachten say too little by themselves. Raises ValueError as oordeel_over_reeks() does and for a missing exposure.
    Source: Holm (1979).
    """
    per_naam = blootstelling if isinstance(blootstelling, Mapping) else dict.fromkeys(reeksen, blootstelling)
    for naam in reeksen:
        if naam not in per_naam:
            raise ValueError(f"Voor {naam} is geen blootstelling opgegeven.")
    # The smallest possible p times the number of series must stay below 0.05.
    trekkingen = max(TREKKINGEN, 40 * len(reeksen) - 1)
    gedeeld = _gedeelde_dispersie([_reeks(reeks, per_naam[naam]) for naam, reeks in reeksen.items()], per_jaar)

    def oordeel(naam: str, alfa: float = ALFA) -> Reeksoordeel:
        return _oordeel(reeksen[naam], per_naam[naam], zaad, per_jaar, trekkingen, alfa, gedeeld)

    los = {naam: oordeel(naam) for naam in reeksen}
    kansen = holm([een.p for een in los.values()]).aangepast
    for naam, kans in zip(reeksen, kansen, strict=True):
        if los[naam].opvallend and kans > ALFA:
            los[naam] = oordeel(naam, alfa=0)
        los[naam] = dataclasses.replace(los[naam], p=kans)
    return los


def _gedeelde_dispersie(reeksen: list[tuple[np.ndarray, np.ndarray]], per_jaar: int) -> float:
    """Return the mean dispersion of the series that are judged, at least 1."""
    alle = []
    for x, gewicht in reeksen:
        telt = np.flatnonzero(gewicht > 0)
        n = int(x[telt].sum())
        if len(telt) >= MINSTE_PERIODEN and n >= MINSTE_KLACHTEN:
            alle.append(_kansen(x[telt], n, gewicht[telt] / gewicht[telt].sum(), _golf(telt, per_jaar))[2])
    return max(1.0, sum(alle) / len(alle)) if alle else 1.0
