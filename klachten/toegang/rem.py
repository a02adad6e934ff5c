"""Slow guessing down, without letting anybody shut a colleague out.

Three counts of wrong attempts: of a name from an address, of a name from anywhere, of an address for any name. Only
the first can make somebody wait long, and it touches only whoever is at that address.
"""

from __future__ import annotations

from sqlite3 import Connection

from klachten.toegang.opslag import Opslag

VRIJ = 5
EERSTE_WACHT = 30.0
LANGSTE_WACHT = 15 * 60.0
VERGETEN_NA = 24 * 3600.0

NAAM_VRIJ = 10
NAAM_LANGSTE_WACHT = 60.0

ADRES_VRIJ = 30
ADRES_VENSTER = 10 * 60.0

BEKEND = 30 * 86400.0


class Rem:
    """What is kept is a mark of name and address, never the name or address itself; moments in seconds since 1970."""

    def __init__(self, opslag: Opslag) -> None:
        self._opslag = opslag

    def wait(self, naam: str, adres: str, nu: float) -> float:
        """Return the seconds that this attempt still has to wait; 0.0 lets it through."""
        naam = naam.strip().casefold()
        _, _, tot = self._count("paar", nu, VERGETEN_NA, naam, adres)
        if tot > nu:
            return tot - nu
        if self._known(naam, adres, nu):
            return 0.0
        aantal, sinds, _ = self._count("adres", nu, ADRES_VENSTER, adres)
        if aantal >= ADRES_VRIJ:
            return sinds + ADRES_VENSTER - nu
        aantal, _, _ = self._count("naam", nu, VERGETEN_NA, naam)
        if aantal < NAAM_VRIJ:
            return 0.0
        return self._ticket(naam, adres, aantal, nu)

    def wrong(self, naam: str, adres: str, nu: float) -> bool:
        """Count a wrong attempt; tell whether the next one from here has to wait."""
        naam = naam.strip().casefold()
        with self._opslag.write() as db:
            db.execute("DELETE FROM poging WHERE merk = ?", (self._mark("beurt", naam, adres),))
            self._forget(db, nu)
            aantal = self._add(db, "paar", nu, VERGETEN_NA, naam, adres)
            if aantal >= VRIJ:
                tot = nu + min(EERSTE_WACHT * 2.0 ** min(aantal - VRIJ, 10), LANGSTE_WACHT)
                db.execute("UPDATE poging SET tot = ? WHERE merk = ?", (tot, self._mark("paar", naam, adres)))
            self._add(db, "naam", nu, VERGETEN_NA, naam)
            self._add(db, "adres", nu, ADRES_VENSTER, adres)
        return aantal >= VRIJ

    def wrong_elsewhere(self, adres: str, nu: float) -> int:
        """Count an attempt with an account of elsewhere that failed; return how many from here in a short while."""
        with self._opslag.write() as db:
            self._forget(db, nu)
            return self._add(db, "elders", nu, ADRES_VENSTER, adres)

    def wait_for_link(self, hash: str, adres: str, nu: float) -> float:
        """Return the seconds that an address with a secret in it has to wait from here, after many wrong ones.

        Who asked by the same secret from here before does not wait: others may guess behind the same router.
        """
        aantal, sinds, _ = self._count("link", nu, ADRES_VENSTER, adres)
        return sinds + ADRES_VENSTER - nu if aantal >= ADRES_VRIJ and not self._known(hash, adres, nu) else 0.0

    def wrong_link(self, adres: str, nu: float) -> bool:
        """Count an address with a secret that nobody has; tell whether the next one from here has to wait."""
        with self._opslag.write() as db:
            self._forget(db, nu)
            return self._add(db, "link", nu, ADRES_VENSTER, adres) == ADRES_VRIJ

    def right_link(self, hash: str, adres: str, nu: float) -> None:
        """Remember that this secret is used from here; written once in a while, not each time."""
        if not self._known(hash, adres, nu + BEKEND / 2):
            self.right(hash, adres, nu)

    def right(self, naam: str, adres: str, nu: float) -> None:
        """Forget the wrong attempts from here, and remember that this person signs in from here."""
        naam = naam.strip().casefold()
        with self._opslag.write() as db:
            for soort in ("paar", "beurt"):
                db.execute("DELETE FROM poging WHERE merk = ?", (self._mark(soort, naam, adres),))
            db.execute(
                "INSERT OR REPLACE INTO poging VALUES (?, 0, ?, ?)",
                (self._mark("bekend", naam, adres), nu, nu + BEKEND),
            )

    def _forget(self, db: Connection, nu: float) -> None:
        db.execute("DELETE FROM poging WHERE tot < ? AND sinds < ?", (nu, nu - VERGETEN_NA))

    def _known(self, naam: str, adres: str, nu: float) -> bool:
        rij = self._opslag.row("SELECT tot FROM poging WHERE merk = ?", self._mark("bekend", naam, adres))
        return rij is not None and rij["tot"] > nu

    def _ticket(self, naam: str, adres: str, aantal: int, nu: float) -> float:
        """Let an address that is new to a name under attack wait its turn, once for each attempt.

        The turn counts from its own first try: however many others try meanwhile, it comes.
        """
        merk = self._mark("beurt", naam, adres)
        rij = self._opslag.row("SELECT tot FROM poging WHERE merk = ?", merk)
        if rij is not None and nu - rij["tot"] < LANGSTE_WACHT:
            return max(0.0, rij["tot"] - nu)
        wacht = min(2.0 ** min(aantal - NAAM_VRIJ, 10), NAAM_LANGSTE_WACHT)
        with self._opslag.write() as db:
            db.execute("INSERT OR REPLACE INTO poging VALUES (?, 0, ?, ?)", (merk, nu, nu + wacht))
        return wacht

    def _count(self, soort: str, nu: float, venster: float, *delen: str) -> tuple[int, float, float]:
        rij = self._opslag.row("SELECT aantal, sinds, tot FROM poging WHERE merk = ?", self._mark(soort, *delen))
        if rij is None or nu - rij["sinds"] >= venster:
            return 0, nu, 0.0
        return rij["aantal"], rij["sinds"], rij["tot"]

    def _add(self, db: Connection, soort: str, nu: float, venster: float, *delen: str) -> int:
        merk = self._mark(soort, *delen)
        db.execute(
            "INSERT INTO poging VALUES (?, 1, ?, 0) ON CONFLICT (merk) DO UPDATE SET "
            "aantal = CASE WHEN ? - sinds >= ? THEN 1 ELSE aantal + 1 END, "
            "sinds = CASE WHEN ? - sinds >= ? THEN ? ELSE sinds END",
            (merk, nu, nu, venster, nu, venster, nu),
        )
        return db.execute("SELECT aantal FROM poging WHERE merk = ?", (merk,)).fetchone()["aantal"]

    def _mark(self, soort: str, *delen: str) -> str:
        return self._opslag.sleutel.merk(soort, *delen)
