"""Passwords: kept so that nobody can read them back, and refused when they are easy to guess."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from collections.abc import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

KORTST, LANGST = 12, 256
# Words that people here think of first; the lists of zxcvbn are English.
_VOOR_DE_HAND = (
    "wachtwoord",
    "welkom",
    "klacht",
    "klachten",
    "register",
    "geheim",
    "zomer",
    "winter",
    "herfst",
    "lente",
)
# zxcvbn's best of five: out of reach even for somebody who has stolen the hashes.
_RAADPOGINGEN = 10**10
# It takes a time that grows with the square of the length; what is longer is strong by then.
_BEOORDEELD = 72


class TeDruk(Exception):
    """So many people are signing in at this moment that this one has to try again."""

    soort = "aanmelden_druk"


class Wachtwoorden:
    """Make and check argon2id hashes, a few at a time.

    A hash takes 64 MiB and a good tenth of a second: fifty people who sign in at once would otherwise take the memory
    and the processor of the whole app. `plaatsen` are computed at once, `wachtenden` wait; the next gets TeDruk.
    """

    def __init__(
        self, *, time_cost: int = 3, memory_cost: int = 65_536, plaatsen: int = 2, wachtenden: int = 8
    ) -> None:
        self._maker = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=1)
        self._plaatsen = threading.BoundedSemaphore(plaatsen)
        self._rij = threading.BoundedSemaphore(plaatsen + wachtenden)
        self._niemand = self._maker.hash(secrets.token_hex())

    def hash(self, wachtwoord: str) -> str:
        """Return what is kept of a password. Blocks; TeDruk when too many wait."""
        with self._beurt():
            return self._maker.hash(_vorm(wachtwoord))

    def klopt(self, bewaard: str | None, wachtwoord: str) -> bool:
        """Tell whether this is the password; without a kept one it takes as long, and is False.

        Blocks; TeDruk when too many wait.
        """
        with self._beurt():
            try:
                goed = self._maker.verify(bewaard or self._niemand, _vorm(wachtwoord))
            except (VerificationError, InvalidHashError):
                return False
            return goed and bool(bewaard)

    def verouderd(self, bewaard: str) -> bool:
        """Tell whether it was kept with other costs than those of today."""
        return self._maker.check_needs_rehash(bewaard)

    def _beurt(self) -> _Beurt:
        return _Beurt(self._rij, self._plaatsen)


class _Beurt:
    def __init__(self, rij: threading.BoundedSemaphore, plaatsen: threading.BoundedSemaphore) -> None:
        self._rij, self._plaatsen = rij, plaatsen

    def __enter__(self) -> None:
        if not self._rij.acquire(blocking=False):
            raise TeDruk("Er melden zich nu veel mensen tegelijk aan. Probeer het over een paar seconden opnieuw.")
        self._plaatsen.acquire()

    def __exit__(self, *_: object) -> None:
        self._plaatsen.release()
        self._rij.release()


def te_zwak(wachtwoord: str, eigen: Sequence[str] = ()) -> str | None:
    """Return the sentence that says why this may not be a password, or None.

    `eigen` are words that somebody who knows the person tries first: names, the sign-in name, the organisation. There
    is no rule about digits or capitals: those make people write it down and not harder to guess.
    """
    wachtwoord = _vorm(wachtwoord)
    if len(wachtwoord) < KORTST:
        return f"Een wachtwoord heeft ten minste {KORTST} tekens. Een paar losse woorden achter elkaar mag ook."
    if len(wachtwoord) > LANGST:
        return f"Een wachtwoord heeft hoogstens {LANGST} tekens."
    # A sixth of a second to import, and only here.
    from zxcvbn import zxcvbn

    woorden = {"".join(woord.split()) for woord in (*eigen, "".join(eigen))}
    woorden |= {deel for woord in eigen for deel in re.split(r"[\s@.]+", woord)}
    oordeel = zxcvbn(wachtwoord[:_BEOORDEELD], user_inputs=[*_VOOR_DE_HAND, *sorted(woorden - {""})])
    if oordeel["guesses"] >= _RAADPOGINGEN:
        return None
    return (
        "Dit wachtwoord is makkelijk te raden: het is bekend, herhaalt zich, of lijkt op een naam. "
        "Neem bijvoorbeeld vier woorden die niets met elkaar te maken hebben."
    )


def _vorm(wachtwoord: str) -> str:
    # One keyboard sends é as one sign, another as e and an accent.
    return unicodedata.normalize("NFC", wachtwoord)
