"""Invitations: a link with which a person chooses a password, the first time or after a reset."""

from __future__ import annotations

from dataclasses import dataclass

from klachten.toegang.opslag import Opslag
from klachten.toegang.sleutel import afdruk, token

GELDIG = 72 * 3600.0
NIEUW, HERSTEL = "nieuw", "herstel"


@dataclass(frozen=True)
class Uitnodiging:
    """For whom, of which kind (`nieuw` or `herstel`), by whom, and until when (seconds since 1970)."""

    persoon: str
    soort: str
    gemaakt_door: str
    verloopt: float


class Uitnodigingen:
    """The invitations of a register."""

    def __init__(self, opslag: Opslag) -> None:
        self._opslag = opslag

    def make(self, persoon: str, soort: str, door: str, nu: float) -> str:
        """Return the code of a new link, to be handed over; an older link of the same person works no more."""
        code = token()
        with self._opslag.write() as db:
            db.execute("DELETE FROM uitnodiging WHERE persoon = ? OR verloopt < ?", (persoon, nu))
            db.execute(
                "INSERT INTO uitnodiging VALUES (?, ?, ?, ?, ?, NULL)",
                (afdruk(code), persoon, soort, door, nu + GELDIG),
            )
        return code

    def renew(self, persoon: str, nu: float) -> str | None:
        """Return another code for the invitation that somebody has; None when there is none to use.

        The code of before works no more: for a link that is made again each time it goes. It works no longer than the
        invitation did: who invited somebody days ago is asked again, however often it was tried since.
        """
        code = token()
        with self._opslag.write() as db:
            vraag = "UPDATE uitnodiging SET hash = ? WHERE persoon = ? AND gebruikt_op IS NULL AND verloopt > ?"
            return code if db.execute(vraag, (afdruk(code), persoon, nu)).rowcount == 1 else None

    def until(self, persoon: str) -> float | None:
        """Return until when the invitation of somebody works that is not used yet; None for none."""
        rij = self._opslag.row("SELECT verloopt FROM uitnodiging WHERE persoon = ? AND gebruikt_op IS NULL", persoon)
        return rij["verloopt"] if rij else None

    def look(self, code: str, nu: float) -> Uitnodiging | None:
        """Return the invitation when it still works. Looking uses nothing up: mail programs open links too."""
        rij = self._opslag.row(
            "SELECT persoon, soort, gemaakt_door, verloopt FROM uitnodiging "
            "WHERE hash = ? AND gebruikt_op IS NULL AND verloopt > ?",
            afdruk(code),
            nu,
        )
        return rij and Uitnodiging(**rij)

    def use(self, code: str, nu: float) -> bool:
        """Use the link up; False when it no longer worked."""
        with self._opslag.write() as db:
            vraag = "UPDATE uitnodiging SET gebruikt_op = ? WHERE hash = ? AND gebruikt_op IS NULL AND verloopt > ?"
            return db.execute(vraag, (nu, afdruk(code), nu)).rowcount == 1
