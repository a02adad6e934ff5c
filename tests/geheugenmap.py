"""Where the tests keep their folders: in memory where there is room, as each write of a register waits for a disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

GEHEUGEN = Path("/dev/shm")
NODIG = 6 * 2**30
"""So many bytes must be free. What a test that passed leaves is removed at once (pytest.ini), or it were more."""
NAAM = "klachten-toets-"


def place(geheugen: Path = GEHEUGEN, nodig: int = NODIG) -> Path | None:
    """Return a folder in memory that is of this process, or None where there is no room; what a dead run left goes."""
    if not geheugen.is_dir() or not os.access(geheugen, os.W_OK):
        return None
    for eerder in geheugen.glob(f"{NAAM}*"):
        if not Path(f"/proc/{eerder.name.removeprefix(NAAM)}").exists():
            shutil.rmtree(eerder, ignore_errors=True)
    if shutil.disk_usage(geheugen).free < nodig:
        return None
    return geheugen / f"{NAAM}{os.getpid()}"
