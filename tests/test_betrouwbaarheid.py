"""The short forms of `python -m tests.betrouwbaarheid`: the real app is killed, held up, and full."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from klachten.scherm.meting.gestart import GestarteApp
from tests.betrouwbaarheid import doden, post, proef, schijf, volgorde
from tests.vork import DAARVOOR

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, small disks and strace of Linux")


@pytest.fixture(autouse=True)
def op_die_dag(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in ("klachten.scherm.meting.gestart", "tests.betrouwbaarheid.post"):
        monkeypatch.setattr(f"{module}.subprocess", DAARVOOR)
    with proef.day():
        yield


def _small_disk(opruimen: ExitStack) -> Path | None:
    """A small disk of its own, where one can be made."""
    if os.geteuid() == 0:
        with suppress(OSError):
            return opruimen.enter_context(schijf.disk(schijf.SCHIJF))
    return None


def test_what_was_confirmed_outlives_a_full_disk_and_a_kill(tmp_path: Path):
    """On one app, as starting costs most: a sentence while the disk is full, writing goes on after, then it dies."""
    bij_vol, daarna = proef.Telling(), proef.Telling()
    with ExitStack() as opruimen:
        klein = _small_disk(opruimen)
        map = proef.filled((klein or tmp_path) / "register", 5)
        nummers = proef.running(map)
        with GestarteApp(map) as app:
            if klein:
                zin, gebreken = asyncio.run(schijf.walk(app, klein, 16, bij_vol))
                assert "schijf" in zin
                assert gebreken == []
                assert len(bij_vol.bevestigd) > 0
            asyncio.run(doden.write_until_killed(app, daarna, nummers, random.Random(0), 0))
        assert len(daarna.bevestigd) > 0
        assert daarna.fouten == []
        bij_vol.bevestigd += daarna.bevestigd
        assert proef.missing(map, bij_vol) == []


def test_the_order_in_which_a_fact_becomes_durable_is_judged():
    """The order itself is looked at where there is strace; here that a wrong one would be noticed."""
    goed = ["dossiers/K2026-0006/teksten.jsonl", "dossiers", "dossiers/K2026-0006", "journaal/2026.jsonl", "antwoord"]
    assert volgorde.judge(goed) == []
    for anders in (goed[:-1], goed[3:], [*goed[:3], goed[4]], [goed[3], *goed[:3], goed[4]], [goed[4], *goed[:4]]):
        assert volgorde.judge(anders) != []


def test_a_kill_between_sending_and_recording_sends_nothing_twice_unasked(tmp_path: Path):
    gedood, daarna = post.kill(tmp_path / "register", 1)
    assert gedood.gebreken + daarna.gebreken == []
    assert gedood.onzeker == 1
    assert daarna.verzonden == post.PER_KEER
