"""What the register refuses to do, each with a Dutch sentence for the user."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from klachten.gebeurtenissen import OnbekendFeit
from klachten.versleuteling import VersleutelingFout


class RegisterFout(Exception):
    """Something about the register itself; the text is a Dutch sentence for the user."""

    soort = "register_dicht"

    @classmethod
    @contextlib.contextmanager
    def when_opening(cls, map: Path) -> Iterator[None]:
        """Say what to do when disk or database refuse at opening."""
        try:
            yield
        except VersleutelingFout as fout:
            raise cls(str(fout)) from fout
        except (duckdb.Error, OSError) as fout:
            raise cls.at_opening(map, fout) from fout

    @classmethod
    def at_opening(cls, map: Path, fout: Exception) -> RegisterFout:
        """The sentence about a register that does not open."""
        return cls(
            f"Het register in {map} kan niet worden geopend: {first_line(fout)}. Kijk of er ruimte is op de schijf en "
            "of u in de map mag schrijven. Wat is vastgelegd staat veilig in het journaal."
        )


class RegisterBezet(RegisterFout):
    """Another process has the register open."""

    soort = "register_bezet"

    @classmethod
    def of(cls, map: Path) -> RegisterBezet:
        """The sentence for the second one."""
        return cls(
            f"Het register in {map} is al geopend door een ander programma of venster van klachten. "
            "Sluit dat eerst, of werk daarin verder."
        )

    @classmethod
    def elsewhere(cls, database: Path) -> RegisterBezet:
        """The sentence when it is another program that has the database."""
        return cls(
            f"De database {database} is geopend door een ander programma, bijvoorbeeld DuckDB zelf. Sluit dat eerst."
        )


class RegisterBeschadigd(RegisterFout):
    """The journal lost or changed facts: the register does not start until a person has looked."""

    soort = "register_beschadigd"


class RegisterAlleenLezen(RegisterFout):
    """Nothing can be written now: disk full, or the database failed."""

    soort = "alleen_lezen"

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
    """The database was made, or a fact recorded, by a newer version of klachten."""

    soort = "register_nieuwer"

    @classmethod
    @contextlib.contextmanager
    def when_reading(cls, nr: int, klachtnummer: str) -> Iterator[None]:
        """Say what to do when a fact is not one of this version."""
        try:
            yield
        except OnbekendFeit as fout:
            raise cls(
                f"Feit {nr} van {klachtnummer} is vastgelegd met een nieuwere versie van klachten, en kan hier niet "
                f"worden gelezen. {fout} Werk klachten bij en start opnieuw."
            ) from fout

    @classmethod
    def of(cls, map: Path, schema: int, bekend: int) -> RegisterNieuwer:
        """The sentence for a register with this schema, where the program knows none after `bekend`."""
        return cls(
            f"Het register in {map} is gemaakt met een nieuwere versie van klachten (schema {schema}, deze versie kent "
            f"{bekend}). Werk klachten bij en start opnieuw."
        )


def first_line(fout: Exception) -> str:
    """What an error says first; its kind when it says nothing."""
    return str(fout).splitlines()[0] if str(fout) else type(fout).__name__
