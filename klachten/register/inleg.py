"""What one group of facts brings into the dossiers."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from klachten.register.journaal import truncate
from klachten.register.tekstregel import Tekst


@dataclass
class Inleg:
    """What one group of facts brings into the dossiers, and how to take it out again.

    `lengtes` are files as long as they were before, `nieuw` the files and folders that were not there.
    """

    teksten: dict[str, list[Tekst]] = field(default_factory=dict)
    documenten: dict[tuple[str, str], bytes] = field(default_factory=dict)
    lengtes: dict[str | Path, int] = field(default_factory=dict)
    nieuw: list[str | Path] = field(default_factory=list)

    def undo(self) -> None:
        """Take out what was put in: the facts it belongs to were not confirmed."""
        for pad, lengte in ((Path(pad), lengte) for pad, lengte in self.lengtes.items()):
            with contextlib.suppress(OSError):
                truncate(pad, lengte) if lengte else pad.unlink(missing_ok=True)
        for pad in map(Path, reversed(self.nieuw)):
            with contextlib.suppress(OSError):
                pad.rmdir() if pad.is_dir() else pad.unlink(missing_ok=True)
