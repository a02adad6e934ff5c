"""Mail while the app is open: what somebody sends goes out within seconds; once a minute all that is due, and the
mailbox is read.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from datetime import UTC, datetime

from klachten import scherm
from klachten.post import herinneren, uit
from klachten.post.binnen import imap
from klachten.post.binnen import meelopen as binnenstand
from klachten.post.uit import meelopen
from klachten.register import Register, RegisterFout
from klachten.scherm import klok, uitnodigen
from klachten.scherm.bewaard import van
from klachten.scherm.lopend import Lopend
from klachten.toegang import instellingen
from klachten.toegang.postbus import Postbus

EERST, MINUUT, MEE = 3.0, 60.0, 2.0
"""Seconds from the start to the first round, from one round to the next, and between looks whether there is mail."""
GAAT_NIET = "E-mail wordt niet verstuurd; de oorzaak staat in het logboek van de app."

NIET_GELEZEN = "De postbus is niet te lezen; de oorzaak staat in het logboek van de app."

_log = logging.getLogger("klachten")


async def keep_up(stop: asyncio.Event, *, eerst: float = EERST, rust: float = MINUUT, mee: float = MEE) -> None:
    """Do a round a minute until told to stop; what goes wrong stands above every page until it goes well.

    In between what was recorded since is sent, when it is mail: whoever sends a letter does not wait for a minute.
    """
    lopend, volgende, gezien = Lopend(), time.monotonic() + eerst, -1
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), min(mee, max(volgende - time.monotonic(), 0)))
        register, aan_de_beurt = scherm.geopend(), time.monotonic() >= volgende
        if aan_de_beurt:
            volgende = time.monotonic() + rust
        # By a wrong clock a letter would get a wrong date, and a reminder would come too early.
        if stop.is_set() or register is None or klok.van(register).vraag() is not None:
            continue
        try:
            eerder, gezien = gezien, (await asyncio.to_thread(register.stand)).aantal
            if aan_de_beurt or gezien > eerder >= 0:
                await asyncio.to_thread(look if aan_de_beurt else send, register, stop)
        except RegisterFout:
            continue  # it is closed, or cannot be read: the pages say so themselves
        except instellingen.OngeldigeInstelling as fout:
            _log.error("%s", fout, extra={"soort": "post"})
            lopend.tell(register, GAAT_NIET)
        except imap.PostbusFout as fout:
            _log.error("%s", fout, extra={"soort": "post"})
            lopend.tell(register, NIET_GELEZEN)
        except Exception:  # noqa: BLE001 - the loop outlives a mistake in it, which the log then shows in full
            _log.exception(GAAT_NIET, extra={"soort": "post"})
            lopend.tell(register, GAAT_NIET)
        else:
            if aan_de_beurt:
                lopend.tell(register)


def send(register: Register, stop: asyncio.Event) -> None:
    """Send what is due."""
    _send(register, instellingen.of_register(register.map), stop)


def _send(register: Register, gelezen: instellingen.Instellingen, stop: asyncio.Event) -> None:
    uit.send_due(register, gelezen, datetime.now(UTC), codes=uitnodigen.codes(register), stop=stop.is_set)


def look(register: Register, stop: asyncio.Event) -> None:
    """Do one round: remind who has to be, send what is due, write down how the outbox stands, read the mailbox."""
    gelezen = instellingen.of_register(register.map)
    try:
        herinneren.run(register, gelezen, datetime.now(UTC), vandaag=scherm.vandaag(), bewaard=van(register))
    finally:  # a mistake in it holds up no letter, and no mail that comes in
        _send(register, gelezen, stop)
        if register.organisatie.ingericht and not register.organisatie.voorbeeld and not register.alleen_lezen:
            meelopen.keep(register, datetime.now(UTC), uit.may_send(register, gelezen))
            if gelezen.imap is not None:
                read_mailbox(register, gelezen.imap, datetime.now(UTC), stop)


def read_mailbox(register: Register, postbus: Postbus, nu: datetime, stop: asyncio.Event) -> None:
    """Read the mailbox, and write down how that went; PostbusFout when it cannot be read."""
    try:
        imap.fetch(register, postbus, nu, stop=stop.is_set)
    except imap.PostbusFout as fout:
        binnenstand.keep(register, nu, str(fout))
        raise
    binnenstand.keep(register, nu)
