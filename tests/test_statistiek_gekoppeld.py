"""Small cells in tables that share totals: nothing can be computed back from all of them together."""

from __future__ import annotations

import pytest

from klachten.analyse.statistiek import onderdruk
from klachten.analyse.statistiek.gekoppeld import onderdruk_gekoppeld


def test_a_single_row_hides_as_one_table_does() -> None:
    waarden = {"n": 40, "a": 20, "b": 15, "c": 3, "d": 2}
    uit = onderdruk_gekoppeld(waarden, [[("n", -1), *((k, 1) for k in "abcd")]], altijd=["n"])
    alleen = onderdruk([[20], [15], [3], [2]])
    assert len(uit.verborgen) == int(alleen.verborgen.to_numpy().sum())
    assert uit.verborgen >= {"c", "d"}
    assert uit.controle["beschermd"].all()


def test_what_one_table_hides_another_does_not_give_away() -> None:
    # b stands in both tables: hidden in the first for c's sake, it must be hidden in the second too.
    waarden = {"n": 30, "a": 18, "b": 9, "c": 3, "p": 12, "q": 18}
    sommen = [
        [("n", -1), ("a", 1), ("b", 1), ("c", 1)],
        [("n", -1), ("p", 1), ("q", 1)],
        [("p", -1), ("b", 1), ("c", 1)],
    ]
    uit = onderdruk_gekoppeld(waarden, sommen, altijd=["n"])
    assert uit.verborgen == {"b", "c"}
    los = onderdruk_gekoppeld(waarden | {"b2": 9}, [*sommen, [("b", 1), ("b2", -1)]], altijd=["n"])
    assert los.verborgen == {"b", "c", "b2"}
    assert los.controle["beschermd"].all()


def test_a_table_too_small_to_show_goes_as_a_whole() -> None:
    uit = onderdruk_gekoppeld(
        {"n": 7, "a": 7, "b": 0}, [[("n", -1), ("a", 1), ("b", 1)]], altijd=["n"], verberg=["a", "b"]
    )
    assert uit.verborgen == {"a", "b"}


def test_a_count_that_nothing_connects_is_hidden_alone() -> None:
    assert onderdruk_gekoppeld({"x": 2, "y": 8, "z": 0}, []).verborgen == {"x"}


@pytest.mark.parametrize(
    ("waarden", "sommen", "zin"),
    [
        ({"n": 5, "a": 4}, [[("n", -1), ("a", 1)]], "klopt niet"),
        ({"n": 5}, [[("n", -1), ("a", 1)]], "Dit aantal is er niet: a"),
        ({"n": -1}, [], "Een cel"),
    ],
)
def test_figures_that_cannot_be_right_are_refused(waarden: dict[str, int], sommen: list, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        onderdruk_gekoppeld(waarden, sommen)
