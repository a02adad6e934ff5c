"""Reads one sheet of a workbook in a process of its own, and prints it: first what there is, then every row as JSON.

Its library keeps a whole sheet in memory and reads it in one go, in which no other thread runs; what a file says of its
own size it believes, and a false one ends the process. So that is not the process of the app.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TextIO

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

WACHTWOORD, STUK = "wachtwoord", "stuk"
_GEHEUGEN, _SECONDEN = 4 * 1024**3, 300


def write(pad: str, gevraagd: str, uit: TextIO, soort: str = "") -> None:
    """Print what is in the workbook and the rows of the sheet asked for, or of the first one with something in it."""
    boek = _opened(pad, soort)
    alle = [blad for blad in boek.sheets_metadata if blad.typ is SheetTypeEnum.WorkSheet]
    naam, blad, vol = _chosen(boek, alle, gevraagd)
    leeg = blad is None or blad.start is None
    begin = {
        "bladen": [[deel.name, deel.visible is SheetVisibleEnum.Visible, deel.name in vol] for deel in alle],
        "blad": naam,
        "leeg": leeg,
        "vooraan": 0 if leeg else blad.start[1],
        "samengevoegd": [] if leeg else blad.merged_cell_ranges or [],
    }
    print(json.dumps(begin), file=uit)
    if not leeg:
        for rij in blad.iter_rows():
            print(json.dumps(rij, default=_typed, separators=(",", ":")), file=uit)


def _opened(pad: str, soort: str) -> CalamineWorkbook:
    """Its library goes by the name of a file, which may say another kind than it is; without a name it looks inside."""
    if pad.casefold().endswith(f".{soort}"):
        return load_workbook(pad)
    with Path(pad).open("rb") as bestand:
        return load_workbook(bestand)


def _chosen(
    boek: CalamineWorkbook, alle: list[SheetMetadata], gevraagd: str
) -> tuple[str, CalamineSheet | None, set[str]]:
    """Name and content of a sheet, and which sheets have something in them; nothing is read of one not asked for."""
    if gevraagd:
        naam = next((blad.name for blad in alle if blad.name.strip() == gevraagd), "")
        return naam, boek.get_sheet_by_name(naam) if naam else None, {blad.name for blad in alle}
    gekozen, vol = None, set()
    # Those that can be seen first.
    for deel in sorted(alle, key=lambda blad: blad.visible is not SheetVisibleEnum.Visible):
        blad = boek.get_sheet_by_name(deel.name)
        if blad.start is not None:
            gekozen = gekozen or blad
            vol.add(deel.name)
    return gekozen.name if gekozen else "", gekozen, vol


def _typed(waarde: object) -> dict[str, object]:
    if isinstance(waarde, timedelta):
        return {"timedelta": waarde.total_seconds()}
    if isinstance(waarde, datetime | date | time):
        return {type(waarde).__name__: waarde.isoformat()}
    raise TypeError(type(waarde).__name__)


def _limit() -> None:
    """A file that asks for more memory or time than any register of klachten ends this process."""
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_GEHEUGEN, _GEHEUGEN))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDEN, _SECONDEN))


def main(pad: str, gevraagd: str, soort: str = "") -> int:
    """Print the sheet; a workbook with a password is said, for the rest the end of the process says enough."""
    _limit()
    try:
        write(pad, gevraagd, sys.stdout, soort)
    except PasswordError:
        print(json.dumps({"fout": WACHTWOORD}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
