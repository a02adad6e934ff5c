"""A scan (TIFF) is looked at as the PDF of its first pages; what is damaged or a bomb is not, and says so."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image

from klachten import apart, tiffbeeld
from klachten.scherm.dossier import weergave

BLAD = (210, 297)


def tiff(*bladen: Image.Image, **hoe: object) -> bytes:
    uit = io.BytesIO()
    bladen[0].save(uit, "TIFF", save_all=True, append_images=bladen[1:], **hoe)
    return uit.getvalue()


def page(mode: str = "L", kleur: object = 255, maat: tuple[int, int] = BLAD) -> Image.Image:
    return Image.new(mode, maat, kleur)  # type: ignore[arg-type]


def pages(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_every_page_of_a_scan_is_shown_as_pdf_and_not_only_the_first():
    inhoud = tiff(page("L", 200), page("RGB", (250, 20, 20)), page("1", 1))
    assert weergave.can_show(inhoud) == "pdf"
    beeld = weergave.of(inhoud)
    assert beeld is not None
    assert (beeld.soort, beeld.mime, pages(beeld.inhoud)) == ("pdf", "application/pdf", 3)


@pytest.mark.parametrize(
    ("mode", "kleur", "hoe"),
    [
        ("1", 1, {"compression": "group4"}), ("L", 9, {"compression": "tiff_lzw"}), ("CMYK", (1, 2, 3, 4), {}),
        ("RGB", (1, 2, 3), {"compression": "jpeg"}), ("RGBA", (1, 2, 3, 9), {"compression": "tiff_deflate"}),
        ("P", 3, {}), ("I;16", 40_000, {}), ("F", 0.5, {}), ("I", 70_000, {}),
    ],
)  # fmt: skip
def test_whatever_a_scanner_makes_of_it_can_be_seen(mode: str, kleur: object, hoe: dict[str, object]):
    assert pages(tiffbeeld.to_pdf(tiff(page(mode, kleur), **hoe))) == 1


def test_a_large_page_is_made_smaller_and_a_turned_one_upright():
    pdf = tiffbeeld.to_pdf(tiff(page("1", 1, (4_960, 7_016)), compression="group4"))
    breed, hoog = (float(deel) for deel in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", pdf)[0])
    assert max(breed, hoog) <= 2_400 / 150 * 72
    gedraaid = tiffbeeld.to_pdf(tiff(page("L", 9, (300, 100)), tiffinfo={274: 6}))
    breed, hoog = (float(deel) for deel in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", gedraaid)[0])
    assert hoog > breed


def test_of_many_pages_the_first_are_shown_and_it_says_that_there_are_more():
    assert pages(tiffbeeld.to_pdf(tiff(*(page(maat=(20, 20)) for _ in range(20))))) == 20
    assert pages(tiffbeeld.to_pdf(tiff(*(page(maat=(20, 20)) for _ in range(21))))) == 21
    assert pages(tiffbeeld.to_pdf(tiff(*(page(maat=(20, 20)) for _ in range(60))))) == 21


GOED = tiff(page("L", 7, (40, 40)), page("L", 9, (40, 40)))


@cache
def groot() -> bytes:
    """A small file of a page of 64 million points."""
    return tiff(page("1", 1, (8_000, 8_000)), compression="group4")


@pytest.mark.parametrize(
    "kwaad",
    [groot, b"II*\0" + bytes(8), b"MM\0*" + bytes(8), GOED[:60], b"II*\0\x08\0\0\0\xff\xff" + bytes(200), b"\x89PNG"],
)
def test_what_is_damaged_or_a_bomb_is_not_decoded(kwaad: bytes | Callable[[], bytes]):
    with pytest.raises(tiffbeeld.NietTeTonen):
        tiffbeeld.to_pdf(kwaad() if callable(kwaad) else kwaad)


def test_a_bomb_says_in_the_viewer_that_it_cannot_be_shown_and_the_file_stays_to_download():
    begin = time.monotonic()
    beeld = weergave.of(groot())
    assert beeld is not None
    assert (beeld.soort, beeld.inhoud.decode()) == ("tekst", weergave.NIET_TE_TONEN)
    assert time.monotonic() - begin < 20


def test_pages_that_point_to_each_other_end():
    kop = int.from_bytes(GOED[4:8], "little")
    velden = int.from_bytes(GOED[kop : kop + 2], "little")
    plek = kop + 2 + 12 * velden
    rond = GOED[:plek] + kop.to_bytes(4, "little") + GOED[plek + 4 :]
    assert pages(tiffbeeld.to_pdf(rond)) <= tiffbeeld.MEESTE_PAGINAS + 1


def test_a_decoder_that_hangs_or_dies_takes_nothing_of_the_app_along(monkeypatch: pytest.MonkeyPatch):
    assert apart.through("klachten.bestaat_niet", b"", geduld=20) is None
    monkeypatch.setattr(tiffbeeld, "GEDULD", 0.001)
    assert tiffbeeld.shown(GOED) is None
