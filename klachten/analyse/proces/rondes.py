"""How the order of steps of one klacht relates to the reglement: each round is held against the paths by itself.

A reopening begins a new round (a | in the order). Such a round need not repeat steps 1 to 6; what an earlier round left
undone of them may be done in it. A dispute (15) may be raised at any time, and 12 is free. A letter that nobody could
get belongs to no path of its round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from klachten.analyse import statistiek
from klachten.analyse.statistiek import Conformiteit

VRIJ = ("12", "15")
_BEGIN = ("1", "2", "3", "4", "5", "6")
_AF = ("8", "9", "10", "11", "13", "14")
_ZONDER = ("8", "9", "13", "14")
_NIET = ("7",)
_EINDEN = frozenset({"7", "13"})

Paden = tuple[tuple[str, ...], ...]


def paden(
    gedaan: frozenset[str] = frozenset(),
    *,
    zonder_maatregelen: bool = False,
    niet_mogelijk: frozenset[str] = frozenset(),
) -> Paden:
    """Return the allowed paths of a round in which the steps `gedaan` were done before it; 16-18 are of the evaluation.

    With a deliberate zero of maatregelen 10 and 11 may be left out; the steps `niet_mogelijk` are.
    """
    rest = tuple(stap for stap in _BEGIN if stap not in gedaan)
    # An investigation done before may be done again.
    beginnen = [rest, (*rest, "6")] if "6" in gedaan else [rest]
    wegen = (_AF, _NIET, _ZONDER) if zonder_maatregelen else (_AF, _NIET)
    alle = ((*begin, *weg) for weg in wegen for begin in beginnen)
    return tuple(tuple(stap for stap in pad if stap not in niet_mogelijk) for pad in alle)


@dataclass(frozen=True)
class Rondeoordeel(Conformiteit):
    """The judgement of a klacht; `nog_niet`: steps of a round that still runs, missing so far.

    Those may still be done: they are not `overgeslagen`, and nothing in words says so.
    """

    nog_niet: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def oordeel(spoor: str, nog_open: bool, zonder_rondes: str = "", niet_mogelijk: str = "") -> Rondeoordeel:
    """Return how an order of steps ('1-2-3-...|8-9-...') relates to the reglement.

    `nog_open`: the last round is open or was withdrawn, so it is only held against the beginnings of the paths; so is
    an earlier round without an end of its own. `zonder_rondes` names the rounds with a deliberate zero: '1', '1-2' or
    ''. `niet_mogelijk` names the letters that a round lacks because nobody could get them: '1.5-2.9' or ''. kosten and
    fitness are those of all rounds together.
    """
    rondes = [ronde.split("-") if ronde else [] for ronde in spoor.split("|")]
    zonder = {int(nr) for nr in zonder_rondes.split("-") if nr}
    kan_niet = [brief.split(".") for brief in niet_mogelijk.split("-") if brief]
    gedaan: set[str] = set()
    uit: list[tuple[Rondeoordeel, bool, int]] = []
    for nr, stappen in enumerate(rondes, start=1):
        aan_niemand = frozenset(stap for ronde, stap in kan_niet if int(ronde) == nr)
        wegen = paden(frozenset(gedaan), zonder_maatregelen=nr in zonder, niet_mogelijk=aan_niemand)
        zonder_einde = nog_open if nr == len(rondes) else not _EINDEN & set(stappen)
        lengte = len([stap for stap in stappen if stap not in VRIJ]) + min(map(len, wegen))
        gevonden = statistiek.conformiteit(stappen, wegen, zonder_einde, vrij=VRIJ)
        loopt = nog_open and nr == len(rondes)
        uit.append((_lopend(gevonden) if loopt else Rondeoordeel(**vars(gevonden)), zonder_einde, lengte))
        gedaan |= (set(stappen) | aan_niemand) & set(_BEGIN)
    return uit[0][0] if len(uit) == 1 else _samen(uit, nog_open)


def _lopend(c: Conformiteit) -> Rondeoordeel:
    """Return the judgement of a round that still runs: what is missing may still be done."""
    anders = {f"Stap {stap} is overgeslagen.": f"Stap {stap} is nog niet gedaan." for stap in c.overgeslagen}
    zinnen = tuple(anders.get(zin, zin) for zin in c.zinnen)
    return replace(Rondeoordeel(**vars(c)), overgeslagen=(), nog_niet=c.overgeslagen, zinnen=zinnen)


def _samen(rondes: list[tuple[Rondeoordeel, bool, int]], nog_open: bool) -> Rondeoordeel:
    """Return the rounds of one klacht as one judgement, with in every sentence which round it is about."""
    alle = [c for c, _, _ in rondes]
    per_ronde = [c.prefix_kosten if zonder_einde else c.kosten or 0 for c, zonder_einde, _ in rondes]
    heel = [
        (kosten, lengte)
        for kosten, (_, zonder_einde, lengte) in zip(per_ronde, rondes, strict=True)
        if not zonder_einde
    ]
    lengte = sum(n for _, n in heel)
    klaar = not nog_open and lengte > 0
    return Rondeoordeel(
        nog_niet=tuple(stap for c in alle for stap in c.nog_niet),
        kosten=None if nog_open else sum(per_ronde),
        fitness=1 - sum(kosten for kosten, _ in heel) / lengte if klaar else None,
        prefix_kosten=sum(per_ronde[:-1]) + alle[-1].prefix_kosten,
        pad=tuple(stap for c in alle for stap in c.pad),
        overgeslagen=tuple(stap for c in alle for stap in c.overgeslagen),
        verplaatst=tuple(stap for c in alle for stap in c.verplaatst),
        herhaald=tuple(stap for c in alle for stap in c.herhaald),
        onverwacht=tuple(stap for c in alle for stap in c.onverwacht),
        zinnen=tuple(
            zin if nr == 1 else f"Na heropening {nr - 1}: {zin[0].lower()}{zin[1:]}"
            for nr, c in enumerate(alle, start=1)
            for zin in c.zinnen
        ),
    )
