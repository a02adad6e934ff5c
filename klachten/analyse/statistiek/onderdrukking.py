"""Small cells: what leaves the directie hides 0 < n < 5, and enough beside it that nothing can be computed back.

A table with its row totals, column totals and grand total is published with some figures hidden. An attacker knows the
published figures and that no count is negative; controleer_onderdrukking() solves, by linear program, between which
bounds each hidden figure must lie. Protected are bounds at least 5 wide, or that cover 0 to 4. Totals that are
themselves small are hidden too. One table at a time: tables that share totals must be hidden together by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from . import invoer
from .celkeuze import kies_extra_cellen

DREMPEL = 5
MINIMUM_TOTAAL = 10
TOTAAL = "totaal"


@dataclass(frozen=True, eq=False)
class Onderdrukking:
    """What may be published of a table.

    `gepubliceerd`: the table with its totals (row and column "totaal"), hidden figures are pd.NA. `primair` (small) and
    `secundair` (hidden to protect those): bool tables of the same shape. `controle`: the audit, see
    controleer_onderdrukking(). `alleen_totaal`: nothing but the grand total may be shown. `zin` says in Dutch what was
    done.
    """

    gepubliceerd: pd.DataFrame
    primair: pd.DataFrame
    secundair: pd.DataFrame
    controle: pd.DataFrame
    alleen_totaal: bool
    totaal: int
    zin: str

    @property
    def verborgen(self) -> pd.DataFrame:
        """The hidden figures: primary and secondary together."""
        return self.primair | self.secundair

    def verberg(self, afgeleid: pd.DataFrame) -> pd.DataFrame:
        """Return percentages, means or medians of the same rows and columns with those of hidden figures hidden.

        Raises ValueError for a row or column that the table does not have.
        """
        verborgen = self.verborgen
        onbekend = [rij for rij in afgeleid.index if rij not in verborgen.index]
        onbekend += [kolom for kolom in afgeleid.columns if kolom not in verborgen.columns]
        if onbekend:
            raise ValueError(f"Deze rijen of kolommen staan niet in de tabel: {', '.join(map(str, onbekend))}.")
        return afgeleid.astype(object).mask(verborgen.loc[afgeleid.index, afgeleid.columns], pd.NA)


def _lees_tabel(tabel: pd.DataFrame | Sequence[Sequence[int]]) -> pd.DataFrame:
    """Return the counts as a DataFrame of int, or raise ValueError."""
    kader = tabel if isinstance(tabel, pd.DataFrame) else pd.DataFrame(list(tabel))
    if kader.empty:
        raise ValueError("De tabel heeft geen cellen.")
    if TOTAAL in kader.index or TOTAAL in kader.columns:
        raise ValueError("Geef de tabel zonder totalen: die worden hier zelf gemaakt.")
    if not kader.index.is_unique or not kader.columns.is_unique:
        raise ValueError("Elke rij en elke kolom moet een eigen naam hebben.")
    cellen = [[invoer.aantal(waarde, "Een cel") for waarde in rij] for rij in kader.itertuples(index=False)]
    return pd.DataFrame(cellen, index=kader.index, columns=kader.columns, dtype=int)


def _met_totalen(kader: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its totals; one row or one column gets only the grand total."""
    uit = kader.copy()
    if kader.shape[1] > 1:
        uit[TOTAAL] = kader.sum(axis=1)
    if kader.shape[0] > 1:
        uit.loc[TOTAAL] = uit.sum(axis=0)
    return uit


def _sommen(kader: pd.DataFrame, vol: pd.DataFrame) -> np.ndarray:
    """Return one row per sum in the table with totals, over its figures row by row: parts +1, their total -1."""
    nummer = np.arange(vol.size).reshape(vol.shape)
    sommen = [*nummer] if kader.shape[1] > 1 else []
    if kader.shape[0] > 1:
        sommen += [*nummer.T]
    matrix = np.zeros((len(sommen), vol.size))
    for regel, plaatsen in enumerate(sommen):
        matrix[regel, plaatsen[:-1]] = 1
        matrix[regel, plaatsen[-1]] = -1
    return matrix


def _grenzen(waarde: np.ndarray, matrix: np.ndarray, verborgen: np.ndarray) -> dict[int, tuple[float, float]]:
    """Return for each hidden figure the smallest and largest value that the published ones allow (linear program)."""
    plaatsen = np.flatnonzero(verborgen)
    if len(plaatsen) == 0:
        return {}
    a, b = matrix[:, plaatsen], -matrix[:, ~verborgen] @ waarde[~verborgen]
    bruikbaar = a.any(axis=1)
    a, b = a[bruikbaar], b[bruikbaar]
    uit = {}
    for nummer, plaats in enumerate(plaatsen):
        richting = np.zeros(len(plaatsen))
        richting[nummer] = 1
        laag = scipy.optimize.linprog(richting, A_eq=a, b_eq=b, bounds=(0, None), method="highs")
        hoog = scipy.optimize.linprog(-richting, A_eq=a, b_eq=b, bounds=(0, None), method="highs")
        # Status 3: unbounded. Counts are whole and so are the corners of these programs: rounding removes only noise.
        boven = float("inf") if hoog.status == 3 else round(-hoog.fun, 6)
        uit[int(plaats)] = (round(laag.fun, 6) + 0.0, boven)
    return uit


def _is_beschermd(laag: float, hoog: float, drempel: int) -> bool:
    return hoog - laag >= drempel or (laag <= 0 and hoog >= drempel - 1)


def controleer_onderdrukking(
    tabel: pd.DataFrame | Sequence[Sequence[int]],
    verborgen: pd.DataFrame | Sequence[Sequence[bool]],
    drempel: int = DREMPEL,
) -> pd.DataFrame:
    """Return what an attacker can solve: one row per hidden figure with rij, kolom, waarde, laag, hoog, beschermd.

    `verborgen`: True where hidden, in the shape of the table (all totals published) or of the table with its totals.
    Raises ValueError for another shape. Source: Hundepool et al. (2012), feasibility interval by linear programming.
    """
    kader = _lees_tabel(tabel)
    vol = _met_totalen(kader)
    masker = np.zeros(vol.shape, dtype=bool)
    gegeven = np.array(verborgen, dtype=bool)
    if gegeven.shape not in (kader.shape, vol.shape):
        raise ValueError(f"De tabel is {kader.shape}, wat verborgen is heeft een andere vorm: {gegeven.shape}.")
    masker[: gegeven.shape[0], : gegeven.shape[1]] = gegeven
    return _controle(vol, masker, _sommen(kader, vol), drempel)


def _controle(vol: pd.DataFrame, masker: np.ndarray, matrix: np.ndarray, drempel: int) -> pd.DataFrame:
    waarde = vol.to_numpy().ravel()
    rijen = []
    for plaats, (laag, hoog) in _grenzen(waarde, matrix, masker.ravel()).items():
        i, j = divmod(plaats, vol.shape[1])
        beschermd = _is_beschermd(laag, hoog, drempel)
        rijen.append((vol.index[i], vol.columns[j], int(waarde[plaats]), laag, hoog, beschermd))
    return pd.DataFrame(rijen, columns=["rij", "kolom", "waarde", "laag", "hoog", "beschermd"])


def onderdruk(
    tabel: pd.DataFrame | Sequence[Sequence[int]],
    drempel: int = DREMPEL,
    minimum_totaal: int = MINIMUM_TOTAAL,
    gevoelige_kolommen: Iterable[object] = (),
) -> Onderdrukking:
    """Return a table of counts as it may leave the directie: small figures hidden, and as few others as protect them.

    Hidden are 0 < n < `drempel`, in `gevoelige_kolommen` also n = 0; further figures by mixed-integer program, totals
    only when nothing else will do. A total under `minimum_totaal`, or a table that cannot be protected, shows only its
    total. Every result has passed the audit. Raises ValueError for a table without cells or with impossible counts.
    Source: Fischetti & Salazar (2001); Hundepool et al. (2012).
    """
    kader = _lees_tabel(tabel)
    vol = _met_totalen(kader)
    waarde = vol.to_numpy()
    totaal = int(kader.to_numpy().sum())
    gevoelig = np.isin(vol.columns.to_numpy(), list(gevoelige_kolommen))
    primair = ((waarde > 0) & (waarde < drempel)) | ((waarde == 0) & gevoelig[None, :])
    primair[-1, -1] = False  # the grand total is always shown
    if totaal < minimum_totaal:
        zin = f"Het totaal is kleiner dan {minimum_totaal}: alleen het totaal wordt getoond."
        return _alleen_totaal(vol, totaal, zin)
    matrix = _sommen(kader, vol)
    masker = _bescherm(vol, primair, matrix, drempel)
    if masker is None:
        return _alleen_totaal(vol, totaal, "Deze tabel is niet te beschermen: alleen het totaal wordt getoond.")
    controle = _controle(vol, masker, matrix, drempel)
    gepubliceerd = vol.astype("Int64").mask(masker)
    als_tabel = [pd.DataFrame(deel, index=vol.index, columns=vol.columns) for deel in (primair, masker & ~primair)]
    zin = "Er zijn geen kleine aantallen verborgen."
    if masker.any():
        extra = int((masker & ~primair).sum())
        klein = int(primair.sum())
        zin = f"Verborgen: {klein} {'klein aantal' if klein == 1 else 'kleine aantallen'} (minder dan {drempel})"
        zin += f" en {extra} andere, zodat niets is terug te rekenen." if extra else "."
    return Onderdrukking(gepubliceerd, *als_tabel, controle, False, totaal, zin)


def _bescherm(vol: pd.DataFrame, primair: np.ndarray, matrix: np.ndarray, drempel: int) -> np.ndarray | None:
    """Return which figures to hide so that every hidden one passes the audit; None when that cannot be done."""
    is_totaal = np.zeros(vol.shape, dtype=bool)
    is_totaal[-1, :], is_totaal[:, -1] = vol.index[-1] == TOTAAL, vol.columns[-1] == TOTAAL
    waarde, masker = vol.to_numpy().ravel(), primair.ravel()
    te_beschermen = masker.copy()
    while True:
        grenzen = _grenzen(waarde, matrix, masker)
        zwak = [plaats for plaats, (laag, hoog) in grenzen.items() if not _is_beschermd(laag, hoog, drempel)]
        if not zwak:
            return masker.reshape(vol.shape)
        # A figure hidden only to protect another must not be solvable either, so it becomes one to protect.
        te_beschermen[zwak] = True
        masker = kies_extra_cellen(waarde, matrix, te_beschermen, is_totaal.ravel(), drempel)
        if masker is None:
            return None


def _alleen_totaal(vol: pd.DataFrame, totaal: int, zin: str) -> Onderdrukking:
    primair = pd.DataFrame(True, index=vol.index, columns=vol.columns)
    primair.iloc[-1, -1] = False
    leeg = pd.DataFrame(False, index=vol.index, columns=vol.columns)
    controle = pd.DataFrame(columns=["rij", "kolom", "waarde", "laag", "hoog", "beschermd"])
    return Onderdrukking(vol.astype("Int64").mask(primair), primair, leeg, controle, True, totaal, zin)
