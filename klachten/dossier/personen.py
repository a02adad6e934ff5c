"""Who is told of in a dossier beside the colleagues, and which texts are about whom: what erasing one person needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import GEWIST, TEKSTEN
from klachten.gebeurtenissen.genoemd import BUITEN, GEMACHTIGDE, GENOEMD, INDIENER, MEDE, NAMENS, is_contact, named
from klachten.zoekvorm import woorden

NAMEN = {
    INDIENER: "Indiener",
    GEMACHTIGDE: "Gemachtigde of vertegenwoordiger",
    MEDE: "Andere indiener",
    BUITEN: "Persoon van buiten",
    GENOEMD: "Anderen die erbij betrokken waren",
}
_APART = (MEDE,)
"""Of these there can be more: each is told apart by the fact that brought him or her."""


class Plek(NamedTuple):
    """A text of a dossier: the number of its fact, its field, what it says."""

    nr: int
    veld: str
    tekst: str


def persons_in(feiten: Feiten) -> dict[str, str]:
    """Return who can be erased from a dossier: id, and what a reader knows them by (what they are, and the name)."""
    uit: dict[str, list[str]] = {}
    for wie, plek in _all(feiten):
        namen = uit.setdefault(wie, [])
        if not is_contact(plek.veld) and wie.partition(".")[0] != GENOEMD and plek.veld != NAMENS:
            namen.append(plek.tekst)
    return {
        wie: NAMEN[wie.partition(".")[0]] + (f": {' / '.join(dict.fromkeys(namen))}" if namen else "")
        for wie, namen in uit.items()
    }


def places_of(feiten: Feiten, wie: str) -> list[tuple[int, str]]:
    """Return the texts that are about somebody, in every version of the facts that say it."""
    return [(plek.nr, plek.veld) for van, plek in _all(feiten) if van == wie]


def also_named(feiten: Feiten, wie: str) -> list[Plek]:
    """Return the other texts of a dossier in which a word of the name of somebody stands: whoever erases chooses.

    Of TEKSTEN there is no name: then it is every text.
    """
    eigen = [plek for van, plek in _all(feiten) if van == wie]
    gezocht = {woord for plek in eigen if not is_contact(plek.veld) for woord in woorden(plek.tekst) if len(woord) > 2}
    zelf = {(plek.nr, plek.veld) for plek in eigen}
    return [
        Plek(v.nr, veld, tekst)
        for v in feiten.vastleggingen
        for veld, tekst in v.feit.teksten().items()
        if (v.nr, veld) not in zelf and tekst != GEWIST and (wie == TEKSTEN or gezocht & set(woorden(tekst)))
    ]


def _all(feiten: Feiten) -> Iterator[tuple[str, Plek]]:
    for v in feiten.vastleggingen:
        for veld, tekst in v.feit.teksten().items():
            if (van := named(v.feit, veld)) and tekst != GEWIST:
                apart = f".{v.corrigeert or v.nr}" if van in _APART else ""
                yield f"{van}{apart}", Plek(v.nr, veld, tekst)
