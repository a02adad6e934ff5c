"""Waiting for the indiener, asked in step 6 until answered: taken apart in every duration; the terms run on."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.proces.proces import proces
from klachten.analyse.termijnen.netto import Netto, duur_van_klacht, duur_zin, netto
from klachten.analyse.termijnen.wachttijd import doorlooptijd
from tests.termijnproef import een_termijn, voeg_toe

DAG0 = date(2025, 3, 3)
NR = "K2025-0001"


def dag(n: int) -> date:
    return DAG0 + timedelta(n)


def gevraagd(n: int, bij: str = "indiener") -> tuple[str, date, dict[str, str]]:
    return "InformatieGevraagd", dag(n), {"bij": bij}


def antwoord(n: int, van: str = "indiener") -> tuple[str, date, dict[str, str]]:
    return "InformatieOntvangen", dag(n), {"van": van}


# Each on day 40; the days waited until then, and whether the firm still waits.
GEVALLEN = [
    ("nothing asked", [], 0, False),
    ("asked and answered", [gevraagd(5), antwoord(15)], 10, False),
    ("asked and answered on one day", [gevraagd(5), antwoord(5)], 0, False),
    ("asked, no answer yet", [gevraagd(30)], 10, True),
    ("asked elsewhere", [gevraagd(5, "buiten"), antwoord(15, "buiten")], 0, False),
    ("answered by somebody else", [gevraagd(5), antwoord(9, "binnen")], 35, True),
    ("twice, one after the other", [gevraagd(2), antwoord(4), gevraagd(10), antwoord(13)], 5, False),
    ("twice at the same time: both must be answered", [gevraagd(2), gevraagd(5), antwoord(8), antwoord(20)], 18, False),
    ("told without being asked answers nothing that comes later", [antwoord(1), gevraagd(10), antwoord(12)], 2, False),
    ("asked again the day it was answered", [gevraagd(2), antwoord(6), gevraagd(6), antwoord(9)], 7, False),
]


@pytest.mark.parametrize(("feiten", "gewacht", "nog"), [rij[1:] for rij in GEVALLEN], ids=[rij[0] for rij in GEVALLEN])
def test_days_waited_are_taken_apart_and_total_stays_total(con, feiten, gewacht, nog) -> None:
    voeg_toe(con, NR, DAG0, stap_05_op=dag(8), feiten=feiten)
    einde = {duur.maat: duur for duur in duur_van_klacht(con, NR, dag(40))}["afsluiting"]
    assert (einde.dagen, einde.gewacht, einde.netto, einde.wacht_nog) == (40, gewacht, 40 - gewacht, nog)


def test_what_lies_outside_a_duration_is_not_waited_in_it(con: DuckDBPyConnection) -> None:
    voeg_toe(con, NR, DAG0, stap_05_op=dag(8), stap_13_op=dag(30), feiten=[gevraagd(5), antwoord(35)])
    duren = {d.maat: (d.dagen, d.gewacht, d.netto, d.wacht_nog) for d in duur_van_klacht(con, NR, dag(40))}
    assert duren == {"bevestiging": (8, 3, 5, False), "afsluiting": (30, 25, 5, False)}


def test_the_terms_do_not_stop_for_it(con: DuckDBPyConnection) -> None:
    voeg_toe(con, NR, DAG0, stap_05_op=dag(15), feiten=[gevraagd(1), antwoord(14)])
    assert een_termijn(con, NR, "bevestiging", dag(40))["status"] == "te laat"


def test_looking_back_an_answer_that_had_not_come_yet_is_still_waited_for(con: DuckDBPyConnection) -> None:
    voeg_toe(con, NR, DAG0, feiten=[gevraagd(5), antwoord(15)])
    gezien = [
        (d.gewacht, d.wacht_nog)
        for n in (4, 5, 14, 15, 20)
        for d in duur_van_klacht(con, NR, dag(n))
        if d.maat == "afsluiting"
    ]
    assert gezien == [(0, False), (0, True), (9, True), (10, False), (10, False)]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    zetten=st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=9),
    einde=st.one_of(st.none(), st.integers(0, 60)),
)
def test_waited_is_the_number_of_days_that_ended_with_an_open_question(leeg, zetten, einde) -> None:
    leeg.begin()
    try:
        # Facts of one day count in the order in which they were recorded.
        zetten = sorted(zetten, key=lambda zet: zet[0])
        feiten = [gevraagd(n) if vraagt else antwoord(n) for n, vraagt in zetten]
        voeg_toe(leeg, NR, DAG0, **({} if einde is None else {"ingetrokken_op": dag(einde)}), feiten=feiten)
        tot = 70 if einde is None else einde
        wachtend = 0
        for avond in range(tot):
            openstaand = 0
            for n, vraagt in zetten:
                if n <= avond:
                    openstaand = max(0, openstaand + (1 if vraagt else -1))
            wachtend += openstaand > 0
        duur = next(d for d in duur_van_klacht(leeg, NR, dag(70)) if d.maat == "afsluiting")
        assert (duur.dagen, duur.gewacht, duur.netto) == (tot, wachtend, tot - wachtend)
    finally:
        leeg.rollback()


# --- a year ----------------------------------------------------------------------------------------------------------


def vraag(con: DuckDBPyConnection, sql: str) -> list[dict]:
    return rijen_van(con, sql, peildatum=dag(100), periode=2025)


def test_net_and_total_count_the_same_klachten(con: DuckDBPyConnection) -> None:
    for nr in range(1, 9):
        feiten = [gevraagd(2), antwoord(2 + nr)] if nr % 2 else []
        voeg_toe(con, f"K2025-{nr:04d}", DAG0, stap_05_op=dag(6), stap_13_op=dag(30), feiten=feiten)
    voeg_toe(con, "K2025-0009", DAG0, feiten=[gevraagd(90)])
    gevonden = vraag(con, "doorlooptijden_netto")
    uit = netto(gevonden, "afsluiting")
    # 1 + 3 + 5 + 7 days, and ten until the peildatum.
    assert (uit.klachten, uit.met_wachten, uit.gewacht, uit.wacht_nog) == (9, 5, 26, 1)
    totaal = doorlooptijd(vraag(con, "doorlooptijden"), "afsluiting")
    assert totaal.n == uit.looptijd.n == 9
    assert (totaal.mediaan, uit.looptijd.mediaan) == (30, 30)
    assert uit.zin(totaal) == (
        "Op de indiener gewacht, tot de afsluiting: bij 5 van de 9 klachten, samen 26 dagen; op 1 daarvan nu nog. "
        "De helft is totaal binnen 30 dagen afgesloten, netto binnen 30 dagen."
    )
    tot_5 = netto(gevonden, "bevestiging")
    assert (tot_5.met_wachten, tot_5.gewacht) == (5, 1 + 3 + 4 + 4 + 10)


@pytest.mark.parametrize("keer", [1, 3])
def test_the_medians_of_the_process_have_a_net_beside_them(con: DuckDBPyConnection, keer: int) -> None:
    """Investigated on day 20, acknowledged on day 6: of the fourteen days in between eight were waited."""
    for nr in range(1, keer + 1):
        feiten = [gevraagd(8), antwoord(16)]
        voeg_toe(con, f"K2025-{nr:04d}", DAG0, stap_02_op=DAG0, stap_03_op=DAG0, stap_04_op=DAG0, stap_05_op=dag(6),
            stap_06_op=dag(20), feiten=feiten)  # fmt: skip
    p = proces(con, peildatum=dag(40), periode=2025)
    zes = p.stappenkaart.set_index("stap").loc[6]
    assert (zes["dagen_sinds_vorige"], zes["netto_sinds_vorige"]) == (14, 6)
    assert (zes["dagen_sinds_ontvangst"], zes["netto_sinds_ontvangst"]) == (20, 12)
    vijf = p.stappenkaart.set_index("stap").loc[5]
    assert (vijf["dagen_sinds_vorige"], vijf["netto_sinds_vorige"]) == (6, 6)
    # Asking and answering are no steps of their own: 6 follows 5.
    paren = p.overgangen.set_index(["van", "naar"])
    (paar,) = [sleutel for sleutel in paren.index if sleutel[1] == 6 and sleutel[0] == 5]
    assert paren.loc[paar, ["aantal", "mediaan_dagen", "netto_dagen"]].tolist() == [keer, 14, 6]
    assert len(p.overgangen) == len(rijen_van(con, "overgangen", peildatum=dag(40), periode=2025))


def test_where_nobody_waited_net_is_total(con: DuckDBPyConnection) -> None:
    for nr in range(1, 5):
        voeg_toe(con, f"K2025-{nr:04d}", DAG0, stap_02_op=dag(nr), stap_03_op=dag(3), stap_05_op=dag(6 + nr))
    p = proces(con, peildatum=dag(40), periode=2025)
    for totaal, zonder in (
        ("dagen_sinds_vorige", "netto_sinds_vorige"), ("dagen_sinds_ontvangst", "netto_sinds_ontvangst"),
    ):  # fmt: skip
        assert p.stappenkaart[totaal].equals(p.stappenkaart[zonder])
    assert p.overgangen["mediaan_dagen"].equals(p.overgangen["netto_dagen"])


def test_a_backlog_that_waited_before_it_came_into_view_keeps_its_net_day_of_entry(con: DuckDBPyConnection) -> None:
    voeg_toe(con, NR, DAG0, stap_03_op=dag(50), stap_13_op=dag(60), feiten=[gevraagd(10), antwoord(30)])
    (rij,) = [r for r in vraag(con, "doorlooptijden_netto") if r["maat"] == "afsluiting"]
    assert (rij["dagen"], rij["gewacht"], rij["instap"]) == (40, 20, 30)


def test_sentences_say_who_waited_and_nothing_where_nobody_did(con: DuckDBPyConnection) -> None:
    leeg = Netto(looptijd=doorlooptijd([], "bevestiging"), klachten=3, met_wachten=0, gewacht=0, wacht_nog=0)
    assert (
        leeg.zin(doorlooptijd([], "bevestiging"))
        == "Op de indiener gewacht, tot de bevestiging: bij geen enkele klacht."
    )
    voeg_toe(con, NR, DAG0, stap_05_op=dag(8), feiten=[gevraagd(5), antwoord(7), gevraagd(30)])
    assert duur_zin(duur_van_klacht(con, NR, dag(4))) == ""
    assert duur_zin(duur_van_klacht(con, NR, dag(33))) == (
        "Op de indiener gewacht: 5 dagen. Het antwoord is er nog niet. Duur tot vandaag totaal 33 dagen, netto 28 en "
        "tot de ontvangstbevestiging totaal 8 dagen, netto 6. De termijnen lopen door (stap 6)."
    )
    assert not math.isinf(doorlooptijd(vraag(con, "doorlooptijden_netto"), "bevestiging").mediaan or 0)
