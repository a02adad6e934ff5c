"""Texts with choices and blanks: `[mijn|onze] begeleider belde {keer} niet terug`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random

_KEUZE = re.compile(r"\[([^\[\]]*)\]")
_SPATIES = re.compile(r" {2,}")


class Invulling(dict[str, str]):
    """The blanks of one klacht, each drawn once when it is first needed; `{Naam}` is `{naam}` with a capital."""

    def __init__(self, rng: Random, bronnen: Mapping[str, Callable[[Invulling], str]], **vast: str) -> None:
        super().__init__(vast)
        self.rng = rng
        self._bronnen = bronnen

    def __missing__(self, naam: str) -> str:
        if naam[0].isupper():
            klein = self[naam[0].lower() + naam[1:]]
            waarde = klein[0].upper() + klein[1:]
        else:
            waarde = self._bronnen[naam](self)
        self[naam] = waarde
        return waarde


@cache
def _delen(sjabloon: str) -> tuple[str | tuple[str, ...], ...]:
    """The fixed parts and the choices of a template, in turn."""
    delen = _KEUZE.split(sjabloon)
    return tuple(tuple(deel.split("|")) if i % 2 else deel for i, deel in enumerate(delen))


def fill(sjabloon: str, invulling: Invulling) -> str:
    """Return the text: one of each choice, every blank filled in."""
    kies = invulling.rng.choice
    tekst = "".join([deel if type(deel) is str else kies(deel) for deel in _delen(sjabloon)])
    tekst = tekst.format_map(invulling)
    return (_SPATIES.sub(" ", tekst) if "  " in tekst else tekst).strip()


def fill_one(sjablonen: Sequence[str], invulling: Invulling) -> str:
    """Return one of several templates, filled in."""
    return fill(invulling.rng.choice(sjablonen), invulling)
