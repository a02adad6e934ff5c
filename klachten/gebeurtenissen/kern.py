"""What every fact has, and how it is taken apart for journal and dossier.

A fact says that something happened on a calendar date (Europe/Amsterdam). Its fields are ids, dates, roles and
categories; a field made with `tekst()` holds personal data or free text and goes to the klachtdossier, of which the
journal keeps only a salted commitment. A fact that turns out wrong is never changed: the same kind of fact is recorded
again with `Vastlegging.corrigeert` set to the number of the first one, or a `FeitHerroepen` takes it back.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar


def tekst() -> Any:
    """Declare a field of free text or personal data: kept in the dossier, never in the journal."""
    return field(default="", metadata={"tekst": True})


@dataclass(frozen=True, kw_only=True)
class Gebeurtenis:
    """What every fact has: a date, and, where it deviates from the reglement, which deviation and why."""

    stap: ClassVar[int] = 0
    gebeurd_op: date
    afwijkingen: tuple[str, ...] = ()
    reden: str = tekst()

    @property
    def soort(self) -> str:
        """The kind of fact, as it stands in the journal."""
        return type(self).__name__

    def gegevens(self) -> dict[str, Any]:
        """The fields that may stand in the journal, as JSON values; fields at their default are left out."""
        return {
            veld.name: _to_json(getattr(self, veld.name))
            for veld in fields(self)
            if veld.name != "gebeurd_op" and not is_tekst(veld) and getattr(self, veld.name) != _default(veld)
        }

    def teksten(self) -> dict[str, str]:
        """The texts that belong in the dossier, by field; empty ones are left out."""
        return {
            veld.name: getattr(self, veld.name) for veld in fields(self) if is_tekst(veld) and getattr(self, veld.name)
        }


def is_tekst(veld: Field[Any]) -> bool:
    """Tell whether a field is kept in the dossier instead of the journal."""
    return bool(veld.metadata.get("tekst"))


def _default(veld: Field[Any]) -> Any:
    return veld.default if veld.default is not MISSING else MISSING


def _to_json(waarde: Any) -> Any:
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, tuple):
        return [_to_json(deel) for deel in waarde]
    return waarde


@dataclass(frozen=True, kw_only=True)
class Vastlegging:
    """A fact as it stands in the register: which dossier, who recorded it when, and its place in the chain.

    `klachtnummer` is the number of the dossier: K… klacht, S… signaal, E… evaluatie, T… trajecten of a year.
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
