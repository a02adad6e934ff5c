"""The text of a mail as Outlook keeps it (compressed RTF): unpacked within a limit, and read as plain text."""

from __future__ import annotations

import re
import struct

LANGST = 5_000_000
"""Bytes of RTF that are unpacked; a text for a dossier is much shorter."""
_BEGIN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""With this the dictionary of every one begins."""
_ZO, _GEPAKT = b"MELA", b"LZFu"
_RING = 4096
_WOORD = re.compile(rb"\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z]))|([{}])|([^\\{}]+)", re.S)
_ZONDER = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer listtable listoverridetable generator themedata "
    b"datastore latentstyles rsidtbl xmlnstbl mmathPr".split()
)
"""Groups that say nothing to a reader."""
_TEKENS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"emdash": "—", b"endash": "–",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
}  # fmt: skip


def unpack(inhoud: bytes) -> bytes:
    """Return the RTF; ValueError when it is none, or says something else than it is."""
    if len(inhoud) < 16:
        raise ValueError("no compressed RTF")
    _, lang, soort, _ = struct.unpack_from("<II4sI", inhoud)
    if lang > LANGST or soort not in (_ZO, _GEPAKT):
        raise ValueError("no compressed RTF that can be")
    return inhoud[16 : 16 + lang] if soort == _ZO else _expand(inhoud[16:], lang)


def _expand(gepakt: bytes, lang: int) -> bytes:
    """A bit says whether a byte follows, or a place in what came before and how many bytes of it."""
    ring = bytearray(_BEGIN.ljust(_RING, b"\0"))
    schrijf, plek, uit = len(_BEGIN), 0, bytearray()
    while plek < len(gepakt) and len(uit) < lang:
        vlaggen = gepakt[plek]
        plek += 1
        for bit in range(8):
            if len(uit) >= lang or plek >= len(gepakt):
                break
            if not vlaggen >> bit & 1:
                stuk = gepakt[plek : plek + 1]
                plek += 1
            else:
                waar = int.from_bytes(gepakt[plek : plek + 2], "big")
                plek += 2
                lees, aantal = waar >> 4, (waar & 0xF) + 2
                if lees == schrijf % _RING:
                    return bytes(uit)
                stuk = b""
                for keer in range(aantal):
                    # What is copied may be what is just being written.
                    een = ring[(lees + keer) % _RING]
                    stuk += bytes((een,))
                    ring[(schrijf + keer) % _RING] = een
            for keer, een in enumerate(stuk):
                ring[(schrijf + keer) % _RING] = een
            schrijf += len(stuk)
            uit += stuk
    return bytes(uit[:lang])


def plain(inhoud: bytes) -> str:
    """Return what a reader sees of RTF, as plain text; of HTML within it what stands between its marks."""
    uit: list[str] = []
    stil: list[bool] = [False]
    overslaan, bron = 0, False
    for gevonden in _WOORD.finditer(inhoud):
        hex, woord, getal, teken, haak, tekst = gevonden.groups()
        if haak == b"{":
            stil.append(stil[-1])
        elif haak == b"}":
            if len(stil) > 1:
                stil.pop()
        elif woord == b"htmlrtf":
            bron = getal != b"0"
        elif woord in _ZONDER or teken == b"*":
            stil[-1] = True
        elif stil[-1] or bron:
            continue
        elif woord == b"u":
            uit.append(_character(int(getal or 0)))
            overslaan = 1
        elif woord in _TEKENS:
            uit.append(_TEKENS[woord])
        elif hex:
            uit += [] if overslaan else [bytes.fromhex(hex.decode()).decode("cp1252", "replace")]
            overslaan = 0
        elif teken:
            uit += {b"~": [" "], b"_": ["-"], b"\n": ["\n"]}.get(teken, [teken.decode()] if teken in b"\\{}" else [])
        elif tekst:
            vlak = tekst.replace(b"\r", b"").replace(b"\n", b"").decode("cp1252", "replace")
            uit.append(vlak[overslaan:])
            overslaan = 0
    return "".join(uit)


def _character(nr: int) -> str:
    """A character of Unicode as RTF says it: above 32767 as a number below zero; half of one is none."""
    nr &= 0xFFFF
    return "" if 0xD800 <= nr <= 0xDFFF else chr(nr)
