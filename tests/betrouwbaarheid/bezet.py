"""Another process has the register, or its database: a clear page, nothing written, and on when it is let go."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from klachten.datamap import DATABASE, LOCK
from klachten.scherm.meting import PaginaMislukt
from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.gestart import GestarteApp
from tests import eindig
from tests.betrouwbaarheid import proef

GEDULD = 20.0
_HOUD = """
import sys
{doe}
print("vast", flush=True)
sys.stdin.read()
"""
HOUDERS = {
    "het register is al geopend": f"import filelock; slot = filelock.FileLock(sys.argv[1] + '/{LOCK}'); slot.acquire()",
    "de database is geopend door een ander": f"import duckdb; con = duckdb.connect(sys.argv[1] + '/{DATABASE}')",
}


class Houder:
    """Another process that holds it, until it is let go."""

    def __init__(self, map: Path, doe: str) -> None:
        self._ander = subprocess.Popen(
            [sys.executable, "-c", _HOUD.format(doe=doe), str(map)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert eindig.line(self._ander) == b"vast\n"

    def release(self) -> None:
        """End it; a second time is nothing."""
        self._ander.communicate(timeout=eindig.GENOEG)


def walk(map: Path) -> Iterator[tuple[str, list[str]]]:
    """Start the app while another holds it, look, let it go, and look again."""
    for wat, doe in HOUDERS.items():
        telling, houder = proef.Telling(), Houder(map, doe)
        try:
            with GestarteApp(map) as app:
                zin, gebreken = asyncio.run(_look(app, houder, telling))
        finally:
            houder.release()
        yield f"{wat}: {zin}", gebreken + proef.missing(map, telling)


async def _look(app: GestarteApp, houder: Houder, telling: proef.Telling) -> tuple[str, list[str]]:
    zin, gebreken = "", []
    async with Bezoeker(app.poort) as bezoeker:
        try:
            await bezoeker.open("werkvoorraad")
            gebreken.append("de pagina zei niets")
        except PaginaMislukt as fout:
            zin = str(fout)
    await asyncio.to_thread(houder.release)
    tot = time.monotonic() + GEDULD
    while time.monotonic() < tot and not telling.bevestigd:
        try:
            async with Bezoeker(app.poort) as bezoeker:
                await proef.write_klacht(bezoeker, telling)
        except PaginaMislukt:
            await asyncio.sleep(0.2)
    if not telling.bevestigd:
        gebreken.append("ook daarna kon er niets worden vastgelegd")
    return zin, gebreken
