"""Directly-follows, variants, times between steps, and conformance with the allowed paths."""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.analyse import statistiek

VECTOREN = Path(__file__).parent / "vectoren"


def lees(naam: str) -> dict:
    return json.loads((VECTOREN / naam).read_text(encoding="utf-8"))


CONFORM = lees("conformiteit.json")
PADEN = CONFORM["paden"]
DFG = lees("directly_follows.json")


def als_tabel(sporen: dict[str, list[str]]) -> list[tuple[str, str, int]]:
    return [(geval, stap, tijd) for geval, spoor in sporen.items() for tijd, stap in enumerate(spoor)]


@pytest.mark.parametrize("verwacht", CONFORM["sporen"], ids=lambda spoor: spoor["id"])
def test_cost_fitness_skipped_and_prefix_cost_are_as_expected(verwacht: dict) -> None:
    uitkomst = statistiek.conformiteit(verwacht["spoor"], PADEN)
    assert uitkomst.kosten == verwacht["kosten"]
    assert uitkomst.fitness == pytest.approx(verwacht["fitness"], abs=1e-6)
    assert list(uitkomst.overgeslagen) == verwacht["overgeslagen"]
    assert uitkomst.prefix_kosten == verwacht["prefix_kosten"]
    lopend = statistiek.conformiteit(verwacht["spoor"], PADEN, nog_open=True)
    assert (lopend.kosten, lopend.fitness, lopend.prefix_kosten) == (None, None, verwacht["prefix_kosten"])
    assert (lopend.zinnen == ()) == (verwacht["prefix_kosten"] == 0)


@pytest.mark.parametrize(
    ("spoor", "zinnen"),
    [
        ("1 2 3 4 6 8 9 10 11 13 14", ("Stap 5 is overgeslagen.",)),
        ("1 2 3 4 6 5 8 9 10 11 13 14", ("Stap 5 kwam pas na stap 6.",)),
        ("1 2 3 4 5 6 8 9 10 13 11 14", ("Stap 11 kwam pas na stap 13.",)),
        ("1 2 3 4 5 6 8 9 10 11 15 13 14", ("Stap 15 kwam al voor stap 13.",)),
        ("1 2 3 4 5 6 6 6 8 9 10 11 13 14", ("Stap 6 is herhaald (3 keer, 1 verwacht).",)),
        ("1 2 3 4 5 6 7 8 9 10 11 13 14", ("Stap 7 hoort niet bij deze afhandeling.",)),
        ("1 2 3 4 5 6 7 16 17 18 12", ()),
    ],
)
def test_what_differs_is_said_in_words(spoor: str, zinnen: tuple[str, ...]) -> None:
    assert statistiek.conformiteit(spoor.split(), PADEN).zinnen == zinnen


def test_a_deliberate_zero_of_maatregelen_is_one_more_path() -> None:
    zonder = ["1", "2", "3", "4", "5", "6", "8", "9", "13", "14"]
    assert statistiek.conformiteit(zonder, PADEN).overgeslagen == ("10", "11")
    assert statistiek.conformiteit(zonder, [*PADEN, zonder]).zinnen == ()
    with pytest.raises(ValueError, match="Zonder toegestaan pad"):
        statistiek.conformiteit(zonder, [])


def kleinste_afstand(spoor: list[str], pad: list[str]) -> int:
    """Return insertions + deletions by trying every subsequence."""
    for lengte in range(min(len(spoor), len(pad)), -1, -1):
        van_pad = {tuple(pad[i] for i in keuze) for keuze in combinations(range(len(pad)), lengte)}
        if any(tuple(spoor[i] for i in keuze) in van_pad for keuze in combinations(range(len(spoor)), lengte)):
            return len(spoor) + len(pad) - 2 * lengte
    raise AssertionError


@settings(deadline=None, max_examples=45)
@given(
    st.lists(st.sampled_from("abcde"), max_size=6),
    st.lists(st.lists(st.sampled_from("abcd"), max_size=5), min_size=1, max_size=3),
)
def test_cost_is_the_fewest_insertions_and_deletions(spoor: list[str], paden: list[list[str]]) -> None:
    uitkomst = statistiek.conformiteit(spoor, paden, vrij=(), periode=())
    assert uitkomst.kosten == min(kleinste_afstand(spoor, pad) for pad in paden)
    assert uitkomst.prefix_kosten == min(kleinste_afstand(spoor, pad[:n]) for pad in paden for n in range(len(pad) + 1))
    assert 0 <= uitkomst.fitness <= 1
    assert (uitkomst.kosten == 0) == (uitkomst.zinnen == ())
    assert uitkomst.prefix_kosten <= uitkomst.kosten


def test_conformance_of_a_table_is_that_of_each_case() -> None:
    sporen = {spoor["id"]: spoor["spoor"] for spoor in CONFORM["sporen"] if spoor["spoor"]}
    tabel = statistiek.conformiteit_per_geval(als_tabel(sporen), PADEN, nog_open=["c13_open_after_6"])
    per_geval = tabel.set_index("geval")
    for verwacht in CONFORM["sporen"]:
        if verwacht["id"] == "c13_open_after_6":
            assert per_geval.loc[verwacht["id"], "prefix_kosten"] == 0
            assert pd.isna(per_geval.loc[verwacht["id"], "kosten"])
        elif verwacht["spoor"]:
            assert per_geval.loc[verwacht["id"], "kosten"] == verwacht["kosten"]


def test_directly_follows_is_as_expected() -> None:
    uitkomst = statistiek.directly_follows(als_tabel(DFG["sporen"]))
    assert sorted(uitkomst.overgangen[["van", "naar", "aantal"]].values.tolist()) == sorted(DFG["overgangen"])
    assert uitkomst.begin == DFG["begin"]
    assert uitkomst.einde == DFG["einde"]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc"), st.integers(0, 4)), max_size=40))
def test_the_numbers_of_cases_and_transitions_balance(rijen: list[tuple[int, str, int]]) -> None:
    gevallen = len({geval for geval, _, _ in rijen})
    uitkomst = statistiek.directly_follows(rijen)
    assert uitkomst.overgangen["aantal"].sum() == len(rijen) - gevallen
    assert sum(uitkomst.begin.values()) == sum(uitkomst.einde.values()) == gevallen
    varianten = statistiek.varianten(rijen)
    assert varianten["aantal"].sum() == gevallen
    assert sum(len(spoor) * n for spoor, n in zip(varianten["spoor"], varianten["aantal"], strict=True)) == len(rijen)


def test_own_column_names_dates_and_time_of_recording() -> None:
    tabel = pd.DataFrame(
        {
            "zaak": ["K1", "K1", "K1", "K2", "K2"],
            "stap": [6, 1, 5, 1, 5],
            "op": [date(2026, 1, 9), date(2026, 1, 5), date(2026, 1, 9), date(2026, 2, 1), date(2026, 2, 4)],
            "nr": [5, 1, 4, 2, 3],
        }
    )
    kolommen = statistiek.Kolommen("zaak", "stap", "op", volgorde="nr")
    assert statistiek.sporen(tabel, kolommen)["spoor"].tolist() == [("1", "5", "6"), ("1", "5")]
    overgangen = statistiek.directly_follows(tabel, kolommen).overgangen
    assert overgangen.iloc[0].tolist() == ["1", "5", 2, 3.5, 3.5]
    duur = statistiek.doorlooptijden(tabel, "1", "6", kolommen)
    assert duur["dagen"].tolist()[0] == 4
    assert np.isnan(duur["dagen"].tolist()[1])
    assert statistiek.varianten(tabel, kolommen)["aandeel"].tolist() == [0.5, 0.5]


def test_times_run_to_the_first_or_to_the_last() -> None:
    rijen = [("K1", "8", 3), ("K1", "11", 10), ("K1", "11", 20), ("K2", "11", 1), ("K2", "8", 4), ("K3", "1", 0)]
    assert statistiek.doorlooptijden(rijen, "8", "11")["dagen"].tolist() == [7, -3]
    assert statistiek.doorlooptijden(rijen, "8", "11", laatste=True)["dagen"].tolist() == [17, -3]


def test_an_empty_table_and_a_single_event_work() -> None:
    for rijen, gevallen in (([], 0), ([("K1", "1", 0)], 1)):
        assert statistiek.directly_follows(rijen).overgangen.empty
        assert len(statistiek.varianten(rijen)) == gevallen
        assert len(statistiek.doorlooptijden(rijen, "1", "2")) == gevallen
        assert len(statistiek.conformiteit_per_geval(rijen, PADEN)) == gevallen


def test_a_table_with_holes_is_refused() -> None:
    with pytest.raises(ValueError, match="De kolom 'geval' staat niet in de tabel"):
        statistiek.varianten(pd.DataFrame({"zaak": [1]}))
    with pytest.raises(ValueError, match="In de kolom 'tijd' zijn cellen leeg"):
        statistiek.varianten([("K1", "1", None)])


def test_two_hundred_thousand_events_take_no_seconds() -> None:
    n = 200_000
    random = np.random.default_rng(1)
    tabel = pd.DataFrame(
        {
            "geval": random.integers(0, 20_000, n),
            "activiteit": random.integers(1, 15, n).astype(str),
            "tijd": np.datetime64("2024-01-01", "s") + random.integers(0, 10**8, n).astype("timedelta64[s]"),
        }
    )
    assert statistiek.directly_follows(tabel).overgangen["aantal"].sum() == n - tabel["geval"].nunique()
    assert statistiek.varianten(tabel)["aantal"].sum() == tabel["geval"].nunique()
