"""A TIFF, which no browser shows, as a PDF to look at: its first pages, made small enough to read on a screen.

It is decoded in a process of its own, within limits of memory and time: what a picture that is made to do harm does to
the decoder, it does there. Nothing of it touches a disk.
"""

from __future__ import annotations

import io
import sys
import warnings
from contextlib import suppress

from PIL import Image, ImageDraw, ImageFont, ImageOps

from klachten import apart

MEESTE_PAGINAS = 20
MEESTE_PUNTEN = 40_000_000
"""Of one page: a sheet of A4 at 600 dpi has 35 million."""
SCHERM = (1_700, 2_400)
"""Points wide and high that a page gets at most: 200 to an inch of A4."""
GEHEUGEN, SECONDEN, GEDULD = 1 << 30, 20, 30.0
"""Bytes and seconds of work that the process may take, and seconds that are waited for it."""
MEER = "Hier staan de eerste {} pagina's. Download het stuk om alles te zien."
_FOUTEN = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError, ZeroDivisionError,
    RuntimeError, MemoryError, AttributeError, Warning, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises on a file that is damaged, or larger than may be."""


class NietTeTonen(ValueError):
    """No picture can be made of it."""


def shown(inhoud: bytes) -> bytes | None:
    """Return a TIFF as PDF, made in another process; None when that cannot be, within its limits."""
    return apart.through("klachten.tiffbeeld", inhoud, geduld=GEDULD)


def to_pdf(inhoud: bytes) -> bytes:
    """Return the first pages as PDF; NietTeTonen when it is no such picture, damaged at its begin, or too large."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # damage is said by what raises
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = MEESTE_PUNTEN
        try:
            with Image.open(io.BytesIO(inhoud), formats=("TIFF",)) as beeld:
                bladen = _pages(beeld)
            uit = io.BytesIO()
            bladen[0].save(uit, "PDF", save_all=True, append_images=bladen[1:], resolution=150, title="")
        except _FOUTEN as fout:
            raise NietTeTonen(str(fout)) from fout
    return uit.getvalue()


def _pages(beeld: Image.Image) -> list[Image.Image]:
    """Return the pages, one decoded at a time; what breaks off after the first leaves those before it."""
    bladen: list[Image.Image] = []
    for nr in range(MEESTE_PAGINAS + 1):
        try:
            beeld.seek(nr)
            if nr == MEESTE_PAGINAS:
                return [*bladen, _note(bladen[0].size)]
            bladen.append(_page(beeld))
        except EOFError:
            return bladen
        except _FOUTEN:
            if not bladen:
                raise
            return bladen
    return bladen


def _page(beeld: Image.Image) -> Image.Image:
    if beeld.width * beeld.height > MEESTE_PUNTEN:
        raise NietTeTonen("a page of more points than may be")
    beeld.load()
    recht = ImageOps.exif_transpose(beeld)
    if recht.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB"):
        vlak = recht.convert("L" if recht.mode in ("1", "L", "LA") else "RGB")
    elif recht.mode.startswith("I;16"):
        vlak = recht.convert("I").point(lambda punt: punt / 256).convert("L")
    else:
        vlak = recht.convert("L")
    vlak.thumbnail(SCHERM)
    return vlak


def _note(maat: tuple[int, int]) -> Image.Image:
    """A last page that says that there are more."""
    blad = Image.new("L", maat, 255)
    letter = ImageFont.load_default(size=max(10, maat[0] // 45))
    ImageDraw.Draw(blad).text((maat[0] // 12, maat[1] // 12), MEER.format(MEESTE_PAGINAS), fill=0, font=letter)
    return blad


def main() -> int:
    """Read a TIFF from standard input and write the PDF to standard output; 1 when it cannot be shown."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits; there the time alone holds
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (GEHEUGEN, GEHEUGEN))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
    try:
        sys.stdout.buffer.write(to_pdf(sys.stdin.buffer.read()))
    except NietTeTonen:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
