"""What a file is by its content, whatever it is called: a CSV file, or something that has to be saved as one first."""

from __future__ import annotations

import codecs
from pathlib import Path

from klachten.handelingen.bestandssoort import GEPAKT, TEKST_SOORT, kind

BEGIN, HEEL = 4096, 64 * 1024 * 1024
"""So much of a file is looked at; of one that is packed all up to there, for what is in it is written at the end."""
_CSV = "Open het in uw spreadsheet en bewaar het blad met de klachten als CSV (bestand > opslaan als > CSV UTF-8)."
_UITPAKKEN = "Pak het eerst uit en neem het CSV-bestand over dat erin zit."
_UITVOER = "Vraag de bron om een uitvoer als CSV."
_DOE = {
    "xlsx": _CSV,
    "ods": _CSV,
    "doc": _CSV,
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
    (b"PAR1", "een Parquet-bestand", "Zet het om naar CSV met het programma waar het uit komt."),
    (b"SQLite format 3\x00", "een SQLite-database", _UITVOER),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<table")


def objection(pad: Path, codering: str) -> str:
    """Say what a file is and what to do when it cannot be the CSV file it is read as; "" when it may be."""
    with pad.open("rb") as bestand:
        begin = bestand.read(BEGIN)
        inhoud = begin + bestand.read(HEEL) if begin.startswith(GEPAKT) else begin
    for teken, wat, doe in _TEKENS:
        if begin.startswith(teken):
            return f"het is {wat}. {doe}"
    soort = kind(inhoud)
    if soort is not None and soort != TEKST_SOORT:
        uitgang = soort.uitgangen[0]
        wat = soort.naam if "(" in soort.naam or soort.naam.lower() == uitgang else f"{soort.naam} (.{uitgang})"
        return f"het is een {wat}. {_DOE.get(uitgang, _UITVOER)}"
    return _utf16(begin, codering) or _text(begin)


def _utf16(begin: bytes, codering: str) -> str:
    if codering == "utf-16":
        return ""
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return 'het is UTF-16. Zet in [bestand] codering = "utf-16".'
    even, oneven = begin[0::2].count(0), begin[1::2].count(0)
    if max(even, oneven) > len(begin) // 4 and min(even, oneven) == 0:
        return "het is UTF-16 zonder merkteken aan het begin. Bewaar het als UTF-8, bijvoorbeeld met Kladblok."
    return ""


def _text(begin: bytes) -> str:
    tekst = begin.removeprefix(codecs.BOM_UTF8).lstrip()
    klein = tekst[:200].lower()
    if klein.startswith(b"version ") and b"git-lfs" in klein:
        return "het is alleen een verwijzing van Git LFS, niet het bestand zelf. Haal het op met: git lfs pull"
    if klein.startswith(b"/annex/objects/") or b".git/annex/objects/" in klein:
        return "het is alleen een verwijzing van git-annex, niet het bestand zelf. Haal het op met: git annex get"
    if klein.startswith(_HTML):
        return f"het is een webpagina (HTML), misschien een inlogscherm of een foutmelding. {_UITVOER}"
    if klein.startswith(b"<?xml"):
        return f"het is een XML-bestand. {_UITVOER}"
    if klein.startswith(b"{") or (klein.startswith(b"[") and klein[1:].lstrip()[:1] in (b"{", b"[", b"]")):
        return f"het is een JSON-bestand. {_UITVOER}"
    return ""
