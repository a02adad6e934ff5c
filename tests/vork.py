"""The app as a process that is forked from one that has imported most of it: that costs 3 s of CPU for every start.

`Gevorkt` is a Popen of `python -m MODULE ...` like any other: a process of its own, with its own environment, that is
waited for, stopped and killed. What runs in it is what `python -m` runs; only some modules are there already.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from klachten import analyse
from klachten.opening import open_register
from tests import eindig

PROJECT = Path(__file__).resolve().parents[1]
_WEES = 36
"""PR_SET_CHILD_SUBREAPER: who is left by its parent becomes a child of this process, which can wait for it then."""
_DUUR = (
    "streamlit.web.bootstrap", "streamlit.web.cli", "uvicorn", "starlette.routing", "duckdb", "pandas", "altair",
    "scipy.optimize", "openpyxl", "klachten.opdrachten.start", "klachten.opwaarderen", "klachten.handelingen",
)  # fmt: skip
"""What costs time to import; nothing of scherm: what that keeps of a page begins when there is an app."""


class Gevorkt(subprocess.Popen[Any]):
    """A process that begins with those imports; only on Linux, elsewhere it is started as always."""

    def _execute_child(self, args: Any, *rest: Any) -> None:
        if sys.platform != "linux":
            super()._execute_child(args, *rest)  # type: ignore[misc]
            return
        _, _, _, _, cwd, env, _, _, _, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, *_ = rest
        python, optie, *argv = args
        assert (python, optie) == (sys.executable, "-m"), args
        wordt = {"argv": argv, "cwd": str(cwd or Path.cwd()), "env": dict(os.environ if env is None else env)}
        fds = [fd if fd != -1 else erft for erft, fd in enumerate((p2cread, c2pwrite, errwrite))]
        hier, daar = socket.socketpair()
        with hier:
            with daar:
                socket.send_fds(_server(), [b"x"], [*fds, daar.fileno()])
            hier.sendall(json.dumps(wordt).encode())
            hier.shutdown(socket.SHUT_WR)
            hier.settimeout(eindig.GENOEG)  # the first one waits for all those imports
            self.pid = int(hier.recv(64))
        self._child_created = True
        self._close_pipe_fds(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite)  # type: ignore[attr-defined]


DAARVOOR = SimpleNamespace(**{**vars(subprocess), "Popen": Gevorkt})
"""What a module that starts the app gets in the stead of `subprocess`."""


@cache
def _server() -> socket.socket:
    """Start the process that has it all imported; it ends when this one does."""
    ctypes.CDLL(None).prctl(_WEES, 1, 0, 0, 0)
    hier, daar = socket.socketpair()
    with daar:
        subprocess.Popen(
            [sys.executable, "-m", "tests.vork", str(daar.fileno())],
            cwd=PROJECT, pass_fds=[daar.fileno()], env={**os.environ, "PYTHONUTF8": "1"}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    return hier


def _serve(lijn: socket.socket) -> dict[str, Any] | None:
    """Fork for each that is asked for; returns in the new process with what it is to be, and None at the end."""
    while True:
        bericht, fds, _, _ = socket.recv_fds(lijn, 1, 8)
        if not bericht:
            return None
        with socket.socket(fileno=fds.pop()) as vraag:
            wordt = json.loads(b"".join(iter(lambda: vraag.recv(65536), b"")))
            lees, schrijf = os.pipe()
            if not (tussen := os.fork()):
                if kind := os.fork():
                    os.write(schrijf, str(kind).encode())
                    os._exit(0)
                lijn.close()
                for naar, fd in enumerate(fds):
                    os.dup2(fd, naar)
            for fd in (schrijf, *fds):
                os.close(fd)
            if not tussen:
                os.close(lees)
                return wordt
            # Not before it has been left: only then it is a child of who asked for it.
            os.waitpid(tussen, 0)
            vraag.sendall(os.read(lees, 64))
            os.close(lees)


def main(fd: int) -> None:
    """Import what costs time, and become each process that is asked for."""
    for naam in _DUUR:
        importlib.import_module(naam)
    # The questions of analyse, in a file that every process finds where it would make its own.
    with tempfile.TemporaryDirectory() as map, open_register(Path(map)) as register:
        register.cursor().close()
    vragen = analyse._tijdelijk()
    gc.collect()
    gc.freeze()
    if (wordt := _serve(socket.socket(fileno=fd))) is None:
        vragen.cleanup()
        os._exit(0)
    vragen._finalizer.detach()  # type: ignore[attr-defined]  # it is of the others too
    os.environ.clear()
    os.environ.update(wordt["env"])
    os.chdir(wordt["cwd"])
    module, *argv = wordt["argv"]
    sys.argv = [module, *argv]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
