"""When the last good copy was made and when that was last tried: `reservekopie/stand.json` in the register."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from klachten.reservekopie.plek import Kopie
from klachten.schijf import fsync_map, replace_file

MAP, BESTAND = "reservekopie", "stand.json"
OUD = timedelta(days=2)
"""A last good copy older than this is too old."""
VOLLEDIG = timedelta(days=7)
"""So often a copy is put back as a whole and checked in full."""


@dataclass(frozen=True)
class Stand:
    """How the back-up of a register is; moments are in UTC, None for never.

    `fout` is why the last attempt did not end in a good copy, empty when it did; `naar` is where the last good one is.
    `gemaakt_op` is when the last copy was made, be it a good one or one that lacks what the register lacks.
    """

    goed: Kopie | None = None
    naar: str = ""
    geprobeerd_op: datetime | None = None
    fout: str = ""
    volledig_op: datetime | None = None
    aantal: int = 0
    gemaakt_op: datetime | None = None

    @property
    def goed_op(self) -> datetime | None:
        """When the last good copy was made."""
        return self.goed.moment if self.goed else None

    @property
    def mislukt(self) -> bool:
        """Whether the last attempt made no copy at all."""
        return bool(self.fout) and self.geprobeerd_op != self.gemaakt_op

    def is_old(self, nu: datetime) -> bool:
        """Tell whether there is no good copy, or only one that is too old."""
        return self.goed_op is None or nu - self.goed_op > OUD

    def wants_full(self, nu: datetime) -> bool:
        """Tell whether the next copy is to be checked in full."""
        return self.volledig_op is None or nu - self.volledig_op >= VOLLEDIG


def of_register(map: Path) -> Stand:
    """Return how the back-up of the register in a folder is; one that was never made, or cannot be read, is none."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        velden: dict[str, Any] = json.loads((map / MAP / BESTAND).read_text(encoding="utf-8"))
        goed = velden.pop("goed")
        momenten = {naam: _moment(velden.pop(naam, None)) for naam in ("geprobeerd_op", "volledig_op", "gemaakt_op")}
        kopie = Kopie(**{**goed, "gebreken": tuple(goed["gebreken"])}) if goed else None
        return Stand(kopie, **velden, **momenten)
    return Stand()


def _moment(tekst: str | None) -> datetime | None:
    return datetime.fromisoformat(tekst).astimezone(UTC) if tekst else None


def keep(map: Path, stand: Stand) -> None:
    """Write down how it is, in the place of what was there."""
    (map / MAP).mkdir(mode=0o700, exist_ok=True)
    tekst = json.dumps(asdict(stand), ensure_ascii=False, indent=2, default=datetime.isoformat)
    replace_file(map / MAP / BESTAND, tekst.encode("utf-8"))
    fsync_map(map / MAP)


def keep_fault(map: Path, nu: datetime, zin: str) -> None:
    """Write down that an attempt did not end in a good copy, and why."""
    keep(map, replace(of_register(map), geprobeerd_op=nu, fout=zin))
