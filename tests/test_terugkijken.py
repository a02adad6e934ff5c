"""Looking back: as of a day the register says what one says that holds only the facts up to that day."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten.analyse import vragen
from klachten.opening import open_register
from klachten.periode import Periode
from tests import verhalen
from tests.beeldenproef import beelden
from tests.termijnproef import proef
from tests.terugkijkproef import (
    BEGIN,
    ZONDER_PEILDATUM,
    Rij,
    afgeknipt,
    antwoorden,
    dossiers,
    evaluaties,
    rijen,
    vul,
)

VERHALEN = sorted(verhalen.MAP.glob("*.toml"))


@pytest.fixture(scope="module")
def paar() -> Iterator[tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]]:
    """A register, and one that is cut."""
    heel, geknipt = proef(), proef()
    yield heel, geknipt
    heel.close()
    geknipt.close()


def test_every_question_looks_back_or_is_a_list_of_what_is_so_now() -> None:
    assert {naam for naam, vraag in vragen().items() if "peildatum" not in vraag.parameters} == ZONDER_PEILDATUM


def vergelijk(
    heel: duckdb.DuckDBPyConnection,
    geknipt: duckdb.DuckDBPyConnection,
    dag: date,
    *,
    periode: Periode | None,
    beeld: bool,
) -> None:
    """Ask both the same as of a day; with `beeld` also what a reader is shown of it."""
    geknipt.begin()
    try:
        vul(geknipt, afgeknipt(heel, dag))
        nu, toen = antwoorden(heel, dag, periode), antwoorden(geknipt, dag, periode)
        if beeld:
            nu, toen = nu | beelden(heel, dag), toen | beelden(geknipt, dag)
        anders = [naam for naam in nu if nu[naam] != toen[naam]]
        assert {naam: nu[naam] for naam in anders} == {naam: toen[naam] for naam in anders}, dag
    finally:
        geknipt.rollback()


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    klachten=st.lists(dossiers(), min_size=20, max_size=24),
    evaluatie=evaluaties(),
    dagen=st.lists(st.integers(5, 260), min_size=3, max_size=3, unique=True),
)
def test_as_of_a_day_only_what_happened_up_to_it_is_known(paar, klachten, evaluatie, dagen) -> None:
    """At least 300 random dossiers, three days of each: every question of analyse."""
    heel, geknipt = paar
    heel.begin()
    try:
        vul(heel, rijen(klachten, evaluatie))
        for dag, periode in zip(dagen, (None, Periode.van_jaar(2024), Periode.van_kwartaal(2024, 4)), strict=True):
            vergelijk(heel, geknipt, BEGIN + timedelta(dag), periode=periode, beeld=False)
    finally:
        heel.rollback()


def verhaalfeiten(map: Path, nieuwe_map: Path) -> list[Rij]:
    """The facts of every golden story, each played in a register of its own, numbered on as if it were one."""
    uit: list[Rij] = []
    for volgnr, pad in enumerate(VERHALEN, start=1):
        with open_register(shutil.copytree(nieuwe_map, map / pad.stem)) as register, register.cursor() as cursor:
            verhalen.play(register, verhalen.load(pad))
            begin = len(uit)
            kolommen = "nr, klachtnummer, soort, gebeurd_op, CAST(gegevens AS VARCHAR), corrigeert"
            gevonden = cursor.execute(f"SELECT {kolommen} FROM gebeurtenis ORDER BY nr").fetchall()
            for nr, nummer, soort, op, gegevens, corrigeert in gevonden:
                eigen = nummer if nummer.startswith("T") else f"{nummer[:6]}{volgnr}{nummer[6:]}"
                uit.append((begin + nr, eigen, soort, op, gegevens, corrigeert and begin + corrigeert))
    return uit


def test_the_golden_stories_look_back_as_they_were(paar, tmp_path: Path, nieuwe_map: Path) -> None:
    """All stories, on every fifth day on which something happened: questions, sentences, charts and sheets."""
    heel, geknipt = paar
    heel.begin()
    try:
        vul(heel, verhaalfeiten(tmp_path, nieuwe_map))
        dagen = [op for (op,) in heel.execute("SELECT DISTINCT gebeurd_op FROM feit(NULL, NULL) ORDER BY 1").fetchall()]
        assert len(dagen) > 40
        for dag in dagen[::5]:
            vergelijk(heel, geknipt, dag, periode=None, beeld=True)
    finally:
        heel.rollback()
