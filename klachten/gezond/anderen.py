"""What other rooms know of a register, as far as it stands in files: one small function for each of them."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from klachten import datamap
from klachten.anker import regel as regels
from klachten.anker.plaatsen import Plaatsen
from klachten.register import opzij
from klachten.register.journaal import Journaal, JournaalBeschadigd
from klachten.versleuteling import VersleutelingFout, load_keys

GROOT = 32 << 20
"""A journal up to so many bytes is verified at every look: half a second."""


def anchors(map: Path, plaatsen: Plaatsen) -> dict[str, datetime | str]:
    """Return of each place of the anchor when it was last put there; a sentence where that cannot be told.

    What the register itself has tells nothing of the places, but for the time stamps: those are kept there.
    """
    gezet: dict[str, datetime | str] = {}
    for pad in plaatsen.bestanden:
        try:
            regel = regels.last(pad)
            gezet[str(pad)] = regel.op if regel else f"In {pad} staat nog geen anker."
        except OSError as fout:
            gezet[str(pad)] = f"Het anker in {pad} is niet te lezen ({fout.strerror or fout})."
    if adres := plaatsen.tijdstempel:
        eigen: list[datetime] = []
        with contextlib.suppress(FileNotFoundError):
            eigen = [een.op for _, een in regels.lines(regels.local_file(map)) if een and een.stempel]
        gezet[adres] = eigen[-1] if eigen else f"Er is nog geen tijdstempel van {adres}."
    return gezet


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


def set_aside(map: Path) -> list[str] | None:
    """Return what cannot be erased in what was set aside; None when the journal is too long to look now."""
    if not opzij.anything(map):
        return []
    journaal = Journaal(map / "journaal")
    if sum(pad.stat().st_size for pad in journaal.bestanden()) > GROOT:
        return None
    with contextlib.suppress(VersleutelingFout):
        return opzij.remarks(map, load_keys(map), opzij.told(journaal))
    return opzij.remarks(map, None, opzij.told(journaal))
