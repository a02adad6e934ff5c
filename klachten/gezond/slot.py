"""Whether somebody holds the lock of a register, without taking it: who takes it for a moment stops who comes then."""

from __future__ import annotations

from pathlib import Path

from klachten.datamap import LOCK

SLOTEN = Path("/proc/locks")


def is_held(map: Path) -> bool | None:
    """Tell whether a process holds the lock; None where the system does not tell (only Linux does)."""
    try:
        inode = (map / LOCK).stat().st_ino
        # As in: "1: FLOCK  ADVISORY  WRITE 1234 fd:01:5678 0 EOF"; who waits for it has "->" in front.
        regels = [regel.split() for regel in SLOTEN.read_text(encoding="ascii").splitlines()]
    except FileNotFoundError:
        return False if SLOTEN.exists() else None
    return any(len(deel) > 5 and deel[1] == "FLOCK" and deel[5].rpartition(":")[2] == str(inode) for deel in regels)
