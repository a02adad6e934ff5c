"""Who is acting, and from where: signing in.

Until accounts exist the app runs in example mode only: a fixed cast, freely switched, on this one machine.
"""

from __future__ import annotations

from klachten import organisatie
from klachten.organisatie import Gebruiker

VOORBEELDMODUS = True

EIGEN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class OnveiligAdres(Exception):
    """The app would be reachable from other machines while nobody has to sign in."""


class NietAangemeld(Exception):
    """Nobody has signed in, and this is not the example in which one may simply choose."""


def huidige_gebruiker(gekozen: str | None = None) -> Gebruiker:
    """Return who is acting: in example mode the chosen one of the cast, Anna when nobody was chosen.

    Outside example mode nobody is, until there are accounts: NietAangemeld.
    """
    if not VOORBEELDMODUS:
        raise NietAangemeld("U bent niet aangemeld.")
    return organisatie.gebruiker((gekozen or "").lower()) or organisatie.ROLVERDELING[0]


def controleer_adres(adres: str | None) -> None:
    """Refuse to run in example mode when other machines could reach the app."""
    if VOORBEELDMODUS and (adres or "").strip("[]").lower() not in EIGEN_MACHINE:
        raise OnveiligAdres(
            f"De voorbeeldmodus werkt alleen op deze computer, maar de app zou luisteren op "
            f"{adres or 'alle adressen'}. Zet server.address op 127.0.0.1: zonder accounts kan iedereen die de app "
            "bereikt alles zien en vastleggen."
        )
