"""What a handeling of steps 16 to 18 makes of its input in the states of an evaluation, and of which trajecten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.register import Register
from tests.feitenproef import dag, register
from tests.lichaamproef import ANNA, BEPAALD, DIRECTIE, LEEG, Feitenlijst, doe, evaluatie, zeg
from tests.standenproef import op

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]

VERTELD = [*BEPAALD, g.VerbeteractieMeegedeeld(**op(21), verbeteractie=1)]
GEDAAN = [*VERTELD, g.VerbeteractieUitgevoerd(**op(22), verbeteractie=1)]
WEGGEVALLEN = [*BEPAALD, g.VerbeteractieVervallen(**op(22), verbeteractie=1)]
VOOR = "23 januari 2026 ligt vóór de evaluatie van 24 januari 2026 (stap 16)."
NIET_OPEN = "Verbeteractie 1 van E2026-0001 is al uitgevoerd of vervallen."
TE_VROEG = "De uiterste datum ligt vóór 25 januari 2026, de dag waarop hij is bepaald."
ZO_AL = "Verbeteractie 1 is al zo; vul in wat er verandert."
PAS_16 = "Verbeteractie 1 is pas bepaald op 25 januari 2026 (stap 16)."
BESTAAT_NIET = "Verbeteractie 2 van E2026-0001 bestaat niet."
BEPAAL, WIJZIG_16 = "stap_16_bepalen_verbeteractie", "stap_16_wijzigen_verbeteractie"
ZEVENTIEN, ACHTTIEN, GEZIEN = (
    "stap_17_informeren_actienemer", "stap_18_uitvoeren_verbeteractie", "stap_18_waarnemen_verandering",
)  # fmt: skip
ACTIENEMER = "Stap 18: verbeteractie 1 is van Gijs Peters, niet van u."


def v(op_dag: int, nr: int = 1, **anders: Any) -> dict[str, Any]:
    return {"op": dag(op_dag), "verbeteractie": nr, **anders}


def bepaal(op_dag: int, tot: int) -> dict[str, Any]:
    return {"op": dag(op_dag), "actienemer": "gijs", "uiterlijk_op": dag(tot)}


def wijzig_16(op_dag: int, actienemer: str = "", tot: int | None = None, omschrijving: str = "", nr: int = 1) -> Any:
    return v(
        op_dag, nr, actienemer=actienemer, uiterlijk_op=None if tot is None else dag(tot), omschrijving=omschrijving
    )


EVALUATIE: list[tuple[str, Feitenlijst, tuple[str, str], dict[str, Any], list[str] | str]] = [
    (BEPAAL, LEEG, DIRECTIE, bepaal(19, 19), []),
    (BEPAAL, LEEG, DIRECTIE, bepaal(18, 19), VOOR),
    (BEPAAL, LEEG, DIRECTIE, bepaal(20, 19), TE_VROEG),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21), ZO_AL),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, "gijs", 25, "x"), ZO_AL),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, "dirk"), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, omschrijving="y"), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, tot=20), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, tot=19), "De verbeteractie is pas bepaald op 25 januari 2026."),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(20, "dirk"), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(19, "dirk"), PAS_16),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(18, "dirk"), VOOR),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, "dirk", nr=2), BESTAAT_NIET),
    (WIJZIG_16, GEDAAN, DIRECTIE, wijzig_16(23, "dirk"), NIET_OPEN),
    ("stap_16_laten_vervallen_verbeteractie", BEPAALD, DIRECTIE, v(20), []),
    ("stap_16_laten_vervallen_verbeteractie", WEGGEVALLEN, DIRECTIE, v(23), NIET_OPEN),
    (ZEVENTIEN, BEPAALD, DIRECTIE, v(20), []),
    (ZEVENTIEN, VERTELD, DIRECTIE, v(22), "Stap 17 is al gedaan: Gijs Peters is op 26 januari 2026 geïnformeerd."),
    (ACHTTIEN, VERTELD, ("gijs", "actienemer"), v(25), []),
    (ACHTTIEN, VERTELD, ("dirk", "actienemer"), v(25), ACTIENEMER),
    (ACHTTIEN, VERTELD, ("iris", "actienemer"), v(25), ACTIENEMER),
    (ACHTTIEN, VERTELD, DIRECTIE, v(25), []),
    (ACHTTIEN, VERTELD, ANNA, v(25), []),
    (ACHTTIEN, BEPAALD, DIRECTIE, v(25), ["Gijs Peters is nog niet geïnformeerd (stap 17)."]),
    (
        ACHTTIEN, VERTELD, DIRECTIE, v(26),
        ["Verbeteractie 1 moest uiterlijk 30 januari 2026 uitgevoerd zijn (stap 18)."],
    ),
    (GEZIEN, GEDAAN, DIRECTIE, v(22), []),
    (GEZIEN, GEDAAN, DIRECTIE, v(21), "De verbeteractie is pas uitgevoerd op 27 januari 2026 (stap 18)."),
    (GEZIEN, GEDAAN, DIRECTIE, v(23, 2), "Verbeteractie 2 is nog niet uitgevoerd (stap 18)."),
    (GEZIEN, VERTELD, DIRECTIE, v(23), "Verbeteractie 1 is nog niet uitgevoerd (stap 18)."),
]  # fmt: skip


@pytest.mark.parametrize(("naam", "feiten", "wie", "invoer", "verwacht"), EVALUATIE)
def test_what_a_handeling_of_an_evaluation_says(
    register: Register, naam: str, feiten: Feitenlijst, wie: tuple[str, str], invoer: Any, verwacht: list[str] | str
) -> None:
    assert zeg(register, naam, evaluatie(feiten), wie, invoer) == verwacht


def test_what_a_handeling_of_an_evaluation_makes(register: Register) -> None:
    for feiten, nr in ((LEEG, 1), (BEPAALD, 2)):
        (feit,), _, _ = doe(register, BEPAAL, evaluatie(feiten), DIRECTIE, bepaal(21, 30))
        assert feit.verbeteractie == nr
    leeg = {"actienemer": "", "uiterlijk_op": None, "omschrijving": ""}
    # What comes before it in the alphabet or in time, and what comes after.
    waarden = {"actienemer": ("dirk", "iris"), "omschrijving": ("a", "y"), "uiterlijk_op": (dag(24), dag(26))}
    for anders in ({naam: waarde} for naam, twee in waarden.items() for waarde in twee):
        for zelfde in ({}, {"actienemer": "gijs"}, {"uiterlijk_op": dag(25)}, {"omschrijving": "x"}):
            (feit,), _, _ = doe(
                register, WIJZIG_16, evaluatie(BEPAALD), DIRECTIE, v(21, **{**leeg, **zelfde, **anders})
            )
            assert feit == g.VerbeteractieGewijzigd(gebeurd_op=dag(21), verbeteractie=1, **{**leeg, **anders})


@pytest.mark.parametrize(("jaar", "mag"), [(1989, False), (1990, True), (2025, True), (2026, True), (2027, False)])
def test_of_which_year_the_trajecten_are_counted(register: Register, jaar: int, mag: bool) -> None:
    uit = doe(
        register, "stap_16_vaststellen_trajecten", None, DIRECTIE,
        {"op": dag(9), "jaar": jaar, "vestiging": "weert", "aantal": 3},
    )  # fmt: skip
    if not mag:
        assert uit == "Kies een jaar tot en met 2026 (stap 16)."
        return
    assert uit[0] == [g.TrajectenVastgesteld(gebeurd_op=dag(9), jaar=jaar, vestiging="weert", aantal=3)]
    assert (uit[2].klachtnummer, uit[2].corrigeert) == (f"T{jaar}", None)


# A part of a year, the day, and the last day of that part while it is not over.
DELEN = [
    ("", date(2026, 1, 15), None),
    ("k1", date(2026, 1, 15), "Het eerste kwartaal van 2026 loopt tot en met 31 maart 2026."),
    ("k1", date(2026, 3, 30), "Het eerste kwartaal van 2026 loopt tot en met 31 maart 2026."),
    ("k1", date(2026, 3, 31), None),
    ("k4", date(2026, 3, 31), "Het vierde kwartaal van 2026 loopt tot en met 31 december 2026."),
    ("m02", date(2026, 2, 27), "Februari 2026 loopt tot en met 28 februari 2026."),
    ("m02", date(2026, 2, 28), None),
    ("m12", date(2026, 11, 30), "December 2026 loopt tot en met 31 december 2026."),
]


@pytest.mark.parametrize(("deel", "op", "zin"), DELEN)
def test_trajecten_of_a_part_are_counted_when_it_is_over(
    register: Register, deel: str, op: date, zin: str | None
) -> None:
    invoer = {"op": op, "jaar": 2026, "vestiging": "weert", "aantal": 3, "deel": deel}
    uit = doe(register, "stap_16_vaststellen_trajecten", None, DIRECTIE, invoer)
    if zin:
        assert uit == f"{zin} Vul dit in als die periode voorbij is (stap 16)."
    else:
        assert uit[0] == [g.TrajectenVastgesteld(gebeurd_op=op, jaar=2026, deel=deel, vestiging="weert", aantal=3)]
