"""The folders of the snapshots: a new name each time, the manifest last, then the pointer; the oldest go.

Nothing that somebody may have open is renamed or overwritten, so that it works on Windows too.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from datetime import datetime
from pathlib import Path

from klachten.analyse.momentopname import MANIFEST, WIJZER, complete
from klachten.schijf import fsync_map

BEWAARD = 3
"""How many snapshots stay: somebody may just be opening the one before the newest."""

_NAAM = re.compile(r"[0-9]{8}T[0-9]{6}Z-([0-9]{6})")


def new_folder(map: Path, nu: datetime) -> Path:
    """Make a folder that was never there: the number goes on when the clock is set back."""
    nr = max((_number(pad) for pad in map.iterdir()), default=0) + 1
    doel = map / f"{nu:%Y%m%dT%H%M%SZ}-{nr:06d}"
    doel.mkdir()
    return doel


def _number(pad: Path) -> int:
    gevonden = _NAAM.fullmatch(pad.name)
    return int(gevonden[1]) if gevonden else 0


def store(pad: Path, tekst: str) -> None:
    """Write a file that was not there, durably."""
    with pad.open("xb") as bestand:
        bestand.write(tekst.encode("utf-8"))
        bestand.flush()
        os.fsync(bestand.fileno())


def sync(pad: Path) -> None:
    """Make a file that DuckDB wrote durable."""
    with pad.open("r+b") as bestand:  # Windows only syncs what is open for writing
        os.fsync(bestand.fileno())


def point(map: Path, naam: str) -> None:
    """Let the pointer name the newest: every name is as long, so one write over the old one never leaves a mixture."""
    wijzer = map / WIJZER
    with wijzer.open("r+b" if wijzer.exists() else "xb", buffering=0) as bestand:
        bestand.write(f"{naam}\n".encode())
        bestand.truncate()
        os.fsync(bestand.fileno())
    fsync_map(map)


def sweep(map: Path, nieuwste: Path) -> tuple[str, ...]:
    """Remove what is old or half done; tell what somebody still has open (Windows), the next one tries it again."""
    houden = {nieuwste, *complete(map)[:BEWAARD]}
    meldingen = []
    for pad in sorted(map.iterdir()):
        if _number(pad) and pad not in houden and pad.is_dir():
            try:
                # First what makes it a snapshot: nobody starts reading one of which half is gone.
                (pad / MANIFEST).unlink(missing_ok=True)
                _remove(pad)
            except OSError as fout:
                meldingen.append(
                    f"De oude momentopname {pad.name} kon niet worden weggehaald ({fout.strerror or fout}); bij de "
                    "volgende momentopname wordt dat opnieuw geprobeerd."
                )
    return tuple(meldingen)


def _remove(pad: Path) -> None:
    try:
        shutil.rmtree(pad)
    except OSError:
        # A reader holds a file for milliseconds; once more before it is worth a word.
        time.sleep(0.05)
        shutil.rmtree(pad)
