"""After a fact, before somebody asks: bring up to date what pages asked lately and the fact made stale.

One thread of the app. It asks as a page does (scherm/vooruit.py, analyse/basis/bewaard.py), so what it finds is what a
page would have found. It gives way: to who records, to every page, and a third of the time to whatever else there is.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import NamedTuple

from klachten import scherm
from klachten.analyse.basis.vooruit import Afgebroken, Gevraagd, Vraag, ahead
from klachten.register import Register
from klachten.scherm import vooruit
from klachten.scherm.bewaard import fallen, geef, van

ZONDER_BIJWERKEN = "KLACHTEN_ZONDER_BIJWERKEN"
"""Only to measure what it gives: set to anything, the app starts without it."""
LAATST = 600.0
"""What was asked in so many seconds is brought up to date; the rest when somebody asks for it."""
RUST = 0.2
"""So many seconds without a fact before it begins: ten facts in a second are one."""
RUSTEN = 0.5
"""For so large a part of what it kept a processor busy it is still afterwards."""
_EVEN = 0.02
_log = logging.getLogger("klachten")


class _GaVoor(Afgebroken):
    """Somebody else goes first; after that it is asked again."""


class _Deel(NamedTuple):
    """One question that was asked lately, where that is remembered, and through what it is asked."""

    sleutel: Hashable
    vraag: Vraag
    waarin: Gevraagd
    door: Callable[..., object] | None = None

    def ask(self) -> None:
        """Ask it again."""
        vraag = partial(self.door, self.vraag.functie) if self.door else self.vraag.functie
        vraag(*self.vraag.args, **self.vraag.kwargs)


class Bijwerker:
    """Brings up to date in a thread of its own, from `begin` to `stop`; `follow` says of which register."""

    def __init__(self, rust: float = RUST) -> None:
        self._rust = rust
        self._gestopt = False
        self._feit, self._klaar, self._slot = threading.Event(), threading.Event(), threading.Lock()
        self._klaar.set()
        self._draad: threading.Thread | None = None
        self._register: Register | None = None
        self.keren = self.opnieuw = 0
        """So often all was brought up to date, and so often it was broken off by a fact."""

    def begin(self) -> None:
        """The app starts."""
        self._gestopt = False
        self._draad = threading.Thread(target=self._run, name="bijwerken", daemon=True)
        self._draad.start()

    def follow(self, register: Register) -> None:
        """Bring up to date what was asked of this register, at each of its facts from now on."""
        self._let_go()
        self._register = register
        register.wijzigingen.hoorders.append(self._hear)

    def stop(self) -> None:
        """The app stops: the statement that is asked now is the last."""
        self._gestopt = True
        self._feit.set()
        if self._draad is not None:
            self._draad.join()
        self._draad = None
        self._let_go()
        self._feit.clear()
        self._klaar.set()

    def settled(self, seconden: float) -> bool:
        """Wait until all is up to date, no longer than so many seconds; tell whether it is."""
        return self._klaar.wait(seconden)

    def _let_go(self) -> None:
        if self._register is not None:
            self._register.wijzigingen.hoorders.remove(self._hear)
        self._register = None

    def _hear(self) -> None:
        with self._slot:
            self._klaar.clear()
            self._feit.set()

    def _run(self) -> None:
        while not self._gestopt:
            self._feit.wait()
            self._quiet()
            try:
                self._bring_up()
            except Afgebroken:
                self.opnieuw += not self._gestopt
                self._feit.set()
                continue
            except Exception:  # noqa: BLE001 - a thread of its own: no page sees it, and each asks for itself
                self._tell("alles")
            with self._slot:
                if not self._feit.is_set():
                    self._klaar.set()

    def _quiet(self) -> None:
        """Return after a moment without a fact, and not while something is being recorded."""
        while not self._gestopt:
            self._feit.clear()
            if not self._feit.wait(self._rust) and not (self._register and self._register.legt_vast):
                return

    def _bring_up(self) -> None:
        register = self._register
        if register is None or register is not scherm.geopend():
            return
        bewaard, versie = van(register), register.versie
        with ahead(partial(self._between, register, versie)):
            self._do(register, versie, bewaard.bring_up)
            # First what is of a reader: the bell is on every page, and lists are opened most. Then the figures.
            self._do_all(register, versie, [_Deel(*een, bewaard.lezers) for een in bewaard.lezers.lately(LAATST)])
            rest = [_Deel(*een, bewaard.naast) for een in bewaard.naast.lately(LAATST)]
            rest += [_Deel(*een, bewaard.gevraagd, geef) for een in fallen(register, LAATST)]
            self._do_all(register, versie, sorted(rest, key=lambda deel: -deel.vraag.moment))
        self.keren += 1

    def _do_all(self, register: Register, versie: int, delen: Iterable[_Deel]) -> None:
        for deel in delen:
            try:
                self._do(register, versie, deel.ask)
            except Afgebroken:
                raise
            except Exception:  # noqa: BLE001 - the next one can do without it, and a page asks for itself
                functie = deel.vraag.functie
                self._tell(f"{functie.__module__}.{functie.__qualname__}")
                # Not at every fact again: only when a page asks for it once more.
                deel.waarin.forget(deel.sleutel)

    def _do(self, register: Register, versie: int, vraag: Callable[[], object]) -> None:
        """Ask one thing as soon as there is room for it, and be still for a part of what that kept a processor busy."""
        while True:
            self._wait(register, versie)
            # Not by the clock: on a machine that others keep busy that would be far less than that.
            begin = time.thread_time()
            try:
                vraag()
            except _GaVoor:
                continue
            self._feit.wait(RUSTEN * (time.thread_time() - begin))
            return

    def _wait(self, register: Register, versie: int) -> None:
        while True:
            try:
                self._between(register, versie)
            except _GaVoor:
                self._feit.wait(_EVEN)
            else:
                return

    def _between(self, register: Register, versie: int) -> None:
        """Stop when a fact came, for then it begins anew; and for a page, which may be about to ask the very same."""
        if self._gestopt or self._feit.is_set() or register.versie != versie:
            raise Afgebroken
        if vooruit.pages() or register.legt_vast:
            raise _GaVoor

    def _tell(self, wat: str) -> None:
        if not self._gestopt:
            _log.exception("Na een feit kon niet alles worden bijgewerkt: %s.", wat, extra={"soort": "bijwerken"})


bijwerker = Bijwerker()
"""The one of this process."""


async def keep_up(stop: asyncio.Event) -> None:
    """Work until the app stops: the register is closed after that."""
    if os.environ.get(ZONDER_BIJWERKEN):
        return
    bijwerker.begin()
    await stop.wait()
    await asyncio.to_thread(bijwerker.stop)
