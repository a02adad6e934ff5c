"""Streeftermijnen: what the organisation aims at itself, counted apart and never called a term of the reglement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from duckdb import DuckDBPyConnection

from klachten import reglement
from klachten.analyse.termijnen.streven import GEHAALD, GEMIST, GEMIST_OPEN, LOOPT, NVT, streven
from klachten.reglement import Termijn
from tests.termijnproef import feiten_van, leg_vast

COULANT = reglement.load("coulant")
RESULTAAT = Termijn(
    id="resultaat", naam="Resultaat meegedeeld", stap=9, waarde=5, eenheid="werkdagen", vanaf="ontvangen", einde=(7, 9),
    geldt="altijd", geldig_vanaf=date(2000, 1, 1), bij_kenmerk={},
)  # fmt: skip
MET = replace(COULANT, streeftermijnen=(RESULTAAT,))


def test_without_streeftermijnen_there_is_nothing_to_show(con: DuckDBPyConnection) -> None:
    assert streven(con, peildatum=date(2026, 6, 1), periode=2026, reglement=COULANT) == ()


def test_an_aim_is_counted_in_working_days_and_apart(con: DuckDBPyConnection) -> None:
    """Received Wednesday 13 May 2026: 14 is Ascension, 15 equated, so five working days end on Friday 22."""
    op = date(2026, 5, 13)
    feiten = [
        *feiten_van("K2026-0001", op, stap_05_op=op, stap_08_op=op, stap_09_op=date(2026, 5, 22)),
        *feiten_van("K2026-0002", op, stap_05_op=op, stap_08_op=op, stap_09_op=date(2026, 5, 26)),
        *feiten_van("K2026-0003", op),
        *feiten_van("K2026-0004", date(2026, 5, 28)),
        *feiten_van("K2026-0005", op, ingetrokken_op=date(2026, 5, 18)),
    ]
    leg_vast(con, feiten)
    (doel,) = streven(con, peildatum=date(2026, 6, 1), periode=2026, reglement=MET)
    assert doel.aantallen == {GEHAALD: 1, GEMIST: 1, GEMIST_OPEN: 1, LOOPT: 1, NVT: 1}
    assert doel.zin == (
        "Resultaat meegedeeld (stap 9), streven: 5 werkdagen na de ontvangst. Gelukt bij 1 van de 3 klachten. Bij 1 "
        "klacht kan het nog."
    )
    # The terms of the reglement know nothing of it.
    termijnen = {t for (t,) in con.execute("SELECT DISTINCT termijn FROM termijnen(DATE '2026-06-01')").fetchall()}
    assert termijnen == {"bevestiging", "niet_in_behandeling", "maatregelen"}


@pytest.mark.parametrize(
    ("eenheid", "waarde", "laatste"),
    [
        ("dagen", 14, date(2026, 5, 27)),
        ("weken", 2, date(2026, 5, 27)),
        ("maanden", 1, date(2026, 6, 13)),
        ("werkdagen", 1, date(2026, 5, 18)),
    ],
)
def test_the_last_day_is_still_in_time(con: DuckDBPyConnection, eenheid: str, waarde: int, laatste: date) -> None:
    op = date(2026, 5, 13)
    leg_vast(con, feiten_van("K2026-0001", op))
    doel = replace(COULANT, streeftermijnen=(replace(RESULTAAT, eenheid=eenheid, waarde=waarde),))
    for dag, stand in ((laatste, LOOPT), (date.fromordinal(laatste.toordinal() + 1), GEMIST_OPEN)):
        (deel,) = streven(con, peildatum=dag, periode=2026, reglement=doel)
        assert deel.aantallen[stand] == 1
