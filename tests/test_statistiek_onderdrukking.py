"""Small cells: nothing small is shown, nothing hidden can be computed back, and no more is hidden than needed."""

from __future__ import annotations

import json
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.analyse import statistiek

VECTOREN = Path(__file__).parent / "vectoren"
TABELLEN = json.loads((VECTOREN / "onderdrukking.json").read_text(encoding="utf-8"))["tabellen"]


@pytest.mark.parametrize("verwacht", TABELLEN, ids=lambda tabel: tabel["id"])
def test_the_tables_are_as_expected(verwacht: dict) -> None:
    tabel, primair = verwacht["tabel"], np.array(verwacht["primair"])
    zonder_meer = statistiek.controleer_onderdrukking(tabel, primair)
    gevonden = {f"{r.rij},{r.kolom}": [r.laag, r.hoog] for r in zonder_meer.itertuples()}
    assert gevonden == verwacht["grenzen_zonder_meer"]
    uitkomst = statistiek.onderdruk(tabel)
    rijen, kolommen = primair.shape
    assert (uitkomst.primair.to_numpy()[:rijen, :kolommen] == primair).all()
    assert uitkomst.secundair.to_numpy().sum() == (verwacht["minste_extra"] or 0)
    assert uitkomst.controle["beschermd"].all()
    assert not uitkomst.alleen_totaal


CELLEN = st.one_of(st.integers(0, 6), st.integers(0, 40))
VORMEN = st.tuples(st.integers(1, 4), st.integers(1, 4))
RANDOM_TABELLEN = VORMEN.flatmap(
    lambda vorm: st.lists(st.lists(CELLEN, min_size=vorm[1], max_size=vorm[1]), min_size=vorm[0], max_size=vorm[0])
)


@settings(deadline=None, max_examples=30)
@given(RANDOM_TABELLEN)
def test_what_is_published_holds_against_an_attacker(tabel: list[list[int]]) -> None:
    uitkomst = statistiek.onderdruk(tabel)
    getoond = [int(v) for v in uitkomst.gepubliceerd.to_numpy().ravel() if not pd.isna(v)]
    totaal = int(np.sum(tabel))
    assert uitkomst.totaal == totaal == uitkomst.gepubliceerd.iloc[-1, -1]
    if totaal < 10:
        assert uitkomst.alleen_totaal
        assert getoond == [totaal]
        return
    assert not [v for v in getoond if 0 < v < 5]
    assert (uitkomst.gepubliceerd.isna() == uitkomst.verborgen).all().all()
    assert not (uitkomst.primair & uitkomst.secundair).any().any()
    if not uitkomst.alleen_totaal:
        controle = statistiek.controleer_onderdrukking(tabel, uitkomst.verborgen)
        assert controle["beschermd"].all()
        assert len(controle) == uitkomst.verborgen.to_numpy().sum()
        for cel in controle.itertuples():
            assert cel.laag <= cel.waarde <= cel.hoog
            assert cel.hoog - cel.laag >= 5 or (cel.laag == 0 and cel.hoog >= 4)


@pytest.mark.parametrize("tabel", [[[9, 3], [8, 12]], [[6, 2, 9], [7, 5, 1]], [[5, 0, 9], [7, 2, 6]]])
def test_the_audit_equals_trying_every_table(tabel: list[list[int]]) -> None:
    """Brute force: every table of whole numbers with the same shown figures and totals."""
    uitkomst = statistiek.onderdruk(tabel)
    eigen, masker = np.array(tabel), uitkomst.verborgen.to_numpy()
    rijen, kolommen = eigen.shape
    plaatsen = list(zip(*np.nonzero(masker[:rijen, :kolommen]), strict=True))
    vol = uitkomst.gepubliceerd
    rij_hoogste = [eigen.sum() if pd.isna(vol.iloc[i, -1]) else eigen[i].sum() for i in range(rijen)]
    kolom_hoogste = [eigen.sum() if pd.isna(vol.iloc[-1, j]) else eigen[:, j].sum() for j in range(kolommen)]
    mogelijk = []
    for waarden in product(*(range(min(rij_hoogste[i], kolom_hoogste[j]) + 1) for i, j in plaatsen)):
        proef = eigen.copy()
        for plaats, waarde in zip(plaatsen, waarden, strict=True):
            proef[plaats] = waarde
        rij_klopt = all(pd.isna(vol.iloc[i, -1]) or proef[i].sum() == vol.iloc[i, -1] for i in range(rijen))
        kolom_klopt = all(pd.isna(vol.iloc[-1, j]) or proef[:, j].sum() == vol.iloc[-1, j] for j in range(kolommen))
        if rij_klopt and kolom_klopt and proef.sum() == eigen.sum():
            mogelijk.append(proef)
    assert mogelijk
    for cel in uitkomst.controle.itertuples():
        if "totaal" not in (cel.rij, cel.kolom):
            waarden = [proef[cel.rij, cel.kolom] for proef in mogelijk]
            assert (min(waarden), max(waarden)) == (cel.laag, cel.hoog)


@pytest.mark.parametrize("zaad", range(4))
def test_no_smaller_choice_of_cells_would_do(zaad: int) -> None:
    """Exhaustive: no smaller number of further inner cells passes the audit."""
    tabel = np.random.default_rng(zaad).integers(5, 20, (3, 3))
    tabel[zaad % 3, zaad // 3] = 2
    uitkomst = statistiek.onderdruk(tabel.tolist())
    extra = int(uitkomst.secundair.to_numpy().sum())
    primair = uitkomst.primair.to_numpy()[:3, :3]
    vrij = list(zip(*np.nonzero(~primair), strict=True))
    for aantal in range(extra):
        for keuze in combinations(vrij, aantal):
            masker = primair.copy()
            for cel in keuze:
                masker[cel] = True
            assert not statistiek.controleer_onderdrukking(tabel.tolist(), masker)["beschermd"].all()


def test_names_totals_sentences_and_derived_figures() -> None:
    tabel = pd.DataFrame(
        {"bejegening": [12, 8, 30], "privacy": [3, 9, 11], "overig": [20, 15, 7]}, index=["noord", "oost", "zuid"]
    )
    uitkomst = statistiek.onderdruk(tabel)
    assert pd.isna(uitkomst.gepubliceerd.loc["noord", "privacy"])
    assert uitkomst.gepubliceerd.loc["noord", "totaal"] == 35
    assert uitkomst.zin == "Verborgen: 1 klein aantal (minder dan 5) en 3 andere, zodat niets is terug te rekenen."
    percentages = uitkomst.verberg(tabel / tabel.to_numpy().sum())
    assert (percentages.isna() == uitkomst.verborgen.loc[tabel.index, tabel.columns]).all().all()
    with pytest.raises(ValueError, match="staan niet in de tabel: west"):
        uitkomst.verberg(pd.DataFrame({"privacy": [0.5]}, index=["west"]))
    schoon = statistiek.onderdruk(tabel + 5)
    assert schoon.zin == "Er zijn geen kleine aantallen verborgen."


def test_a_zero_is_shown_unless_its_column_is_sensitive() -> None:
    tabel = pd.DataFrame({"privacy": [0, 9, 8], "overig": [20, 15, 17]})
    assert statistiek.onderdruk(tabel).gepubliceerd.loc[0, "privacy"] == 0
    gevoelig = statistiek.onderdruk(tabel, gevoelige_kolommen=["privacy"])
    assert pd.isna(gevoelig.gepubliceerd.loc[0, "privacy"])
    assert gevoelig.controle["beschermd"].all()


def test_a_total_that_is_small_itself_is_hidden_too() -> None:
    uitkomst = statistiek.onderdruk([[1, 2], [20, 30]])
    assert pd.isna(uitkomst.gepubliceerd.loc[0, "totaal"])
    assert uitkomst.controle["beschermd"].all()


@pytest.mark.parametrize(
    ("tabel", "zin"),
    [
        ([], "geen cellen"),
        ([[1, -2]], "niet negatief"),
        ([[1.5]], "geheel getal"),
        (pd.DataFrame({"totaal": [3]}), "zonder totalen"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "eigen naam"),
    ],
)
def test_an_impossible_table_is_refused(tabel: object, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        statistiek.onderdruk(tabel)


def test_a_mask_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="andere vorm"):
        statistiek.controleer_onderdrukking([[1, 2], [3, 4]], [[True]])


def test_a_table_of_categories_by_month_is_done_in_seconds() -> None:
    tabel = np.random.default_rng(4).poisson(4, (11, 12)).tolist()
    assert statistiek.onderdruk(tabel).controle["beschermd"].all()
