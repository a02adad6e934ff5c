"""What every trial needs: a register in a folder of its own, visitors who read and write, and the check afterwards."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from websockets.exceptions import WebSocketException

from klachten.meting import keuze
from klachten.opening import open_register
from klachten.register.controle import controleer
from klachten.scherm.meting import PaginaMislukt
from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.feiten import VOORTGANG
from klachten.scherm.meting.paginas import GEMETEN
from klachten.voorbeeld import make
from tests.registerproef import fouten

DAG = date(2026, 3, 2)
AANTAL = 300
GELEZEN = tuple(deel.naam for deel in GEMETEN)
OP_SCHRIFT = {"op_schrift": 0}
WEG = (WebSocketException, ConnectionError, EOFError, OSError)
"""What a visitor notices of an app that is not there any more."""


@dataclass
class Telling:
    """What visitors did: the texts that were confirmed to them, how long it took, and what they were told went wrong.

    `onbeslist` are texts of which the answer never came: they may be there or not.
    """

    bevestigd: list[str] = field(default_factory=list)
    onbeslist: list[str] = field(default_factory=list)
    stappen: list[float] = field(default_factory=list)
    paginas: list[float] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)


@contextmanager
def day() -> Iterator[None]:
    """The app takes it for the day of the register."""
    eerder = os.environ.get("KLACHTEN_VANDAAG")
    os.environ["KLACHTEN_VANDAAG"] = DAG.isoformat()
    try:
        yield
    finally:
        os.environ.pop("KLACHTEN_VANDAAG")
        if eerder is not None:
            os.environ["KLACHTEN_VANDAAG"] = eerder


def filled(map: Path, aantal: int = AANTAL) -> Path:
    """Make the example register with so many klachten in a folder."""
    make(map, vandaag=DAG, aantal=aantal)
    return map


def copied(van: Path, naar: Path) -> Path:
    """A copy of a register that is closed."""
    return shutil.copytree(van, naar, ignore=shutil.ignore_patterns("*.lock", "momentopname"))


def running(map: Path) -> list[str]:
    """The number of a klacht in which the coordinator can record progress, if there is one."""
    with open_register(map) as register:
        return [nummer for nummer in [keuze.a_running_dossier(register)] if nummer]


_volgnr = itertools.count(1)


async def write_klacht(bezoeker: Bezoeker, telling: Telling) -> None:
    """Enter a klacht with a name that occurs once, through the form; it counts when the page says it is recorded."""
    naam = f"Indiener {os.getpid()}-{next(_volgnr)}"
    await bezoeker.open("intake")
    await bezoeker.choose("intake", "intake/", OP_SCHRIFT)
    antwoorden = {
        "kanaal": 1,
        "categorie": 1,
        "indiener_naam": naam,
        "indiener_contact": "proef@post.example",
        "omschrijving": "Klacht van een proef; er is niets gebeurd.",
        "niemand": True,
    }
    await _record(bezoeker, telling, naam, "intake", "intake/", OP_SCHRIFT | antwoorden)


async def write_progress(bezoeker: Bezoeker, telling: Telling, nummer: str) -> None:
    """Record progress in a dossier, with a text that occurs once."""
    tekst = f"Bevinding {os.getpid()}-{next(_volgnr)}"
    plek = {"nummer": nummer, "doe": VOORTGANG}
    await bezoeker.open("dossier", **plek)
    await _record(bezoeker, telling, tekst, "dossier", VOORTGANG, {"bevinding": tekst}, **plek)


async def _record(
    bezoeker: Bezoeker, telling: Telling, tekst: str, pagina: str, vorm: str, antwoorden: dict, **plek: str
) -> None:
    telling.onbeslist.append(tekst)
    duur = await bezoeker.fill_in(pagina, vorm, antwoorden, **plek)
    telling.onbeslist.remove(tekst)
    telling.bevestigd.append(tekst)
    telling.stappen.append(duur)


async def writer(poort: int, telling: Telling, nummers: list[str], zaad: int, tot: float) -> None:
    """Somebody who enters klachten until a moment, or until the app is gone; and records progress in these dossiers.

    One at a time in one dossier: who comes second is asked to look first at what the other recorded.
    """
    rng = random.Random(zaad)
    try:
        while time.monotonic() < tot:
            # A tab of their own for each: what is said after recording stays on the page until somebody goes on.
            async with Bezoeker(poort) as bezoeker:
                if nummers and rng.random() < 0.5:
                    await write_progress(bezoeker, telling, rng.choice(nummers))
                else:
                    await write_klacht(bezoeker, telling)
    except WEG:
        return
    except PaginaMislukt as fout:
        telling.fouten.append(str(fout))


async def reader(poort: int, telling: Telling, nummers: list[str], zaad: int, tot: float, rust: float = 0.0) -> None:
    """Somebody who opens one page after the other until a moment, with `rust` seconds between two at most."""
    rng = random.Random(zaad)
    try:
        async with Bezoeker(poort) as bezoeker:
            while time.monotonic() < tot:
                pagina = rng.choice(GELEZEN)
                query = {"nummer": rng.choice(nummers)} if pagina == "dossier" else {}
                telling.paginas.append(await bezoeker.open(pagina, **query))
                if rust:
                    await asyncio.sleep(rng.random() * rust)
    except WEG:
        return
    except PaginaMislukt as fout:
        telling.fouten.append(str(fout))


def missing(map: Path, telling: Telling) -> list[str]:
    """What was confirmed and is not there, once the register is opened again; and every fault that `controleer` finds.

    A number that is missing or given twice is such a fault too.
    """
    with open_register(map) as register, register.cursor() as con:
        er = {tekst for (tekst,) in con.execute("SELECT tekst FROM tekst").fetchall()}
    weg = [f"verloren: {tekst}" for tekst in telling.bevestigd if tekst not in er]
    return weg + fouten(controleer(map))
