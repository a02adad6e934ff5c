"""The app that is attacked: a process with a register in a folder of its own, and the ways to talk to it."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from klachten.opening import open_register
from tests import paginas

ADRES = "127.0.0.1"
GENOEG = 60.0
GEHEIM = "Zwaluwstaartverbinding"
"""A word of the klacht that nobody but who may read it gets to see."""


@dataclass(frozen=True)
class Antwoord:
    """What came back of a request."""

    status: int
    koppen: dict[str, str]
    inhoud: bytes


@dataclass(frozen=True)
class Doel:
    """The running app: its port, its folder, its process, the klacht in it, and the cookie of a session if any."""

    poort: int
    map: Path
    pid: int
    klacht: str
    sessie: str = ""

    @property
    def origin(self) -> str:
        """The only origin that may open a line."""
        return f"http://localhost:{self.poort}"

    def vraag(
        self, pad: str, methode: str = "GET", inhoud: bytes | None = None, koppen: Mapping[str, str] | None = None
    ) -> Antwoord:
        """Send one request as a browser on this machine does, but for what `koppen` says."""
        verbinding = http.client.HTTPConnection(ADRES, self.poort, timeout=GENOEG)
        alle = {"Host": f"localhost:{self.poort}", "Accept": "*/*", **self.koek, **(koppen or {})}
        try:
            verbinding.putrequest(methode, pad, skip_host=True, skip_accept_encoding=True)
            for naam, waarde in alle.items():
                verbinding.putheader(naam, waarde)
            if inhoud is not None and "Content-Length" not in alle:
                verbinding.putheader("Content-Length", str(len(inhoud)))
            verbinding.endheaders(inhoud)
            antwoord = verbinding.getresponse()
            gekregen = {naam.lower(): waarde for naam, waarde in antwoord.getheaders()}
            return Antwoord(antwoord.status, gekregen, antwoord.read())
        except (http.client.HTTPException, OSError):
            # Hung up: that is a refusal as well.
            return Antwoord(0, {}, b"")
        finally:
            verbinding.close()

    @property
    def koek(self) -> dict[str, str]:
        """The cookie of the session, as a header."""
        return {"Cookie": self.sessie} if self.sessie else {}

    def rauw(self, *delen: bytes, wacht: float = 5.0) -> bytes:
        """Send bytes as they are, and return what comes back."""
        with socket.create_connection((ADRES, self.poort), timeout=wacht) as lijn:
            gekregen = b""
            try:
                for deel in delen:
                    lijn.sendall(deel)
                while stuk := lijn.recv(65536):
                    gekregen += stuk
            except OSError:
                pass
            return gekregen

    def gezond(self, binnen: float = 10.0) -> bool:
        """Tell whether the app still answers soon."""
        begin = time.monotonic()
        return self.vraag("/_stcore/health").status == 200 and time.monotonic() - begin < binnen

    @contextmanager
    def lijn(self, origin: str | None = "", protocol: tuple[str, ...] = ("streamlit",)) -> Iterator[ClientConnection]:
        """Open a WebSocket; `origin` is that of the app itself when it is not given, None sends none."""
        eigen = self.origin if origin == "" else origin
        with connect(
            f"ws://localhost:{self.poort}/_stcore/stream",
            origin=eigen,  # type: ignore[arg-type]
            subprotocols=list(protocol),  # type: ignore[arg-type]
            additional_headers=self.koek,
            compression=None,
            max_size=None,
            proxy=None,
            open_timeout=GENOEG,
        ) as lijn:
            yield lijn

    def opent(self, origin: str | None) -> bool:
        """Tell whether a WebSocket from there is let in."""
        try:
            with self.lijn(origin):
                return True
        except (WebSocketException, OSError):
            return False

    def pagina(self, bericht: BackMsg) -> list[ForwardMsg]:
        """Send one message on a line of its own, and return all that the page answers."""
        with self.lijn() as lijn:
            return stuur(lijn, bericht)


def stuur(lijn: ClientConnection, bericht: BackMsg) -> list[ForwardMsg]:
    """Send a message, and return what comes until the page is complete."""
    lijn.send(bericht.SerializeToString())
    gekregen = []
    while True:
        pakje = lijn.recv(timeout=GENOEG)
        gekregen.append(ForwardMsg.FromString(pakje if isinstance(pakje, bytes) else pakje.encode()))
        klaar = gekregen[-1].WhichOneof("type") == "script_finished"
        if klaar and gekregen[-1].script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return gekregen


@contextmanager
def gestart(poort: int = 0, sessie: str = "") -> Iterator[Doel]:
    """Start the app on a small register in a folder of its own, and stop it again."""
    with tempfile.TemporaryDirectory(prefix="aanval", ignore_cleanup_errors=True) as naam:
        map = Path(naam) / "register"
        with open_register(map) as register:
            klacht = paginas.klacht(
                register, "stap_06_onderzoeken_klacht", omschrijving=f"{GEHEIM} ging mis.", betrokkenen=("eva", "frank")
            )
            document = {"op": paginas.ONTVANGEN, "naam": f"{GEHEIM}.html", "bestand": b"<script>alert(1)</script>"}
            paginas.doe(register, "stap_03_toevoegen_document", "anna", klacht, **document)
        poort = poort or _vrije_poort()
        proces = _start(map, poort)
        try:
            doel = Doel(poort, map, proces.pid, klacht, sessie)
            _wacht(proces, doel)
            # As a browser that opened a page: in the example that is all it takes.
            koek = doel.vraag("/").koppen.get("set-cookie", "").partition(";")[0]
            yield replace(doel, sessie=sessie or koek)
        finally:
            proces.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                proces.wait(timeout=30)
            if proces.poll() is None:
                proces.kill()


def _vrije_poort() -> int:
    with socket.socket() as probe:
        probe.bind((ADRES, 0))
        return int(probe.getsockname()[1])


def _start(map: Path, poort: int) -> subprocess.Popen[bytes]:
    omgeving = {
        **os.environ,
        "KLACHTEN_DATA": str(map),
        "KLACHTEN_VANDAAG": paginas.VANDAAG.isoformat(),
        "PYTHONUTF8": "1",
    }
    with (map.parent / "uitvoer.txt").open("wb") as uitvoer:
        return subprocess.Popen(
            [sys.executable, "-m", "klachten", "start", "--leeg", "--poort", str(poort)],
            cwd=Path(__file__).resolve().parents[2],
            env=omgeving,
            stdout=uitvoer,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )


def _wacht(proces: subprocess.Popen[bytes], doel: Doel) -> None:
    einde = time.monotonic() + GENOEG
    while not doel.gezond():
        if proces.poll() is not None or time.monotonic() > einde:
            raise RuntimeError("The app did not start.")
        time.sleep(0.1)
