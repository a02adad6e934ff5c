"""Whether a text names somebody: by the whole name, or by the last name as people write it to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from klachten.zoekvorm import woorddelen

_WOORD = re.compile(r"[^\W_]+(?:['’‘`´-][^\W_]+)*")
_AANSPREEK = frozenset(
    "heer heren meneer mijnheer hr dhr mevrouw mevr mw mej mejuffrouw vrouw dame familie fam echtpaar mr ms mrs".split()
)
_AANHEF = frozenset(["geachte", "beste"])
_TUSSEN = frozenset("van von de den der het ten ter te la le du des di el al in op t s d aan bij onder uit".split())
_KORT = 3
"""A last name of so few letters is also a word with a capital; with heer or mevrouw before it, it is a name."""


class _Deel(NamedTuple):
    woord: str
    hoofdletter: bool


def named_in(tekst: str, namen: Sequence[str], mag: tuple[str, ...], zelf: str = "") -> list[str]:
    """Return which of these names a text has, whole or by the last name; not those that it may have (`mag`).

    A last name that somebody who may be named has too counts, unless the whole name or the initial stands with it: who
    reads it cannot tell whom it means. The reader (`zelf`) may be greeted by it.
    """
    delen = _parts(tekst)
    toegestaan = [_words(naam) for naam in (*mag, zelf) if _words(naam)]
    vrij = {plek for naam in toegestaan for plek in _covered(delen, naam)}
    uit = []
    for naam in dict.fromkeys(namen):
        woorden = _words(naam)
        if not woorden or woorden in toegestaan:
            continue
        achter = _words(naam.split()[-1])
        if _at(delen, woorden) or any(
            _is_name(delen, plek, achter, woorden)
            and plek not in vrij
            and not (_words(zelf)[-len(achter) :] == achter and _greets(delen, plek))
            for plek in _at(delen, achter)
        ):
            uit.append(naam)
    return uit


def shares_last_name(naam: str, anderen: tuple[str, ...]) -> bool:
    """Tell whether others have the last name of somebody too."""
    return bool(_last(naam)) and any(_last(naam) == _last(ander) for ander in anderen)


def _last(naam: str) -> list[str]:
    return _words(naam.split()[-1]) if naam.split() else []


def _parts(tekst: str) -> list[_Deel]:
    """The words of a text in order, in their parts, each with whether it was written with a capital."""
    uit = []
    for woord in _WOORD.findall(tekst):
        ruw = [deel for deel in re.split(r"['’‘`´-]", woord) if deel]
        gevouwen = _words(woord)
        gelijk = len(ruw) == len(gevouwen)
        uit += [_Deel(w, (ruw[i] if gelijk else woord)[0].isupper()) for i, w in enumerate(gevouwen)]
    return uit


def _at(delen: Sequence[_Deel], woorden: Sequence[str]) -> list[int]:
    """Where these words stand in a row; the last may have the s of whose something is."""
    eind = len(woorden) - 1
    return [
        i
        for i in range(len(delen) - eind)
        if all(delen[i + k].woord == woord for k, woord in enumerate(woorden[:-1]))
        and delen[i + eind].woord in (woorden[-1], f"{woorden[-1]}s")
    ]


def _covered(delen: Sequence[_Deel], naam: list[str]) -> set[int]:
    """The places that belong to a name that may be there: all of it, or its initials with the last name."""
    plekken = {plek + k for plek in _at(delen, naam) for k in range(len(naam))}
    for plek in _at(delen, naam[-1:]) if len(naam) > 1 else ():
        voor = _before(delen, plek)
        if voor and len(voor) == 1 and naam[0].startswith(voor):
            plekken.add(plek)
    return plekken


def _before(delen: Sequence[_Deel], plek: int) -> str:
    """The word before a last name, its prefixes left out."""
    while plek > 0 and delen[plek - 1].woord in _TUSSEN and len(delen[plek - 1].woord) > 1:
        plek -= 1
    return delen[plek - 1].woord if plek else ""


def _is_name(delen: Sequence[_Deel], plek: int, achter: list[str], woorden: list[str]) -> bool:
    """Whether a word that is somebody's last name is meant as one: it has a capital, or a title comes before it."""
    if delen[plek].hoofdletter and len("".join(achter)) > _KORT:
        return True
    voor = plek
    while voor > 0 and (delen[voor - 1].woord in _TUSSEN or len(delen[voor - 1].woord) == 1
                        or delen[voor - 1].woord in woorden):  # fmt: skip
        voor -= 1
    titel = voor > 0 and delen[voor - 1].woord in _AANSPREEK
    initiaal = delen[plek].hoofdletter and plek > 0 and _before(delen, plek) == woorden[0][:1]
    return titel or (initiaal and len(woorden) > 1)


def _greets(delen: Sequence[_Deel], plek: int) -> bool:
    """Whether a last name stands in a salutation."""
    while plek > 0 and delen[plek - 1].woord in _AANSPREEK | _TUSSEN | {"of", "en"}:
        plek -= 1
    return plek > 0 and delen[plek - 1].woord in _AANHEF


def _words(tekst: str) -> list[str]:
    return [deel for delen in woorddelen(tekst) for deel in delen]
