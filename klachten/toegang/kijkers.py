"""Who looks at a page: from the session of the browser to a person with the roles of that day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from klachten.organisatie import Gebruiker

if TYPE_CHECKING:
    from klachten.toegang.sessies import Sessie, Sessies


class Personen(Protocol):
    """The organisation, as far as signing in is concerned: who is a person, and in which roles."""

    def persoon(self, id: str, op: date) -> Gebruiker | None:
        """Return the person with the roles of that day; None for who is not there, not yet or no more."""

    @property
    def organisatie(self) -> str:
        """The name of the organisation."""


@dataclass(frozen=True)
class Kijkers:
    """A session says only who somebody is; in which roles is asked of the organisation, each time.

    `voldoet` tells whether what was given at signing in is enough in those roles.
    """

    sessies: Sessies
    personen: Personen
    vandaag: Callable[[], date]
    voldoet: Callable[[Sessie, Gebruiker], bool] = lambda sessie, wie: True

    def is_there(self, hash: str, nu: float) -> bool:
        """Tell whether the session is of somebody who is in the organisation today."""
        return self.gebruiker(hash, nu, self.vandaag()) is not None

    def gebruiker(self, hash: str, nu: float, op: date) -> Gebruiker | None:
        """Return who is signed in with this session; None when it has ended, is not enough, or the person has left."""
        sessie = self.sessies.living(hash, nu)
        wie = sessie and self.personen.persoon(sessie.persoon, op)
        return wie if sessie and wie and self.voldoet(sessie, wie) else None
