"""Put the anchor of the register at its places while the app is open: once a day, and again where that failed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import UTC, datetime

from klachten import scherm
from klachten.anker.plaatsen import Plaatsen
from klachten.anker.zetten import place
from klachten.register import Register, RegisterFout
from klachten.scherm.lopend import Lopend

BEGIN, DAARNA = 5.0, 900.0
"""Seconds from the start to the first look, and from one look to the next."""
NIET_GEZET = "Het anker van het register wordt niet gezet; de oorzaak staat in het logboek van de app."

_log = logging.getLogger("klachten")


async def keep_up(plaatsen: Plaatsen, stop: asyncio.Event) -> None:
    """Put the anchor until told to stop; a register that is closed is looked at again later."""
    lopend, wacht = Lopend(), BEGIN
    while plaatsen and not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wacht)
        wacht = DAARNA
        register = scherm.geopend()
        if stop.is_set() or register is None:
            continue
        try:
            zinnen = await asyncio.to_thread(put, register, plaatsen, datetime.now(UTC))
        except RegisterFout:
            continue  # it is closed, or cannot be read: the pages say so themselves
        except Exception:  # noqa: BLE001 - the loop outlives a mistake in it, which the log then shows in full
            _log.exception(NIET_GEZET)
            zinnen = [NIET_GEZET]
        for zin in zinnen:
            _log.error("%s", zin)
        lopend.tell(register, *zinnen)


def put(register: Register, plaatsen: Plaatsen, nu: datetime) -> list[str]:
    """Put today's anchor of an open register wherever it is not yet; returns what went wrong, in sentences."""
    with contextlib.closing(register.cursor()) as con:
        return place(register.map, plaatsen, nu, con)
