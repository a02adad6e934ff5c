"""A letter as PDF, by LibreOffice where this machine has it; without, a letter is a Word document and that is said."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

from klachten import apart

GEDULD = 60
"""Seconds a letter may take; the first time LibreOffice makes its profile."""
NAMEN = ("soffice", "libreoffice", "soffice.exe")
_WINDOWS = (r"C:\Program Files\LibreOffice\program\soffice.exe",)


@functools.cache
def programma() -> str | None:
    """Return where LibreOffice is on this machine, None without it."""
    gevonden = next((waar for naam in NAMEN if (waar := shutil.which(naam))), None)
    return gevonden or next((waar for waar in _WINDOWS if Path(waar).is_file()), None)


def aanwezig() -> bool:
    """Tell whether this machine can make a PDF of a letter."""
    return programma() is not None


def pdf(docx: bytes) -> bytes | None:
    """Return a letter as PDF; None without LibreOffice, and when it could not make it in time."""
    return _convert(docx, "pdf")


def picture(docx: bytes) -> bytes | None:
    """Return the first page of a letter as a picture (PNG), None where that cannot be."""
    return _convert(docx, "png")


def _convert(docx: bytes, naar: str) -> bytes | None:
    waarmee = programma()
    if waarmee is None:
        return None
    # A profile of its own: another LibreOffice that runs would take the order, or refuse it.
    with tempfile.TemporaryDirectory(prefix="klachten-brief-") as map:
        bron, uit, profiel = Path(map) / "brief.docx", Path(map) / "uit", (Path(map) / "profiel").as_uri()
        bron.write_bytes(docx)
        gelukt = apart.program(
            waarmee, f"-env:UserInstallation={profiel}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
            "--convert-to", naar, "--outdir", str(uit), str(bron), geduld=GEDULD,
        )  # fmt: skip
        gemaakt = uit / f"brief.{naar}"
        return gemaakt.read_bytes() if gelukt and gemaakt.is_file() else None
