"""Letters that became others on the way: UTF-8 read as if it were Windows-1252, or a letter that was lost."""

from __future__ import annotations

from collections.abc import Iterable

from klachten.overname.regeltelling import named
from klachten.taal import aantal

VERLOREN = "\ufffd"
"""What a program writes for a letter that it could not read."""

_BYTES = {chr(byte): byte for byte in range(256)} | {
    teken: byte for byte in range(256) if (teken := bytes([byte]).decode("windows-1252", "ignore"))
}
"""The byte that a letter was; the few that Windows-1252 has not, a program leaves as they are."""


def damaged(cellen: Iterable[str]) -> bool:
    """Tell whether a cell has Ã« where ë belongs, or a letter that was lost."""
    return any(not cel.isascii() and (VERLOREN in cel or _twice(cel)) for cel in cellen)


def half(cellen: Iterable[str]) -> bool:
    """Tell whether a cell has half a character: JSON can say one, and no file can hold it."""
    try:
        "".join(cellen).encode()
    except UnicodeEncodeError:
        return True
    return False


def _twice(tekst: str) -> bool:
    """Whether its letters are, byte for byte, the UTF-8 of other ones: no text that is meant so ever is."""
    try:
        bytes(map(_BYTES.__getitem__, tekst)).decode()
    except (KeyError, UnicodeDecodeError):
        return False
    return True


def remark(regels: list[int]) -> str:
    """Say that there are such rows; no cell is repeated."""
    return (
        f"In {aantal(len(regels), 'rij', 'rijen')} ({named(regels)}) staan tekens zoals Ã« waar een letter als ë "
        "hoort, of is een letter verloren gegaan. Ergens is het bestand met een verkeerde codering gelezen of "
        "bewaard: klopt bestand.codering, en ziet u hetzelfde in de bron?"
    )
