"""The place for copies: a folder, a network share or storage elsewhere, all through fsspec.

A file is written under a name that does not count and renamed when it is whole. A copy counts when the note beside it
is there, which is written after it was read back: half an upload has none.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from klachten.reservekopie.fouten import Onbereikbaar, ReservekopieFout
from klachten.schijf import fsync_map

DEEL = ".deel"
_NAAM = re.compile(r"klachten-([0-9a-f]{8})-[0-9]{8}T[0-9]{6}Z-[0-9]+\.tar\.gz(\.age)?")


@dataclass(frozen=True)
class Kopie:
    """The note beside a copy: which file, how large, its hash, and of which fact of which register it is.

    `gebreken` is what was already wrong in the register when it was made; `volledig` whether all of it was checked.
    """

    naam: str
    bytes: int
    sha256: str
    nr: int
    zegel: str
    register: str
    gemaakt_op: str
    soort: str
    versleuteld: bool
    volledig: bool = False
    gebreken: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime:
        """When it was made, in UTC."""
        return datetime.fromisoformat(self.gemaakt_op)

    @property
    def goed(self) -> bool:
        """Whether everything of the register was in it and can be put back."""
        return not self.gebreken


def name_of(register: str, nu: datetime, nr: int, *, versleuteld: bool) -> str:
    """Return what a copy of a register, known by the zegel of its first fact, is called."""
    return f"klachten-{register[:8]}-{nu:%Y%m%dT%H%M%SZ}-{nr}.tar.gz{'.age' if versleuteld else ''}"


class Plek:
    """One place, `naar` in the settings; Onbereikbaar says that it cannot be reached, and why."""

    def __init__(self, naar: str, opslag: Mapping[str, Any] | None = None) -> None:
        self.naar = naar
        import fsspec  # 80 ms, which the app need not wait for at its start

        with self._reaching():
            self._fs, self._map = fsspec.url_to_fs(naar, skip_instance_cache=True, **(opslag or {}))
            self.hier = "file" in _protocols(self._fs)
            # Not made here: a disk that is not there would become a folder on the one that is to be saved.
            if self.hier and not self._fs.isdir(self._map):
                raise Onbereikbaar(
                    f"De map {naar} voor reservekopieën bestaat niet, of is niet te bereiken. Kijk of de schijf of de "
                    "netwerkmap is aangesloten; maak de map de eerste keer zelf."
                )
            if not self.hier:
                self._fs.makedirs(self._map, exist_ok=True)

    @contextlib.contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except ReservekopieFout:
            raise
        except ImportError as fout:
            raise Onbereikbaar(
                f"Voor {self.naar} ontbreekt een onderdeel van Python ({fout}). Zie docs/in-gebruik.md, Back-up."
            ) from fout
        except Exception as fout:  # every kind of storage has errors of its own
            waarom = getattr(fout, "strerror", None) or (str(fout).splitlines() or [""])[0] or type(fout).__name__
            raise Onbereikbaar(
                f"De plek voor reservekopieën, {self.naar}, is niet te bereiken of te beschrijven: {waarom}. Het wordt "
                "later opnieuw geprobeerd."
            ) from fout

    def _pad(self, naam: str) -> str:
        return f"{self._map.rstrip('/')}/{naam}"

    @contextlib.contextmanager
    def writing(self, naam: str) -> Iterator[BinaryIO]:
        """Give a file to write a copy to, under a name that does not count; on the disk when this is left."""
        with self._reaching():
            if self.hier:  # there is personal data in it: nobody else on this computer reads it, not even half
                Path(self._pad(naam + DEEL)).unlink(missing_ok=True)
                os.close(os.open(self._pad(naam + DEEL), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            bestand = self._fs.open(self._pad(naam + DEEL), "wb")
        try:
            yield _Reached(bestand, self)  # type: ignore[misc]
        except BaseException:
            with contextlib.suppress(Exception):
                bestand.close()
            self.remove(naam + DEEL, quiet=True)
            raise
        with self._reaching():
            if self.hier:
                bestand.flush()
                os.fsync(bestand.fileno())
            bestand.close()

    @contextlib.contextmanager
    def reading(self, naam: str) -> Iterator[BinaryIO]:
        """Give a file to read from."""
        with self._reaching():
            bestand = self._fs.open(self._pad(naam), "rb")
        with contextlib.closing(bestand):
            yield _Reached(bestand, self)  # type: ignore[misc]

    def accept(self, naam: str) -> None:
        """Give a copy that was read back its own name."""
        with self._reaching():
            self._fs.mv(self._pad(naam + DEEL), self._pad(naam))
            self._settle()

    def store(self, naam: str, inhoud: bytes) -> None:
        """Write a small file as a whole, in the place of the one before."""
        with self.writing(naam) as bestand:
            bestand.write(inhoud)
        with self._reaching():
            if self.hier:
                os.replace(self._pad(naam + DEEL), self._pad(naam))  # noqa: PTH105 - a name of fsspec
            else:
                self._fs.mv(self._pad(naam + DEEL), self._pad(naam))
            self._settle()

    def _settle(self) -> None:
        if self.hier:
            fsync_map(Path(self._map))

    def fetch(self, naam: str) -> bytes | None:
        """Return a small file; None when it is not there."""
        with self._reaching():
            try:
                return bytes(self._fs.cat_file(self._pad(naam)))
            except FileNotFoundError:
                return None

    def remove(self, naam: str, *, quiet: bool = False) -> None:
        """Delete a file; with `quiet` a place that refuses is not told of."""
        stil = contextlib.suppress(Onbereikbaar) if quiet else contextlib.nullcontext()
        with stil, self._reaching(), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(self._pad(naam))

    def size(self, naam: str) -> int:
        """Return how many bytes a file has."""
        with self._reaching():
            return int(self._fs.size(self._pad(naam)) or 0)

    def sizes(self) -> dict[str, int]:
        """Return the files of this place that are called as ours are, with how many bytes they have."""
        with self._reaching():
            self._fs.invalidate_cache()
            gevonden = self._fs.ls(self._map, detail=True)
        namen = {str(een["name"]).rsplit("/", 1)[-1]: int(een.get("size") or 0) for een in gevonden}
        return {naam: lengte for naam, lengte in namen.items() if naam.startswith("klachten-")}

    def note(self, kopie: Kopie) -> None:
        """Let a copy count from now on."""
        self.store(f"{kopie.naam}.json", (json.dumps(asdict(kopie), ensure_ascii=False, indent=2) + "\n").encode())

    def note_of(self, naam: str) -> Kopie | None:
        """Return the note beside a file; None when it is not there, or is no note."""
        return _read(self.fetch(f"{naam}.json"))

    def copies(self, register: str) -> list[Kopie]:
        """Return the copies of a register that count, the newest first: they are whole, and their note is there."""
        lengtes = self.sizes()
        uit = []
        for naam, lengte in lengtes.items():
            if (gevonden := _NAAM.fullmatch(naam)) is None or gevonden[1] != register[:8]:
                continue
            kopie = self.note_of(naam) if f"{naam}.json" in lengtes else None
            if kopie is not None and (kopie.naam, kopie.bytes, kopie.register) == (naam, lengte, register):
                uit.append(kopie)
        return sorted(uit, key=lambda kopie: kopie.gemaakt_op, reverse=True)

    def leftovers(self, register: str) -> list[str]:
        """Return what was left of copies of a register that were never finished."""
        gevonden = ((naam, _NAAM.fullmatch(naam.removesuffix(DEEL))) for naam in self.sizes() if naam.endswith(DEEL))
        return [naam for naam, hoe in gevonden if hoe is not None and hoe[1] == register[:8]]


def _protocols(fs: Any) -> tuple[str, ...]:
    return (fs.protocol,) if isinstance(fs.protocol, str) else tuple(fs.protocol)


def _read(inhoud: bytes | None) -> Kopie | None:
    """The note beside a copy; None for one that cannot be read, which then does not count."""
    try:
        velden = json.loads(inhoud or b"")
        kopie = Kopie(**{**velden, "gebreken": tuple(velden.get("gebreken", ()))})
        return kopie if kopie.moment.tzinfo and isinstance(kopie.bytes, int) else None
    except (ValueError, TypeError, AttributeError):
        return None


class _Reached:
    """A file there, of which every fault is a place that cannot be reached."""

    def __init__(self, bestand: Any, plek: Plek) -> None:
        self._bestand, self._plek = bestand, plek

    def write(self, inhoud: bytes) -> int:
        with self._plek._reaching():
            self._bestand.write(inhoud)
        return len(inhoud)

    def read(self, aantal: int = -1) -> bytes:
        with self._plek._reaching():
            return bytes(self._bestand.read(aantal))

    def seek(self, plek: int) -> int:
        with self._plek._reaching():
            return int(self._bestand.seek(plek))

    def flush(self) -> None:
        """It goes to the disk when it is whole."""
