"""The package in which Outlook sometimes puts a mail and its attachments (winmail.dat, TNEF): what is in it.

A reader of our own, as the one that there is (tnefparse) had no release since 2021: it reads names, attachments and
the text, runs nothing, and takes no more than there is. What is damaged or cut off ends the reading, never in an error:
what came before it is there, and that something is missing is said.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from klachten.post.binnen import rtf
from klachten.post.binnen.post import MEESTE_BIJLAGEN

MERK = b"\x78\x9f\x3e\x22"
"""With these bytes each of them begins."""
DIEPST = 3
"""Packages in packages, further than Outlook makes them."""
MEESTE_VELDEN = 10_000
_BERICHT, _BIJLAGE = 1, 2
_TEKST, _TITEL, _INHOUD, _BEGIN = 0x800C, 0x8010, 0x800F, 0x9002
_EIGENSCHAPPEN, _VAN_BIJLAGE, _TEKENSET = 0x9003, 0x9005, 0x9007
_NAAM_LANG, _NAAM, _GETOOND, _DATA, _MIME = 0x3707, 0x3704, 0x3001, 0x3701, 0x370E
_BODY, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_UNICODE, _STRING8, _BINAIR, _OBJECT = 0x1F, 0x1E, 0x102, 0x0D
_LANG = {1: 4, 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Of each kind of value of a fixed length, how many bytes it takes."""
_IID = 16
"""Before an object stands of which kind it is."""


class _Afgebroken(ValueError):
    """There is less than it says, or something else."""


class Erin(NamedTuple):
    """An attachment in a package: its name as it stands there ("" for none), its bytes, and its kind as it says."""

    naam: str
    inhoud: bytes
    mime: str = ""


@dataclass
class Pakket:
    """What is in a package: its text as plain text or HTML, its attachments; `heel` is whether all could be read."""

    tekst: str = ""
    html: bytes = b""
    bijlagen: list[Erin] = field(default_factory=list)
    heel: bool = True


def read(inhoud: bytes, diepte: int = 0) -> Pakket:
    """Return what is in a package, as far as it can be read; never raises for what is in it."""
    pakket = Pakket()
    if diepte >= DIEPST or not inhoud.startswith(MERK):
        pakket.heel = False
        return pakket
    lezer, tekenset = _Lezer(pakket, diepte), "cp1252"
    try:
        for niveau, wat, data, klopt in _attributes(inhoud):
            pakket.heel = pakket.heel and klopt
            if wat == _TEKENSET and len(data) >= 4:
                tekenset = _codepage(int.from_bytes(data[:4], "little"))
            lezer.take(niveau, wat, data, tekenset)
    except (_Afgebroken, struct.error, ValueError, OverflowError):
        pakket.heel = False
    lezer.close()
    return pakket


def _attributes(inhoud: bytes) -> Iterator[tuple[int, int, bytes, bool]]:
    """Give level, id and content of each part, in order, and whether its sum says that it is as it was."""
    plek = 6
    for _ in range(MEESTE_VELDEN):
        if plek == len(inhoud):
            return
        if plek + 9 > len(inhoud):
            raise _Afgebroken
        niveau, soort, lang = struct.unpack_from("<BII", inhoud, plek)
        einde = plek + 9 + lang
        if niveau not in (_BERICHT, _BIJLAGE) or einde + 2 > len(inhoud):
            raise _Afgebroken
        data = inhoud[plek + 9 : einde]
        yield niveau, soort & 0xFFFF, data, sum(data) & 0xFFFF == int.from_bytes(inhoud[einde : einde + 2], "little")
        plek = einde + 2
    raise _Afgebroken


class _Lezer:
    """Puts the parts together: those of an attachment come one after the other, its beginning first."""

    def __init__(self, pakket: Pakket, diepte: int) -> None:
        self._pakket, self._diepte = pakket, diepte
        self._bezig = False
        self._naam, self._mime, self._data = "", "", b""

    def take(self, niveau: int, wat: int, data: bytes, tekenset: str) -> None:
        """Take one part."""
        if niveau == _BIJLAGE:
            self._attachment(wat, data, tekenset)
        elif wat == _TEKST:
            self._pakket.tekst = self._pakket.tekst or _text(data, tekenset)
        elif wat == _EIGENSCHAPPEN:
            for naam, soort, waarde in _properties(data):
                self._of_message(naam, soort, waarde, tekenset)

    def close(self) -> None:
        """Let go of the attachment that was being read."""
        if self._bezig and (self._data or self._naam):
            if len(self._pakket.bijlagen) < MEESTE_BIJLAGEN:
                self._pakket.bijlagen.append(Erin(self._naam, self._data, self._mime))
            else:
                self._pakket.heel = False
        self._bezig, self._naam, self._mime, self._data = False, "", "", b""

    def _attachment(self, wat: int, data: bytes, tekenset: str) -> None:
        if wat == _BEGIN:
            self.close()
        self._bezig = True
        if wat == _TITEL:
            self._naam = self._naam or _text(data, tekenset)
        elif wat == _INHOUD:
            self._data = data
        elif wat == _VAN_BIJLAGE:
            gevonden = {naam: (soort, waarde) for naam, soort, waarde in _properties(data)}
            namen = [_value(*gevonden[naam], tekenset) for naam in (_NAAM_LANG, _NAAM, _GETOOND) if naam in gevonden]
            # The long name is the one that the sender saw; the title before it has eight letters.
            self._naam = next(filter(None, namen), self._naam)
            if _MIME in gevonden:
                self._mime = _value(*gevonden[_MIME], tekenset)
            if _DATA in gevonden:
                self._object(*gevonden[_DATA])

    def _object(self, soort: int, waarde: bytes) -> None:
        inhoud = waarde[_IID:] if soort == _OBJECT else waarde
        if not inhoud.startswith(MERK):
            self._data = self._data or inhoud
            return
        # A mail within the mail: what is in it stands beside what is in this one.
        binnen = read(inhoud, self._diepte + 1)
        self._pakket.heel = self._pakket.heel and binnen.heel
        over = MEESTE_BIJLAGEN - len(self._pakket.bijlagen)
        self._pakket.bijlagen += binnen.bijlagen[: max(over, 0)]
        tekst = binnen.tekst.encode()
        self._naam, self._data = (f"{self._naam or 'bericht'}.txt", tekst) if tekst else ("", b"")

    def _of_message(self, naam: int, soort: int, waarde: bytes, tekenset: str) -> None:
        if naam == _BODY:
            self._pakket.tekst = self._pakket.tekst or _value(soort, waarde, tekenset)
        elif naam == _HTML:
            self._pakket.html = waarde
        elif naam == _RTF and not self._pakket.tekst:
            self._pakket.tekst = rtf.plain(rtf.unpack(waarde))


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Give id, kind and first value of each property."""
    if len(data) < 4:
        raise _Afgebroken
    aantal, plek = int.from_bytes(data[:4], "little"), 4
    if aantal > MEESTE_VELDEN:
        raise _Afgebroken
    for _ in range(aantal):
        soort, naam = struct.unpack_from("<HH", data, plek)
        plek += 4
        if naam >= 0x8000:
            plek = _past_name(data, plek)
        meer, soort = bool(soort & 0x1000), soort & 0xFFF
        waarden, plek = _values(data, plek, soort, meer)
        if waarden:
            yield naam, soort, waarden[0]


def _past_name(data: bytes, plek: int) -> int:
    """Return where the value begins of a property that has a name of its own."""
    (hoe,) = struct.unpack_from("<I", data, plek + 16)
    (lang,) = struct.unpack_from("<I", data, plek + 20)
    return plek + 24 + (_padded(lang) if hoe else 0)


def _values(data: bytes, plek: int, soort: int, meer: bool) -> tuple[list[bytes], int]:
    los = soort in (_UNICODE, _STRING8, _BINAIR, _OBJECT)
    aantal = 1
    if meer or los:
        (aantal,) = struct.unpack_from("<I", data, plek)
        plek += 4
    if aantal > MEESTE_VELDEN:
        raise _Afgebroken
    waarden = []
    for _ in range(aantal):
        if los:
            (lang,) = struct.unpack_from("<I", data, plek)
            plek += 4
        elif (lang := _LANG.get(soort, 0)) == 0:
            raise _Afgebroken
        if plek + lang > len(data):
            raise _Afgebroken
        waarden.append(data[plek : plek + lang])
        plek += _padded(lang)
    return waarden, plek


def _padded(lang: int) -> int:
    return lang + -lang % 4


def _value(soort: int, waarde: bytes, tekenset: str) -> str:
    if soort == _UNICODE:
        return waarde.decode("utf-16-le", "replace").rstrip("\0")
    return _text(waarde, tekenset) if soort == _STRING8 else ""


def _text(data: bytes, tekenset: str) -> str:
    return data.rstrip(b"\0").decode(tekenset, "replace")


def _codepage(nr: int) -> str:
    naam = "utf-8" if nr == 65001 else f"cp{nr}"
    try:
        return naam if "x".encode(naam) == b"x" else "cp1252"
    except LookupError:
        return "cp1252"
