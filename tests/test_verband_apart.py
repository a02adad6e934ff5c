"""Ties between facts that fit no row of test_verband: of old faults, and of more facts of one kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.tegenstrijdig import nieuwe_tegenstrijdigheden
from klachten.register import Register
from klachten.taal import datum
from tests.feitenproef import dag, echt, register
from tests.standenproef import STANDEN, op
from tests.verbandproef import HEROPEND, LATER, MAATREGEL, NIET_MEER, VRAAG_LATER, L, nieuw, opgebouwd, verbeterd
from tests.voorbeeldfirma import COULANT

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]


def test_an_old_fault_keeps_nobody_from_recording_what_happened() -> None:
    """In a register from before a rule was made a klacht may break it; only what comes on top of that is refused."""
    oud = opgebouwd([*STANDEN["af"], g.KlachtHeropend(**op(3), grond="oordeel")])
    later = opgebouwd([*STANDEN["af"], g.KlachtHeropend(**op(3), grond="oordeel"), g.KlachtIngetrokken(**op(2))])
    assert len(nieuwe_tegenstrijdigheden(None, oud)) == 1
    assert nieuwe_tegenstrijdigheden(oud, oud) == []
    assert [zin[:43] for zin in nieuwe_tegenstrijdigheden(oud, later)] == [
        "De klacht is ingetrokken op 7 januari 2026,"
    ]


def test_another_receipt_is_held_against_what_was_said_of_it_later(register: Register) -> None:
    gebeurd = g.GegevensAangevuld(**op(3), gebeurtenis_van=dag(0))
    later = "5 januari 2026 ligt na de ontvangst van de klacht op 3 januari 2026 (stap 1)."
    eerst = STANDEN["re"][0]
    gezegd = verbeterd(register, [*STANDEN["re"], gebeurd], 0, replace(echt([eerst])[0], **op(-2)))
    assert gezegd == NIET_MEER.format(op="8 januari 2026") % later


def test_a_second_maatregel_is_not_overtaken_by_what_was_told_of_the_first(register: Register) -> None:
    tweede = replace(MAATREGEL, maatregel=2)
    feiten = [*STANDEN["ma"], tweede, g.ActienemerGeinformeerd(**L, maatregel=1)]
    plaats = len(STANDEN["ma"])
    assert verbeterd(register, feiten, plaats, replace(echt([tweede])[0], **op(LATER + 1))) == ""


@pytest.mark.parametrize(("verteld", "zin"), [(19, ""), (20, ""), (21, "Stap 11 is al eerder gedaan dan stap 10.")])
def test_an_actienemer_who_is_recorded_as_told_after_the_execution(register: Register, verteld: int, zin: str) -> None:
    """Of the own maatregel only: when another one was carried out says nothing of it."""
    tweede = [replace(MAATREGEL, **op(5), maatregel=2), g.MaatregelUitgevoerd(**op(6), maatregel=2)]
    begin = [*STANDEN["ma"], *echt(tweede), g.MaatregelUitgevoerd(**op(20), maatregel=1)]
    told = g.ActienemerGeinformeerd(**op(verteld), maatregel=1)
    assert nieuw(register, begin, told) == zin
    # And so when it is put right.
    samen = [*begin, replace(told, **op(18))]
    assert verbeterd(register, samen, len(begin), told) == zin


def test_an_own_finding_keeps_its_aspect(register: Register) -> None:
    per_aspect = replace(COULANT, bevinding_per_aspect=True)
    feiten = [*STANDEN["oz"], g.BevindingVastgesteld(**op(4), aspect="afspraken", bevinding="gegrond")]
    eerst = echt(STANDEN["on"])[0]
    gezegd = verbeterd(register, feiten, 0, replace(eerst, categorie="privacy"), per_aspect)
    later = "De klacht gaat hier niet over. Kies de categorie of een aspect van de klacht."
    assert gezegd == NIET_MEER.format(op="9 januari 2026") % later
    anders = replace(eerst, categorie="privacy", aspecten=("afspraken",))
    assert verbeterd(register, feiten, 0, anders, per_aspect) == ""


def test_each_answer_has_its_own_question(register: Register) -> None:
    def vraag(nr: int) -> Gebeurtenis:
        return g.InformatieGevraagd(**op(nr), bij="indiener")

    def antwoord(nr: int) -> Gebeurtenis:
        return g.InformatieOntvangen(**op(nr), van="indiener")

    begin = [*STANDEN["to"], vraag(10), vraag(20)]
    assert nieuw(register, begin, antwoord(12)) == ""
    assert nieuw(register, [*begin, antwoord(22)], antwoord(12)) == ""
    te_vroeg = "Deze informatie is pas gevraagd op 25 januari 2026 (stap 6)."
    assert nieuw(register, [*begin, antwoord(12)], antwoord(19)) == te_vroeg
    assert nieuw(register, [*begin, antwoord(12)], antwoord(20)) == ""


@pytest.mark.parametrize(("op_dag", "mag"), [(8, False), (9, True), (12, True), (13, False), (14, False), (15, True)])
def test_satisfaction_is_asked_on_a_day_on_which_the_klacht_was_ended(
    register: Register, op_dag: int, mag: bool
) -> None:
    rond = [*HEROPEND, g.GeenMaatregelenNodig(**op(13), overlegd_met="frank"), g.KlachtAfgesloten(**op(15))]
    gezegd = nieuw(register, rond, g.TevredenheidGevraagd(**op(op_dag), wijze="brief"))
    assert gezegd == ("" if mag else f"Op {datum(dag(op_dag))} liep de klacht nog. {VRAAG_LATER}")


def test_who_becomes_involved_at_receipt_may_have_been_added_later_as_well(register: Register) -> None:
    feiten = [*STANDEN["re"], g.BetrokkeneToegevoegd(**op(3), betrokkene="eva")]
    assert verbeterd(register, feiten, 0, replace(echt(STANDEN["re"][:1])[0], betrokkenen=("eva",))) == ""
