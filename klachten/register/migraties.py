"""The migrations of the database: the files of `schema/`, each applied once."""

from __future__ import annotations

from pathlib import Path

SCHEMA = Path(__file__).parent / "schema"


def migrations() -> list[tuple[int, str, str]]:
    """Number, name and text of each migration, in order."""
    return [(int(pad.name[:3]), pad.name, pad.read_text(encoding="utf-8")) for pad in sorted(SCHEMA.glob("[0-9]*.sql"))]
