"""The order in which a fact becomes durable, as the kernel saw it (strace): text, folders, journal, then the answer."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.gestart import GestarteApp
from tests.betrouwbaarheid import proef

_FSYNC = re.compile(r"(?:fsync|fdatasync)\(\d+<([^>]+)>")
_MAP = re.compile(r"dossiers/(K[0-9-]+)")
_GEZEGD = re.compile(r"(?:sendto|write|sendmsg)\(\d+<(?:TCP|socket)")


class GeenStrace(Exception):
    """There is no strace here, or it may not look at another process."""


def order(map: Path) -> list[str]:
    """Record one klacht, and return what happened in order: a path for each fsync, "antwoord" for the answer."""
    if shutil.which("strace") is None:
        raise GeenStrace("strace is not installed")
    uitvoer = map.parent / "strace.txt"
    telling = proef.Telling()
    with GestarteApp(map) as app:
        asyncio.run(_traced(app, uitvoer, telling))
    assert len(telling.bevestigd) == 1
    wortel, gebeurd = str(map.resolve()) + os.sep, []
    nummer = ""
    for regel in uitvoer.read_text(encoding="utf-8", errors="replace").splitlines():
        if gevonden := _FSYNC.search(regel):
            gebeurd.append(gevonden[1].removeprefix(wortel))
            nummer = nummer or next(iter(_MAP.findall(gebeurd[-1])), "")
        elif nummer and nummer in regel and _GEZEGD.search(regel):
            # The number of the new klacht is said to somebody for the first time.
            gebeurd.append("antwoord")
            break
    return gebeurd


async def _traced(app: GestarteApp, uitvoer: Path, telling: proef.Telling) -> None:
    async with Bezoeker(app.poort) as bezoeker:
        await bezoeker.open("intake")
        await asyncio.sleep(4)  # the snapshot of the start is made: what follows is of the klacht
        opdracht = ["strace", "-f", "-y", "-s", "100000", "-e", "trace=fsync,fdatasync,sendto,sendmsg,write"]
        spoor = subprocess.Popen([*opdracht, "-o", str(uitvoer), "-p", str(app.pid)], stderr=subprocess.PIPE, text=True)
        tot = time.monotonic() + 10
        while not (uitvoer.exists() and spoor.poll() is None) and time.monotonic() < tot:
            if spoor.poll() is not None:
                raise GeenStrace(spoor.stderr.read().strip() if spoor.stderr else "strace stopped")
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        await proef.write_klacht(bezoeker, telling)
        spoor.send_signal(signal.SIGINT)
        await asyncio.to_thread(spoor.wait)


def judge(gebeurd: list[str]) -> list[str]:
    """What is wrong with an order: nothing may be told before it is durable."""
    if "antwoord" not in gebeurd:
        return ["the answer was not seen"]
    voor = gebeurd[: gebeurd.index("antwoord")]
    journaal = [plek for plek, wat in enumerate(voor) if wat.startswith("journaal/") and wat.endswith(".jsonl")]
    teksten = [plek for plek, wat in enumerate(voor) if wat.startswith("dossiers/") and not wat.endswith("dossiers")]
    gebreken = []
    if not journaal:
        gebreken.append("the journal was not durable before the answer")
    if not teksten:
        gebreken.append("the texts were not durable before the answer")
    if journaal and teksten and min(teksten) > journaal[0]:
        gebreken.append("the journal was durable before the texts")
    return gebreken
