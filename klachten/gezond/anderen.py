"""What other rooms know of a register, as far as it stands in files: one small function for each of them."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from klachten import datamap
from klachten.anker import regel as regels
from klachten.register.journaal import Journaal, JournaalBeschadigd

GROOT = 32 << 20
"""A journal up to so many bytes is verified at every look: half a second."""


def last_anchor(map: Path) -> datetime | None:
    """Return when the count and zegel were last put outside this machine; None for never, or when unreadable."""
    with contextlib.suppress(OSError):
        if regel := regels.last(regels.local_file(map)):
            return regel.op
    return None


def chain(map: Path) -> tuple[int, str] | None:
    """Verify the chain of the journal now: how many facts are whole, and what is wrong; None when it is too long."""
    journaal = Journaal(map / "journaal")
    if sum(pad.stat().st_size for pad in journaal.bestanden()) > GROOT:
        return None
    try:
        return journaal.verify().kop.nr, ""
    except JournaalBeschadigd as fout:
        return fout.kop.nr, str(fout)


def parts(map: Path) -> list[Path]:
    """Return the parts of a register that whoever runs it has to be able to write."""
    return [map, *(pad for pad in datamap.of_register(map) if pad.is_dir())]
