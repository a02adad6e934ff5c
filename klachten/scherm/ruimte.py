"""After a disk that was full: go on by itself as soon as there is room, also when nobody presses a button."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from klachten import scherm

KIJK, LANGST = 5.0, 300.0
"""Seconds between two looks; ever longer for a database that goes on refusing, as each try opens it again."""

_log = logging.getLogger("klachten")


async def keep_up(stop: asyncio.Event, kijk: float = KIJK) -> None:
    """Try again while the disk refuses, until told to stop."""
    wacht = kijk
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wacht)
        register = scherm.geopend()
        if register is None or not register.schrijfstand.refuses or stop.is_set():
            wacht = kijk
            continue
        try:
            gelukt = await asyncio.to_thread(register.try_again)
        except Exception:  # noqa: BLE001 - the loop outlives a mistake in it, which the log then shows in full
            _log.exception("Opnieuw proberen na een volle schijf mislukt")
            gelukt = False
        wacht = kijk if gelukt else min(wacht * 2, LANGST)
