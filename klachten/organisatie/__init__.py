"""Who is who in the organisation: the people and the roles they have.

Until the organisation is recorded as facts everybody in it is of the example: a fixed cast.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLLEN: dict[str, str] = {
    "coordinator": "Coördinator",
    "behandelaar": "Behandelaar",
    "directie": "Directie",
    "actienemer": "Actienemer",
    "medewerker": "Medewerker",
    "analist": "Analist",
    "beheerder": "Beheerder",
}


@dataclass(frozen=True)
class Gebruiker:
    """Somebody who may act in the register, with the roles that decide what."""

    id: str
    naam: str
    rollen: frozenset[str]
    vestiging: str = ""

    def heeft(self, *rollen: str) -> bool:
        """Tell whether the user has at least one of these roles."""
        return not self.rollen.isdisjoint(rollen)

    @property
    def rolnamen(self) -> str:
        """The roles as a reader knows them, in the order of ROLLEN."""
        return ", ".join(naam.lower() for rol, naam in ROLLEN.items() if rol in self.rollen)


def _speler(id: str, naam: str, vestiging: str, *rollen: str) -> Gebruiker:
    return Gebruiker(id, naam, frozenset(rollen), vestiging)


ROLVERDELING: tuple[Gebruiker, ...] = (
    _speler("anna", "Anna de Wit", "weert", "coordinator", "behandelaar", "actienemer", "medewerker"),
    _speler("bas", "Bas Janssen", "utrecht", "behandelaar", "actienemer", "medewerker"),
    _speler("carla", "Carla Verhoeven", "weert", "directie"),
    _speler("dirk", "Dirk Smeets", "eindhoven", "behandelaar", "actienemer", "medewerker"),
    _speler("eva", "Eva Bakker", "weert", "actienemer", "medewerker"),
    _speler("frank", "Frank Maes", "eindhoven", "directie"),
    _speler("gijs", "Gijs Peters", "utrecht", "actienemer", "medewerker"),
    _speler("hanna", "Hanna Vos", "weert", "analist"),
    _speler("iris", "Iris Kuipers", "weert", "beheerder"),
)

_OP_ID = {gebruiker.id: gebruiker for gebruiker in ROLVERDELING}


def naam(id: str) -> str:
    """Return the name that goes with an id; an id nobody here has is its own name (imported klachten)."""
    return _OP_ID[id].naam if id in _OP_ID else id


def gebruiker(id: str) -> Gebruiker | None:
    """Return the user with this id, or None."""
    return _OP_ID.get(id)


def met_rol(*rollen: str) -> tuple[Gebruiker, ...]:
    """Return everyone who has at least one of these roles, to choose from."""
    return tuple(persoon for persoon in ROLVERDELING if persoon.heeft(*rollen))
