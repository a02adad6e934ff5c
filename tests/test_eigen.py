"""What is kept is handed out as the caller's own, without copying rows, and gives what asking again would give."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal
from streamlit.testing.v1 import AppTest

from klachten import scherm
from klachten.analyse.basis.eigen import Eigen, Vast, merk
from klachten.scherm import bewaard
from klachten.scherm.bewaard import uit_stand

EVALUATIE = Path(scherm.__file__).parent / "evaluatie"
# What a reader, a day or a session would put in; who somebody is called is not kept (klachten/scherm/bewaard.py).
VAN_DE_LEZER = {
    "gebruiker", "vandaag", "session_state", "query_params", "toont_namen", "schuilnamen", "persoon", "mag",
    "mag_naar_lijst", "mijn_zicht", "kleuren", "organisatie", "rechten", "ziet_rijen", "met_lijsten", "adres",
}  # fmt: skip


def tabel() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "naam": ["a", None, "c"],
            "aantal": [1, 2, 3],
            "deel": [0.1, float("nan"), 0.3],
            "dag": pd.to_datetime(["2026-01-01", None, "2026-03-01"]),
            "ja": [True, False, True],
        },
        index=[3, 1, 2],
    )


def test_who_writes_in_what_was_kept_writes_in_an_own_copy() -> None:
    eigen = Eigen({"tabel": tabel(), "rij": tabel()["aantal"], "ook": [date(2026, 1, 1), "x"]})
    for schrijf in (
        lambda uit: uit["tabel"].__setitem__("aantal", 9),
        lambda uit: uit["tabel"].loc.__setitem__((3, "naam"), "anders"),
        lambda uit: uit["tabel"].iloc.__setitem__((0, 2), 9.0),
        lambda uit: uit["tabel"].pop("ja"),
        lambda uit: uit["tabel"].insert(0, "erbij", 1),
        lambda uit: setattr(uit["tabel"], "columns", list("vwxyz")),
        lambda uit: uit["rij"].iloc.__setitem__(0, 9),
        lambda uit: uit["ook"].append("erbij"),
    ):
        schrijf(eigen.geef())
        uit = eigen.geef()
        assert_frame_equal(uit["tabel"], tabel())
        assert list(uit["rij"]) == [1, 2, 3]
        assert uit["ook"] == [date(2026, 1, 1), "x"]


def test_who_still_holds_the_value_changes_nothing_that_is_kept() -> None:
    houd = tabel()
    eigen = Eigen((houd, pa.table({"x": [1]})))
    houd.loc[3, "naam"] = "anders"
    uit, arrow = eigen.geef()
    assert_frame_equal(uit, tabel())
    assert arrow.to_pydict() == {"x": [1]}


def test_a_mark_is_of_the_rows_and_stands_for_them() -> None:
    een, ook, ander = Vast(tabel()), Vast(tabel()), Vast(tabel().assign(aantal=[1, 2, 4]))
    assert merk((een, "titel")) == merk((ook, "titel"))
    assert len({merk((een, "titel")), merk((ander, "titel")), merk((een, "ander")), merk((tabel(), "titel"))}) == 4
    assert merk([een, {"tabel": ook}]) == merk([ook, {"tabel": een}])
    terug = Eigen(een).geef()
    assert terug.merk == een.merk
    assert_frame_equal(terug.tabel, tabel())


@pytest.fixture
def register() -> Iterator[Any]:
    """Something that has a version, as a register has."""
    nep = SimpleNamespace(versie=0)
    vorig = scherm.gebruik(cast(Any, nep))
    yield nep
    scherm.gebruik(vorig)


_gemaakt: list[tuple[int, int]] = []


@uit_stand
def _telt(welk: int, *, erbij: int = 0) -> pd.DataFrame:
    _gemaakt.append((welk, erbij))
    return pd.DataFrame({"n": [cast(Any, scherm.register()).versie, welk + erbij]})


def test_what_follows_from_the_register_is_worked_out_once_and_again_after_a_fact(register: Any) -> None:
    _gemaakt.clear()
    for versie, tot in ((0, 1), (1, 2), (2, 3)):
        register.versie = versie
        for _ in range(2):
            uit = _telt(5, erbij=1)
            assert list(uit["n"]) == [versie, 6]
            uit["n"] = 0
        assert len(_gemaakt) == tot
    assert list(_telt(6)["n"]) == [2, 6]
    assert _gemaakt == [(5, 1)] * 3 + [(6, 0)]


def test_a_fact_that_comes_while_it_is_worked_out_has_it_worked_out_again(register: Any) -> None:
    def met_feit() -> int:
        register.versie += 1
        return cast(int, register.versie)

    vraag = uit_stand(met_feit)
    assert [vraag(), vraag()] == [1, 2]


def test_another_register_has_its_own_and_no_more_is_kept_than_said(
    register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _gemaakt.clear()
    _telt(1)
    scherm.gebruik(cast(Any, SimpleNamespace(versie=0)))
    _telt(1)
    assert len(_gemaakt) == 2
    monkeypatch.setattr(bewaard, "MEESTE", 3)
    for welk in range(9):
        _telt(welk)
    assert len(bewaard._laatste[0][2]._gegeven) == 3


def test_what_is_kept_for_everybody_asks_nothing_of_who_looks() -> None:
    gevonden = 0
    for bestand in EVALUATIE.glob("*.py"):
        for knoop in ast.walk(ast.parse(bestand.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.FunctionDef) and any(
                isinstance(d, ast.Name) and d.id == "uit_stand" for d in knoop.decorator_list
            ):
                gevonden += 1
                genoemd = {n.id for n in ast.walk(knoop) if isinstance(n, ast.Name)}
                genoemd |= {n.attr for n in ast.walk(knoop) if isinstance(n, ast.Attribute)}
                assert not genoemd & (VAN_DE_LEZER | {"st"}), f"{bestand.name}: {knoop.name}"
    assert gevonden >= 9


def _streamlit() -> None:
    import streamlit as st

    from klachten.scherm.evaluatie import delen
    from tests.test_eigen import tabel

    delen.toon(tabel())
    st.dataframe(
        tabel(),
        hide_index=True,
        width="stretch",
        column_config={
            "aantal": st.column_config.NumberColumn(format="localized"),
            "deel": st.column_config.NumberColumn(format="localized"),
            "dag": st.column_config.DateColumn(format="DD-MM-YYYY"),
        },
        placeholder="–",
    )


def test_a_table_goes_to_the_browser_as_streamlit_would_send_it() -> None:
    proef = AppTest.from_string(f"{inspect.getsource(_streamlit)}\n_streamlit()").run()
    assert not proef.exception
    ons, van_streamlit = (deel.proto for deel in proef.dataframe)
    ons.placeholder = van_streamlit.placeholder
    assert ons.SerializeToString(deterministic=True) == van_streamlit.SerializeToString(deterministic=True)
