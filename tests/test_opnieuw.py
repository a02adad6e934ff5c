"""A corrected fact on the dossier of its moment, asked of facts alone: fast enough to be mutated against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import Geweigerd, Zaak
from klachten.handelingen.correctie import handeling_van
from klachten.handelingen.opnieuw import before, check_anew, check_later, consequences, corrected, origin
from klachten.handelingen.termijn import LopendeTermijn
from klachten.register import Register
from tests.feitenproef import TWEE, TWEEDE, dag, echt, klacht, register
from tests.standenproef import D0, STANDEN, ontvangst, op, vastgelegd
from tests.voorbeeldfirma import COULANT

# The register in which nothing is recorded.
__all__ = ["register"]

# A term for each of these steps, as no reglement that comes along has them all.
_TERM = next(t for t in COULANT.termijnen if t.id == "bevestiging")
MET_TERMIJNEN = replace(
    COULANT, termijnen=tuple(replace(_TERM, id=f"stap{nr}", stap=nr, einde=(nr,)) for nr in (9, 11, 13, 14))
)


@contextmanager
def in_zaak(register: Register, feiten: Feiten, oud: Vastlegging, tot: int | None = None) -> Iterator[Zaak]:
    """Anna puts a fact right; with `tot` each term would run until that day."""
    anna = organisatie.gebruiker("anna")
    assert anna is not None
    with register.schrijven() as boeking:
        zaak = Zaak(register, boeking, feiten, feiten.klachtnummer, anna, "coordinator", dag(100), COULANT, "Tikfout")
        zaak.corrigeert = origin(oud)
        if tot is not None:
            lopend = {t.id: LopendeTermijn(t.id, t.id, dag(tot), None) for t in MET_TERMIJNEN.termijnen}
            zaak.reglement, zaak.lopend = MET_TERMIJNEN, lambda: lopend
        yield zaak


def gezegd(register: Register, feiten: Feiten, oud: Vastlegging, tot: int | None = None, **anders: Any) -> list[str]:
    """What is said of a fact that is put right: the warnings, or the refusal."""
    with in_zaak(register, feiten, oud, tot) as zaak:
        try:
            return [w.zin for w in check_anew(zaak, oud, replace(oud.feit, **anders), handeling_van)]
        except Geweigerd as fout:
            return [str(fout)]


def gevolgen(register: Register, feiten: Feiten, oud: Vastlegging, tot: int | None = None, **anders: Any) -> Any:
    """The deviations that other facts get by it, by number, or the refusal."""
    with in_zaak(register, feiten, oud, tot) as zaak:
        try:
            gevonden = list(consequences(zaak, oud, replace(oud.feit, **anders), handeling_van))
        except Geweigerd as fout:
            return str(fout)
        return {gevolg.nr: gevolg.feit.afwijkingen for gevolg in gevonden}


def eerste(feiten: Feiten, soort: type[Gebeurtenis]) -> Vastlegging:
    return next(v for v in feiten.geldig if isinstance(v.feit, soort))


def overtaken(ander: int, stap: int) -> list[str]:
    return [f"Stap {ander} is al eerder gedaan dan stap {stap}."]


OPNIEUW = [
    *STANDEN["af"],
    g.KlachtHeropend(**op(12), grond="nieuwe_feiten"),
    g.AfsluitingMeegedeeld(**op(11), wijze="brief"),
]

NEGEN, GEEN = g.ResultaatMeegedeeld(**op(13), wijze="brief"), g.GeenMaatregelenNodig(**op(4), overlegd_met="d2")
ZONDER_9 = [feit for feit in STANDEN["af"] if not isinstance(feit, g.ResultaatMeegedeeld)]
BEVESTIGD = g.OntvangstBevestigd(**op(2), wijze="brief", behandelaar="b")
GEEN_5 = "Stap 6 komt na stap 5, en die is nog niet vastgelegd."

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
    # Nor does what was recorded before it: that is asked of the order, which a reopening starts anew.
    ([*ZONDER_9, g.KlachtHeropend(**op(12), grond="oordeel"), NEGEN], g.ResultaatMeegedeeld, 14, []),
    # A step that is done again is not overtaken by itself, nor by one before it.
    ([*STANDEN["oz"], g.KlachtOnderzocht(**op(5))], g.KlachtOnderzocht, 7, []),
    ([*STANDEN["to"], g.KlachtOnderzocht(**op(4)), BEVESTIGD], g.KlachtOnderzocht, 5, [GEEN_5]),
    # Not in the road, though a step of the road was recorded after it; and 11 is asked only whether it is late.
    ([*STANDEN["ma"], g.VoortgangBewaakt(**op(7)), *STANDEN["af"][-3:]], g.VoortgangBewaakt, 20, []),
    ([*STANDEN["af"], g.AfsluitingMeegedeeld(**op(8), wijze="brief")], g.MaatregelUitgevoerd, 9, []),
    # Of a decision that no maatregel was needed nothing is told, whatever the number of the one that followed.
    ([*STANDEN["oz"], GEEN, STANDEN["ma"][-2], STANDEN["ui"][-2]], g.GeenMaatregelenNodig, 9, []),
    # A document has no body to run.
    ([*STANDEN["ge"], g.DocumentToegevoegd(**op(4), document="0" * 64, naam="Brief")], g.DocumentToegevoegd, 5, []),
]  # fmt: skip


@pytest.mark.parametrize(("feiten", "soort", "naar", "zinnen"), OP_EEN_ANDERE_DAG)
def test_a_fact_on_another_day(
    register: Register, feiten: list[Gebeurtenis], soort: type[Gebeurtenis], naar: int, zinnen: list[str]
) -> None:
    dossier = klacht(feiten)
    assert gezegd(register, dossier, eerste(dossier, soort), gebeurd_op=dag(naar)) == zinnen


# Of two maatregelen one is carried out; the other is too, on a later day or on the same one.
NA_TERMIJN = ("maatregel_na_termijn",)
EEN_VAN_TWEE, TWEE_LAATST = [*TWEE], [*TWEE, g.MaatregelUitgevoerd(**op(9), maatregel=1)]


@pytest.mark.parametrize(
    ("feiten", "soort", "naar", "termijn"),
    [
        (STANDEN["ge"], g.ResultaatMeegedeeld, 7, "stap9"),
        (STANDEN["ge"], g.MaatregelUitgevoerd, 9, "stap11"),
        (STANDEN["ge"], g.KlachtAfgesloten, 10, "stap13"),
        (STANDEN["ge"], g.AfsluitingMeegedeeld, 11, "stap14"),
        # Step 11 is done when the last maatregel is.
        (EEN_VAN_TWEE, g.MaatregelUitgevoerd, 9, ""),
        (TWEE_LAATST, g.MaatregelUitgevoerd, 7, ""),
        (TWEE_LAATST, g.MaatregelUitgevoerd, 9, "stap11"),
        (TWEE_LAATST, g.MaatregelUitgevoerd, 10, "stap11"),
    ],
)
def test_a_fact_on_a_day_after_its_term(
    register: Register, feiten: list[Gebeurtenis], soort: type[Gebeurtenis], naar: int, termijn: str
) -> None:
    dossier = klacht(feiten)
    oud = eerste(dossier, soort)
    laat = f"Dit is 1 dag te laat: de termijn '{termijn}' liep tot en met "
    gevonden = gezegd(register, dossier, oud, naar - 1, gebeurd_op=dag(naar))
    assert [zin[: len(laat)] for zin in gevonden] == ([laat] if termijn else [])
    assert gezegd(register, dossier, oud, naar, gebeurd_op=dag(naar)) == []


@pytest.mark.parametrize(
    ("feiten", "late"),
    [
        (STANDEN["ge"], [("stap9", 6), ("stap11", 8), ("stap13", 9), ("stap14", 10)]),
        (EEN_VAN_TWEE, [("stap9", 6)]),
        (TWEE_LAATST, [("stap9", 6), ("stap11", 9)]),
    ],
)
def test_what_is_late_by_another_day_of_receipt(
    register: Register, feiten: list[Gebeurtenis], late: list[tuple[str, int]]
) -> None:
    """The terms would all run until day 4, and until a day later than anything."""
    dossier = klacht(feiten)
    ontvangen, anders = dossier.geldig[0], {"gebeurd_op": dag(-30)}
    # A maatregel that is to be carried out after the term deviates as well, but is not late itself.
    ook = {
        nr: codes for nr, codes in gevolgen(register, dossier, ontvangen, 4, **anders).items() if codes != NA_TERMIJN
    }
    dagen = {nr: (v.feit.gebeurd_op - D0).days for nr, v in enumerate(dossier.geldig, start=1)}
    assert [(*codes, dagen[nr]) for nr, codes in ook.items()] == [(f"te_laat:{termijn}", op) for termijn, op in late]
    assert gevolgen(register, dossier, ontvangen, 50, **anders) == {}


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


def test_what_could_not_be_recorded_as_it_stands_has_no_consequences_and_hides_none(register: Register) -> None:
    """A closing on a day before the last maatregel was carried out; what comes after it is asked all the same."""
    feiten = [*STANDEN["ui"], g.KlachtAfgesloten(**op(7)), g.AfsluitingMeegedeeld(**op(10), wijze="brief")]
    dossier = klacht(feiten)
    assert gevolgen(register, dossier, dossier.geldig[0], 9, gebeurd_op=dag(-30)) == {
        origin(eerste(dossier, g.MaatregelBepaald)): NA_TERMIJN,
        origin(eerste(dossier, g.AfsluitingMeegedeeld)): ("te_laat:stap14",),
    }


def test_who_may_report_is_not_asked_again_but_what_directie_decided_is(register: Register) -> None:
    # Gijs, involved from the start, reported a maatregel that turns out to be of Dirk.
    vast = klacht([replace(STANDEN["ui"][0], betrokkenen=("gijs",)), *STANDEN["ui"][1:]]).geldig
    vast = tuple(
        replace(v, door="gijs", rol="actienemer") if isinstance(v.feit, g.MaatregelUitgevoerd) else v for v in vast
    )
    dossier = Dossier("K2026-0001", vast)
    assert gevolgen(register, dossier, eerste(dossier, g.MaatregelBepaald), actienemer="dirk") == {}
    assert gezegd(register, dossier, eerste(dossier, g.MaatregelBepaald), actienemer="dirk") == []
    # Carla assigned in the absence of a coordinator, who turns out to have been there.
    vast = klacht(STANDEN["to"]).geldig
    afwezig = replace(vast[1], feit=replace(vast[1].feit, coordinator_afwezig=True))
    toegewezen = replace(vast[3], door="carla", rol="directie")
    dossier = Dossier("K2026-0001", (vast[0], afwezig, vast[2], toegewezen))
    assert gevolgen(register, dossier, afwezig, coordinator_afwezig=False) == {4: ("toewijzing",)}


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
    naam = organisatie.naam(wie)
    volledig = (
        f"{naam} heeft daarna {zin} vastgelegd, en dat kan een betrokkene niet. Bleek de betrokkenheid pas later, voeg "
        "de betrokkene dan toe (stap 4)."
    )
    assert eerder == ([volledig] if zin else [])
    # Involved already, it is no news.
    al = Dossier("K2026-0001", [replace(vast[0], feit=replace(vast[0].feit, betrokkenen=(wie,))), *vast[1:]])
    assert gezegd(register, al, al.geldig[0], traject="Ander") == []
