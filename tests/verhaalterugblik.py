"""All golden stories in one register, looked back on: as of a day it says what one says that is cut at that day.

`python -m tests.verhaalterugblik` looks at every day on which something happened, in some minutes; the tests at the few
days on which most would show.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from klachten.opening import open_register
from klachten.register import Register
from tests import verhalen
from tests.beeldenproef import vergelijk
from tests.termijnproef import Rij, proef
from tests.terugkijkproef import vul

VERHALEN = sorted(verhalen.MAP.glob("*.toml"))
Feiten = dict[Path, list[Rij]]


def recorded(register: Register) -> list[Rij]:
    """The facts of a register."""
    with register.cursor() as cursor:
        return cursor.execute(
            "SELECT nr, klachtnummer, soort, gebeurd_op, CAST(gegevens AS VARCHAR), corrigeert "
            "FROM gebeurtenis ORDER BY nr"
        ).fetchall()


def together(feiten: Feiten) -> list[Rij]:
    """The facts of every story, numbered on as if they were recorded in one register."""
    uit: list[Rij] = []
    for volgnr, pad in enumerate(VERHALEN, start=1):
        begin = len(uit)
        for nr, nummer, soort, op, gegevens, corrigeert in feiten[pad]:
            eigen = nummer if nummer.startswith("T") else f"{nummer[:6]}{volgnr}{nummer[6:]}"
            uit.append((begin + nr, eigen, soort, op, gegevens, corrigeert and begin + corrigeert))
    return uit


def eves(feiten: Sequence[Rij], aantal: int, binnen: int) -> list[date]:
    """Return so many days after which every kind of fact follows within some days: who looks ahead sees too much."""
    volgt: dict[date, set[str]] = {}
    for _, _, soort, op, _, _ in feiten:
        for ver in range(1, binnen + 1):
            volgt.setdefault(op - timedelta(ver), set()).add(soort)
    nog, uit = set().union(*volgt.values()), list[date]()
    while len(uit) < aantal:
        uit.append(max(sorted(volgt.keys() - {*uit}), key=lambda dag: len(nog & volgt[dag])))
        nog -= volgt[uit[-1]]
    assert not nog, nog
    return uit


def look_back(
    heel: DuckDBPyConnection, geknipt: DuckDBPyConnection, feiten: Sequence[Rij], dagen: Iterable[date]
) -> None:
    """Ask every question as of these days.

    On every other of them also what is made of them, which costs as much again: sentences, charts and sheets.
    """
    heel.begin()
    try:
        vul(heel, feiten)
        for plek, dag in enumerate(dagen):
            vergelijk(heel, geknipt, dag, periode=None, beeld=plek % 2 == 0)
    finally:
        heel.rollback()


def main() -> None:
    """Play every story, and look back from every day."""
    feiten: Feiten = {}
    for pad in VERHALEN:
        with tempfile.TemporaryDirectory() as map, open_register(Path(map) / "register") as register:
            verhalen.play(register, verhalen.load(pad))
            feiten[pad] = recorded(register)
    alle = together(feiten)
    dagen = sorted({op for _, _, _, op, _, _ in alle})
    look_back(proef(), proef(), alle, dagen)
    print(f"{len(VERHALEN)} stories, {len(dagen)} days")


if __name__ == "__main__":
    main()
