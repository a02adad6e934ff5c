"""Following the whole journal and every dossier of a register that is in use, in a process of its own when it is large.

Asked are the files alone: the database is open in the app. What is found is held against it there.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from klachten import apart
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Journaal, JournaalBeschadigd, Kop
from klachten.register.resten import Resten

IN_APP = 20_000
"""Up to so many facts the app does it itself (0.12 s); of more another process, which begins with 0.3 s."""


@dataclass(frozen=True)
class Nagelopen:
    """How far the chain is whole (`kop`), why no further (Dutch), and the dossiers with texts of later facts."""

    kop: Kop
    breuk: str
    verder: tuple[str, ...]


def look(map: Path, tot: int) -> Nagelopen:
    """Verify the chain of a data folder up to fact `tot`, and look in the dossiers for texts of facts after it."""
    try:
        kop, breuk = Journaal(map / "journaal").verify(tot=Kop(nr=tot)).kop, ""
    except JournaalBeschadigd as fout:
        kop, breuk = fout.heel, str(fout)
    return Nagelopen(kop, breuk, tuple(Resten(map, Dossiermap(map / "dossiers")).beyond(tot)))


def look_apart(map: Path, tot: int, stop: Callable[[], bool]) -> Nagelopen:
    """Do so without being in the way of who uses the app; `apart.Gestopt` when told to stop meanwhile."""
    if tot <= IN_APP:
        return look(map, tot)
    gezien = apart.run("klachten.register.nalopen", str(map), str(tot), stop=stop)
    return Nagelopen(Kop(**gezien["kop"]), gezien["breuk"], tuple(gezien["verder"]))


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was found as JSON."""
    ontleder = argparse.ArgumentParser()
    ontleder.add_argument("map", type=Path)
    ontleder.add_argument("tot", type=int)
    args = ontleder.parse_args(argv)
    return apart.answer(lambda: dataclasses.asdict(look(args.map, args.tot)))


if __name__ == "__main__":
    sys.exit(main())
