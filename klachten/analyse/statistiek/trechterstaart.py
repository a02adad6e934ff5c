"""The tails of a next organisation in a funnel: how rare so many klachten are, given how the others lie apart."""

from __future__ import annotations

import math

import numpy as np
import scipy

from .trechterschatting import Aantal, Deel, Model, Schatting

# Where a normal spread is summed, in standard deviations.
PLEKKEN = np.linspace(-8, 8, 161)
GEWICHT = np.exp(-(PLEKKEN**2) / 2) / np.exp(-(PLEKKEN**2) / 2).sum()


class Staarten:
    """The tails by the others of a funnel, for any denominator."""

    def __init__(self, model: Model, schatting: Schatting) -> None:
        """Prepare what does not depend on the denominator."""
        self.model, self.schatting = model, schatting
        self.scheef = {
            erbij: scheve_waarden(model, *model.midden_en_spreiding(schatting, erbij)) for erbij in (0, 1)
        } if schatting.spreiding > 0 else {}  # fmt: skip

    def bij(self, n: float) -> Noemer:
        """Return the tails with a denominator."""
        return Noemer(self, n)


class Noemer:
    """The tails with one denominator; `hoogste` is the largest count that is looked at."""

    def __init__(self, staarten: Staarten, n: float) -> None:
        """Sum the chances of every count."""
        self.n, self.staarten = n, staarten
        model, schatting = staarten.model, staarten.schatting
        self.graden = schatting.vrijheidsgraden(model, n)
        k, kansen = model.kansen(n, *model.midden_en_spreiding(schatting, 1))
        self._boven = int(k[0]), np.cumsum(kansen[::-1])[::-1]
        k, kansen = model.kansen(n, *model.midden_en_spreiding(schatting, 0))
        self._onder = int(k[0]), np.cumsum(kansen)
        self.hoogste = int(n) if isinstance(model, Deel) else self._boven[0] + len(self._boven[1]) - 1

    def minstens(self, x: int) -> float:
        """Return how often chance and the usual differences give at least so many."""
        eerste, rij = self._boven
        plek = x - eerste
        kans = 1.0 if plek <= 0 else float(rij[plek]) if plek < len(rij) else 0.0
        if x > 0 and self.staarten.scheef:
            kans = max(kans, self._scheef(x, 1))
        return self._met_onzekerheid(kans)

    def hoogstens(self, x: int) -> float:
        """Return how often chance and the usual differences give at most so many."""
        eerste, rij = self._onder
        plek = x - eerste
        kans = 0.0 if plek < 0 else float(rij[plek]) if plek < len(rij) else 1.0
        if self.staarten.scheef:
            kans = max(kans, self._scheef(x, 0))
        return self._met_onzekerheid(kans)

    def _scheef(self, x: int, erbij: int) -> float:
        waarden = self.staarten.scheef[erbij]
        if isinstance(self.staarten.model, Aantal):
            mu = self.n * waarden
            kans = scipy.special.pdtrc(x - 1, mu) if erbij else scipy.special.pdtr(x, mu)
        else:
            n = int(self.n)
            kans = scipy.special.bdtrc(x - 1, n, waarden) if erbij else scipy.special.bdtr(min(x, n), n, waarden)
        return float(kans @ GEWICHT)

    def _met_onzekerheid(self, kans: float) -> float:
        """Return a tail with what is not known of the spread: that of a t instead of a normal distribution."""
        if not 0 < kans < 0.5 or math.isinf(self.graden):
            return min(1.0, kans)
        return float(scipy.special.stdtr(self.graden, scipy.special.ndtri(kans)))


def scheve_waarden(model: Model, midden: float, spreiding: float) -> np.ndarray:
    """Return the values at PLEKKEN of a log-normal (or logit-normal) spread with this mean and this size.

    Organisations that differ by factors lie further out at one end than the model of the estimate has it.
    """
    if isinstance(model, Aantal):
        breedte = math.sqrt(math.log1p(spreiding))
        return midden * np.exp(breedte * PLEKKEN - breedte**2 / 2)

    def waarden(breedte: float) -> np.ndarray:
        # By Newton from the probit approximation: a logit-normal mean has no closed form.
        plek = float(scipy.special.logit(midden)) * math.sqrt(1 + math.pi * breedte**2 / 8)
        for _ in range(8):
            reeks = scipy.special.expit(plek + breedte * PLEKKEN)
            stap = float((reeks @ GEWICHT - midden) / (reeks * (1 - reeks) @ GEWICHT))
            plek -= min(max(stap, -1 - breedte), 1 + breedte)
        return scipy.special.expit(plek + breedte * PLEKKEN)

    def te_breed(breedte: float) -> float:
        return float((waarden(breedte) - midden) ** 2 @ GEWICHT) - midden * (1 - midden) * spreiding

    smalst, breedst = 1e-4, 10.0
    if te_breed(breedst) <= 0:
        return waarden(breedst)
    return waarden(scipy.optimize.brentq(te_breed, smalst, breedst, xtol=1e-4) if te_breed(smalst) < 0 else smalst)
