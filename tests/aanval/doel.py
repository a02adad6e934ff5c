"""The app that is attacked: a process with a register in a folder of its own, and the ways to talk to it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pyotp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from klachten import voorbeeld
from klachten.opening import open_register
from klachten.register import Register
from klachten.toegang import instellingen
from klachten.toegang.accounts import Accounts
from klachten.toegang.opslag import Opslag
from klachten.toegang.sleutel import afdruk
from tests import firmaproef, paginas
from tests.vork import Gevorkt

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
    koeken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doel:
    """The running app: its port, its folder, its process, the klacht in it, and the cookie of a session if any.

    In a register of a firm `sessies` has the cookie of everybody; in the example who one is stands in the address.
    """

    poort: int
    map: Path
    pid: int
    klacht: str
    sessie: str = ""
    sessies: Mapping[str, str] = field(default_factory=dict)

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
            koeken = tuple(antwoord.headers.get_all("set-cookie") or ())
            return Antwoord(antwoord.status, gekregen, antwoord.read(), koeken)
        except (http.client.HTTPException, OSError):
            # Hung up: that is a refusal as well.
            return Antwoord(0, {}, b"")
        finally:
            verbinding.close()

    @property
    def koek(self) -> dict[str, str]:
        """The cookie of the session, as a header."""
        return {"Cookie": self.sessie} if self.sessie else {}

    def merk(self, pad: str) -> str:
        """Return the mark of the forms of a page of signing in."""
        gevonden = re.search(rb'name="merk" value="([0-9a-f]{64})"', self.vraag(pad).inhoud)
        return gevonden[1].decode() if gevonden else ""

    @property
    def merk_van_sessie(self) -> str:
        """Return what the app keeps of the cookie."""
        return afdruk(self.sessie.partition("=")[2])

    def probeer(self, naam: str, wachtwoord: str) -> Antwoord:
        """Fill in the page of signing in."""
        pagina = self.vraag("/aanmelden")
        voor = pagina.koppen.get("set-cookie", "").partition(";")[0]
        merk = re.search(rb'name="merk" value="([0-9a-f]{64})"', pagina.inhoud)
        velden = {"merk": merk[1].decode() if merk else "", "naam": naam, "wachtwoord": wachtwoord}
        return self._vorm("/aanmelden", velden, f"{self.sessie}; {voor}" if self.sessie else voor)

    def meld_aan(self, wie: str, geheim: str = "") -> str:
        """Sign somebody of the cast in, with a second step when there is one; returns the cookie, or nothing."""
        antwoord = self.probeer(firmaproef.aanmeldnaam(wie), firmaproef.WACHTWOORD)
        if antwoord.koppen.get("location") == "/aanmelden/code":
            voor = antwoord.koppen["set-cookie"].partition(";")[0]
            pagina = self.vraag("/aanmelden/code", koppen={"Cookie": voor})
            merk = re.search(rb'name="merk" value="([0-9a-f]{64})"', pagina.inhoud)
            velden = {"merk": merk[1].decode() if merk else "", "code": pyotp.TOTP(geheim).now()}
            antwoord = self._vorm("/aanmelden/code", velden, voor)
        koeken = [koek.partition(";")[0] for koek in antwoord.koeken]
        return next((koek for koek in koeken if koek.startswith(f"klachten_{self.poort}=")), "")

    def _vorm(self, pad: str, velden: Mapping[str, str], koek: str) -> Antwoord:
        soort = {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded", "Cookie": koek}
        return self.vraag(pad, "POST", urlencode(velden).encode(), soort)

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
        wie = parse_qs(bericht.rerun_script.query_string).get("als", [""])[0]
        with replace(self, sessie=self.sessies.get(wie, self.sessie)).lijn() as lijn:
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
def gestart(poort: int = 0, sessie: str = "", *, eigen: bool = False) -> Iterator[Doel]:
    """Start the app on a small register in a folder of its own, and stop it again.

    With `eigen` it is the register of a firm, in which everybody of the cast has signed in.
    """
    with tempfile.TemporaryDirectory(prefix="aanval", ignore_cleanup_errors=True) as naam:
        map = Path(naam) / "register"
        with open_register(map) as register:
            (firmaproef.record if eigen else _record_example)(register, paginas.ONTVANGEN)
            klacht = paginas.klacht(
                register, "stap_06_onderzoeken_klacht", omschrijving=f"{GEHEIM} ging mis.", betrokkenen=("eva", "frank")
            )
            document = {"op": paginas.ONTVANGEN, "naam": f"{GEHEIM}.html", "bestand": b"<script>alert(1)</script>"}
            paginas.doe(register, "stap_03_toevoegen_document", "anna", klacht, **document)
        geheimen = _accounts(map) if eigen else {}
        poort = poort or _vrije_poort()
        proces = _start(map, poort)
        try:
            doel = Doel(poort, map, proces.pid, klacht, sessie)
            _wacht(proces, doel)
            if eigen:
                sessies = {wie: doel.meld_aan(wie, geheimen.get(wie, "")) for wie in firmaproef.CAST}
                if not all(sessies.values()):
                    raise RuntimeError(f"Not everybody could sign in: {sessies}")
                yield replace(doel, sessie=sessie or sessies["anna"], sessies=sessies)
                return
            # As a browser that opened a page: in the example that is all it takes.
            koek = doel.vraag("/").koppen.get("set-cookie", "").partition(";")[0]
            yield replace(doel, sessie=sessie or koek)
        finally:
            proces.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                proces.wait(timeout=30)
            if proces.poll() is None:
                proces.kill()


def _record_example(register: Register, op: date) -> None:
    voorbeeld.record(register, op=op)


def _accounts(map: Path) -> dict[str, str]:
    """Give everybody an account, and a second step to who has to have one; returns the secrets of those."""
    firmaproef.make_accounts(map)
    opslag = Opslag(map / instellingen.MAP)
    geheimen = {wie: pyotp.random_base32() for wie in firmaproef.TWEEDE_STAP}
    for wie, geheim in geheimen.items():
        Accounts(opslag).set_totp(wie, geheim)
    opslag.close()
    return geheimen


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
        return Gevorkt(
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
