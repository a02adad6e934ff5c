"""The pulse of the app: a small file in the folder of the register, by which others see that it runs, and how.

Who holds the register writes it every half minute, over the old one: on Windows a file that somebody reads cannot be
renamed. Whoever reads half of it reads it again.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from klachten.datamap import POLS

SLAG = 30.0
"""Seconds between two beats."""
STIL = timedelta(minutes=3)
"""So long without a beat, and the app does not run, or hangs."""
STAP = 120.0
"""A clock that goes so many seconds further or less far than time itself was set."""
_BREED = 1024


@dataclass(frozen=True)
class Pols:
    """What the app said last; moments are ISO in UTC.

    `schema` is that of the database, `klokstap` by how many seconds the clock of the machine was set while the app ran,
    and `klokstap_op` when that was seen. `gestopt`: it was stopped as it should be.
    """

    moment: str
    begonnen: str
    versie: str
    schema: int
    klokstap: int = 0
    klokstap_op: str = ""
    gestopt: bool = False

    @property
    def op(self) -> datetime:
        """The moment of the beat."""
        return datetime.fromisoformat(self.moment)

    def is_beating(self, nu: datetime) -> bool:
        """Tell whether the app runs by this; a clock that was set back since is told of elsewhere."""
        return not self.gestopt and abs(nu - self.op) < STIL


def write(map: Path, pols: Pols) -> None:
    """Write the pulse; OSError when the disk refuses."""
    inhoud = json.dumps(asdict(pols)).ljust(_BREED - 1).encode("utf-8") + b"\n"
    pad = map / POLS
    with pad.open("r+b" if pad.exists() else "xb", buffering=0) as bestand:
        bestand.write(inhoud)
        bestand.truncate()


def read(map: Path) -> Pols | None:
    """Return what the app said last; None when it never ran here, or what stands there cannot be read."""
    for _ in range(3):
        try:
            velden = json.loads((map / POLS).read_text(encoding="utf-8"))
            pols = Pols(**velden)
            # A moment without a zone, or none at all, is nothing that the app wrote.
            momenten = [pols.moment, pols.begonnen, *([pols.klokstap_op] if pols.klokstap else [])]
            return pols if all(datetime.fromisoformat(op).tzinfo for op in momenten) else None
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            time.sleep(0.02)  # it is being written
    return None


def stop(map: Path, nu: datetime) -> None:
    """Say that the app was stopped as it should be."""
    if pols := read(map):
        write(map, replace(pols, moment=nu.isoformat(), gestopt=True))


class Klokwacht:
    """Sees whether the clock of the machine is set, by comparing it with one that only goes forward."""

    def __init__(self) -> None:
        self._verschil: float | None = None
        self.stap, self.op = 0, ""

    def note(self, klok: float, gelijkmatig: float, moment: str) -> bool:
        """Compare; tell whether the clock was set since the last time. Both are in seconds."""
        verschil, vorig = klok - gelijkmatig, self._verschil
        self._verschil = verschil
        if vorig is None or abs(verschil - vorig) < STAP:
            return False
        self.stap, self.op = round(verschil - vorig), moment
        return True


def steady() -> float:
    """Return seconds that nobody sets; while the machine sleeps they go on where the system can tell."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
