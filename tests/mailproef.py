"""Mails for tests: good ones, and hostile ones with what the app has to say of each."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple


class Kwaad(NamedTuple):
    """A hostile mail: its bytes, whether it is a mail, and words of what is said of it; `wat` must hold too."""

    maak: bytes | Callable[[], bytes]
    zegt: str
    mail: bool = True
    wat: Mapping[str, Any] = MappingProxyType({})

    @property
    def inhoud(self) -> bytes:
        """What takes time to make is made when it is read."""
        return self.maak() if callable(self.maak) else self.maak


def mail(
    tekst: str = "Mijn begeleider kwam niet.",
    *,
    html: str = "",
    bijlagen: tuple[tuple[str, bytes], ...] = (),
    zonder: tuple[str, ...] = (),
    **koppen: str,
) -> bytes:
    """Write a mail as a mail program does."""
    bericht = EmailMessage(policy=SMTP)
    standaard = {
        "From": "Marieke Jansen <m.jansen@klant.example>",
        "To": "klachten@firma.example",
        "Subject": "Klacht over mijn begeleiding",
        "Date": "Thu, 26 Feb 2026 23:30:00 +0000",
    }
    for naam, waarde in {**standaard, **koppen}.items():
        if naam not in zonder:
            bericht[naam] = waarde
    bericht.set_content(tekst)
    if html:
        bericht.add_alternative(html, subtype="html")
    for naam, inhoud in bijlagen:
        bericht.add_attachment(inhoud, maintype="application", subtype="octet-stream", filename=naam)
    return bericht.as_bytes()


def raw(*koppen: str | bytes, tekst: bytes = b"tekst") -> bytes:
    """Write a mail line by line."""
    regels = [kop.encode() if isinstance(kop, str) else kop for kop in koppen]
    return b"\r\n".join(regels) + b"\r\n\r\n" + tekst


VAN, DATUM = "From: a@b.example", "Date: Thu, 26 Feb 2026 12:00:00 +0100"


def nested(diep: int) -> bytes:
    """A mail in a mail in a mail."""
    inhoud = raw(VAN, DATUM, "Subject: de kern", tekst=b"diep")
    for nr in range(diep):
        inhoud = raw(VAN, DATUM, f"Subject: laag {nr}", "Content-Type: message/rfc822", tekst=inhoud)
    return inhoud


def multiparts(diep: int) -> bytes:
    """Parts within parts."""
    inhoud = b"Content-Type: text/plain\r\n\r\ndiep"
    for nr in range(diep):
        kop = f'Content-Type: multipart/mixed; boundary="g{nr}"\r\n\r\n--g{nr}\r\n'.encode()
        inhoud = kop + inhoud + f"\r\n--g{nr}--\r\n".encode()
    return b"From: a@b.example\r\nMIME-Version: 1.0\r\n" + inhoud


def bomb() -> bytes:
    """A zip that unpacks to far too much."""
    vak = io.BytesIO()
    with zipfile.ZipFile(vak, "w", zipfile.ZIP_DEFLATED) as zip:
        zip.writestr("nul", bytes(30_000_000))
    return vak.getvalue()


def named(naam: str) -> bytes:
    """A mail with an attachment that has this name, byte for byte."""
    kop = b'Content-Type: multipart/mixed; boundary="x"'
    deel = b'--x\r\nContent-Disposition: attachment; filename="' + naam.encode() + b'"\r\n\r\ninhoud\r\n--x--\r\n'
    return raw(VAN, DATUM, kop, tekst=b"--x\r\n\r\ntekst\r\n" + deel)


def ole() -> bytes:
    """A file of the kind that .msg is, with nothing in it: an empty compound file."""
    kop = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    kop += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    kop += b"\xff" * (512 - len(kop))
    vat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    wortel = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII", 22, 5, 1, *[0xFFFFFFFF] * 3)
    wortel += bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return kop + vat + wortel.ljust(128, b"\0") + (bytes(66) + b"\0" * 2 + b"\xff" * 12 + bytes(48)) * 3


TNEF = b"\x78\x9f\x3e\x22" + bytes(40)
PROGRAMMA = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + bytes(200)
_UTF7 = raw(VAN, DATUM, "Content-Type: text/plain; charset=utf-7", tekst=b"+AOk-+AOk-n klacht")
_JAPANS = "苦情です".encode("iso-2022-jp")
_BASE64 = base64.b64encode(b"zes weken gewacht op antwoord")

KWAAD: dict[str, Kwaad] = {
    "nothing at all": Kwaad(b"", "het bestand is leeg", mail=False),
    "text that is no mail": Kwaad(b"gewoon wat tekst", "Dit is geen e-mail", mail=False),
    "a pdf called .eml": Kwaad(b"%PDF-1.7\n%\xe2\xe3", "maar een pdf", mail=False),
    "a program called .eml": Kwaad(PROGRAMMA, "dit is een programma", mail=False),
    "larger than 25 MB": Kwaad(lambda: raw(VAN) + b"x" * (25 * 2**20), "groter dan 25 MB", mail=False),
    "a .msg without a mail in it": Kwaad(ole(), "geen e-mail", mail=False),
    "a .msg that is cut off": Kwaad(ole()[:600], "zo beschadigd", mail=False),
    "no text": Kwaad(raw(VAN, DATUM, tekst=b""), "De mail heeft geen tekst", wat={"tekst": ""}),
    "no date": Kwaad(mail(zonder=("Date",)), "De mail heeft geen datum", wat={"op": None}),
    "a date that does not exist": Kwaad(raw(VAN, "Date: 31 Febtember 20xx"), "een datum die niet bestaat"),
    "a date with a zone of a year": Kwaad(
        raw(VAN, "Date: Thu, 26 Feb 2026 12:00:00 +999999"), "datum die niet bestaat", wat={"op": None}
    ),
    "no sender": Kwaad(mail(zonder=("From",)), "niet van wie zij is", wat={"naam": "", "adres": ""}),
    "a sender that calls itself another address": Kwaad(
        raw("From: baas@firma.example <x@kwaad.example>", DATUM), "noemt zich", wat={"adres": "x@kwaad.example"}
    ),
    "utf-7": Kwaad(_UTF7, "", wat={"tekst": "één klacht"}),
    "iso-2022-jp": Kwaad(
        raw(VAN, DATUM, "Content-Type: text/plain; charset=iso-2022-jp", tekst=_JAPANS), "", wat={"tekst": "苦情です"}
    ),
    "an encoding nobody knows": Kwaad(
        raw(VAN, DATUM, "Content-Type: text/plain; charset=x-martian", tekst="één".encode()),
        "noemt tekenset 'x-martian'",
        wat={"tekst": "één"},
    ),
    "an encoding that is none of text": Kwaad(
        raw(VAN, DATUM, "Content-Type: text/plain; charset=hex", tekst=b"6162"), "tekenset 'hex'", wat={"tekst": "6162"}
    ),
    "another encoding than it says": Kwaad(
        raw(VAN, DATUM, "Content-Type: text/plain; charset=utf-8", tekst=b"caf\xe9"), "kijk na", wat={"tekst": "café"}
    ),
    "bare bytes in the header": Kwaad(
        raw("From: Ren\xe9 <r@b.example>".encode("latin-1"), DATUM, "Subject: caf\xe9".encode("latin-1")),
        "niet goed geschreven",
        wat={"onderwerp": "café", "naam": "René"},
    ),
    "an encoded word that is broken": Kwaad(
        raw(VAN, DATUM, "Subject: =?utf-8?b?w6nDqW4ga2x?= =?x?q?ab?="), "tekenset 'x'", wat={"adres": "a@b.example"}
    ),
    "a header that brings in others": Kwaad(
        raw(VAN, DATUM, "Subject: =?utf-8?q?ja=0D=0ABcc:_x@y.example?="), "", wat={"onderwerp": "ja Bcc: x@y.example"}
    ),
    "a header of a megabyte": Kwaad(raw(VAN, DATUM, "Subject: " + "a" * 10**6), "onredelijk lang"),
    "200 recipients": Kwaad(
        raw(VAN, DATUM, "To: " + ", ".join(f"Lid {n} <l{n}@x.example>" for n in range(200))),
        "",
        wat={"ontvangers": ", ".join(f"Lid {n} <l{n}@x.example>" for n in range(5)) + " en nog 195 anderen"},
    ),
    "mails within mails, 50 deep": Kwaad(nested(50), "", wat={"aantal": 1}),
    "mails within mails, 3000 deep": Kwaad(partial(nested, 3000), "te diep in elkaar"),
    "parts within parts, 200 deep": Kwaad(multiparts(200), "te diep in elkaar"),
    "winmail.dat": Kwaad(mail(bijlagen=(("winmail.dat", TNEF),)), "pakket van Outlook", wat={"aantal": 1}),
    "150 attachments": Kwaad(
        partial(mail, bijlagen=tuple((f"{n}.txt", b"%d" % n) for n in range(150))),
        "meer dan 100 bijlagen",
        wat={"aantal": 100},
    ),
    "a path for a name": Kwaad(named("../../etc/passwd"), "", wat={"namen": ["passwd"]}),
    "a path of Windows for a name": Kwaad(named("C:\\\\Windows\\\\kwaad.txt"), "", wat={"namen": ["kwaad.txt"]}),
    "a null in a name": Kwaad(named("kwaad.pdf\0.exe"), "", wat={"namen": ["kwaad.pdf.exe"]}),
    "a name that reads the other way round": Kwaad(named("\u202efdp.exe"), "", wat={"namen": ["fdp.exe"]}),
    "a name of nothing but dots": Kwaad(named(".."), "", wat={"namen": ["bijlage 1.txt"]}),
    "a name of 300 characters": Kwaad(named("a" * 300 + ".pdf"), "", wat={"namen": ["a" * 130 + ".pdf"]}),
    "the same name twice": Kwaad(
        mail(bijlagen=(("a.txt", b"1"), ("A.txt", b"2"))), "", wat={"namen": ["a.txt", "A (2).txt"]}
    ),
    "html alone, with a script and an image": Kwaad(
        raw(
            VAN,
            DATUM,
            "Content-Type: text/html",
            tekst=b"<head><style>p{}</style><title>x</title></head><p>Mijn&nbsp;klacht</p><script>alert(1)</script>"
            b'<img src="http://kwaad.example/pixel.gif" alt="foto"><a href="javascript:1">hier</a><br>einde',
        ),
        "",
        wat={"tekst": "Mijn klacht\n[foto]hier\neinde"},
    ),
    "html that never ends a script": Kwaad(
        raw(VAN, DATUM, "Content-Type: text/html", tekst=b"<p>klacht</p><script>" + b"<" * 50_000),
        "",
        wat={"tekst": "klacht"},
    ),
    "no boundary": Kwaad(
        raw(
            VAN, DATUM, "Content-Type: multipart/mixed", tekst=b"--x\r\nContent-Type: text/plain\r\n\r\nklacht\r\n--x--"
        ),
        "beschadigd",
        wat={"tekst": "klacht"},
    ),
    "another boundary than it says": Kwaad(
        raw(
            VAN,
            DATUM,
            'Content-Type: multipart/mixed; boundary="y"',
            tekst=b"--x\r\nContent-Type: text/plain\r\n\r\nklacht\r\n--x--",
        ),
        "beschadigd",
        wat={"tekst": "klacht"},
    ),
    "broken base64": Kwaad(
        raw(VAN, DATUM, "Content-Transfer-Encoding: base64", tekst=_BASE64[:-3] + b"!"), "beschadigd"
    ),
    "an unknown way of packing": Kwaad(
        raw(VAN, DATUM, "Content-Transfer-Encoding: x-zip", tekst=b"klacht"), "", wat={"tekst": "klacht"}
    ),
    "characters that cannot be seen": Kwaad(
        raw(VAN, DATUM, "Content-Type: text/plain; charset=utf-8", tekst="a\u202eb\x00c\x1b[31md".encode()),
        "",
        wat={"tekst": "abc[31md"},
    ),
    "a text longer than a field": Kwaad(mail("woord " * 30_000), "langer dan in een veld past"),
    "a BOM and empty lines before it": Kwaad(b"\xef\xbb\xbf\r\n\r\n" + raw(VAN, DATUM), "", wat={"tekst": "tekst"}),
}
