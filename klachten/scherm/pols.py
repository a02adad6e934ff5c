"""The pulse of the app, for as long as it has the register: others see by it that it runs (`gezond`)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from datetime import UTC, datetime

from klachten import __version__, scherm
from klachten.gezond import Klokwacht, Pols, pols
from klachten.register import schemastand

_log = logging.getLogger("klachten")


class Klopper:
    """Beats once at a time; a disk that refuses, and a clock that is set, are told of in the log."""

    def __init__(self) -> None:
        self._begonnen = datetime.now(UTC).isoformat()
        self._klok = Klokwacht()
        self._geweigerd = False

    def beat(self) -> None:
        """Write the pulse, when the register is open here."""
        nu = datetime.now(UTC)
        if self._klok.note(time.time(), pols.steady(), nu.isoformat()):
            _log.warning("De klok is %s seconden verzet.", self._klok.stap, extra={"soort": "klok"})
        if (register := scherm.geopend()) is None:
            return
        slag = Pols(
            nu.isoformat(), self._begonnen, __version__, schemastand.newest(), self._klok.stap, self._klok.op
        )  # what is open has been migrated
        try:
            pols.write(register.map, slag)
        except OSError as fout:
            if not self._geweigerd:
                _log.error("De pols kan niet worden geschreven.", extra={"soort": "pols"}, exc_info=fout)
            self._geweigerd = True
        else:
            self._geweigerd = False


async def keep_up(stop: asyncio.Event, *, slag: float = pols.SLAG) -> None:
    """Beat until told to stop, and then say so; in the first minute quickly, as the register may open only now."""
    klopper, keer = Klopper(), 0
    while not stop.is_set():
        await asyncio.to_thread(klopper.beat)
        keer += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), min(slag, keer))
    if register := scherm.geopend():
        with contextlib.suppress(OSError):  # of a disk that refuses it was told already
            pols.stop(register.map, datetime.now(UTC))
