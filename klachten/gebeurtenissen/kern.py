"""What every fact has, and how it is taken apart for journal and dossier.

A fact says that something happened on a calendar date (Europe/Amsterdam). Its fields are ids, dates, roles and
categories; a field made with `tekst()` holds personal data or free text and goes to the klachtdossier, of which the
journal keeps only a salted commitment. A fact that turns out wrong is never changed: the same kind of fact is recorded
again with `Vastlegging.corrigeert` set to the number of the first one, or a `FeitHerroepen` takes it back.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar


def tekst() -> Any:
    """Declare a field of free text or personal data: kept in the dossier, never in the journal."""
    return field(default="", metadata={"tekst": True})


@dataclass(frozen=True, kw_only=True)
class Gebeurtenis:
    """What every fact has: a date, and, where it deviates from the reglement, which deviation and why.

    `reden` is why it was done, or else why it deviates; where both were asked, `reden_afwijking` is why it deviates.
    """

    stap: ClassVar[int] = 0
    gebeurd_op: date
    afwijkingen: tuple[str, ...] = ()
    reden: str = tekst()
    reden_afwijking: str = tekst()

    @property
    def soort(self) -> str:
        """The kind of fact, as it stands in the journal."""
        return type(self).__name__

    @property
    def waarom_afwijkend(self) -> str:
        """Why the fact deviates from the reglement; empty when it does not."""
        return (self.reden_afwijking or self.reden) if self.afwijkingen else ""

    def gegevens(self) -> dict[str, Any]:
        """The fields that may stand in the journal, as JSON values; fields at their default are left out."""
        return {
            naam: _to_json(waarde)
            for naam, standaard in _data_fields(type(self))
            if (waarde := getattr(self, naam)) != standaard
        }

    def teksten(self) -> dict[str, str]:
        """The texts that belong in the dossier, by field; empty ones are left out."""
        return {naam: waarde for naam in _text_fields(type(self)) if (waarde := getattr(self, naam))}


def is_tekst(veld: Field[Any]) -> bool:
    """Tell whether a field is kept in the dossier instead of the journal."""
    return bool(veld.metadata.get("tekst"))


@cache
def _data_fields(soort: type[Gebeurtenis]) -> tuple[tuple[str, Any], ...]:
    """The fields of a kind of fact that may stand in the journal, each with its default."""
    return tuple(
        (veld.name, _default(veld)) for veld in fields(soort) if veld.name != "gebeurd_op" and not is_tekst(veld)
    )


@cache
def _text_fields(soort: type[Gebeurtenis]) -> tuple[str, ...]:
    """The fields of a kind of fact that are kept in the dossier."""
    return tuple(veld.name for veld in fields(soort) if is_tekst(veld))


def _default(veld: Field[Any]) -> Any:
    return veld.default if veld.default is not MISSING else MISSING


def _to_json(waarde: Any) -> Any:
    if type(waarde) is str:  # nearly all
        return waarde
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, tuple):
        return [_to_json(deel) for deel in waarde]
    return waarde


@dataclass(frozen=True, kw_only=True)
class Vastlegging:
    """A fact as it stands in the register: which dossier, who recorded it when, and its place in the chain.

    `klachtnummer` is the number of the dossier: K… klacht, S… signaal, E… evaluatie, T… trajecten of a year,
    P… a person, O0001 the organisation.
    `vastgelegd_op` is UTC. `corrigeert` is the number of the first version of the fact this one replaces.
    """

    nr: int
    klachtnummer: str
    vastgelegd_op: datetime
    door: str
    rol: str
    feit: Gebeurtenis
    corrigeert: int | None = None
    zegel: str = ""
