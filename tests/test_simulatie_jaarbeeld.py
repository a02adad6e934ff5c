"""A stable organisation seldom reads in its Jaarbeeld that something changed: the size, on the real sentences."""

from __future__ import annotations

import numpy as np
import pytest

from klachten.analyse import statistiek
from klachten.analyse.jaar import claims, delen
from klachten.analyse.jaar.delen import Jaarintensiteit, Vergelijking
from klachten.meting import simulatie_jaarbeeld as sim
from klachten.periode import Periode

HERHALINGEN = 60
# 60 reports per setting; with the aim of at most 10 % more than 13 would come out once in a thousand.
MEEST = 13


@pytest.mark.parametrize(("per_maand", "spreiding"), [(1.25, 1), (1.25, 2), (8, 1), (8, 2)])
def test_a_stable_year_makes_a_claim_in_at_most_one_of_ten_reports(per_maand: float, spreiding: int) -> None:
    random = np.random.default_rng(11)
    gelezen = sum(sim.claimt(sim.trek(per_maand, spreiding, 0.0, 1.0, random)) for _ in range(HERHALINGEN))
    assert gelezen <= MEEST


def test_a_doubled_year_is_found() -> None:
    random = np.random.default_rng(12)
    assert sum(sim.claimt(sim.trek(8, 1, 0.0, 2.0, random)) for _ in range(20)) >= 18


def test_the_sentences_of_a_stable_year_claim_nothing_and_say_so() -> None:
    """Sixteen klachten a month, every month of every year the same per traject."""
    tellen = np.concatenate(
        [np.tile(np.rint(np.array(sim.AANDELEN) * t * 0.1).astype(int), (12, 1)) for t in sim.TRAJECTEN]
    )
    zinnen = [b.zin for b in sim.zinnen(tellen)]
    assert any("geen stijging of daling te zien die meer is dan toeval" in zin for zin in zinnen)
    assert any(zin.startswith("De schommelingen per maand passen bij toeval") for zin in zinnen)
    assert any(zin.startswith("Geen enkele categorie verschilt van 2024, per traject") for zin in zinnen)
    assert not any(b.opvallend for b in sim.zinnen(tellen))


def test_a_trend_that_the_last_year_contradicts_is_said_in_one_sentence() -> None:
    """Per 100 trajecten 4, 6, 9, 15 and 13: a rise that is more than chance, and in the last year a fall."""
    per_jaar = [
        Jaarintensiteit(
            jaar=2021 + nr,
            periode=str(2021 + nr),
            klachten=n,
            trajecten=1000,
            per_100=n / 10,
            laag=None,
            hoog=None,
            volledig=True,
            opmerking="",
        )
        for nr, n in enumerate((40, 60, 90, 150, 130))
    ]
    gevonden = delen.trend(per_jaar, 2025)
    assert gevonden is not None
    assert gevonden.geclaimd
    familie = statistiek.jaarclaims({claims.TREND: gevonden.p})
    oordeel = claims.trendoordeel(gevonden, familie, per_jaar, Periode.van_jaar(2025))
    assert oordeel is not None
    assert oordeel.zin == (
        "Over 5 hele jaren kwamen er per traject elk jaar gemiddeld ongeveer 35% meer klachten, al waren het er in "
        "2025 minder dan in 2024: van 15,0 naar 13,0 per 100 trajecten."
    )
    # Without the last two years it goes one way, and nothing has to be added.
    recht = claims.trendoordeel(gevonden, familie, per_jaar[:4], Periode.van_jaar(2024))
    assert recht is not None
    assert recht.zin.endswith("35% meer klachten.")
    # Beside enough other comparisons the same p is no claim.
    samen = statistiek.jaarclaims({claims.TREND: gevonden.p, **{f"categorie {nr}": 1.0 for nr in range(10)}})
    anders = claims.trendoordeel(gevonden, samen, per_jaar, Periode.van_jaar(2025))
    assert anders is not None
    assert not anders.opvallend
    assert "geen stijging of daling te zien die meer is dan toeval" in anders.zin


def test_a_trend_without_the_dispersion_it_needs_is_not_claimed() -> None:
    """Years that jump: Wald says a rise, with the variation between years it is none."""
    tellen = np.concatenate([np.tile(np.array([n, *[0] * 9]), (12, 1)) for n in (4, 9, 3, 10, 8)])
    trend = next(b for b in sim.zinnen(tellen) if b.kengetal == "intensiteit" and "hele jaren" in b.zin)
    assert not trend.opvallend
    assert trend.zin == "Over 5 hele jaren is per traject geen stijging of daling te zien die meer is dan toeval."


ANDEREN = {"niets": (1.0,) * 11, "iets": (0.001, *(0.6,) * 10)}


@pytest.mark.parametrize("anderen", list(ANDEREN))
@pytest.mark.parametrize("dispersie", [1.0, 1.7])
def test_no_number_is_named_that_the_same_year_reached_without_being_called_a_change(
    anderen: str, dispersie: float
) -> None:
    """What would stand out and what does are one rule: a count is beyond what is named exactly when it is claimed."""
    naast = {f"categorie {nr}": p for nr, p in enumerate(ANDEREN[anderen])}
    geclaimd = 0
    for vorig in (0, 1, 3, 6, 10, 12, 20, 30):
        for nu in range(0, 62, 1 + vorig // 10):
            if not nu + vorig:
                continue
            ratio = statistiek.rate_ratio(nu, 110, vorig, 100, dispersie=dispersie)
            basis = Vergelijking(
                jaar=2025, klachten=nu, klachten_vorig=vorig, trajecten=110, trajecten_vorig=100, ratio=ratio
            )
            v = claims.met_oordeel(basis, statistiek.jaarclaims({claims.JAAR_OP_JAAR: ratio.p, **naast}), dispersie)
            genoemd = v.waarneembaar
            assert genoemd is not None
            erbuiten = nu >= genoemd.stijging_vanaf or (genoemd.daling_tot is not None and nu <= genoemd.daling_tot)
            assert erbuiten == v.opvallend, (vorig, nu, v.oordeel, genoemd.zin)
            geclaimd += v.opvallend
    assert geclaimd > 20
