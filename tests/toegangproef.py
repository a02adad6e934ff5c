"""What is kept of accounts in a folder of one test, at a fixed moment, with passwords that take no time."""

from __future__ import annotations

from pathlib import Path

import pytest

from klachten.toegang.opslag import Opslag
from klachten.toegang.wachtwoord import Wachtwoorden

NU = 1_800_000_000.0
GOED = "paarse fiets onder de brug"


@pytest.fixture
def opslag(tmp_path: Path):
    opslag = Opslag(tmp_path / "toegang")
    yield opslag
    opslag.close()


@pytest.fixture(scope="module")
def snel() -> Wachtwoorden:
    return Wachtwoorden(time_cost=1, memory_cost=64)
