"""What kind of file something is, told from its bytes and never from its name; nothing of it is opened.

A kind says how a browser may get it to look at (`toont`): raw where it is PDF or a picture of points, a scan
as pages made of it, else as text.
What is no kind of this list is no document for a dossier.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

PDF, BEELD, TEKST, MAIL, SCAN = "pdf", "beeld", "tekst", "mail", "scan"


@dataclass(frozen=True)
class Bestandssoort:
    """A kind of file: its name for a reader, the endings it may have, and how it is looked at; "" is not at all."""

    naam: str
    mime: str
    uitgangen: tuple[str, ...]
    toont: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
PNG = Bestandssoort("afbeelding (PNG)", "image/png", ("png",), BEELD)
JPEG = Bestandssoort("afbeelding (JPEG)", "image/jpeg", ("jpg", "jpeg", "jfif"), BEELD)
GIF = Bestandssoort("afbeelding (GIF)", "image/gif", ("gif",), BEELD)
WEBP = Bestandssoort("afbeelding (WebP)", "image/webp", ("webp",), BEELD)
TIFF = Bestandssoort("afbeelding (TIFF)", "image/tiff", ("tif", "tiff"), SCAN)
PDF_SOORT = Bestandssoort("PDF", "application/pdf", ("pdf",), PDF)
# Pages, scripts and drawings are text too: kept, and shown as the text that they are.
TEKST_SOORT = Bestandssoort("tekst", "text/plain", ("txt", "csv", "md", "log", "ics", "vcf"), TEKST)
EML = Bestandssoort("e-mail", "message/rfc822", ("eml",), MAIL)
MSG = Bestandssoort("e-mail (Outlook)", "application/vnd.ms-outlook", ("msg",), MAIL)
ZIP = Bestandssoort("ingepakte map (zip)", "application/zip", ("zip",))
_IN_ZIP = (
    ("word/", Bestandssoort("Word-document", _OFFICE + "wordprocessingml.document", ("docx", "docm", "dotx"))),
    ("xl/", Bestandssoort("Excel-werkmap", _OFFICE + "spreadsheetml.sheet", ("xlsx", "xlsm"))),
    ("ppt/", Bestandssoort("PowerPoint", _OFFICE + "presentationml.presentation", ("pptx",))),
)
_IN_ODF = (
    (b"text", Bestandssoort("tekstdocument (ODT)", _ODF + "text", ("odt",))),
    (b"spreadsheet", Bestandssoort("rekenblad (ODS)", _ODF + "spreadsheet", ("ods",))),
    (b"presentation", Bestandssoort("presentatie (ODP)", _ODF + "presentation", ("odp",))),
)
_BEGIN = (
    (b"%PDF", PDF_SOORT),
    (b"\x89PNG", PNG),
    (b"\xff\xd8", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", Bestandssoort("afbeelding (BMP)", "image/bmp", ("bmp",))),
    (b"{\\rtf", Bestandssoort("tekstdocument (RTF)", "application/rtf", ("rtf",))),
    *((b"ID3" + bytes([versie]), Bestandssoort("geluid (MP3)", "audio/mpeg", ("mp3",))) for versie in (2, 3, 4)),
    (b"\xff\xfb", Bestandssoort("geluid (MP3)", "audio/mpeg", ("mp3",))),
    (b"OggS", Bestandssoort("geluid (Ogg)", "audio/ogg", ("ogg", "oga", "opus"))),
)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
GEPAKT = (_OLE, _ZIP)
"""How a file begins that holds others: what kind it is can only be told from the whole of it."""
_OUD_OFFICE = Bestandssoort("document (oud Office)", "application/octet-stream", ("doc", "xls", "ppt"))
# A stream that only a mail of Outlook has, as its directory names it.
_MAILSTROOM = "__properties_version1.0".encode("utf-16-le")
# A voice message or a photo of a telephone is evidence too.
_DOOS = (
    ((b"heic", b"heix", b"mif1", b"heim"), Bestandssoort("foto (HEIC)", "image/heic", ("heic", "heif"))),
    ((b"M4A ",), Bestandssoort("geluid (M4A)", "audio/mp4", ("m4a",))),
    ((b"",), Bestandssoort("film (MP4)", "video/mp4", ("mp4", "mov", "m4v", "3gp"))),
)
_STUURTEKEN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_KOPREGEL = re.compile(rb"[!-9;-~]{1,76}:[^\r\n]*")
_MAILKOP = frozenset(
    (b"from", b"to", b"subject", b"date", b"message-id", b"received", b"return-path", b"mime-version", b"delivered-to")
)


def kind(inhoud: bytes) -> Bestandssoort | None:
    """Return what kind of file this is, None when it is none of those that a dossier takes."""
    for begin, soort in _BEGIN:
        if inhoud.startswith(begin) and (begin != b"BM" or inhoud[6:10] == bytes(4)):
            return soort
    if inhoud[:4] == b"RIFF" and inhoud[8:12] in (b"WEBP", b"WAVE"):
        return WEBP if inhoud[8:12] == b"WEBP" else Bestandssoort("geluid (WAV)", "audio/wav", ("wav",))
    if inhoud.startswith(_OLE):
        return MSG if _MAILSTROOM in inhoud else _OUD_OFFICE
    if inhoud[4:8] == b"ftyp":
        return next(soort for merken, soort in _DOOS if inhoud[8:12].startswith(merken))
    if inhoud.startswith(_ZIP) or zipfile.is_zipfile(io.BytesIO(inhoud)):
        return _packed(inhoud)
    if read_text(inhoud) is None:
        return None
    return EML if _is_mail(inhoud) else TEKST_SOORT


def _packed(inhoud: bytes) -> Bestandssoort:
    """Tell what a packed file is from the names in it: an office document has its parts in a folder of its kind."""
    kop = inhoud[:120]
    if b"mimetypeapplication/vnd.oasis.opendocument." in kop:
        wat = kop.split(b"opendocument.", 1)[1]
        return next((soort for begin, soort in _IN_ODF if wat.startswith(begin)), ZIP)
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as gepakt:
            namen = gepakt.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ZIP
    if "[Content_Types].xml" not in namen:
        return ZIP
    return next((soort for map, soort in _IN_ZIP if any(naam.startswith(map) for naam in namen)), ZIP)


def read_text(inhoud: bytes) -> str | None:
    """Return bytes as text, in the encodings that letters come in; None when they are no text."""
    codering = "utf-16" if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for naam in (codering, "cp1252"):
        try:
            tekst = inhoud.decode(naam)
        except UnicodeDecodeError:
            continue
        return None if _STUURTEKEN.search(tekst) else tekst
    return None


def _is_mail(inhoud: bytes) -> bool:
    """Tell whether a text begins with the headers of a mail: at least two that every mail has."""
    namen = set()
    for regel in inhoud[:65_536].lstrip().splitlines():
        if regel[:1] in (b" ", b"\t") and namen:
            continue
        if regel.startswith(b"From "):
            continue
        if not _KOPREGEL.fullmatch(regel):
            break
        namen.add(regel.partition(b":")[0].lower())
    return len(namen & _MAILKOP) >= 2
