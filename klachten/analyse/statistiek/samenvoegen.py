"""Small organisations beside each other: put together in groups, so that none is seen by itself or computed back.

A point in a chart gives its counts away, and hiding only the small ones leaves the others' sum as a way to them. So
small ones are shown as groups of which the sums are given: microaggregation, nearest in size together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import invoer
from .onderdrukking import DREMPEL, MINIMUM_TOTAAL

MINSTE_LEDEN = 3
"""With two, each of them knows the other."""


def voeg_samen(
    cellen: Sequence[Sequence[int]], grootte: Sequence[float], drempel: int = DREMPEL, minimum: int = MINIMUM_TOTAAL
) -> tuple[tuple[int, ...], ...] | None:
    """Return which organisations are shown together, as groups of positions; a group of one is shown as it is.

    `cellen`: the counts of each that together are its total ((op tijd, te laat), or one count). Small is one with a
    count 0 < n < `drempel`, or with more counts and a total under `minimum`. A group of small ones, in order of
    `grootte`, has at least 3 members and of each count a sum that is 0 or at least `drempel`, and without its largest
    member 0 or at least `drempel` - 1: neither a reader nor a member can tell a hidden count other than as 0 to 4, or
    wider. Others are taken into a group where it needs them, the smallest first. None when nothing may be shown apart
    from the total. Raises ValueError for counts that cannot be.
    Source: Hundepool et al. (2012), microaggregation with a minimum frequency and dominance; the rule of onderdruk().
    """
    invoer.zelfde_lengte(len(cellen), len(grootte), "organisaties", "groottes")
    tellen = np.array([[invoer.aantal(n, "Een cel") for n in rij] for rij in cellen], dtype=int)
    if not len(tellen):
        return ()
    klein = ((tellen > 0) & (tellen < drempel)).any(axis=1)
    if tellen.shape[1] > 1:
        klein |= tellen.sum(axis=1) < minimum
    volgorde = sorted(range(len(tellen)), key=lambda i: (grootte[i], i))
    groepen: list[list[int]] = []
    over: list[int] = []
    for i in (i for i in volgorde if klein[i]):
        over.append(i)
        if _kan(tellen[over], drempel, minimum):
            groepen.append(over)
            over = []
    los = [i for i in volgorde if not klein[i]]
    while over and not _kan(tellen[over], drempel, minimum):
        if groepen:
            over = groepen.pop() + over
        elif los:
            over.append(los.pop(0))
        else:
            return None
    return tuple(tuple(groep) for groep in [*([i] for i in los), *groepen, *([over] if over else [])])


def _kan(tellen: np.ndarray, drempel: int, minimum: int) -> bool:
    som, rest = tellen.sum(axis=0), tellen.sum(axis=0) - tellen.max(axis=0)
    genoeg = ((som == 0) | (som >= drempel)).all() and ((rest == 0) | (rest >= drempel - 1)).all()
    return bool(len(tellen) >= MINSTE_LEDEN and genoeg and (tellen.shape[1] == 1 or som.sum() >= minimum))
