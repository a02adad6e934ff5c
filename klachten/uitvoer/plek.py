"""Where exports come that the app makes: beside the folder of the register, or in the folder that a setting names."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from klachten.schijf import fsync_map
from klachten.uitvoer import leesmij
from klachten.uitvoer.fouten import UitvoerFout

INSTELLING = "KLACHTEN_UITVOER"
_NAAM = re.compile(r"uitvoer-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}")


@dataclass(frozen=True)
class Uitgevoerd:
    """An export that stands in its place: its name, when it was made (UTC), for what, up to which fact, how large."""

    naam: str
    gemaakt_op: datetime
    reden: str
    tot: int
    bytes: int


def place(map: Path) -> Path:
    """Return the folder in which the app makes exports of a register: never inside it."""
    gezegd = os.environ.get(INSTELLING, "").strip()
    return Path(gezegd).expanduser() if gezegd else map.absolute().with_name(f"{map.absolute().name}-uitvoer")


def new(map: Path, nu: datetime) -> Path:
    """Return where an export that is made at a moment comes."""
    return place(map) / f"uitvoer-{nu:%Y-%m-%d-%H%M%S}"


def made(map: Path) -> list[Uitgevoerd]:
    """Return the exports that stand there, the newest first."""
    waar, uit = place(map), list[Uitgevoerd]()
    for pad in waar.iterdir() if waar.is_dir() else ():
        if _NAAM.fullmatch(pad.name):
            with suppress(OSError, ValueError, KeyError, TypeError):  # it is none, or half gone
                wat = json.loads((pad / leesmij.MANIFEST).read_text(encoding="utf-8"))
                omvang = sum(een["bytes"] for een in wat["bestanden"].values())
                op = datetime.fromisoformat(wat["gemaakt_op"])
                uit.append(Uitgevoerd(pad.name, op, wat["reden"], wat["aantal_feiten_tot"], omvang))
    return sorted(uit, key=lambda een: een.naam, reverse=True)


def remove(map: Path, naam: str) -> None:
    """Take an export away that stands there; UitvoerFout when that cannot be done."""
    pad = place(map) / naam
    if naam not in {een.naam for een in made(map)}:
        return
    try:
        shutil.rmtree(pad)
        fsync_map(pad.parent)
    except OSError as fout:
        raise UitvoerFout(f"{pad} kon niet helemaal worden weggehaald: {fout.strerror or fout}.") from fout
