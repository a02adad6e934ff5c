"""An overview of an earlier day goes no more, whoever releases it: what is open is told anew, in one mail a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.handelingen import Geweigerd
from klachten.post import herinneren
from klachten.post.uit import handelen, open_berichten, overdag
from klachten.post.uit.bericht import MISLUKT, OVERZICHT, TOESTANDEN, WACHT, Bericht
from klachten.register import Register
from klachten.scherm import berichten
from tests.herinnerproef import MET_MAIL, ONTVANGEN, Verhaal, at, dag, told


@pytest.fixture
def verhaal(verhaal: Verhaal) -> Verhaal:
    verhaal.op(dag(4)).tot(4, op=ONTVANGEN, behandelaar="bas")
    return verhaal


def _begin(register: Register, bericht: Bericht, *, mislukt: bool) -> None:
    feiten: list[g.Gebeurtenis] = [g.VerzendingBegonnen(gebeurd_op=dag(7), bericht=bericht.nr, poging=1)]
    if mislukt:
        feiten.append(
            g.VerzendingMislukt(gebeurd_op=dag(7), bericht=bericht.nr, poging=1, blijvend=True, code=550, melding="nee")
        )
    with register.schrijven() as boeking:
        for feit in feiten:
            boeking.leg_vast(bericht.klachtnummer, feit, door="app", rol="app")


@pytest.mark.parametrize("mislukt", [True, False])
def test_one_of_an_earlier_day_cannot_be_released_before_or_after_the_round_of_today(verhaal: Verhaal, mislukt: bool):
    register = verhaal.register
    anna = organisatie.gebruiker("anna", dag(12))
    assert anna
    verhaal.op(dag(7))
    assert told(herinneren.run(register, MET_MAIL, verhaal.nu)) == {"bas": ["5"]}
    (oud,) = open_berichten(register)
    _begin(register, oud, mislukt=mislukt)
    for uur in (7, 10):
        verhaal.op(dag(12), uur)
        if uur == 10:
            assert told(herinneren.run(register, MET_MAIL, verhaal.nu)) == {"bas": ["5"]}
        if not (uur == 10 and mislukt):  # the round withdrew what was refused
            with pytest.raises(Geweigerd, match="van een eerdere dag en wordt niet meer verstuurd"):
                handelen.do(register, anna, handelen.VRIJGEVEN, oud.nr, vandaag=dag(12))
    gaat = [
        een.nr
        for een in open_berichten(register)
        if een.toestand == WACHT and overdag.may_go(register, een, verhaal.nu)
    ]
    assert len(gaat) == 1
    assert oud.nr not in gaat


def test_one_that_was_released_by_an_app_of_before_is_told_anew(verhaal: Verhaal):
    """The release stands in the journal: it goes nowhere, and the round takes what it said along."""
    register = verhaal.register
    verhaal.op(dag(7))
    herinneren.run(register, MET_MAIL, verhaal.nu)
    (oud,) = open_berichten(register)
    _begin(register, oud, mislukt=True)
    verhaal.op(dag(12), 7)
    with register.schrijven() as boeking:
        vrij = g.BerichtVrijgegeven(gebeurd_op=dag(12), bericht=oud.nr)
        boeking.leg_vast(oud.klachtnummer, vrij, door="anna", rol="coordinator")
    (wacht,) = open_berichten(register)
    assert not overdag.may_go(register, wacht, verhaal.nu)
    verhaal.op(dag(12), 9)
    ronde = herinneren.run(register, MET_MAIL, verhaal.nu)
    assert (told(ronde), ronde.opnieuw) == ({"bas": ["5"]}, 1)
    assert [een.nr != oud.nr for een in open_berichten(register)] == [True]


def test_what_can_be_done_with_an_overview_by_how_it_stands_and_of_which_day(monkeypatch: pytest.MonkeyPatch):
    nu: datetime = at(dag(7))
    bericht = Bericht(
        klachtnummer="P1", nr=1, waarvoor=OVERZICHT, toestand=MISLUKT, poging=1, opnieuw_op=None, klaargezet_op=nu,
        sinds=at(dag(12)), laatste_op=at(dag(12)),
    )  # fmt: skip
    for toestand in TOESTANDEN:
        een = replace(bericht, toestand=toestand)
        toen, later = handelen.acts(een, dag(7)), handelen.acts(een, dag(8))
        assert handelen.VRIJGEVEN not in later
        assert later == tuple(naam for naam in toen if naam != handelen.VRIJGEVEN)
        assert handelen.acts(replace(een, waarvoor="brief"), dag(8)) == toen
        monkeypatch.setattr(berichten.scherm, "vandaag", lambda: dag(7))
        op_zijn_dag = berichten.zinnen(een)
        monkeypatch.setattr(berichten.scherm, "vandaag", lambda: dag(8))
        assert berichten.zinnen(een) == ([handelen.TE_OUD] if op_zijn_dag else [])
