"""The seal file: `zegel.json` beside the journal says how far the register was, when both others are gone or changed.

It is not written with every fact but about once a minute and at closing, so it may lag behind; `gesloten` tells that it
did not, when the register was closed in an orderly way.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from klachten.datamap import ZEGEL
from klachten.register.database import Database
from klachten.register.journaal import Kop, encode
from klachten.schijf import replace_file


@dataclass(frozen=True)
class Zegelstand:
    """The head of the chain at a moment (UTC), and the last volgnummers by reeks and year: K2026 -> 57.

    `gezien` is the highest fact number of which anything was ever found, also when the journal has lost it since.
    """

    kop: Kop
    op: str
    gesloten: bool = False
    gezien: int = 0
    nummers: Mapping[str, int] = field(default_factory=dict)


def read(map: Path) -> Zegelstand | None:
    """What the file says; None when there is none, or it is not what was written."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        inhoud = json.loads((map / ZEGEL).read_text(encoding="utf-8"))
        if inhoud.pop("controle") == _digest(inhoud):
            return Zegelstand(**{**inhoud, "kop": Kop(**inhoud["kop"])})
    return None


def write(map: Path, stand: Zegelstand) -> None:
    """Write it, whole or not at all; OSError when the disk refuses."""
    inhoud = asdict(stand)
    tekst = json.dumps({**inhoud, "controle": _digest(inhoud)}, ensure_ascii=False)
    replace_file(map / ZEGEL, tekst.encode("utf-8"))


def keep(map: Path, kop: Kop, nummers: Mapping[str, int], nu: datetime, *, gesloten: bool = False) -> None:
    """Write down how far the register is; a disk that refuses leaves the one before, and says so at the next fact."""
    with contextlib.suppress(OSError):
        write(map, Zegelstand(kop, f"{nu:%Y-%m-%dT%H:%M:%SZ}", gesloten, kop.nr, dict(nummers)))


def at_closing(map: Path, database: Database, nu: datetime, alleen_lezen: str) -> None:
    """Write down how far the register is, and that nothing came after; nothing of one that could only be read."""
    with contextlib.suppress(duckdb.Error):  # a database that is broken says nothing: the file stays as it was
        if not alleen_lezen:
            keep(map, database.kop, counters(database.con), nu, gesloten=True)


def saw(map: Path, kop: Kop, gezien: int, nu: datetime) -> None:
    """Write down that facts up to a number were there once, without saying anything else than before."""
    eerder = read(map) or Zegelstand(kop, f"{nu:%Y-%m-%dT%H:%M:%SZ}")
    if gezien > eerder.gezien:
        with contextlib.suppress(OSError):
            write(map, Zegelstand(eerder.kop, eerder.op, eerder.gesloten, gezien, eerder.nummers))


def counters(con: DuckDBPyConnection) -> dict[str, int]:
    """The last volgnummer of every reeks and year that has facts in a database: K2026 -> 57."""
    rijen = con.execute("SELECT reeks, jaar, laatste FROM teller WHERE laatste > 0").fetchall()
    return {f"{reeks}{jaar:04d}": laatste for reeks, jaar, laatste in rijen}


def _digest(inhoud: Mapping[str, object]) -> str:
    return hashlib.sha256(encode(inhoud).encode("utf-8")).hexdigest()
