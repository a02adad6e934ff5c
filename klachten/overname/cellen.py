"""Cells that are more than text: a real date and a real number, as a spreadsheet, Parquet or a process log has them.

Both are texts too, so that whatever reads a cell as text goes on doing so; a date is never read from that text, but is
the day it is, whatever order of day and month is declared for the texts of its column.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from klachten.tijdzone import NEDERLAND

EXACT = 15
"""A spreadsheet keeps so many digits of a number; what a longer one ended with is lost."""
_DATUMTEKST = re.compile(r"[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[A-Za-z]{3,9}\.?)[-/. ][0-9]{1,4}(?:[T ,].*)?")
_INGEKORT = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}")


class Datumcel(str):
    """A real date or moment, in the Netherlands; the text is that of ISO 8601."""

    __slots__ = ("wanneer",)
    wanneer: date | datetime

    def __new__(cls, wanneer: date | datetime) -> Datumcel:
        """Make the cell of a day or a moment; of one with a zone the clock in the Netherlands."""
        if isinstance(wanneer, datetime):
            if wanneer.tzinfo is not None:
                with suppress(OverflowError):
                    wanneer = wanneer.astimezone(NEDERLAND)
                wanneer = wanneer.replace(tzinfo=None)
            # Excel keeps a moment as a part of a day: 14:30 may come back as 14:29:59.999999.
            wanneer = _rounded(wanneer)
        cel = super().__new__(cls, wanneer.isoformat(" ") if isinstance(wanneer, datetime) else wanneer.isoformat())
        cel.wanneer = wanneer
        return cel

    @property
    def dag(self) -> date:
        """The calendar date."""
        return self.wanneer.date() if isinstance(self.wanneer, datetime) else self.wanneer

    @property
    def om(self) -> time | None:
        """The time on the clock, where it has one."""
        return self.wanneer.time() if isinstance(self.wanneer, datetime) else None

    @property
    def verwisseld(self) -> Datumcel | None:
        """The same with day and month in each other's place; None when that is no date."""
        try:
            return Datumcel(self.wanneer.replace(month=self.wanneer.day, day=self.wanneer.month))
        except ValueError:
            return None


class Getalcel(str):
    """A number, as text without exponent; `afgerond` when digits of it are lost."""

    __slots__ = ("afgerond",)
    afgerond: bool

    def __new__(cls, tekst: str, *, afgerond: bool = False) -> Getalcel:
        """Make the cell of a number from its digits."""
        cel = super().__new__(cls, tekst)
        cel.afgerond = afgerond
        return cel


def as_cell(waarde: object, *, spreadsheet: bool = False) -> str:
    """Return a value as a cell: 7.0 is 7, a date a Datumcel, nothing an empty text.

    Of a `spreadsheet` a number has fifteen digits and no more, and midnight is a date without a time.
    """
    if isinstance(waarde, str):
        return waarde.strip()
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, int | float | Decimal):
        return _number(waarde, spreadsheet)
    if isinstance(waarde, datetime):
        return Datumcel(waarde.date() if spreadsheet and waarde.time() == time() else waarde)
    if isinstance(waarde, date):
        return Datumcel(waarde)
    if isinstance(waarde, timedelta):
        uren, rest = divmod(round(waarde.total_seconds()), 3600)
        return f"{uren}:{rest // 60:02}:{rest % 60:02}"
    return waarde.isoformat() if isinstance(waarde, time) else str(waarde).strip()


def number(tekst: str) -> str:
    """Return a number that is written as text (7.0, 1.2e11) as a cell, with every digit it has; what is none stays."""
    try:
        getal = Decimal(tekst)
    except InvalidOperation:  # no number, or one with an exponent of twenty digits
        return tekst
    if not getal.is_finite() or abs(getal.adjusted()) > 400:
        return tekst
    gewoon = format(getal, "f")
    return Getalcel(gewoon.rstrip("0").rstrip(".") if "." in gewoon else gewoon)


def _number(waarde: float | Decimal, spreadsheet: bool) -> str:
    if isinstance(waarde, float):
        if waarde != waarde:
            return ""
        if waarde.is_integer() and abs(waarde) < 10**EXACT:
            return Getalcel(str(int(waarde)))
        tekst = format(waarde, f".{EXACT}g") if spreadsheet else repr(waarde)
        cijfers = abs(waarde) >= (10**EXACT if spreadsheet else 2**53)
        return Getalcel(number(tekst), afgerond=cijfers)
    return number(str(waarde))


def shortened(tekst: str) -> bool:
    """Tell whether digits of a number are lost: 1,2E+11, or one of more than fifteen digits in a spreadsheet."""
    return bool(_INGEKORT.fullmatch(tekst)) or (isinstance(tekst, Getalcel) and tekst.afgerond)


def _rounded(wanneer: datetime) -> datetime:
    rest = wanneer.microsecond % 1000
    if not rest:
        return wanneer
    try:
        return wanneer + timedelta(microseconds=1000 - rest if rest >= 500 else -rest)
    except OverflowError:
        return wanneer


@dataclass
class Celtelling:
    """What stands in one column: how many empty cells, real dates, numbers, texts, and texts that are dates."""

    leeg: int = 0
    datums: int = 0
    getallen: int = 0
    teksten: int = 0
    datumteksten: int = 0

    def see(self, cel: str) -> None:
        """Count one cell."""
        if isinstance(cel, Datumcel):
            self.datums += 1
        elif not cel:
            self.leeg += 1
        elif isinstance(cel, Getalcel):
            self.getallen += 1
        else:
            self.teksten += 1
            self.datumteksten += _DATUMTEKST.fullmatch(cel) is not None

    @property
    def gemengd(self) -> bool:
        """Whether real dates stand beside dates as text: so a spreadsheet leaves a column it swapped days of."""
        return bool(self.datums and self.datumteksten)
