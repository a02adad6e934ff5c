"""What one look at a register sees, before anything is judged: files, read once and shared by the checks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from klachten import mapsoort
from klachten.gezond import pols
from klachten.gezond.slot import is_held
from klachten.mapsoort import Soort
from klachten.register.journaal import Journaal
from klachten.toegang import instellingen
from klachten.toegang.instellingen import Instellingen, OngeldigeInstelling

_EINDE = 1 << 16


@dataclass(frozen=True)
class Blik:
    """One look at the register in a folder at a moment (UTC)."""

    map: Path
    nu: datetime

    @cached_property
    def soort(self) -> Soort:
        """Which kind of register it is."""
        return mapsoort.find(self.map)

    @property
    def voorbeeld(self) -> bool:
        """Whether it is an example: nobody is hurt when it is lost."""
        return self.soort is Soort.VOORBEELD

    @cached_property
    def instellingen(self) -> Instellingen | OngeldigeInstelling:
        """The settings, or why they cannot be read."""
        try:
            return instellingen.of_register(self.map)
        except OngeldigeInstelling as fout:
            return fout

    @cached_property
    def pols(self) -> pols.Pols | None:
        """What the app said last."""
        return pols.read(self.map)

    @cached_property
    def bezet(self) -> bool | None:
        """Whether a process holds the lock of the register; None where this system does not tell."""
        return is_held(self.map)

    @property
    def draait(self) -> bool:
        """Whether the app runs and has this register."""
        return self.pols is not None and self.pols.is_beating(self.nu)

    @cached_property
    def laatste(self) -> tuple[int, datetime] | None:
        """Number and moment of the last fact that was recorded; None without any, or when it cannot be read."""
        journaal = Journaal(self.map / "journaal")
        for pad in reversed(journaal.bestanden() if journaal.map.is_dir() else []):
            if (feit := _last_line(pad)) is not None:
                return feit["nr"], datetime.fromisoformat(feit["vastgelegd_op"])
        return None

    @cached_property
    def grootte(self) -> int:
        """How many bytes the database takes."""
        return sum(pad.stat().st_size for pad in self.map.glob("klachten.duckdb*") if pad.is_file())


def _last_line(pad: Path) -> dict[str, Any] | None:
    """Return the last whole line of a file of the journal; one that is being written is passed over."""
    with pad.open("rb") as bestand:
        einde = bestand.seek(0, 2)
        bestand.seek(max(0, einde - _EINDE))
        stuk = bestand.read()
    for regel in reversed(stuk[: stuk.rfind(b"\n") + 1].splitlines()):
        try:
            gelezen = json.loads(regel)
            return gelezen if {"nr", "vastgelegd_op"} <= gelezen.keys() else None
        except ValueError:
            continue
    return None
