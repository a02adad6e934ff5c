"""The roles, and somebody who has some of them on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

OVERNAME, OVERGANG = "overname", "overgang"
"""Who recorded klachten that were taken over from elsewhere, and that they are handled on here: no person."""

ROLLEN: dict[str, str] = {
    "coordinator": "Coördinator",
    "behandelaar": "Behandelaar",
    "directie": "Directie",
    "actienemer": "Actienemer",
    "medewerker": "Medewerker",
    "analist": "Analist",
    "beheerder": "Beheerder",
    "auditor": "Auditor",
}


@dataclass(frozen=True)
class Gebruiker:
    """Somebody who may act in the register, with the roles that decide what.

    `op` is the day of those roles: who else could act is asked of the same day. None is what holds for good.
    """

    id: str
    naam: str
    rollen: frozenset[str]
    vestiging: str = ""
    op: date | None = field(default=None, compare=False)

    def heeft(self, *rollen: str) -> bool:
        """Tell whether the user has at least one of these roles."""
        return not self.rollen.isdisjoint(rollen)

    @property
    def rolnamen(self) -> str:
        """The roles as a reader knows them, in the order of ROLLEN."""
        return ", ".join(naam.lower() for rol, naam in ROLLEN.items() if rol in self.rollen)
