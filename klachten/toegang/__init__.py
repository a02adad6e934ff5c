"""Who is acting: the people of the register and their roles.

Until accounts exist the app runs in example mode only: a fixed cast, freely switched, on this one machine.
"""

from __future__ import annotations

from dataclasses import dataclass

VOORBEELDMODUS = True

ROLLEN: dict[str, str] = {
    "coordinator": "Coördinator",
    "behandelaar": "Behandelaar",
    "directie": "Directie",
    "actienemer": "Actienemer",
    "medewerker": "Medewerker",
    "analist": "Analist",
    "beheerder": "Beheerder",
}

EIGEN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class OnveiligAdres(Exception):
    """The app would be reachable from other machines while nobody has to sign in."""


class NietAangemeld(Exception):
    """Nobody has signed in, and this is not the example in which one may simply choose."""


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


def huidige_gebruiker(gekozen: str | None = None) -> Gebruiker:
    """Return who is acting: in example mode the chosen one of the cast, Anna when nobody was chosen.

    Outside example mode nobody is, until there are accounts: NietAangemeld.
    """
    if not VOORBEELDMODUS:
        raise NietAangemeld("U bent niet aangemeld.")
    return _OP_ID.get((gekozen or "").lower(), ROLVERDELING[0])


def controleer_adres(adres: str | None) -> None:
    """Refuse to run in example mode when other machines could reach the app."""
    if VOORBEELDMODUS and (adres or "").strip("[]").lower() not in EIGEN_MACHINE:
        raise OnveiligAdres(
            f"De voorbeeldmodus werkt alleen op deze computer, maar de app zou luisteren op "
            f"{adres or 'alle adressen'}. Zet server.address op 127.0.0.1: zonder accounts kan iedereen die de app "
            "bereikt alles zien en vastleggen."
        )
