"""A small IMAP server for tests: a thread that answers what klachten asks, on 127.0.0.1 without TLS."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Postbus:
    """What is in the mailbox, and what was asked of it; `kan` are the capabilities besides IMAP4rev1."""

    mails: dict[int, bytes] = field(default_factory=dict)
    geldig: int = 7
    wachtwoord: str = "geheim"
    kan: str = "MOVE"
    vlaggen: dict[int, str] = field(default_factory=dict)
    elders: dict[int, str] = field(default_factory=dict)
    gevraagd: list[str] = field(default_factory=list)
    poort: int = 0

    def asked(self, wat: str) -> list[str]:
        """The commands in which this word stands."""
        return [regel for regel in self.gevraagd if wat in regel]


class _Gesprek(socketserver.StreamRequestHandler):
    bus: Postbus

    def say(self, regel: str) -> None:
        self.wfile.write(regel.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("* OK klaar")
        while regel := self.rfile.readline().decode().strip():
            merk, _, vraag = regel.partition(" ")
            self.bus.gevraagd.append(vraag)
            antwoord = self.answer(vraag)
            self.say(f"{merk} {antwoord}")
            if vraag.upper().startswith("LOGOUT"):
                return

    def answer(self, vraag: str) -> str:
        bus, woord = self.bus, vraag.upper()
        if woord.startswith("CAPABILITY"):
            self.say(f"* CAPABILITY IMAP4rev1 {bus.kan}")
        elif woord.startswith("LOGIN"):
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
        self.wfile.write(inhoud + b")\r\n")


@contextmanager
def imap_server() -> Iterator[Postbus]:
    """Run a server until the block ends; its mailbox says at which port."""
    bus = Postbus()
    gesprek = type("Gesprek", (_Gesprek,), {"bus": bus})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), gesprek) as server:
        server.daemon_threads = True
        bus.poort = server.server_address[1]
        draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        draad.start()
        try:
            yield bus
        finally:
            server.shutdown()
