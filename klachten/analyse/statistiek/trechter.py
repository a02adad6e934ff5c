"""A funnel plot of organisations: which one lies outside what chance and the usual differences between them explain.

Each is judged against all others: their joint value, and how far they lie apart. A limit is a count: outside is what
is as rare as the limit says or rarer, on its side. Nothing is interpolated between counts: the line that Spiegelhalter
(2005, A.1.1) draws between two counts leaves out a count that is not that rare.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from . import invoer
from .claims import holm
from .trechterschatting import GROOTSTE_NOEMER, MODELLEN, schat
from .trechterstaart import Staarten

NIVEAUS = (0.95, 0.998)
ALFA = 0.05
MINSTE_ANDEREN = 9
"""From so few on the spread between them can be estimated well enough for 95 %."""
GENOEG_ANDEREN, KLEINSTE_P = 19, 0.005
"""With fewer than so many nothing is said to be rarer than this: the far end of the tail is not known."""


@dataclass(frozen=True, eq=False)
class Trechter:
    """The funnel of some organisations, to judge one by that is not among them.

    `waarde`: their joint value, in which one counts less the further its own differs by more than chance; None without
    data. `tussen`: the standard deviation between organisations beyond chance, on the scale of the value. `reden` says
    in Dutch why there are no limits.
    """

    soort: str
    anderen: int
    waarde: float | None
    tussen: float
    reden: str
    staarten: Staarten | None

    def p(self, teller: int, noemer: float) -> float | None:
        """Return the central p of an organisation: twice the smaller tail. None without limits or with denominator 0.

        With fewer than 19 others not below 0.005. Raises ValueError for a count that cannot be.
        """
        x, n = _eenheid(teller, noemer, self.soort)
        if self.staarten is None or n == 0:
            return None
        # Beyond what is summed, the chances of a smaller denominator hold: that only makes p larger.
        maat = max(1.0, n / GROOTSTE_NOEMER)
        bij = self.staarten.bij(n / maat)
        p = min(1.0, 2 * bij.minstens(math.floor(x / maat)), 2 * bij.hoogstens(math.ceil(x / maat)))
        return p if self.anderen >= GENOEG_ANDEREN else max(p, KLEINSTE_P)

    def grenzen(self, noemer: float, niveau: float = 0.95) -> tuple[float, float] | None:
        """Return the smallest and the largest count that is not outside; None without limits or with denominator 0.

        None too for a level beyond 99.5 % when there are fewer than 19 others.
        Outside is a count of which a tail is at most (1 - niveau) / 2, so of which `p` is at most 1 - niveau.
        """
        n, staart = invoer.blootstelling(noemer, "De noemer"), (1 - invoer.niveau(niveau)) / 2
        te_ver = self.anderen < GENOEG_ANDEREN and 2 * staart < KLEINSTE_P
        if self.staarten is None or n == 0 or te_ver:
            return None
        maat = max(1.0, n / GROOTSTE_NOEMER)
        bij = self.staarten.bij(n / maat)
        onder, boven = _tussen(bij.hoogste, staart, bij.hoogstens, bij.minstens)
        return onder * maat, boven * maat


@dataclass(frozen=True)
class Trechteroordeel:
    """One organisation against all others: its p, and that of Holm over all of them; None where nothing can be said."""

    p: float | None
    p_holm: float | None

    @property
    def opvallend(self) -> bool:
        """Whether it stands out among all that were looked at: of all pictures without any, in at most 5 %."""
        return self.p_holm is not None and self.p_holm <= ALFA

    def buiten(self, niveau: float = 0.95) -> bool:
        """Tell whether it lies outside the limits of this level, looked at by itself: at most 1 - niveau of them do."""
        return self.p is not None and self.p <= 1 - niveau + 1e-12


def trechter(tellers: Sequence[int], noemers: Sequence[float], soort: str = "deel") -> Trechter:
    """Return the funnel of organisations: `tellers` out of `noemers` (soort "deel"), or against an exposure ("aantal").

    Organisations with denominator 0 are left out. Limits are the predictive tails of a next organisation: beta-binomial
    or negative binomial with middle and spread of these (`schat`: robust against a few real outliers), the larger of
    that and of a logit-normal or log-normal spread of the same size; how well the middle is known is in it exactly, how
    well the spread is as a t distribution. Without spread they are Fisher's exact test, or the central test of
    rate_ratio(), against the others together. Fewer than 9: no limits. Raises ValueError for counts that cannot be.
    Source: Spiegelhalter (2005); Higgins, Thompson & Spiegelhalter (2009).
    """
    x, n = _eenheden(tellers, noemers, soort)
    telt = n > 0
    x, n = x[telt], n[telt]
    if len(n) < MINSTE_ANDEREN:
        waarde = float(x.sum() / n.sum()) if len(n) else None
        return Trechter(soort, len(n), waarde, 0.0, te_weinig(len(n)), None)
    model = MODELLEN[soort]
    schatting = schat(model, x, n)
    tussen = model.tussen(schatting.waarde, schatting.spreiding)
    return Trechter(soort, len(n), schatting.waarde, tussen, "", Staarten(model, schatting))


def te_weinig(anderen: int) -> str:
    """Say why so few others give no limits."""
    wat = {0: "Er zijn geen andere organisaties", 1: "Er is één andere organisatie"}.get(
        anderen, f"Er zijn {anderen} andere organisaties"
    )
    return (
        f"{wat} met gegevens. Hoever organisaties gewoonlijk uit elkaar liggen, is pas vanaf {MINSTE_ANDEREN} andere "
        "te schatten; zonder dat is niet te zeggen of een verschil ongewoon is."
    )


def trechteroordelen(
    tellers: Sequence[int], noemers: Sequence[float], soort: str = "deel"
) -> tuple[Trechteroordeel, ...]:
    """Judge each organisation against all others (itself left out), in the order given; Holm over all of them.

    Raises ValueError as trechter() does.
    """
    x, n = _eenheden(tellers, noemers, soort)
    kansen: list[float | None] = []
    for eigen in range(len(x)):
        anderen = np.arange(len(x)) != eigen
        kansen.append(trechter(x[anderen], n[anderen], soort).p(x[eigen], n[eigen]))
    return tuple(Trechteroordeel(*paar) for paar in zip(kansen, holm(kansen).aangepast, strict=True))


def exacte_grenzen(noemer: float, waarde: float, niveau: float = 0.95, soort: str = "deel") -> tuple[int, int]:
    """Return the smallest and the largest count that chance alone puts inside, around a value taken as known.

    Inside is x with P(at most x) and P(at least x) both above (1 - niveau) / 2, by the binomial or the Poisson. Raises
    ValueError for a value that cannot be. Source: Spiegelhalter (2005), the exact limits without interpolation.
    """
    n, staart = invoer.blootstelling(noemer, "De noemer"), (1 - invoer.niveau(niveau)) / 2
    midden = invoer.blootstelling(waarde, "De gezamenlijke waarde")
    if soort not in MODELLEN or (soort == "deel" and midden > 1):
        raise ValueError(f"Een gezamenlijke waarde van {waarde} kan niet bij {soort!r}.")
    k, kansen = MODELLEN[soort].kansen(n, midden, 0.0)
    binnen = k[(np.cumsum(kansen) > staart) & (np.cumsum(kansen[::-1])[::-1] > staart)]
    return int(binnen[0]), int(binnen[-1])


def _tussen(
    hoogste: int, staart: float, hoogstens: Callable[[int], float], minstens: Callable[[int], float]
) -> tuple[int, int]:
    onder = _eerste(0, hoogste, lambda x: hoogstens(x) > staart)
    return onder, _eerste(onder, hoogste + 1, lambda x: minstens(x) <= staart) - 1


def _eerste(laag: int, hoog: int, geldt: Callable[[int], bool]) -> int:
    """Return the first number from `laag` on from which something holds; `hoog` when it holds nowhere before it."""
    while laag < hoog:
        midden = (laag + hoog) // 2
        laag, hoog = (laag, midden) if geldt(midden) else (midden + 1, hoog)
    return laag


def _eenheid(teller: object, noemer: object, soort: str) -> tuple[int, float]:
    if soort not in MODELLEN:
        raise ValueError(f"Kies deel of aantal, niet {soort!r}.")
    if soort == "deel":
        return invoer.deel_van(teller, noemer)
    x, n = invoer.aantal(teller, "Het aantal"), invoer.blootstelling(noemer)
    if n == 0 and x:
        raise ValueError(f"Zonder blootstelling kunnen er geen {x} zijn.")
    return x, n


def _eenheden(tellers: Sequence[int], noemers: Sequence[float], soort: str) -> tuple[np.ndarray, np.ndarray]:
    invoer.zelfde_lengte(len(tellers), len(noemers), "tellers", "noemers")
    paren = [_eenheid(x, n, soort) for x, n in zip(tellers, noemers, strict=True)]
    return np.array([x for x, _ in paren], dtype=int), np.array([n for _, n in paren], dtype=float)
