"""The counts in a sentence as data: what each is of, so that a page can lead from it to those klachten.

A room that makes sentences lies below the one that knows lists, so the question is told here and asked there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Geteld:
    """One count in a sentence: how many, what they are, and what was asked, as fields of werk.telling.Telling.

    What `vraag` leaves out (peildatum, periode, filter) is what the sentence was asked for. `wat` reads behind the
    number, whether that is 1 or more: "3 te laat".
    """

    aantal: int
    wat: str
    vraag: tuple[tuple[str, Any], ...]


def geteld(aantal: int | None, wat: str, /, **vraag: Any) -> tuple[Geteld, ...]:
    """Return a count of klachten; empty for 0 and where nobody counted (None), which have no list."""
    return (Geteld(aantal=aantal, wat=wat, vraag=tuple(vraag.items())),) if aantal else ()


def geteld_als(soort: str, aantal: int | None, wat: str, /, **deel: str) -> tuple[Geteld, ...]:
    """Return the same of something else than klachten: `soort` of werk.telsoorten.SOORTEN, and which of them."""
    return geteld(aantal, wat, wat=soort, deel=tuple(sorted(deel.items())))
