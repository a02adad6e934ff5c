"""Files of Outlook (.msg), written by hand: a compound file of parts within parts, and the mails that tests need."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

Delen = Mapping[str, Any]
"""The parts of a storage by name: bytes, or a storage."""
_GEEN, _EINDE, _VAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MINI, _SECTOR, _GRENS = 64, 512, 4096


def compound(delen: Delen) -> bytes:
    """Return a compound file (MS-CFB, version 3) with these parts."""
    rijen: list[dict[str, Any]] = []
    mini, minivat, groot = bytearray(), list[int](), list[tuple[int, bytes]]()

    def lay(naam: str, wat: bytes | Delen, soort: int) -> int:
        nr = len(rijen)
        rijen.append({"naam": naam, "soort": soort, "rechts": _GEEN, "kind": _GEEN, "begin": _EINDE, "lengte": 0})
        if not isinstance(wat, bytes):
            vorige = None
            for kind in sorted(wat, key=lambda een: (len(een), een.upper())):
                hier = lay(kind, wat[kind], 2 if isinstance(wat[kind], bytes) else 1)
                rijen[nr if vorige is None else vorige]["kind" if vorige is None else "rechts"] = hier
                vorige = hier
            return nr
        rijen[nr]["lengte"] = len(wat)
        if len(wat) >= _GRENS:
            groot.append((nr, wat))
        elif wat:
            eerste, hoeveel = len(mini) // _MINI, -(-len(wat) // _MINI)
            rijen[nr]["begin"] = eerste
            minivat.extend([*range(eerste + 1, eerste + hoeveel), _EINDE])
            mini.extend(wat.ljust(hoeveel * _MINI, b"\0"))
        return nr

    lay("Root Entry", delen, 5)
    sectoren, vat = bytearray(), list[int]()

    def put(inhoud: bytes) -> int:
        if not inhoud:
            return _EINDE
        eerste, hoeveel = len(vat), -(-len(inhoud) // _SECTOR)
        vat.extend([*range(eerste + 1, eerste + hoeveel), _EINDE])
        sectoren.extend(inhoud.ljust(hoeveel * _SECTOR, b"\0"))
        return eerste

    for nr, inhoud in groot:
        rijen[nr]["begin"] = put(inhoud)
    rijen[0]["begin"], rijen[0]["lengte"] = put(bytes(mini)), len(mini)
    vol = minivat + [_GEEN] * (-len(minivat) % 128)
    begin_mini = put(struct.pack(f"<{len(vol)}I", *vol))
    begin_map = put(b"".join(map(_row, rijen)) + _row({"naam": "", "soort": 0}) * (-len(rijen) % 4))
    nodig = 1
    while len(vat) + nodig > nodig * 128:
        nodig += 1
    plaatsen = list(range(len(vat), len(vat) + nodig))
    vat += [_VAT] * nodig
    vat += [_GEEN] * (-len(vat) % 128)
    kop = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    kop += struct.pack("<IIIIIIIII", 0, nodig, begin_map, 0, _GRENS, begin_mini, len(vol) // 128, _EINDE, 0)
    kop += struct.pack(f"<{nodig}I", *plaatsen)
    return kop.ljust(_SECTOR, b"\xff") + bytes(sectoren) + struct.pack(f"<{len(vat)}I", *vat)


def _row(rij: Mapping[str, Any]) -> bytes:
    naam = rij["naam"].encode("utf-16-le")
    kop = naam.ljust(64, b"\0") + struct.pack("<HBB", len(naam) + 2 if naam else 0, rij["soort"], 1)
    kop += struct.pack("<III", _GEEN, rij.get("rechts", _GEEN), rij.get("kind", _GEEN)) + bytes(36)
    return kop + struct.pack("<IQ", rij.get("begin", 0), rij.get("lengte", 0))


def properties(teksten: Mapping[int, str], binair: Mapping[int, bytes] | None = None, kop: int = 8) -> dict[str, Any]:
    """Return the parts that hold these properties, by their number; `kop` is how long the header of the list is."""
    uit: dict[str, Any] = {}
    regels = b""
    for nr, soort, inhoud in (
        *((nr, 0x1F, tekst.encode("utf-16-le")) for nr, tekst in teksten.items()),
        *((nr, 0x102, ruw) for nr, ruw in (binair or {}).items()),
    ):
        uit[f"__substg1.0_{nr:04X}{soort:04X}"] = inhoud
        regels += struct.pack("<HHIII", soort, nr, 6, len(inhoud) + (2 if soort == 0x1F else 0), 0)
    uit["__properties_version1.0"] = bytes(kop) + regels
    return uit


def msg(teksten: Mapping[int, str], *bijlagen: Delen) -> bytes:
    """Return a mail of Outlook with these properties and attachments."""
    delen = properties({0x001A: "IPM.Note", 0x0037: "Undeliverable", **teksten}, kop=32)
    delen |= {f"__attach_version1.0_#{nr:08X}": bijlage for nr, bijlage in enumerate(bijlagen)}
    return compound(delen)


def attachment(naam: str, inhoud: bytes, mime: str = "") -> Delen:
    """Return a file in a mail."""
    return properties({0x3707: naam, **({0x370E: mime} if mime else {})}, {0x3701: inhoud})


def embedded(teksten: Mapping[int, str]) -> Delen:
    """Return a mail of Outlook within a mail."""
    return {**properties({0x3001: "Uw klacht"}), "__substg1.0_3701000D": properties(teksten, kop=24)}
