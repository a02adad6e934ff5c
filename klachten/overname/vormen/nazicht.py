"""Looking a workbook over before it is read: what it holds once unpacked, and what its reader would not tell.

Its reader keeps a sheet as one rectangle in memory, and gives an empty cell for a fault and for a formula that was
never calculated. Nothing is trusted of what a file says of itself: every part is unpacked and counted.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from klachten.overname import bestandssoort
from klachten.taal import getal

MEESTE_CELLEN = 20_000_000
MEESTE_DELEN, MEESTE_GEMERKT = 10_000, 1_000_000
UITGEPAKT = 1024**3
"""So many bytes a workbook may be once unpacked."""
_BROK, _LIJST = 1024 * 1024, 16 * 1024 * 1024
STUK = "de werkmap is beschadigd of niet compleet. Open haar in uw spreadsheet en bewaar haar opnieuw."
_DOCTYPE = "de werkmap bevat XML met eigen definities (DOCTYPE); die worden niet gelezen. Bewaar haar opnieuw."

_RIJ = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_RIJNR = re.compile(rb"""\br=["'](\d+)["']""")
_BREED = {26: (702, re.compile(rb"""r=["'][A-Z]{2,3}[0-9]""")), 702: (16_384, re.compile(rb"""r=["'][A-Z]{3}[0-9]"""))}
"""How wide a sheet is at most as long as no cell has a name of so many letters; looked for one after the other."""
_CEL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]+)(\d+)["'](?:[^>]*[^/>])?>(?!</)""")
_ZONDER_PLAATS = re.compile(rb"""<(?:\w+:)?c(?: +(?!r=)\w+=["'][^"']*["'])* *>""")
_FOUT = re.compile(rb"""<(?:\w+:)?c\b([^>]*?\bt=["']e["'][^>]*)>""")
_FORMULE = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
_PLAATS = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
_VERBORGEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")


# An encoding that nobody knows is a LookupError, one that the parser cannot use a ValueError.
_KAPOT = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, LookupError, ValueError, EOFError, OSError, RuntimeError,
    ElementTree.ParseError, expat.ExpatError,
)  # fmt: skip


class Werkmapfout(ValueError):
    """A workbook that cannot be read; the sentence says why."""


@dataclass
class Bladzicht:
    """What one sheet is: how large, and where its reader would give nothing without a word (row and column from 0)."""

    hoogte: int = 0
    breedte: int = 26
    verborgen_rijen: int = 0
    zonder_uitkomst: dict[int, set[int]] = field(default_factory=dict)
    fouten: dict[int, set[int]] = field(default_factory=dict)
    samengevoegd: list[tuple[tuple[int, int], tuple[int, int]]] | None = None
    _gemerkt: int = 0

    def mark(self, waar: dict[int, set[int]], rij: int, kolom: int) -> None:
        """Remember a cell that its reader would give as an empty one."""
        self._gemerkt += 1
        if self._gemerkt > MEESTE_GEMERKT:
            raise Werkmapfout(
                f"op een blad staan meer dan {getal(MEESTE_GEMERKT)} cellen met een fout of met een formule zonder "
                "uitkomst. Open de werkmap in uw spreadsheet, laat haar rekenen en bewaar haar opnieuw."
            )
        waar.setdefault(rij, set()).add(kolom)

    def check(self, naam: str) -> None:
        """Refuse a sheet that would not fit in memory."""
        if self.hoogte * self.breedte > MEESTE_CELLEN:
            raise Werkmapfout(
                f"blad '{naam}' loopt tot regel {getal(self.hoogte)} en kolom {getal(self.breedte)}; dat is te groot "
                "om te lezen. Kopieer alleen de tabel naar een nieuw blad en bewaar dat."
            )


def inspect(pad: Path, soort: str) -> dict[str, Bladzicht]:
    """Look over an .xlsx or .ods and return what each sheet is; Werkmapfout when it cannot be read."""
    try:
        with zipfile.ZipFile(pad) as gepakt, pad.open("rb") as bestand:
            delen = gepakt.infolist()
            if sum(deel.file_size for deel in delen) > UITGEPAKT:
                raise Werkmapfout(
                    f"uitgepakt is de werkmap groter dan {UITGEPAKT // 1024**3} GB. Zo groot is geen register van "
                    "klachten; neem het bestand niet over zonder te weten waar het vandaan komt."
                )
            if len(delen) > MEESTE_DELEN:
                raise Werkmapfout(STUK)
            if any(deel.flag_bits & 1 for deel in delen):
                raise Werkmapfout(bestandssoort.WACHTWOORD)
            if soort == bestandssoort.ODS and b"encryption-data" in _listed(gepakt, "META-INF/manifest.xml"):
                raise Werkmapfout(bestandssoort.WACHTWOORD)
            bladen = _sheets(gepakt) if soort == bestandssoort.XLSX else {}
            lezers = {plek: _Xlsxblad() for plek in bladen.values()}
            ods = _Odslezer()
            for deel in delen:
                lezer = lezers.get(deel.filename)
                if soort == bestandssoort.ODS and deel.filename == "content.xml":
                    lezer = ods
                for brok in _unpack(bestand, deel):
                    if lezer is not None:
                        lezer.feed(brok)
            for plek in bladen.values():
                if plek in lezers and lezers[plek].must_count:
                    deel = gepakt.getinfo(plek)
                    lezers[plek].count(_unpack(bestand, deel))
    except Werkmapfout:
        raise
    except _KAPOT as fout:
        raise Werkmapfout(STUK) from fout
    zicht = {naam: lezers[plek].zicht for naam, plek in bladen.items()} if bladen else ods.bladen
    for naam, blad in zicht.items():
        blad.check(naam)
    return zicht


def _unpack(bestand, deel: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack one part a piece at a time; never more than it says that it is."""
    bestand.seek(deel.header_offset)
    kop = bestand.read(30)
    if kop[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    bestand.seek(int.from_bytes(kop[26:28], "little") + int.from_bytes(kop[28:30], "little"), 1)
    over, groot, som = deel.compress_size, 0, 0
    if deel.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    pers = zlib.decompressobj(-15) if deel.compress_type == zipfile.ZIP_DEFLATED else None
    while over:
        rauw = bestand.read(min(over, _BROK))
        if not rauw:
            raise EOFError
        over -= len(rauw)
        while rauw:
            brok = rauw if pers is None else pers.decompress(rauw, _BROK)
            rauw = b"" if pers is None else pers.unconsumed_tail
            groot, som = groot + len(brok), zlib.crc32(brok, som)
            if groot > deel.file_size:
                raise zipfile.BadZipFile
            yield brok
    if groot != deel.file_size or som != deel.CRC or (pers is not None and not pers.eof):
        raise EOFError


def _sheets(gepakt: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by the name of the sheet."""
    boek, verwijzingen = (_small(gepakt, naam) for naam in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    doelen = {deel.get("Id"): deel.get("Target", "") for deel in verwijzingen}
    plekken = {}
    for blad in boek.iter():
        if blad.tag.rpartition("}")[2] == "sheet":
            doel = doelen.get(next((waarde for naam, waarde in blad.items() if naam.endswith("}id")), ""), "")
            plekken[blad.get("name", "")] = doel[1:] if doel.startswith("/") else f"xl/{doel}"
    return plekken


def _listed(gepakt: zipfile.ZipFile, naam: str) -> bytes:
    if gepakt.getinfo(naam).file_size > _LIJST:
        raise Werkmapfout(STUK)
    return gepakt.read(naam)


def _small(gepakt: zipfile.ZipFile, naam: str) -> ElementTree.Element:
    inhoud = _listed(gepakt, naam)
    if b"<!DOCTYPE" in inhoud:
        raise Werkmapfout(_DOCTYPE)
    return ElementTree.fromstring(inhoud)


class _Xlsxblad:
    """Reads one sheet of an .xlsx for what is looked for, with a few searches instead of a parser: that is fast."""

    def __init__(self) -> None:
        self.zicht, self._rest, self._rijen = Bladzicht(), b"", 0

    def feed(self, brok: bytes) -> None:
        """Look at the next piece."""
        alles = self._rest + brok
        einde = max(alles.rfind(b"</c>"), alles.rfind(b":c>")) + 4
        einde = einde if einde > 4 else alles.rfind(b">") + 1
        stuk, self._rest = alles[:einde], alles[einde:][-_BROK:]
        zicht = self.zicht
        rijen = b"".join(begin := _RIJ.findall(stuk))
        self._rijen += len(begin)
        zicht.hoogte = max(zicht.hoogte, self._rijen, *map(int, _RIJNR.findall(rijen)))
        zicht.verborgen_rijen += len(_VERBORGEN.findall(rijen))
        while (breder := _BREED.get(zicht.breedte)) and breder[1].search(stuk):
            zicht.breedte = breder[0]
        if b't="e"' in stuk or b"t='e'" in stuk:
            for cel in _FOUT.findall(stuk):
                self._mark(zicht.fouten, cel)
        if b"<f" in stuk or b":f" in stuk:
            for gevonden in _FORMULE.finditer(stuk):
                # The outcome of a formula that is an empty text was calculated.
                if b'"str"' not in gevonden[1] or b"<v" not in gevonden[0]:
                    self._mark(zicht.zonder_uitkomst, gevonden[1])

    def _mark(self, waar: dict[int, set[int]], cel: bytes) -> None:
        if plaats := _PLAATS.search(cel):
            self.zicht.mark(waar, int(plaats[2]) - 1, _column(plaats[1]))

    @property
    def must_count(self) -> bool:
        """Whether the outer bounds say too little, and the cells that hold something have to be counted."""
        return self.zicht.hoogte * self.zicht.breedte > MEESTE_CELLEN

    def count(self, brokken: Iterator[bytes]) -> None:
        """Find the last row and column with a cell that holds something; where a cell has no place, all stays as is."""
        zicht, rest = self.zicht, b""
        buiten = zicht.hoogte, zicht.breedte
        zicht.hoogte = zicht.breedte = 0
        kolommen: set[bytes] = set()
        for brok in brokken:
            alles = rest + brok
            einde = alles.rfind(b">") + 1
            if _ZONDER_PLAATS.search(alles, 0, einde):
                zicht.hoogte, zicht.breedte = buiten
                return
            for kolom, rij in _CEL.findall(alles[:einde]):
                kolommen.add(kolom)
                zicht.hoogte = max(zicht.hoogte, int(rij))
            rest = alles[einde:][-_BROK:]
        zicht.breedte = max(map(_column, kolommen), default=-1) + 1


def _column(letters: bytes) -> int:
    """The place of a column from 0: A is 0, AA is 26."""
    plaats = 0
    for letter in letters:
        plaats = plaats * 26 + letter - 64
    return plaats - 1


def reference(rij: int, kolom: int) -> str:
    """Return the place of a cell as a spreadsheet calls it, from row and column that count from 0: C5."""
    letters, kolom = "", kolom + 1
    while kolom:
        kolom, rest = divmod(kolom - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{rij + 1}"


class _Odslezer:
    """Reads the cells of an .ods for what is looked for."""

    def __init__(self) -> None:
        self.bladen: dict[str, Bladzicht] = {}
        self._blad, self._rij, self._kolom, self._keer = Bladzicht(), 0, 0, 1
        self._lezer = expat.ParserCreate()
        self._lezer.StartElementHandler, self._lezer.EndElementHandler = self._start, self._end
        self._lezer.StartDoctypeDeclHandler = self._doctype

    def feed(self, brok: bytes) -> None:
        """Look at the next piece."""
        self._lezer.Parse(brok)

    def _doctype(self, *_: object) -> None:
        raise Werkmapfout(_DOCTYPE)

    def _start(self, naam: str, kenmerken: dict[str, str]) -> None:
        if naam in ("table:table-cell", "table:covered-table-cell"):
            self._cell(kenmerken)
        elif naam == "table:table-row":
            self._keer, self._kolom = _times(kenmerken, "table:number-rows-repeated"), 0
        elif naam == "table:table":
            self._rij = 0
            self._blad = self.bladen[kenmerken.get("table:name", "")] = Bladzicht(breedte=0, samengevoegd=[])

    def _end(self, naam: str) -> None:
        if naam == "table:table-row":
            self._rij += self._keer

    def _cell(self, kenmerken: dict[str, str]) -> None:
        blad, keer = self._blad, _times(kenmerken, "table:number-columns-repeated")
        soort = kenmerken.get("office:value-type")
        onder = _times(kenmerken, "table:number-rows-spanned")
        if soort is not None or "table:formula" in kenmerken:
            blad.hoogte = max(blad.hoogte, self._rij + self._keer)
            blad.breedte = max(blad.breedte, self._kolom + keer)
        if onder > 1 and blad.samengevoegd is not None:
            naast = _times(kenmerken, "table:number-columns-spanned")
            blad.samengevoegd.append(((self._rij, self._kolom), (self._rij + onder - 1, self._kolom + naast - 1)))
        if kenmerken.get("calcext:value-type") == "error":
            self._mark(blad.fouten, keer)
        elif "table:formula" in kenmerken and soort is None:
            self._mark(blad.zonder_uitkomst, keer)
        self._kolom += keer

    def _mark(self, waar: dict[int, set[int]], keer: int) -> None:
        for rij in range(self._rij, self._rij + self._keer):
            for kolom in range(self._kolom, self._kolom + keer):
                self._blad.mark(waar, rij, kolom)


def _times(kenmerken: dict[str, str], naam: str) -> int:
    tekst = kenmerken.get(naam, "1")
    return min(int(tekst), 2**31) if tekst.isascii() and tekst.isdigit() else 1
