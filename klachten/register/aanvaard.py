"""Losses that a person accepted: `journaal/verlies.jsonl`, a line each, which stays for as long as the journal does.

The chain goes on after them: its next fact is linked to the last one that is left, and has the number after the highest
that was ever seen, so that no number is given out twice. Only this file makes such a leap right.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from duckdb import DuckDBPyConnection

from klachten.datamap import VERLIES


@dataclass(frozen=True, kw_only=True)
class Aanvaard:
    """After fact `na` with `zegel` the facts up to `tot` are gone, and why somebody went on without them.

    `nummers` are the last volgnummers that were given out as far as is known, by reeks and year: K2026 -> 57; `waren`
    those that are left in the journal. `wat` is what was lost, in words, and `opzij` where what hung behind is kept.
    """

    na: int
    zegel: str
    tot: int
    reden: str
    op: str
    wat: str = ""
    opzij: str = ""
    nummers: Mapping[str, int] = field(default_factory=dict)
    waren: Mapping[str, int] = field(default_factory=dict)

    def zin(self) -> str:
        """What was accepted, when and why."""
        dag = f"{self.op[8:10]}-{self.op[5:7]}-{self.op[:4]}"
        return (
            f"Op {dag} is aanvaard dat het register verdergaat na feit {self.na}; het feit daarna heeft nummer "
            f"{self.tot + 1}. Reden: {self.reden.rstrip('.')}. Toen gezien: {self.wat}"
        )

    def gaps(self) -> set[str]:
        """The numbers that were given out and have no fact any more."""
        return {
            f"{reeks}-{volgnr:04d}"
            for reeks, laatste in self.nummers.items()
            for volgnr in range(self.waren.get(reeks, 0) + 1, laatste + 1)
        }


def read(journaal: Path) -> list[Aanvaard]:
    """The losses that were accepted in a journal, in order; a line that cannot be read leaves its leap unexplained."""
    pad, gelezen = journaal / VERLIES, []
    for regel in pad.read_bytes().splitlines() if pad.is_file() else ():
        with contextlib.suppress(ValueError, TypeError):
            gelezen.append(Aanvaard(**json.loads(regel)))
    return gelezen


def add(journaal: Path, een: Aanvaard) -> None:
    """Write a loss down, durably but for the name of the file."""
    with (journaal / VERLIES).open("ab") as bestand:
        bestand.write((json.dumps(asdict(een), ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8"))
        bestand.flush()
        os.fsync(bestand.fileno())


def leaps(alle: Iterable[Aanvaard]) -> dict[str, int]:
    """By the zegel of a fact: up to where numbers were given out after it."""
    uit: dict[str, int] = {}
    for een in alle:
        uit[een.zegel] = max(een.tot, uit.get(een.zegel, 0))
    return uit


def given_out(alle: Iterable[Aanvaard], nr: int, zegel: str) -> int:
    """Up to where fact numbers were given out as of a head: further than that after a loss that was accepted."""
    return max(nr, leaps(alle).get(zegel, 0))


def skipped(con: DuckDBPyConnection, alle: Sequence[Aanvaard], nr: int) -> int:
    """How many numbers up to fact `nr` of a database have no fact because a loss was accepted."""
    weg, sprong = 0, leaps(alle)
    for na, zegel in {(een.na, een.zegel) for een in alle if een.na < nr}:
        sql = "SELECT count(*) FROM gebeurtenis WHERE nr = ? AND zegel = ?"
        if na == 0 or con.execute(sql, [na, zegel]).fetchall() == [(1,)]:
            weg += max(sprong[zegel] - na, 0)
    return weg


def last_numbers(alle: Iterable[Aanvaard]) -> dict[tuple[str, int], int]:
    """The last volgnummer that was given out before a loss, by reeks and year."""
    uit: dict[tuple[str, int], int] = {}
    for een in alle:
        for reeks, laatste in een.nummers.items():
            sleutel = (reeks[:1], int(reeks[1:]))
            uit[sleutel] = max(laatste, uit.get(sleutel, 0))
    return uit
