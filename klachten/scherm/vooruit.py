"""What pages asked lately that is no figure, to be asked again after a fact; and whether a page is being made now.

bijwerken.py asks it. A page says here what it asked: what is the same for everybody, or what is of one reader, which is
asked again only while that reader can still look, with the rights of that moment.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from klachten import scherm, toegang
from klachten.analyse.basis.vooruit import between
from klachten.organisatie import Gebruiker
from klachten.scherm import kijker
from klachten.scherm.bewaard import van

_bezig: list[None] = []


__all__ = ["between", "page", "pages", "remember", "remember_of"]


@contextlib.contextmanager
def page() -> Iterator[None]:
    """A page is being made: who works ahead waits for it."""
    _bezig.append(None)
    try:
        yield
    finally:
        _bezig.pop()


def pages() -> int:
    """Return how many pages are being made now."""
    return len(_bezig)


def remember(functie: Callable[..., Any], *args: Hashable) -> None:
    """Note that a page asked this, which is the same for everybody."""
    van(scherm.register()).naast.note((functie, args), functie, *args)


def remember_of(functie: Callable[..., Any], wie: Gebruiker, *args: Hashable) -> None:
    """Note that the page of a reader asked this, with the reader as its first argument; only the last time counts."""
    hash = kijker.hash()
    # Under the name of what is asked, by which a log tells what went wrong.
    vraag = functools.update_wrapper(functools.partial(_again, functie), functie)
    van(scherm.register()).lezers.note((functie, hash, wie.id), vraag, hash, wie.id, args)


def _again(functie: Callable[..., Any], hash: str, wie: str, args: tuple[Hashable, ...]) -> None:
    """Ask it for a reader who still looks; nothing for who signed out, or whom the example has no more."""
    op = scherm.vandaag()
    nu = toegang.huidige_gebruiker(wie, op) if kijker.is_example() else kijker.who_in(hash, op)
    if nu is not None and nu.id == wie:
        functie(nu, *args)
