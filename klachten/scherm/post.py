"""Mail while the app is open: once a minute what is due goes out, and the mailbox is read."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import UTC, datetime

from klachten import scherm
from klachten.post import uit
from klachten.post.binnen import imap
from klachten.post.binnen import meelopen as binnenstand
from klachten.post.uit import meelopen
from klachten.register import Register, RegisterFout
from klachten.scherm import klok, uitnodigen
from klachten.scherm.lopend import Lopend
from klachten.toegang import instellingen
from klachten.toegang.postbus import Postbus

EERST, MINUUT = 3.0, 60.0
"""Seconds from the start to the first round, and from one round to the next."""
GAAT_NIET = "E-mail wordt niet verstuurd; de oorzaak staat in het logboek van de app."

NIET_GELEZEN = "De postbus is niet te lezen; de oorzaak staat in het logboek van de app."

_log = logging.getLogger("klachten")


async def keep_up(stop: asyncio.Event, *, eerst: float = EERST, rust: float = MINUUT) -> None:
    """Do a round a minute until told to stop; what goes wrong stands above every page until it goes well."""
    lopend, wacht = Lopend(), eerst
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wacht)
        wacht, register = rust, scherm.geopend()
        # By a wrong clock a letter would get a wrong date, and a reminder would come too early.
        if stop.is_set() or register is None or klok.van(register).vraag() is not None:
            continue
        try:
            await asyncio.to_thread(look, register, stop)
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
            lopend.tell(register)


def look(register: Register, stop: asyncio.Event) -> None:
    """Do one round: send what is due, write down how the outbox stands, and read the mailbox."""
    gelezen = instellingen.of_register(register.map)
    uit.send_due(register, gelezen, datetime.now(UTC), codes=uitnodigen.codes(register), stop=stop.is_set)
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
