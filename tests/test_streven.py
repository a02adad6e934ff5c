"""Streeftermijnen: what the organisation aims at itself, counted apart and never called a term of the reglement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from klachten.analyse.termijnen.streven import GEHAALD, GEMIST, GEMIST_OPEN, LOOPT, NVT, streven
from klachten.reglement import Termijn
from tests import test_ontlopen as ontlopen
from tests.termijnproef import feiten_van, leg_vast
from tests.voorbeeldfirma import COULANT

RESULTAAT = Termijn(
    id="resultaat", naam="Resultaat meegedeeld", stap=9, waarde=5, eenheid="werkdagen", vanaf="ontvangen", einde=(7, 9),
    geldt="altijd", geldig_vanaf=date(2000, 1, 1), bij_kenmerk={},
)  # fmt: skip
IN_21 = replace(RESULTAAT, einde=(9,), waarde=21, eenheid="dagen")
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


def op_dag(nr: int) -> date:
    return date(2026, 5, 4) + timedelta(nr)


def dagen(**velden: Any) -> dict[str, Any]:
    return {naam: op_dag(waarde) if isinstance(waarde, int) else waarde for naam, waarde in velden.items()}


# To tell the result within 21 days: what happened, the day of looking back, how it stands; the expectation by hand.
GEVALLEN = [
    ({}, 21, LOOPT),
    ({}, 22, GEMIST_OPEN),
    ({"stap_09_op": 21}, 30, GEHAALD),
    ({"stap_09_op": 22}, 30, GEMIST),
    # Withdrawn in time: nothing was missed, and what was told afterwards is no result in time.
    ({"ingetrokken_op": 21}, 30, NVT),
    ({"ingetrokken_op": 10, "stap_09_op": 12}, 30, NVT),
    # Withdrawn after the last day: missed, and it stays missed.
    ({"ingetrokken_op": 22}, 21, LOOPT),
    ({"ingetrokken_op": 30}, 29, GEMIST_OPEN),
    ({"ingetrokken_op": 30}, 40, GEMIST),
    ({"stap_09_op": 35, "ingetrokken_op": 30}, 40, GEMIST),
    # Closed without telling: the same.
    ({"stap_08_op": 5, "zonder_maatregelen": True, "stap_13_op": 20}, 40, NVT),
    ({"stap_08_op": 5, "zonder_maatregelen": True, "stap_13_op": 31}, 30, GEMIST_OPEN),
    ({"stap_08_op": 5, "zonder_maatregelen": True, "stap_13_op": 31}, 40, GEMIST),
    ({"stap_08_op": 5, "zonder_maatregelen": True, "stap_13_op": 15, "stap_09_op": 16}, 40, GEHAALD),
    # Not taken up after the last day.
    ({"stap_07_op": 25}, 24, GEMIST_OPEN),
    ({"stap_07_op": 25}, 26, GEMIST),
    ({"stap_07_op": 20}, 26, NVT),
]


@pytest.mark.parametrize(("gebeurd", "dag", "verwacht"), GEVALLEN)
def test_what_was_missed_stays_missed(
    con: DuckDBPyConnection, gebeurd: dict[str, Any], dag: int, verwacht: str
) -> None:
    leg_vast(con, feiten_van("K2026-0001", op_dag(0), **dagen(**gebeurd)))
    (doel,) = streven(con, peildatum=op_dag(dag), periode=2026, reglement=replace(COULANT, streeftermijnen=(IN_21,)))
    assert {stand for stand, aantal in doel.aantallen.items() if aantal} == {verwacht}


# Within 7 days after the closing; the expectation by hand.
@pytest.mark.parametrize(
    ("gebeurd", "dag", "verwacht"),
    [
        ({}, 90, LOOPT),
        ({"stap_13_op": 20}, 27, LOOPT),
        ({"stap_13_op": 20}, 28, GEMIST_OPEN),
        ({"stap_13_op": 20, "stap_14_op": 27}, 40, GEHAALD),
        ({"ingetrokken_op": 20}, 40, NVT),
    ],
)
def test_what_comes_after_the_closing_runs_on_after_it(
    con: DuckDBPyConnection, gebeurd: dict[str, Any], dag: int, verwacht: str
) -> None:
    na = replace(IN_21, stap=14, einde=(14,), vanaf="stap_13", waarde=7)
    leg_vast(
        con, feiten_van("K2026-0001", op_dag(0), stap_08_op=op_dag(5), zonder_maatregelen=True, **dagen(**gebeurd))
    )
    (doel,) = streven(con, peildatum=op_dag(dag), periode=2026, reglement=replace(COULANT, streeftermijnen=(na,)))
    assert {stand for stand, aantal in doel.aantallen.items() if aantal} == {verwacht}


def test_an_aim_of_one_way_is_none_of_the_other(con: DuckDBPyConnection) -> None:
    leg_vast(con, feiten_van("K2026-0001", op_dag(0), stap_07_op=op_dag(25), stap_09_op=None))
    leg_vast(con, feiten_van("K2026-0002", op_dag(0), stap_08_op=op_dag(25)))
    for geldt, verwacht in (
        ("in_behandeling", {NVT: 1, GEMIST_OPEN: 1}),
        ("niet_in_behandeling", {NVT: 1, GEMIST: 1}),
    ):
        doel = replace(COULANT, streeftermijnen=(replace(IN_21, geldt=geldt),))
        (deel,) = streven(con, peildatum=op_dag(40), periode=2026, reglement=doel)
        assert {stand: aantal for stand, aantal in deel.aantallen.items() if aantal} == verwacht


AAN_NIEMAND = {
    wat: (feiten, verwacht)
    for wat, (feiten, termijn, verwacht) in ontlopen.GEVALLEN.items()
    if termijn == "bevestiging"
}
ALS_TERMIJN = {
    ontlopen.OP_TIJD: GEHAALD,
    ontlopen.TE_LAAT: GEMIST,
    ontlopen.OPEN: GEMIST_OPEN,
    ontlopen.LOOPT: LOOPT,
    ontlopen.NVT: NVT,
}


@pytest.mark.parametrize("wat", AAN_NIEMAND)
def test_a_letter_that_nobody_could_get_is_judged_as_the_term_is(con: DuckDBPyConnection, wat: str) -> None:
    """An aim as long as the term of the acknowledgement stands as that does, whoever could be written to when."""
    feiten, verwacht = AAN_NIEMAND[wat]
    ontlopen.vertel(con, feiten)
    aim = replace(IN_21, stap=5, einde=(5,), waarde=14)
    met = replace(COULANT, streeftermijnen=(aim,))
    gevonden = {}
    for dag in verwacht:
        (doel,) = streven(con, peildatum=ontlopen.dag(dag), reglement=met, periode=ontlopen.ONTVANGEN.year)
        (gevonden[dag],) = [stand for stand, aantal in doel.aantallen.items() if aantal]
    assert gevonden == {dag: ALS_TERMIJN[status] for dag, status in verwacht.items()}


@pytest.mark.parametrize(
    ("stap", "vanaf", "onbekend_op", "verwacht"),
    [
        # The result within 21 days, telling within 7 days after the closing of day 30; seen on day 60.
        (9, "ontvangen", 21, NVT),
        (9, "ontvangen", 22, GEMIST),
        (14, "stap_13", 37, NVT),
        (14, "stap_13", 38, GEMIST),
        # No letter to the indiener: step 13 can be done all the same.
        (13, "ontvangen", 5, GEMIST),
    ],
)
def test_the_other_letters_too(con: DuckDBPyConnection, stap: int, vanaf: str, onbekend_op: int, verwacht: str) -> None:
    ontlopen.vertel(con, [(ontlopen.ZONDER, 25, {}), ("KlachtAfgesloten", 30, {}), ontlopen.onbekend(onbekend_op)])
    aim = replace(IN_21, stap=stap, einde=(stap,), vanaf=vanaf, waarde=21 if vanaf == "ontvangen" else 7)
    met = replace(COULANT, streeftermijnen=(aim,))
    (doel,) = streven(con, peildatum=ontlopen.dag(60), periode=2025, reglement=met)
    assert {stand for stand, aantal in doel.aantallen.items() if aantal} == {verwacht}


def test_telling_of_a_closing_that_did_not_come_is_not_awaited_of_who_cannot_be_told(con: DuckDBPyConnection) -> None:
    ontlopen.vertel(con, [ontlopen.onbekend(10)])
    met = replace(COULANT, streeftermijnen=(replace(IN_21, stap=14, einde=(14,), vanaf="stap_13"),))
    for dag, verwacht in ((9, LOOPT), (10, NVT)):
        (doel,) = streven(con, peildatum=ontlopen.dag(dag), periode=2025, reglement=met)
        assert doel.aantallen[verwacht] == 1
