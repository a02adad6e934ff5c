"""The package of Outlook (winmail.dat): attachments and text are taken out, and no damage to it ends in an error."""

from __future__ import annotations

import random
import struct
import time
from datetime import date

import pytest

from klachten.post.binnen import read, rtf, winmail
from klachten.post.binnen.eml import WINMAIL
from klachten.post.binnen.vastleggen import as_shown
from tests.mailproef import PROGRAMMA, mail

VANDAAG = date(2026, 3, 2)
# From the specification of Microsoft (MS-OXRTFCP, 4.1.1).
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c0900206277 05b06c647d0a800fa0".replace(
        " ", ""
    )
)
PDF, LANG = b"%PDF-1.7 brief", "Een brief met een heel lange naam é.pdf"


def part(niveau: int, wat: int, data: bytes) -> bytes:
    return struct.pack("<BII", niveau, wat, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def prop(naam: int, soort: int, *waarden: bytes, merk: bytes = b"") -> bytes:
    vast = soort in (2, 3, 0xB, 0x40)
    uit = struct.pack("<HH", soort, naam) + merk + (b"" if vast else struct.pack("<I", len(waarden)))
    for een in waarden:
        uit += (b"" if vast else struct.pack("<I", len(een))) + een + bytes(-len(een) % 4)
    return uit


def props(*alle: bytes) -> bytes:
    return struct.pack("<I", len(alle)) + b"".join(alle)


def wide(tekst: str) -> bytes:
    return (tekst + "\0").encode("utf-16-le")


def attached(naam: str, inhoud: bytes, lang: str = "", *ook: bytes) -> bytes:
    alle = [prop(0x3707, 0x1F, wide(lang))] if lang else []
    van = props(*alle, *ook) if alle or ook else b""
    return b"".join(
        [
            part(2, 0x00069002, bytes(14)),
            part(2, 0x00018010, naam.encode("cp1252") + b"\0"),
            part(2, 0x0006800F, inhoud) if inhoud else b"",
            part(2, 0x00069005, van) if van else b"",
        ]
    )


def package(*delen: bytes) -> bytes:
    return winmail.MERK + b"\1\0" + part(1, 0x00089006, b"\0\0\1\0") + b"".join(delen)


NAAMLOOS = prop(0x8005, 0x1F, wide("x"), merk=bytes(16) + struct.pack("<II", 1, 5) + b"ab\0cd\0\0\0")
GOED = package(
    part(1, 0x00069007, struct.pack("<II", 1252, 0)),
    part(1, 0x00069003, props(NAAMLOOS, prop(0x0E06, 0x40, bytes(8)), prop(0x1009, 0x102, HELLO))),
    attached("EENBRI~1.PDF", PDF, LANG, prop(0x370E, 0x1E, b"application/pdf\0")),
    attached("foto.jpg", b"\xff\xd8\xff\xe0 foto"),
)


def test_the_attachments_come_out_under_their_long_names_and_the_package_stays():
    post = read(mail("", bijlagen=(("winmail.dat", GOED),)))
    assert [(een.naam, een.inhoud, een.soort) for een in post.bijlagen] == [
        ("winmail.dat", GOED, "winmail"), (LANG, PDF, "bestand"), ("foto.jpg", b"\xff\xd8\xff\xe0 foto", "bestand"),
    ]  # fmt: skip
    assert post.bijlagen[1].mime == "application/pdf"
    assert post.tekst == "hello world", "there is no other text"
    assert post.bezwaren == ()


def test_the_text_of_the_mail_itself_comes_first():
    assert read(mail("Gewone tekst.", bijlagen=(("winmail.dat", GOED),))).tekst == "Gewone tekst."
    plat = package(part(1, 0x0002800C, "Café gesloten\r\n".encode("cp1252") + b"\0"))
    assert winmail.read(plat).tekst.strip() == "Café gesloten"
    html = package(part(1, 0x00069003, props(prop(0x1013, 0x102, b"<p>Dag <b>allen</b></p><script>x</script>"))))
    assert read(mail("", bijlagen=(("winmail.dat", html),))).tekst == "Dag allen"


def test_a_mail_within_the_package_gives_what_is_in_it():
    binnen = package(part(1, 0x0002800C, b"Doorgestuurd.\0"), attached("binnen.pdf", PDF))
    buiten = package(attached("Oud bericht", b"", "", prop(0x3701, 0x0D, bytes(16) + binnen)))
    pakket = winmail.read(buiten)
    assert [(een.naam, een.inhoud) for een in pakket.bijlagen] == [
        ("binnen.pdf", PDF), ("Oud bericht.txt", b"Doorgestuurd."),
    ]  # fmt: skip
    assert pakket.heel
    for _ in range(5):
        binnen = package(attached("dieper", b"", "", prop(0x3701, 0x0D, bytes(16) + binnen)))
    assert not winmail.read(binnen).heel, "not without end"


def test_a_name_is_a_name_and_a_program_is_no_document():
    post = read(
        mail(
            "",
            bijlagen=(("winmail.dat", package(attached("x.exe", PROGRAMMA, "../../etc/x\u202e"), attached("", PDF))),),
        )
    )
    namen = [een.naam for een in post.bijlagen]
    assert namen == ["winmail.dat", "x", "bijlage 3"]
    assert any("is een programma" in zin for zin in as_shown(post, VANDAAG)["weggelaten"])


@pytest.mark.parametrize(
    "kwaad",
    [
        winmail.MERK,
        winmail.MERK + bytes(40),
        package()[:-1],
        GOED[: GOED.index(PDF) + 4],
        package(b"\2" + struct.pack("<II", 0x0006800F, 2**32 - 1)),
        package(part(1, 0x00069003, struct.pack("<I", 2**32 - 1))),
        package(part(1, 0x00069003, props(prop(0x1009, 0x102, struct.pack("<II4sI", 9, 2**31, b"LZFu", 0))))),
        package(part(2, 0x00069005, struct.pack("<IHHI", 1, 0x1F, 0x3707, 2**31))),
        package(part(1, 0x00069003, props(struct.pack("<HH", 0x99, 0x1000)))),
        package(*(attached(f"{n}.txt", b"x") for n in range(150))),
    ],
)
def test_a_package_that_is_damaged_says_so_and_leaves_what_could_be_read(kwaad: bytes):
    post = read(mail("Wel tekst.", bijlagen=(("winmail.dat", kwaad),)))
    assert post.tekst == "Wel tekst."
    assert post.bijlagen[0].inhoud == kwaad, "the package stays as it came"
    assert WINMAIL.format("winmail.dat") in post.bezwaren


def test_a_package_that_breaks_off_gives_what_came_before_and_a_wrong_sum_is_said():
    gebroken = winmail.read(GOED[:-10])
    assert ([een.naam for een in gebroken.bijlagen], gebroken.heel) == ([LANG, "foto.jpg"], False)
    waar = GOED.index(PDF)
    anders = winmail.read(GOED[:waar] + b"x" + GOED[waar + 1 :])
    assert (anders.bijlagen[0].inhoud[1:], anders.heel) == (PDF[1:], False)


def test_every_cut_and_any_bytes_are_read_without_an_error_and_in_no_time():
    begin, dobbel = time.thread_time(), random.Random(7)
    for tot in range(len(GOED)):
        winmail.read(GOED[:tot])
    for _ in range(400):
        stuk = bytearray(GOED)
        for _ in range(dobbel.randint(1, 8)):
            stuk[dobbel.randrange(6, len(stuk))] = dobbel.randrange(256)
        winmail.read(bytes(stuk))
        winmail.read(winmail.MERK + dobbel.randbytes(200))
        rtf.plain(dobbel.randbytes(300))
    assert time.thread_time() - begin < 5


def test_the_text_of_rtf_is_what_a_reader_sees():
    assert rtf.unpack(HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert rtf.unpack(struct.pack("<II4sI", 0, 5, b"MELA", 0) + b"hallo") == b"hallo"
    for tekst, gelezen in (
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}\b Dag\b0  Zo\'eb\par tot \{morgen\}}", "Dag Zoë\ntot {morgen}"),
        (rb"{\rtf1 \u8364?5 \u-10179?\u-8704?x}", "€5 x"),
        (rb"{\rtf1\fromhtml1{\*\htmltag <p>}\htmlrtf {\htmlrtf0 Beste Jan\htmlrtf }\htmlrtf0}", "Beste Jan"),
        (rb"{\pict ffd8ff}\tab a}}}{", "\ta"),
    ):
        assert rtf.plain(tekst) == gelezen, tekst
