"""One month of the log of looking as it was read: what its lines say, and whether they are what was written.

What was read once is not taken apart again: of a file that grew only what was added, once its beginning is seen to be
the same to the byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from klachten.kijklog.regel import VERLOREN, Regel, zegel_of
from klachten.register.journaal import BEGIN

_STAART_LENGTE = 76


@dataclass(frozen=True, slots=True)
class Gelezen:
    """A line that was read, and whether it is what was written."""

    regel: Regel
    heel: bool


@dataclass(frozen=True)
class Maand:
    """One month: how many lines of it can be read, what is wrong with it, and how it hangs in the chain.

    `vorig` is the zegel before its first line, `zegel` that of its last, `nr` the number of its last. `verloren` is how
    many lines it says itself to have lost.
    """

    naam: str
    aantal: int = 0
    verloren: int = 0
    gebreken: tuple[str, ...] = ()
    vorig: str = BEGIN
    zegel: str = BEGIN
    nr: int = 0


class Lezing:
    """The file of a month as far as it was read. `regels` are its lines, until nobody needs them (None)."""

    def __init__(self, naam: str, inhoud: bytes) -> None:
        self.naam = naam
        self.regels: list[Gelezen] | None = []
        self._aantal, self._verloren, self._plek = 0, 0, 0
        self._gebreken: list[str] = []
        self._vorig, self._zegel, self._nr = "", "", 0
        self._gelezen, self._lengte = hashlib.sha256(), 0
        self._read(inhoud)

    def go_on(self, inhoud: bytes) -> bool:
        """Read what was added to the file; False, with nothing done, when its beginning is not what was read."""
        begin = hashlib.sha256(memoryview(inhoud)[: self._lengte])
        # A last line without its end may have become another.
        if not inhoud.startswith(b"\n", self._lengte - 1) or begin.digest() != self._gelezen.digest():
            return False
        self._read(inhoud)
        return True

    @property
    def maand(self) -> Maand:
        """How the month is."""
        return Maand(
            self.naam, self._aantal, self._verloren, tuple(self._gebreken), self._vorig or BEGIN, self._zegel or BEGIN,
            self._nr,
        )  # fmt: skip

    def _read(self, inhoud: bytes) -> None:
        erbij = inhoud[self._lengte :]
        rijen = erbij.split(b"\n")
        # A last line without its end is being written, or was torn; it is read as any other.
        for rij in rijen if rijen[-1] else rijen[:-1]:
            self._take(rij)
        self._lengte = len(inhoud)
        self._gelezen.update(erbij)

    def _take(self, rij: bytes) -> None:
        self._plek += 1
        gelezen = take_apart(rij)
        if gelezen is None:
            self._gebreken.append(f"Regel {self._plek} van {self.naam} is niet te lezen: hij is niet heel.")
            return
        self._nr, eerder, regel = gelezen
        eigen = zegel_of(rij)
        heel = hashlib.sha256(rij[:-_STAART_LENGTE] + b"}").hexdigest() == eigen
        if not heel:
            self._gebreken.append(f"Regel {self._plek} van {self.naam} is veranderd: zijn zegel klopt niet.")
        if self._zegel and eerder != self._zegel:
            self._gebreken.append(
                f"Regel {self._plek} van {self.naam} sluit niet aan op de regel ervoor: er is iets weg of ertussen."
            )
        self._vorig, self._zegel = self._vorig or eerder, eigen
        self._aantal += 1
        if regel.wat == VERLOREN:
            self._verloren += regel.aantal or 0
        if self.regels is not None:
            self.regels.append(Gelezen(regel, heel))


def take_apart(regel: bytes) -> tuple[int, str, Regel] | None:
    """Return number, zegel before it and content of a line; None when it cannot be read."""
    try:
        inhoud = json.loads(regel.decode("utf-8"))
        gelezen = Regel.of(inhoud)
        if not all(isinstance(waarde, str) for waarde in (gelezen.op, gelezen.wat, gelezen.wie, inhoud["vorig"])):
            return None
        if not isinstance(gelezen.aantal, int | None):
            return None
        return int(inhoud["nr"]), inhoud["vorig"], gelezen
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
