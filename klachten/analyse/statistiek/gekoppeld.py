"""Small cells in tables that share totals: hidden together, so that no table gives away what another hides.

The same protection as onderdrukking.py, over any set of figures and sums instead of one table: an attacker lays all
published tables side by side and solves them as one. Figures that nothing connects are protected apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import invoer
from .celkeuze import kies_extra_cellen
from .onderdrukking import DREMPEL, _grenzen, _is_beschermd


@dataclass(frozen=True, eq=False)
class Gekoppeld:
    """The names of what is hidden, and the audit of that: naam, waarde, laag, hoog, beschermd."""

    verborgen: frozenset[str]
    controle: pd.DataFrame


def onderdruk_gekoppeld(
    waarden: Mapping[str, int],
    sommen: Iterable[Sequence[tuple[str, int]]],
    altijd: Collection[str] = (),
    verberg: Collection[str] = (),
    drempel: int = DREMPEL,
) -> Gekoppeld:
    """Return which figures to hide so that no small one (0 < n < `drempel`) can be computed back from all the others.

    `sommen`: what an attacker knows, each a list of (name, sign) that adds up to 0. `altijd`: totals that are published
    whatever they are. `verberg`: figures that are hidden whatever they are, of tables that are too small to show; of
    these only the totals limit what is known, so they need no bounds. Raises ValueError for an unknown name, an
    impossible count or a sum that does not hold. Source: Hundepool et al. (2012), linked tables.
    """
    namen = list(waarden)
    plek = {naam: i for i, naam in enumerate(namen)}
    waarde = np.array([invoer.aantal(waarden[naam], "Een cel") for naam in namen], dtype=float)
    matrix = _matrix(sommen, plek)
    if len(matrix) and np.any(matrix @ waarde):
        raise ValueError("Een van de sommen klopt niet met de aantallen.")
    onbekend = (set(altijd) | set(verberg)) - set(plek)
    if onbekend:
        raise ValueError(f"Deze aantallen zijn er niet: {', '.join(sorted(onbekend))}.")
    vast = np.array([naam in set(altijd) for naam in namen], dtype=bool)
    klein = np.array([naam in set(verberg) for naam in namen], dtype=bool)
    masker = (((waarde > 0) & (waarde < drempel)) | klein) & ~vast
    for groep in _groepen(matrix, vast):
        if not np.any((masker & ~klein)[groep]):
            continue
        masker = _bescherm(waarde, matrix, masker, groep, vast, klein, drempel)
    rijen = [
        (namen[i], int(waarde[i]), laag, hoog, bool(klein[i]) or _is_beschermd(laag, hoog, drempel))
        for i, (laag, hoog) in _grenzen(waarde, matrix, masker).items()
    ]
    controle = pd.DataFrame(rijen, columns=["naam", "waarde", "laag", "hoog", "beschermd"])
    return Gekoppeld(frozenset(naam for naam, weg in zip(namen, masker, strict=True) if weg), controle)


def _matrix(sommen: Iterable[Sequence[tuple[str, int]]], plek: Mapping[str, int]) -> np.ndarray:
    regels = []
    for som in sommen:
        regel = np.zeros(len(plek))
        for naam, teken in som:
            if naam not in plek:
                raise ValueError(f"Dit aantal is er niet: {naam}.")
            regel[plek[naam]] += teken
        regels.append(regel)
    return np.array(regels) if regels else np.zeros((0, len(plek)))


def _groepen(matrix: np.ndarray, vast: np.ndarray) -> list[np.ndarray]:
    """Return the figures that sums connect; what is always published connects nothing."""
    groep = np.arange(matrix.shape[1])
    for regel in matrix:
        leden = np.flatnonzero((regel != 0) & ~vast)
        if len(leden):
            groep[np.isin(groep, groep[leden])] = groep[leden].min()
    return [np.flatnonzero((groep == nr) & ~vast) for nr in np.unique(groep[~vast])]


def _bescherm(
    waarde: np.ndarray,
    matrix: np.ndarray,
    masker: np.ndarray,
    groep: np.ndarray,
    vast: np.ndarray,
    klein: np.ndarray,
    drempel: int,
) -> np.ndarray:
    """Return the mask with enough hidden in one group: the fewest figures, or all of them when nothing less will do."""
    # The last figure of a program is its total and never hidden: here one that takes part in nothing.
    deel = np.hstack([matrix[:, groep], np.zeros((len(matrix), 1))])
    deel = deel[np.any(deel, axis=1)] if len(deel) else deel
    eigen = np.append(waarde[groep], waarde[groep].sum())
    while True:
        grenzen = _grenzen(waarde, matrix, _alleen(masker, groep))
        zwak = [i for i, (laag, hoog) in grenzen.items() if not klein[i] and not _is_beschermd(laag, hoog, drempel)]
        if not zwak:
            return masker
        doelen = np.append((masker & ~klein)[groep], False)
        doelen[:-1] |= np.isin(groep, zwak)
        keuze = kies_extra_cellen(eigen, deel, doelen, np.zeros(len(eigen), dtype=bool), drempel)
        nieuw = masker.copy()
        nieuw[groep] |= True if keuze is None else keuze[:-1]
        if np.array_equal(nieuw, masker):
            # Nothing left to hide that helps: the whole group goes, and the audit says what that leaves known.
            nieuw[groep] = True
            if np.array_equal(nieuw, masker):
                return masker
        masker = nieuw


def _alleen(masker: np.ndarray, groep: np.ndarray) -> np.ndarray:
    """Return the hidden figures of one group; no sum connects them to hidden ones of another."""
    uit = np.zeros_like(masker)
    uit[groep] = masker[groep]
    return uit
