"""Names of attachments that are safe to show and to keep: no path, no mark that turns it round, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from klachten.post.binnen.tekst import clean_line

LANGST = 120
_NIET = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


def safe_name(naam: str, anders: str) -> str:
    """Return a name without folders and without what turns the reading order; `anders` when nothing is left of it."""
    laatste = re.split(r"[\\/]", naam.replace("\0", ""))[-1]
    # Format characters are invisible: one makes gnp.exe look like exe.png.
    zichtbaar = "".join(teken for teken in laatste if unicodedata.category(teken) not in ("Cf", "Cs", "Co"))
    schoon = _NIET.sub("_", clean_line(zichtbaar)).strip(". ")
    if not schoon:
        return anders
    if len(schoon) <= LANGST:
        return schoon
    stam, punt, eind = schoon.rpartition(".")
    if not punt or len(eind) > 10:
        return schoon[:LANGST]
    return f"{stam[: LANGST - len(eind) - 1]}.{eind}"


def unique_name(naam: str, bezet: Collection[str]) -> str:
    """Return a name that is not taken yet, with a number before its extension where it is."""
    if naam.casefold() not in bezet:
        return naam
    stam, punt, eind = naam.rpartition(".")
    stam, einde = (stam, f".{eind}") if punt and stam else (naam, "")
    return next(een for nr in range(2, len(bezet) + 3) if (een := f"{stam} ({nr}){einde}").casefold() not in bezet)
