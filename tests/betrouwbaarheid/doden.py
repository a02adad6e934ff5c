"""Kill -9 of the real app while people write: what was confirmed on their screen is there, whole, after every kill."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klachten.scherm.meting.gestart import GestarteApp
from tests.betrouwbaarheid import proef

SCHRIJVERS = 4
GEDULD = 30.0


@dataclass
class Uitkomst:
    """Of one kill: confirmed before it, in the middle of being recorded, and what was wrong afterwards."""

    bevestigd: int
    onderweg: int
    gebreken: list[str]


def kill(map: Path, nummers: list[str], keren: int, zaad: int = 0) -> Iterator[Uitkomst]:
    """Start the app, let people write, kill it at any moment, and check; again and again on the same register."""
    rng, alles = random.Random(zaad), proef.Telling()
    for keer in range(keren):
        telling = proef.Telling()
        with GestarteApp(map) as app:
            asyncio.run(write_until_killed(app, telling, nummers, rng, keer))
        alles.bevestigd += telling.bevestigd
        alles.onbeslist = telling.onbeslist
        yield Uitkomst(len(telling.bevestigd), len(telling.onbeslist), telling.fouten + proef.missing(map, alles))


async def write_until_killed(
    app: GestarteApp, telling: proef.Telling, nummers: list[str], rng: random.Random, keer: int
) -> None:
    """Kill it after so many confirmations and a little: at any moment of the next ones."""
    tot = time.monotonic() + GEDULD
    schrijvers = [
        asyncio.create_task(proef.writer(app.poort, telling, [] if nr else nummers, keer * SCHRIJVERS + nr, tot))
        for nr in range(SCHRIJVERS)
    ]
    genoeg = rng.randrange(1, 8)
    while len(telling.bevestigd) < genoeg and time.monotonic() < tot:
        await asyncio.sleep(0.002)
    await asyncio.sleep(rng.random() * 0.2)
    await asyncio.to_thread(app.kill)
    await asyncio.gather(*schrijvers)
