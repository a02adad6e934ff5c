"""No test waits without an end: one that hangs kept a whole run waiting for 90 minutes."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests import eindig
from tests.browserproef import Scherm

TESTS = sorted(Path(__file__).parent.rglob("*.py"))
MET_TIJD = {
    "communicate", "urlopen", "create_connection", "HTTPConnection", "HTTPSConnection",
    *(f"subprocess.{naam}" for naam in ("run", "call", "check_call", "check_output")),
    *(f"requests.{naam}" for naam in ("get", "post", "put", "delete", "head", "request")),
}  # fmt: skip
"""What takes a `timeout`, and without it waits for ever."""
LEEG = {"wait", "join", "result"}
"""What waits for ever when it is given nothing."""
RUST = {"sleep", "wait_for_timeout"}
TOT = {"monotonic", "timeout"}
"""What bounds a loop in which something rests: the clock, or the block of asyncio around it."""


def _names(knoop: ast.AST) -> set[str]:
    """What is called in a part of the code, by its last name."""
    return {_last(deel.func) for deel in ast.walk(knoop) if isinstance(deel, ast.Call)}


def _last(wie: ast.expr) -> str:
    return wie.attr if isinstance(wie, ast.Attribute) else wie.id if isinstance(wie, ast.Name) else ""


def _endless(boom: ast.AST) -> Iterator[int]:
    """The lines at which something is waited for that may never come."""
    binnen = {
        lus
        for deel in ast.walk(boom)
        if isinstance(deel, ast.AsyncWith) and TOT & _names(deel.items[0].context_expr)
        for lus in ast.walk(deel)
    }
    for deel in ast.walk(boom):
        if isinstance(deel, ast.Call):
            naam = ast.unparse(deel.func)
            tijd = {"timeout"} & {gegeven.arg for gegeven in deel.keywords}
            if (
                ({naam, _last(deel.func)} & MET_TIJD and not tijd)
                or (isinstance(deel.func, ast.Attribute) and deel.func.attr in LEEG and not (deel.args or tijd))
                or naam.endswith("stdout.readline")
            ):
                yield deel.lineno
        elif isinstance(deel, ast.While) and deel not in binnen:
            # What does something each time, in what it asks, is left alone: a disk is full at last.
            niets = all(isinstance(regel, ast.Pass) for regel in deel.body) and not _names(deel.test)
            if (niets or RUST & _names(deel)) and not TOT & _names(deel):
                yield deel.lineno


@pytest.mark.parametrize(
    "code",
    [
        "proces.communicate()", "draad.join()", "werk.bezig.wait()", "straks.result()", "proces.stdout.readline()",
        "subprocess.run(['x'], check=True)", "requests.get(adres)", "urllib.request.urlopen(adres)",
        "socket.create_connection(waar)", "while not er:\n    time.sleep(1)", "while vol:\n    pass",
        "while not er:\n    page.wait_for_timeout(100)",
    ],
)  # fmt: skip
def test_waiting_without_an_end_is_seen(code: str):
    assert list(_endless(ast.parse(code))) == [1]


@pytest.mark.parametrize(
    "code",
    [
        "proces.communicate(timeout=3)", "draad.join(3)", "', '.join(namen)", "subprocess.run(['x'], timeout=3)",
        "while rest:\n    rest = rest[1:]", "while time.monotonic() < einde:\n    time.sleep(1)",
        "async def f():\n    async with asyncio.timeout(3):\n        while not er:\n            await asyncio.sleep(1)",
    ],
)  # fmt: skip
def test_waiting_that_ends_may(code: str):
    assert list(_endless(ast.parse(code))) == []


def test_no_test_waits_without_an_end():
    gevonden = [
        f"{pad.name}:{regel}"
        for pad in TESTS
        if pad.name != "eindig.py"
        for regel in _endless(ast.parse(pad.read_text(encoding="utf-8")))
    ]
    assert gevonden == []


def test_what_never_comes_fails_and_a_process_that_is_silent_is_killed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(eindig, "GENOEG", 0.05)
    with pytest.raises(AssertionError, match="het komt niet"):
        eindig.until(lambda: False, "het komt niet")
    klaar = threading.Event()
    draad = threading.Thread(target=klaar.wait, args=(10,))
    draad.start()
    with pytest.raises(AssertionError, match="does not end"):
        eindig.ended(draad)
    klaar.set()
    draad.join(10)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as stil:
        assert eindig.line(stil) == b""
    assert stil.returncode < 0


def test_a_part_that_stays_out_of_sight_fails_the_test_that_waits_for_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(eindig, "GENOEG", 0.05)
    scherm = Scherm.__new__(Scherm)
    scherm.page = Mock(wait_for_timeout=lambda ms: time.sleep(0.001))
    with pytest.raises(AssertionError, match="it is not there"):
        scherm.stilstaand(Mock(bounding_box=lambda: None))
    assert scherm.stilstaand(Mock(bounding_box=lambda: {"y": 1.0})) == {"y": 1.0}
