"""Files and folders that are there, whole, after a power cut."""

from __future__ import annotations

import os
from pathlib import Path

_NIEUW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def fsync_map(pad: Path) -> None:
    """Make a new name in a folder durable, where the operating system knows how."""
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals names by itself
        return
    fd = os.open(pad, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_map(pad: Path) -> None:
    """Make a folder, and those it is in, each with its name durable in the one above it."""
    ontbreekt = [deel for deel in (pad, *pad.parents) if not deel.exists()]
    pad.mkdir(parents=True, exist_ok=True)
    for deel in reversed(ontbreekt):
        fsync_map(deel.parent)


def replace_file(pad: Path, inhoud: bytes, *, mode: int | None = None) -> None:
    """Give a file this content, durably and whole or not at all; its new name is the caller's to make durable.

    `mode` says who may read it, from before anything is in it (on POSIX).
    """
    deel = pad.with_name(f"{pad.name}.deel")
    deel.unlink(missing_ok=True)
    with os.fdopen(os.open(deel, _NIEUW, 0o666 if mode is None else mode), "wb") as bestand:
        if mode is not None:
            deel.chmod(mode)  # whatever the umask takes away
        bestand.write(inhoud)
        bestand.flush()
        os.fsync(bestand.fileno())
    deel.replace(pad)
