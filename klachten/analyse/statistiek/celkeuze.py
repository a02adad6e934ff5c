"""Which further figures to hide so that small ones cannot be computed back: the cell suppression problem.

For every figure p to protect there must be two other tables with the same published figures, in which p lies at least
`drempel` apart, or of which one has 0 for p and the other at least `drempel` - 1. That is linear in the deviations
from the true table, and a figure can only deviate when it is hidden: a mixed-integer program. One unit of deviation
of p runs through any other figure at most once, so deviations up to `drempel` are enough.
"""

from __future__ import annotations

import numpy as np
import scipy

# Above this many deviations in one program the figures are protected one by one (and more may be hidden than needed).
GROOTSTE_PROGRAMMA = 1500
# A limit in nodes, not in seconds: the same table gives the same answer on every machine.
KNOPEN = 500


def kies_extra_cellen(
    waarde: np.ndarray, sommen: np.ndarray, te_beschermen: np.ndarray, is_totaal: np.ndarray, drempel: int
) -> np.ndarray | None:
    """Return which figures to hide (bool, one per figure), or None when no choice protects them all.

    `waarde`: the figures, the grand total last (never hidden). `sommen`: one row per sum that an attacker knows,
    parts +1 and total -1. Fewest figures first, then the smallest; totals only when nothing else will do.
    """
    # A total costs more than all cells together; the share of the value only decides between equal numbers.
    prijs = np.where(is_totaal, waarde.size, 1) + waarde / (1 + waarde.sum()) / waarde.size
    doelen = np.flatnonzero(te_beschermen)
    if len(doelen) * waarde.size <= GROOTSTE_PROGRAMMA:
        keuze = _los_op(waarde, sommen, te_beschermen, doelen, prijs, drempel)
        if keuze is not None:
            return keuze
    verborgen = te_beschermen.copy()
    for doel in doelen:
        keuze = _los_op(waarde, sommen, verborgen, np.array([doel]), prijs, drempel)
        if keuze is None:
            return None
        verborgen = keuze
    return verborgen


def _los_op(
    waarde: np.ndarray,
    sommen: np.ndarray,
    verborgen: np.ndarray,
    doelen: np.ndarray,
    prijs: np.ndarray,
    drempel: int,
) -> np.ndarray | None:
    """Return the cheapest set of hidden figures that holds `verborgen` and protects `doelen`; None when there is none.

    Variables: hidden (n), covers-from-0 (one per target), then per target the deviations of a table in which it is
    high (n) and of one in which it is low (n).
    """
    n, m = waarde.size, len(doelen)
    breedte = n + m + 2 * m * n
    eenheid = scipy.sparse.identity(n, format="csr")
    hoogstens = drempel * eenheid
    minstens = scipy.sparse.diags(np.minimum(waarde, drempel).astype(float))
    voorwaarden, eis = [], scipy.optimize.LinearConstraint
    for nummer, doel in enumerate(doelen):
        hoog, laag = n + m + 2 * nummer * n, n + m + (2 * nummer + 1) * n
        for begin in (hoog, laag):
            voorwaarden += [
                eis(_plaats(sommen, begin, breedte), 0, 0),
                eis(_plaats(eenheid, begin, breedte) - _plaats(hoogstens, 0, breedte), -np.inf, 0),
                eis(_plaats(eenheid, begin, breedte) + _plaats(minstens, 0, breedte), 0, np.inf),
            ]
        uiteen = np.zeros((2, breedte))
        uiteen[0, [hoog + doel, laag + doel, n + nummer]] = 1, -1, 1
        uiteen[1, [laag + doel, n + nummer]] = 1, waarde[doel]
        voorwaarden.append(eis(uiteen, [drempel, -np.inf], [np.inf, 0]))
    onder, boven = np.full(breedte, -float(drempel)), np.full(breedte, float(drempel))
    onder[: n + m], boven[: n + m] = 0, 1
    onder[:n][verborgen] = 1
    boven[n - 1] = 0
    # Covering from 0 asks a deviation of the whole value, which the bound on deviations only allows for small ones.
    boven[n : n + m] = waarde[doelen] <= drempel
    kosten = np.concatenate([prijs, np.zeros(breedte - n)])
    geheel = np.concatenate([np.ones(n + m), np.zeros(breedte - n - m)])
    grenzen = scipy.optimize.Bounds(onder, boven)
    uitkomst = scipy.optimize.milp(
        kosten, constraints=voorwaarden, bounds=grenzen, integrality=geheel, options={"node_limit": KNOPEN}
    )
    return None if uitkomst.x is None else uitkomst.x[:n] > 0.5


def _plaats(blok: np.ndarray | scipy.sparse.spmatrix, begin: int, breedte: int) -> scipy.sparse.csr_matrix:
    """Return a block of coefficients in its columns of the whole program."""
    blok = scipy.sparse.csr_matrix(blok)
    links = scipy.sparse.csr_matrix((blok.shape[0], begin))
    rechts = scipy.sparse.csr_matrix((blok.shape[0], breedte - begin - blok.shape[1]))
    return scipy.sparse.hstack([links, blok, rechts], format="csr")
