"""Files that harm whoever opens them, made small: what unpacks to too much, what lies about it, and images of air."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache


def zip_van(namen: dict[str, bytes], soort: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a packed file with these parts."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", soort) as gepakt:
        for naam, inhoud in namen.items():
            gepakt.writestr(naam, inhoud)
    return uit.getvalue()


@cache
def nullen(megabytes: int, naam: str = "word/document.xml") -> bytes:
    """Return a docx or zip with so many megabytes of nothing in it."""
    return zip_van({"[Content_Types].xml": b"<Types/>", naam: bytes(megabytes * 1024 * 1024)})


def leugen() -> bytes:
    """Return a packed file that says of 8 MB that it is 10 bytes, in both places where it says so."""
    groot = 8 * 1024 * 1024
    heel = zip_van({"a": bytes(groot)})
    return heel.replace(struct.pack("<I", groot), struct.pack("<I", 10))


def overlap(keer: int = 50) -> bytes:
    """Return a packed file with one part that its list names many times."""
    heel = zip_van({"a": bytes(range(256)) * 64}, zipfile.ZIP_STORED)
    einde = heel.rindex(b"PK\x05\x06")
    lijst = heel[heel.index(b"PK\x01\x02") : einde]
    slot = bytearray(heel[einde:])
    slot[8:12] = struct.pack("<HH", keer, keer)
    slot[12:16] = struct.pack("<I", len(lijst) * keer)
    return heel[: heel.index(b"PK\x01\x02")] + lijst * keer + bytes(slot)


def png(breed: int, hoog: int) -> bytes:
    """Return the beginning of an image of this size."""
    kop = b"IHDR" + struct.pack(">IIBBBBB", breed, hoog, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + kop + struct.pack(">I", zlib.crc32(kop))


def jpeg(breed: int, hoog: int) -> bytes:
    """Return the beginning of an image of this size, with something else before its size."""
    anders = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    maat = struct.pack(">HH", hoog, breed)
    return anders + b"\xff\xc0\x00\x11\x08" + maat + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"


def exe() -> bytes:
    """Return the beginning of a program for Windows."""
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(32)
