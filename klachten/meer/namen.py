"""Who is who in a lake: the list of whoever keeps it or delivers to it. It is never in the lake itself.

An organisation gets an id by lot, and so do its vestigingen, the reglementen of its own and the sources it took
klachten over from: their names would say who it is. The list keeps them: the next delivery is of the same ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import SystemRandom
from secrets import token_hex

from filelock import FileLock, Timeout

from klachten.meer.fouten import MeerFout
from klachten.schijf import fsync_map, make_map, replace_file

_ELDERS = re.compile(r"[a-z][a-z0-9+]*://")


@dataclass
class Ingang:
    """One organisation: its id in the lake, of which register it is, and what its own words are called there.

    `register` is the zegel of the first fact of its register: another register is not delivered under this name.
    """

    id: str
    register: str
    woorden: dict[str, dict[str, str]] = field(default_factory=dict)

    def name(self, soort: str, ids: Iterable[str]) -> dict[str, str]:
        """Return what these are called in the lake; those that had no name get one by lot, not by the alphabet."""
        bekend = self.woorden.setdefault(soort, {})
        nieuw = sorted(set(ids) - bekend.keys())
        SystemRandom().shuffle(nieuw)
        begin = len(bekend) + 1
        bekend |= {id: f"{soort} {nr}" for nr, id in enumerate(nieuw, start=begin)}
        return bekend


class Namen:
    """The list as it was read; `save` keeps what was added."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        try:
            gelezen = json.loads(pad.read_text(encoding="utf-8")) if pad.exists() else {}
            self.van = {naam: Ingang(**velden) for naam, velden in gelezen.items()}
        except (OSError, ValueError, TypeError, AttributeError) as fout:
            raise MeerFout(
                f"De lijst met namen in {pad} is niet te lezen. Zet haar terug uit een kopie: zonder de lijst is niet "
                "bekend onder welk nummer een organisatie in het meer staat."
            ) from fout

    def of(self, naam: str, register: str) -> Ingang:
        """Return an organisation, which is added when it is new; MeerFout when the name is of another register."""
        ingang = self.van.setdefault(naam, Ingang(token_hex(8), register))
        if ingang.register != register:
            raise MeerFout(
                f"{naam} is in de lijst met namen een ander register. Kies bij --als een andere naam, of bij --map het "
                "register dat zo heet. Er is niets aangeleverd."
            )
        return ingang

    def save(self) -> None:
        """Write the list, whole or not at all; only who writes it can read it."""
        make_map(self.pad.parent)
        velden = {naam: asdict(ingang) for naam, ingang in sorted(self.van.items())}
        replace_file(self.pad, (json.dumps(velden, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), mode=0o600)
        fsync_map(self.pad.parent)


@contextmanager
def held(pad: Path) -> Iterator[Namen]:
    """Give the list to whoever changes it, one at a time."""
    make_map(pad.parent)
    try:
        with FileLock(pad.with_name(f"{pad.name}.lock"), timeout=0):
            yield Namen(pad)
    except Timeout as fout:
        raise MeerFout(f"Een ander is met de lijst in {pad} bezig. Probeer het zo opnieuw.") from fout


def beside(naar: str) -> Path:
    """Return where the list is when nobody says: beside the folder of the lake; MeerFout when the lake is elsewhere."""
    if _ELDERS.match(naar):
        raise MeerFout(
            f"Noem bij --namen een bestand op deze computer voor de lijst met namen: in het meer zelf, {naar}, staan "
            "geen namen."
        )
    map = Path(naar).absolute()
    return map.with_name(f"{map.name}.namen.json")
