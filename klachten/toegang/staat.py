"""What the gate knows: which kind of register this is, who is signed in, and where it can be reached."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from klachten.toegang.asgi import Asgi
from klachten.toegang.herkomst import Herkomst
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.kijkers import Kijkers
from klachten.toegang.lijnen import Lijnen
from klachten.toegang.sleutel import afdruk, token
from klachten.toegang.verbinding import EIGEN_MACHINE

_BEZOEKEN = 10_000


class Aangemeld(Protocol):
    """A session, as far as the gate is concerned."""

    @property
    def hash(self) -> str:
        """What is kept of its cookie."""


class Zittingen(Protocol):
    """The sessions, as far as the gate is concerned; a moment is in seconds since 1970 (UTC)."""

    def read(self, koek: str, nu: float) -> Aangemeld | None:
        """Return the session of a cookie, when it is still good."""

    def until(self, hash: str, nu: float) -> float:
        """Return the moment at which it ends by itself; `nu` or earlier when it has ended."""

    def touch(self, hash: str, nu: float) -> None:
        """Say that somebody did something in it."""


@dataclass(frozen=True)
class Bezoek:
    """A visit to the example: of nobody, but of one browser."""

    hash: str


class Bezoeken:
    """The visits to the example: in memory only, and the oldest go when there are many."""

    def __init__(self) -> None:
        self._van: OrderedDict[str, Bezoek] = OrderedDict()

    def begin(self) -> tuple[str, Bezoek]:
        """Begin a visit; returns the cookie and the visit."""
        koek = token()
        bezoek = self._van[afdruk(koek)] = Bezoek(afdruk(koek))
        if len(self._van) > _BEZOEKEN:
            self._van.popitem(last=False)
        return koek, bezoek

    def read(self, koek: str, nu: float) -> Bezoek | None:
        """Return the visit of a cookie; None when it was before this start of the app."""
        return self._van.get(afdruk(koek))

    def until(self, hash: str, nu: float) -> float:
        """A visit does not end by itself."""
        return math.inf

    def touch(self, hash: str, nu: float) -> None:
        """Nothing keeps a visit alive: it does not end."""


@dataclass
class Staat:
    """One of it in a process; who starts the app fills it.

    `bladen` answers the pages of signing in; without it there are no accounts and this is the example. `afscheid`
    returns what a browser with an open page must be sent to make it go to an address. `eerste_open` tells whether the
    first account is still to be made. `geweigerd` hears of a session (its hash) that asked for an address which is not
    for the roles of its person.
    """

    instellingen: Instellingen = field(default_factory=Instellingen)
    bezoeken: Bezoeken = field(default_factory=Bezoeken)
    zittingen: Zittingen | None = None
    lijnen: Lijnen = field(default_factory=Lijnen)
    bladen: Asgi | None = None
    kijkers: Kijkers | None = None
    afscheid: Callable[[str], bytes] | None = None
    eerste_open: Callable[[], bool] = lambda: False
    geweigerd: Callable[[str, str], None] = lambda hash, pad: None
    klok: Callable[[], float] = time.time

    @property
    def voorbeeld(self) -> bool:
        """Whether nobody has to sign in."""
        return self.zittingen is None

    @property
    def sessies(self) -> Zittingen:
        """The sessions that count here."""
        return self.bezoeken if self.zittingen is None else self.zittingen

    def session(self, koek: str) -> Aangemeld | None:
        """Return the session of a cookie, when it is good and of somebody who is still there."""
        nu = self.klok()
        sessie = self.sessies.read(koek, nu) if koek else None
        if sessie is None or self.kijkers is None or self.kijkers.is_there(sessie.hash, nu):
            return sessie
        self.kijkers.sessies.end(sessie.hash)
        return None

    def may(self, hash: str, rollen: frozenset[str]) -> bool:
        """Tell whether the person of a session has one of these roles today; none is for whoever is signed in.

        In the example the gate does not know who one is: there it is asked where the answer is made.
        """
        if not rollen or self.kijkers is None:
            return True
        wie = self.kijkers.gebruiker(hash, self.klok(), self.kijkers.vandaag())
        return wie is not None and not rollen.isdisjoint(wie.rollen)

    def welcome(self, vandaan: Herkomst) -> bool:
        """Tell whether a request may come to this address, from there."""
        if is_here(vandaan):
            return True
        return not self.voorbeeld and vandaan.origin in self.instellingen.adressen


def is_here(vandaan: Herkomst) -> bool:
    """Tell whether a request comes from this machine, to an address of this machine."""
    return vandaan.eigen_machine and vandaan.host in EIGEN_MACHINE


def cookie_name(vandaan: Herkomst) -> str:
    """Return the name of the cookie. Cookies do not know ports: two registers on one machine need two names."""
    return "__Host-klachten" if vandaan.versleuteld else f"klachten_{vandaan.poort}"


def set_cookie(vandaan: Herkomst, naam: str, waarde: str) -> tuple[bytes, bytes]:
    """Return the header that gives a cookie to the browser until it closes (an empty value takes it away).

    Lax and not Strict: else who follows a link in a mail would seem not to be signed in.
    """
    delen = [f"{naam}={waarde}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if vandaan.versleuteld:
        delen.append("Secure")
    if not waarde:
        delen.append("Max-Age=0")
    return b"set-cookie", "; ".join(delen).encode()
