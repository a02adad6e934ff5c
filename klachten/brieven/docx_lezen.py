"""A Word file as it comes in: whether it is one, what it may not bring along, and its text with the place of each line.

Nothing of it is run or fetched. What is refused would do something by itself on the machine of whoever opens it.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from klachten.brieven.weigering import BriefKanNiet

GROOTSTE = 5 * 1024 * 1024
"""Bytes of a template or a letter."""
UITGEPAKT = 60 * 1024 * 1024
_HOOFD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SJABLOON = "wordprocessingml.template.main"
_MACRO = ("macroenabled", "vbaproject", "vbadata")
_INGESLOTEN = ("oleobject", "activex", "attachedtoolbars", "keymapcustomizations", "afchunk", "externalreferences")
_VELD = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|EMBED|MACROBUTTON|DATABASE|RD)\b", re.I)
_DEEL = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_WAAR = {"header": "koptekst", "footer": "voettekst", "footnotes": "voetnoten", "endnotes": "eindnoten"}


@functools.cache
def _w(naam: str) -> str:
    """Return the full name of a part of a Word text."""
    from docx.oxml.ns import qn

    voluit: str = qn(f"w:{naam}")
    return voluit


class Alinea(NamedTuple):
    """One paragraph: where it stands, in words, what it says, and the name of its style."""

    plek: str
    tekst: str
    deel: str = "document"
    stijl: str = ""


def unpack(inhoud: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file that may be kept; BriefKanNiet says what is wrong with any other file."""
    if not inhoud:
        raise BriefKanNiet("Het bestand is leeg.")
    if len(inhoud) > GROOTSTE:
        raise BriefKanNiet(f"Het bestand is groter dan {GROOTSTE // 1024 // 1024} MB.")
    if inhoud.startswith(b"\xd0\xcf\x11\xe0"):
        raise BriefKanNiet("Dit is een oud Word-bestand (.doc) of een met wachtwoord. Sla het in Word op als .docx.")
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as gepakt:
            if sum(deel.file_size for deel in gepakt.infolist()) > UITGEPAKT or len(gepakt.infolist()) > 500:
                raise BriefKanNiet("Het bestand wordt bij het uitpakken onredelijk groot.")
            delen = {naam: gepakt.read(naam) for naam in gepakt.namelist() if not naam.endswith("/")}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError, MemoryError) as fout:
        raise BriefKanNiet("Dit is geen Word-bestand (.docx). Sla het in Word op als .docx.") from fout
    _check_kind(delen)
    _check_inside(delen)
    return delen


def _check_kind(delen: dict[str, bytes]) -> None:
    soorten = delen.get("[Content_Types].xml", b"").decode("utf-8", "replace").lower()
    namen = [naam.lower() for naam in delen]
    if any(woord in soorten for woord in _MACRO) or any("vbaproject" in naam for naam in namen):
        raise BriefKanNiet(
            "In dit bestand zitten macro's (.docm). Een brief kan die niet hebben. Sla het in Word op als .docx."
        )
    if _SJABLOON in soorten:
        raise BriefKanNiet("Dit is een Word-sjabloon (.dotx). Sla het in Word op als gewoon document (.docx).")
    if _HOOFD not in soorten or "word/document.xml" not in delen:
        raise BriefKanNiet("Dit is geen Word-document (.docx), maar een ander bestand. Sla het in Word op als .docx.")


def _check_inside(delen: dict[str, bytes]) -> None:
    fout: list[str] = []
    for naam, inhoud in delen.items():
        if not naam.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud or inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise BriefKanNiet(
                "In dit bestand staat iets wat geen Word-document heeft (een eigen definitie van tekens)."
            )
        if naam.endswith(".rels"):
            fout += _outside(naam, inhoud)
        elif naam.startswith("word/") and (veld := _field_code(inhoud)):
            fout.append(f"{_place_of(naam)}: hier staat een veld dat iets van buiten ophaalt ({veld}). Haal het weg.")
    if fout:
        raise BriefKanNiet(*dict.fromkeys(fout))


def _outside(naam: str, inhoud: bytes) -> Iterator[str]:
    """Say which links a part has to something outside the file, or to something packed in it that runs."""
    waar = _place_of(naam.replace("_rels/", "").removesuffix(".rels"))
    for koppeling in parse(inhoud, naam):
        soort = str(koppeling.get("Type", "")).rpartition("/")[2]
        if str(koppeling.get("TargetMode", "")).lower() == "external":
            doel = str(koppeling.get("Target", ""))[:120]
            hoe = "Klik er in Word met rechts op en kies 'Hyperlink verwijderen'." if soort == "hyperlink" else (
                "Zet de inhoud in het document zelf."
            )  # fmt: skip
            yield f"{waar}: er is een koppeling naar buiten, naar {doel}. {hoe}"
        elif soort.lower() in _INGESLOTEN:
            yield f"{waar}: er is iets ingesloten wat een brief niet kan hebben ({soort}). Haal het weg."


def _field_code(inhoud: bytes) -> str:
    if b"w:instr" not in inhoud:  # to look for the two below takes long in the styles, which have none
        return ""
    for code in re.findall(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", inhoud):
        if gevonden := _VELD.search(b"".join(code).decode("utf-8", "replace")):
            return gevonden.group(1).upper()
    return ""


def parse(inhoud: bytes, naam: str) -> Any:
    """Return the tree of one part; BriefKanNiet when it is damaged. Nothing is fetched for it."""
    from lxml import etree

    try:
        return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as fout:
        raise BriefKanNiet(f"Het bestand is beschadigd ({naam}). Open het in Word en sla het opnieuw op.") from fout


def _place_of(naam: str) -> str:
    soort = re.sub(r"\d", "", naam.rpartition("/")[2].removesuffix(".xml"))
    return _WAAR.get(soort, "tekst" if soort == "document" else naam.rpartition("/")[2]).capitalize()


def later_pages(delen: dict[str, bytes]) -> frozenset[str]:
    """Return the headers and footers that the first page does not have, as the names of their parts."""
    rels = delen.get("word/_rels/document.xml.rels")
    vak = parse(delen["word/document.xml"], "word/document.xml").find(f".//{_w('sectPr')}")
    if rels is None or vak is None or vak.find(_w("titlePg")) is None:
        return frozenset()
    waar = {een.get("Id"): f"word/{een.get('Target')}" for een in parse(rels, "rels")}
    verwijst = [*vak.iterchildren(_w("headerReference"), _w("footerReference"))]
    anders = (een for een in verwijst if een.get(_w("type")) != "first")
    return frozenset(waar.get(next(w for n, w in een.attrib.items() if n.endswith("}id")), "") for een in anders)


# --- its text --------------------------------------------------------------------------------------------------------


def paragraphs(delen: dict[str, bytes]) -> Iterator[Alinea]:
    """Give every paragraph of a Word file in order, headers and footers after the text."""
    stijlen = _style_names(delen)
    namen = sorted(
        (naam for naam in delen if _DEEL.fullmatch(naam)), key=lambda naam: (naam != "word/document.xml", naam)
    )
    for naam in namen:
        deel = re.sub(r"\d", "", naam.removeprefix("word/").removesuffix(".xml"))
        voor = f"{_WAAR[deel]}, " if deel in _WAAR else ""
        wortel = parse(delen[naam], naam)
        yield from _in_container(wortel.find(_w("body")) if deel == "document" else wortel, voor, deel, stijlen)


def _in_container(houder: Any, voor: str, deel: str, stijlen: dict[str, str]) -> Iterator[Alinea]:
    alinea = tabel = 0
    for kind in houder.iterchildren():
        if kind.tag == _w("p"):
            alinea += 1
            yield from _paragraph(kind, f"{voor}alinea {alinea}", deel, stijlen)
        elif kind.tag == _w("tbl"):
            tabel += 1
            for r, rij in enumerate(kind.iter(_w("tr")), start=1):
                for c, cel in enumerate(rij.iterchildren(_w("tc")), start=1):
                    yield from _in_container(cel, f"{voor}tabel {tabel}, rij {r}, cel {c}, ", deel, stijlen)
        elif not str(kind.tag).endswith("}Fallback") and kind.find(f".//{_w('p')}") is not None:
            # Whatever Word puts around paragraphs: a field to fill in, a note, a mark of its own.
            yield from _in_container(kind, voor, deel, stijlen)


def _paragraph(alinea: Any, plek: str, deel: str, stijlen: dict[str, str]) -> Iterator[Alinea]:
    stijl = alinea.find(f"{_w('pPr')}/{_w('pStyle')}")
    naam = stijlen.get(stijl.get(_w("val")), "") if stijl is not None else ""
    yield Alinea(plek, _text(alinea), deel, naam)
    # What mc:Fallback has is the same text box once more, for an older Word.
    for vak in alinea.iter(_w("txbxContent")):
        if not any(boven.tag.endswith("}Fallback") for boven in vak.iterancestors()):
            yield from _in_container(vak, f"{plek}, tekstvak, ", deel, stijlen)


def _text(alinea: Any) -> str:
    delen = []
    for deel in alinea.iter(_w("t"), _w("br"), _w("tab"), _w("cr")):
        boven = next(deel.iterancestors(_w("p")))
        if boven is alinea:
            delen.append(deel.text or "" if deel.tag == _w("t") else "\t" if deel.tag == _w("tab") else "\n")
    return "".join(delen)


def _style_names(delen: dict[str, bytes]) -> dict[str, str]:
    if "word/styles.xml" not in delen:
        return {}
    alle = parse(delen["word/styles.xml"], "word/styles.xml").iter(_w("style"))
    namen = ((stijl.get(_w("styleId")), stijl.find(_w("name"))) for stijl in alle)
    return {id: naam.get(_w("val")) for id, naam in namen if id and naam is not None}


def text_of(inhoud: bytes) -> str:
    """Return all that a Word file says on paper, a paragraph a line; BriefKanNiet for what is no letter."""
    return text_in(unpack(inhoud))


def text_in(delen: dict[str, bytes]) -> str:
    """Return the same of a file that was unpacked."""
    return "\n".join(alinea.tekst for alinea in paragraphs(delen))
