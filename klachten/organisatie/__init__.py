"""Who is who in the organisation: its people, their roles, and what it decided about itself.

`Organisatie` is a value, made from the facts by `fold`. A process has one register open, and so one organisation: the
register sets it at opening and after a commit that changes it, and the functions here ask that one. A register without
an organisation in it, as every one was before there were such facts, has the fixed cast of the example.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date

from klachten.organisatie.effectief import all_effective, effectief
from klachten.organisatie.lijsten import EIGEN_LIJSTEN, VAN_DE_FIRMA
from klachten.organisatie.mensen import Afwezigheid, Naam, Periode, Persoon, Rolperiode
from klachten.organisatie.rollen import ROLLEN, Gebruiker
from klachten.organisatie.rolverdeling import ROLVERDELING, cast, of_users
from klachten.organisatie.stand import Gegevens, Organisatie
from klachten.organisatie.vouwen import fold, is_eigen

__all__ = [
    "EIGEN_LIJSTEN",
    "ROLLEN",
    "ROLVERDELING",
    "VAN_DE_FIRMA",
    "Afwezigheid",
    "Gebruiker",
    "Gegevens",
    "Naam",
    "Organisatie",
    "Periode",
    "Persoon",
    "Rolperiode",
    "all_effective",
    "cast",
    "effectief",
    "fold",
    "gebruiker",
    "huidige",
    "iedereen",
    "is_eigen",
    "met",
    "met_rol",
    "naam",
    "of_facts",
    "of_users",
    "zet",
]

_huidige: Organisatie | None = None


def of_facts(organisatie: Organisatie) -> Organisatie:
    """Return an organisation that was folded, or the cast of the example when nobody is in it."""
    return organisatie if organisatie.mensen or organisatie.ingericht else cast()


def huidige() -> Organisatie:
    """Return the organisation of the open register."""
    return cast() if _huidige is None else _huidige


def zet(organisatie: Organisatie | None) -> Organisatie | None:
    """Let this be the organisation of the open register, None for the cast; return the one before."""
    global _huidige
    vorige, _huidige = _huidige, organisatie
    return vorige


@contextlib.contextmanager
def met(*gebruikers: Gebruiker) -> Iterator[Organisatie]:
    """Let the organisation be these people for a while, each there with these roles on every day."""
    anders = of_users(gebruikers)
    vorige = zet(anders)
    try:
        yield anders
    finally:
        zet(vorige)


def naam(id: str) -> str:
    """Return the name that goes with an id; an id nobody here has is its own name (imported klachten)."""
    return huidige().naam(id)


def gebruiker(id: str, op: date | None = None) -> Gebruiker | None:
    """Return the user with this id and the roles of a day, or None."""
    return huidige().gebruiker(id, op)


def iedereen(op: date | None = None) -> tuple[Gebruiker, ...]:
    """Return everyone who works here on a day."""
    return huidige().iedereen(op)


def met_rol(*rollen: str, op: date | None = None) -> tuple[Gebruiker, ...]:
    """Return everyone who has at least one of these roles on a day, to choose from."""
    return huidige().met_rol(*rollen, op=op)
