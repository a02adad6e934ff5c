"""Who is signed in: sessions that end by themselves, and that the person or a beheerder can end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from klachten.toegang.opslag import Opslag
from klachten.toegang.regels import HOOGSTENS, STIL, WACHTWOORD, Regels
from klachten.toegang.sleutel import afdruk, token

__all__ = ["HOOGSTENS", "STIL", "Sessie", "Sessies", "waarmee"]

# Between two writes of "was still there": a click may not wait for the disk.
_BIJHOUDEN = 60.0


@dataclass(frozen=True)
class Sessie:
    """One sign-in of one person; every moment in seconds since 1970 (UTC).

    `hash` is what is kept of the cookie, `waarmee` the browser and system as its owner knows them, `hoe` by what the
    person signed in.
    """

    hash: str
    persoon: str
    gemaakt: float
    gezien: float
    tweede_factor: bool = False
    waarmee: str = ""
    hoe: str = WACHTWOORD


class Sessies:
    """The sessions of a register: in memory to be read at every request, on the disk to outlive a restart.

    `regels` gives the rules of the moment: other ones hold for the sessions that run too. `bij_einde` hears the hash
    of every session that somebody ended.
    """

    def __init__(self, opslag: Opslag, regels: Callable[[], Regels] = Regels) -> None:
        self._opslag, self._regels = opslag, regels
        self._slot = threading.Lock()
        self.bij_einde: Callable[[str], None] = lambda hash: None
        rijen = opslag.rows("SELECT hash, persoon, gemaakt, gezien, tweede_factor, waarmee, hoe FROM sessie")
        self._levend = {rij["hash"]: Sessie(**{**rij, "tweede_factor": bool(rij["tweede_factor"])}) for rij in rijen}
        self._bewaard = {hash: sessie.gezien for hash, sessie in self._levend.items()}

    def begin(
        self, persoon: str, nu: float, *, tweede_factor: bool = False, waarmee: str = "", hoe: str = WACHTWOORD
    ) -> tuple[str, Sessie]:
        """Begin a session; returns the cookie for the browser, which is kept nowhere here, and the session."""
        koek = token()
        sessie, regels = Sessie(afdruk(koek), persoon, nu, nu, tweede_factor, waarmee, hoe), self._regels()
        with self._opslag.write() as db:
            db.execute("DELETE FROM sessie WHERE gemaakt < ? OR gezien < ?", (nu - regels.hoogstens, nu - regels.stil))
            db.execute(
                "INSERT INTO sessie (hash, persoon, gemaakt, gezien, tweede_factor, waarmee, hoe) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (sessie.hash, persoon, nu, nu, tweede_factor, waarmee, hoe),
            )
        with self._slot:
            self._levend = {hash: oud for hash, oud in self._levend.items() if self.verloopt(oud) > nu}
            self._levend[sessie.hash] = sessie
            self._bewaard = {hash: self._bewaard.get(hash, nu) for hash in self._levend}
        return koek, sessie

    def verloopt(self, sessie: Sessie) -> float:
        """Return when the session ends if nothing is done in it from now on."""
        regels = self._regels()
        return min(sessie.gezien + regels.stil, sessie.gemaakt + regels.hoogstens)

    def read(self, koek: str, nu: float) -> Sessie | None:
        """Return the session of a cookie, when it is still good. Looking does not make it last longer."""
        return self.living(afdruk(koek), nu)

    def living(self, hash: str, nu: float) -> Sessie | None:
        """Return the session with this hash, when it is still good."""
        sessie = self._levend.get(hash)
        return sessie if sessie and self.verloopt(sessie) > nu else None

    def until(self, hash: str, nu: float) -> float:
        """Return the moment at which the session ends if nothing is done; `nu` when it has ended."""
        sessie = self._levend.get(hash)
        return self.verloopt(sessie) if sessie else nu

    def touch(self, hash: str, nu: float) -> None:
        """Say that somebody did something in the session; an ended one stays ended."""
        with self._slot:
            sessie = self.living(hash, nu)
            if sessie is None or sessie.gezien >= nu:
                return
            self._levend[hash] = replace(sessie, gezien=nu)
            if nu - self._bewaard[hash] < _BIJHOUDEN:
                return
            self._bewaard[hash] = nu
        with self._opslag.write() as db:
            db.execute("UPDATE sessie SET gezien = ? WHERE hash = ?", (nu, hash))

    def proven(self, hash: str) -> None:
        """Say that a second step was given in the session after all."""
        with self._slot:
            if sessie := self._levend.get(hash):
                self._levend[hash] = replace(sessie, tweede_factor=True)
        with self._opslag.write() as db:
            db.execute("UPDATE sessie SET tweede_factor = 1 WHERE hash = ?", (hash,))

    def all(self) -> list[Sessie]:
        """Return every session that nobody ended, the ones that ended by themselves too."""
        return list(self._levend.values())

    def end(self, hash: str) -> None:
        """End one session: at once, in every tab, and for ever."""
        self._end([hash])

    def end_all(self, persoon: str, *, behalve: str = "") -> int:
        """End every session of a person but one; returns how many."""
        hashes = [sessie.hash for sessie in list(self._levend.values()) if sessie.persoon == persoon]
        return self._end([hash for hash in hashes if hash != behalve])

    def _end(self, hashes: list[str]) -> int:
        with self._slot:
            for hash in hashes:
                self._levend.pop(hash, None)
                self._bewaard.pop(hash, None)
        with self._opslag.write() as db:
            db.executemany("DELETE FROM sessie WHERE hash = ?", [(hash,) for hash in hashes])
        for hash in hashes:
            self.bij_einde(hash)
        return len(hashes)

    def of(self, persoon: str, nu: float) -> list[Sessie]:
        """Return the good sessions of a person, the one that was used last first."""
        eigen = [sessie for sessie in list(self._levend.values()) if sessie.persoon == persoon]
        return sorted((een for een in eigen if self.verloopt(een) > nu), key=lambda een: -een.gezien)


def waarmee(user_agent: str) -> str:
    """Return the browser and the system in words that its owner knows: "Firefox op Windows"."""
    # In this order: Edge and Chrome call themselves Safari too.
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systemen = {
        "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac": "Mac", "Linux": "Linux"
    }  # fmt: skip
    browser = next((naam for merk, naam in browsers.items() if merk in user_agent), "Een browser")
    systeem = next((naam for merk, naam in systemen.items() if merk in user_agent), "")
    return f"{browser} op {systeem}" if systeem else browser
