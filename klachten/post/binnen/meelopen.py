"""How the mailbox stands, in a small file: who looks at a register from outside (`gezond`) cannot open it.

It says when the mailbox was read, why it cannot be, and how many proposals wait; nothing of any of them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from klachten.post.uit.plek import MAP
from klachten.postvak import WACHT, Postvak
from klachten.register import Register
from klachten.schijf import make_map, replace_file

BESTAND = "binnen.json"


@dataclass(frozen=True)
class Binnenstand:
    """When the mailbox was tried last and read well last, why it cannot be read ("" when it can), and what waits.

    Moments are ISO in UTC, "" for never; `oudste` is since when the oldest proposal waits.
    """

    op: str
    goed_op: str = ""
    fout: str = ""
    wacht: int = 0
    oudste: str = ""


def keep(register: Register, nu: datetime, fout: str = "") -> None:
    """Write how it stands after a round; OSError when the disk refuses."""
    eerder = read(register.map)
    wachten = [stuk for stuk in Postvak(register.map, register.dossiers.sleutels).proposals() if stuk.stand == WACHT]
    stand = Binnenstand(
        op=nu.isoformat(),
        goed_op=(eerder.goed_op if eerder else "") if fout else nu.isoformat(),
        fout=fout,
        wacht=len(wachten),
        oudste=min((stuk.bewaard_op for stuk in wachten), default=nu).isoformat() if wachten else "",
    )
    make_map(register.map / MAP)
    replace_file(register.map / MAP / BESTAND, json.dumps(asdict(stand)).encode("utf-8"), mode=0o600)


def read(map: Path) -> Binnenstand | None:
    """Return how it stood last; None when no mailbox was ever read, or the file cannot be read."""
    try:
        stand = Binnenstand(**json.loads((map / MAP / BESTAND).read_text(encoding="utf-8")))
        for moment in filter(None, (stand.op, stand.goed_op, stand.oudste)):
            datetime.fromisoformat(moment)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return stand
