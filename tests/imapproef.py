"""A small IMAP server for tests: a thread that answers what klachten asks, on 127.0.0.1, with TLS where asked."""

from __future__ import annotations

import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Postbus:
    """What is in the mailbox, and what was asked of it; `kan` are the capabilities besides IMAP4rev1.

    With `breekt` set the connection is broken off in the middle of the mail that many are fetched before. `starttls` is
    with what a line is encrypted when that is asked; `versleuteld` says of each line in which somebody signed in.
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    geldig: int = 7
    wachtwoord: str = "geheim"
    kan: str = "MOVE"
    vlaggen: dict[int, str] = field(default_factory=dict)
    elders: dict[int, str] = field(default_factory=dict)
    gevraagd: list[str] = field(default_factory=list)
    poort: int = 0
    breekt: int | None = None
    starttls: ssl.SSLContext | None = None
    versleuteld: list[bool] = field(default_factory=list)

    def asked(self, wat: str) -> list[str]:
        """The commands in which this word stands."""
        return [regel for regel in self.gevraagd if wat in regel]


class _Gesprek(socketserver.StreamRequestHandler):
    bus: Postbus
    disable_nagle_algorithm = True

    def say(self, regel: str) -> None:
        self.wfile.write(regel.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("* OK klaar")
        while regel := self.rfile.readline().decode("latin-1").strip():
            merk, _, vraag = regel.partition(" ")
            self.bus.gevraagd.append(vraag)
            antwoord = self.answer(vraag)
            self.say(f"{merk} {antwoord}")
            if vraag.upper().startswith("LOGOUT"):
                return
            if vraag.upper().startswith("STARTTLS") and self.bus.starttls:
                self.encrypt(self.bus.starttls)

    def encrypt(self, kring: ssl.SSLContext) -> None:
        self.connection = kring.wrap_socket(self.request, server_side=True)
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = self.connection.makefile("wb", 0)

    def answer(self, vraag: str) -> str:
        bus, woord = self.bus, vraag.upper()
        if woord.startswith("CAPABILITY"):
            self.say(f"* CAPABILITY IMAP4rev1 {bus.kan}{' STARTTLS' if bus.starttls else ''}")
        elif woord.startswith("STARTTLS"):
            return "OK begin" if bus.starttls else "BAD dat kan niet"
        elif woord.startswith("LOGIN"):
            bus.versleuteld.append(isinstance(self.connection, ssl.SSLSocket))
            return "OK klaar" if vraag.split()[-1].strip('"') == bus.wachtwoord else "NO verkeerd"
        elif woord.startswith(("SELECT", "EXAMINE")):
            if "INBOX" not in woord:
                return "NO die map is er niet"
            self.say(f"* {len(bus.mails)} EXISTS")
            self.say(f"* OK [UIDVALIDITY {bus.geldig}] uids")
        elif woord.startswith("UID SEARCH"):
            tot = max(bus.mails, default=0)
            vanaf = re.search(r"UID SEARCH UID (\d+):\*", woord)
            # As the standard has it: n:* always holds the last one.
            uids = [uid for uid in sorted(bus.mails) if not vanaf or uid >= min(int(vanaf[1]), tot)]
            self.say("* SEARCH " + " ".join(map(str, uids)))
        elif woord.startswith("UID FETCH"):
            self.fetch(int(vraag.split()[2]), woord)
        elif woord.startswith("UID STORE"):
            bus.vlaggen[int(vraag.split()[2])] = vraag.split("(")[1].strip(")")
        elif woord.startswith(("UID MOVE", "UID COPY")):
            uid = int(vraag.split()[2])
            bus.elders[uid] = vraag.split()[3].strip('"')
            if woord.startswith("UID MOVE"):
                del bus.mails[uid]
        elif woord.startswith("LOGOUT"):
            self.say("* BYE")
        return "OK klaar"

    def fetch(self, uid: int, woord: str) -> None:
        if (inhoud := self.bus.mails.get(uid)) is None:
            return
        if "RFC822.SIZE" in woord:
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(inhoud)})")
            return
        if "HEADER" in woord:
            inhoud = inhoud.split(b"\r\n\r\n")[0] + b"\r\n\r\n"
        self.say(f"* 1 FETCH (UID {uid} BODY[] {{{len(inhoud)}}}")
        if self.bus.breekt is not None:
            self.bus.breekt -= 1
            if self.bus.breekt < 0:
                self.bus.breekt = None
                self.wfile.write(inhoud[: len(inhoud) // 2])
                self.connection.shutdown(socket.SHUT_RDWR)
                raise ConnectionResetError
        self.wfile.write(inhoud + b")\r\n")


class _Server(socketserver.ThreadingTCPServer):
    """Takes lines, encrypted from the first byte when there is a certificate; who breaks off is no matter of its."""

    kring: ssl.SSLContext | None = None

    def finish_request(self, request: socket.socket, client_address: object) -> None:
        with suppress(OSError):  # an ssl.SSLError is one: the other side did not like the certificate
            lijn = self.kring.wrap_socket(request, server_side=True) if self.kring else request
            super().finish_request(lijn, client_address)


@contextmanager
def imap_server(*, certificaat: tuple[Path, Path] | None = None, direct: bool = True) -> Iterator[Postbus]:
    """Run a server until the block ends; its mailbox says at which port.

    With a certificate (its file, and that of its key) it speaks TLS from the first byte, or when STARTTLS is asked.
    """
    bus, kring = Postbus(), None
    if certificaat:
        kring = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        kring.load_cert_chain(*certificaat)
        bus.starttls = None if direct else kring
    gesprek = type("Gesprek", (_Gesprek,), {"bus": bus})
    with _Server(("127.0.0.1", 0), gesprek) as server:
        server.kring = kring if direct else None
        server.daemon_threads = True
        bus.poort = server.server_address[1]
        draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        draad.start()
        try:
            yield bus
        finally:
            server.shutdown()
