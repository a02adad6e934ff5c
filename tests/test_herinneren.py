"""Reminders by mail: on which days, up which ladder, in whose place, once a day, and never more than one may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.analyse.basis import kalender
from klachten.analyse.werk.werkvoorraad import visible_to, werkvoorraad
from klachten.handelingen import reglement_van
from klachten.organisatie.herinneringen import may_mail, roles
from klachten.post import herinneren
from klachten.post.herinneren.overzicht import text
from tests.firmaproef import doe
from tests.herinnerproef import ONTVANGEN, Verhaal, at, dag

EEN = timedelta(days=1)
BEGIN = date(2020, 1, 1)


STANDAARD = g.HerinneringsregelGesteld(
    gebeurd_op=BEGIN, regel="r", waarvoor="termijn", dagen_voor=(7, 2, 0), rollen=("behandelaar",), vanaf=BEGIN,
    werkdagen=False, daarna=True, coordinator_na=1, directie_na=5,
)  # fmt: skip


@pytest.mark.parametrize(
    ("uiterlijk", "vallen"),
    [
        # Wednesday 18 March: 7 and 2 days before, on it; from Thursday the coordinator, from the fifth ordinary day
        # directie.
        (date(2026, 3, 18), {"2026-03-11": "b", "2026-03-16": "b", "2026-03-18": "b", "2026-03-19": "bc",
                             "2026-03-20": "bc", "2026-03-23": "bc", "2026-03-24": "bc", "2026-03-25": "bcd"}),
        # Sunday 8 March: a week before is a Sunday too, two days before and the day itself are Friday.
        (date(2026, 3, 8), {"2026-02-27": "b", "2026-03-06": "b", "2026-03-09": "bc", "2026-03-10": "bc"}),
        # Easter: Good Friday 3 April, Monday 6 April.
        (date(2026, 4, 5), {"2026-03-27": "b", "2026-04-02": "b", "2026-04-07": "bc"}),
        (date(2026, 4, 3), {"2026-03-27": "b", "2026-04-01": "b", "2026-04-02": "b", "2026-04-07": "bc"}),
        # 5 May, which is a holiday every year here; King's Day 27 April.
        (date(2026, 5, 5), {"2026-04-28": "b", "2026-05-01": "b", "2026-05-04": "b", "2026-05-06": "bc"}),
        (date(2026, 5, 4), {"2026-04-24": "b", "2026-05-01": "b", "2026-05-04": "b", "2026-05-06": "bc"}),
        # Christmas on Friday and Saturday; 27 December is a Sunday.
        (date(2026, 12, 27), {"2026-12-18": "b", "2026-12-24": "b", "2026-12-28": "bc"}),
        # The Sunday on which the clock goes back.
        (date(2026, 10, 25), {"2026-10-16": "b", "2026-10-23": "b", "2026-10-26": "bc"}),
    ],
)  # fmt: skip
def test_who_is_reminded_on_which_days(uiterlijk: date, vallen: dict[str, str]):
    tot = max(map(date.fromisoformat, vallen))
    gevonden = {}
    for n in range((tot - uiterlijk).days + 15):
        wanneer = uiterlijk + (n - 14) * EEN
        if wie := roles(STANDAARD, uiterlijk, wanneer, kalender.is_werkdag):
            gevonden[str(wanneer)] = "".join(rol[0] for rol in wie)
    assert gevonden == vallen


def test_what_was_missed_is_said_on_the_next_day_and_no_rule_looks_back_past_its_begin():
    uiterlijk = date(2026, 3, 18)
    for vandaag, sinds, verwacht in (
        (date(2026, 3, 12), None, ()),
        (date(2026, 3, 12), date(2026, 3, 10), ("behandelaar",)),
        (date(2026, 3, 12), date(2026, 3, 11), ()),
        (date(2026, 3, 14), date(2026, 3, 10), ()),  # a Saturday
        (date(2026, 3, 13), date(2026, 1, 1), ("behandelaar",)),
    ):
        assert roles(STANDAARD, uiterlijk, vandaag, kalender.is_werkdag, sinds) == verwacht, vandaag
    later = g.HerinneringsregelGesteld(**{**vars(STANDAARD), "vanaf": date(2026, 3, 12)})
    assert roles(later, uiterlijk, date(2026, 3, 13), kalender.is_werkdag, date(2026, 1, 1)) == ()


@pytest.mark.parametrize(
    ("wanneer", "mag"),
    [
        (at(date(2026, 3, 11), 6, 59), False),
        (at(date(2026, 3, 11), 7), True),
        (at(date(2026, 3, 11), 17, 59), True),
        (at(date(2026, 3, 11), 18), False),
        (at(date(2026, 3, 11), 2), False),
        (at(date(2026, 3, 14), 10), False),
        (at(date(2026, 4, 3), 10), False),
        (at(date(2026, 5, 5), 10), False),
        (at(date(2026, 12, 25), 10), False),
        # Winter time begins on 25 October: seven o'clock on the wall is an hour later in UTC than on Friday.
        (at(date(2026, 10, 23), 7), True),
        (at(date(2026, 10, 23), 7) + 3 * EEN, False),
        (at(date(2026, 10, 26), 7), True),
    ],
)
def test_nothing_goes_out_in_the_evening_at_night_or_on_a_free_day(wanneer, mag: bool):
    assert may_mail(wanneer, kalender.is_werkdag) is mag


def test_the_acknowledgement_is_reminded_of_on_day_12_and_goes_up_on_day_15(verhaal: Verhaal):
    nummer = verhaal.op(dag(4)).tot(4, op=ONTVANGEN, behandelaar="bas")
    # Nothing was done but assigning; on day 18 it is Sunday.
    gehad = {nr: gezegd for nr in (7, 8, 12, 13, 14, 15, 18, 20, 21, 22) if (gezegd := verhaal.ronde(dag(nr)))}
    assert gehad == {
        7: {"bas": ["5"]},
        12: {"bas": ["5"]},
        14: {"bas": ["5"]},
        **{nr: {"anna": ["5"], "bas": ["5"]} for nr in (15, 20)},
        # Four weeks after receipt is 1 April: that reminder waits until the acknowledgement has gone. Fifth day late.
        **{nr: {"anna": ["5"], "bas": ["5"], "carla": ["5"], "frank": ["5"]} for nr in (21, 22)},
    }
    assert {feit[1] for feit in verhaal.feiten()} == {nummer}
    eerste, laatste = verhaal.berichten("bas")[0], verhaal.berichten("carla")[0]
    assert (eerste.aan, eerste.onderwerp) == ("bas@voorbeeld.nl", "Herinnering: 1 taak")
    assert f"- {nummer}: ontvangst bevestigen. Dit moet uiterlijk 18 maart 2026, over 7 dagen.\n" in eerste.inhoud
    assert "Uw taken staan op https://klachten.example/werkvoorraad\n" in eerste.inhoud
    assert laatste.onderwerp == "Herinnering: 1 taak, 1 te laat"
    assert (
        f"- {nummer}: ontvangst bevestigen. Dit moest uiterlijk 18 maart 2026; dat is 5 werkdagen te laat. "
        "Wie dit doet: Bas Janssen.\n"
    ) in laatste.inhoud
    # It is done: nobody hears of it any more, and the next term comes in its place.
    verhaal.op(dag(26)).doe("stap_05_bevestigen_ontvangst", "bas", nummer, op=dag(26), wijze="brief")
    assert verhaal.ronde(dag(26)) == {"bas": ["6"]}
    for zegt in (eerste.inhoud, laatste.inhoud):
        assert "J. Jansen" not in zegt
        assert "begeleider" not in zegt


def test_absence_sends_it_to_the_substitute_and_without_one_to_the_coordinator(verhaal: Verhaal):
    """Bas is away; Dirk takes his place for a while, later nobody does. Whoever has left is never reminded."""
    van = verhaal.op(dag(4))
    nummer = van.tot(4, op=ONTVANGEN, behandelaar="bas")
    verhaal.op(dag(5))
    weg = {"van": dag(6), "tot": dag(12), "vervanger": "dirk", "lang": False, "toelichting": "", "vandaag": dag(5)}
    doe(verhaal.register, "melden_afwezigheid", "bas", dossier="bas", **weg)
    assert verhaal.ronde(dag(7)) == {"dirk": ["5"]}
    (zegt,) = verhaal.berichten("dirk")
    assert (
        f"{nummer}: ontvangst bevestigen. Dit moet uiterlijk 18 maart 2026, over 7 dagen. U vervangt Bas" in zegt.inhoud
    )
    verhaal.op(dag(8))
    nu = {"afwezigheid": 1, "van": dag(6), "tot": dag(20), "vervanger": "", "lang": False, "toelichting": ""}
    doe(verhaal.register, "wijzigen_afwezigheid", "bas", dossier="bas", vandaag=dag(8), reden="Ziek", **nu)
    # It is known now that nobody can do it before the last day: that is said at once, and only once.
    assert verhaal.ronde(dag(9)) == {"anna": ["5"]}
    zegt = verhaal.berichten("anna")[0]
    assert f"Wordt niet meer gehaald (1)\n- {nummer}: ontvangst bevestigen. De termijn 'Ontvangst" in zegt.inhoud
    assert (
        "loopt tot en met 18 maart 2026, over 5 dagen, en wordt niet gehaald. Wie dit doet: Bas Janssen. Tot en met 18 "
        "maart 2026 is Bas Janssen er niet, en niemand vervangt.\n"
    ) in zegt.inhoud
    assert verhaal.feiten()[-1] == ("anna", nummer, dag(9), "onhaalbaar")
    assert verhaal.ronde(dag(12)) == {"anna": ["5"]}  # two days before: to who leads, as nobody does it
    assert verhaal.ronde(dag(13)) == {}
    assert set(verhaal.ronde(dag(15))) == {"anna"}
    assert {feit[0] for feit in verhaal.feiten()} == {"dirk", "anna"}


def test_the_coordinator_who_is_away_is_not_reminded_but_directie_is(verhaal: Verhaal):
    nummer = verhaal.op(dag(3)).intake(op=ONTVANGEN)
    weg = {"van": dag(6), "tot": dag(18), "vervanger": "", "lang": False, "toelichting": "", "vandaag": dag(3)}
    doe(verhaal.register, "melden_afwezigheid", "anna", dossier="anna", **weg)
    # Nobody was assigned yet: assigning is what the term waits for, and of the coordinator.
    assert verhaal.ronde(dag(7)) == {"carla": ["4"], "frank": ["4"]}
    assert f"{nummer}: behandelaar toewijzen" in verhaal.berichten("carla")[0].inhoud
    assert verhaal.ronde(dag(19)) == {"anna": ["4"]}


def test_owners_hear_of_their_maatregel_and_verbeteractie_with_or_without_an_account(verhaal: Verhaal):
    """Nobody here has an account. Gijs has no address that can be used; Frank is involved where his maatregel is."""
    toen = verhaal.op(dag(3))
    nummer = toen.tot(4, op=dag(-3), behandelaar="bas", betrokkenen=("frank",))
    for actienemer, over in (("dirk", 10), ("frank", 10)):
        wat = {
            "omschrijving": "Geheim plan",
            "actienemer": actienemer,
            "uiterlijk_op": dag(over),
            "overlegd_met": "carla",
        }
        toen.doe("stap_08_bepalen_maatregel", "bas", nummer, op=dag(2), **wat)
    for maatregel in (1, 2):
        toen.doe("stap_10_informeren_actienemer", "bas", nummer, op=dag(2), maatregel=maatregel)
    jaar = toen.evaluatie()
    toen.verbeteractie(jaar, uiterlijk_op=dag(7))
    toen.doe("stap_17_informeren_actienemer", "frank", jaar, op=dag(3), verbeteractie=1)
    with verhaal.register.schrijven() as boeking:
        geen = g.PersoonGewijzigd(gebeurd_op=dag(3), vanaf=dag(3), e_mail="gijs")
        boeking.leg_vast(verhaal.register.organisatie.mensen["gijs"].nummer, geen, door="iris", rol="beheerder")
    assert verhaal.ronde(dag(5)) == {"gijs": ["v1"], "anna": []}
    assert verhaal.berichten("anna")[0].onderwerp == "Iemand is niet per e-mail te bereiken"
    assert "Gijs" in (zegt := verhaal.berichten("anna")[0].inhoud)
    assert "heeft ook een herinnering, maar geen e-mailadres dat kan worden gebruikt" in zegt
    assert jaar not in zegt
    assert verhaal.berichten("gijs") == []
    (eerste,) = herinneren.of_person(verhaal.register, "gijs", dag(5))
    assert (eerste.klachtnummer, eerste.waarvoor, eerste.wat, eerste.bericht) == (jaar, "verbeteractie", "1", 0)
    assert verhaal.ronde(dag(8))["dirk"] == ["m1"]
    van_dirk, van_frank = verhaal.berichten("dirk")[0].inhoud, verhaal.berichten("frank")[0].inhoud
    assert f"{nummer}: maatregelen uitvoeren (maatregel 1)" in van_dirk
    assert "Kunt u zich niet aanmelden? Laat de coördinator dan weten" in van_dirk
    # What is his is said, and nothing of the klacht in which he is involved.
    assert "- Uw maatregel uitvoeren. Dit moet uiterlijk 14 maart 2026, over 2 dagen.\n" in van_frank
    assert nummer not in van_frank
    assert "K2026" not in van_frank
    for zegt in (van_dirk, van_frank):
        assert "Geheim plan" not in zegt
    assert ("frank", nummer, dag(8), "herinnering_2") in verhaal.feiten()


def test_a_maatregel_agreed_for_after_the_six_weeks_is_said_long_before(verhaal: Verhaal):
    toen = verhaal.op(dag(9))
    nummer = toen.tot(6, op=ONTVANGEN, behandelaar="bas")
    wat = {"omschrijving": "Bellen", "actienemer": "dirk", "uiterlijk_op": dag(60), "overlegd_met": "carla"}
    toen.doe("stap_08_bepalen_maatregel", "bas", nummer, op=dag(8), **wat)
    toen.doe("stap_10_informeren_actienemer", "bas", nummer, op=dag(8), maatregel=1)
    assert {wie: wat for wie, wat in verhaal.ronde(dag(9)).items() if "m1" in wat} == {"anna": ["m1"], "dirk": ["m1"]}
    zegt = verhaal.berichten("anna")[0].inhoud
    assert "loopt tot en met 15 april 2026, over 33 dagen, en wordt niet gehaald" in zegt
    assert "Maatregel 1 is afgesproken voor 3 mei 2026." in zegt
    assert verhaal.ronde(dag(12)) == {}


WIE = ("anna", "bas", "dirk", "frank", "gijs")
DOEN = ("dirk", "frank", "gijs", "carla")


def _some_klachten(verhaal: Verhaal, kans: Random) -> None:
    """Klachten at all kinds of steps, with people involved in them, of whom some do a maatregel there."""
    lijst = verhaal.op(dag(30))
    lijst.tot(4, op=dag(10), behandelaar="bas")  # Dirk takes the place of Bas, and does not read this one
    nummer = lijst.tot(6, op=dag(8), behandelaar="dirk", betrokkenen=("gijs",))
    wat = {"omschrijving": "x", "overlegd_met": "carla", "uiterlijk_op": dag(38), "actienemer": "gijs"}
    lijst.doe("stap_08_bepalen_maatregel", "dirk", nummer, op=dag(16), **wat)
    lijst.doe("stap_10_informeren_actienemer", "dirk", nummer, op=dag(17), maatregel=1)
    for _ in range(7):
        begin = dag(kans.randrange(0, 14))
        betrokken = tuple(kans.sample(WIE, kans.randrange(3)))
        vrij = [wie for wie in ("bas", "dirk") if wie not in betrokken]
        if "anna" in betrokken or not vrij:
            lijst.intake(op=begin, betrokkenen=betrokken, door="gijs", compleet=False)
            continue
        wie, stap = kans.choice(vrij), kans.choice([3, 4, 6, 6])
        nummer = lijst.tot(stap, op=begin, behandelaar=wie, betrokkenen=betrokken)
        for nr in range(1, kans.randrange(2, 4)) if stap == 6 else ():
            wat = {"omschrijving": "x", "overlegd_met": "carla", "uiterlijk_op": begin + kans.randrange(25, 60) * EEN}
            wat["actienemer"] = kans.choice(betrokken if betrokken and set(betrokken) <= set(DOEN) else DOEN)
            lijst.doe("stap_08_bepalen_maatregel", wie, nummer, op=begin + 8 * EEN, **wat)
            lijst.doe("stap_10_informeren_actienemer", wie, nummer, op=begin + 9 * EEN, maatregel=nr)
    for wie, vervanger in (("bas", "dirk"), ("frank", "carla")):
        weg = {"van": dag(31), "tot": dag(kans.randrange(35, 50)), "vervanger": vervanger, "lang": False}
        doe(verhaal.register, "melden_afwezigheid", wie, dossier=wie, vandaag=dag(30), toelichting="", **weg)


def test_no_overview_holds_more_than_its_reader_may_see(verhaal: Verhaal):
    """Every line is a task that the werkvoorraad gives its reader, and of no klacht in which the reader is involved."""
    _some_klachten(verhaal, Random(1))
    register, geteld = verhaal.register, Counter[str]()
    betrokken = {
        nummer: {wie for v in register.vastleggingen(nummer) for wie in getattr(v.feit, "betrokkenen", ())}
        for nummer in (f"K2026-{nr:04}" for nr in range(1, 10))
    }
    for vandaag in (dag(33), dag(36), dag(41)):
        verhaal.op(vandaag)
        gevonden, _ = herinneren.look(register, vandaag)
        with register.cursor() as cursor:
            alles = werkvoorraad(cursor, vandaag, ())
            for overzicht in gevonden:
                ziet = {replace(taak, **DAGEN) for taak in visible_to(cursor, alles, overzicht.wie)}
                tekst = text(overzicht, vandaag, kalender.is_werkdag, "", reglement_van(register, None, op=vandaag))
                assert register.organisatie.aanwezig(overzicht.wie.id, vandaag)
                for regel in overzicht.regels:
                    assert replace(regel.taak, **DAGEN) in ziet
                    geteld.update(["regel"])
                    geteld.update(naam for naam in ("dicht", "namens", "ongelezen") if getattr(regel.taak, naam))
                for nummer, wie in betrokken.items():
                    assert overzicht.wie.id not in wie or nummer not in tekst
    # It says something: of own maatregelen that are closed, of who was away, and of what a substitute may not read.
    assert geteld["regel"] > 20
    assert min(geteld["dicht"], geteld["namens"], geteld["ongelezen"]) > 0


# Of what cannot be met, the day is that of the term.
DAGEN: dict[str, Any] = {"uiterlijk_op": None, "dagen_over": None, "termijn_naam": None}
