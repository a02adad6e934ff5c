"""Everybody who is on the way in: they gave something, and more is asked."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klachten.toegang.sleutel import afdruk, token

if TYPE_CHECKING:
    from klachten.toegang.oidc import Vraag

CODE, INSCHRIJVEN = "code", "inschrijven"
_VOORSESSIE = 600.0
# Whoever has to find an app for the phone first needs longer.
_INSCHRIJVEN = 1800.0
_VOORSESSIES = 10_000


@dataclass(frozen=True)
class Voorsessie:
    """Somebody who is on the way in: where to, who they say they are, and what is still asked (`wacht_op`).

    `elders`: who they are was proved by an account of elsewhere.
    """

    hash: str
    begonnen: float
    naar: str = "/"
    persoon: str = ""
    wacht_op: str = ""
    geheim: str = ""
    uitnodiging: str = ""
    oidc: Vraag | None = None
    elders: bool = False


class Voorsessies:
    """Everybody who is on the way in: in memory only, so that a stranger cannot make the disk write."""

    def __init__(self) -> None:
        self._van: OrderedDict[str, Voorsessie] = OrderedDict()

    def begin(self, nu: float, naar: str, **verder: Any) -> tuple[str, Voorsessie]:
        """Begin one; returns its cookie and what it is. At every step a new one: nobody can wait in an older."""
        koek = token()
        voor = self._van[afdruk(koek)] = Voorsessie(afdruk(koek), nu, naar, **verder)
        if len(self._van) > _VOORSESSIES:
            self._van.popitem(last=False)
        return koek, voor

    def read(self, koek: str, nu: float) -> Voorsessie | None:
        """Return the one with this cookie, when it began less than ten minutes ago (half an hour to make a step)."""
        voor = self._van.get(afdruk(koek))
        if voor is None:
            return None
        return voor if nu - voor.begonnen < (_INSCHRIJVEN if voor.wacht_op == INSCHRIJVEN else _VOORSESSIE) else None

    def end(self, voor: Voorsessie) -> None:
        """End one: it led to the next step."""
        self._van.pop(voor.hash, None)
