"""One line of an anchor: how many facts there were at a moment, and the zegel of the last one."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

MAP = "anker"
"""The folder of a register with its own copy of every anchor, and the time stamps."""


@dataclass(frozen=True)
class Ankerregel:
    """`register` is the zegel of the first fact there was then, `nr` and `zegel` are of the last fact, `op` is UTC.

    `stempel`: the answer of a time-stamping authority on `stamped`, DER in base64; empty without one.
    """

    register: str
    nr: int
    zegel: str
    op: datetime
    stempel: str = ""

    @property
    def stamped(self) -> bytes:
        """What a time stamp is about."""
        return f"klachten {self.register} {self.nr} {self.zegel}".encode("ascii")

    @property
    def response(self) -> bytes:
        """The time stamp as it came in."""
        return base64.b64decode(self.stempel, validate=True)

    def line(self) -> str:
        """As it stands in a file, without newline."""
        alles = {**asdict(self), "op": f"{self.op:%Y-%m-%dT%H:%M:%SZ}"}
        return json.dumps({naam: waarde for naam, waarde in alles.items() if waarde != ""}, separators=(",", ":"))

    @classmethod
    def read(cls, regel: str) -> Ankerregel | None:
        """The anchor in a line; None when it is not one."""
        try:
            alles = json.loads(regel)
            gelezen = cls(**{**alles, "op": datetime.strptime(alles["op"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)})
            goed = (
                type(gelezen.nr) is int
                and gelezen.nr > 0
                and all(re.fullmatch("[0-9a-f]{64}", zegel) for zegel in (gelezen.register, gelezen.zegel))
            )
            gelezen.response  # noqa: B018 - reading it tells whether it is base64
        except (ValueError, TypeError, KeyError, binascii.Error):
            return None
        return gelezen if goed else None


def local_file(map: Path) -> Path:
    """The register's own copy of what it put elsewhere."""
    return map / MAP / "anker.jsonl"


def lines(pad: Path) -> Iterator[tuple[int, Ankerregel | None]]:
    """Each line of a file with its number; None for what is not an anchor. OSError when it cannot be read."""
    with pad.open(encoding="utf-8", errors="replace") as bestand:
        for nr, regel in enumerate(bestand, start=1):
            if regel.strip():
                yield nr, Ankerregel.read(regel)


def last(pad: Path) -> Ankerregel | None:
    """The newest anchor in a file; None without one. OSError when there is a file that cannot be read."""
    try:
        return next((regel for _, regel in reversed(list(lines(pad))) if regel), None)
    except FileNotFoundError:
        return None
