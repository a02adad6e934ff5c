"""One sheet of an Excel file as data: its table, what stands above it and what is drawn below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from klachten.analyse.excel.grafieken import Grafiek

# Excel shows these in the words of the reader's country: dd-mm-jjjj and 0,0% in the Netherlands.
SOORTEN = {
    "tekst": "@", "getal": "#,##0", "decimaal": "#,##0.0", "kommagetal": "#,##0.000", "procent": "0.0%",
    "datum": "dd-mm-yyyy", "moment": "dd-mm-yyyy hh:mm", "jaar": "0", "maand": "mm-yyyy",
}  # fmt: skip


@dataclass(frozen=True)
class Kolom:
    """One column: its heading, what stands in it (one of SOORTEN), its width in characters, whether long text wraps."""

    titel: str
    soort: str = "tekst"
    breedte: int = 16
    terugloop: bool = False


@dataclass(frozen=True)
class Blad:
    """One sheet with one table: a title and sentences above it (`kop`), charts below it.

    `naar`: per row the sheet that its first cell leads to. `terug`: the sheet that the line above the table leads to.
    `kolommen_op_papier`, `rijen_op_papier`: only so many of the first are printed; the sentences then say so.
    """

    naam: str
    kolommen: Sequence[Kolom]
    rijen: Iterable[Sequence[Any]]
    kop: Sequence[str] = ()
    grafieken: Sequence[Grafiek] = ()
    naar: Sequence[str] = ()
    terug: str = ""
    kolommen_op_papier: int | None = None
    rijen_op_papier: int | None = None
