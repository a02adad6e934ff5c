"""Working ahead: what a fact made stale is asked again before a page asks for it, and broken off when that is no use.

Who works ahead asks as a page does, and is told of by nothing but this: it does not count as somebody who asked, and
between two statements it may be told to stop.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any, NamedTuple

MEESTE = 256
"""So many questions are remembered, those that were asked last."""
_tussen: ContextVar[Callable[[], None] | None] = ContextVar("tussen", default=None)


class Afgebroken(Exception):
    """Working ahead stops here: what was asked so far is kept, the rest is asked later or by who needs it."""


@contextlib.contextmanager
def ahead(tussen: Callable[[], None]) -> Iterator[None]:
    """Work ahead; `tussen` is called before each statement, and may raise Afgebroken."""
    merk = _tussen.set(tussen)
    try:
        yield
    finally:
        _tussen.reset(merk)


def is_ahead() -> bool:
    """Tell whether this is asked by who works ahead: then nobody asked for it."""
    return _tussen.get() is not None


def between() -> None:
    """Let who works ahead stop here: Afgebroken."""
    if (tussen := _tussen.get()) is not None:
        tussen()


class Vraag(NamedTuple):
    """A function that was asked for, with what, and the moment (time.monotonic) it last was."""

    functie: Callable[..., Any]
    args: tuple[Hashable, ...]
    kwargs: Mapping[str, Hashable]
    moment: float


class Gevraagd:
    """What was asked lately, by what it is known; safe to use from many threads."""

    def __init__(self) -> None:
        self._vragen: OrderedDict[Hashable, Vraag] = OrderedDict()
        self._slot = threading.Lock()

    def note(self, sleutel: Hashable, functie: Callable[..., Any], *args: Hashable, **kwargs: Hashable) -> None:
        """Note that somebody asked for this; who works ahead is nobody."""
        if is_ahead():
            return
        with self._slot:
            self._vragen[sleutel] = Vraag(functie, args, kwargs, time.monotonic())
            self._vragen.move_to_end(sleutel)
            while len(self._vragen) > MEESTE:
                self._vragen.popitem(last=False)

    def lately(self, seconden: float) -> list[tuple[Hashable, Vraag]]:
        """Return what was asked in the last so many seconds, the last one first; what is older is forgotten."""
        sinds = time.monotonic() - seconden
        with self._slot:
            while self._vragen and next(iter(self._vragen.values())).moment < sinds:
                self._vragen.popitem(last=False)
            return list(reversed(self._vragen.items()))

    def forget(self, sleutel: Hashable) -> None:
        """Ask this no more until somebody asks for it again."""
        with self._slot:
            self._vragen.pop(sleutel, None)
