"""What a file is by its content, whatever it is called: one of the kinds with a table, or what to do about it."""

from __future__ import annotations

import codecs
import zipfile
import zlib
from pathlib import Path

from klachten.handelingen import bestandssoort as dossiersoort
from klachten.handelingen.bestandssoort import GEPAKT, TEKST_SOORT
from klachten.taal import getal

CSV, XLSX, XLS, ODS, JSON, PARQUET, XES = "csv", "xlsx", "xls", "ods", "json", "parquet", "xes"
BEGIN, HEEL = 4096, 64 * 1024 * 1024
"""So much of a file is looked at; of one that is packed all up to there, for what is in it is written at the end."""
_WERKMAP = "Open het in uw spreadsheet en bewaar het blad met de klachten als werkmap (.xlsx) of als CSV UTF-8."
_UITPAKKEN = "Pak het eerst uit en neem het bestand over dat erin zit."
_UITVOER = "Vraag de bron om een uitvoer als CSV of als werkmap (.xlsx)."
WACHTWOORD = (
    "de werkmap is met een wachtwoord beveiligd. Open haar in uw spreadsheet, haal het wachtwoord weg en bewaar haar "
    "opnieuw."
)
_DOE = {
    "doc": _WERKMAP,
    "zip": _UITPAKKEN,
    "pdf": f"Daaruit zijn geen rijen te lezen. {_UITVOER}",
}
"""What to do with a kind of file that a dossier takes, by its first ending."""
_TEKENS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "een gecomprimeerd bestand (gzip)", _UITPAKKEN),
    (b"BZh", "een gecomprimeerd bestand (bzip2)", _UITPAKKEN),
    (b"\xfd7zXZ\x00", "een gecomprimeerd bestand (xz)", _UITPAKKEN),
    (b"\x28\xb5\x2f\xfd", "een gecomprimeerd bestand (zstd)", _UITPAKKEN),
    (b"7z\xbc\xaf\x27\x1c", "een gecomprimeerd bestand (7z)", _UITPAKKEN),
    (b"Rar!\x1a\x07", "een gecomprimeerd bestand (rar)", _UITPAKKEN),
    (b"PARE", "een versleuteld Parquet-bestand", "Vraag de bron om een uitvoer zonder versleuteling."),
    (b"SQLite format 3\x00", "een SQLite-database", _UITVOER),
)
_WERKMAPDELEN = (b"xl/", b"[Content_Types].xml", b"docProps/", b"opendocument.spreadsheet")
"""What the beginning of a packed file names when it is a workbook."""
_HTML = (b"<!doctype html", b"<html", b"<head", b"<table")
_GZIP, _OLE, _ZIP = b"\x1f\x8b", *GEPAKT


def kind(pad: Path, codering: str = "") -> tuple[str, str]:
    """Return which kind of table a file is and "", or "" and the sentence that says what it is and what to do."""
    with pad.open("rb") as bestand:
        begin = bestand.read(BEGIN)
        if begin.startswith(b"PAR1"):
            return PARQUET, ""
        if begin.startswith(_GZIP) and _is_xes(_unpacked(begin)):
            return XES, ""
        if begin.startswith(_ZIP) and (soort := _zipped(pad, begin)):
            return soort
        inhoud = begin + bestand.read(HEEL) if begin.startswith(GEPAKT) else begin
    for teken, wat, doe in _TEKENS:
        # A header may be called PARE or ID3.
        if begin.startswith(teken) and not (teken == b"PARE" and _readable(begin)):
            return "", f"het is {wat}. {doe}"
    if inhoud.startswith(_OLE) and (soort := _old_office(inhoud)):
        return soort
    dossier = dossiersoort.kind(inhoud)
    if dossier is not None and dossier != TEKST_SOORT:
        uitgang = dossier.uitgangen[0]
        wat = dossier.naam if "(" in dossier.naam or dossier.naam.lower() == uitgang else f"{dossier.naam} (.{uitgang})"
        return "", f"het is een {wat}. {_DOE.get(uitgang, _UITVOER)}"
    if zin := _utf16(begin, codering):
        return "", zin
    return _text(begin)


def _readable(begin: bytes) -> bool:
    return dossiersoort.read_text(begin[: BEGIN - 4]) is not None


def _zipped(pad: Path, begin: bytes) -> tuple[str, str] | None:
    """Tell a workbook from the names in it; None when it is none, or when the list of names cannot be read."""
    lijkt = any(deel in begin for deel in _WERKMAPDELEN)
    groot = pad.stat().st_size
    if groot > HEEL:
        # A list of millions of names would be read as a whole.
        zin = (
            f"de werkmap is {getal(groot // 1024**2)} MB; meer dan {HEEL // 1024**2} MB wordt niet gelezen. Splits "
            "haar, bijvoorbeeld per jaar, of bewaar het blad met de klachten als CSV UTF-8."
        )
        return ("", zin) if lijkt else None
    try:
        with zipfile.ZipFile(pad) as gepakt:
            namen = set(gepakt.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError, RuntimeError):
        zin = (
            "het is een werkmap die niet compleet is: het einde ontbreekt of is beschadigd. Haal of kopieer het "
            "bestand opnieuw."
        )
        return ("", zin) if lijkt else None
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in begin[:160] and "content.xml" in namen:
        return ODS, ""
    if "xl/workbook.bin" in namen:
        return "", (
            "het is een binaire Excel-werkmap (.xlsb). Open het in uw spreadsheet en bewaar het als werkmap (.xlsx)."
        )
    return (XLSX, "") if "xl/workbook.xml" in namen else None


def _old_office(inhoud: bytes) -> tuple[str, str] | None:
    namen = {naam for naam in _OLE_DELEN if naam.encode("utf-16-le") in inhoud}
    # A mail or a letter may have a workbook in it.
    if namen & {"__properties_version1.0", "WordDocument"}:
        return None
    if "EncryptedPackage" in namen:
        return "", WACHTWOORD
    boek = any(naam.encode("utf-16-le") + b"\0" * 4 in inhoud for naam in ("Workbook", "Book"))
    return (XLS, "") if boek else None


_OLE_DELEN = ("EncryptedPackage", "__properties_version1.0", "WordDocument")


def _unpacked(begin: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(begin, BEGIN)
    except zlib.error:
        return b""


def _is_xes(begin: bytes) -> bool:
    tekst = begin.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return tekst.startswith((b"<?xml", b"<log", b"<!--")) and (b"<log" in tekst or b"xes" in tekst)


def _utf16(begin: bytes, codering: str) -> str:
    if codering == "utf-16":
        return ""
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return 'het is UTF-16. Zet in [bestand] codering = "utf-16".'
    even, oneven = begin[0::2].count(0), begin[1::2].count(0)
    if max(even, oneven) > len(begin) // 4 and min(even, oneven) == 0:
        return "het is UTF-16 zonder merkteken aan het begin. Bewaar het als UTF-8, bijvoorbeeld met Kladblok."
    return ""


def _text(begin: bytes) -> tuple[str, str]:
    tekst = begin.removeprefix(codecs.BOM_UTF8).lstrip()
    klein = tekst[:200].lower()
    if klein.startswith(b"version ") and b"git-lfs" in klein:
        return "", "het is alleen een verwijzing van Git LFS, niet het bestand zelf. Haal het op met: git lfs pull"
    if klein.startswith(b"/annex/objects/") or b".git/annex/objects/" in klein:
        return "", "het is alleen een verwijzing van git-annex, niet het bestand zelf. Haal het op met: git annex get"
    if klein.startswith(_HTML):
        return "", f"het is een webpagina (HTML), misschien een inlogscherm of een foutmelding. {_UITVOER}"
    if _is_xes(tekst):
        return XES, ""
    if klein.startswith(b"<?xml"):
        return "", f"het is een XML-bestand, maar geen proceslog (XES). {_UITVOER}"
    if klein.startswith(b"{") or (klein.startswith(b"[") and klein[1:].lstrip()[:1] in (b"{", b"[", b"]")):
        return JSON, ""
    return CSV, ""
