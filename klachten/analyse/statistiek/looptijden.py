"""Risk sets: who is under observation on which day, and the intervals that follow from it.

Times are whole or fractional days since receipt; day 0 is allowed. On one day events come before censorings, so whoever
is censored on a day is still at risk on it. `instap` is the day from which a klacht could be observed (a register that
started with a backlog): at risk are those with instap < day <= dagen; instap 0 means observed from receipt, day 0
included.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import invoer

# Products of fractions that are exactly 1/2 or 1 on paper may come out a hair beside it.
AFRONDING = 1e-12


@dataclass(frozen=True)
class Punt:
    """A probability on one day; `laag`/`hoog` are None where no interval exists (probability 0 or 1, or no data)."""

    dag: float
    kans: float | None
    laag: float | None
    hoog: float | None
    onder_risico: int


def punt_op(regels: pd.DataFrame, kolom: str, dag: float, begin: float, onder_risico_op: int) -> Punt:
    """Return the value of a step curve at the end of a day: its last row up to that day, `begin` before the first."""
    eerder = regels[regels["dag"] <= dag]
    if eerder.empty:
        return Punt(dag, begin, None, None, onder_risico_op)
    rij = eerder.iloc[-1]
    laag, hoog = (None if math.isnan(rij[grens]) else float(rij[grens]) for grens in ("laag", "hoog"))
    return Punt(dag, float(rij[kolom]), laag, hoog, onder_risico_op)


def lees_tijden(dagen: Sequence[float], instap: Sequence[float] | None) -> tuple[np.ndarray, np.ndarray]:
    """Return times and entries as float arrays; entry 0 becomes -inf, so that an event on day 0 is at risk."""
    tijd = np.array([invoer.blootstelling(d, "Een aantal dagen") for d in dagen], dtype=float)
    if instap is None:
        return tijd, np.full(len(tijd), -math.inf)
    begin = np.array([invoer.blootstelling(d, "Een instapdag") for d in instap], dtype=float)
    invoer.zelfde_lengte(len(tijd), len(begin), "looptijden", "instapdagen")
    if (begin > tijd).any():
        raise ValueError("Een klacht kan niet eindigen voordat zij in beeld kwam (dagen kleiner dan instap).")
    begin[begin == 0] = -math.inf
    return tijd, begin


def lees_gewichten(gewichten: Sequence[int] | None, aantal: int) -> np.ndarray:
    """Return how many klachten each time stands for, one each when not given; ValueError for what is no count."""
    if gewichten is None:
        return np.ones(aantal, dtype=np.int64)
    getallen = np.array([invoer.aantal(g, "Een aantal klachten") for g in gewichten], dtype=np.int64)
    invoer.zelfde_lengte(aantal, len(getallen), "looptijden", "aantallen klachten")
    return getallen


def onder_risico(op: np.ndarray, dagen: np.ndarray, instap: np.ndarray, gewicht: np.ndarray) -> np.ndarray:
    """Return for each day how many are at risk: entered before it, not yet ended before it."""
    # Nobody ends before entering, so who ended before a day also entered before it.
    return _geteld_voor(op, instap, gewicht) - _geteld_voor(op, dagen, gewicht)


def _geteld_voor(op: np.ndarray, dag: np.ndarray, gewicht: np.ndarray) -> np.ndarray:
    volgorde = np.argsort(dag, kind="stable")
    tot = np.concatenate([[0], np.cumsum(gewicht[volgorde])])
    return tot[np.searchsorted(dag[volgorde], op, side="left")]


def tel_per_dag(
    tijd: np.ndarray, instap: np.ndarray, gewicht: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the days with an end, the number at risk on each, for each klacht its place among them, and who counts.

    Whoever enters and ends on the same later day was never under observation and does not count.
    """
    telt = (instap < tijd) & (gewicht > 0)
    dag, plaats = np.unique(tijd[telt], return_inverse=True)
    return dag, onder_risico(dag, tijd, instap, gewicht), plaats, telt


def som_per_dag(plaats: np.ndarray, gewicht: np.ndarray, aantal: int) -> np.ndarray:
    """Return how many klachten fall on each of the `aantal` days."""
    return np.bincount(plaats, weights=gewicht, minlength=aantal).astype(np.int64)


def greenwood(n_risico: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Return the running sum of d / (n (n - d)); the term of the day on which everyone ends is left at 0."""
    over = n_risico - d
    return np.cumsum(np.divide(d, n_risico * over, out=np.zeros(len(d)), where=over > 0))


def loglog(kans: np.ndarray, variantie_van_log: np.ndarray, z: float) -> tuple[np.ndarray, np.ndarray]:
    """Return bounds kans ** exp(-/+ z se / ln kans); NaN where kans is 0 or 1."""
    bestaat = (kans > 0) & (kans < 1 - AFRONDING) & (variantie_van_log > 0)
    log_kans = np.log(np.where(bestaat, kans, np.nan))
    breedte = z * np.sqrt(variantie_van_log) / np.abs(log_kans)
    return np.exp(log_kans * np.exp(breedte)), np.exp(log_kans * np.exp(-breedte))
