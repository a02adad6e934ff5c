"""How often a stable organisation reads at least one claim of change in a year's report, simulated.

As simulatie_kop: a function returns a title and a table. The family is what the report compares: year on year, every
category, the trend over five years, and the picture of the last 36 months.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klachten.analyse import statistiek
from klachten.meting.simulatie_kop import Rijen

TRAJECTEN = (100.0, 110.0, 95.0, 105.0, 100.0)
AANDELEN = np.array([0.25, 0.18, 0.14, 0.11, 0.09, 0.07, 0.06, 0.05, 0.03, 0.02])
JAREN, MAANDEN, IN_BEELD, ALFA = len(TRAJECTEN), 12, 36, 0.05
# How many times the Poisson variance, and whether the klachten that come together are of one category.
SPREIDINGEN = ((1, False), (2, False), (2, True))


def claims_van_een_stabiel_jaar(
    herhalingen: int = 400, *, per_maand: Sequence[float] = (0.5, 1.25, 2, 4, 8, 20), zaad: int = 3
) -> tuple[str, Rijen]:
    """Return the share of year reports with at least one claim, as one family and as each comparison by itself.

    The last column is the power: the last year twice as high, and any claim made.
    """
    random, rijen = np.random.default_rng(zaad), []
    for gemiddeld in per_maand:
        for spreiding, per_soort in SPREIDINGEN:
            stabiel = [_toets(_trek(gemiddeld, spreiding, per_soort, 1, random)) for _ in range(herhalingen)]
            dubbel = [_toets(_trek(gemiddeld, spreiding, per_soort, 2, random)) for _ in range(herhalingen)]
            delen = [round(100 * float(deel), 1) for deel in np.mean(stabiel, axis=0)]
            rijen.append(
                {
                    "klachten per maand": gemiddeld,
                    "variantie / gemiddelde": spreiding,
                    "samen in één categorie": "ja" if per_soort else "nee",
                    "als familie: claim, %": delen[0],
                    "los getoetst: claim, %": delen[1],
                    "verdubbeld jaar: claim, %": round(100 * float(np.mean(dubbel, axis=0)[0]), 1),
                }
            )
    return "Een stabiele organisatie leest in een jaarverslag dat er iets is veranderd", rijen


def _trek(gemiddeld: float, spreiding: int, per_soort: bool, laatste: float, random: np.random.Generator) -> np.ndarray:
    """Return klachten per month and category, five years; the level of the last year is `laatste` times the others'."""
    verwacht = np.repeat(np.array(TRAJECTEN) / 100, MAANDEN) * gemiddeld
    verwacht[-MAANDEN:] *= laatste

    def aantal(mu: np.ndarray) -> np.ndarray:
        return random.poisson(mu) if spreiding == 1 else random.negative_binomial(mu / (spreiding - 1), 1 / spreiding)

    if per_soort:
        return aantal(verwacht[:, None] * AANDELEN)
    return random.multinomial(aantal(verwacht), AANDELEN)


def _toets(per_maand: np.ndarray) -> tuple[bool, bool]:
    """Return whether the report makes any claim: as one family with dispersion, and each p by itself without."""
    maanden = per_maand.sum(axis=1)
    per_jaar = per_maand.reshape(JAREN, MAANDEN, -1).sum(axis=1)
    dispersie = statistiek.dispersie_van_reeks(maanden.tolist(), np.repeat(TRAJECTEN, MAANDEN).tolist())
    trend = statistiek.poisson_trend(range(JAREN), per_jaar.sum(axis=1).tolist(), TRAJECTEN)
    rijen = {"jaar op jaar": per_jaar.sum(axis=1)} | {f"categorie {i}": rij for i, rij in enumerate(per_jaar.T)}
    familie, los = {"trend": trend.p}, [trend.p_wald]
    for naam, rij in rijen.items():
        nu, vorig = int(rij[-1]), int(rij[-2])
        for f in (1.0, dispersie):
            p = statistiek.rate_ratio(nu, TRAJECTEN[-1], vorig, TRAJECTEN[-2], dispersie=f).p if nu + vorig else None
            familie[naam] = p
            if f == 1:
                los.append(p)
    return bool(statistiek.jaarclaims(familie).mag), any(p is not None and p <= ALFA for p in los)
