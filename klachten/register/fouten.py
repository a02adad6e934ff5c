"""What the register refuses to do, each with a Dutch sentence for the user."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from klachten.versleuteling import VersleutelingFout


class RegisterFout(Exception):
    """Something about the register itself; the text is a Dutch sentence for the user."""

    @classmethod
    @contextlib.contextmanager
    def when_opening(cls, map: Path) -> Iterator[None]:
        """Say what to do when disk or database refuse at opening."""
        try:
            yield
        except VersleutelingFout as fout:
            raise cls(str(fout)) from fout
        except (duckdb.Error, OSError) as fout:
            raise cls(
                f"Het register in {map} kan niet worden geopend: {first_line(fout)}. Kijk of er ruimte is op de "
                "schijf en of u in de map mag schrijven. Wat is vastgelegd staat veilig in het journaal."
            ) from fout


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

    @classmethod
    @contextlib.contextmanager
    def when_disk_refuses(cls, map: Path) -> Iterator[None]:
        """Say what to do when the disk refuses before anything was confirmed."""
        try:
            yield
        except OSError as fout:
            raise cls(
                f"Er is niets vastgelegd: schrijven naar {map} lukt niet ({fout.strerror or fout}). "
                "Maak ruimte op de schijf en probeer het opnieuw."
            ) from fout


class RegisterNieuwer(RegisterFout):
    """The database was made by a newer version of klachten."""


def first_line(fout: Exception) -> str:
    """What an error says first; its kind when it says nothing."""
    return str(fout).splitlines()[0] if str(fout) else type(fout).__name__
