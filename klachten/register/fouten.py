"""What the register refuses to do, each with a Dutch sentence for the user."""

from __future__ import annotations

from pathlib import Path


class RegisterFout(Exception):
    """Something about the register itself; the text is a Dutch sentence for the user."""


class RegisterBezet(RegisterFout):
    """Another process has the register open."""

    @classmethod
    def of(cls, map: Path) -> RegisterBezet:
        """The sentence for the second one."""
        return cls(
            f"Het register in {map} is al geopend door een ander programma of venster van klachten. "
            "Sluit dat eerst, of werk daarin verder."
        )


class RegisterBeschadigd(RegisterFout):
    """The journal lost or changed facts: the register does not start until a person has looked."""


class RegisterAlleenLezen(RegisterFout):
    """Nothing can be written now: disk full, or the database failed."""


class RegisterNieuwer(RegisterFout):
    """The database was made by a newer version of klachten."""
