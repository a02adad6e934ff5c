"""The memory allocator of the process: jemalloc where this machine has it, else the one of the C library.

DuckDB plans every statement out of some ten thousand small pieces, which it takes and gives back by `malloc`. That of
glibc takes a sixth of all the processor time of a step more for it (docs/metingen-onderzoek.md). An allocator can only
be chosen when a process starts, so it starts once more.
"""

from __future__ import annotations

import contextlib
import os
import sys
import sysconfig
from collections.abc import MutableMapping
from pathlib import Path

NAAM = "libjemalloc.so.2"
"""As Debian, Fedora and Alpine install it: of the packages libjemalloc2 and jemalloc."""
VOORAF = "LD_PRELOAD"
ZONDER = "KLACHTEN_ZONDER_JEMALLOC"
"""Set to anything: the allocator of the C library, as on a machine without jemalloc."""
GEPROBEERD = "KLACHTEN_JEMALLOC_GEPROBEERD"
_MAPPEN = ("/usr/lib", "/usr/lib64", "/usr/local/lib")


def find(mappen: tuple[str, ...] = _MAPPEN) -> Path | None:
    """Return the library of this machine; None where it has none, or where nothing can be loaded before a program."""
    if sys.platform != "linux":
        return None
    # Where Debian keeps what is of one kind of processor.
    soort = str(sysconfig.get_config_var("MULTIARCH") or "")
    plekken = [Path(map, deel, NAAM) for map in mappen for deel in ((soort, "") if soort else ("",))]
    return next((plek for plek in plekken if plek.is_file()), None)


def choose(omgeving: MutableMapping[str, str]) -> bool:
    """Note in an environment which allocator a program is to start with; tell whether that is new there.

    Who names libraries of their own has chosen already.
    """
    if omgeving.get(VOORAF) or omgeving.get(ZONDER) or not (plek := find()):
        return False
    omgeving[VOORAF] = str(plek)
    return True


def start_anew() -> None:
    """Begin this program once more with the allocator that is chosen for it: the same process, the same arguments."""
    # A loader that may not do so takes the name away again: that it was tried is known by another one.
    if not sys.executable or os.environ.get(GEPROBEERD) or not choose(os.environ):
        return
    os.environ[GEPROBEERD] = "1"
    with contextlib.suppress(OSError):  # then it goes on as it is: it only saves time
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
