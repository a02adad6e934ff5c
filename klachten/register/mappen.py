"""Making a folder that is still there after a power cut."""

from __future__ import annotations

from pathlib import Path

from klachten.register.journaal import fsync_map


def make_map(pad: Path) -> None:
    """Make a folder, and those it is in, each with its name durable in the one above it."""
    ontbreekt = [deel for deel in (pad, *pad.parents) if not deel.exists()]
    pad.mkdir(parents=True, exist_ok=True)
    for deel in reversed(ontbreekt):
        fsync_map(deel.parent)
