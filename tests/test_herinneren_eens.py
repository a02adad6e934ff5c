"""Nobody is reminded twice of a day: not over a restart, by two rounds at once, after a crash, nor by another clock."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from klachten.__main__ import main
from klachten.post import herinneren, uit
from klachten.post.herinneren import ronde
from klachten.toegang.instellingen import Instellingen
from tests import eindig, herinnerproef, postproef
from tests.firmaproef import doe
from tests.herinnerproef import MET_MAIL, ONTVANGEN, Verhaal, at
from tests.postproef import settings

EEN = timedelta(days=1)
WEEK, DAARNA = date(2026, 3, 11), date(2026, 3, 12)
"""A week before the last day of the acknowledgement, and the day after."""


@pytest.fixture(scope="module")
def _map(tmp_path_factory: pytest.TempPathFactory, herinnerfirma: Path) -> Path:
    map = shutil.copytree(herinnerfirma, tmp_path_factory.mktemp("eens") / "register")
    with herinnerproef.story(map) as verhaal:
        lijst = verhaal.op(date(2026, 3, 9))
        lijst.tot(4, op=ONTVANGEN, behandelaar="bas")
        lijst.tot(4, op=ONTVANGEN, behandelaar="bas")
        lijst.tot(4, op=ONTVANGEN, behandelaar="dirk")
    return map


@pytest.fixture
def map(tmp_path: Path, _map: Path) -> Path:
    return shutil.copytree(_map, tmp_path / "register")


@pytest.fixture
def verhaal(map: Path) -> Iterator[Verhaal]:
    with herinnerproef.story(map) as verhaal:
        yield verhaal


ALLEN = {"bas": ["5", "5"], "dirk": ["5"]}


def test_once_a_day_over_a_restart_and_two_rounds_at_once(map: Path):
    with herinnerproef.story(map) as verhaal:
        verhaal.op(WEEK, 9)
        uitkomsten: list[herinneren.Ronde] = []
        samen = [
            threading.Thread(target=lambda: uitkomsten.append(herinneren.run(verhaal.register, MET_MAIL, verhaal.nu)))
            for _ in range(4)
        ]
        for draad in samen:
            draad.start()
        eindig.ended(*samen)
        assert sorted(len(uitkomst.overzichten) for uitkomst in uitkomsten) == [0, 0, 0, 2]
        assert {uitkomst.waarom for uitkomst in uitkomsten} == {"", ronde.GEDAAN}
        stand = verhaal.register.stand()
    with herinnerproef.story(map) as verhaal:
        for uur in (8, 9, 17):
            verhaal.op(WEEK, uur)
            assert herinneren.run(verhaal.register, MET_MAIL, verhaal.nu).waarom == ronde.GEDAAN
        assert verhaal.register.stand() == stand
        assert len(verhaal.feiten()) == 3
        assert [len(verhaal.berichten(wie)) for wie in ("bas", "dirk")] == [1, 1]


def test_what_goes_wrong_halfway_leaves_nothing_and_the_next_minute_does_it_all(
    verhaal: Verhaal, monkeypatch: pytest.MonkeyPatch
):
    """Two overviews, three reminders and the round itself: broken off before each of these."""
    stand, echt = verhaal.register.stand(), ronde.Boeking.leg_vast
    for bij in range(6):
        geteld = iter(range(100))

        def leg_vast(*args, geteld=geteld, bij=bij, **kwargs):
            if next(geteld) == bij:
                raise RuntimeError("weg")
            return echt(*args, **kwargs)

        with monkeypatch.context() as even:
            even.setattr(ronde.Boeking, "leg_vast", leg_vast)
            with pytest.raises(RuntimeError, match="weg"):
                verhaal.ronde(WEEK)
        assert verhaal.register.stand() == stand
    # And two that both looked before either wrote: the lock of a round is of one process, that for writing decides.
    kijk = ronde.look

    def look(*args, **kwargs):
        gevonden = kijk(*args, **kwargs)
        monkeypatch.setattr(ronde, "look", kijk)
        monkeypatch.setattr(ronde, "_slot", threading.Lock())
        eerder = herinneren.run(verhaal.register, MET_MAIL, verhaal.nu)
        assert len(eerder.overzichten) == 2
        ronde._gedaan.clear()
        return gevonden

    monkeypatch.setattr(ronde, "look", look)
    verhaal.op(WEEK)
    assert herinneren.run(verhaal.register, MET_MAIL, verhaal.nu).overzichten == ()
    assert len(verhaal.feiten()) == 3


@pytest.mark.parametrize(
    ("eerst", "dan", "gezegd"),
    [
        ((WEEK, 8), (WEEK, 7), {}),  # an hour back, and the hour of the rule comes again
        ((WEEK, 9), (WEEK - EEN, 9), {}),  # a day back: nothing falls on it
        ((WEEK - EEN, 9), (WEEK, 9), ALLEN),
        ((WEEK + EEN, 9), (WEEK, 9), ALLEN),  # a day ahead and put right: that of the day itself is not lost
        ((WEEK, 19), (DAARNA, 9), ALLEN),  # in the evening it is too late, and the next day makes up for it
        ((WEEK, 7), (WEEK, 8), ALLEN),
    ],
)
def test_another_clock_neither_reminds_twice_nor_forgets(
    verhaal: Verhaal, eerst: tuple[date, int], dan: tuple[date, int], gezegd: dict[str, list[str]]
):
    # A round of before, so that it is known until when everything was said.
    verhaal.ronde(date(2026, 3, 9))
    eerder = verhaal.ronde(*eerst)
    assert verhaal.ronde(*dan) == gezegd
    assert verhaal.ronde(*dan) == {}
    assert len(verhaal.feiten()) == 3 * (bool(eerder) + bool(gezegd))


def test_the_hour_that_winter_time_brings_twice_reminds_once(verhaal: Verhaal):
    """25 October is a Sunday, on which nothing happens; the Monday after it has its own nine o'clock."""
    lijst = verhaal.op(date(2026, 10, 23))
    lijst.tot(4, op=date(2026, 10, 19), behandelaar="bas")
    regels = {"waarvoor": "termijn", "dagen_voor": ("5",), "rollen": ("behandelaar",), "uur": 8, "vanaf": lijst.vandaag}
    doe(verhaal.register, "stellen_herinneringsregel", regel="herinnering_1", vandaag=lijst.vandaag, **regels)
    gehad = []
    nu = datetime(2026, 10, 23, 4, 0, tzinfo=UTC)
    while nu < datetime(2026, 10, 27, 20, 0, tzinfo=UTC):
        verhaal.nu = nu
        if (uitkomst := herinneren.run(verhaal.register, MET_MAIL, nu)).overzichten:
            gehad.append((nu.isoformat(), herinnerproef.told(uitkomst)))
        verhaal.send()
        nu += timedelta(minutes=30)
    # Five ordinary days before 2 November; at eight in the morning, which is an hour later in UTC than on Friday.
    assert gehad == [("2026-10-26T07:00:00+00:00", {"bas": ["5"]})]


def test_every_person_gets_exactly_one_mail_a_day(verhaal: Verhaal):
    """By a real mail server, that is off for a day in between: what did not go out is told anew, and never on top."""
    with postproef.mailserver() as (bus, server):
        gelezen = settings(server)

        def minuten(dag: date, uur: int, hoeveel: int = 3) -> list[tuple[str, ...]]:
            al = len(bus.aan)
            for minuut in range(hoeveel):
                verhaal.op(dag, uur, minuut)
                herinneren.run(verhaal.register, gelezen, verhaal.nu)
                uit.send_due(verhaal.register, gelezen, verhaal.nu)
            return sorted(tuple(aan) for aan in bus.aan[al:])

        bas, dirk = ("bas@voorbeeld.nl",), ("dirk@voorbeeld.nl",)
        assert minuten(WEEK, 7) == []
        assert minuten(WEEK, 8) == [bas, dirk]
        assert minuten(WEEK, 12) == []
        (aan_bas,) = (mail for mail in bus.berichten if mail["To"] == bas[0])
        assert aan_bas["Subject"] == "Herinnering: 2 taken"
        assert aan_bas["Auto-Submitted"] == "auto-generated"
        assert aan_bas.get_content().count("ontvangst bevestigen. Dit moet uiterlijk 18 maart 2026") == 2
        # Two days before the server refuses for now; it works again at night, in the weekend and on Wednesday.
        bus.antwoorden["RCPT"] = "450 straks"
        assert minuten(date(2026, 3, 16), 9) == []
        bus.antwoorden.clear()
        assert minuten(date(2026, 3, 16), 22) == []
        assert minuten(date(2026, 3, 17), 3) == []
        assert minuten(date(2026, 3, 17), 7) == []
        # Nothing falls on Tuesday itself.
        assert minuten(date(2026, 3, 17), 8) == [bas, dirk]
        assert "18 maart 2026, morgen." in bus.berichten[-1].get_content()
        assert minuten(date(2026, 3, 17), 9) == []
        assert minuten(date(2026, 3, 18), 9) == [bas, dirk]
        toestanden = [(bericht.toestand, bericht.waarvoor) for bericht in uit.stand(verhaal.register)]
        assert sorted(toestanden) == [("ingetrokken", "overzicht")] * 2 + [("verzonden", "overzicht")] * 6


def test_without_a_mail_server_the_app_alone_says_it_and_no_mail_piles_up(verhaal: Verhaal):
    # The first round of a register looks back at nothing: not at what fell yesterday.
    assert verhaal.ronde(DAARNA, instellingen=Instellingen()) == {}
    assert verhaal.ronde(date(2026, 3, 16), instellingen=Instellingen()) == ALLEN
    assert uit.stand(verhaal.register) == []
    assert {val.bericht for val in herinneren.of_person(verhaal.register, "bas", WEEK)} == {0}
    # From the day on which there is one, what falls from then on is mailed.
    assert verhaal.ronde(date(2026, 3, 18)) == ALLEN
    assert len(uit.stand(verhaal.register)) == 2


def test_one_a_day_waits_for_the_latest_hour(verhaal: Verhaal):
    """Of two rules that remind Bas on this day, one is of ten o'clock: he hears all of it then, Dirk at eight."""
    wat = {"omschrijving": "Bellen", "actienemer": "bas", "uiterlijk_op": WEEK + 7 * EEN, "overlegd_met": "carla"}
    lijst = verhaal.op(date(2026, 3, 10))
    nummer = lijst.tot(6, op=date(2026, 3, 3), behandelaar="dirk")
    lijst.doe("stap_08_bepalen_maatregel", "dirk", nummer, op=date(2026, 3, 10), **wat)
    lijst.doe("stap_10_informeren_actienemer", "dirk", nummer, op=date(2026, 3, 10), maatregel=1)
    regel = {"waarvoor": "maatregel", "dagen_voor": ("7",), "rollen": ("actienemer",), "uur": 10, "werkdagen": False}
    doe(verhaal.register, "stellen_herinneringsregel", regel="herinnering_2", vandaag=WEEK, vanaf=WEEK, **regel)
    assert verhaal.ronde(WEEK, 8) == {"dirk": ["5"]}
    assert verhaal.ronde(WEEK, 9) == {}
    assert verhaal.ronde(WEEK, 10) == {"bas": ["5", "5", "m1"]}
    assert verhaal.ronde(WEEK, 17) == {}
    assert [len(verhaal.berichten(wie)) for wie in ("bas", "dirk")] == [1, 1]


def test_the_example_shows_what_would_go_once_a_week(tmp_path: Path, ingericht: Path):
    with herinnerproef.story(shutil.copytree(ingericht, tmp_path / "register")) as verhaal:
        assert verhaal.register.organisatie.voorbeeld
        verhaal.op(date(2026, 3, 9)).tot(4, op=ONTVANGEN, behandelaar="bas")

        def op(dag: date) -> dict[str, list[str]]:
            verhaal.op(dag)
            return herinnerproef.told(herinneren.run(verhaal.register, Instellingen(), verhaal.nu, vandaag=dag))

        assert op(date(2026, 3, 10)) == {}
        assert op(date(2026, 3, 16)) == {}
        # What fell on the Wednesday and the Monday in between is said in one go.
        assert op(date(2026, 3, 17)) == {"bas": ["5"]}
        assert op(date(2026, 3, 18)) == {}
        # A week later it is late: what stands on page Post stays there, as if it had gone.
        assert op(date(2026, 3, 24)) == {"anna": ["5"], "bas": ["5"]}
        assert [bericht.toestand for bericht in uit.stand(verhaal.register)] == ["wacht"] * 3
        assert uit.send_due(verhaal.register, MET_MAIL, at(date(2026, 3, 17))) == uit.Ronde()


def test_the_command_reminds_or_only_looks_and_says_whom_not_of_what(
    map: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def taken(*meer: str) -> str:
        assert main(["taken", "--map", str(map), *meer]) == 0
        return capsys.readouterr().out

    gezegd = taken("--op", "2026-03-11")
    assert gezegd == (
        "Op 11 maart 2026 zou er zo worden herinnerd; er is niets vastgelegd en niets verstuurd.\n"
        "- Bas Janssen: 2 taken\n- Dirk Smeets: 1 taak\n"
    )
    assert "Niemand." in taken("--op", "2026-03-14")
    monkeypatch.setattr("klachten.opdrachten.taken.moment", lambda: at(WEEK))
    zegt = taken("--klok-is-goed")
    assert "Herinneringen van 11 maart 2026:\n- Bas Janssen: 2 taken\n- Dirk Smeets: 1 taak\n" in zegt
    assert "E-mail is niet ingesteld" in zegt
    assert ronde.GEDAAN in taken("--klok-is-goed")
    with herinnerproef.story(map) as verhaal:
        assert len(verhaal.feiten()) == 3
        assert main(["taken", "--map", str(map)]) == 2
    assert "Is dat de app, dan doet die dit zelf." in capsys.readouterr().err


def test_a_mistake_in_the_reminders_holds_up_no_letter_of_the_command(
    map: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def broken(*_, **__):
        raise ZeroDivisionError("hier ging het mis")

    monkeypatch.setattr("klachten.opdrachten.taken.moment", lambda: at(WEEK))
    with monkeypatch.context() as even, postproef.mailserver() as (bus, server):
        even.setattr(herinneren, "run", broken)
        even.setattr("klachten.toegang.instellingen.of_register", lambda _: settings(server))
        with herinnerproef.story(map) as verhaal:
            verhaal.op(WEEK, 8)
            uit.queue(
                verhaal.register, "K2026-0001", waarvoor="overzicht", aan="jan@post.example", onderwerp="Bericht",
                inhoud="Beste Jan", op=WEEK,
            )  # fmt: skip
        assert main(["taken", "--map", str(map), "--klok-is-goed"]) == 1
        assert bus.aan == [["jan@post.example"]]
    gezegd = capsys.readouterr()
    assert "Verstuurd: 1" in gezegd.out
    assert "hier ging het mis" in gezegd.err
    assert "niemand is herinnerd" in gezegd.err
    # Nothing was recorded of it: the next time it is all done.
    assert main(["taken", "--map", str(map), "--klok-is-goed"]) == 0
    with herinnerproef.story(map) as verhaal:
        assert len(verhaal.feiten()) == 3
