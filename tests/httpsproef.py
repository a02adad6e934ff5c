"""What a firm puts around the app: a certificate of its own making, and a reverse proxy that speaks https."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAAM = "klachten.example"
GENOEG = 30.0


def certificate(map: Path, *namen: str, geldig: timedelta = timedelta(days=90)) -> tuple[Path, Path]:
    """Make a certificate for these names that signs itself; returns its file and that of its key."""
    sleutel, wie = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAAM)])
    nu = datetime.now(UTC)
    alle = [x509.DNSName(naam) for naam in namen or (NAAM, "localhost")]
    gemaakt = (
        x509.CertificateBuilder()
        .subject_name(wie)
        .issuer_name(wie)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(days=365))
        .not_valid_after(nu + geldig)
        .add_extension(x509.SubjectAlternativeName([*alle, x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(sleutel, hashes.SHA256())
    )
    map.mkdir(parents=True, exist_ok=True)
    certificaat, geheim = map / "certificaat.pem", map / "sleutel.pem"
    certificaat.write_bytes(gemaakt.public_bytes(serialization.Encoding.PEM))
    geheim.write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificaat, geheim


@contextmanager
def proxy(naar: int, certificaat: Path, sleutel: Path, vandaan: str, **koppen: str | None) -> Iterator[int]:
    """Run a reverse proxy with https in front of a port of this machine, which it reaches from an address of its own.

    It does what docs/in-gebruik.md asks of one; `koppen` are headers (with _ for -) that it sets otherwise, or not.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificaat, sleutel)
    luistert = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                rauw, wie = luistert.accept()
            except OSError:
                return
            threading.Thread(target=_pass_on, args=(context, rauw, wie[0], naar, vandaan, koppen), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield luistert.getsockname()[1]
    finally:
        luistert.close()


def _pass_on(
    context: ssl.SSLContext, rauw: socket.socket, wie: str, naar: int, vandaan: str, anders: Mapping[str, str | None]
) -> None:
    with suppress(OSError), context.wrap_socket(rauw, server_side=True) as browser:
        begin = b""
        while b"\r\n\r\n" not in begin:
            if not (stuk := browser.recv(65536)):
                return
            begin += stuk
        kop, _, rest = begin.partition(b"\r\n\r\n")
        regels = kop.decode("latin-1").split("\r\n")
        lijn = any(regel.lower().startswith("upgrade:") for regel in regels)
        vast = {"X-Forwarded-For": wie, "X-Forwarded-Proto": "https", **({} if lijn else {"Connection": "close"})}
        vast |= {naam.replace("_", "-"): waarde for naam, waarde in anders.items()}
        weg = {naam.lower() for naam in vast}
        regels = [regel for regel in regels if regel.partition(":")[0].lower() not in weg]
        regels += [f"{naam}: {waarde}" for naam, waarde in vast.items() if waarde is not None]
        with socket.create_connection(("127.0.0.1", naar), timeout=GENOEG, source_address=(vandaan, 0)) as app:
            app.sendall("\r\n".join(regels).encode("latin-1") + b"\r\n\r\n" + rest)
            heen = threading.Thread(target=_pump, args=(browser, app), daemon=True)
            heen.start()
            _pump(app, browser)
            with suppress(OSError):
                browser.shutdown(socket.SHUT_RDWR)
            heen.join(GENOEG)


def _pump(van: socket.socket, naar: socket.socket) -> None:
    with suppress(OSError):
        while stuk := van.recv(65536):
            naar.sendall(stuk)
        naar.shutdown(socket.SHUT_WR)


@dataclass
class Bezoeker:
    """A browser without scripts on another machine: it knows the app by its address alone, and keeps cookies."""

    adres: str
    poort: int
    certificaat: Path
    koeken: dict[str, str] = field(default_factory=dict)

    def context(self) -> ssl.SSLContext:
        """Believe this one certificate, and the names in it."""
        return ssl.create_default_context(cafile=str(self.certificaat))

    @property
    def koek(self) -> str:
        """The cookies, as they are sent."""
        return "; ".join(f"{naam}={waarde}" for naam, waarde in self.koeken.items())

    def vraag(
        self, pad: str, methode: str = "GET", inhoud: bytes | None = None, **koppen: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """Send a request over https, and return the status, the headers and the text."""
        verbinding = http.client.HTTPSConnection("localhost", self.poort, timeout=GENOEG, context=self.context())
        alle = {"Host": self.adres.partition("//")[2], "Accept": "text/html", "Cookie": self.koek, **koppen}
        try:
            verbinding.request(methode, pad, inhoud, {naam.replace("_", "-"): waarde for naam, waarde in alle.items()})
            antwoord = verbinding.getresponse()
            for koek in antwoord.headers.get_all("set-cookie") or ():
                naam, _, waarde = koek.partition(";")[0].partition("=")
                self.koeken[naam] = waarde
            return antwoord.status, antwoord.headers, antwoord.read().decode()
        finally:
            verbinding.close()

    def meld_aan(self, naam: str, wachtwoord: str) -> tuple[int, http.client.HTTPMessage, str]:
        """Fill in the page of signing in, and return what came of it."""
        merk = re.search(r'name="merk" value="([0-9a-f]{64})"', self.vraag("/aanmelden")[2])
        assert merk
        velden = urlencode({"merk": merk[1], "naam": naam, "wachtwoord": wachtwoord}).encode()
        return self.vraag(
            "/aanmelden", "POST", velden, Origin=self.adres, Content_Type="application/x-www-form-urlencoded"
        )
