"""How often the page Opvolging claims a difference or a change where there is none, simulated.

As simulatie_kop: a function returns a title and a table. Compared is what the page compares: every actienemer with
the others, and every verbeteractie with what was to be expected.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from klachten.analyse import statistiek
from klachten.analyse.opvolging.personen import MINDER, met_verschil
from klachten.meting.simulatie_kop import Rijen

# People, maatregelen of each, and the share that is in time.
PLOEGEN = ((4, 8, 0.8), (8, 8, 0.8), (8, 15, 0.7), (10, 10, 0.9), (12, 20, 0.8), (12, 60, 0.8))
ALPHA, TRAJECTEN, CATEGORIEEN, JAREN = 0.05, 100.0, 10, 3
OVER = 0.3
"""What is left of the klachten after a verbeteractie that helps, and of being in time for who is the exception."""


def verschil_tussen_personen(
    herhalingen: int = 1000, *, ploegen: Sequence[tuple[int, int, float]] = PLOEGEN, zaad: int = 4
) -> tuple[str, Rijen]:
    """Return how often somebody is said to differ where all are equally often in time, and one who is not is found."""
    random, rijen = np.random.default_rng(zaad), []
    for mensen, elk, kans in ploegen:
        geclaimd = los = gevonden = 0
        for _ in range(herhalingen):
            op_tijd = random.binomial(elk, kans, mensen)
            geclaimd += _verschil(op_tijd, elk).any()
            los += _los(op_tijd, elk)
            op_tijd[0] = random.binomial(elk, OVER * kans)
            gevonden += _verschil(op_tijd, elk).iloc[0] == MINDER
        rijen.append(
            {
                "actienemers": mensen,
                "maatregelen van elk": elk,
                "op tijd, %": round(100 * kans),
                "als familie: claim, %": round(100 * geclaimd / herhalingen, 1),
                "elk met Wilson: claim, %": round(100 * los / herhalingen, 1),
                f"een met {OVER:.0%} daarvan: gevonden, %": round(100 * gevonden / herhalingen, 1),
            }
        )
    return "Iedereen even vaak op tijd: hoe vaak er van iemand iets wordt gezegd", rijen


def _verschil(op_tijd: np.ndarray, elk: int) -> pd.Series:
    tabel = met_verschil(pd.DataFrame({"rijp_op_tijd": op_tijd, "rijp": elk}))
    return tabel["verschil"].where(tabel["verschil"] != "")


def _los(op_tijd: np.ndarray, elk: int) -> bool:
    """Tell whether anybody's own upper bound lies below the share of all, as the page once claimed."""
    samen = op_tijd.sum() / (elk * len(op_tijd))
    return any(statistiek.wilson(int(x), elk).hoog < samen for x in op_tijd)


def verandering_na_verbeteracties(
    herhalingen: int = 1000,
    *,
    per_categorie: Sequence[int] = (3, 6, 12),
    acties: Sequence[int] = (1, 3, 5, 8),
    zaad: int = 5,
) -> tuple[str, Rijen]:
    """Return how often a change is claimed after verbeteracties on the highest categorieen, without any effect.

    The last column is the power: of the highest OVER is left, of the others nothing changed.
    """
    random, rijen = np.random.default_rng(zaad), []
    for aantal in acties:
        for gemiddeld in per_categorie:
            geclaimd = los = gevonden = 0
            for _ in range(herhalingen):
                niveau = random.gamma(4.0, gemiddeld / 4.0, CATEGORIEEN)
                cellen = random.poisson(niveau, (JAREN, CATEGORIEEN))
                prior = statistiek.schat_prior(cellen.ravel().tolist(), [TRAJECTEN] * cellen.size)
                hoogste = np.argsort(-cellen[-1], kind="stable")[:aantal]
                voor, na = cellen[-1, hoogste], random.poisson(niveau[hoogste])
                stabiel = _kansen(voor, na, prior)
                geclaimd += any(statistiek.holm(stabiel, ALPHA).verworpen)
                los += any(p is not None and p <= ALPHA for p in stabiel)
                na[0] = random.poisson(OVER * niveau[hoogste[0]])
                gevonden += statistiek.holm(_kansen(voor, na, prior), ALPHA).verworpen[0]
            rijen.append(
                {
                    "verbeteracties": aantal,
                    "klachten per categorie": gemiddeld,
                    "als familie: claim, %": round(100 * geclaimd / herhalingen, 1),
                    "los getoetst: claim, %": round(100 * los / herhalingen, 1),
                    f"een met {OVER:.0%} over: gevonden, %": round(100 * gevonden / herhalingen, 1),
                }
            )
    return "Verbeteracties zonder enig effect: hoe vaak er toch een verandering wordt gezien", rijen


def _kansen(voor: np.ndarray, na: np.ndarray, prior: statistiek.Prior) -> list[float | None]:
    return [
        statistiek.waargenomen_verandering(int(eerst), TRAJECTEN, int(later), TRAJECTEN, prior).p
        for eerst, later in zip(voor, na, strict=True)
    ]
