"""Which bytes may become a document: bombs and programs may not, and whatever an indiener really sends may."""

from __future__ import annotations

import time
import zipfile

import pytest

from klachten.handelingen.stuk import GROOTSTE, MEESTE_DELEN, bezwaar
from tests.aanval import bommen

UITPAKKEN, PROGRAMMA, BEELD = "bij het uitpakken onredelijk groot", "is een programma", "afbeelding is zo groot"


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "het bestand is leeg."),
        (b"x" * (GROOTSTE + 1), "het bestand is groter dan 25 MB."),
        (bommen.nullen(20), UITPAKKEN),
        (bommen.nullen(20, "xl/worksheets/sheet1.xml"), UITPAKKEN),
        (b"%PDF-1.7\n" + bommen.nullen(20), UITPAKKEN),
        (bommen.leugen(), UITPAKKEN),
        (bommen.overlap(), UITPAKKEN),
        (bommen.zip_van({str(nr): b"" for nr in range(MEESTE_DELEN + 1)}), UITPAKKEN),
        (bommen.exe(), PROGRAMMA),
        (b"\x7fELF" + bytes(60), PROGRAMMA),
        (b"#!/bin/sh\nrm -rf /\n", PROGRAMMA),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), PROGRAMMA),
        (bommen.png(50_000, 50_000), BEELD),
        (bommen.jpeg(65_000, 65_000), BEELD),
        (b"GIF89a" + b"\xff\xff\xff\xff" + bytes(10), BEELD),
        (b"BM" + bytes(16) + b"\x00\x00\x01\x00\x00\x00\x01\x00" + bytes(40), BEELD),
    ],
)
def test_what_would_harm_whoever_opens_it_is_refused_with_a_sentence(inhoud: bytes, zin: str):
    assert zin in (bezwaar(inhoud) or "")


@pytest.mark.parametrize(
    "inhoud",
    [
        b"Geachte heer, MZ is een afkorting.",
        b"MZ" + b"x" * 100,
        b"%PDF-1.7\nstuk",
        bommen.png(9_900, 14_000),
        bommen.jpeg(6_000, 4_000),
        b"GIF89a" + b"\x10\x00\x10\x00" + bytes(10),
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8" + b"\xff\xe1\xff\xff" + bytes(20),
        b"\x89PNG",
        b"PK\x03\x04 geen echt ingepakt bestand",
        bommen.zip_van(
            {"word/document.xml": b"<w:p>Geachte heer</w:p>" * 2_000, "media/foto.jpg": bytes(range(256)) * 99}
        ),
        bommen.zip_van({"a": b"x" * 5_000}, zipfile.ZIP_STORED),
        bommen.zip_van({"binnen.zip": bommen.zip_van({"a": b"brief"})}),
    ],
)
def test_what_somebody_really_sends_may_come_in(inhoud: bytes):
    assert bezwaar(inhoud) is None


def test_a_broken_packed_file_is_kept_as_it_came():
    heel = bommen.zip_van({"a": b"brief " * 99, "b": bytes(range(256))})
    mag = (None, bezwaar(bommen.nullen(20)))
    for plek in range(0, len(heel), 3):
        assert bezwaar(heel[:plek] + b"\xff" + heel[plek + 1 :]) in mag


def test_looking_at_a_bomb_costs_nothing():
    bom = bommen.nullen(150)
    begin = time.process_time()
    assert UITPAKKEN in (bezwaar(bom) or "")
    assert time.process_time() - begin < 0.5
