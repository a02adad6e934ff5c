"""Where the register lives: known to whoever opens it and to whoever only reads its snapshots."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def data_map() -> Path:
    """Return the folder of the register: what KLACHTEN_DATA names, else data/ of the project."""
    gekozen = os.environ.get("KLACHTEN_DATA", "").strip()
    return Path(gekozen).expanduser() if gekozen else PROJECT / "data"
