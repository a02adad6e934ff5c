"""What a check says: how bad it is, in a sentence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

GOED, NVT, LET_OP, FOUT = "goed", "n.v.t.", "let op", "fout"
ERNST = (GOED, NVT, LET_OP, FOUT)
"""From good to bad; NVT is not set up here, or has no meaning here: it counts as good."""


@dataclass(frozen=True)
class Uitslag:
    """The outcome of one check; `doe` says what to do, empty when there is nothing to do."""

    ernst: str
    zin: str
    doe: str = ""


def goed(zin: str) -> Uitslag:
    """All is well."""
    return Uitslag(GOED, zin)


def nvt(zin: str, doe: str = "") -> Uitslag:
    """There is nothing to judge."""
    return Uitslag(NVT, zin, doe)


def let_op(zin: str, doe: str) -> Uitslag:
    """It works, but will not go on to, or not as it should."""
    return Uitslag(LET_OP, zin, doe)


def fout(zin: str, doe: str) -> Uitslag:
    """It does not work, or something is lost when something happens."""
    return Uitslag(FOUT, zin, doe)
