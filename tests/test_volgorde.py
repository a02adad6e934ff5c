"""The order of the steps and what contradicts itself, asked of facts alone: fast enough to be mutated against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.tegenstrijdig import tegenstrijdigheden, with_facts
from klachten.handelingen.termijn import LopendeTermijn
from klachten.handelingen.volgorde import HERHAALBAAR, PAD, VOORGANGERS, te_laat, waarschuwingen
from tests.standenproef import D0, STANDEN, dossier, mensen, ontvangst, op, vastgelegd

__all__ = ["mensen"]


def dag(nr: int) -> date:
    return D0 + timedelta(nr)


# --- the order -------------------------------------------------------------------------------------------------------

# In a state of standenproef, a step on a day: the warnings that come of it, and nothing else.
VOLGORDE: list[tuple[str, int, int, list[str]]] = [
    ("on", 2, 0, []),
    ("on", 3, 1, ["Stap 3 komt na stap 2, en die is nog niet vastgelegd."]),
    ("on", 4, 1, ["Stap 4 komt na stap 3, en die is nog niet vastgelegd."]),
    ("re", 4, 0, []),
    ("re", 5, 1, ["Stap 5 komt na stap 4, en die is nog niet vastgelegd."]),
    ("to", 5, 1, []),
    ("to", 5, 0, ["5 januari 2026 ligt vóór stap 4 (6 januari 2026)."]),
    ("to", 6, 2, ["Stap 6 komt na stap 5, en die is nog niet vastgelegd."]),
    ("to", 7, 2, ["Stap 7 komt na stap 6, en die is nog niet vastgelegd."]),
    ("to", 8, 2, ["Stap 8 komt na stap 6, en die is nog niet vastgelegd."]),
    ("to", 9, 2, ["Stap 9 komt na stap 8, en die is nog niet vastgelegd."]),
    ("to", 10, 2, ["Stap 10 komt na stap 9, en die is nog niet vastgelegd."]),
    ("to", 11, 2, ["Stap 11 komt na stap 10, en die is nog niet vastgelegd."]),
    ("to", 13, 2, ["Stap 13 komt na stap 9, en die is nog niet vastgelegd."]),
    ("to", 14, 2, ["Stap 14 komt na stap 13, en die is nog niet vastgelegd."]),
    ("to", 12, 0, []),
    ("to", 15, 0, []),
    ("oz", 6, 4, ["Stap 6 is al eerder gedaan, op 9 januari 2026."]),
    ("oz", 7, 4, []),
    ("oz", 7, 3, ["8 januari 2026 ligt vóór stap 6 (9 januari 2026)."]),
    ("oz", 8, 4, []),
    ("ma", 9, 6, ["Stap 9 is al eerder gedaan, op 11 januari 2026."]),
    ("ma", 9, 5, ["Stap 9 is al eerder gedaan, op 11 januari 2026."]),
    ("ma", 8, 9, []),
    # When the actienemers were told and when they were done says nothing of the days of other steps.
    ("ui", 13, 6, []),
    ("ma", 10, 6, []),
    # Of all that came before it, the first of the road is named.
    ("ma", 2, 5, ["Stap 3 is al eerder gedaan dan stap 2."]),
    ("af", 14, 9, []),
    ("af", 14, 8, ["13 januari 2026 ligt vóór stap 13 (14 januari 2026)."]),
    ("af", 14, 1, ["6 januari 2026 ligt vóór stap 13 (14 januari 2026)."]),
    # After a reopening what came later in the round before says nothing.
    ("he", 6, 20, []),
    ("he", 9, 20, []),
    ("he", 14, 20, ["Stap 14 komt na stap 13, en die is nog niet vastgelegd."]),
]


@pytest.mark.parametrize(("stand", "stap", "op_dag", "zinnen"), VOLGORDE)
def test_a_step_deviates_from_the_order(stand: str, stap: int, op_dag: int, zinnen: list[str]) -> None:
    gevonden = waarschuwingen(dossier(STANDEN[stand]), stap, dag(op_dag))
    assert [w.zin for w in gevonden] == zinnen
    assert {w.code for w in gevonden} <= {"volgorde", "herhaling"}
    assert all((w.code == "herhaling") == ("eerder gedaan, op" in w.zin) for w in gevonden)


def zonder(stand: str, *soorten: type[Gebeurtenis]) -> Dossier:
    return dossier([feit for feit in STANDEN[stand] if not isinstance(feit, soorten)])


@pytest.mark.parametrize(
    ("weg", "stap", "op_dag", "zin"),
    [
        (g.OntvangstBevestigd, 5, 4, "Stap 6 is al eerder gedaan dan stap 5."),
        (g.OntvangstBevestigd, 5, 3, ""),
        (g.KlachtOnderzocht, 6, 5, "Stap 8 is al eerder gedaan dan stap 6."),
        (g.KlachtOnderzocht, 6, 4, ""),
        (g.ResultaatMeegedeeld, 9, 7, "Stap 10 is al eerder gedaan dan stap 9."),
        (g.ResultaatMeegedeeld, 9, 6, ""),
        (g.BehandelaarToegewezen, 4, 2, "Stap 5 is al eerder gedaan dan stap 4."),
        # Steps 8, 10 and 11 come as often as there are maatregelen, and what follows 7 is no deviation of 7.
        (g.MaatregelBepaald, 8, 9, ""),
        (g.ActienemerGeinformeerd, 10, 9, ""),
    ],
)
def test_a_step_is_overtaken_by_one_that_belongs_after_it(weg: Any, stap: int, op_dag: int, zin: str) -> None:
    gevonden = [w.zin for w in waarschuwingen(zonder("ui", weg), stap, dag(op_dag)) if "dan stap" in w.zin]
    assert gevonden == ([zin] if zin else [])


def test_step_7_is_not_overtaken_by_what_follows_it_elsewhere() -> None:
    assert [w.zin for w in waarschuwingen(dossier(STANDEN["ui"]), 7, dag(9))] == []


def test_the_road_is_the_one_of_the_reglement() -> None:
    assert PAD == (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14)
    assert set(VOORGANGERS) == {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14}
    assert set(HERHAALBAAR) == {6, 9}


def test_of_the_steps_that_happened_later_the_latest_day_is_named() -> None:
    gegeven = dossier(feiten("oz", anders={g.OntvangstBevestigd: op(9)}))
    assert [w.zin for w in waarschuwingen(gegeven, 8, dag(2))] == ["7 januari 2026 ligt vóór stap 5 (14 januari 2026)."]


def test_a_maatregel_is_never_overtaken() -> None:
    gegeven = dossier([*STANDEN["ma"], g.AfsluitingMeegedeeld(**op(6), wijze="brief")])
    for stap in (8, 10, 11):
        assert [w.zin for w in waarschuwingen(gegeven, stap, dag(8)) if "dan stap" in w.zin] == []


@pytest.mark.parametrize(
    ("maatregel", "zinnen"),
    [
        (1, []),  # told on its day, whatever became of the other one
        (2, ["Stap 11 komt na stap 10, en die is nog niet vastgelegd."]),
        (None, ["Stap 11 komt na stap 10, en die is nog niet vastgelegd."]),
    ],
)
def test_a_maatregel_comes_after_its_own_actienemer_was_told(maatregel: int | None, zinnen: list[str]) -> None:
    bepaald = next(feit for feit in STANDEN["ma"] if isinstance(feit, g.MaatregelBepaald))
    tweede = replace(bepaald, maatregel=2)
    gegeven = dossier([*STANDEN["ma"], tweede, g.ActienemerGeinformeerd(**op(7), maatregel=1)])
    assert [w.zin for w in waarschuwingen(gegeven, 11, dag(8), maatregel)] == zinnen


def test_several_missing_steps_are_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VOORGANGERS, 13, (9, 11))
    assert [w.zin for w in waarschuwingen(dossier(STANDEN["to"]), 13, dag(9))] == [
        "Stap 13 komt na stap 9 en 11, en die zijn nog niet vastgelegd."
    ]


@pytest.mark.parametrize(("op_dag", "dagen"), [(13, ""), (14, ""), (15, "1 dag"), (16, "2 dagen")])
def test_a_term_is_late_from_the_day_after_its_last(op_dag: int, dagen: str) -> None:
    termijn = LopendeTermijn("bevestiging", "Ontvangstbevestiging", dag(14), None)
    gevonden = [(w.code, w.zin) for w in te_laat([termijn], dag(op_dag))]
    zin = f"Dit is {dagen} te laat: de termijn 'Ontvangstbevestiging' liep tot en met 19 januari 2026."
    assert gevonden == ([("te_laat:bevestiging", zin)] if dagen else [])


# --- what contradicts itself -----------------------------------------------------------------------------------------


def feiten(stand: str, *erbij: Gebeurtenis, anders: dict[type[Gebeurtenis], dict[str, Any]] | None = None) -> list[Any]:
    """The facts of a state, some of them otherwise, and more after them."""
    van = [(feit, (anders or {}).get(type(feit), {})) for feit in STANDEN[stand]]
    return [*(type(feit)(**{**vars(feit), **nieuw}) for feit, nieuw in van), *erbij]


PAS_BEPAALD = "hij is pas bepaald op 10 januari 2026 (stap 8)."
PAS_UITGEVOERD = "maatregel 1 is pas uitgevoerd op 13 januari 2026 (stap 11)."
BETROKKEN = "is betrokken bij deze klacht en kan daarom niet de behandelaar zijn."
KIES = "Kies iemand die er niet bij betrokken is."

TEGENSTRIJDIG: list[tuple[str, list[Any], list[str]]] = [
    *((f"nothing in {stand}", feiten(stand), []) for stand in STANDEN),
    (
        "before the receipt",
        feiten("to", anders={g.BehandelaarToegewezen: op(-1)}),
        ["4 januari 2026 (stap 4) ligt vóór de ontvangst van de klacht op 5 januari 2026 (stap 1)."],
    ),
    (
        "a fact of no step before the receipt",
        feiten("to", g.KlachtIngetrokken(**op(-1))),
        ["4 januari 2026 (een feit) ligt vóór de ontvangst van de klacht op 5 januari 2026 (stap 1)."],
    ),
    (
        "a maatregel that is not there",
        feiten("oz", g.ActienemerGeinformeerd(**op(5), maatregel=2)),
        ["Maatregel 2 bestaat niet (stap 8), maar er staan wel feiten over vast."],
    ),
    (
        "carried out before it was decided",
        feiten("ui", anders={g.MaatregelUitgevoerd: op(4)}),
        [f"Maatregel 1 kan niet uitgevoerd zijn op 9 januari 2026 (stap 11): {PAS_BEPAALD}"],
    ),
    ("carried out on the day it was decided", feiten("ui", anders={g.MaatregelUitgevoerd: op(5)}), []),
    (
        "carried out and cancelled",
        feiten("ui", g.MaatregelVervallen(**op(9), maatregel=1, overlegd_met="d2")),
        ["Maatregel 1 kan niet zowel uitgevoerd als vervallen zijn (stap 11)."],
    ),
    (
        "7 with 8, before anybody was told",
        feiten(
            "oz",
            g.GeenMaatregelenNodig(**op(5), overlegd_met="d2"),
            g.NietInBehandelingGenomen(**op(6), grond="x", wijze="brief"),
        ),
        ["Stap 7 en stap 8 sluiten elkaar uit: een klacht wordt wel of niet in behandeling genomen."],
    ),
    (
        "7 with 8",
        feiten("ma", g.NietInBehandelingGenomen(**op(6), grond="x", wijze="brief")),
        ["Stap 7 en stap 8 sluiten elkaar uit: een klacht wordt wel of niet in behandeling genomen."],
    ),
    ("7 after 8 in a later round", feiten("he", g.NietInBehandelingGenomen(**op(20), grond="x", wijze="brief")), []),
    (
        "closed with an open maatregel",
        feiten("ma", g.KlachtAfgesloten(**op(9))),
        ["Stap 13 kan nog niet: maatregel 1 is niet uitgevoerd."],
    ),
    (
        "closed with nothing decided",
        feiten("oz", g.KlachtAfgesloten(**op(9))),
        ["Stap 13 kan nog niet: er is geen maatregel bepaald, en ook niet vastgelegd dat die niet nodig is."],
    ),
    (
        "closed with a deliberate zero",
        feiten("oz", g.GeenMaatregelenNodig(**op(5), overlegd_met="d2"), g.KlachtAfgesloten(**op(9))),
        [],
    ),
    ("closed elsewhere", feiten("ov", g.KlachtAfgesloten(**op(9))), []),
    # Both end the klacht, so neither follows the other.
    ("withdrawn on a day before the closing", feiten("af", g.KlachtIngetrokken(**op(8))), []),
    (
        "closed before the last execution",
        feiten("af", anders={g.KlachtAfgesloten: op(7)}),
        [f"De klacht kan niet afgesloten zijn op 12 januari 2026 (stap 13): {PAS_UITGEVOERD}"],
    ),
    ("closed on the day of the last execution", feiten("af", anders={g.KlachtAfgesloten: op(8)}), []),
    (
        "acknowledged without a behandelaar",
        [feit for feit in feiten("oz") if not isinstance(feit, g.BehandelaarToegewezen)],
        ["Stap 5 noemt een behandelaar, maar er is er dan geen toegewezen (stap 4)."],
    ),
    ("acknowledged elsewhere", feiten("ov", g.OntvangstBevestigd(**op(2), wijze="brief", behandelaar="z")), []),
    (
        "an involved behandelaar",
        [ontvangst("b"), *feiten("to")[1:]],
        [f"Stap 4: Ben {BETROKKEN} {KIES}"],
    ),
    (
        "an involved behandelaar who takes over",
        [ontvangst("b"), *feiten("vv")[1:]],
        [f"Stap 4: Ben {BETROKKEN} {KIES}"],
    ),
    (
        "an involved assigner",
        [ontvangst("c"), *feiten("to")[1:]],
        ["Stap 4: Cor is betrokken bij deze klacht en mag niet toewijzen."],
    ),
    (
        "an involved directielid consulted",
        [ontvangst("d2"), *feiten("ma")[1:]],
        ["Stap 8: Dop is betrokken bij deze klacht; overleg met een directielid dat er niet bij betrokken is."],
    ),
    (
        "an involved directielid consulted about a zero",
        [ontvangst("d2"), *feiten("oz")[1:], g.GeenMaatregelenNodig(**op(5), overlegd_met="d2")],
        ["Stap 8: Dop is betrokken bij deze klacht; overleg met een directielid dat er niet bij betrokken is."],
    ),
    (
        "an involved directielid consulted about another day and a cancellation",
        [
            ontvangst("d"),
            *feiten("ma")[1:],
            g.MaatregelGewijzigd(**op(7), maatregel=1, uiterlijk_op=dag(41), overlegd_met="d"),
            g.MaatregelVervallen(**op(8), maatregel=1, overlegd_met="d"),
        ],
        ["Stap 8: Dia is betrokken bij deze klacht; overleg met een directielid dat er niet bij betrokken is."] * 2,
    ),
    (
        "involvement found later changes nothing that was done",
        feiten("ma", g.BetrokkeneToegevoegd(**op(9), betrokkene="b")),
        [],
    ),
]


@pytest.mark.parametrize(("wat", "gegeven", "zinnen"), TEGENSTRIJDIG, ids=[wat for wat, _, _ in TEGENSTRIJDIG])
def test_what_cannot_be_true_together(wat: str, gegeven: list[Any], zinnen: list[str]) -> None:
    assert tegenstrijdigheden(Dossier("K2026-0001", vastgelegd("K2026-0001", gegeven))) == zinnen


def test_what_is_done_in_the_role_of_somebody_outside_needs_that_person_whatever_name_was_kept() -> None:
    toegewezen = g.BehandelaarToegewezen(**op(2), behandelaar="b", toegewezen_door="buiten")
    gedaan = vastgelegd("K2026-0001", [ontvangst(), toegewezen])
    zin = "Stap 4 is op 7 januari 2026 gedaan namens iemand van buiten, maar die is dan niet aangewezen (stap 4)."
    for rol, zinnen in (("namens directie", [zin]), ("directie", []), ("coordinator", [])):
        in_rol = [gedaan[0], replace(gedaan[1], rol=rol)]
        assert tegenstrijdigheden(Dossier("K2026-0001", in_rol)) == zinnen


def test_facts_on_top_are_numbered_on_from_the_last_one() -> None:
    erbij = [g.KlachtGeregistreerd(**op(0)), g.KlachtIngetrokken(**op(1))]
    eerder = [replace(v, nr=10 * v.nr) for v in vastgelegd("K2026-0001", STANDEN["on"])]
    for voor, begin, nrs in (
        (None, [ontvangst()], [1, 2, 3]),
        (Dossier("K2026-0001", eerder), [], [10, 11, 12]),
    ):
        na = with_facts(voor, "K2026-0001", [*begin, *erbij], "c", "coordinator", dag(5))
        assert [v.nr for v in na.vastleggingen] == nrs


def test_an_earlier_closing_is_held_against_what_was_carried_out_before_it_alone() -> None:
    """A maatregel of a later round is carried out after the first closing, and that is as it should be."""
    later = [
        g.MaatregelBepaald(**op(21), maatregel=2, actienemer="a", uiterlijk_op=dag(60), overlegd_met="d2"),
        g.MaatregelUitgevoerd(**op(30), maatregel=2),
    ]
    rond = feiten("he", *later, g.KlachtAfgesloten(**op(30)))
    assert tegenstrijdigheden(Dossier("K2026-0001", vastgelegd("K2026-0001", rond))) == []
    te_vroeg = feiten("he", *later, g.KlachtAfgesloten(**op(29)))
    (zin,) = tegenstrijdigheden(Dossier("K2026-0001", vastgelegd("K2026-0001", te_vroeg)))
    assert "maatregel 2 is pas uitgevoerd op 4 februari 2026" in zin
