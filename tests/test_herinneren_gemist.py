"""What fell on the day of a round but after it, or of a person who had the mail of that day, is told on the next."""

from __future__ import annotations

from datetime import date

import pytest

from klachten.post.herinneren.bepalen import since
from klachten.post.herinneren.ronde import BUITEN, run
from tests.firmaproef import doe
from tests.herinnerproef import MET_MAIL, ONTVANGEN, Verhaal, dag
from tests.test_herinneren import STANDAARD


def test_of_each_day_of_a_rule_somebody_is_told_once_whenever_it_became_theirs(verhaal: Verhaal):
    verhaal.op(dag(6)).tot(4, op=ONTVANGEN, behandelaar="bas")
    assert verhaal.ronde(dag(6)) == {}
    assert verhaal.ronde(dag(7), 8) == {"bas": ["5"]}
    # After the round of seven days before a second one comes in, and is of Dirk.
    verhaal.op(dag(7), 10).tot(4, op=ONTVANGEN, behandelaar="dirk")
    assert verhaal.ronde(dag(7), 17) == {}
    assert verhaal.ronde(dag(8), 8) == {"dirk": ["5"]}
    assert verhaal.ronde(dag(9), 8) == {}
    assert verhaal.ronde(dag(12), 8) == {"bas": ["5"], "dirk": ["5"]}
    # The first is of Dirk now: he had an overview today, and hears of this one tomorrow.
    ander = {"behandelaar": "dirk", "grond": "afwezig", "reden": "Ziek", "indiener_geinformeerd_op": None}
    verhaal.op(dag(12), 10).doe("stap_04_vervangen_behandelaar", "anna", "K2026-0001", op=dag(12), **ander)
    assert verhaal.ronde(dag(12), 17) == {}
    assert verhaal.ronde(dag(13), 8) == {"dirk": ["5"]}
    assert verhaal.ronde(dag(14), 8) == {"dirk": ["5", "5"]}


def test_a_rule_of_a_later_hour_is_told_tomorrow_to_who_had_an_overview_today(verhaal: Verhaal):
    toen = verhaal.op(dag(6))
    toen.tot(4, op=ONTVANGEN, behandelaar="bas")
    verhaal.ronde(dag(6))
    assert verhaal.ronde(dag(7), 8) == {"bas": ["5"]}
    # Between eight and ten he gets a maatregel of which the rule of ten o'clock reminds today.
    lijst = verhaal.op(dag(7), 9)
    regel = {"waarvoor": "maatregel", "dagen_voor": ("7",), "rollen": ("actienemer",), "uur": 10, "werkdagen": False}
    doe(verhaal.register, "stellen_herinneringsregel", regel="herinnering_2", vandaag=dag(7), vanaf=dag(7), **regel)
    nummer = lijst.tot(6, op=dag(-1), behandelaar="dirk")
    wat = {"omschrijving": "Bellen", "actienemer": "bas", "uiterlijk_op": dag(14), "overlegd_met": "carla"}
    lijst.doe("stap_08_bepalen_maatregel", "dirk", nummer, op=dag(7), **wat)
    lijst.doe("stap_10_informeren_actienemer", "dirk", nummer, op=dag(7), maatregel=1)
    assert "bas" not in verhaal.ronde(dag(7), 10)
    assert verhaal.ronde(dag(8), 10)["bas"] == ["m1"]
    assert "bas" not in verhaal.ronde(dag(9), 10)


def test_who_takes_the_place_of_somebody_who_was_told_is_not_told_of_that_day_again(verhaal: Verhaal):
    verhaal.op(dag(6)).tot(4, op=ONTVANGEN, behandelaar="bas")
    verhaal.ronde(dag(6))
    assert verhaal.ronde(dag(7), 8) == {"bas": ["5"]}
    weg = {"van": dag(8), "tot": dag(10), "vervanger": "dirk", "lang": False, "toelichting": "", "vandaag": dag(7)}
    doe(verhaal.register, "melden_afwezigheid", "bas", dossier="bas", **weg)
    assert verhaal.ronde(dag(8), 8) == {}


@pytest.mark.parametrize(
    ("gedaan", "na"),
    [
        ({}, None),  # the first round looks back at nothing
        ({dag(7): 8}, None),
        ({dag(5): 8, dag(6): 8}, dag(5)),
        ({dag(5): 10, dag(6): 7}, dag(4)),  # the round of day 6 did not come to the hour of this rule
        ({dag(6): 7}, dag(5)),
        ({dag(6): 8, dag(9): 8}, dag(5)),  # a clock that was ahead
    ],
)
def test_from_which_day_on_a_rule_is_looked_at(gedaan: dict[date, int], na: date | None):
    assert since(STANDAARD, gedaan, dag(7)) == na


@pytest.mark.parametrize(
    ("uur", "minuut", "waarom"),
    [(7, 59, BUITEN), (8, 0, ""), (17, 59, ""), (18, 0, BUITEN), (18, 30, BUITEN), (23, 0, BUITEN)],
)
def test_too_early_and_too_late_are_both_said(verhaal: Verhaal, uur: int, minuut: int, waarom: str):
    verhaal.op(dag(7), uur, minuut)
    assert run(verhaal.register, MET_MAIL, verhaal.nu).waarom == waarom
    assert BUITEN.endswith("vanaf het uur dat in de regels staat en tot 6 uur 's avonds.")
