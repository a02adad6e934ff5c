"""What stands in one cell of an Excel file, as the XML of the file: text that can never run, dates, numbers, nothing.

openpyxl makes 40,000 cells a second; a list of 100,000 klachten has a million. Rows are therefore written here, and
everything else of the file by openpyxl.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

# Excel refuses a longer text; it counts UTF-16 units, of which an emoji takes two.
LANGSTE_TEKST = 32_767
MEESTE_REGELS = 24
VERVANGEN = "\N{REPLACEMENT CHARACTER}"
"""Stands visibly where a character was that a file of Excel cannot hold."""
EERSTE_DAG = date(1900, 3, 1)
"""Excel knows no day before 1900, and believes that 29 February 1900 was one: earlier days are written as text."""
_NULDAG = date(1899, 12, 30).toordinal()
_VERBODEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Excel reads _x003D_ in a text as "=": the underscore is written in that same way.
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BIJZONDER = re.compile(r"[\x00-\x1f\x7f-\x9f&<>\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|_x|^\s|\s$|\s\s")


def schoon(waarde: object) -> str:
    """Return a text as a cell can hold it: what Excel refuses is replaced visibly, what is too long says so."""
    tekst = _VERBODEN.sub(VERVANGEN, str(waarde).replace("\r\n", "\n").replace("\r", "\n"))
    # 16,383 characters always fit, whatever they are.
    if len(tekst) > LANGSTE_TEKST // 2 and len(tekst.encode("utf-16-le")) // 2 > LANGSTE_TEKST:
        melding = f"… (afgekapt: de tekst telt {len(tekst):,} tekens)".replace(",", ".")
        ruimte = (LANGSTE_TEKST - len(melding)) * 2
        tekst = tekst.encode("utf-16-le")[:ruimte].decode("utf-16-le", "ignore") + melding
    return tekst


def op_een_regel(waarde: object, langste: int = 255) -> str:
    """Return a text for a place that has one line: a heading, the name of a sheet."""
    return " ".join(schoon(waarde).split())[:langste].strip()


def cel(plek: str, stijl: int, waarde: Any, is_tekst: bool) -> str:
    """Return one cell; `is_tekst` keeps anything as text, otherwise numbers and dates stay what they are."""
    if waarde is None:
        return ""
    if not is_tekst:
        if hasattr(waarde, "item"):
            # A number of numpy is no int of Python.
            waarde = waarde.item()
        if isinstance(waarde, bool):
            waarde = "ja" if waarde else "nee"
        elif isinstance(waarde, datetime | date):
            dag = waarde.date() if isinstance(waarde, datetime) else waarde
            if dag >= EERSTE_DAG:
                return f'<c r="{plek}" s="{stijl}"><v>{dag.toordinal() - _NULDAG}</v></c>'
            waarde = f"{dag.day:02}-{dag.month:02}-{dag.year:04}"
        elif isinstance(waarde, int | float):
            # Excel keeps fifteen digits; a longer number, or one without end, would become another one.
            if waarde != waarde:
                return ""
            if abs(waarde) < 10**15:
                return f'<c r="{plek}" s="{stijl}"><v>{waarde!r}</v></c>'
            waarde = "oneindig" if math.isinf(waarde) else str(waarde)
    tekst = str(waarde)
    if not tekst:
        return ""
    ruimte = ""
    if len(tekst) > LANGSTE_TEKST // 2 or _BIJZONDER.search(tekst):
        tekst, ruimte = _CODE.sub("_x005F_", escape(schoon(tekst))), ' xml:space="preserve"'
    return f'<c r="{plek}" s="{stijl}" t="inlineStr"><is><t{ruimte}>{tekst}</t></is></c>'


def rij(
    nr: int,
    letters: Sequence[str],
    stijlen: Sequence[int],
    tekst: Sequence[bool],
    waarden: Sequence[Any],
    regels: int = 1,
) -> str:
    """Return one row: `letters` name the columns, `stijlen` number their formats, `tekst` is what is only text.

    `regels`: how many lines the highest cell needs; Excel does not work that out by itself when it opens a file.
    """
    cellen = [
        cel(f"{letter}{nr}", stijl, waarde, is_tekst)
        for letter, stijl, is_tekst, waarde in zip(letters, stijlen, tekst, waarden, strict=True)
    ]
    hoogte = f' ht="{min(regels, MEESTE_REGELS) * 15 + 1}" customHeight="1"' if regels > 1 else ""
    return f'<row r="{nr}"{hoogte}>{"".join(cellen)}</row>'


def regels_nodig(waarden: Sequence[Any], breedten: Sequence[int]) -> int:
    """Return how many lines the highest of these texts takes in columns of so many characters; 0 skips one."""
    return max(
        (
            sum(-(-len(deel) // max(1, breedte - 2)) or 1 for deel in str(waarde).split("\n"))
            for waarde, breedte in zip(waarden, breedten, strict=True)
            if breedte and waarde is not None
        ),
        default=1,
    )
