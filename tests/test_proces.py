"""The 18 steps as they were really taken: orders, deviations down to the dossier, rework (statistiek 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.proces.proces import afwijkingen, oordeel, proces
from tests.termijnproef import STAPFEIT, voeg_toe
from tests.voorbeeldfirma import COULANT

OUDJAAR = date(2025, 12, 31)
VOLLEDIG = "1-2-3-4-5-6-8-9-10-11-13-14"


def loop(
    con: DuckDBPyConnection,
    nummer: str,
    stappen: str,
    feiten: Sequence[tuple[str, date, dict[str, object]]] = (),
    **velden: object,
) -> None:
    """A klacht that did these steps, one a day, each of them as the fact that marks it; a | reopens it."""
    dag, maatregel, feiten = date(2025, 1, 1), 0, list(feiten)
    for stap in stappen.replace("|", "-|-").split("-"):
        maatregel += stap == "8"
        wie = {"maatregel": maatregel, "actienemer": "gijs", "overlegd_met": "carla", "uiterlijk_op": "2025-12-01"}
        soorten = {"8": "MaatregelBepaald", "10": "ActienemerGeinformeerd", "11": "MaatregelUitgevoerd"}
        soorten |= {"|": "KlachtHeropend", "8z": "GeenMaatregelenNodig"} | {str(nr): s for nr, s in STAPFEIT.items()}
        if stap != "1":
            feiten.append((soorten[stap], dag, wie if stap in ("8", "10", "11") else {"behandelaar": "anna"}))
        dag += timedelta(days=1)
    voeg_toe(con, nummer, date(2025, 1, 1), feiten=feiten, **velden)


@pytest.mark.parametrize(
    ("spoor", "nog_open", "zonder", "zinnen"),
    [
        (VOLLEDIG, False, "", ()),
        (f"{VOLLEDIG}-15", False, "", ()),
        ("1-2-3-4-5-6-8-9-10-12-11-12-13-14", False, "", ()),
        ("1-2-3-4-5-6-7", False, "", ()),
        ("1-2-3-4-5-6-8-9-13-14", False, "1", ()),
        ("1-2-3-4-5-6-8-9-13-14", False, "", ("Stap 10 is overgeslagen.", "Stap 11 is overgeslagen.")),
        # What is missing may still be done while the klacht runs.
        ("1-2-3-4-6", True, "", ("Stap 5 is nog niet gedaan.",)),
        ("1-2-3-4", True, "", ()),
        ("1-2-3-5-4-6-7", False, "", ("Stap 4 kwam pas na stap 5.",)),
        # A dispute is allowed while the klacht runs.
        ("1-2-3-4-5-15-6-8-9-10-11-13-14", False, "", ()),
        # Each round by itself: the first had a deliberate zero, the second a maatregel.
        ("1-2-3-4-5-6-8-9-13-14-15|8-9-10-11-13-14", False, "1", ()),
        ("1-2-3-4-5-6-8-9-10-11-13-14|6-7", False, "", ()),
        ("1-2-3-4-5-6-7|8-9", True, "", ()),
        # Withdrawn before anybody was assigned, and taken up again: what was left undone comes in the second round.
        ("1-2-3|4-5-6-8-9-10-11-13-14", False, "", ()),
        (f"{VOLLEDIG}|8-9-11-13-14", False, "", ("Na heropening 1: stap 10 is overgeslagen.",)),
    ],
)
def test_an_order_is_held_against_the_reglement(
    spoor: str, nog_open: bool, zonder: str, zinnen: tuple[str, ...]
) -> None:
    assert oordeel(spoor, nog_open, zonder).zinnen == zinnen


@pytest.mark.parametrize(
    ("spoor", "nog_open", "niet_mogelijk", "zinnen"),
    [
        ("1-2-3-4-6-8-10-11-13", False, "1.5-1.9-1.14", ()),
        ("1-2-3-4-6-8-10-11-13", False, "1.5-1.9", ("Stap 14 is overgeslagen.",)),
        ("1-2-3-4-6", True, "1.5-1.9-1.14", ()),
        ("1-2-3-4-6-7", False, "1.5-1.9-1.14", ()),
        # Each round by itself.
        (f"{VOLLEDIG}|8-10-11-13", False, "2.9-2.14", ()),
        ("1-2-3-4-5-6-8-10-11-13-14|8-10-11-13-14", False, "1.9", ("Na heropening 1: stap 9 is overgeslagen.",)),
    ],
)
def test_a_letter_that_nobody_could_get_is_not_skipped(
    spoor: str, nog_open: bool, niet_mogelijk: str, zinnen: tuple[str, ...]
) -> None:
    assert oordeel(spoor, nog_open, "", niet_mogelijk).zinnen == zinnen


def stil(dag: int, *, bereikbaar: bool = False) -> tuple[str, date, dict[str, object]]:
    return "AnonimiteitVastgelegd", date(2025, 1, 1) + timedelta(dag), {"onbekend": True, "bereikbaar": bereikbaar}


# A step a day from day 0 on; who could be written to since when; the letters that nobody could get; what is said.
AAN_NIEMAND: list[tuple[str, list[tuple[str, date, dict[str, object]]], str, tuple[str, ...]]] = [
    ("1-2-3-4-6-8-10-11-13", [], "", tuple(f"Stap {nr} is overgeslagen." for nr in (5, 9, 14))),
    ("1-2-3-4-6-8-10-11-13", [stil(0)], "1.5-1.9-1.14", ()),
    # Step 6 is of day 4, step 10 of day 6: could be written to until then, and was not.
    ("1-2-3-4-6-8-10-11-13", [stil(4)], "1.5-1.9-1.14", ()),
    ("1-2-3-4-6-8-10-11-13", [stil(5)], "1.9-1.14", ("Stap 5 is overgeslagen.",)),
    ("1-2-3-4-6-8-10-11-13", [stil(7)], "1.14", ("Stap 5 is overgeslagen.", "Stap 9 is overgeslagen.")),
    ("1-2-3-4-6-8-10-11-13", [stil(300)], "1.14", ("Stap 5 is overgeslagen.", "Stap 9 is overgeslagen.")),
    # An address came: from then on the letters are asked, what was passed by before it is not.
    ("1-2-3-4-6-8-10-11-13", [stil(0), stil(5, bereikbaar=True)], "1.5", tuple(
        f"Stap {nr} is overgeslagen." for nr in (9, 14)
    )),
    ("1-2-3-4-6-8-9-10-11-13-14", [stil(0), stil(5, bereikbaar=True)], "1.5", ()),
    # Written in time and unknown afterwards: nothing is missing.
    (VOLLEDIG, [stil(40)], "", ()),
    # In the second round only; the reopening is of day 12.
    (f"{VOLLEDIG}|8-10-11-13", [stil(12)], "2.9-2.14", ()),
    ("1-2-3-4-6-8-9-10-11-13|8-9-10-11-13-14", [stil(0), stil(5, bereikbaar=True), stil(10), stil(12, bereikbaar=True)],
     "1.5-1.14-2.5", ()),
    # What could not be acknowledged in the first round is not asked in the second one.
    ("1-2-3-4-6-8-9-10-11-13-14|8-9-10-11-13-14", [stil(0), stil(5, bereikbaar=True)], "1.5", ()),
]  # fmt: skip


@pytest.mark.parametrize(("stappen", "wie", "niet_mogelijk", "zinnen"), AAN_NIEMAND)
def test_the_letters_that_nobody_could_get(
    con: DuckDBPyConnection,
    stappen: str,
    wie: list[tuple[str, date, dict[str, object]]],
    niet_mogelijk: str,
    zinnen: tuple[str, ...],
) -> None:
    loop(con, "K2025-0001", stappen, feiten=wie)
    loop(con, "K2025-0002", VOLLEDIG)
    p = proces(con, peildatum=OUDJAAR, periode=2025)
    # All are counted wherever steps are counted.
    kaart = p.stappenkaart.set_index("stap")["aantal"]
    herhaald = p.herstelwerk.set_index("stap")["klachten"]
    assert p.klachten == kaart[1] == herhaald[1] == 2
    assert {stap: n for stap, n in kaart.items() if n} == herhaald.to_dict()
    (eigen,) = [v for v in p.varianten.to_dict("records") if v["voorbeeld"] == "K2025-0001" or len(p.varianten) == 1]
    assert (eigen["niet_mogelijk"], eigen["zinnen"], eigen["volgt"]) == (niet_mogelijk, zinnen, not zinnen)
    aantal, lijst = afwijkingen(con, peildatum=OUDJAAR, periode=2025)
    assert (aantal, list(lijst["klachtnummer"])) == ((1, ["K2025-0001"]) if zinnen else (0, []))


def test_the_process_of_a_year_is_counted_as_by_hand(con: DuckDBPyConnection) -> None:
    loop(con, "K2025-0001", VOLLEDIG)
    loop(con, "K2025-0002", VOLLEDIG)
    loop(con, "K2025-0003", "1-2-3-4-6-8-9-10-11-13-14")
    loop(con, "K2025-0004", "1-2-3-4")
    loop(con, "K2025-0005", f"{VOLLEDIG}-15|6-8-9-10-11-13-14")
    loop(con, "K2025-0006", "1-3", vervallen_op=date(2025, 2, 1))
    p = proces(con, peildatum=OUDJAAR, periode=2025, reglement=COULANT)
    # The reopened one follows the reglement in both its rounds.
    assert (p.klachten, p.volgens, p.beeindigd) == (5, 4, 4)
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
    assert over[over["herhaald"] > 0]["extra_keren"].to_dict() == {6: 1, 8: 1, 9: 1, 10: 1, 11: 1, 13: 1, 14: 1}
    paar = p.overgangen.set_index(["van", "naar"])["aantal"].to_dict()
    assert (paar[1, 2], paar[4, 5], paar[4, 6], paar[15, 6]) == (5, 3, 1, 1)
    assert ("overgeslagen", 5, 1) in p.afwijkingen.itertuples(index=False, name=None)
    assert p.bevindingen[0].zin == "Van de 5 klachten hebben er 4 de stappen tot nu toe op volgorde."


def test_deviations_lead_to_the_dossier_in_words(con: DuckDBPyConnection) -> None:
    loop(con, "K2025-0001", VOLLEDIG)
    loop(con, "K2025-0002", "1-2-3-4-6-8-9-10-11-13-14")
    loop(con, "K2025-0003", "1-2-3-4-8-13")
    aantal, lijst = afwijkingen(con, peildatum=OUDJAAR, periode=2025)
    assert aantal == 2
    assert lijst["klachtnummer"].tolist() == ["K2025-0003", "K2025-0002"]
    assert lijst["zinnen"].iloc[1] == ("Stap 5 is overgeslagen.",)
    assert afwijkingen(con, peildatum=OUDJAAR, periode=2025, limit=1, offset=1)[1]["klachtnummer"].tolist() == [
        "K2025-0002"
    ]


def test_a_year_without_klachten_has_a_process_that_reads_well(con: DuckDBPyConnection) -> None:
    p = proces(con, peildatum=OUDJAAR, periode=2025)
    assert [b.zin for b in p.bevindingen] == ["Er zijn geen klachten, dus ook geen weg door de stappen."]
    assert p.fitness is None
    aantal, lijst = afwijkingen(con, peildatum=OUDJAAR, periode=2025)
    assert (aantal, len(lijst)) == (0, 0)


def test_steps_after_the_peildatum_are_not_known_yet(con: DuckDBPyConnection) -> None:
    loop(con, "K2025-0001", VOLLEDIG)
    p = proces(con, peildatum=date(2025, 1, 4), periode=2025)
    assert p.varianten[["spoor", "nog_open", "volgt"]].to_numpy().tolist() == [["1-2-3-4", True, True]]


def test_a_reopened_klacht_is_as_fit_as_its_rounds_together() -> None:
    heel = oordeel(f"{VOLLEDIG}|8-9-10-11-13-14", False)
    assert (heel.kosten, heel.fitness, heel.prefix_kosten) == (0, 1.0, 0)
    # One step of 6 is missing from the second round: 1 insertion over 12 + 7 (the shortest path) and 5 + 1 steps.
    mist = oordeel(f"{VOLLEDIG}|8-9-11-13-14", False)
    assert (mist.kosten, mist.overgeslagen) == (1, ("10",))
    assert mist.fitness == pytest.approx(1 - 1 / (12 + 7 + 5 + 1))
    loopt = oordeel(f"{VOLLEDIG}|8-9", True)
    assert (loopt.kosten, loopt.fitness, loopt.prefix_kosten) == (None, None, 0)


def test_the_workload_counts_a_klacht_with_who_had_it_then_and_agrees_with_the_flow(con: DuckDBPyConnection) -> None:
    vervangen = ("BehandelaarVervangen", date(2025, 3, 10), {"behandelaar": "bas"})
    voeg_toe(con, "K2025-0001", date(2025, 1, 5), behandelaar="anna", feiten=[vervangen])
    voeg_toe(con, "K2025-0002", date(2025, 1, 6), stap_13_op=date(2025, 2, 3), vervallen_op=date(2025, 4, 2))
    heropend = ("KlachtHeropend", date(2025, 4, 1), {})
    voeg_toe(con, "K2025-0003", date(2025, 1, 7), behandelaar="bas", stap_13_op=date(2025, 2, 3), feiten=[heropend])
    regels = rijen_van(con, "werklast", peildatum=date(2025, 4, 30))
    stand = {(r["maand"].month, r["behandelaar"]): r["nog_open"] for r in regels if r["nog_open"]}
    assert stand == {
        (1, "anna"): 1, (2, "anna"): 1, (3, "bas"): 1, (4, "bas"): 2,
        # Entered by mistake: open until that was said, as in the flow, whatever was done with it before.
        (1, None): 1, (2, None): 1, (3, None): 1,
        (1, "bas"): 1,
    }  # fmt: skip
    (jaar,) = rijen_van(con, "stroom", peildatum=date(2025, 4, 30))
    assert jaar["open_einde"] == sum(r["nog_open"] for r in regels if r["maand"].month == 4)
