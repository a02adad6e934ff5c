"""Work in a process of its own: what takes long and nobody waits for, and what another program does better.

In the process of the app it would take turns with every page, however politely: one interpreter runs one thing at a
time. Started are modules of klachten, by the interpreter that runs already, and LibreOffice; no argument passes a
shell.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from klachten.datamap import PROJECT

MEEST = 512 * 1024**2
"""Bytes that are read of a module unless it is said how many: what goes on without end fills no memory."""
_KIJK = 0.2
"""Seconds between two looks at whether the app stops."""


class Gestopt(Exception):
    """The work was broken off because the app stops."""


class ApartMislukt(Exception):
    """The process gave no answer; the text is the last it said."""


def run(module: str, *args: str, stop: Callable[[], bool]) -> Any:
    """Run a module that prints its answer as JSON, and return that answer; Gestopt when told to stop meanwhile."""
    proces = subprocess.Popen(
        [sys.executable, "-m", module, *args],
        cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    try:
        while True:
            try:
                uit, fout = proces.communicate(timeout=_KIJK)
                break
            except subprocess.TimeoutExpired:
                if stop():
                    raise Gestopt from None
    finally:
        if proces.poll() is None:
            proces.kill()
            proces.communicate()
    try:
        return json.loads(uit)
    except ValueError as mis:
        raise ApartMislukt((fout.strip().splitlines() or ["zonder uitleg"])[-1]) from mis


def lines(module: str, *args: str) -> Iterator[str]:
    """Run a module and give the lines that it prints, one at a time while it goes on; ApartMislukt at its bad end.

    Closed before its end, it is ended too. It knows no secret of the environment.
    """
    with subprocess.Popen(
        [sys.executable, "-m", module, *args],
        cwd=PROJECT, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as proces:  # fmt: skip
        try:
            for regel in proces.stdout or ():  # noqa: UP028 closing this must not close the pipe before the process
                yield regel
            if proces.wait() != 0:
                raise ApartMislukt(f"afgelopen met {proces.returncode}")
        finally:
            if proces.poll() is None:
                proces.kill()


def program(waar: str, *args: str, geduld: float) -> bool:
    """Run another program to its end; tell whether it ended well within so many seconds. One that does not is ended."""
    try:
        proces = subprocess.Popen(
            [waar, *args], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    try:
        return proces.wait(timeout=geduld) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if proces.poll() is None:
            _end(proces)


def through(module: str, inhoud: bytes, *, geduld: float, meest: int = MEEST) -> bytes | None:
    """Give a module bytes and return those that it makes of them.

    None when it ends badly, or not in so many seconds, or says more than `meest` bytes: what is beyond is not read. It
    knows nothing of the app but the place of its program: no secret in the environment is handed on.
    """
    try:
        proces = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=PROJECT, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return None
    einde, geven = threading.Timer(geduld, proces.kill), threading.Thread(target=_give, args=(proces, inhoud))
    einde.daemon = geven.daemon = True
    with proces:
        einde.start()
        # Apart: it may begin to answer before it has read all.
        geven.start()
        try:
            uit = proces.stdout.read(meest + 1) if proces.stdout else b""
            if len(uit) > meest:
                proces.kill()
            goed = proces.wait() == 0
        finally:
            einde.cancel()
            if proces.poll() is None:
                proces.kill()
            geven.join()
    return uit if goed and 0 < len(uit) <= meest else None


def _give(proces: subprocess.Popen[bytes], inhoud: bytes) -> None:
    """Give a process what it reads; one that ended reads no further."""
    if proces.stdin:
        with suppress(OSError), proces.stdin as naar:
            naar.write(inhoud)


def _environment() -> dict[str, str]:
    return {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("KLACHTEN_")}


def _end(proces: subprocess.Popen[bytes]) -> None:
    """End a program and what it started: soffice is a script that starts the program itself."""
    with suppress(AttributeError, OSError):  # Windows has no groups of processes
        os.killpg(proces.pid, signal.SIGKILL)
    proces.kill()
    proces.wait()


def answer(antwoord: Callable[[], Any]) -> int:
    """What such a module does when it is started: step back behind the app, and print the answer."""
    with suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(10)
    print(json.dumps(antwoord()))
    return 0
