"""Who is acting, and from where: the gate, signing in, and the example in which one simply chooses."""

from __future__ import annotations

from klachten import organisatie
from klachten.organisatie import Gebruiker


def huidige_gebruiker(gekozen: str | None = None) -> Gebruiker:
    """Return who acts in the example: the chosen one of the cast, Anna when nobody was chosen."""
    return organisatie.gebruiker((gekozen or "").lower()) or organisatie.iedereen()[0]
