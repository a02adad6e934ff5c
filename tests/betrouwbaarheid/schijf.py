"""A disk that is full, at nine levels, under the real app: a sentence, reading goes on; writing too, later."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.Element_pb2 import Element

from klachten.scherm.meting import PaginaMislukt
from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.gestart import GestarteApp
from tests.betrouwbaarheid import proef

NIVEAUS = (0, 4, 8, 16, 64, 256, 512, 1024, 4096)
"""kB that are left on the disk when people go on writing."""
MEESTE = 60
SCHIJF = 256
_KB = 1024
GEZEGD = "Er kan nu niets worden vastgelegd"


@dataclass
class Uitkomst:
    """At one level: how much was recorded before it was full, what the page said, and what was wrong."""

    over: int
    vastgelegd: int
    zin: str
    gebreken: list[str]


@contextmanager
def disk(megabytes: int) -> Iterator[Path]:
    """A small disk of its own; only root can make one, OSError for anybody else."""
    with tempfile.TemporaryDirectory(prefix="schijf-") as plek:
        opdracht = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "klachten-proef", plek]
        if (uitslag := subprocess.run(opdracht, capture_output=True, text=True, timeout=60)).returncode:
            raise OSError(uitslag.stderr.strip())
        try:
            yield Path(plek)
        finally:
            subprocess.run(["umount", "--lazy", plek], check=True, timeout=60)


def fill(van: Path, nummers: list[str], niveaus: tuple[int, ...] = NIVEAUS) -> Iterator[Uitkomst]:
    """Each level on a disk of its own with a copy of the register."""
    for over in niveaus:
        with disk(SCHIJF) as schijf:
            map, telling = proef.copied(van, schijf / "register"), proef.Telling()
            with GestarteApp(map) as app:
                zin, gebreken = asyncio.run(walk(app, schijf, over, telling))
            yield Uitkomst(over, len(telling.bevestigd), zin, gebreken + proef.missing(map, telling))


class Lezer(Bezoeker):
    """Reads on below the sentence that says why nothing can be recorded, which stands above every page."""

    def _look(self, pagina: str, element: Element, titels: list[str]) -> None:
        if not (element.WhichOneof("type") == "alert" and element.alert.body.startswith(GEZEGD)):
            super()._look(pagina, element, titels)


async def walk(app: GestarteApp, schijf: Path, over: int, telling: proef.Telling) -> tuple[str, list[str]]:
    """Fill the disk up, write and read on, and make room again; returns what was said, and what was wrong."""
    zin, gebreken, vuller = "", [], schijf / "vuller"
    async with Lezer(app.poort) as bezoeker:
        await bezoeker.open("werkvoorraad")
        await _until_quiet(app)
        _fill_up(schijf, vuller, over)
        for _ in range(MEESTE):
            if zin := await _write(app, telling):
                break
        # What is recorded can be read, whatever the disk does.
        for pagina in ("klachten", "jaarbeeld"):
            try:
                await bezoeker.open(pagina)
            except PaginaMislukt as fout:
                gebreken.append(f"met een volle schijf is {pagina} niet te lezen: {fout}")
        vuller.unlink()
        tot = time.monotonic() + 30
        while weer := await _write(app, telling, Lezer):
            if time.monotonic() > tot:
                gebreken.append(f"met weer ruimte op de schijf gaat het niet verder: {weer}")
                break
            await asyncio.sleep(0.5)
    return zin, gebreken


async def _write(app: GestarteApp, telling: proef.Telling, wie: type[Bezoeker] = Bezoeker) -> str:
    """Enter a klacht in a tab of its own; returns what the page said when it was refused.

    A `Lezer` goes on below the sentence of before: a fact is tried at once, also while that still stands there.
    """
    try:
        async with wie(app.poort) as bezoeker:
            await proef.write_klacht(bezoeker, telling)
    except PaginaMislukt as fout:
        return str(fout)
    return ""


async def _until_quiet(app: GestarteApp) -> None:
    """Wait until the app has made what it makes after its start: its snapshot takes room as well."""
    await asyncio.sleep(4)


def _fill_up(schijf: Path, vuller: Path, over: int) -> None:
    """Leave so many kB."""
    blok = b"\0" * 64 * _KB
    with vuller.open("wb", buffering=0) as bestand:
        try:
            while bestand.write(blok) == len(blok):
                pass
        except OSError:
            pass
        lengte = bestand.tell()
        bestand.truncate(max(0, lengte - over * _KB))
