"""Waiting that ends: what a test waits for and does not come makes that test fail, and keeps no whole run waiting."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from typing import AnyStr

GENOEG = 120.0
"""The seconds in which anything comes, on a machine that has much else to do."""


def until(waar: Callable[[], object], wat: str, *, rust: Callable[[], object] = lambda: time.sleep(0.02)) -> None:
    """Return once `waar` answers yes; AssertionError with `wat` when it never does. `rust` is done in between."""
    einde = time.monotonic() + GENOEG
    while not waar():
        assert time.monotonic() < einde, wat
        rust()


def ended(*draden: threading.Thread) -> None:
    """Wait until these threads are over."""
    for draad in draden:
        draad.join(GENOEG)
        assert not draad.is_alive(), f"{draad.name} does not end"


def line(proces: subprocess.Popen[AnyStr]) -> AnyStr:
    """Return the next line that a process says; who says nothing for too long is killed, so that its output ends."""
    assert proces.stdout is not None
    wekker = threading.Timer(GENOEG, proces.kill)
    wekker.daemon = True
    wekker.start()
    try:
        return proces.stdout.readline()
    finally:
        wekker.cancel()
