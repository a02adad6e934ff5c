"""The app keeps its snapshot up to date by itself, and there is a command that makes one."""

from __future__ import annotations

import asyncio
import re
import time
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from klachten import __main__, analyse, momentopname, scherm
from klachten.analyse import GeenMomentopname
from klachten.momentopname import bestanden
from klachten.register import Register
from klachten.scherm.momentopname import Bijhouder, keep_up
from tests import eindig
from tests.momentproef import DAG, neem_op
from tests.registerproef import leg_klacht_vast, open_at


@pytest.fixture
def van_de_app(register: Register) -> Iterator[Register]:
    vorig = scherm.gebruik(register)
    yield register
    scherm.gebruik(vorig)


def feiten_in_opname(register: Register) -> int:
    try:
        return analyse.momentopname.current(register.map)[1]["aantal_feiten"]
    except GeenMomentopname:
        return -1


async def wacht_tot(waar: typing.Callable[[], bool]) -> None:
    einde = time.monotonic() + eindig.GENOEG
    while not waar():
        assert time.monotonic() < einde, "it did not happen"
        await asyncio.sleep(0.02)


def test_the_app_makes_a_snapshot_when_it_starts_shortly_after_a_write_and_when_it_stops(van_de_app: Register):
    async def app() -> None:
        stop = asyncio.Event()
        bijhouden = asyncio.create_task(keep_up(stop, Bijhouder(rust=0.1), kijk=0.02))
        await wacht_tot(lambda: feiten_in_opname(van_de_app) == 0)
        await asyncio.to_thread(leg_klacht_vast, van_de_app)
        await wacht_tot(lambda: feiten_in_opname(van_de_app) == 2)
        await asyncio.to_thread(leg_klacht_vast, van_de_app)
        stop.set()
        await bijhouden

    asyncio.run(app())
    assert feiten_in_opname(van_de_app) == 4


def test_a_snapshot_that_fails_is_told_above_every_page_until_one_succeeds(van_de_app: Register, monkeypatch):
    bijhouder = Bijhouder()
    with monkeypatch.context() as vol:
        vol.setattr(bestanden, "store", lambda *_: (_ for _ in ()).throw(OSError(28, "schijf vol")))
        for _ in range(2):
            bijhouder.make(van_de_app, DAG)
    (melding,) = van_de_app.meldingen
    assert "schijf vol" in melding
    assert bijhouder.is_behind(van_de_app, DAG)
    bijhouder.make(van_de_app, DAG)
    assert van_de_app.meldingen == []
    assert not bijhouder.is_behind(van_de_app, DAG)


def test_a_mistake_in_keeping_up_stops_nothing_and_is_told_too(van_de_app: Register, monkeypatch):
    monkeypatch.setattr(momentopname, "write", lambda *_, **__: 1 / 0)

    async def app() -> None:
        stop = asyncio.Event()
        bijhouden = asyncio.create_task(keep_up(stop, Bijhouder(rust=0), kijk=0.02))
        await wacht_tot(lambda: bool(van_de_app.meldingen))
        stop.set()
        await bijhouden

    asyncio.run(app())
    assert van_de_app.meldingen[0].startswith("De momentopname voor notebooks wordt niet bijgehouden")


def test_it_waits_until_nobody_has_written_for_a_while_but_not_for_ever(van_de_app: Register):
    bijhouder = Bijhouder(rust=2, uiterlijk=30)
    neem_op(van_de_app)
    assert not bijhouder.is_due(van_de_app, DAG, 0)
    leg_klacht_vast(van_de_app)
    assert [bijhouder.is_due(van_de_app, DAG, nu) for nu in (1, 2.9, 3)] == [False, False, True]
    besluit = []
    for nu in range(4, 36):
        van_de_app.versie += 1
        besluit.append(bijhouder.is_due(van_de_app, DAG, nu))
    assert besluit.index(True) == 31 - 4


def test_a_new_day_asks_for_a_new_snapshot_because_its_day_is_the_peildatum_of_the_notebooks(van_de_app: Register):
    neem_op(van_de_app)
    bijhouder = Bijhouder(rust=0)
    assert not bijhouder.is_due(van_de_app, DAG, 0)
    assert bijhouder.is_due(van_de_app, date(2026, 3, 3), 1)


def test_the_command_makes_one_and_says_where(tmp_path: Path, capsys):
    with open_at(tmp_path / "r") as register:
        leg_klacht_vast(register)
    assert __main__.main(["momentopname", "--map", str(tmp_path / "r"), "--vandaag", "2026-03-02"]) == 0
    assert re.search(r"Momentopname van 2 feiten gemaakt in .*Z-000001\.", capsys.readouterr().out)
    con = analyse.open(map=tmp_path / "r")
    assert con.execute("SELECT dag FROM momentopname").fetchall() == [(DAG,)]


def test_the_command_says_that_the_app_makes_its_own_when_that_has_the_register(tmp_path: Path, capsys):
    with open_at(tmp_path):
        assert __main__.main(["momentopname", "--map", str(tmp_path)]) == 2
    assert "Is dat de app, dan maakt die zelf een momentopname" in capsys.readouterr().err
