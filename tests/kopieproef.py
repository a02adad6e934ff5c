"""A copy taken while many write: made, put back, and compared with the register at that very fact.

`while_writing` is short in the tests and long for whoever wants to know more (`python -m tests.kopieproef 60`).
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from klachten.gebeurtenissen import DocumentToegevoegd
from klachten.opening import open_register
from klachten.register import Register
from klachten.register.afleiding import derived_tables
from klachten.reservekopie import sleutel
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.maken import KLOK, Gemaakt, make
from klachten.reservekopie.terugzetten import restore
from klachten.voorbeeld import record
from tests import eindig
from tests.lijsten import ONTVANGEN
from tests.registerproef import DAG, leg_klacht_vast, leg_stap_vast

NU = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Uitslag:
    """What came of it: up to which fact the copy goes, how many there were before and after, and how long it took."""

    vooraf: int
    nr: int
    achteraf: int
    seconden: float


def figures(register: Register) -> dict[str, Any]:
    """Every row that the facts make, every text, and what two of the questions answer."""
    with register.cursor() as cursor:
        uit = {
            tabel: sorted(map(str, cursor.execute(f"SELECT * FROM {tabel}").fetchall()))
            for tabel in (*derived_tables(), "gebeurtenis", "tekst", "teller")
        }
        uit["termijnen"] = sorted(map(str, cursor.execute("SELECT * FROM termijnen(?)", [date(2026, 3, 2)]).fetchall()))
    return uit


def documents(register: Register) -> dict[str, list[str]]:
    """The documents of every dossier."""
    return {nr: gevonden for nr in register.dossiers.numbers() if (gevonden := register.dossiers.documents(nr))}


def promised(register: Register) -> dict[str, list[str]]:
    """The documents that the facts of every dossier speak of."""
    vraag = (
        "SELECT klachtnummer, gegevens->>'document' FROM gebeurtenis WHERE soort = 'DocumentToegevoegd' ORDER BY ALL"
    )
    uit: dict[str, list[str]] = {}
    with register.cursor() as cursor:
        for nummer, sha256 in cursor.execute(vraag).fetchall():
            uit.setdefault(nummer, []).append(sha256)
    return uit


def last_text(register: Register) -> int:
    """The highest number of a fact that there is a text of in the dossiers."""
    return max(tekst.nr for nummer in register.dossiers.numbers() for tekst in register.dossiers.texts(nummer))


def up_to(register: Register, nr: int, map: Path) -> Path:
    """The same register as it was at a fact, made by hand: the lines of the journal up to there, and the dossiers."""
    (map / "journaal").mkdir(parents=True)
    over = nr
    for pad in register.journaal.bestanden():
        regels = pad.read_bytes().splitlines(keepends=True)
        (map / "journaal" / pad.name).write_bytes(b"".join(regels[:over]))
        over -= min(over, len(regels))
    shutil.copytree(register.map / "dossiers", map / "dossiers")
    return map


def write_along(register: Register, stop: threading.Event, bezig: threading.Event, mis: list[BaseException]) -> None:
    """Record klachten with texts and documents until told to stop."""
    try:
        for i in itertools.count():
            nummer = leg_klacht_vast(register, omschrijving=f"Klacht {i}, waar wat over te zeggen is. " * 20)
            leg_stap_vast(register, nummer, "Het duurde even.")
            stuk = f"{threading.get_ident()} {i}".encode() * 50
            with register.schrijven() as boeking:
                feit = DocumentToegevoegd(gebeurd_op=DAG, document=hashlib.sha256(stuk).hexdigest(), naam="stuk.txt")
                boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", document=stuk)
            bezig.set()
            if stop.is_set():
                return
    except BaseException as fout:  # noqa: BLE001 - it is raised where the threads are waited for
        mis.append(fout)
        bezig.set()


def while_writing(map: Path, *, draden: int = 20, seconden: float = 0.0) -> Uitslag:
    """Have so many threads write, take a copy meanwhile, put it back, and compare; AssertionError says what differs."""
    geheim = sleutel.new_key()
    (map / "kopieen").mkdir(parents=True)
    hoe = Instellingen(naar=str(map / "kopieen"), ontvanger=geheim.ontvanger)
    stop, mis = threading.Event(), list[BaseException]()
    with open_register(map / "register") as register:
        if not register.organisatie.ingericht:
            record(register, op=ONTVANGEN)
        begonnen = [threading.Event() for _ in range(draden)]
        schrijvers = [threading.Thread(target=write_along, args=(register, stop, een, mis)) for een in begonnen]
        for een in schrijvers:
            een.start()
        begonnen[0].wait(60)
        einde, begin = time.monotonic() + seconden, time.monotonic()
        vooraf = register.stand().aantal
        try:
            gemaakt = _make_until(register, hoe, einde)
        finally:
            stop.set()
            eindig.ended(*schrijvers)
        duurde = time.monotonic() - begin
        assert not mis, mis
        achteraf = register.stand().aantal
        terug = restore(str(map / "kopieen" / gemaakt.kopie.naam), map / "terug", geheim=geheim.geheim)
        assert (terug.aantal, terug.zegel) == (gemaakt.kopie.nr, gemaakt.kopie.zegel)
        eigen = up_to(register, terug.aantal, map / "toen")
    with open_register(eigen) as toen, open_register(map / "terug") as nu:
        assert figures(nu) == figures(toen)
        # On the disk of the register the texts and documents of later facts were there already: none came along.
        assert documents(nu) == promised(nu)
        assert last_text(nu) <= terug.aantal < last_text(toen)
    return Uitslag(vooraf, terug.aantal, achteraf, duurde)


def _make_until(register: Register, hoe: Instellingen, einde: float) -> Gemaakt:
    """Make copies until the time is up, at least one; returns the last."""
    for keer in itertools.count():
        gemaakt = make(
            register, hoe, nu=NU.replace(microsecond=0, hour=keer % 24), soort=KLOK, volledig=False, apart=False
        )
        assert gemaakt.kopie.goed, gemaakt.kopie.gebreken
        if time.monotonic() >= einde:
            return gemaakt
    raise AssertionError


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as plek:
        print(while_writing(Path(plek), seconden=float(sys.argv[1] if len(sys.argv) > 1 else 60)))
