"""When a session ends: by itself, by hand, with all others, and on the disk as well."""

from __future__ import annotations

import pytest

from klachten.toegang.opslag import Opslag
from klachten.toegang.sessies import HOOGSTENS, STIL, Sessies, waarmee
from tests.toegangproef import NU, opslag

# The folder and the passwords of toegangproef.
__all__ = ["opslag"]


@pytest.mark.parametrize(
    ("gebruikt", "later", "leeft"),
    [
        ((), STIL - 1, True),
        ((), STIL, False),
        ((STIL - 1,), STIL + 1, True),
        ((STIL + 1,), STIL + 2, False),
        (tuple(1000.0 * i for i in range(1, 37)), HOOGSTENS - 1, True),
        (tuple(1000.0 * i for i in range(1, 37)), HOOGSTENS, False),
    ],
)
def test_a_session_ends_when_nothing_is_done_and_in_any_case_after_a_working_day(
    opslag: Opslag, gebruikt: tuple[float, ...], later: float, leeft: bool
):
    sessies = Sessies(opslag)
    koek, sessie = sessies.begin("anna", NU)
    for moment in gebruikt:
        sessies.touch(sessie.hash, NU + moment)
    assert (sessies.read(koek, NU + later) is not None) is leeft
    # After a restart it is the same, but for the last minute of use.
    assert (Sessies(opslag).read(koek, NU + later) is not None) is leeft


def test_looking_does_not_keep_a_session_alive(opslag: Opslag):
    sessies = Sessies(opslag)
    koek, _ = sessies.begin("anna", NU)
    for minuut in range(30):
        assert sessies.read(koek, NU + 60 * minuut)
    assert sessies.read(koek, NU + STIL) is None


def test_an_ended_session_stays_ended(opslag: Opslag):
    sessies, gehoord = Sessies(opslag), []
    sessies.bij_einde = gehoord.append
    een, twee, bas = (sessies.begin(wie, NU + i) for i, wie in enumerate(["anna", "anna", "bas"]))
    sessies.end(een[1].hash)
    sessies.touch(een[1].hash, NU + 5)
    assert gehoord == [een[1].hash]
    assert [sessies.read(koek, NU + 6) for koek, _ in (een, twee, bas)] == [None, twee[1], bas[1]]
    assert Sessies(opslag).read(een[0], NU + 6) is None


def test_one_may_end_all_others(opslag: Opslag):
    sessies = Sessies(opslag)
    hier, daar, elders = (sessies.begin("anna", NU + i)[1] for i in range(3))
    bas = sessies.begin("bas", NU)[1]
    assert [sessie.hash for sessie in sessies.of("anna", NU + 9)] == [elders.hash, daar.hash, hier.hash]
    assert sessies.end_all("anna", behalve=hier.hash) == 2
    assert sessies.of("anna", NU + 9) == [hier]
    assert sessies.of("bas", NU + 9) == [bas]


def test_a_session_that_is_over_leaves_the_disk(opslag: Opslag):
    sessies = Sessies(opslag)
    sessies.begin("anna", NU)
    sessies.begin("bas", NU + STIL + 1)
    assert [rij["persoon"] for rij in opslag.rows("SELECT persoon FROM sessie")] == ["bas"]


@pytest.mark.parametrize(
    ("user_agent", "naam"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari op iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome op Android"),
        ("", "Een browser"),
    ],
)
def test_a_session_is_called_by_what_its_owner_knows(user_agent: str, naam: str):
    assert waarmee(user_agent) == naam
