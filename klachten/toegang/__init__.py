"""Who is acting, and from where: the gate, signing in, and the example in which one simply chooses."""

from __future__ import annotations

from datetime import date

from klachten import organisatie
from klachten.organisatie import Gebruiker

NIEMAND = Gebruiker("", "Niemand", frozenset())
"""Who acts where nobody is: may nothing, and sees nothing."""


def huidige_gebruiker(gekozen: str | None = None, op: date | None = None) -> Gebruiker:
    """Return who acts in the example, with the roles of a day: who was chosen, else who came first.

    NIEMAND in a register without people.
    """
    return organisatie.gebruiker((gekozen or "").lower(), op) or next(iter(organisatie.iedereen(op)), NIEMAND)
