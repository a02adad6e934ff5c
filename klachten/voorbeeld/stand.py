"""How a dossier stands as far as the body of a handeling looks, and what such a body made of a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import Handeling
from klachten.handelingen.veld import PERSONEN
from klachten.voorbeeld.feitvorm import Feitvorm

DAG, TEKST, ID, VAST, DICHT = range(5)
"""How a field goes into a fact: a day, a text, an id, as it is; or in a way that is not looked into."""
_SOORT = {
    "datum": DAG, "dag": DAG, "tekst": TEKST, "regel": TEKST, "keuze": ID, "meerkeuze": ID, "termijn": ID,
    "ja_nee": VAST, "getal": VAST, "maatregel": VAST, "verbeteractie": VAST, **dict.fromkeys(PERSONEN, ID),
}  # fmt: skip
_KERN = {
    "betrokkenen": 0, "behandelaar": 1, "coordinator_afwezig": 2, "toestand": 3, "loopt": 3, "geschil": 4,
    "ontvangst.ontvanger": 5, "ontvangst.reglement": 6, "ontvangst.reglement_versie": 6, "buitenstaander": 7,
    "voortzetting": 8, "heropend_na": 9,
}  # fmt: skip
"""Where in the kern of a dossier stands what is asked of it by a name."""
_VERSIE = 6
_MAATREGEL = {
    "maatregelen": (0,), "geldende_maatregelen": (0, 5), "open_maatregelen": (0, 4, 5), "maatregel.nr": (0,),
    "maatregel.actienemer": (1,), "maatregel.overlegd_met": (2,), "maatregel.geinformeerd_op": (3,),
    "maatregel.uitgevoerd_op": (4,), "maatregel.vervallen_op": (5,), "maatregel.open": (4, 5),
}  # fmt: skip
"""The same of its maatregelen: where in what is known of each."""

Soorten = frozenset[type[Gebeurtenis]]


@dataclass(eq=False, slots=True)
class Beeld:
    """How a dossier stands as far as a body may look: its kern, or its maatregelen. One of each that occurs."""

    delen: tuple[Any, ...]


@dataclass(eq=False, slots=True)
class Stand:
    """How a dossier stands, with the kinds of fact that are in it. One of each that occurs."""

    kern: Beeld
    maatregelen: Beeld
    soorten: Soorten


@dataclass(slots=True)
class Sjabloon:
    """What a body made, in which role, and of which parts of a dossier: those that stood so, how they stand then.

    `na` says the same of all of it, with the people that were named.
    """

    rol: str
    feiten: Sequence[Feitvorm]
    soorten: Soorten
    kern: dict[tuple[Any, ...], Beeld] | None
    maatregelen: dict[tuple[Any, ...], Beeld] | None
    na: dict[tuple[Any, ...], Stand]


class Vorm:
    """A handeling with the fields that are filled in, and where its body looks as far as is known."""

    def __init__(self, handeling: Handeling, namen: tuple[str, ...]) -> None:
        velden = {veld.naam: veld for veld in handeling.gevraagd}
        soorten = [_SOORT.get(velden[naam].soort, DICHT) for naam in namen]
        self.namen = namen
        self.dagen, self.teksten, self.ids, self._vast, self.dicht = (
            [i for i, soort in enumerate(soorten) if soort == deze] for deze in (DAG, TEKST, ID, VAST, DICHT)
        )
        self.personen = [i for i in self.ids if velden[namen[i]].soort in PERSONEN]
        self.op = namen.index("op") if "op" in namen else -1
        self._gelezen: set[str] = set()
        self._kijkt: set[str] = set()
        self.soorten: Soorten = frozenset()
        self.sjablonen: dict[tuple[Any, ...], Sjabloon | None] = {}
        self._delen: dict[tuple[Any, ...], int] = {}
        self.deel: dict[Stand, int] = {}
        self.haal_dagen = _getter([len(namen), *self.dagen])
        self.haal_personen = _getter(self.personen)
        self._sort_out()

    def _sort_out(self) -> None:
        gelezen = [i for i in self.ids if self.namen[i] in self._gelezen]
        self.vast = [*self._vast, *gelezen]
        self.leeg = [*self.teksten, *(i for i in self.ids if i not in gelezen)]
        self.haal_vast, self.haal_leeg = _getter(self.vast), _getter(self.leeg)
        self._kern = sorted({_VERSIE, *(_KERN[naam] for naam in self._kijkt if naam in _KERN)})
        self._van_elk = sorted({i for naam in self._kijkt for i in _MAATREGEL.get(naam, ())})
        for bewaard in (self.sjablonen, self.deel, self._delen):
            bewaard.clear()

    def learn(self, velden: set[str], dossier: set[str], soorten: set[type[Gebeurtenis]]) -> None:
        """Look from now on wherever a body turned out to look; what was kept before says nothing of that."""
        if velden <= self._gelezen and dossier <= self._kijkt and soorten <= self.soorten:
            return
        self._gelezen |= velden
        self._kijkt |= dossier
        self.soorten |= soorten
        self._sort_out()

    def part_of(self, stand: Stand) -> int:
        """Return what stands for the part of a dossier at which the body looks, and under which reglement it is."""
        kern, alle = stand.kern.delen, stand.maatregelen.delen
        eerste = tuple(kern[i] for i in self._kern) if kern else ()
        tweede = tuple(tuple(m[i] for i in self._van_elk) for m in alle)
        deel = eerste, tweede, stand.soorten & self.soorten
        nr = self.deel[stand] = self._delen.setdefault(deel, len(self._delen))
        return nr


def _getter(plekken: Sequence[int]) -> Callable[[list[Any]], Sequence[Any]]:
    """Return what takes the values at these places out of a list, at once."""
    if len(plekken) < 2:
        return itemgetter(slice(plekken[0], plekken[0] + 1) if plekken else slice(0))
    return itemgetter(*plekken)


def is_known(dossier: set[str]) -> bool:
    """Tell whether everything that was asked of a dossier stands in a Beeld."""
    return dossier <= _KERN.keys() | _MAATREGEL.keys()
