"""Who is who in the organisation: its people, their roles, and what it decided about itself.

`Organisatie` is a value, made from the facts by `fold`. A process has one register open, and so one organisation: the
register sets it at opening and after a commit that changes it, and the functions here ask that one. In a register
without an organisation nobody is known: an older one gets the organisation that it always worked with when the app
opens it (voorbeeld.bring_over).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date

from klachten.organisatie.effectief import all_completed, all_effective, completed, effectief
from klachten.organisatie.gegeven import of_users
from klachten.organisatie.lijsten import EIGEN_LIJSTEN
from klachten.organisatie.mensen import Afwezigheid, Naam, Periode, Persoon, Rolperiode
from klachten.organisatie.rollen import OVERGANG, OVERNAME, ROLLEN, Gebruiker
from klachten.organisatie.stand import Gegevens, Organisatie
from klachten.organisatie.vouwen import fold, is_eigen

__all__ = [
    "EIGEN_LIJSTEN",
    "OVERGANG",
    "OVERNAME",
    "ROLLEN",
    "Afwezigheid",
    "Gebruiker",
    "Gegevens",
    "Naam",
    "Organisatie",
    "Periode",
    "Persoon",
    "Rolperiode",
    "all_completed",
    "all_effective",
    "completed",
    "coordinatoren",
    "effectief",
    "fold",
    "gebruiker",
    "gegeven",
    "heeft_rol",
    "huidige",
    "iedereen",
    "is_eigen",
    "met",
    "met_rol",
    "naam",
    "of_users",
    "ooit",
    "weg",
    "zet",
]

NIEMAND = Organisatie()
_open: dict[object, Organisatie] = {}
"""The organisation of each open register that has one, by who said so, in order of opening."""


def huidige() -> Organisatie:
    """Return the organisation of the register that was opened last; of one without it, an empty one."""
    return next(reversed(_open.values())) if _open else NIEMAND


def gegeven() -> Organisatie:
    """Return the organisation that was given with its lists, for a register that has none itself; else an empty one."""
    alle = (organisatie for organisatie in reversed(_open.values()) if organisatie.gegeven and organisatie.ingericht)
    return next(alle, NIEMAND)


def zet(wie: object, organisatie: Organisatie) -> None:
    """Let this be the organisation of an open register, until `weg`; one that nobody is in says nothing."""
    if organisatie.mensen or organisatie.ingericht:
        _open[wie] = organisatie


def weg(wie: object) -> None:
    """Let the organisation be the one of before."""
    _open.pop(wie, None)


@contextlib.contextmanager
def met(*gebruikers: Gebruiker) -> Iterator[Organisatie]:
    """Let the organisation be these people for a while, each there with these roles on every day."""
    anders, wie = of_users(gebruikers), object()
    zet(wie, anders)
    try:
        yield anders
    finally:
        weg(wie)


def naam(id: str) -> str:
    """Return the name that goes with an id; an id nobody here has is its own name (imported klachten)."""
    return huidige().naam(id)


def gebruiker(id: str, op: date | None = None) -> Gebruiker | None:
    """Return the user with this id and the roles of a day, or None."""
    return huidige().gebruiker(id, op)


def heeft_rol(id: str, *rollen: str, op: date | None = None) -> bool:
    """Tell whether somebody has at least one of these roles on a day; nobody we know has none."""
    wie = gebruiker(id, op)
    return wie is not None and wie.heeft(*rollen)


def coordinatoren(op: date | None = None) -> tuple[Gebruiker, ...]:
    """Return the coordinators of a day without who is absent for longer then (step 2)."""
    return huidige().coordinatoren(op)


def ooit(rol: str) -> tuple[Persoon, ...]:
    """Return everyone who has or ever had a role."""
    return huidige().ooit(rol)


def iedereen(op: date | None = None) -> tuple[Gebruiker, ...]:
    """Return everyone who works here on a day."""
    return huidige().iedereen(op)


def met_rol(*rollen: str, op: date | None = None) -> tuple[Gebruiker, ...]:
    """Return everyone who has at least one of these roles on a day, to choose from."""
    return huidige().met_rol(*rollen, op=op)
