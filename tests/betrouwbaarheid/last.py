"""Load: fifty real sessions that read and write for minutes, and a thousand pages after one another."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from klachten.scherm.meting.gestart import GestarteApp
from klachten.scherm.meting.paginas import percentile
from tests.betrouwbaarheid import proef


@dataclass
class Uitslag:
    """Seconds that people waited, memory in MB at the start, at the end of the load and a minute later, faults."""

    sessies: int
    duur: float
    telling: proef.Telling
    geheugen: list[float] = field(default_factory=list)
    gebreken: list[str] = field(default_factory=list)

    def zin(self) -> str:
        """In one line."""
        pagina, stap = self.telling.paginas, self.telling.stappen
        return (
            f"{self.sessies} sessies, {self.duur:.0f} s: {len(pagina)} pagina's, p50 {percentile(pagina, 50):.2f} s, "
            f"p95 {percentile(pagina, 95):.2f} s; {len(stap)} stappen, p50 {percentile(stap, 50):.2f} s, p95 "
            f"{percentile(stap, 95):.2f} s; geheugen {', '.join(f'{mb:.0f}' for mb in self.geheugen)} MB; "
            f"{len(self.gebreken)} gebreken"
        )


def load(map: Path, nummers: list[str], lezers: int, schrijvers: int, seconden: float, *, rust: float = 0.0) -> Uitslag:
    """Let people read and write at the same time; `rust` is how long a reader looks at a page at most."""
    telling = proef.Telling()
    with GestarteApp(map) as app:
        geheugen = [app.geheugen() or 0.0]
        begin = time.monotonic()
        asyncio.run(_together(app, telling, nummers, lezers, schrijvers, begin + seconden, rust))
        duur = time.monotonic() - begin
        geheugen.append(app.geheugen() or 0.0)
    gebreken = [*telling.fouten, *proef.missing(map, telling)]
    if telling.onbeslist:
        gebreken.append(f"{len(telling.onbeslist)} vastleggingen kregen geen antwoord")
    return Uitslag(lezers + schrijvers, duur, telling, geheugen, gebreken)


async def _together(
    app: GestarteApp, telling: proef.Telling, nummers: list[str], lezers: int, schrijvers: int, tot: float, rust: float
) -> None:
    async with asyncio.TaskGroup() as groep:
        for zaad in range(lezers):
            groep.create_task(proef.reader(app.poort, telling, nummers, zaad, tot, rust))
        for zaad in range(schrijvers):
            groep.create_task(proef.writer(app.poort, telling, [] if zaad else nummers, zaad, tot))
