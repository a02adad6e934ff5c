"""The 18 steps as they were really taken: orders, deviations down to the dossier, rework (statistiek 8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection

from klachten import reglement
from klachten.analyse.proces.proces import afwijkingen, oordeel, proces
from tests.termijnproef import proef, voeg_toe

OUDJAAR = date(2025, 12, 31)
VOLLEDIG = "1-2-3-4-5-6-8-9-10-11-13-14"


@pytest.fixture(scope="module")
def leeg() -> Iterator[DuckDBPyConnection]:
    con = proef()
    yield con
    con.close()


@pytest.fixture
def con(leeg: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    leeg.begin()
    yield leeg
    leeg.rollback()


def loop(con: DuckDBPyConnection, nummer: str, stappen: str, status: str = "afgesloten", **velden: object) -> None:
    """A klacht that did these steps, one a day."""
    eerste = date(2025, 1, 1)
    data = {
        f"stap_{int(stap):02d}_op": eerste + timedelta(days=plaats) for plaats, stap in enumerate(stappen.split("-"))
    }
    voeg_toe(con, nummer, eerste, stappen=stappen, status=status, **data, **velden)


@pytest.mark.parametrize(
    ("spoor", "nog_open", "zonder", "zinnen"),
    [
        (VOLLEDIG, False, False, ()),
        (f"{VOLLEDIG}-15", False, False, ()),
        ("1-2-3-4-5-6-8-9-10-12-11-12-13-14", False, False, ()),
        ("1-2-3-4-5-6-7", False, False, ()),
        ("1-2-3-4-5-6-8-9-13-14", False, True, ()),
        ("1-2-3-4-5-6-8-9-13-14", False, False, ("Stap 10 is overgeslagen.", "Stap 11 is overgeslagen.")),
        ("1-2-3-4-6", True, False, ("Stap 5 is overgeslagen.",)),
        ("1-2-3-4", True, False, ()),
        ("1-2-3-5-4-6-7", False, False, ("Stap 4 kwam pas na stap 5.",)),
    ],
)
def test_an_order_is_held_against_the_reglement(
    spoor: str, nog_open: bool, zonder: bool, zinnen: tuple[str, ...]
) -> None:
    assert oordeel(spoor, nog_open, zonder).zinnen == zinnen


def test_the_process_of_a_year_is_counted_as_by_hand(con: DuckDBPyConnection) -> None:
    loop(con, "K2025-0001", VOLLEDIG)
    loop(con, "K2025-0002", VOLLEDIG)
    loop(con, "K2025-0003", "1-2-3-4-6-8-9-10-11-13-14")
    loop(con, "K2025-0004", "1-2-3-4", status="in onderzoek")
    loop(con, "K2025-0005", f"{VOLLEDIG}-15-13-14", heropeningen=1)
    loop(con, "K2025-0006", "1-3", status="vervallen", vervallen_op=date(2025, 2, 1))
    p = proces(con, peildatum=OUDJAAR, jaar=2025, reglement=reglement.load("coulant"))
    assert (p.klachten, p.volgens, p.beeindigd) == (5, 3, 4)
    assert p.varianten["spoor"].iloc[0] == VOLLEDIG
    assert p.varianten["klachten"].iloc[0] == 2
    kaart = p.stappenkaart.set_index("stap")
    assert kaart["aantal"].to_dict() == {
        1: 5, 2: 5, 3: 5, 4: 5, 5: 3, 6: 4, 7: 0, 8: 4, 9: 4, 10: 4, 11: 4, 12: 0,
        13: 4, 14: 4, 15: 1, 16: 0, 17: 0, 18: 0,
    }  # fmt: skip
    assert kaart.loc[5, ["dagen_sinds_vorige", "dagen_sinds_ontvangst"]].tolist() == [1.0, 4.0]
    assert kaart.loc[4, "hier_gebleven"] == 1
    over = p.herstelwerk.set_index("stap")
    assert over[over["herhaald"] > 0]["extra_keren"].to_dict() == {13: 1, 14: 1}
    paar = p.overgangen.set_index(["van", "naar"])["aantal"].to_dict()
    assert (paar[1, 2], paar[4, 5], paar[4, 6], paar[15, 13]) == (5, 3, 1, 1)
    assert ("overgeslagen", 5, 1) in p.afwijkingen.itertuples(index=False, name=None)
    assert p.bevindingen[0].zin == "Van de 5 klachten volgen er 3 de stappen van het reglement tot nu toe precies."


def test_deviations_lead_to_the_dossier_in_words(con: DuckDBPyConnection) -> None:
    loop(con, "K2025-0001", VOLLEDIG)
    loop(con, "K2025-0002", "1-2-3-4-6-8-9-10-11-13-14")
    loop(con, "K2025-0003", "1-2-3-4-8-13")
    aantal, lijst = afwijkingen(con, peildatum=OUDJAAR, jaar=2025)
    assert aantal == 2
    assert lijst["klachtnummer"].tolist() == ["K2025-0003", "K2025-0002"]
    assert lijst["zinnen"].iloc[1] == ("Stap 5 is overgeslagen.",)
    assert afwijkingen(con, peildatum=OUDJAAR, jaar=2025, limit=1, offset=1)[1]["klachtnummer"].tolist() == [
        "K2025-0002"
    ]


def test_a_year_without_klachten_has_a_process_that_reads_well(con: DuckDBPyConnection) -> None:
    p = proces(con, peildatum=OUDJAAR, jaar=2025)
    assert [b.zin for b in p.bevindingen] == ["Er zijn geen klachten, dus ook geen weg door de stappen."]
    assert p.fitness is None
    aantal, lijst = afwijkingen(con, peildatum=OUDJAAR, jaar=2025)
    assert (aantal, len(lijst)) == (0, 0)


def test_steps_after_the_peildatum_are_not_known_yet(con: DuckDBPyConnection) -> None:
    loop(con, "K2025-0001", VOLLEDIG)
    p = proces(con, peildatum=date(2025, 1, 4), jaar=2025)
    assert p.varianten[["spoor", "nog_open", "volgt"]].to_numpy().tolist() == [["1-2-3-4", True, True]]
