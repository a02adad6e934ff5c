"""Who else on this machine can read the folder of a register: nobody, on a system with modes; else it is said.

Windows has no such modes: there the folder inherits who may read it, and docs/beveiliging.md says what icacls does.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from klachten import datamap
from klachten.taal import aantal

MODES = os.name == "posix"
_ANDEREN = stat.S_IRWXG | stat.S_IRWXO
_GEDEELD = stat.S_ISVTX
"""A folder in which everybody may make something, as /tmp: it is nobody's to close."""


def close_to_others() -> None:
    """Let everything this process makes from now on be readable by its own user alone."""
    if MODES:
        os.umask(0o077)


def too_open(map: Path) -> list[Path]:
    """Return what of a register others on this machine may read, write or pass through by its mode, the folder first.

    All of it is looked at, also what lies behind a folder that is closed: a folder can be moved.
    """
    if not MODES:
        return []
    delen = [map, *datamap.of_register(map)]
    open_ = [pad for pad in delen if _mode(pad) & _ANDEREN]
    return open_ + [Path(pad) for deel in delen[1:] if deel.is_dir() for pad in _open_below(str(deel))]


def reachable(map: Path) -> list[Path]:
    """Return through what others reach a register now, and what is secret and open wherever it lies; no full look."""
    geheim = (map / "toegang", map / "toegang" / "sleutel", map / "toegang" / "toegang.sqlite")
    return [pad for pad in (*_doors(map), *geheim) if _mode(pad) & _ANDEREN] if MODES else []


def in_sight(map: Path) -> bool:
    """Tell whether others on this machine can reach anything of a register: its own folder decides, where it is one.

    A part that lies elsewhere, behind a link, is not closed by it.
    """
    return MODES and any(_mode(pad) & _ANDEREN for pad in _doors(map))


def mend(map: Path) -> list[str]:
    """Close a register to the other users of this machine; return in Dutch what had to be closed, or could not be.

    What could be reached is told; what lay behind a closed folder is closed without a word. Looking takes a moment
    however large the register is: all of it is gone through only when something is open.
    """
    if not MODES or not any(_mode(pad) & _ANDEREN for pad in _near(map)):
        return []
    zichtbaar, gesloten, weigert = in_sight(map), 0, list[Path]()
    for pad in too_open(map):
        try:
            wat = pad.stat()
            if wat.st_mode & _GEDEELD or os.geteuid() not in (0, wat.st_uid):
                weigert.append(pad)
                continue
            pad.chmod(stat.S_IMODE(wat.st_mode) & ~_ANDEREN)
            gesloten += 1
        except FileNotFoundError:
            continue  # it was on its way out, as the note of what is being written
        except OSError:
            weigert.append(pad)
    zinnen = []
    if zichtbaar and gesloten:
        zinnen.append(
            f"De map {map} was te lezen door andere gebruikers van deze computer. Dat is hersteld: "
            f"{aantal(gesloten, 'map of bestand is', 'mappen en bestanden zijn')} nu alleen nog van de "
            "gebruiker waaronder klachten draait. Of iemand erin heeft gekeken, is niet te zien."
        )
    if weigert and in_sight(map):
        zinnen.append(refused(map, weigert))
    return zinnen


def refused(map: Path, paden: list[Path]) -> str:
    """The sentence for what is open and cannot be closed from here."""
    verder = f" en nog {len(paden) - 1}" if len(paden) > 1 else ""
    return (
        f"Andere gebruikers van deze computer kunnen bij het register in {map}, en klachten mag dat niet veranderen "
        f"({paden[0]}{verder}). Laat een beheerder van de computer de map van de gebruiker maken waaronder klachten "
        f"draait en haar sluiten: chmod -R go= {map}"
    )


def _mode(pad: Path) -> int:
    try:
        return stat.S_IMODE(pad.stat().st_mode)
    except OSError:  # gone meanwhile, or out of our reach too
        return 0


def _doors(map: Path) -> Iterator[Path]:
    """The folder, and each part of the register that a link puts outside it."""
    yield map
    yield from (pad for pad in datamap.of_register(map) if pad.is_symlink())


def _near(map: Path) -> Iterator[Path]:
    """The folder and what is directly in it and in its parts; of the dossiers only that folder, as they are many."""
    yield map
    for pad in datamap.of_register(map):
        yield pad
        if pad.is_dir() and pad.name != "dossiers":
            yield from pad.iterdir()


def _open_below(map: str) -> Iterator[str]:
    """What in a folder has a mode that lets others in; of a large register making a Path of each takes most of it."""
    with suppress(OSError), os.scandir(map) as hier:  # gone meanwhile, or out of our reach too
        for deel in hier:
            if deel.is_symlink():
                continue
            with suppress(OSError):
                if deel.stat().st_mode & _ANDEREN:
                    yield deel.path
            if deel.is_dir():
                yield from _open_below(deel.path)
