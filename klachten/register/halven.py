"""Files of dossiers that were half written when the program was killed: a new form that never took its place.

One that was left while a register was opened can be read, whatever became of the file that it was for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from klachten.register.bundels import MAP
from klachten.register.dossiermap import OPEN
from klachten.register.tekstregel import key_of_line
from klachten.schijf import fsync_map
from klachten.versleuteling import sleutels

_DEEL = ".deel"
ZIN = "{} bleef over toen klachten werd afgebroken, met teksten of documenten die te lezen zijn. Verwijder dat bestand."


def clear(map: Path) -> None:
    """Remove all of them, durably; only for who has the register alone."""
    for deel in [*_files(map, f"**/*{_DEEL}"), *map.glob(f"concepten/*{_DEEL}"), *map.glob(f"postvak/*{_DEEL}")]:
        deel.unlink()
        fsync_map(deel.parent)


def readable(map: Path, *, grondig: bool = False) -> list[Path]:
    """Those in which something is not sealed: with `grondig` in the folder of every dossier too."""
    return sorted(pad for pad in _files(map, f"**/*{_DEEL}" if grondig else f"{MAP}/*{_DEEL}") if _can_be_read(pad))


def _files(map: Path, patroon: str) -> Iterator[Path]:
    mappen = itertools.chain([map / "dossiers"], sorted(map.glob("verlies-*/dossiers")))
    return (pad for waar in mappen for pad in waar.glob(patroon) if pad.is_file())


def _can_be_read(pad: Path) -> bool:
    try:
        inhoud = pad.read_bytes()
    except FileNotFoundError:  # it was being written, and is whole now
        return False
    if pad.parent.name == "documenten":
        return pad.parent.parent.name != OPEN and bool(inhoud) and not sleutels.is_sealed(inhoud)
    regels = (regel.partition(b"\t")[2] or regel for regel in inhoud.split(b"\n") if regel)
    # What ends halfway can end in a line that was sealed.
    return any(not key_of_line(regel) and b'"vak": "' not in regel for regel in regels)
