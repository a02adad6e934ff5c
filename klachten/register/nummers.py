"""Numbers of klachten and of what else has a dossier, taken apart; what is no number becomes no name of a folder."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

REEKSEN, JAAR, VOLGNUMMER = "KSEP", "[0-9]{4}", "[0-9]{4,9}"
"""Of a number with a volgnummer: which reeksen there are, and how a year and a volgnummer are written."""
NUMMER = re.compile(rf"([{REEKSEN}])({JAAR})-({VOLGNUMMER})|T({JAAR})|(O)0001")
is_usual = re.compile(rf"[{REEKSEN}]{JAAR}-(?:[0-9]{{4}}|[1-9][0-9]{{4,8}})").fullmatch
"""Tells of a number with a volgnummer that it is one, in a third of the time of taking it apart."""
IN_BYTES = re.compile(rf"[{REEKSEN}]{JAAR}-{VOLGNUMMER}".encode())
"""Finds the numbers of dossiers in what was written to a file."""
IN_FEIT = re.compile(rf'"klachtnummer":"([{REEKSEN}]{JAAR})-({VOLGNUMMER})"'.encode())
"""Finds in the line of a fact in which dossier it stands: reeks with year, and volgnummer."""


def in_text(reeksen: str = REEKSEN, voor: str = "") -> re.Pattern[str]:
    """Return what finds the numbers of these reeksen where people wrote them, with what may stand before them."""
    return re.compile(rf"\b{voor}[{reeksen}]{JAAR}-{VOLGNUMMER}\b", re.IGNORECASE)


class OngeldigNummer(ValueError):
    """Something that is no klachtnummer, and so may not become the name of a folder."""

    soort = "niet_gevonden"


def make_number(reeks: str, jaar: int, volgnr: int) -> str:
    """Return the klachtnummer of a volgnummer in a reeks and year, from 1 on."""
    return f"{reeks}{jaar:04d}-{volgnr:04d}"


@functools.lru_cache(maxsize=4096)
def parse_number(klachtnummer: str) -> tuple[str, int, int]:
    """Take a klachtnummer apart into reeks, year and volgnummer; OngeldigNummer for anything else.

    The volgnummer of T2026 is 0; O0001, the organisation, has no year either.
    """
    gevonden = NUMMER.fullmatch(klachtnummer)
    if gevonden is None or (gevonden[3] or "0000") != f"{int(gevonden[3] or 0):04d}":
        raise OngeldigNummer(f"'{klachtnummer}' is geen klachtnummer.")
    if gevonden[4]:
        return "T", int(gevonden[4]), 0
    if gevonden[5]:
        return "O", 0, 0
    return gevonden[1], int(gevonden[2]), int(gevonden[3])


def highest(klachtnummers: Iterable[str]) -> list[str]:
    """Return the highest of each reeks and year: to take every one of many apart takes as long as adding its facts."""
    uit: dict[str, str] = {}
    for nummer in klachtnummers:
        reeks = nummer.partition("-")[0]
        eerder = uit.get(reeks, "")
        if (len(nummer), nummer) > (len(eerder), eerder):
            uit[reeks] = nummer
    return list(uit.values())
