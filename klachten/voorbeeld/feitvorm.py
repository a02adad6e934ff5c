"""A fact with blanks: what recurs of it is written out once, and days, texts and ids are filled in."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import Any

from klachten.gebeurtenissen import Gebeurtenis, Vastlegging, is_tekst
from klachten.register.feitrij import Opgeschreven
from klachten.register.journaal import encode, quote

_MERK = "\ue000"
"""Stands for a value while a fact is written out; a letter that no id has."""
_PLEK = re.compile(f'"{_MERK}([0-9]+)"')
_EIGEN_DAGEN = frozenset({"reglement_versie"})
"""Days that are not of the step: they follow from the reglement of its day."""


class NietInTeVullen(Exception):
    """Something in a fact comes from nowhere that is known, so that of another step nothing can be said."""


@dataclass(slots=True)
class Feitvorm:
    """A fact of which some fields are filled in; `velden` are these, each with the place of its value.

    `patroon` is its gegevens as the journal has them, with %s for each of `plekken`.
    """

    soort: type[Gebeurtenis]
    naam: str
    vast: Mapping[str, Any]
    velden: Sequence[tuple[str, int]]
    op: int
    patroon: str
    plekken: Sequence[tuple[Callable[[Any], str], int]]
    teksten: Sequence[tuple[str, int]]

    def written(self, waarden: Sequence[Any]) -> Opgeschreven:
        """Return the fact as it will be written."""
        gegevens = self.patroon
        if self.plekken:
            gegevens %= tuple([hoe(waarden[i]) for hoe, i in self.plekken])
        teksten = {veld: waarden[i] for veld, i in self.teksten}
        return Opgeschreven(self.naam, self.soort.stap, _iso(waarden[self.op]), gegevens, teksten)

    def recorded(
        self, nr: int, klachtnummer: str, waarden: Sequence[Any], toen: datetime, door: str, rol: str
    ) -> Vastlegging:
        """Return the fact itself, as it was recorded."""
        feit = self.soort.__new__(self.soort)
        # Not by the dataclass: that takes ten times as long for a fact that was checked when its like was made.
        inhoud = feit.__dict__
        inhoud.update(self.vast)
        for veld, i in self.velden:
            inhoud[veld] = waarden[i]
        uit = Vastlegging.__new__(Vastlegging)
        uit.__dict__.update(
            nr=nr,
            klachtnummer=klachtnummer,
            vastgelegd_op=toen,
            door=door,
            rol=rol,
            feit=feit,
            corrigeert=None,
            zegel="",
        )
        return uit


def form_of(gemaakt: Gebeurtenis, waar: Mapping[int, int], waarden: Sequence[Any]) -> Feitvorm:
    """Return what a body made as a fact with blanks.

    `waar` says by id() which values of the input it was given. NietInTeVullen when a day or text is none of these.
    """
    plek = {veld: i for veld, i in places(gemaakt, waar).items() if not has_default(gemaakt, veld)}
    return _form(as_it_is(gemaakt, waar, waarden), plek)


def places(gemaakt: Gebeurtenis, waar: Mapping[int, int]) -> dict[str, int]:
    """Return the fields that a body gave a value of the input, and which one."""
    return {naam: waar[id(waarde)] for naam, waarde in gemaakt.__dict__.items() if id(waarde) in waar}


def has_default(feit: Gebeurtenis, veld: str) -> bool:
    """Tell whether a field has a default that is something: with that value it is left out of the journal."""
    standaard = feit.__dataclass_fields__[veld].default
    return standaard is not MISSING and bool(standaard)


def as_it_is(gemaakt: Gebeurtenis, waar: Mapping[int, int], waarden: Sequence[Any]) -> Gebeurtenis:
    """Return what a body made with the values of the input themselves."""
    feit = gemaakt.__class__.__new__(gemaakt.__class__)
    feit.__dict__.update({n: waarden[waar[id(w)]] if id(w) in waar else w for n, w in gemaakt.__dict__.items()})
    return feit


def _form(feit: Gebeurtenis, plek: Mapping[str, int]) -> Feitvorm:
    if "gebeurd_op" not in plek:
        raise NietInTeVullen("gebeurd_op")
    for veld in fields(feit):
        waarde = getattr(feit, veld.name)
        if veld.name not in plek and (
            (waarde and is_tekst(veld)) or (isinstance(waarde, date) and veld.name not in _EIGEN_DAGEN)
        ):
            raise NietInTeVullen(veld.name)
    gegevens = {naam: f"{_MERK}{plek[naam]}" if naam in plek else w for naam, w in feit.gegevens().items()}
    gezegd = encode(gegevens)
    return Feitvorm(
        soort=type(feit),
        naam=feit.soort,
        vast={naam: waarde for naam, waarde in feit.__dict__.items() if naam not in plek},
        velden=list(plek.items()),
        op=plek["gebeurd_op"],
        patroon=_PLEK.sub("%s", gezegd.replace("%", "%%")) if _MERK in gezegd else gezegd,
        plekken=[(_WRITE[type(getattr(feit, _named(plek, i)))], i) for i in map(int, _PLEK.findall(gezegd))],
        teksten=[(naam, plek[naam]) for naam in feit.teksten()],
    )


def _named(plek: Mapping[str, int], waar: int) -> str:
    return next(naam for naam, i in plek.items() if i == waar)


# What recurs on many facts: days, and the people or subjects of a klacht.
_iso = functools.cache(date.isoformat)
_WRITE: dict[type, Callable[[Any], str]] = {
    date: functools.cache(lambda dag: f'"{dag.isoformat()}"'),
    str: quote,
    tuple: functools.cache(lambda ids: encode(list(ids))),
}
"""How a value stands in the journal."""
