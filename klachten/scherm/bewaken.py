"""Watch over the register while the app is open: is the journal what it was, soon after the start and every day."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time

from klachten import scherm
from klachten.register import RegisterFout, bewaking

EERST = 10.0
"""Seconds after the start: the first pages go before, and within a minute it is known."""
MINUUT, DAG = 60.0, 86_400.0

_log = logging.getLogger("klachten")


async def keep_up(stop: asyncio.Event, eerst: float = EERST) -> None:
    """Look until told to stop; what is found stands above every page, and nothing is recorded from then on."""
    bekeken, wanneer, wacht = 0, 0.0, eerst
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wacht)
        register = scherm.geopend()
        if register is None or stop.is_set():
            continue
        wacht = MINUUT
        try:
            await asyncio.to_thread(bewaking.keep_seal, register)
            if id(register) != bekeken or time.monotonic() - wanneer > DAG:
                bekeken, wanneer = id(register), time.monotonic()
                if zin := await asyncio.to_thread(bewaking.check, register, stop=stop.is_set):
                    _log.error("%s", zin)
        except RegisterFout:
            continue  # it is closed, or cannot be read: the pages say so themselves
        except Exception:  # noqa: BLE001 - the loop outlives a mistake in it, which the log then shows in full
            _log.exception("Het journaal kon niet worden nagelopen; over een minuut opnieuw.")
            bekeken = 0
