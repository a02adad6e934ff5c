"""A folder in which nothing can be written, by root neither: a thread can lay down the right to pass over modes."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VERSIE = 0x20080522
_DAC = (1 << 1) | (1 << 2)


class _Kop(ctypes.Structure):
    _fields_ = (("versie", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Deel(ctypes.Structure):
    _fields_ = (("effectief", ctypes.c_uint32), ("mag", ctypes.c_uint32), ("erft", ctypes.c_uint32))


@contextmanager
def alleen_lezen(map: Path) -> Iterator[Path]:
    """Let nobody write in a folder or in what is in it, as on a disk that is mounted for reading only."""
    alle = [map, *map.rglob("*")]
    modes = {pad: pad.stat().st_mode for pad in alle}
    for pad in alle:
        pad.chmod(modes[pad] & ~0o222)
    libc, kop, delen = ctypes.CDLL(None, use_errno=True), _Kop(_VERSIE, 0), (_Deel * 2)()
    assert libc.capget(ctypes.byref(kop), ctypes.byref(delen)) == 0
    eerder = delen[0].effectief
    try:
        delen[0].effectief &= ~_DAC
        assert libc.capset(ctypes.byref(kop), ctypes.byref(delen)) == 0
        assert not os.access(map, os.W_OK, effective_ids=True)
        yield map
    finally:
        delen[0].effectief = eerder
        assert libc.capset(ctypes.byref(kop), ctypes.byref(delen)) == 0
        for pad, mode in modes.items():
            pad.chmod(mode)
