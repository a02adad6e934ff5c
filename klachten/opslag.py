"""A place for files: a folder, a network share or storage elsewhere, all through fsspec.

A file is written under a name that does not count and renamed when it is whole. Who keeps something there says in a
class of its own what it is, and which error tells that the place cannot be reached.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from klachten.schijf import fsync_map, make_map

DEEL = ".deel"


class Opslag:
    """One place; its `fout` says that it cannot be reached, and why."""

    wat: ClassVar[str]
    """What is kept there, in the plural, as it stands in a sentence."""
    fout: ClassVar[type[Exception]]
    eigen: ClassVar[tuple[type[Exception], ...]]
    """Errors of who keeps it, which pass through as they are."""
    later = "Het wordt later opnieuw geprobeerd."
    mode: ClassVar[int] = 0o600
    """Who on this computer may read a file of a folder here, as far as the umask lets them: not even half of it."""

    def __init__(self, naar: str, opslag: Mapping[str, Any] | None = None) -> None:
        self.naar = naar
        import fsspec  # 80 ms, which the app need not wait for at its start

        with self._reaching():
            self._fs, self._map = fsspec.url_to_fs(naar, skip_instance_cache=True, **(opslag or {}))
            self.hier = "file" in _protocols(self._fs)
            self._prepare()

    def _prepare(self) -> None:
        # Not made here: a disk that is not there would become a folder on the one that is to be saved.
        if self.hier and not self._fs.isdir(self._map):
            raise self.fout(self._missing())
        if not self.hier:
            self._fs.makedirs(self._map, exist_ok=True)

    def _missing(self) -> str:
        return (
            f"De map {self.naar} voor {self.wat} bestaat niet, of is niet te bereiken. Kijk of de schijf of de "
            "netwerkmap is aangesloten; maak de map de eerste keer zelf."
        )

    @contextlib.contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except self.eigen:
            raise
        except ImportError as fout:
            raise self.fout(
                f"Voor {self.naar} ontbreekt een onderdeel van Python ({fout}). Zie docs/in-gebruik.md, Back-up."
            ) from fout
        except Exception as fout:  # every kind of storage has errors of its own
            waarom = getattr(fout, "strerror", None) or (str(fout).splitlines() or [""])[0] or type(fout).__name__
            raise self.fout(
                f"De plek voor {self.wat}, {self.naar}, is niet te bereiken of te beschrijven: {waarom}. {self.later}"
            ) from fout

    def _pad(self, naam: str) -> str:
        return f"{self._map.rstrip('/')}/{naam}"

    @contextlib.contextmanager
    def writing(self, naam: str) -> Iterator[BinaryIO]:
        """Give a file to write to, under a name that does not count; on the disk when this is left."""
        with self._reaching():
            if self.hier:
                pad = Path(self._pad(naam + DEEL))
                if "/" in naam:
                    make_map(pad.parent)
                pad.unlink(missing_ok=True)
                os.close(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self.mode))
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
        """Give a file that was written its own name, in the place of the one before."""
        with self._reaching():
            if self.hier:
                os.replace(self._pad(naam + DEEL), self._pad(naam))  # noqa: PTH105 - a name of fsspec
                fsync_map(Path(self._pad(naam)).parent)
            else:
                self._fs.mv(self._pad(naam + DEEL), self._pad(naam))

    def store(self, naam: str, inhoud: bytes) -> None:
        """Write a small file as a whole, in the place of the one before."""
        with self.writing(naam) as bestand:
            bestand.write(inhoud)
        self.accept(naam)

    def fetch(self, naam: str) -> bytes | None:
        """Return a small file; None when it is not there."""
        with self._reaching():
            try:
                return bytes(self._fs.cat_file(self._pad(naam)))
            except FileNotFoundError:
                return None

    def here(self) -> dict[str, int]:
        """Return what stands in this place itself, files and folders, by name, with how many bytes it has."""
        with self._reaching():
            self._fs.invalidate_cache()
            try:
                gevonden = self._fs.ls(self._map, detail=True)
            except FileNotFoundError:
                if self.hier:
                    raise
                return {}  # an object store knows no folders: one with nothing in it is not there
        return {str(een["name"]).rstrip("/").rsplit("/", 1)[-1]: int(een.get("size") or 0) for een in gevonden}

    def remove(self, naam: str, *, quiet: bool = False) -> None:
        """Delete a file; with `quiet` a place that refuses is not told of."""
        stil = contextlib.suppress(self.fout) if quiet else contextlib.nullcontext()
        with stil, self._reaching(), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(self._pad(naam))

    def size(self, naam: str) -> int:
        """Return how many bytes a file has."""
        with self._reaching():
            return int(self._fs.size(self._pad(naam)) or 0)


def _protocols(fs: Any) -> tuple[str, ...]:
    return (fs.protocol,) if isinstance(fs.protocol, str) else tuple(fs.protocol)


class _Reached:
    """A file there, of which every fault is a place that cannot be reached."""

    def __init__(self, bestand: Any, plek: Opslag) -> None:
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
