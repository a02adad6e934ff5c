"""What a file may be called: as it is kept and shown, as it is handed out, and each once among others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LANGST = 150
_NIET = re.compile(r'[<>:"|?*]')
# What is not seen: format characters make gnp.exe look like exe.png, the others end a line or are no character.
_ONZICHTBAAR = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_APPARAAT = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)


def kept(naam: str, anders: str = "") -> str:
    """Return the name that came with a file as it is kept and shown: no folders, nothing unseen, its ending kept.

    `anders` when nothing is left of it.
    """
    woorden = " ".join(re.split(r"[\\/]", naam)[-1].split())
    zichtbaar = "".join(teken for teken in woorden if unicodedata.category(teken) not in _ONZICHTBAAR)
    return _shortened(_NIET.sub("_", zichtbaar).strip(". ")) or anders


def handed_out(naam: str) -> str:
    """Return a name that is safe as the name of a file on every system, and never begins as a formula."""
    veilig = _shortened("".join(teken if teken.isalnum() or teken in " .-_()" else "_" for teken in naam).strip(" ."))
    # Windows has devices that go by these names, whatever comes behind the dot.
    return f"_{veilig}" if _APPARAAT.fullmatch(veilig.partition(".")[0].strip()) else veilig or "stuk"


def unique(naam: str, bezet: Collection[str]) -> str:
    """Return a name that is not taken yet (`bezet`, case folded), with a number before its ending where it is."""
    if naam.casefold() not in bezet:
        return naam
    stam, punt, eind = naam.rpartition(".")
    stam, einde = (stam, f".{eind}") if punt and stam else (naam, "")
    return next(een for nr in range(2, len(bezet) + 3) if (een := f"{stam} ({nr}){einde}").casefold() not in bezet)


def _shortened(naam: str) -> str:
    """Return a name that is not too long; one that is keeps its ending."""
    if len(naam) <= LANGST:
        return naam
    stam, punt, einde = naam.rpartition(".")
    return f"{stam[: LANGST - 20]}{punt}{einde[:19]}" if stam else naam[:LANGST]
