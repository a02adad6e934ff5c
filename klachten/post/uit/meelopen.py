"""How the outbox stands, in a small file: who looks at a register from outside (`gezond`) cannot open it.

It says how many messages there are of what kind, and nothing of any of them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from klachten.post.uit.bericht import (
    AANGEHOUDEN,
    MISLUKT,
    ONZEKER,
    TERUGGEKOMEN,
    WACHT,
    Bericht,
    open_berichten,
    vragen,
)
from klachten.post.uit.plek import MAP
from klachten.register import Register
from klachten.schijf import make_map, replace_file

BESTAND = "stand.json"


@dataclass(frozen=True)
class Poststand:
    """How many messages wait and are for a person, at a moment; `oudste` is since when one waits. ISO in UTC.

    `waarom` is why nothing goes out, "" when it does.
    """

    op: str
    wacht: int = 0
    oudste: str = ""
    mislukt: int = 0
    onzeker: int = 0
    aangehouden: int = 0
    teruggekomen: int = 0
    zonder_stap: int = 0
    waarom: str = ""

    @property
    def vraagt(self) -> int:
        """How many messages go no further before a person says how."""
        return self.mislukt + self.onzeker + self.aangehouden + self.teruggekomen + self.zonder_stap


def measure(register: Register, nu: datetime, waarom: str) -> Poststand:
    """Return how the outbox stands at a moment."""
    open_: list[Bericht] = [een for een in open_berichten(register) if een.toestand == WACHT]
    gevraagd = vragen(register)
    per = Counter(een.toestand for een in gevraagd)
    oudste = min((een.sinds for een in open_), default=None)
    return Poststand(
        op=nu.isoformat(),
        wacht=len(open_),
        oudste=oudste.isoformat() if oudste else "",
        **{naam: per[naam] for naam in (MISLUKT, ONZEKER, AANGEHOUDEN, TERUGGEKOMEN)},
        zonder_stap=sum(een.zonder_stap for een in gevraagd),
        waarom=waarom,
    )


def keep(register: Register, nu: datetime, waarom: str) -> None:
    """Write how it stands; OSError when the disk refuses."""
    make_map(register.map / MAP)
    inhoud = json.dumps(asdict(measure(register, nu, waarom))).encode("utf-8")
    replace_file(register.map / MAP / BESTAND, inhoud, mode=0o600)


def read(map: Path) -> Poststand | None:
    """Return how it stood last; None when nothing was ever written, or it cannot be read."""
    try:
        stand = Poststand(**json.loads((map / MAP / BESTAND).read_text(encoding="utf-8")))
        for moment in filter(None, (stand.op, stand.oudste)):
            datetime.fromisoformat(moment)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return stand
