"""Who leads a klacht hears of it: whoever is involved or away gives way, and no rung of the ladder is skipped."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from klachten.analyse.basis import kalender
from klachten.analyse.werk import nieuws
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.handelingen import reglement_van
from klachten.organisatie import leiding
from klachten.post import herinneren
from klachten.post.agenda.kalender import title
from klachten.post.herinneren.overzicht import text
from klachten.scherm.lijsten import posttaken
from tests import herinnerproef
from tests.firmaproef import doe
from tests.herinnerproef import ONTVANGEN, Verhaal, dag

DIRECTIE = ("carla", "frank")
BETROKKEN = [(), ("anna",), ("anna", "carla"), ("carla",), ("anna", "carla", "frank")]


@pytest.fixture(scope="module")
def verhaal(tmp_path_factory: pytest.TempPathFactory, herinnerfirma: Path) -> Iterator[Verhaal]:
    """Of everybody who is involved two klachten, of Bas who is there and of Dirk who is away from day 6 on."""
    map = shutil.copytree(herinnerfirma, tmp_path_factory.mktemp("leiding") / "register")
    with herinnerproef.story(map) as verhaal:
        lijst = verhaal.op(dag(4))
        for betrokken in BETROKKEN:
            wie = next((wie for wie in ("anna", *DIRECTIE) if wie not in betrokken), "")
            for behandelaar in ("bas", "dirk"):
                nummer = lijst.intake(op=ONTVANGEN, door="gijs", compleet=False, betrokkenen=betrokken)
                if wie:
                    lijst.doe("stap_02_informeren_coordinator", wie, nummer, op=dag(4), geinformeerde="anna")
                    lijst.doe("stap_03_verwerken_klacht", wie, nummer, op=dag(4))
                    lijst.doe("stap_04_toewijzen_behandelaar", wie, nummer, op=dag(4), behandelaar=behandelaar)
        lijst.intake(op=ONTVANGEN, door="gijs", compleet=False, betrokkenen=("anna",))
        nummer = lijst.intake(op=ONTVANGEN, door="gijs", compleet=False, betrokkenen=("anna",))
        lijst.doe("stap_02_informeren_coordinator", "carla", nummer, op=dag(4), geinformeerde="anna")
        weg = {"van": dag(6), "tot": dag(60), "vervanger": "", "lang": False, "toelichting": "", "vandaag": dag(4)}
        doe(verhaal.register, "melden_afwezigheid", "dirk", dossier="dirk", **weg)
        yield verhaal


def _told(verhaal: Verhaal, wanneer: date) -> dict[str, dict[str, bool]]:
    """Return by klacht who hears of step 5 on a day, and whether it is said that it cannot be met."""
    gehoord: dict[str, dict[str, bool]] = defaultdict(dict)
    for overzicht in herinneren.look(verhaal.register, wanneer)[0]:
        for regel in overzicht.regels:
            if regel.taak.stap == 5:
                gehoord[str(regel.taak.klachtnummer)][overzicht.wie.id] = bool(regel.waarom)
    return gehoord


@pytest.mark.parametrize(
    ("betrokken", "leidt", "op_de_vijfde_dag"),
    [
        ((), {"anna"}, {"anna", "carla", "frank"}),
        (("anna",), {"carla", "frank"}, {"carla", "frank"}),
        (("anna", "carla"), {"frank"}, {"frank"}),
        (("carla",), {"anna"}, {"anna", "frank"}),
    ],
)
def test_no_rung_is_skipped_and_somebody_always_hears(
    verhaal: Verhaal, betrokken: tuple[str, ...], leidt: set[str], op_de_vijfde_dag: set[str]
):
    nr = 2 * BETROKKEN.index(betrokken) + 1
    van_bas, van_dirk = f"K2026-{nr:04}", f"K2026-{nr + 1:04}"
    for wanneer, erbij in ((7, set()), (12, set()), (15, leidt), (21, op_de_vijfde_dag)):
        gehoord = _told(verhaal, dag(wanneer))
        assert gehoord[van_bas] == dict.fromkeys({"bas", *erbij}, False), wanneer
        # Nobody does it, so whoever leads hears of it, and before the last day also why it will not be met.
        assert gehoord[van_dirk] == dict.fromkeys(erbij or leidt, wanneer < 15), wanneer


def test_what_anybody_can_do_is_mailed_to_who_received_it_alone(verhaal: Verhaal):
    """All who lead are involved: naming somebody outside is of everybody in the lists, mail says it to one."""
    nummer = f"K2026-{2 * len(BETROKKEN):04}"
    for wanneer in (dag(7), dag(15), dag(21)):
        with verhaal.register.cursor() as cursor:
            (taak,) = [t for t in werkvoorraad(cursor, wanneer, ()) if t.klachtnummer == nummer and t.stap == 4]
        assert len(taak.personen) > 3
        hoort = [
            overzicht.wie.id
            for overzicht in herinneren.look(verhaal.register, wanneer)[0]
            if any(regel.taak.klachtnummer == nummer for regel in overzicht.regels)
        ]
        assert hoort == ["gijs"]


def test_mail_calls_a_task_by_its_step_as_an_agenda_does_and_says_nothing_of_who_is_involved(verhaal: Verhaal):
    """In the app the sentence of two of these says who is involved; what leaves the register does not."""
    register, gezegd = verhaal.register, set()
    reglement = reglement_van(register, None, op=dag(7))
    for overzicht in herinneren.look(register, dag(7))[0]:
        tekst = text(overzicht, dag(7), kalender.is_werkdag, "", reglement)
        assert "betrokken" not in tekst
        for regel in overzicht.regels:
            gezegd.add(regel.taak.wat)
            naam = title(replace(regel.taak, namens=""), reglement).partition(": ")[2]
            assert f"- {regel.taak.klachtnummer}: {naam[:1].lower()}{naam[1:]}. " in tekst
    assert {
        "Coördinator informeren",
        "Ontvangst bevestigen",
        "Klacht verwerken en dossier aanleggen: de coördinator is betrokken",
        "Iemand van buiten aanwijzen: de hele directie is betrokken",
    } <= gezegd


def test_the_coordinator_who_is_away_gives_way_as_one_who_is_involved_does(verhaal: Verhaal):
    free = dict.fromkeys(("anna", "bas", "carla", "frank"), True)
    organisatie = verhaal.register.organisatie
    for vrij, vanaf, leidt in (
        (free, "coordinator", ("coordinator", ("anna",))),
        (free, "directie", ("directie", DIRECTIE)),
        ({**free, "anna": False}, "coordinator", ("directie", DIRECTIE)),
        ({**free, "anna": False, "frank": False}, "coordinator", ("directie", ("carla",))),
        ({"anna": True}, "directie", ("", ())),
        ({}, "coordinator", ("", ())),
    ):
        gevonden = leiding.leading(organisatie, dag(5), lambda id, vrij=vrij: vrij.get(id, False), vanaf=vanaf)
        assert gevonden == leidt


def test_the_tasks_the_reminders_and_the_others_say_the_same_of_who_leads(verhaal: Verhaal):
    """The question of the tasks is in SQL: of step 3 of each klacht it names whoever the one definition names."""
    register = verhaal.register
    lijst = verhaal.op(dag(22))
    nummers = {lijst.intake(op=dag(22), door="gijs", compleet=False, betrokkenen=wie): wie for wie in BETROKKEN}
    with register.cursor() as cursor:
        taken = {taak.klachtnummer: taak for taak in werkvoorraad(cursor, dag(22), ()) if taak.stap == 2}
    for nummer, betrokken in nummers.items():
        rol, wie = leiding.leading(register.organisatie, dag(22), lambda id, weg=betrokken: id not in weg)
        assert (taken[nummer].rol, set(taken[nummer].personen)) == (rol or "buiten", {"gijs", *wie})


def test_mail_and_the_bell_turn_to_directie_where_the_coordinator_is_away_for_longer_too(verhaal: Verhaal):
    """Where a task of step 3 is of directie, so is what e-mail asks, and what is new."""
    register = verhaal.register
    langer = {"van": dag(30), "tot": dag(50), "vervanger": "", "lang": True, "toelichting": "", "vandaag": dag(24)}
    verhaal.op(dag(24))
    doe(register, "melden_afwezigheid", "anna", dossier="anna", **langer)
    for wanneer, rol, wie in ((dag(25), "coordinator", {"anna"}), (dag(31), "directie", set(DIRECTIE))):
        assert leiding.leading(register.organisatie, wanneer, lambda _: True)[0] == rol
        assert set(posttaken._leading(wanneer)) == wie
        assert nieuws._whom("(leiding)", "K2026-0001", {}, nieuws._LEEG, {}, wanneer) == wie
        zonder_carla = nieuws._LEEG._replace(betrokkenen=frozenset({"anna", "carla"}))
        for welke in ("(leiding)", "(directie)"):
            assert nieuws._whom(welke, "K2026-0001", {}, zonder_carla, {}, wanneer) == {"frank"}
        lijst = verhaal.op(dag(24))
        nummer = lijst.intake(op=dag(24), door="gijs", compleet=False)
        assert posttaken._who(register, [nummer], wanneer)[nummer][::2] == (rol, tuple(sorted(wie)))
