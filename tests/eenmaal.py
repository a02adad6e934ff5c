"""What takes long to make and is only copied: made once in a run of the tests, whichever worker needs it first."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

_plek: list[Path] = []


def begin(factory: pytest.TempPathFactory) -> None:
    """Remember the folder that the workers of this run share: the one in which each has its own."""
    eigen = factory.getbasetemp()
    _plek[:] = [eigen.parent if eigen.name.startswith("popen-") else eigen]


def made(naam: str, maak: Callable[[Path], object]) -> Path:
    """Return a folder that `maak` filled, in this worker or in another; nobody writes in it, so copy it."""
    map = _plek[0] / "eenmaal" / naam
    map.parent.mkdir(exist_ok=True)
    with filelock.FileLock(map.with_suffix(".lock"), timeout=300):
        if not map.exists():
            with tempfile.TemporaryDirectory(dir=map.parent) as wordt:
                maak(Path(wordt) / naam)
                (Path(wordt) / naam).rename(map)
    return map


def own(naam: str, maak: Callable[[Path], object]) -> Path:
    """Return a copy of such a folder for this worker, whose tests open it one after another and only read it."""
    return shutil.copytree(made(naam, maak), Path(tempfile.mkdtemp(dir=_plek[0])) / "register")
