"""A corrected fact on the dossier of its moment, asked of facts alone: fast enough to be mutated against."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import toegang
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import Geweigerd, Zaak
from klachten.handelingen.correctie import handeling_van
from klachten.handelingen.opnieuw import before, check_anew, check_later, corrected, origin
from klachten.opening import open_register
from klachten.register import Register
from tests.test_rechten import COULANT, D0, STANDEN, ontvangst, op, vastgelegd

# The states of test_rechten, with the cast of the example: c and b are Anna, who coordinates and handles.
WIE = {"c": "anna", "b": "anna", "d": "carla", "d2": "frank", "a": "gijs", "o": "gijs", "p": "dirk"}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    """An empty register; nothing is recorded in it."""
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("leeg") / "register")) as register:
        yield register


def dag(nr: int) -> date:
    return D0 + timedelta(nr)


def echt(feiten: list[Gebeurtenis]) -> list[Gebeurtenis]:
    """The same facts, done by people of the cast."""
    return [
        replace(
            feit,
            **{naam: WIE[waarde] for naam, waarde in vars(feit).items() if isinstance(waarde, str) and waarde in WIE},
        )
        for feit in feiten
    ]


def gezegd(register: Register, feiten: Feiten, oud: Vastlegging, **anders: Any) -> list[str]:
    """What is said of a fact that is put right: the warnings, or the refusal."""
    nieuw = replace(oud.feit, **anders)
    anna = toegang.gebruiker("anna")
    assert anna is not None
    with register.schrijven() as boeking:
        zaak = Zaak(register, boeking, feiten, feiten.klachtnummer, anna, "coordinator", dag(100), COULANT, "Tikfout")
        zaak.corrigeert = origin(oud)
        try:
            return [w.zin for w in check_anew(zaak, oud, nieuw, handeling_van)]
        except Geweigerd as fout:
            return [str(fout)]


def klacht(feiten: list[Gebeurtenis], door: dict[type[Gebeurtenis], str] | None = None) -> Dossier:
    vast = vastgelegd("K2026-0001", echt(feiten))
    return Dossier("K2026-0001", [replace(v, door=(door or {}).get(type(v.feit), "anna")) for v in vast])


def eerste(feiten: Feiten, soort: type[Gebeurtenis]) -> Vastlegging:
    return next(v for v in feiten.geldig if isinstance(v.feit, soort))


def overtaken(ander: int, stap: int) -> list[str]:
    return [f"Stap {ander} is al eerder gedaan dan stap {stap}."]


TWEEDE = g.MaatregelBepaald(**op(6), maatregel=2, actienemer="a", uiterlijk_op=dag(40), overlegd_met="d2")
TWEE = [*STANDEN["ma"], TWEEDE, g.ActienemerGeinformeerd(**op(7), maatregel=1)]
TWEE += [g.ActienemerGeinformeerd(**op(7), maatregel=2), g.MaatregelUitgevoerd(**op(8), maatregel=2)]
OPNIEUW = [
    *STANDEN["af"],
    g.KlachtHeropend(**op(12), grond="nieuwe_feiten"),
    g.AfsluitingMeegedeeld(**op(11), wijze="brief"),
]

# Of these facts one of a kind is put on another day: what is said of it.
OP_EEN_ANDERE_DAG: list[tuple[list[Gebeurtenis], type[Gebeurtenis], int, list[str]]] = [
    (STANDEN["ge"], g.CoordinatorGeinformeerd, 1, overtaken(3, 2)),
    (STANDEN["ge"], g.KlachtGeregistreerd, 1, []),
    (STANDEN["ge"], g.KlachtGeregistreerd, 2, overtaken(4, 3)),
    (STANDEN["ge"], g.BehandelaarToegewezen, 2, []),
    (STANDEN["ge"], g.BehandelaarToegewezen, 3, overtaken(5, 4)),
    (STANDEN["ge"], g.OntvangstBevestigd, 4, []),
    (STANDEN["ge"], g.OntvangstBevestigd, 5, overtaken(6, 5)),
    (STANDEN["ge"], g.OntvangstBevestigd, 0, ["5 januari 2026 ligt vóór stap 4 (6 januari 2026)."]),
    (STANDEN["ge"], g.KlachtOnderzocht, 5, []),
    (STANDEN["ge"], g.KlachtOnderzocht, 6, overtaken(8, 6)),
    (STANDEN["ge"], g.MaatregelBepaald, 6, []),
    (STANDEN["ge"], g.MaatregelBepaald, 7, overtaken(9, 8)),
    (STANDEN["ge"], g.ResultaatMeegedeeld, 7, []),
    (STANDEN["ge"], g.ResultaatMeegedeeld, 8, overtaken(10, 9)),
    (STANDEN["ge"], g.ActienemerGeinformeerd, 8, []),
    (STANDEN["ge"], g.ActienemerGeinformeerd, 9, overtaken(11, 10)),
    (STANDEN["ge"], g.KlachtAfgesloten, 10, []),
    (STANDEN["ge"], g.KlachtAfgesloten, 11, overtaken(14, 13)),
    (STANDEN["ge"], g.AfsluitingMeegedeeld, 20, []),
    (STANDEN["ge"], g.MeningsverschilGemeld, 1, []),
    # Only what stands in the road and was recorded after it.
    (STANDEN["vo"], g.GeschilVoorgelegd, 12, []),
    ([*STANDEN["ma"], g.VoortgangBewaakt(**op(7))], g.VoortgangBewaakt, 20, []),
    ([*STANDEN["oz"], g.VoortgangBewaakt(**op(4))], g.KlachtOnderzocht, 9, []),
    # Of two maatregelen the first decided is step 8, and what was told of one is not overtaken by the other.
    (TWEE, g.MaatregelBepaald, 7, []),
    ([*STANDEN["ma"], replace(TWEEDE, **op(20))], g.MaatregelBepaald, 7, overtaken(9, 8)),
    (TWEE, g.ActienemerGeinformeerd, 9, []),
    (TWEE, g.MaatregelUitgevoerd, 40, []),
    # What came after a reopening says nothing of the round before, where it stood without one as well.
    (OPNIEUW, g.KlachtAfgesloten, 12, []),
    ([f for f in OPNIEUW if not isinstance(f, g.KlachtHeropend)], g.KlachtAfgesloten, 12, overtaken(14, 13)),
]  # fmt: skip


@pytest.mark.parametrize(("feiten", "soort", "naar", "zinnen"), OP_EEN_ANDERE_DAG)
def test_a_fact_on_another_day(
    register: Register, feiten: list[Gebeurtenis], soort: type[Gebeurtenis], naar: int, zinnen: list[str]
) -> None:
    dossier = klacht(feiten)
    assert gezegd(register, dossier, eerste(dossier, soort), gebeurd_op=dag(naar)) == zinnen


def test_elsewhere_nothing_deviates(register: Register) -> None:
    dossier = klacht([ontvangst(herkomst="overgenomen"), g.KlachtOnderzocht(**op(4)), g.KlachtAfgesloten(**op(9))])
    assert gezegd(register, dossier, eerste(dossier, g.KlachtAfgesloten), gebeurd_op=dag(3)) == []
    assert gezegd(register, dossier, eerste(dossier, g.KlachtOntvangen), gebeurd_op=dag(20)) == []


# --- what begins a dossier -------------------------------------------------------------------------------------------

ACTIE = g.VerbeteractieBepaald(**op(20), verbeteractie=1, actienemer="gijs", uiterlijk_op=dag(60))
BEGIN = "26 januari 2026, de dag waarop E2026-0001 begint."


@pytest.mark.parametrize(
    ("soort", "naar", "zinnen"),
    [
        (g.EvaluatieGehouden, 18, []),
        (g.EvaluatieGehouden, 20, []),
        (g.EvaluatieGehouden, 21, [f"25 januari 2026 ligt vóór {BEGIN}"]),
        (g.VerbeteractieBepaald, 19, []),
        (g.VerbeteractieBepaald, 18, [f"23 januari 2026 ligt vóór {BEGIN.replace('26', '24', 1)}"]),
    ],
)
def test_in_an_evaluation_nothing_happened_before_it(
    register: Register, soort: type[Gebeurtenis], naar: int, zinnen: list[str]
) -> None:
    evaluatie = g.EvaluatieGehouden(**op(19), jaar=2025, directieleden=("carla",))
    dossier = EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", [evaluatie, ACTIE]))
    assert gezegd(register, dossier, eerste(dossier, soort), gebeurd_op=dag(naar)) == zinnen


def test_the_trajecten_of_a_year_begin_on_no_day(register: Register) -> None:
    feiten = [g.TrajectenVastgesteld(**op(nr), jaar=2025, vestiging=wie, aantal=3) for nr, wie in ((5, "a"), (6, "b"))]
    dossier = Feiten("T2025", vastgelegd("T2025", feiten))
    assert gezegd(register, dossier, dossier.geldig[1], gebeurd_op=dag(4)) == []


# --- what came after it ----------------------------------------------------------------------------------------------

NIET_MEER = "is vastgelegd wat dan niet meer kan."


def teruggenomen(feiten: list[Gebeurtenis], soort: type[Gebeurtenis], herkomst: str = "register") -> str:
    """What is said when a fact is taken back."""
    dossier = klacht([replace(feiten[0], herkomst=herkomst), *feiten[1:]])
    oud = eerste(dossier, soort)
    try:
        na = corrected(dossier, oud, g.FeitHerroepen(**op(50)))
        check_later(dossier, na, origin(oud), COULANT, handeling_van)
    except Geweigerd as fout:
        return str(fout)
    return ""


@pytest.mark.parametrize(
    ("stand", "soort", "zin"),
    [
        ("he", g.MeningsverschilGemeld, f"Op 17 januari 2026 {NIET_MEER} Stap 15: de indiener heeft nog geen"),
        ("he", g.GeschilVoorgelegd, f"Op 19 januari 2026 {NIET_MEER} Stap 15: het geschil is nog niet aan"),
        ("he", g.OordeelOntvangen, ""),
        ("ge", g.MaatregelBepaald, "Maatregel 1 bestaat niet (stap 8), maar er staan wel feiten over vast."),
        ("ge", g.KlachtAfgesloten, ""),
        ("ge", g.ResultaatMeegedeeld, ""),
        ("oz", g.BehandelaarToegewezen, "Stap 5 noemt een behandelaar, maar er is er dan geen toegewezen (stap 4)."),
        ("vv", g.BehandelaarToegewezen, f"Op 7 januari 2026 {NIET_MEER} Stap 5 kan nog niet: er is nog geen"),
        ("ma", g.InformatieGevraagd, f"Op 9 januari 2026 {NIET_MEER} Stap 6: er staat geen vraag om informatie open."),
    ],
)
def test_what_later_facts_stand_on(stand: str, soort: type[Gebeurtenis], zin: str) -> None:
    gezegd = teruggenomen(STANDEN[stand], soort)
    assert gezegd.startswith(zin)
    assert bool(gezegd) == bool(zin)
    assert gezegd.endswith("Zet eerst dat recht.") == (NIET_MEER in zin)
    assert teruggenomen(STANDEN[stand], soort, "overgenomen") == ""


def test_what_could_not_be_recorded_as_it_stands_is_not_held_against_a_correction() -> None:
    """Two answers to one question: that was so already, and taking another fact back does not make it worse."""
    antwoord = g.InformatieOntvangen(**op(5), van="indiener")
    feiten = [*STANDEN["oz"], antwoord, antwoord, g.ResultaatMeegedeeld(**op(6), wijze="brief")]
    assert teruggenomen(feiten, g.KlachtOnderzocht) == ""


def test_the_place_of_a_fact_is_that_of_its_first_version() -> None:
    vast = vastgelegd("K2026-0001", STANDEN["to"])
    beter = replace(vast[1], nr=9, corrigeert=2, feit=replace(vast[1].feit, **op(1)))
    dossier = Dossier("K2026-0001", [*vast, beter])
    assert [origin(v) for v in dossier.geldig] == [1, 2, 3, 4]
    assert [origin(v) for v in before(dossier, 3).geldig] == [1, 2]
    assert before(dossier, 3).geldig[1] is beter
    assert corrected(dossier, beter, vast[1].feit).geldig[1].feit is vast[1].feit


# Who recorded a kind of fact turns out to be involved: the sentence, or "" where that is no objection.
LATER_BETROKKEN: list[tuple[list[Gebeurtenis], type[Gebeurtenis], str, str, str]] = [
    (STANDEN["re"], g.KlachtGeregistreerd, "anna", "coordinator", ""),
    (STANDEN["re"], g.CoordinatorGeinformeerd, "anna", "coordinator", ""),
    (
        [*STANDEN["re"], g.KlachtGekoppeld(**op(1), met="K2026-0002")],
        g.KlachtGekoppeld,
        "anna",
        "coordinator",
        "stap 3",
    ),
    ([*STANDEN["re"], g.KlachtGekoppeld(**op(1), met="K2026-0002")], g.KlachtGekoppeld, "frank", "directie", "stap 3"),
    ([*STANDEN["re"], g.KlachtIngetrokken(**op(1))], g.KlachtIngetrokken, "anna", "coordinator", "iets"),
    # On behalf of directie, by somebody this register does not know, and by who could never do it: no objection.
    ([*STANDEN["re"], g.KlachtGekoppeld(**op(1), met="K2026-0002")], g.KlachtGekoppeld, "anna", "namens directie", ""),
    ([*STANDEN["re"], g.KlachtGekoppeld(**op(1), met="K2026-0002")], g.KlachtGekoppeld, "zoe", "coordinator", ""),
    ([*STANDEN["re"], g.KlachtGekoppeld(**op(1), met="K2026-0002")], g.KlachtGekoppeld, "hanna", "coordinator", ""),
    # Who reports the own maatregel may be involved.
    (STANDEN["ui"], g.MaatregelUitgevoerd, "gijs", "actienemer", ""),
]


@pytest.mark.parametrize(("feiten", "soort", "wie", "rol", "zin"), LATER_BETROKKEN)
def test_who_recorded_it_turns_out_to_be_involved(
    register: Register, feiten: list[Gebeurtenis], soort: type[Gebeurtenis], wie: str, rol: str, zin: str
) -> None:
    vast = vastgelegd("K2026-0001", echt(feiten))
    vast = [replace(v, door=wie, rol=rol) if isinstance(v.feit, soort) else replace(v, door="dirk") for v in vast]
    dossier = Dossier("K2026-0001", vast)
    (*eerder,) = gezegd(register, dossier, dossier.geldig[0], betrokkenen=(wie,))
    naam = toegang.naam(wie)
    volledig = (
        f"{naam} heeft daarna {zin} vastgelegd, en dat kan een betrokkene niet. Bleek de betrokkenheid pas later, voeg "
        "de betrokkene dan toe (stap 4)."
    )
    assert eerder == ([volledig] if zin else [])
    # Involved already, it is no news.
    al = Dossier("K2026-0001", [replace(vast[0], feit=replace(vast[0].feit, betrokkenen=(wie,))), *vast[1:]])
    assert gezegd(register, al, al.geldig[0], traject="Ander") == []
