"""The app as a process of its own, started as a user starts it, on a free port: to be measured from outside."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

from klachten.datamap import PROJECT
from klachten.scherm.bijwerken import ZONDER_BIJWERKEN
from klachten.scherm.meting.bezoeker import ADRES
from klachten.scherm.opwarmen import ZONDER_FREEZE

GEDULD = 120.0
_MB = 2**20
LEEG = Path(__file__).with_name("leeg.py")


class StartMislukt(Exception):
    """The app did not start; the message ends with what it said."""


class GestarteApp:
    """The app with the register of a folder, until the end of the `with`; nothing else may have that register open.

    It answers once the register is open and everything that stays has been made.
    """

    def __init__(self, map: Path, *, freeze: bool = True, leeg: bool = False, bijwerken: bool = True) -> None:
        """With `leeg` it is no register but an almost empty page (leeg.py), which reads no folder."""
        with socket.socket() as probe:
            probe.bind((ADRES, 0))
            self.poort: int = probe.getsockname()[1]
        self._omgeving = {**os.environ, "KLACHTEN_DATA": str(map.resolve()), "PYTHONUTF8": "1"}
        for zonder, wel in ((ZONDER_FREEZE, freeze), (ZONDER_BIJWERKEN, bijwerken)):
            self._omgeving.pop(zonder, None)
            if not wel:
                self._omgeving[zonder] = "ja"
        self._opdracht = ["klachten", "start", "--leeg", "--poort", str(self.poort)]
        if leeg:
            self._opdracht = ["streamlit", "run", str(LEEG), f"--server.port={self.poort}"]

    def __enter__(self) -> Self:
        """Start the app and wait until it answers. StartMislukt when it stops before."""
        self._gezegd = tempfile.TemporaryFile("w+", encoding="utf-8")
        self._proces = subprocess.Popen(
            [sys.executable, "-m", *self._opdracht],
            cwd=PROJECT,
            env=self._omgeving,
            stdin=subprocess.DEVNULL,
            stdout=self._gezegd,
            stderr=subprocess.STDOUT,
        )
        einde = time.monotonic() + GEDULD
        while not self._answers():
            if self._proces.poll() is not None or time.monotonic() > einde:
                self._gezegd.seek(0)
                gezegd = self._gezegd.read()[-2000:]
                self.__exit__(None, None, None)
                raise StartMislukt(f"De app startte niet. Zij zei: {gezegd}")
            time.sleep(0.05)
        return self

    def __exit__(self, soort: type | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        """Stop the app, so that the register is free again."""
        self._proces.terminate()
        try:
            self._proces.wait(GEDULD)
        except subprocess.TimeoutExpired:
            self._proces.kill()
            self._proces.wait()
        self._gezegd.close()

    def kill(self) -> None:
        """End the process as a power cut does: it gets no chance to close anything."""
        self._proces.kill()
        self._proces.wait()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._proces.pid

    def cpu(self) -> float | None:
        """Return the seconds of CPU it has used, on all its threads; None where the system does not tell."""
        velden = self._proc("stat").rpartition(")")[2].split()
        return (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK") if velden else None

    def geheugen(self) -> float | None:
        """Return the MB of memory it has in use now; None where the system does not tell."""
        velden = self._proc("statm").split()
        return int(velden[1]) * os.sysconf("SC_PAGE_SIZE") / _MB if velden else None

    def _proc(self, naam: str) -> str:
        bestand = Path(f"/proc/{self._proces.pid}/{naam}")
        return bestand.read_text(encoding="utf-8") if bestand.exists() else ""

    def _answers(self) -> bool:
        """Tell whether it answers; the port itself is there before, and lets a caller wait."""
        lijn = http.client.HTTPConnection(ADRES, self.poort, timeout=1)
        try:
            lijn.request("GET", "/_stcore/health")
            return lijn.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
        finally:
            lijn.close()
