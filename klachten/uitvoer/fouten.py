"""Why nothing was exported, or made of an export: a Dutch sentence for the user."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

import duckdb

from klachten.register.fouten import RegisterFout, first_line


class UitvoerFout(RegisterFout):
    """It was not done; what there was is as it was."""

    soort = "uitvoer_mislukt"


@contextlib.contextmanager
def when_disk_refuses(naar: Path, wat: str) -> Iterator[None]:
    """Say what to do when the disk refuses, or DuckDB has to stop; `wat` was to be made: De uitvoer, Het register."""
    try:
        yield
    except OSError as fout:
        vol = fout.errno in (errno.ENOSPC, errno.EDQUOT)
        raise UitvoerFout(_sentence(naar, wat, fout.strerror or str(fout), vol=vol)) from fout
    except duckdb.Error as fout:
        zin = first_line(fout)
        raise UitvoerFout(_sentence(naar, wat, zin, vol="No space left" in str(fout))) from fout


def _sentence(naar: Path, wat: str, fout: str, *, vol: bool) -> str:
    doe = "Maak ruimte op de schijf, of kies een map op een andere schijf." if vol else "Kies een andere map."
    return f"{wat} is niet gemaakt: schrijven naar {naar.parent} lukt niet ({fout.rstrip('.')}). {doe}"


def require_empty(naar: Path) -> None:
    """Refuse a place where something is: nothing is written over, and nothing gets mixed."""
    if naar.is_symlink() or (naar.exists() and not naar.is_dir()):
        raise UitvoerFout(f"{naar} bestaat al en is geen gewone map. Kies een map die nog niet bestaat.")
    if naar.is_dir() and any(naar.iterdir()):
        raise UitvoerFout(f"{naar} is niet leeg, en er wordt niets overschreven. Kies een map die nog niet bestaat.")
