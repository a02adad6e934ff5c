"""Who and what the page Opvolging says to differ: judged together, so that chance is seldom called more than chance."""

from __future__ import annotations

import pandas as pd
import pytest

from klachten.analyse import statistiek
from klachten.analyse.opvolging.personen import met_verschil, titel
from klachten.meting import simulatie_opvolging as sim

HERHALINGEN = 150
# 5 % and three standard errors of the simulation.
MEEST = 5 + 300 * (0.05 * 0.95 / HERHALINGEN) ** 0.5


def verschil(*tellingen: tuple[int, int]) -> list[str]:
    tabel = pd.DataFrame(tellingen, columns=["rijp_op_tijd", "rijp"])
    return met_verschil(tabel)["verschil"].tolist()


@pytest.mark.parametrize(
    ("tellingen", "verwacht"),
    [
        ([], []),
        ([(3, 9)], [""]),
        ([(0, 0), (0, 0)], ["", ""]),
        # By itself 5 of 10 lies under the mean (Wilson up to 76 %, all together 78 %); of four people it can be chance.
        ([(5, 10), (8, 10), (9, 10), (9, 10)], ["", "", "", ""]),
        ([(2, 12), (11, 12), (12, 12), (11, 12)], ["minder vaak", "", "", ""]),
        ([(12, 12), (3, 12), (4, 12), (0, 0), (2, 12)], ["vaker", "", "", "", ""]),
        ([(20, 20), (0, 20)], ["vaker", "minder vaak"]),
    ],
)
def test_who_differs_from_the_others_together(tellingen: list[tuple[int, int]], verwacht: list[str]) -> None:
    assert verschil(*tellingen) == verwacht


def test_everybody_is_one_family() -> None:
    """The same person among more people who are like each other is no longer beyond chance."""
    een, ander = (1, 6), (5, 6)
    assert verschil(een, ander, ander)[0] == "minder vaak"
    assert verschil(een, *[(3, 6)] * 12)[0] == ""
    x, n = [1, 5, 5], [6, 6, 6]
    p = [statistiek.fisher_exact(x[i], 6, sum(x) - x[i], 12) for i in range(3)]
    assert statistiek.elk_tegen_de_rest(x, n) == p
    with pytest.raises(ValueError, match="evenveel"):
        statistiek.elk_tegen_de_rest([1], [2, 3])


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        (("", "", ""), "Niemand wijkt meer van de anderen af dan door toeval kan"),
        (("minder vaak", "", ""), "Meer dan door toeval minder vaak op tijd dan de anderen: Anna"),
        (("", "vaker", "vaker"), "Meer dan door toeval vaker op tijd dan de anderen: Bas en Dirk"),
        (
            ("minder vaak", "", "vaker"),
            "Meer dan door toeval minder vaak op tijd dan de anderen: Anna; vaker op tijd dan de anderen: Dirk",
        ),
    ],
)
def test_the_title_says_who_and_in_which_direction(anders: tuple[str, ...], zin: str) -> None:
    assert titel(("Anna", "Bas", "Dirk"), anders) == zin


def test_of_people_who_are_alike_nothing_is_said() -> None:
    _, rijen = sim.verschil_tussen_personen(HERHALINGEN, ploegen=((8, 8, 0.8), (12, 20, 0.8)))
    for rij in rijen:
        assert rij["als familie: claim, %"] <= MEEST
        assert rij["elk met Wilson: claim, %"] > 10, "what each by itself would claim"
    assert rijen[1]["een met 30% daarvan: gevonden, %"] > 90


def test_of_several_verbeteracties_without_effect_nothing_is_said() -> None:
    _, rijen = sim.verandering_na_verbeteracties(HERHALINGEN, per_categorie=(12,), acties=(1, 5))
    for rij in rijen:
        assert rij["als familie: claim, %"] <= MEEST
        assert rij["een met 30% over: gevonden, %"] > 40
    assert rijen[0]["als familie: claim, %"] == rijen[0]["los getoetst: claim, %"]
    assert rijen[1]["los getoetst: claim, %"] > MEEST
