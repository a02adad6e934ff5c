"""The limits of a chart at the level of its verdict: in all points together one of twenty stable pictures crosses them.

Three sigma judges one point; of 36 points one lies outside by chance far too often. And what the verdict does not call
a change is not marked, wherever it lies.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from klachten.analyse.signalen.oordeel import Maandoordeel
from klachten.analyse.signalen.reeks import Tijdvak, blootstelling
from klachten.analyse.statistiek.reeksoordeel import ALFA, UITSCHIETER, VERSCHUIVING
from klachten.analyse.statistiek.spreiding import binnen


def met_grenzen(punten: pd.DataFrame, soort: str, perioden: Sequence[Tijdvak], oordeel: Maandoordeel) -> pd.DataFrame:
    """Return the points with middle and limits that go with the verdict, and `buiten` for what it is about."""
    uit = punten.copy()
    tussen = soort in ("t", "g")
    delen = _delen(perioden, oordeel)
    if tussen:
        _tijd(uit, delen, perioden, oordeel.oordeel.dispersie)
    else:
        _aantallen(uit, delen, perioden, oordeel.oordeel.dispersie)
    uit["buiten"] = _gemarkeerd(uit, perioden, oordeel, tussen)
    return uit


def _delen(perioden: Sequence[Tijdvak], oordeel: Maandoordeel) -> list[range]:
    """Return the stretches with one level: the whole picture, or before and after a shift."""
    waar = oordeel.oordeel.waar
    if oordeel.opvallend and oordeel.oordeel.soort == VERSCHUIVING and waar:
        return [range(waar), range(waar, len(perioden))]
    return [range(len(perioden))]


def _aantallen(punten: pd.DataFrame, delen: list[range], perioden: Sequence[Tijdvak], dispersie: float) -> None:
    kan = blootstelling(perioden)
    for deel in delen:
        n, t = sum(perioden[i].klachten for i in deel), sum(kan[i] for i in deel)
        for i in deel:
            plek = punten.index[i]
            # From a count to what the chart shows of it.
            schaal = (
                punten.loc[plek, "waarde"] / perioden[i].klachten if perioden[i].klachten else _schaal(punten, perioden)
            )
            p = kan[i] / t if t else 0.0
            onder, boven = _band(n, p, dispersie, len(perioden)) if n and 0 < p < 1 else (0, n)
            for kolom, waarde in (("midden", n * p), ("onder", onder), ("boven", boven)):
                punten.loc[plek, kolom] = waarde * schaal


def _schaal(punten: pd.DataFrame, perioden: Sequence[Tijdvak]) -> float:
    factoren = [w / p.klachten for w, p in zip(punten["waarde"], perioden, strict=True) if p.klachten]
    return sum(factoren) / len(factoren) if factoren else 1.0


def _band(n: int, p: float, dispersie: float, m: int) -> tuple[int, int]:
    """Return the smallest and largest count of a period that is not outside, all periods together looked at."""
    return binnen(n, p, dispersie, ALFA / (2 * m))


def _tijd(punten: pd.DataFrame, delen: list[range], perioden: Sequence[Tijdvak], dispersie: float) -> None:
    """Set the limits of waiting times; two klachten on one day are never outside: nothing is shorter than no time."""
    alfa = ALFA / (2 * max(1, len(punten)))
    for deel in delen:
        van, tot = perioden[deel[0]].vanaf, perioden[deel[-1]].tot
        eigen = punten["vanaf"].map(lambda dag, van=van, tot=tot: van <= dag <= tot)
        if not eigen.any():
            continue
        gemiddeld = float(punten.loc[eigen, "waarde"].mean())
        punten.loc[eigen, "midden"] = gemiddeld
        punten.loc[eigen, "onder"] = 0.0
        punten.loc[eigen, "boven"] = -gemiddeld * dispersie * math.log(alfa)


def _gemarkeerd(
    punten: pd.DataFrame, perioden: Sequence[Tijdvak], oordeel: Maandoordeel, tussen: bool
) -> Sequence[bool]:
    """Return which points the verdict is about: those of the period that stands out; a shift marks none."""
    waar = oordeel.oordeel.waar
    if not oordeel.opvallend or oordeel.oordeel.soort != UITSCHIETER or waar is None:
        return [False] * len(punten)
    deze = perioden[waar]
    if tussen:
        return [deze.vanaf <= dag <= deze.tot for dag in punten["vanaf"]]
    return [i == waar for i in range(len(punten))]
