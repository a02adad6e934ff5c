"""A trend over years: Poisson regression against exposure, claimed only when it also holds with overdispersion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import invoer, verdelingen
from .looptijden import AFRONDING

MINIMAAL_JAREN = 3


@dataclass(frozen=True)
class PoissonTrend:
    """Change of the log rate per year; estimates are None when there is no klacht at all.

    When all klachten fall in the first (last) year, the slope is -inf (inf) and has no standard error. `dispersie`:
    pearson_chi2 / vrijheidsgraden, and `p_quasi` the p that takes it into account; both None without a residual degree
    of freedom. `jaren`: the number of different years.
    """

    log_rr: float | None
    se: float | None
    p_wald: float | None
    pearson_chi2: float | None
    vrijheidsgraden: int
    rr: float | None
    laag: float | None
    hoog: float | None
    niveau: float
    dispersie: float | None = None
    p_quasi: float | None = None
    jaren: int = 0

    @property
    def p(self) -> float | None:
        """The larger of both p-values: what a claim has to pass; None with fewer than three years."""
        if self.jaren < MINIMAAL_JAREN or self.p_wald is None or self.p_quasi is None:
            return None
        return max(self.p_wald, self.p_quasi)

    @property
    def geclaimd(self) -> bool:
        """Whether there are three years or more and both p-values are at most 1 - niveau (0.05)."""
        return self.p is not None and self.p <= 1 - self.niveau + AFRONDING

    @property
    def zin(self) -> str:
        """The trend as a Dutch sentence, which claims nothing unless `geclaimd`."""
        if self.jaren < MINIMAAL_JAREN:
            return "Over een trend is pas iets te zeggen als er drie jaren zijn."
        if self.rr is None:
            return f"In deze {self.jaren} jaar is er geen enkele klacht, dus over een trend is niets te zeggen."
        if not self.geclaimd:
            return f"Over {self.jaren} jaar is per traject geen stijging of daling te zien die meer is dan toeval."
        hoeveel = f"{abs(1 - self.rr) * 100:.0f}% {'minder' if self.rr < 1 else 'meer'}"
        return f"Over {self.jaren} jaar komen er per traject elk jaar ongeveer {hoeveel} klachten: meer dan toeval."


def poisson_trend(
    jaren: Sequence[float], aantallen: Sequence[int], blootstellingen: Sequence[float], niveau: float = 0.95
) -> PoissonTrend:
    """Return the yearly rate ratio of a Poisson regression with offset ln(blootstelling).

    One count and one exposure above 0 per year. The intercept is profiled out, which leaves one equation in the slope:
    the mean year under the fitted counts equals the mean year of the klachten; solved by Newton's method.
    p_wald is Wald's; pearson_chi2 far above its `vrijheidsgraden` shows more variation than chance gives, and p_quasi
    (quasi-Poisson) takes that into account: (slope / se)^2 / dispersie is F on 1 and `vrijheidsgraden`.
    Raises ValueError for fewer than two different years or unequal lengths. Source: McCullagh & Nelder (1989).
    """
    jaar = np.array(invoer.getallen(jaren, "Een jaar"))
    x = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    invoer.zelfde_lengte(len(jaar), len(x), "jaren", "aantallen")
    t = np.array(invoer.blootstellingen(blootstellingen, len(x)))
    z = invoer.z_waarde(niveau)
    verschillend = len(np.unique(jaar))
    if verschillend < 2:
        raise ValueError("Voor een trend zijn ten minste twee verschillende jaren nodig.")
    vrijheidsgraden, n = len(x) - 2, x.sum()
    if n == 0:
        return PoissonTrend(None, None, None, None, vrijheidsgraden, None, None, None, niveau, jaren=verschillend)
    for uiterste, teken in ((jaar.min(), -math.inf), (jaar.max(), math.inf)):
        if x[jaar != uiterste].sum() == 0:
            rr = 0.0 if teken < 0 else math.inf
            return PoissonTrend(teken, None, None, None, vrijheidsgraden, rr, None, None, niveau, jaren=verschillend)
    afstand = jaar - jaar.mean()
    helling, gewicht = _los_helling_op(afstand, x, t)
    variantie = float(gewicht @ (afstand - gewicht @ afstand) ** 2)
    se = 1 / math.sqrt(n * variantie)
    chi2 = float((((x - n * gewicht) ** 2) / (n * gewicht)).sum())
    dispersie = chi2 / vrijheidsgraden if vrijheidsgraden else None
    return PoissonTrend(
        log_rr=helling,
        se=se,
        p_wald=2 * verdelingen.normaal_sf(abs(helling / se)),
        pearson_chi2=chi2,
        vrijheidsgraden=vrijheidsgraden,
        rr=math.exp(helling),
        laag=math.exp(helling - z * se),
        hoog=math.exp(helling + z * se),
        niveau=niveau,
        dispersie=dispersie,
        p_quasi=None if dispersie is None else _quasi_p(helling / se, dispersie, vrijheidsgraden),
        jaren=verschillend,
    )


def _quasi_p(z: float, dispersie: float, vrijheidsgraden: int) -> float:
    """Return the p of F = z^2 / dispersie; 1 when there is no slope, even where there is no dispersion either."""
    if abs(z) <= AFRONDING:
        return 1.0
    return verdelingen.f_sf(z * z / dispersie, 1, vrijheidsgraden) if dispersie > 0 else 0.0


def _los_helling_op(afstand: np.ndarray, x: np.ndarray, t: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the slope b at which `afstand`, weighted by t * exp(b * afstand), has the mean of x; and those weights."""
    doel, helling = float(x @ afstand / x.sum()), 0.0

    def gewichten(b: float) -> np.ndarray:
        log_gewicht = np.log(t) + b * afstand
        los = np.exp(log_gewicht - log_gewicht.max())
        return los / los.sum()

    gewicht = gewichten(helling)
    for _ in range(200):
        fout = doel - float(gewicht @ afstand)
        stap = fout / float(gewicht @ (afstand - gewicht @ afstand) ** 2)
        # The mean rises with the slope, so a step that overshoots the target further than it was away is halved.
        while abs(doel - float(gewichten(helling + stap) @ afstand)) > abs(fout):
            stap /= 2
            if abs(stap) < 1e-15:
                break
        helling += stap
        gewicht = gewichten(helling)
        if abs(stap) <= 1e-13 * max(1.0, abs(helling)):
            break
    return helling, gewicht
