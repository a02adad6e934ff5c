"""Measure a look at the first rows of a workbook, and reading the whole of it as declared."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from klachten.meting.bulk import KOLOMMEN, table
from klachten.overname import kolommen, overnemen
from klachten.overname.vormen import proef
from klachten.taal import getal

DOEL = 5.0
"""Seconds in which somebody sees the first rows of a workbook of 50,000."""


def measure(rijen: int) -> str:
    """Make a workbook of so many rows and return how long it takes to see the first ones, and to read them all."""
    with tempfile.TemporaryDirectory() as map:
        pad = Path(map) / "klachten.xlsx"
        boek = openpyxl.Workbook(write_only=True)
        blad = boek.create_sheet("Klachten")
        for rij in table(rijen):
            blad.append(rij)
        boek.save(pad)
        groot = pad.stat().st_size / 1024**2
        kijken = _timed(lambda: proef.look(pad))
        declaratie = kolommen.load(KOLOMMEN)
        lezen = _timed(lambda: overnemen.read(pad, declaratie, date(2026, 11, 29)))
    gehaald = "gehaald" if kijken[0] <= DOEL else "niet gehaald"
    return "\n".join((
        f"Werkmap (.xlsx) van {getal(rijen)} rijen en 16 kolommen, {_komma(groot)} MB",
        f"  De eerste rijen zien        {_said(kijken)} (doel {_komma(DOEL)} s: {gehaald})",
        f"  Alles lezen als opgegeven   {_said(lezen)}",
    ))  # fmt: skip


def _said(duur: tuple[float, float]) -> str:
    return f"{_komma(duur[0])} s, rekentijd {_komma(duur[1])} s"


def _komma(waarde: float) -> str:
    return f"{waarde:.1f}".replace(".", ",")


def _timed(werk: Callable[[], object]) -> tuple[float, float]:
    """Seconds of waiting, and of CPU of this process and of the one that reads the workbook."""
    begin, eerder = time.perf_counter(), sum(os.times()[:4])
    werk()
    return time.perf_counter() - begin, sum(os.times()[:4]) - eerder
