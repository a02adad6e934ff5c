"""How people sign in, as the organisation decided: who needs a second step, by what, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

STIL = 30 * 60.0
HOOGSTENS = 10 * 3600.0
WACHTWOORD, ELDERS = "wachtwoord", "elders"
"""By what somebody signs in: a password here, or an account of elsewhere (OpenID Connect)."""


@dataclass(frozen=True)
class Regels:
    """The rules of a moment; without a decision these.

    `tweede_stap` are the roles that may not do without a second step, `stil` and `hoogstens` the seconds after which a
    session ends: without use, and at all.
    """

    tweede_stap: frozenset[str] = frozenset({"beheerder", "directie"})
    stil: float = STIL
    hoogstens: float = HOOGSTENS
    wachtwoord: bool = True
    elders: bool = True

    def may(self, hoe: str) -> bool:
        """Tell whether people may sign in by this (WACHTWOORD or ELDERS)."""
        return self.wachtwoord if hoe == WACHTWOORD else self.elders
