"""How organisations lie apart: the middle and the spread between them, from counts, when a few real outliers are among
them.

Two models: x out of n is beta-binomial (DEEL), x against an exposure n is negative binomial (AANTAL). Without spread
they are the binomial and the Poisson.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

# A standardised count counts for at most this much: a real outlier then hardly widens the limits of all others.
SNEDE = 2.0
# What that costs: the spread is known as well as from 1 / 1.4 of the organisations, where it would be normal.
VERLIES = 1.4
# From here on the chances of a count, seen as a share, hardly change with the denominator.
GROOTSTE_NOEMER = 50_000
ROOSTER = 12
RONDEN = 40
VER = 15  # standard deviations beyond which no chance is counted


@dataclass(frozen=True)
class Deel:
    """x out of n: beta-binomial, `spreiding` the correlation within an organisation: tau^2 / (middle (1 - middle))."""

    grootste_spreiding = 0.95
    grootste_waarde = 1.0

    def variantie(self, n: np.ndarray, waarde: float, spreiding: float) -> np.ndarray:
        """Return the variance of the counts."""
        return n * waarde * (1 - waarde) * (1 + (n - 1) * spreiding)

    def gevoelig(self, n: np.ndarray, waarde: float, spreiding: float) -> np.ndarray:
        """Return the derivative of the logarithm of the variance to the spread."""
        return (n - 1) / (1 + (n - 1) * spreiding)

    def effectief(self, n: np.ndarray, waarde: float, spreiding: float) -> float:
        """Return of how many independent klachten the middle is as well known as from these."""
        return float(np.sum(n / (1 + (n - 1) * spreiding)))

    def kansen(self, n: float, waarde: float, spreiding: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the counts that can occur and their chances."""
        if not 0 < waarde < 1:
            return np.array([0 if waarde <= 0 else int(n)]), np.ones(1)
        laag, hoog = self._venster(n, waarde, spreiding)
        k = np.arange(laag, hoog)
        # With spread 0 this is the ratio of two binomial chances, and nothing is divided by 0.
        onder = (k + 1) * ((1 - waarde) * (1 - spreiding) + (n - k - 1) * spreiding)
        return np.arange(laag, hoog + 1), _uit_verhoudingen(
            (n - k) * (waarde * (1 - spreiding) + k * spreiding) / onder
        )

    def _venster(self, n: float, waarde: float, spreiding: float) -> tuple[int, int]:
        sd = math.sqrt(float(self.variantie(np.float64(n), waarde, spreiding)))
        return max(0, int(n * waarde - VER * sd) - 5), min(int(n), int(n * waarde + VER * sd) + 25)

    def tussen(self, waarde: float, spreiding: float) -> float:
        """Return the standard deviation between organisations."""
        return math.sqrt(waarde * (1 - waarde) * spreiding)

    def midden_en_spreiding(self, schatting: Schatting, erbij: int) -> tuple[float, float]:
        """Return the middle and the spread for a next organisation, with how well the middle is known in it.

        `erbij` 1 for what is at least so many, 0 for at most: without spread the tails are those of Fisher's exact test
        against the others together (hypergeometric, which is a beta-binomial with one more on the side of the tail).
        """
        midden = (schatting.waarde * schatting.uit + erbij) / (schatting.uit + 1)
        return midden, min(self.grootste_spreiding, 1 / (schatting.uit + 2) + schatting.spreiding)


@dataclass(frozen=True)
class Aantal:
    """x against an exposure n: negative binomial, `spreiding` the squared variation: (tau / middle)^2."""

    grootste_spreiding = 20.0
    grootste_waarde = math.inf

    def variantie(self, n: np.ndarray, waarde: float, spreiding: float) -> np.ndarray:
        """Return the variance of the counts."""
        return n * waarde * (1 + n * waarde * spreiding)

    def gevoelig(self, n: np.ndarray, waarde: float, spreiding: float) -> np.ndarray:
        """Return the derivative of the logarithm of the variance to the spread."""
        return n * waarde / (1 + n * waarde * spreiding)

    def effectief(self, n: np.ndarray, waarde: float, spreiding: float) -> float:
        """Return from how much exposure without spread the middle is as well known as from these."""
        return float(np.sum(n / (1 + n * waarde * spreiding)))

    def kansen(self, n: float, waarde: float, spreiding: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the counts that can occur and their chances."""
        mu = n * waarde
        if mu <= 0:
            return np.zeros(1, dtype=int), np.ones(1)
        sd = math.sqrt(float(self.variantie(np.float64(n), waarde, spreiding)))
        laag, hoog = max(0, int(mu - VER * sd) - 5), int(mu + VER * sd) + 30
        k = np.arange(laag, hoog)
        verhouding = mu * (1 + k * spreiding) / ((k + 1) * (1 + mu * spreiding))
        return np.arange(laag, hoog + 1), _uit_verhoudingen(verhouding)

    def tussen(self, waarde: float, spreiding: float) -> float:
        """Return the standard deviation between organisations."""
        return waarde * math.sqrt(spreiding)

    def midden_en_spreiding(self, schatting: Schatting, erbij: int) -> tuple[float, float]:
        """Return the middle and the spread for a next organisation, with how well the middle is known in it.

        `erbij` 1 for what is at least so many, 0 for at most: without spread the tails are those of a count given its
        sum with the others, as rate_ratio() has them.
        """
        gezien = schatting.waarde * schatting.uit + erbij
        if gezien <= 0:
            return 0.0, 0.0
        return gezien / schatting.uit, min(self.grootste_spreiding, 1 / gezien + schatting.spreiding)


MODELLEN = {"deel": Deel(), "aantal": Aantal()}
Model = Deel | Aantal


def _uit_verhoudingen(verhouding: np.ndarray) -> np.ndarray:
    """Return chances that add up to 1, from the ratio of each to the one before."""
    log = np.concatenate([[0.0], np.cumsum(np.log(verhouding))])
    kansen = np.exp(log - log.max())
    return kansen / kansen.sum()


@dataclass(frozen=True)
class Schatting:
    """The middle and the spread; `uit`: from how much the middle is known; `kennis`: how well the spread is."""

    waarde: float
    spreiding: float
    uit: float
    kennis: float

    def vrijheidsgraden(self, model: Model, n: float) -> float:
        """Return how well the variance of a next count is known, as degrees of freedom (Satterthwaite).

        A small denominator has hardly any of the spread in it; a large one is judged by it alone.
        """
        gevoelig = float(model.gevoelig(np.float64(n), self.waarde, self.spreiding))
        return self.kennis / (VERLIES * gevoelig**2) if gevoelig > 0 else math.inf


def schat(model: Model, x: np.ndarray, n: np.ndarray) -> Schatting:
    """Return the middle and the spread of organisations with counts `x` and denominators `n` (above 0).

    Solved by scoring: sum of (psi - E psi) n / sd = 0 for the middle, sum of g (psi^2 - (1 - h) E psi^2) = 0 for the
    spread, with psi the standardised count cut off at +-2, g the derivative of the log variance, h the weight of an
    organisation in the middle, and E the exact expectation of the model: what is cut off of chance itself is not taken
    for less spread, however few klachten there are.
    Source: Cantoni & Ronchetti (2001); Huber (1981), proposal 2.
    """
    waarde, spreiding = float(x.sum() / n.sum()), 0.0
    if 0 < waarde < model.grootste_waarde:
        waarde, spreiding = _oplossen(model, x.astype(float), n, waarde)
    kennis = float(np.sum(model.gevoelig(n, waarde, spreiding) ** 2))
    return Schatting(waarde, spreiding, model.effectief(n, waarde, spreiding), kennis)


def _oplossen(model: Model, x: np.ndarray, n: np.ndarray, waarde: float) -> tuple[float, float]:
    gevoelig = model.gevoelig(n, waarde, 0.0)
    z2 = np.minimum((x - n * waarde) ** 2 / model.variantie(n, waarde, 0.0), 9.0)
    spreiding = float(np.clip(np.sum(z2 - 1) / max(float(gevoelig.sum()), 1e-12), 0, model.grootste_spreiding))
    for _ in range(RONDEN):
        variantie = model.variantie(n, waarde, spreiding)
        sd = np.sqrt(variantie)
        psi = np.clip((x - n * waarde) / sd, -SNEDE, SNEDE)
        eerste, tweede = _verwacht(model, n, waarde, spreiding)
        gewicht = n * n / variantie
        aandeel = gewicht / gewicht.sum()
        gevoelig = model.gevoelig(n, waarde, spreiding)
        nieuw = waarde + float(np.sum((psi - eerste) * n / sd) / np.sum(tweede * gewicht))
        # Never all the way to 0 or 1 in one step.
        nieuw = min(max(nieuw, waarde / 3), 3 * waarde)
        if model.grootste_waarde == 1:
            nieuw = min(nieuw, 1 - (1 - waarde) / 3)
        scheef, helling = np.sum(gevoelig * (psi**2 - (1 - aandeel) * tweede)), 0.75 * np.sum(gevoelig**2 * tweede)
        breder = spreiding + float(scheef / helling) if helling > 0 else 0.0
        breder = min(max(0.0, breder), model.grootste_spreiding, *([3 * spreiding] if spreiding > 0 else []))
        klaar = abs(nieuw - waarde) < 0.01 / math.sqrt(gewicht.sum())
        klaar &= abs(breder - spreiding) * math.sqrt(np.sum(gevoelig**2) / 2) < 0.03
        waarde, spreiding = nieuw, breder
        if klaar:
            break
    return waarde, spreiding


def _verwacht(model: Model, n: np.ndarray, waarde: float, spreiding: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean of the cut off standardised count and of its square per denominator.

    Both change smoothly with the denominator: summed exactly at a dozen of them, and read off between those.
    """
    plekken = np.unique(np.minimum(n, GROOTSTE_NOEMER))
    if len(plekken) > ROOSTER:
        plekken = np.geomspace(plekken[0], plekken[-1], ROOSTER)
        plekken = np.unique(np.round(plekken)) if isinstance(model, Deel) else plekken
    eerste, tweede = [], []
    for plek in plekken:
        k, kansen = model.kansen(plek, waarde, spreiding)
        sd = math.sqrt(float(model.variantie(plek, waarde, spreiding)))
        z = np.clip((k - plek * waarde) / sd, -SNEDE, SNEDE)
        eerste.append(float(kansen @ z))
        tweede.append(float(kansen @ z**2))
    waar = np.log(np.minimum(n, GROOTSTE_NOEMER))
    return np.interp(waar, np.log(plekken), eerste), np.interp(waar, np.log(plekken), tweede)
