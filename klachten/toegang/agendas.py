"""Addresses of agendas: a secret per person, with which a program reads the own terms without signing in."""

from __future__ import annotations

from dataclasses import dataclass

from klachten.toegang.opslag import Opslag
from klachten.toegang.sleutel import afdruk, token

_BIJHOUDEN = 3600.0
"""Seconds between two writes of when it was read last."""
DAG = 86400.0


@dataclass(frozen=True)
class Agenda:
    """Whose address, since when, and when it was read last; moments in seconds since 1970 (UTC)."""

    persoon: str
    gemaakt: float
    opgehaald: float | None = None


class Agendas:
    """The addresses of a register: one per person, of which only a hash is kept."""

    def __init__(self, opslag: Opslag) -> None:
        self._opslag = opslag

    def make(self, persoon: str, nu: float) -> str:
        """Return the secret of a new address, which is kept nowhere here; an older one of this person works no more."""
        geheim = token()
        with self._opslag.write() as db:
            db.execute("DELETE FROM agenda WHERE persoon = ?", (persoon,))
            db.execute("INSERT INTO agenda (hash, persoon, gemaakt) VALUES (?, ?, ?)", (afdruk(geheim), persoon, nu))
        return geheim

    def revoke(self, persoon: str) -> bool:
        """Let the address of a person work no more; tell whether there was one."""
        if self.of(persoon) is None:
            return False
        with self._opslag.write() as db:
            return db.execute("DELETE FROM agenda WHERE persoon = ?", (persoon,)).rowcount == 1

    def of(self, persoon: str) -> Agenda | None:
        """Return the address of a person as far as it is known, or None."""
        rij = self._opslag.row("SELECT persoon, gemaakt, opgehaald FROM agenda WHERE persoon = ?", persoon)
        return rij and Agenda(**rij)

    def look(self, geheim: str) -> Agenda | None:
        """Return of whom a secret is; None when it is nobody's, or nobody's any more."""
        rij = self._opslag.row("SELECT persoon, gemaakt, opgehaald FROM agenda WHERE hash = ?", afdruk(geheim))
        return rij and Agenda(**rij)

    def persons(self) -> list[str]:
        """Return everybody who has an address."""
        return [rij["persoon"] for rij in self._opslag.rows("SELECT persoon FROM agenda ORDER BY persoon")]

    def read(self, agenda: Agenda, nu: float) -> bool:
        """Note that somebody's terms were read; tell whether that is the first time in a day."""
        eerder = agenda.opgehaald
        if eerder is None or nu - eerder >= _BIJHOUDEN or nu < eerder:
            with self._opslag.write() as db:
                db.execute("UPDATE agenda SET opgehaald = ? WHERE persoon = ?", (nu, agenda.persoon))
        return eerder is None or int(nu // DAG) != int(eerder // DAG)
