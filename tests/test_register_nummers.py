"""Numbers run without gaps, however many write at once, and no fact of one is ever changed or removed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import pytest

from klachten.gebeurtenissen import KlachtGeregistreerd, TrajectenVastgesteld
from klachten.register import RegisterFout
from klachten.register.controle import controleer
from klachten.register.dossiermap import OngeldigNummer
from tests import eindig
from tests.leegproef import register
from tests.registerproef import DAG, boek_klacht, fouten, leg_klacht_vast, leg_stap_vast, ontvangst, open_at

# A register in which nothing goes wrong that is then put right.
__all__ = ["register"]


@pytest.fixture(scope="module")
def gedeeld(tmp_path_factory):
    """A register with a klacht, shared by what is refused and leaves it as it is."""
    with open_at(tmp_path_factory.mktemp("gedeeld") / "register") as register:
        leg_klacht_vast(register)
        yield register
        assert register.meldingen == []


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_numbers_run_per_reeks_and_year(register):
    with register.schrijven() as boeking:
        for reeks, jaar, verwacht in [
            ("K", 2026, "K2026-0001"), ("K", 2026, "K2026-0002"), ("K", 2025, "K2025-0001"), ("S", 2026, "S2026-0001"),
            ("E", 2026, "E2026-0001"), ("K", 2026, "K2026-0003"),
        ]:  # fmt: skip
            nummer = boeking.nieuw_nummer(reeks, jaar)
            assert nummer == verwacht
            boeking.leg_vast(nummer, ontvangst(), door="anna", rol="coordinator")
    with register.schrijven() as boeking:
        assert boeking.nieuw_nummer("K", 2026) == "K2026-0004"
        boeking.leg_vast("K2026-0004", ontvangst(), door="anna", rol="coordinator")


def test_a_number_that_gets_no_fact_makes_the_whole_group_fail(register):
    with pytest.raises(RegisterFout, match="K2026-0002"), register.schrijven() as boeking:  # noqa: PT012
        boek_klacht(boeking)
        boeking.nieuw_nummer("K", 2026)
    assert register.stand().aantal == 0
    assert leg_klacht_vast(register) == "K2026-0001"


def test_numbers_beyond_9999_grow_a_digit(register):
    with register.schrijven() as boeking:
        for _ in range(10_001):
            nummer = boeking.nieuw_nummer("K", 2026)
            boeking.leg_vast(nummer, KlachtGeregistreerd(gebeurd_op=DAG), door="anna", rol="coordinator")
    assert nummer == "K2026-10001"
    leg_stap_vast(register, nummer)
    assert fouten(controleer(register)) == []


def test_twenty_writers_at_once_give_numbers_without_gaps_or_repeats(register):
    start = threading.Barrier(20)

    def schrijf(i: int) -> list[str]:
        start.wait(eindig.GENOEG)
        nummers = []
        for j in range(4):
            if (i + j) % 4 == 3:  # some give up half-way
                with pytest.raises(ZeroDivisionError), register.schrijven() as boeking:  # noqa: PT012
                    boek_klacht(boeking)
                    raise ZeroDivisionError
            else:
                nummers.append(leg_klacht_vast(register, indiener_naam=f"{i}-{j}"))
                assert register.vastleggingen(nummers[-1])[0].feit.indiener_naam == f"{i}-{j}"
        return nummers

    with ThreadPoolExecutor(20) as pool:
        nummers = [nummer for lijst in pool.map(schrijf, range(20)) for nummer in lijst]
    assert sorted(nummers) == [f"K2026-{i:04d}" for i in range(1, 61)]
    assert register.stand().aantal == 120
    assert fouten(controleer(register)) == []


@pytest.mark.parametrize(
    "nummer",
    [
        "../K2026-0001", "K2026-0001/../../x", "..", "", ".", "K2026-1", "K2026-00001", "k2026-0001", "K2026-0001 ",
        "K2026-0001\n", "X2026-0001", "K２０２６-０００１", "K2026-0000/", "T2026-0001", "T26", "CON", "C:\\x",
        "K2026-0001\x00",
    ],
)  # fmt: skip
def test_what_is_no_klachtnummer_never_becomes_a_folder(gedeeld, nummer):
    voor, stand = sorted(gedeeld.map.rglob("*")), gedeeld.stand()
    with pytest.raises(OngeldigNummer), gedeeld.schrijven() as boeking:
        boeking.leg_vast(nummer, ontvangst(), door="anna", rol="coordinator")
    with pytest.raises(OngeldigNummer):
        gedeeld.vastleggingen(nummer)
    assert sorted(gedeeld.map.rglob("*")) == voor
    assert gedeeld.stand() == stand


@pytest.mark.parametrize("nummer", ["K2026-0002", "S2026-0001", "K2025-0001"])
def test_a_fact_of_a_number_never_given_out_is_refused(register, nummer):
    leg_klacht_vast(register)
    with pytest.raises(RegisterFout, match=f"{nummer} bestaat niet"):
        leg_stap_vast(register, nummer)
    assert register.stand().aantal == 2


def test_trajecten_of_a_year_need_no_number(register):
    with register.schrijven() as boeking:
        feit = TrajectenVastgesteld(gebeurd_op=DAG, jaar=2025, vestiging="weert", aantal=150)
        boeking.leg_vast("T2025", feit, door="carla", rol="directie")
    with register.cursor() as cursor:
        assert cursor.execute("SELECT * FROM trajecten").fetchall() == [
            ("T2025", 2025, date(2025, 1, 1), date(2025, 12, 31), "weert", 150)
        ]


# --- append-only -----------------------------------------------------------------------------------------------------

VALUES = "VALUES (1, 'K2026-0001', 1, 'x', '2026-01-05', '2026-01-05', 'a', 'b', NULL, '{}', '{}', [1,1], 'v', 'z')"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gebeurtenis SET door = 'bas'",
        "UPDATE gebeurtenis SET door = 'bas' WHERE nr = 1",
        "DELETE FROM gebeurtenis",
        "DELETE FROM gebeurtenis WHERE nr = 2",
        "DELETE FROM gebeurtenis USING klacht WHERE gebeurtenis.klachtnummer = klacht.klachtnummer",
        "TRUNCATE gebeurtenis",
        "MERGE INTO gebeurtenis USING (SELECT 1 AS nr) AS n ON gebeurtenis.nr = n.nr WHEN MATCHED THEN DELETE",
        "MERGE INTO gebeurtenis USING (SELECT 1 nr) n ON gebeurtenis.nr = n.nr WHEN MATCHED THEN UPDATE SET rol=''",
        f"INSERT OR REPLACE INTO gebeurtenis {VALUES}",
        f"INSERT INTO gebeurtenis {VALUES} ON CONFLICT DO UPDATE SET door = 'bas'",
        f"INSERT INTO gebeurtenis {VALUES}",
    ],
)
def test_facts_are_never_changed_or_removed(gedeeld, sql):
    with gedeeld.cursor() as cursor:
        voor = cursor.execute("SELECT * FROM gebeurtenis ORDER BY nr").fetchall()
        with pytest.raises(duckdb.Error):
            cursor.execute(sql)
        assert cursor.execute("SELECT * FROM gebeurtenis ORDER BY nr").fetchall() == voor
    leg_stap_vast(gedeeld, "K2026-0001")
    assert fouten(controleer(gedeeld)) == []
