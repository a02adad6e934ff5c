"""Have back-ups made while the app is open: every day by the clock, and when somebody asks for one on the page."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from klachten import scherm
from klachten.register import Register, RegisterFout
from klachten.reservekopie import gewist, instellingen, maken, stand
from klachten.reservekopie.fouten import Afgebroken, OngeldigeInstelling, ReservekopieFout
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.stand import Stand
from klachten.scherm import klok
from klachten.tijdzone import NEDERLAND

KIJK = 1.0
EERST = 60.0
"""Seconds after the start in which the clock makes none: people sign in then."""
OPNIEUW = timedelta(minutes=15)
"""So long after an attempt that made no copy it is tried again."""
GEWIST = 30.0
"""At least so many seconds lie between two looks at what was erased."""

_log = logging.getLogger("klachten")


@dataclass
class Bijhouder:
    """Decides when a copy is due, and makes it; one is made at a time.

    `bezig_sinds` is since when one is being made, in UTC; `eerst` how long after the start the clock waits.
    """

    eerst: float = EERST
    bezig_sinds: datetime | None = None
    _begin: float = field(default_factory=time.monotonic)
    _gevraagd: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _gewist: tuple[int, int, int] = (0, -1, -1)
    _gekeken: float = -GEWIST

    def ask(self) -> None:
        """Ask for a copy now; who asks while one is made, gets that one."""
        self._gevraagd.set()

    def begin(self) -> None:
        """The app starts."""
        self._stop.clear()
        self._begin = time.monotonic()

    def stop(self) -> None:
        """The app stops: a copy that is being made is broken off, and does not count."""
        self._stop.set()

    @property
    def gevraagd(self) -> bool:
        """Whether somebody asked for one that was not begun yet."""
        return self._gevraagd.is_set()

    def look(self, nu: datetime) -> None:
        """Make a copy when that is due or was asked; what goes wrong is written down for the page, and in the log.

        As long as the clock is in question nothing is made: by a wrong one the old copies would be too old to keep.
        """
        register = scherm.geopend()
        if register is None or klok.van(register).vraag() is not None:
            return
        try:
            gelezen = instellingen.of_register(register.map)
        except OngeldigeInstelling:  # the page says so
            self._gevraagd.clear()
            return
        if self._gevraagd.is_set() or self._is_due(register, gelezen, nu):
            self._make(register, gelezen, nu)
        elif gelezen.ergens:
            self._follow_erased(register, gelezen)

    def _is_due(self, register: Register, gelezen: Instellingen, nu: datetime) -> bool:
        if time.monotonic() - self._begin < self.eerst:
            return False
        try:
            gelezen.require()
        except OngeldigeInstelling:
            return False
        return next_moment(stand.of_register(register.map), gelezen, nu) <= nu and register.stand().aantal > 0

    def _make(self, register: Register, gelezen: Instellingen, nu: datetime) -> None:
        soort = maken.HAND if self._gevraagd.is_set() else maken.KLOK
        self.bezig_sinds = nu
        try:
            gemaakt = maken.make(register, gelezen, nu=nu, soort=soort, stop=self._stop.is_set)
            if gemaakt.stand.fout:
                _log.error("%s", gemaakt.stand.fout)
        except Afgebroken as fout:
            _log.warning("%s", fout)
        except ReservekopieFout as fout:
            _log.error("%s", fout)
        except Exception as fout:
            stand.keep_fault(register.map, nu, f"Er is geen reservekopie gemaakt door een fout in klachten: {fout!r}.")
            raise
        finally:
            self.bezig_sinds = None
            self._gevraagd.clear()

    def _follow_erased(self, register: Register, gelezen: Instellingen) -> None:
        """Put in the list beside the copies what was erased since; a place that refuses is tried again."""
        versie = register.versie
        if self._gewist[:2] == (id(register), versie) or time.monotonic() - self._gekeken < GEWIST:
            return
        self._gekeken = time.monotonic()
        hoeveel = len(gewist.of_register(register))
        if hoeveel and self._gewist != (id(register), self._gewist[1], hoeveel):
            try:
                maken.publish_erased(register, gelezen)
            except ReservekopieFout as fout:
                _log.error("%s", fout)
                return
        self._gewist = (id(register), versie, hoeveel)


bijhouder = Bijhouder()
"""The one of this process."""


def next_moment(hoe: Stand, gelezen: Instellingen, nu: datetime) -> datetime:
    """Return when the next copy is made by the clock; it may have passed."""
    if hoe.mislukt and hoe.geprobeerd_op:
        return hoe.geprobeerd_op + OPNIEUW
    # What a copy lacks the register lacks: making it again at once would not bring that back.
    laatst = hoe.gemaakt_op or hoe.goed_op
    if laatst is None:
        return nu
    return instellingen.next_moment(gelezen, laatst.astimezone(NEDERLAND)).astimezone(UTC)


async def keep_up(stop: asyncio.Event, van: Bijhouder | None = None, kijk: float = KIJK) -> None:
    """Have copies made until told to stop; one that is being made then is broken off."""
    van = van or bijhouder
    van.begin()
    einde = asyncio.create_task(_stop_with(stop, van))
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), kijk)
        if stop.is_set():
            break
        try:
            await asyncio.to_thread(van.look, datetime.now(UTC))
        except RegisterFout:
            continue  # it is closed, or cannot be read: the pages say so themselves
        except Exception:  # noqa: BLE001 - the loop outlives a mistake in it, which the log then shows in full
            _log.exception("De reservekopie is niet gemaakt.")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), OPNIEUW.total_seconds())
    await einde


async def _stop_with(stop: asyncio.Event, van: Bijhouder) -> None:
    await stop.wait()
    van.stop()
