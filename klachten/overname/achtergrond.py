"""Work of an import that goes on beside the page: in a thread of its own, seen by rows, stopped when somebody asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
ELKE = 200
"""Of so many rows read it is looked whether to go on."""
_kijkt: ContextVar[Callable[[int], None] | None] = ContextVar("kijkt", default=None)


class Gestopt(Exception):
    """Somebody stopped it; nothing of it is recorded."""


@dataclass
class Achtergrond:
    """Work in a thread of its own; `fout` is what went wrong, for whoever looks."""

    fout: Exception | None = field(default=None, init=False)
    _stop: threading.Event = field(default_factory=threading.Event, init=False, repr=False)
    _slot: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _draad: threading.Thread | None = field(default=None, init=False, repr=False)

    def run(self) -> None:
        """Do it, here and now; `start` does so beside what goes on."""
        raise NotImplementedError

    def start(self) -> None:
        """Begin, once."""
        with self._slot:
            if self._draad is not None:
                return
            self._draad = threading.Thread(target=self.run, name="overnemen", daemon=True)
        self._draad.start()

    def stop(self) -> None:
        """Ask to stop."""
        self._stop.set()

    def wait(self, seconden: float | None = None) -> None:
        """Wait until it is over, or no longer than so many seconds."""
        if self._draad is not None:
            self._draad.join(seconden)

    def go_on(self) -> None:
        """Raise Gestopt when somebody asked to stop."""
        if self._stop.is_set():
            raise Gestopt


@contextmanager
def looked_at(kijkt: Callable[[int], None]) -> Iterator[None]:
    """Let every reading of a file in this thread say how many rows it read; what `kijkt` raises stops it."""
    merk = _kijkt.set(kijkt)
    try:
        yield
    finally:
        _kijkt.reset(merk)


def counted(rijen: Iterable[T]) -> Iterator[T]:
    """Give the rows of a file, and say now and then how many there were, to who looks."""
    if (kijkt := _kijkt.get()) is None:
        yield from rijen
        return
    kijkt(0)
    for nr, rij in enumerate(rijen, start=1):
        if nr % ELKE == 0:
            kijkt(nr)
        yield rij
