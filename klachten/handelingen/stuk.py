"""What may become a document of a klachtdossier: told from its bytes, never from its name; nothing of it is opened.

The app only keeps a document and hands it out again. What is refused here would harm whoever opens it elsewhere, or
is a kind of file that nobody can read later. A zip is taken, as klagers send them, but not with a program in it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Literal

from klachten.handelingen import bestandssoort

GROOTSTE = 25 * 1024 * 1024
"""Bytes; `.streamlit/config.toml` lets a browser send no more either."""
UITGEPAKT = 200 * 1024 * 1024
MEESTE_DELEN = 2_000
VERHOUDING = 100
"""So many times as large as it came in may become what is packed; text comes to some 20."""
KLEIN = 1024 * 1024
"""Below this many bytes unpacked the ratio says nothing: an empty sheet packs very well."""
MEESTE_PUNTEN = 250_000_000
"""More than a sheet of A4 at 1200 dpi has."""

_BOM = "dit bestand wordt bij het uitpakken onredelijk groot. Pak het zelf uit en voeg de stukken apart toe."
_PROGRAMMA = "dit is een programma en geen stuk. Voeg een document, afbeelding of e-mail toe."
_ERIN = "in dit ingepakte bestand zit een programma. Pak het uit en voeg alleen de stukken toe."
_ONBEKEND = (
    "dit soort bestand kunnen wij niet bewaren. Maak er een PDF of afbeelding van, of voeg de e-mail toe waar het bij "
    "zat."
)
_BEELD = "deze afbeelding is zo groot dat een computer erop kan vastlopen. Maak haar eerst kleiner."


def bezwaar(inhoud: bytes) -> str | None:
    """Return the Dutch reason why this is no document for a dossier, to stand behind a label; None when it is one."""
    return gevaar(inhoud) or (None if bestandssoort.kind(inhoud) else _ONBEKEND)


def gevaar(inhoud: bytes) -> str | None:
    """Return why nobody should be given this, whatever kind of file it is; of a mail that is damaged that is all."""
    if not inhoud:
        return "het bestand is leeg."
    if len(inhoud) > GROOTSTE:
        return f"het bestand is groter dan {GROOTSTE // 1024 // 1024} MB."
    if _is_programma(inhoud):
        return _PROGRAMMA
    if zipfile.is_zipfile(io.BytesIO(inhoud)):
        if _is_bom(inhoud):
            return _BOM
        if _holds_program(inhoud):
            return _ERIN
    breed, hoog = punten(inhoud)
    return _BEELD if breed * hoog > MEESTE_PUNTEN else None


def _is_programma(inhoud: bytes) -> bool:
    if inhoud.startswith((b"\x7fELF", b"#!/", b"#! /", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")):
        return True
    if inhoud.startswith(b"L\x00\x00\x00\x01\x14\x02\x00"):
        # A shortcut of Windows, which may start anything.
        return True
    waar = int.from_bytes(inhoud[60:64], "little")
    return inhoud.startswith(b"MZ") and inhoud[waar : waar + 4] == b"PE\0\0"


def _holds_program(inhoud: bytes) -> bool:
    """Tell whether a part of a packed file is a program; of each no more than its beginning is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as gepakt:
            return any(_is_programma(_begin(gepakt, deel)) for deel in gepakt.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _begin(gepakt: zipfile.ZipFile, deel: zipfile.ZipInfo) -> bytes:
    try:
        with gepakt.open(deel) as stroom:
            return stroom.read(4096)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError, zlib.error):
        return b""  # locked with a password, or broken: kept as it came


def _is_bom(inhoud: bytes) -> bool:
    """Tell whether a packed file (zip, docx, xlsx, odt) unpacks to too much; what cannot be read is not a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as gepakt:
            delen = gepakt.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    gezegd = sum(deel.file_size for deel in delen)
    if len(delen) > MEESTE_DELEN or gezegd > UITGEPAKT:
        return True
    if gezegd > KLEIN and gezegd > VERHOUDING * len(inhoud):
        return True
    # Parts that lie over each other unpack the same bytes again and again.
    return sum(deel.compress_size for deel in delen) > len(inhoud) or not all(_says_true(inhoud, d) for d in delen)


def _says_true(inhoud: bytes, deel: zipfile.ZipInfo) -> bool:
    """Tell whether a part is as large as the file says; never unpacks more than that."""
    if deel.compress_type != zipfile.ZIP_DEFLATED or deel.flag_bits & 1:
        return True
    kop = inhoud[deel.header_offset : deel.header_offset + 30]
    begin = deel.header_offset + 30 + int.from_bytes(kop[26:28], "little") + int.from_bytes(kop[28:30], "little")
    uitpakker, over = zlib.decompressobj(-15), deel.file_size
    stuk = inhoud[begin : begin + deel.compress_size]
    try:
        while stuk and not uitpakker.eof:
            over -= len(uitpakker.decompress(stuk, 1 << 20))
            if over < 0:
                return False
            stuk = uitpakker.unconsumed_tail
    except zlib.error:
        return True
    return True


def punten(inhoud: bytes) -> tuple[int, int]:
    """Return the width and height that an image says it has, from its first bytes; (0, 0) of anything else."""
    if inhoud.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(inhoud[16:20], "big"), int.from_bytes(inhoud[20:24], "big")
    if inhoud.startswith((b"GIF87a", b"GIF89a")):
        return int.from_bytes(inhoud[6:8], "little"), int.from_bytes(inhoud[8:10], "little")
    if inhoud.startswith(b"BM"):
        hoog = int.from_bytes(inhoud[22:26], "little", signed=True)
        return int.from_bytes(inhoud[18:22], "little"), abs(hoog)
    if inhoud.startswith((b"II*\x00", b"MM\x00*")):
        return _tiff(inhoud)
    if inhoud[:4] == b"RIFF" and inhoud[8:12] == b"WEBP":
        return _webp(inhoud)
    return _jpeg(inhoud) if inhoud.startswith(b"\xff\xd8") else (0, 0)


def _webp(inhoud: bytes) -> tuple[int, int]:
    """The three ways in which this format says it: with and without loss, and the extended one."""
    match inhoud[12:16]:
        case b"VP8 ":
            return int.from_bytes(inhoud[26:28], "little") & 0x3FFF, int.from_bytes(inhoud[28:30], "little") & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(inhoud[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(inhoud[24:27], "little") + 1, int.from_bytes(inhoud[27:30], "little") + 1
    return 0, 0


def _tiff(inhoud: bytes) -> tuple[int, int]:
    """The largest width and height of its pages; each page has a table of fields and says where the next is."""
    volgorde: Literal["little", "big"] = "little" if inhoud.startswith(b"II") else "big"

    def getal(plek: int, lang: int) -> int:
        return int.from_bytes(inhoud[plek : plek + lang], volgorde)

    breed = hoog = 0
    plek, gezien = getal(4, 4), set[int]()
    while plek and plek not in gezien and plek + 2 <= len(inhoud) and len(gezien) < MEESTE_DELEN:
        gezien.add(plek)
        velden = getal(plek, 2)
        for veld in range(plek + 2, min(plek + 2 + 12 * velden, len(inhoud)), 12):
            waarde = getal(veld + 8, 2 if getal(veld + 2, 2) == 3 else 4)
            if getal(veld, 2) == 256:
                breed = max(breed, waarde)
            elif getal(veld, 2) == 257:
                hoog = max(hoog, waarde)
        plek = getal(plek + 2 + 12 * velden, 4)
    return breed, hoog


def _jpeg(inhoud: bytes) -> tuple[int, int]:
    plek = 2
    while inhoud[plek : plek + 1] == b"\xff" and plek + 9 < len(inhoud):
        merk, lang = inhoud[plek + 1], int.from_bytes(inhoud[plek + 2 : plek + 4], "big")
        if 0xC0 <= merk <= 0xCF and merk not in (0xC4, 0xC8, 0xCC):
            hoog, breed = inhoud[plek + 5 : plek + 7], inhoud[plek + 7 : plek + 9]
            return int.from_bytes(breed, "big"), int.from_bytes(hoog, "big")
        plek += 2 + lang
    return 0, 0
