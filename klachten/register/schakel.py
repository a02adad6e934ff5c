"""A line of the journal as a link of the chain: its zegel is that of its content, and it names the one before it."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

# A line ends with ,"vorig":"<64 hex>","zegel":"<64 hex>"} because the keys are sorted: verifying parses no JSON.
_STAART = re.compile(rb',"vorig":"([0-9a-f]{64})","zegel":"([0-9a-f]{64})"}')
_KOP = re.compile(rb'\{"corrigeert":(?:null|[0-9]+),"deel":\[([0-9]+),([0-9]+)\],')
_STAART_LENGTE = 151
ZEGEL_LENGTE = 76


class Delen(NamedTuple):
    """What of a line makes the chain: its number, its place in its group, the zegel before it and its own."""

    nr: int
    deel: int
    van: int
    vorig: str
    zegel: str


def take_apart(regel: bytes) -> Delen | None:
    """The parts of a line that make the chain; None when the line is not whole or its zegel is wrong."""
    staart, kop = _STAART.fullmatch(regel, max(0, len(regel) - _STAART_LENGTE)), _KOP.match(regel)
    if staart is None or kop is None:
        return None
    zegel = staart[2].decode("ascii")
    if hashlib.sha256(regel[:-ZEGEL_LENGTE] + b"}").hexdigest() != zegel:
        return None
    plek = regel.rfind(b',"nr":')
    nr = regel[plek + 6 : regel.find(b",", plek + 6)]
    if not nr.isdigit():
        return None
    return Delen(int(nr), int(kop[1]), int(kop[2]), staart[1].decode("ascii"), zegel)
