"""The short forms of `python -m tests.betrouwbaarheid`: the real app is killed, held up, and full."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.betrouwbaarheid import doden, proef, schijf, volgorde

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, small disks and strace of Linux")


@pytest.fixture(scope="module")
def vol(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return proef.filled(tmp_path_factory.mktemp("betrouwbaar") / "vol", 20)


@pytest.fixture(autouse=True)
def op_die_dag() -> Iterator[None]:
    with proef.day():
        yield


def test_what_was_confirmed_outlives_a_kill(vol: Path, tmp_path: Path):
    map = proef.copied(vol, tmp_path / "register")
    [uitkomst] = doden.kill(map, proef.running(map), keren=1)
    assert uitkomst.bevestigd > 0
    assert uitkomst.gebreken == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root makes a disk")
def test_a_full_disk_is_said_and_over_when_there_is_room(vol: Path):
    try:
        [uitkomst] = schijf.fill(vol, [], niveaus=(16,))
    except OSError as fout:
        pytest.skip(f"no disk can be made here: {fout}")
    assert "schijf" in uitkomst.zin
    assert uitkomst.vastgelegd > 0
    assert uitkomst.gebreken == []


def test_the_order_in_which_a_fact_becomes_durable_is_judged():
    """The order itself is looked at where there is strace; here that a wrong one would be noticed."""
    goed = ["dossiers/K2026-0006/teksten.jsonl", "dossiers", "dossiers/K2026-0006", "journaal/2026.jsonl", "antwoord"]
    assert volgorde.judge(goed) == []
    for anders in (goed[:-1], goed[3:], [*goed[:3], goed[4]], [goed[3], *goed[:3], goed[4]], [goed[4], *goed[:4]]):
        assert volgorde.judge(anders) != []
