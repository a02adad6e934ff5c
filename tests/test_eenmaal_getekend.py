"""What is drawn and worked out of figures alone is found again by those very figures, and is the caller's own."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit import dataframe_util

from klachten.analyse.basis.grafiekstijl import LICHT
from klachten.analyse.statistiek import termijnkop
from klachten.analyse.termijnen.grafieken import termijnnaleving_spec
from klachten.analyse.termijnen.naleving import Naleving
from klachten.scherm.evaluatie import tekenen, termijnen

OP = date(2026, 2, 25)
_gevraagd: list[int] = []


def _dubbel(getallen: list[int]) -> list[int]:
    _gevraagd.append(len(getallen))
    return [2 * getal for getal in getallen]


def test_the_same_figures_are_worked_out_once_and_others_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    _gevraagd.clear()
    eerst = tekenen.eenmaal(_dubbel, [1, 2])
    eerst.append(99)
    assert tekenen.eenmaal(_dubbel, [1, 2]) == [2, 4]
    assert tekenen.eenmaal(_dubbel, [1, 3]) == [2, 6]
    assert _gevraagd == [2, 2]
    monkeypatch.setattr(tekenen, "MEESTE_GEMAAKT", 3)
    for getal in range(9):
        assert tekenen.eenmaal(_dubbel, [getal]) == [2 * getal]
    assert tekenen.eenmaal(_dubbel, [1, 2]) == [2, 4]


def test_a_chart_of_other_figures_is_another_and_its_rows_are_those_that_streamlit_makes() -> None:
    def regels(op_tijd: int) -> list[Naleving]:
        vast = {"reglement": "coulant", "herkomst": "register", "termijn": "t", "termijn_naam": "T", "stap": 5}
        return [Naleving(**vast, jaar=2025, op_tijd=op_tijd, rijp_op_tijd=op_tijd, rijp=9)]

    def getekend(op_tijd: int) -> dict:
        return tekenen.eenmaal(termijnen._grafiek, regels(op_tijd), OP, "ontvangst", LICHT)

    for op_tijd in (7, 8, 7):
        spec = termijnnaleving_spec(regels(op_tijd), OP, "ontvangst", LICHT)
        rijen = {naam: dataframe_util.convert_anything_to_arrow_bytes(rij) for naam, rij in spec["datasets"].items()}
        assert getekend(op_tijd) == {**spec, "datasets": rijen}
    assert getekend(7) != getekend(8)
    tabellen = [tekenen.eenmaal(termijnen.jaartabel, regels(n), OP) for n in (7, 8, 7)]
    assert [list(tabel["Op tijd"]) for tabel in tabellen] == [[7], [8], [7]]


def test_what_is_no_count_is_refused_also_after_the_number_that_equals_it() -> None:
    goed = termijnkop(1, 1, 0, 0, 0, 0, 0)
    assert termijnkop(1, 1, 0, 0, 0, 0, 0) == goed
    for _ in range(2):
        with pytest.raises(ValueError, match="geheel getal"):
            termijnkop(True, 1, 0, 0, 0, 0, 0)  # type: ignore[arg-type]
