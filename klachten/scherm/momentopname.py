"""Keep the snapshot for notebooks fresh while the app is open: one shortly after every write, and one a day."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from klachten import momentopname, scherm
from klachten.momentopname import MomentopnameMislukt
from klachten.register import Register, RegisterFout
from klachten.scherm.lopend import Lopend

RUST = 2.0
"""Seconds without a write before a snapshot is made: a klacht is entered in several writes."""
UITERLIJK = 30.0
"""Whoever keeps writing gets one after so many seconds all the same."""
NA_FOUT = 60.0
KIJK = 0.5
DEEL = 0.1
"""A large register takes longer: making snapshots never fills more than this part of the time."""

NIET_BIJGEHOUDEN = "De momentopname voor notebooks wordt niet bijgehouden; de oorzaak staat in het logboek van de app."

_log = logging.getLogger("klachten")


@dataclass
class Bijhouder:
    """Decides when the snapshot is behind and may be made; times are seconds of a clock that never goes back."""

    rust: float = RUST
    uiterlijk: float = UITERLIJK
    _bij: tuple[int, int, date] | None = None
    _nieuw: tuple[int, int, date] | None = None
    _eerst: float = 0.0
    _laatst: float = 0.0
    _niet_voor: float = 0.0
    lopend: Lopend = field(default_factory=Lopend)

    def is_due(self, register: Register, vandaag: date, nu: float) -> bool:
        """Tell whether something was written that is not in the snapshot, long enough ago."""
        stand = (id(register), register.versie, vandaag)
        if self._bij is None or self._bij[0] != stand[0]:
            # Another register than before, or the first: what lies there may be good already.
            self._bij = stand if momentopname.is_current(register, vandaag) else (stand[0], -1, vandaag)
        if stand == self._bij:
            return False
        if stand != self._nieuw:
            self._eerst = nu if self._nieuw in (None, self._bij) else self._eerst
            self._nieuw, self._laatst = stand, nu
        return nu >= self._niet_voor and (nu - self._laatst >= self.rust or nu - self._eerst >= self.uiterlijk)

    def is_behind(self, register: Register, vandaag: date) -> bool:
        """Tell whether anything was written that is not in the snapshot, however short ago."""
        return self._bij != (id(register), register.versie, vandaag)

    def make(self, register: Register, vandaag: date) -> None:
        """Make a snapshot; what goes wrong stands above every page until one succeeds."""
        stand, begin = (id(register), register.versie, vandaag), time.monotonic()
        try:
            gemaakt = momentopname.write(register, nu=datetime.now(UTC), vandaag=vandaag)
        except MomentopnameMislukt as fout:
            _log.error("%s", fout)
            self.lopend.tell(register, str(fout))
            self._niet_voor = time.monotonic() + NA_FOUT
            return
        for melding in gemaakt.meldingen:
            _log.warning("%s", melding)
        self.lopend.tell(register)
        klaar = time.monotonic()
        self._bij = self._nieuw = stand
        self._niet_voor = klaar + (klaar - begin) / DEEL


async def keep_up(stop: asyncio.Event, bijhouder: Bijhouder | None = None, kijk: float = KIJK) -> None:
    """Make snapshots until told to stop, and on stopping one more when something was written since."""
    bijhouder = bijhouder or Bijhouder()
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), kijk)
        try:
            await asyncio.to_thread(_look, bijhouder, stop.is_set())
        except RegisterFout:
            continue  # it is closed, or cannot be read: the pages say so themselves
        except Exception:  # noqa: BLE001 - the loop outlives a mistake in it, which the log then shows in full
            _log.exception(NIET_BIJGEHOUDEN)
            if register := scherm.geopend():
                bijhouder.lopend.tell(register, NIET_BIJGEHOUDEN)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), NA_FOUT)


def _look(bijhouder: Bijhouder, laatste: bool) -> None:
    register, vandaag = scherm.geopend(), scherm.vandaag()
    if register is None or register.alleen_lezen:
        return  # the page says why; a snapshot of what may not be all, or not of today, helps nobody
    due = bijhouder.is_due(register, vandaag, time.monotonic())
    if due or (laatste and bijhouder.is_behind(register, vandaag)):
        bijhouder.make(register, vandaag)
