"""A report of a mail server as Outlook saves it (.msg): what it says, and the Message-IDs that came back with it.

Outlook makes of it a report of its own (REPORT.IPM.Note.NDR), or leaves it a mail with the parts of the report as
attachments. Both are read from the parts of the file, at any depth: python-oxmsg gives no mail within a mail.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import NamedTuple

import olefile

from klachten.post.binnen.tekst import clean_line

FOUTEN = (OSError, KeyError, ValueError, IndexError, TypeError, AttributeError, OverflowError, struct.error)
"""What olefile raises on a file that is damaged."""
MEESTE = 1_000_000
"""Bytes of one part that are looked at: what a report says stands at the beginning of it."""
_DEEL = "__substg1.0_"
_SOORT, _INHOUD = "001A", "3701"
_IDS = ("1035", "1046", "1042", "1039", "007D")
"""Message-ID, that of the mail that came back, In-Reply-To, References, and all headers."""
_WAAROM = ("0C1B", "1001", "1000")
"""What a server said of a recipient, what Outlook makes of it, and the text of the mail."""


class Verslag(NamedTuple):
    """What a file of Outlook says: whether it is one of a mail not delivered, why, its attachments, what has an id."""

    mislukt: bool
    waarom: str
    bijlagen: tuple[bytes, ...]
    koppen: tuple[str, ...]


def read(inhoud: bytes) -> Verslag:
    """Return what stands in a file of Outlook; one of FOUTEN when it is damaged."""
    teksten: dict[str, list[str]] = {}
    soort, bijlagen = "", []
    with olefile.OleFileIO(io.BytesIO(inhoud)) as bestand:
        for pad, eigenschap, ruw in _parts(bestand):
            if eigenschap[:4] == _INHOUD:
                bijlagen.append(ruw)
            elif eigenschap[4:] in ("001F", "001E"):
                tekst = ruw.decode("utf-16-le" if eigenschap.endswith("F") else "cp1252", "replace").rstrip("\0")
                teksten.setdefault(eigenschap[:4], []).append(tekst)
                if eigenschap[:4] == _SOORT and len(pad) == 1:
                    soort = tekst.upper()
    waarom = next((tekst for wat in _WAAROM for tekst in teksten.get(wat, ()) if tekst.strip()), "")
    return Verslag(
        mislukt=soort.startswith("REPORT.") and soort.endswith(".NDR"),
        waarom=clean_line(waarom),
        bijlagen=tuple(bijlagen),
        koppen=tuple(tekst for wat in _IDS for tekst in teksten.get(wat, ())),
    )


def _parts(bestand: olefile.OleFileIO) -> Iterator[tuple[list[str], str, bytes]]:
    for pad in bestand.listdir():
        if pad[-1].startswith(_DEEL):
            yield pad, pad[-1].removeprefix(_DEEL).upper(), bestand.openstream(pad).read(MEESTE)
