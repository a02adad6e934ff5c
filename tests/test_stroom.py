"""The year book-keeping balances, whatever happened to the klachten and whenever the peildatum lies (statistiek 10)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.jaar.delen import BEWEGINGEN, stroom_van
from klachten.register import Register
from tests.kengetallenproef import ONTVANGST, Feit, leg_vast
from tests.verhalen import MAP, load, play

EINDES = {
    "KlachtAfgesloten": "afgesloten",
    "NietInBehandelingGenomen": "niet_in_behandeling",
    "KlachtIngetrokken": "ingetrokken",
}


def stroom(con: DuckDBPyConnection, jaar: int, peildatum: date, filter: Filter = Filter()) -> dict[str, int]:  # noqa: B008
    """The movements of a year that are not 0."""
    gevonden = stroom_van(rijen_van(con, "stroom", peildatum=peildatum, filter=filter), jaar, peildatum)
    assert gevonden.sluit
    return {naam: getattr(gevonden, naam) for naam in BEWEGINGEN if getattr(gevonden, naam)}


def klacht(nummer: str, *feiten: tuple[str, date], vestiging: str = "weert") -> list[Feit]:
    (_, eerste), *rest = feiten
    begin: Feit = (nummer, "KlachtOntvangen", eerste, ONTVANGST | {"vestiging": vestiging}, None)
    gegevens = {"NietInBehandelingGenomen": {"grond": "te_oud"}}
    return [begin, *((nummer, soort, op, gegevens.get(soort, {}), None) for soort, op in rest)]


def test_an_empty_register_has_a_flow_of_zeroes(con: DuckDBPyConnection) -> None:
    assert stroom(con, 2025, date(2025, 12, 31)) == {}


def test_every_way_to_end_counts_in_its_own_column(con: DuckDBPyConnection) -> None:
    leg_vast(
        con,
        [
            *klacht("K2025-0001", ("", date(2025, 1, 5)), ("KlachtAfgesloten", date(2025, 2, 5))),
            *klacht("K2025-0002", ("", date(2025, 1, 6)), ("NietInBehandelingGenomen", date(2025, 2, 1))),
            *klacht("K2025-0003", ("", date(2025, 1, 7)), ("KlachtIngetrokken", date(2025, 2, 2))),
            *klacht("K2025-0004", ("", date(2025, 1, 8)), ("KlachtVervallen", date(2025, 1, 9))),
            *klacht("K2025-0005", ("", date(2025, 1, 9))),
        ],
    )
    assert stroom(con, 2025, date(2025, 12, 31)) == {
        "ontvangen": 5, "afgesloten": 1, "niet_in_behandeling": 1, "ingetrokken": 1, "vervallen": 1, "open_einde": 1,
    }  # fmt: skip
    # On a day in between only what had happened counts.
    assert stroom(con, 2025, date(2025, 2, 1)) == {
        "ontvangen": 5, "niet_in_behandeling": 1, "vervallen": 1, "open_einde": 3,
    }  # fmt: skip


def test_an_end_that_was_undone_because_the_klacht_was_a_mistake_counts_no_more_when_it_has_another(
    con: DuckDBPyConnection,
) -> None:
    """Taken over or put right in another order than it happened: it came in once, so it can go once."""
    eindes = (("NietInBehandelingGenomen", 20), ("KlachtVervallen", 25), ("KlachtAfgesloten", 20))
    leg_vast(
        con,
        klacht("K2025-0001", ("", date(2025, 9, 7)), *((soort, date(2025, 11, dag)) for soort, dag in eindes))
        + klacht("K2025-0002", ("", date(2025, 9, 8))),
    )
    assert stroom(con, 2025, date(2025, 12, 20)) == {"ontvangen": 2, "afgesloten": 1, "open_einde": 1}


def test_a_klacht_is_carried_over_to_the_year_in_which_it_ends(con: DuckDBPyConnection) -> None:
    leg_vast(con, klacht("K2024-0001", ("", date(2024, 12, 20)), ("KlachtAfgesloten", date(2025, 1, 20))))
    assert stroom(con, 2024, date(2025, 12, 31)) == {"ontvangen": 1, "open_einde": 1}
    assert stroom(con, 2025, date(2025, 12, 31)) == {"open_begin": 1, "afgesloten": 1}
    # A year without any movement still carries what is open.
    assert stroom(con, 2026, date(2026, 3, 1)) == {}


def test_closed_reopened_and_closed_again_in_one_year_counts_twice_as_closed(con: DuckDBPyConnection) -> None:
    leg_vast(
        con,
        klacht(
            "K2025-0001",
            ("", date(2025, 1, 5)),
            ("KlachtAfgesloten", date(2025, 2, 1)),
            ("KlachtHeropend", date(2025, 3, 1)),
            ("KlachtAfgesloten", date(2025, 4, 1)),
            ("KlachtHeropend", date(2025, 5, 1)),
            ("KlachtIngetrokken", date(2026, 1, 10)),
        ),
    )
    assert stroom(con, 2025, date(2026, 12, 31)) == {"ontvangen": 1, "heropend": 2, "afgesloten": 2, "open_einde": 1}
    assert stroom(con, 2026, date(2026, 12, 31)) == {"open_begin": 1, "ingetrokken": 1}
    assert stroom(con, 2025, date(2025, 3, 15)) == {"ontvangen": 1, "heropend": 1, "afgesloten": 1, "open_einde": 1}
    assert stroom(con, 2025, date(2025, 4, 15)) == {"ontvangen": 1, "heropend": 1, "afgesloten": 2}


def test_what_was_done_with_a_klacht_that_became_vervallen_counts_no_more(con: DuckDBPyConnection) -> None:
    leg_vast(
        con,
        klacht(
            "K2025-0001",
            ("", date(2025, 1, 5)),
            ("KlachtAfgesloten", date(2025, 2, 1)),
            ("KlachtVervallen", date(2025, 3, 1)),
        ),
    )
    assert stroom(con, 2025, date(2025, 12, 31)) == {"ontvangen": 1, "vervallen": 1}
    # On a day before that it was simply closed.
    assert stroom(con, 2025, date(2025, 2, 15)) == {"ontvangen": 1, "afgesloten": 1}


def test_the_filter_narrows_the_flow_and_imported_klachten_stay_outside(con: DuckDBPyConnection) -> None:
    over = (ONTVANGST | {"herkomst": "overgenomen", "bron": "oud", "bron_id": "1"}, None)
    leg_vast(
        con,
        [
            *klacht("K2025-0001", ("", date(2025, 1, 5))),
            *klacht("K2025-0002", ("", date(2025, 1, 6)), vestiging="utrecht"),
            ("K2025-0003", "KlachtOntvangen", date(2025, 1, 7), *over),
        ],
    )
    dag = date(2025, 12, 31)
    assert stroom(con, 2025, dag) == {"ontvangen": 2, "open_einde": 2}
    assert stroom(con, 2025, dag, Filter(vestiging="utrecht")) == {"ontvangen": 1, "open_einde": 1}
    assert stroom(con, 2025, dag, Filter(herkomst="overgenomen")) == {"ontvangen": 1, "open_einde": 1}
    assert stroom(con, 2025, dag, Filter(herkomst=None)) == {"ontvangen": 3, "open_einde": 3}


def test_the_story_of_an_oordeel_that_reopens_flows_as_told(register: Register) -> None:
    play(register, load(MAP / "stap_15_oordeel_heropent.toml"))
    with register.cursor() as cursor:
        assert stroom(cursor, 2026, date(2026, 2, 15)) == {"ontvangen": 1, "afgesloten": 1}
        assert stroom(cursor, 2026, date(2026, 3, 25)) == {
            "ontvangen": 1,
            "afgesloten": 1,
            "heropend": 1,
            "open_einde": 1,
        }
        assert stroom(cursor, 2026, date(2026, 12, 31)) == {"ontvangen": 1, "afgesloten": 2, "heropend": 1}


# --- the property ----------------------------------------------------------------------------------------------------

EERSTE = date(2023, 1, 1)


@st.composite
def verlopen(draw: st.DrawFn) -> list[tuple[list[tuple[str, date]], list[tuple[int, date]]]]:
    """Klachten with valid turns, and corrections of dates: (turns, [(place of the turn, other date)])."""
    uit = []
    for _ in range(draw(st.integers(0, 6))):
        dag = EERSTE + timedelta(days=draw(st.integers(0, 700)))
        beurten, toestand, mag_niet = [("KlachtOntvangen", dag)], "open", set()
        for _ in range(draw(st.integers(0, 7))):
            keuze = [s for s in EINDES if s not in mag_niet] if toestand == "open" else ["KlachtHeropend"]
            soort = draw(st.sampled_from([*keuze, "KlachtVervallen"] if len(beurten) > 3 else keuze))
            dag += timedelta(days=draw(st.integers(0, 250)))
            beurten.append((soort, dag))
            if soort == "NietInBehandelingGenomen":
                mag_niet.add(soort)
            if soort == "KlachtVervallen":
                break
            toestand = "open" if soort == "KlachtHeropend" else "geeindigd"
        correcties = []
        if len(beurten) > 1 and draw(st.booleans()):
            plaats = draw(st.integers(1, len(beurten) - 1))
            correcties.append((plaats, beurten[0][1] + timedelta(days=draw(st.integers(0, 900)))))
        uit.append((beurten, correcties))
    return uit


def verwacht(beurten: list[tuple[str, date]], jaar: int, peildatum: date) -> dict[str, int]:
    """What one klacht does in a year, told from its turns in order of recording."""
    telling = dict.fromkeys(BEWEGINGEN, 0)
    gebeurd = [(soort, op) for soort, op in beurten if op <= peildatum]
    if gebeurd and gebeurd[-1][0] == "KlachtVervallen":
        gebeurd = [gebeurd[0], gebeurd[-1]]
    stand = 0
    for soort, op in gebeurd:
        erbij = soort in ("KlachtOntvangen", "KlachtHeropend")
        stand += 1 if erbij else -1
        if op.year == jaar:
            naam = {"KlachtOntvangen": "ontvangen", "KlachtHeropend": "heropend", "KlachtVervallen": "vervallen"}.get(
                soort
            )
            telling[naam or EINDES[soort]] += 1
        if op.year < jaar:
            telling["open_begin"] += 1 if erbij else -1
        if op.year <= jaar:
            telling["open_einde"] += 1 if erbij else -1
    assert stand in (0, 1)
    return telling


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(klachten=verlopen(), dagen=st.integers(0, 1500))
def test_the_flow_always_balances_and_is_the_sum_of_what_happened(
    leeg: DuckDBPyConnection, klachten: list[Any], dagen: int
) -> None:
    peildatum = EERSTE + timedelta(days=dagen)
    feiten: list[Feit] = []
    for nr, (beurten, correcties) in enumerate(klachten, start=1):
        eerste_nr = len(feiten) + 1
        eigen = klacht(f"K2023-{nr:04d}", *beurten, vestiging=("weert", "utrecht")[nr % 2])
        feiten += eigen
        for plaats, op in correcties:
            _, soort, _, gegevens, _ = eigen[plaats]
            feiten.append((f"K2023-{nr:04d}", soort, op, gegevens, eerste_nr + plaats))
            beurten[plaats] = (soort, op)
    leeg.begin()
    try:
        leg_vast(leeg, feiten)
        rijen = rijen_van(leeg, "stroom", peildatum=peildatum)
        for rij in rijen:
            erbij = rij["open_begin"] + rij["ontvangen"] + rij["heropend"]
            eraf = rij["afgesloten"] + rij["niet_in_behandeling"] + rij["ingetrokken"] + rij["vervallen"]
            assert erbij == eraf + rij["open_einde"]
            assert min(rij[naam] for naam in BEWEGINGEN) >= 0
        nog_open = sum(rij["open_einde"] for rij in rijen if rij["jaar"] == peildatum.year)
        geselecteerd = leeg.execute(
            f"SELECT COUNT(*) FROM klacht_selectie($p, {', '.join(['NULL'] * 8)}) WHERE einde = 'open'",
            {"p": peildatum},
        ).fetchall()[0][0]
        op_volgorde = all(a[1] <= b[1] for beurten, _ in klachten for a, b in pairwise(beurten))
        if op_volgorde:
            for jaar in range(2023, peildatum.year + 1):
                gevonden = stroom_van(rijen, jaar, peildatum)
                som = [verwacht(beurten, jaar, peildatum) for beurten, _ in klachten]
                assert {naam: getattr(gevonden, naam) for naam in BEWEGINGEN} == {
                    naam: sum(deel[naam] for deel in som) for naam in BEWEGINGEN
                }
            if not any(soort == "KlachtVervallen" for beurten, _ in klachten for soort, _ in beurten):
                assert nog_open == geselecteerd
    finally:
        leeg.rollback()
