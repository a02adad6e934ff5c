"""What is checked: the folder of a register that nobody else uses meanwhile, and its database as it is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import filelock

from klachten.datamap import LOCK
from klachten.register import kopie
from klachten.register.database import Connection
from klachten.register.fouten import RegisterBezet, RegisterFout, first_line
from klachten.register.teksten import is_sealed, read_sealed
from klachten.versleuteling import Sleutels


@contextlib.contextmanager
def alone(map: Path) -> Iterator[str]:
    """Keep others out meanwhile; yields why that cannot be, of a folder in which nothing can be written."""
    if not map.is_dir():
        yield ""
        return
    lock = filelock.FileLock(map / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise RegisterBezet.of(map) from None
    except OSError as fout:
        if not kopie.is_read_only(map, fout):
            raise RegisterFout.at_opening(map, fout) from fout
        yield (
            f"In {map} kan niet worden geschreven ({fout.strerror or fout}). Er is gecontroleerd wat er nu staat; de "
            "app opent deze map alleen om te lezen."
        )
        return
    try:
        yield ""
    finally:
        lock.release()


@contextlib.contextmanager
def read_only(pad: Path, sleutels: Sleutels | None) -> Iterator[tuple[Connection | None, str]]:
    """Open the database as it is; without one yields why, "" when there is none."""
    if not pad.exists():
        yield None, ""
        return
    try:
        con = duckdb.connect(str(pad), read_only=True)
        if sleutels is not None and is_sealed(con):
            con.close()
            con = read_sealed(pad, sleutels)
    except duckdb.Error as fout:
        if "Could not set lock" in str(fout):
            raise RegisterBezet.elsewhere(pad) from fout
        yield None, first_line(fout)
        return
    with contextlib.closing(con):
        yield con, ""
