"""One verdict on a whole series of counts: did anything change, or does all of it fit chance?

A control chart judges one point; a reader looks at 36. Here the largest single deviation and the largest shift of level
are held against simulated series of the same total, the same exposure and the same dispersion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import invoer
from .spreiding import dispersie_van_reeks

MINSTE_KLACHTEN, MINSTE_PERIODEN = 5, 8
SIMULATIES, ALFA, VRIJWEL_TOEVAL = 999, 0.05, 1.05
UITSCHIETER, VERSCHUIVING = "uitschieter", "verschuiving"


@dataclass(frozen=True)
class Reeksoordeel:
    """The verdict: `p` (None: too little to judge), `opvallend` (p <= 0.05), of which `soort`, and `waar`.

    `soort`: uitschieter or verschuiving, None when nothing stands out; `waar` (0-based): the outlier, or the first
    period of the new level. `dispersie`: how many times the variance of chance alone there is.
    """

    p: float | None
    opvallend: bool
    soort: str | None
    waar: int | None
    dispersie: float


def oordeel_over_reeks(
    aantallen: Sequence[int], blootstelling: Sequence[float] | None = None, *, zaad: int = 1
) -> Reeksoordeel:
    """Return one verdict on counts per period, in order of time, against their exposure (equal when not given).

    Given the total, the counts are multinomial by exposure, Dirichlet-multinomial with a dispersion above 1.05; periods
    without exposure are left out. Statistics: max |z|, and the scan over every split of the standardised difference of
    the first part; each with its p from 999 simulated series, the smaller calibrated on those same series. Fewer than 5
    klachten or 8 periods, or more dispersion than the total can have: no verdict. Raises ValueError for impossible
    numbers. Source: Kulldorff (1997); Mosimann (1962).
    """
    alle = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    if blootstelling is None:
        t = np.ones(len(alle))
    else:
        t = np.array([invoer.blootstelling(b) for b in blootstelling])
        invoer.zelfde_lengte(len(alle), len(t), "aantallen", "blootstellingen")
    plaatsen = np.flatnonzero(t > 0)
    x, p = alle[plaatsen], t[plaatsen] / max(t.sum(), 1e-300)
    n, m = int(x.sum()), len(x)
    f = dispersie_van_reeks(alle.astype(int).tolist(), t.tolist())
    geen = Reeksoordeel(None, False, None, None, f)
    if n < MINSTE_KLACHTEN or m < MINSTE_PERIODEN:
        return geen
    random = np.random.default_rng(zaad)
    if f > VRIJWEL_TOEVAL:
        vorm = (n - 1) / (f - 1) - 1
        if vorm <= 0:
            return geen
        reeksen = np.array([random.multinomial(n, kans) for kans in random.dirichlet(vorm * p, SIMULATIES)])
    else:
        reeksen = random.multinomial(n, p, SIMULATIES)
    alles = np.vstack([x, reeksen])
    z, scan = _afwijkingen(alles, p, n), _splitsingen(alles, p, n)
    per_stat = np.array([_p_waarden(z.max(axis=1)), _p_waarden(scan.max(axis=1))])
    kleinste = per_stat.min(axis=0)
    eind = float(np.mean(kleinste <= kleinste[0]))
    if eind > ALFA:
        return Reeksoordeel(eind, False, None, None, f)
    if per_stat[0, 0] <= per_stat[1, 0]:
        return Reeksoordeel(eind, True, UITSCHIETER, int(plaatsen[int(z[0].argmax())]), f)
    nieuw = math.ceil(m / 8) + int(scan[0].argmax())
    return Reeksoordeel(eind, True, VERSCHUIVING, int(plaatsen[nieuw]), f)


def _afwijkingen(reeksen: np.ndarray, p: np.ndarray, n: int) -> np.ndarray:
    return np.abs(reeksen - n * p) / np.sqrt(n * p * (1 - p))


def _splitsingen(reeksen: np.ndarray, p: np.ndarray, n: int) -> np.ndarray:
    """Return for every split, an eighth of the series from either end, how far the first part is from its share."""
    rand = math.ceil(len(p) / 8)
    deel = np.cumsum(p)[rand - 1 : len(p) - rand]
    som = np.cumsum(reeksen, axis=1)[:, rand - 1 : len(p) - rand]
    return np.abs(som - n * deel) / np.sqrt(n * deel * (1 - deel))


def _p_waarden(stat: np.ndarray) -> np.ndarray:
    """Return of each series which part of all series is at least as extreme, itself included."""
    op_volgorde = np.sort(stat)
    return (len(stat) - np.searchsorted(op_volgorde, stat - 1e-9, side="left")) / len(stat)
