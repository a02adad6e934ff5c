"""Kill -9 between sending and recording: never sent twice without the app having asked, never sent only by its word.

A process of its own sends to a real mail server of the test; it is killed when the server has the message, right after
that was answered, or at any moment. Afterwards somebody looks at what is uncertain, as on page Post: half of it is said
to have arrived, half is sent again.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from klachten import organisatie
from klachten.gebeurtenissen import BerichtKlaargezet, BerichtVerzonden, BerichtVrijgegeven
from klachten.opening import open_register
from klachten.post import uit
from klachten.post.uit import handelen
from klachten.register import Register
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.mailserver import Mailserver
from tests import postproef
from tests.postproef import DAG

NUMMERS = ("K2026-0001", "K2026-0002")
PER_KEER = 4
GEDULD = 300.0
HOE = ("de server heeft het, en zei nog niets", "de server heeft het gezegd", "op een willekeurig moment")


@dataclass
class Uitkomst:
    """Of one kill: how it was done, what became of the messages so far, and what is wrong."""

    hoe: str
    verzonden: int
    onzeker: int
    gebreken: list[str]


@dataclass
class _Doder:
    """Kills a process when the server has had so many messages, before or after it says so."""

    hoe: int
    na: int
    wacht: float
    kind: subprocess.Popen[bytes] | None = None
    gehad: int = 0
    klaar: threading.Event = field(default_factory=threading.Event)

    def has(self) -> None:
        """The server has a message."""
        self.gehad += 1
        if self.gehad != self.na or self.kind is None or self.hoe == 2:
            return
        if self.hoe == 0:
            self.kind.kill()
            self.kind.wait(GEDULD)
        else:
            threading.Timer(self.wacht / 20, self.kind.kill).start()
        self.klaar.set()


def kill(map: Path, keren: int, zaad: int = 0) -> Iterator[Uitkomst]:
    """Let a process send, kill it, and look; again and again on the same register and the same server."""
    rng = random.Random(zaad)
    postproef.firm(map)
    with postproef.mailserver() as (bus, server):
        for keer in range(keren):
            with open_register(map) as register:
                for nr in range(PER_KEER):
                    _put_ready(register, NUMMERS[nr % 2], f"keer {keer}, {nr}")
            doder = _Doder(keer % len(HOE), rng.randrange(1, PER_KEER + 1), rng.random())
            bus.na = doder.has
            doder.kind = _sender(map, server)
            if doder.hoe == 2:
                time.sleep(1.0 + doder.wacht)
                doder.kind.kill()
            doder.kind.wait(GEDULD)
            bus.na = lambda: None
            with open_register(map) as register:
                gebreken, onzeker = look(register, bus)
                _decide(register, onzeker)
                verzonden = len(uit.stand(register, toestand="verzonden"))
            yield Uitkomst(HOE[doder.hoe], verzonden, len(onzeker), gebreken)
        # What is left goes at last, by a process that nobody kills: nothing is lost either.
        _sender(map, server).wait(GEDULD)
        with open_register(map) as register:
            gebreken, onzeker = look(register, bus)
            gebreken += [f"Bericht {een.nr} wacht nog." for een in uit.open_berichten(register) if een not in onzeker]
            yield Uitkomst(
                "aan het eind, niet gedood", len(uit.stand(register, toestand="verzonden")), len(onzeker), gebreken
            )


def look(register: Register, bus: postproef.Postbus) -> tuple[list[str], list[uit.Bericht]]:
    """Compare what the register says with what the server got; what is wrong, and what is uncertain."""
    gekregen = Counter(str(mail["Subject"]) for mail in bus.berichten)
    vrij: Counter[int] = Counter()
    volgens_server: set[int] = set()
    for nummer in NUMMERS:
        for v in register.vastleggingen(nummer):
            if isinstance(v.feit, BerichtVrijgegeven):
                vrij[v.feit.bericht] += 1
            elif isinstance(v.feit, BerichtVerzonden) and v.feit.volgens == "server":
                volgens_server.add(v.feit.bericht)
    gebreken, onzeker = [], []
    for nummer in NUMMERS:
        for bericht in uit.van_dossier(register, nummer):
            keer = gekregen[bericht.onderwerp]
            if keer > 1 + vrij[bericht.nr]:
                gebreken.append(f"Bericht {bericht.nr} kwam {keer} keer, en {vrij[bericht.nr]} keer vroeg iemand dat.")
            if bericht.nr in volgens_server and not keer:
                gebreken.append(f"Bericht {bericht.nr} staat als aangenomen en kwam nooit.")
            if keer > vrij[bericht.nr] and bericht.toestand == "wacht":
                gebreken.append(f"Bericht {bericht.nr} kwam aan en zou vanzelf nog eens gaan.")
            if bericht.toestand == "onzeker":
                onzeker.append(bericht)
    return gebreken, onzeker


def _decide(register: Register, onzeker: list[uit.Bericht]) -> None:
    wie = organisatie.gebruiker("anna", DAG)
    assert wie is not None
    for bericht in onzeker:
        naam = handelen.AANGEKOMEN if bericht.nr % 2 else handelen.VRIJGEVEN
        reden = "De ontvanger heeft het." if bericht.nr % 2 else ""
        handelen.do(register, wie, naam, bericht.nr, vandaag=DAG, reden=reden)


def _put_ready(register: Register, nummer: str, onderwerp: str) -> None:
    """As a fact of its own: an overview goes by day only, and a letter asks for a step each."""
    with register.schrijven() as boeking:
        feit = BerichtKlaargezet(
            gebeurd_op=DAG, waarvoor="melding", aan="jan@post.example", onderwerp=onderwerp, inhoud="Beste Jan,"
        )
        boeking.leg_vast(nummer, feit, door="app", rol="app")


def _sender(map: Path, server: Mailserver) -> subprocess.Popen[bytes]:
    opdracht = [sys.executable, "-m", "tests.betrouwbaarheid.post", str(map), str(server.poort)]
    return subprocess.Popen(opdracht, cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL)


def _send_all(map: Path, poort: int) -> None:
    """Send all that waits, as the loop of the app does; this is the process that is killed."""
    server = Mailserver("127.0.0.1", poort, "geen", afzender=postproef.AFZENDER)
    with open_register(map) as register:
        while uit.send_due(register, Instellingen(smtp=server), datetime.now(UTC)) != uit.Ronde():
            pass


if __name__ == "__main__":
    _send_all(Path(sys.argv[1]), int(sys.argv[2]))
