"""The cast of the example: invented people, each with fixed roles, and their firm. Nothing else knows them."""

from __future__ import annotations

import contextlib
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

from klachten import organisatie
from klachten.handelingen.organisatie.eerste import only_taken_over
from klachten.organisatie import Gebruiker, Organisatie, of_users
from klachten.register import Register
from klachten.voorbeeld import firma

_BESTAND = Path(__file__).with_suffix(".toml")

ROLVERDELING: tuple[Gebruiker, ...] = tuple(
    Gebruiker(wie["id"], wie["naam"], frozenset(wie["rollen"]), wie["vestiging"])
    for wie in tomllib.loads(_BESTAND.read_text(encoding="utf-8"))["persoon"]
)


@functools.cache
def cast() -> Organisatie:
    """Return the organisation of these people, who are there on every day, and of their firm."""
    op = firma.BEGIN
    return of_users(ROLVERDELING, (*firma.organisation(op, op), *firma.lists(op, op)))


@contextlib.contextmanager
def with_names(register: Register) -> Iterator[Organisatie]:
    """Let a register be read in which no organisation is recorded yet: its names are of the firm it was made with.

    The app records them at opening (inrichting.bring_over); a command that only reads writes nothing.
    """
    # Of a register with nothing but what was taken over from elsewhere, nobody has said yet whose it is.
    if register.organisatie.ingericht or (register.stand().aantal and only_taken_over(register)):
        yield register.organisatie
        return
    wie = object()
    organisatie.zet(wie, cast())
    register.inrichting.lay()
    try:
        yield cast()
    finally:
        organisatie.weg(wie)
        register.inrichting.lay()
