"""Who is acting, and from where: the gate, signing in, and the example in which one simply chooses."""

from __future__ import annotations

from datetime import date

from klachten import organisatie
from klachten.organisatie import Gebruiker


def huidige_gebruiker(gekozen: str | None = None, op: date | None = None) -> Gebruiker:
    """Return who acts in the example, with the roles of a day: the chosen one, Anna when nobody was chosen."""
    return organisatie.gebruiker((gekozen or "").lower(), op) or organisatie.iedereen(op)[0]
