"""Numbers of klachten and of what else has a dossier, taken apart; what is no number becomes no name of a folder."""

from __future__ import annotations

import functools
import re

NUMMER = re.compile(r"([KSEP])([0-9]{4})-([0-9]{4,9})|T([0-9]{4})|(O)0001")


class OngeldigNummer(ValueError):
    """Something that is no klachtnummer, and so may not become the name of a folder."""


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
