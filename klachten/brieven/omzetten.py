"""A letter as PDF, by LibreOffice where this machine has it; without, a letter is a Word document and that is said."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from pathlib import Path

from klachten import apart
from klachten.brieven.weigering import BriefKanNiet

GEDULD = 60
"""Seconds a letter may take; the first time LibreOffice makes its profile."""
GEHEUGEN = Path("/dev/shm")
NAMEN = ("soffice", "libreoffice", "soffice.exe")
_WINDOWS = (r"C:\Program Files\LibreOffice\program\soffice.exe",)


@functools.cache
def programma() -> str | None:
    """Return where LibreOffice is on this machine, None without it."""
    gevonden = next((waar for naam in NAMEN if (waar := shutil.which(naam))), None)
    return gevonden or next((waar for waar in _WINDOWS if Path(waar).is_file()), None)


def aanwezig() -> bool:
    """Tell whether this machine can make a PDF of a letter."""
    waarmee = programma()
    return waarmee is not None and _has_writer(Path(waarmee).resolve().parent)


def _has_writer(map: Path) -> bool:
    """Tell whether the part of LibreOffice that reads letters is there: a spreadsheet alone can be installed too.

    Where the program itself is somewhere else, as behind a script, nothing can be seen and it is tried.
    """
    if not any(map.glob("soffice.bin")):
        return True
    return any(any(map.glob(naam)) for naam in ("*swlo.so", "swlo.dll"))


def to_pdf(docx: bytes) -> bytes | None:
    """Return a letter as PDF; None without LibreOffice, and when it could not make it in time."""
    waarmee = programma()
    if waarmee is None or not aanwezig():
        return None
    # A profile of its own: another LibreOffice that runs would take the order, or refuse it.
    with tempfile.TemporaryDirectory(prefix="klachten-brief-", dir=_in_memory()) as map:
        bron, uit, profiel = Path(map) / "brief.docx", Path(map) / "uit", (Path(map) / "profiel").as_uri()
        bron.write_bytes(docx)
        gelukt = apart.program(
            waarmee, f"-env:UserInstallation={profiel}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
            "--convert-to", "pdf", "--outdir", str(uit), str(bron), geduld=GEDULD,
        )  # fmt: skip
        gemaakt = uit / "brief.pdf"
        return gemaakt.read_bytes() if gelukt and gemaakt.is_file() else None


def _in_memory() -> str | None:
    """Return a folder that is kept in memory, where this machine has one: a letter is not to lie readable on a disk."""
    return str(GEHEUGEN) if GEHEUGEN.is_dir() and os.access(GEHEUGEN, os.W_OK) else None


def must(docx: bytes) -> bytes:
    """Return a letter as PDF; BriefKanNiet when that fails, where LibreOffice is there."""
    gemaakt = to_pdf(docx)
    if gemaakt is None:
        raise BriefKanNiet("LibreOffice kon van deze brief geen PDF maken. Download het Word-bestand.")
    return gemaakt
