"""Makes the Word templates of the program from teksten.toml: python -m klachten.brieven.bouw

What stands in a letter is in that file; how a letter looks is here. The templates themselves are kept with the program,
so that nobody needs to run this: it is run again when a text changes.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from klachten.brieven.lijst import ACTIENEMER, BRIEVEN, BUITEN, INDIENER, Brief
from klachten.brieven.vullen import KLEUR_VAN, LETTER
from klachten.organisatie import huisstijl

MAP = Path(__file__).with_name("sjablonen")
BREED = 160
"""Millimetres of text on a page of A4."""
EERSTE_KOLOM = 52
"""Millimetres of it for place and date, on one line."""
_NAMENS = (
    "{%p if namens %}",
    "U treedt op voor {{ namens }}. Met uw klacht bedoelen wij in deze brief de klacht van {{ namens }}.",
    "{%p endif %}",
)
"""What a letter to a gemachtigde begins with: who acts for more people knows of whom it is."""
_VAST = (1980, 1, 1, 0, 0, 0)
"""The time in the files, so that the same text gives the same file."""
STIJLEN: dict[str, dict[str, Any]] = {
    "Brief tekst": {"size": 11, "after": 8, "line": 1.12},
    "Brief adres": {"size": 11, "after": 0, "line": 1.1},
    "Brief naam": {"size": 15, "bold": True, "after": 0},
    "Brief kop": {"size": 14, "bold": True, "before": 10, "after": 12, "next": True},
    "Brief tussenkop": {"size": 11, "bold": True, "before": 8, "after": 3, "next": True},
    "Brief punt": {"size": 11, "after": 9, "line": 1.18},
    "Brief label": {"size": 9, "after": 2},
    "Brief gegeven": {"size": 10.5, "after": 2},
    "Brief klein": {"size": 9, "after": 0, "line": 1.1},
}


def build(brief: Brief, tekst: dict[str, Any]) -> bytes:
    """Return the template of one letter."""
    document = Document()
    _page(document)
    _styles(document)
    _head(document, brief)
    _address(document)
    _facts(document, brief)
    for regel in tekst["alineas"]:
        _line(document, regel)
    _signature(document)
    for bijlage in tekst.get("onderaan", ()):
        _line(document, bijlage)
    eigen = document.core_properties
    eigen.author, eigen.title, eigen.comments, eigen.language = "klachten", brief.naam, "", "nl-NL"
    uit = io.BytesIO()
    document.save(uit)
    return _timeless(uit.getvalue())


def _page(document: Any) -> None:
    vak = document.sections[0]
    vak.page_width, vak.page_height = Mm(210), Mm(297)
    vak.left_margin = vak.right_margin = Mm(25)
    vak.top_margin, vak.bottom_margin = Mm(18), Mm(22)
    vak.header_distance, vak.footer_distance = Mm(14), Mm(10)
    vak.different_first_page_header_footer = True


def _styles(document: Any) -> None:
    taal = OxmlElement("w:lang")
    taal.set(qn("w:val"), "nl-NL")
    document.styles.element.find(qn("w:docDefaults")).find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}").append(taal)
    for naam, hoe in STIJLEN.items():
        stijl = document.styles.add_style(naam, WD_STYLE_TYPE.PARAGRAPH)
        stijl.font.name, stijl.font.size, stijl.font.bold = LETTER, Pt(hoe["size"]), hoe.get("bold", False)
        if naam in KLEUR_VAN:
            kleur = huisstijl.KLEUR_BEGIN if KLEUR_VAN[naam] == "kleur" else huisstijl.TWEEDE_BEGIN
            stijl.font.color.rgb = RGBColor.from_string(kleur.lstrip("#"))
        vorm = stijl.paragraph_format
        vorm.space_before, vorm.space_after = Pt(hoe.get("before", 0)), Pt(hoe["after"])
        vorm.line_spacing, vorm.keep_with_next = hoe.get("line", 1.0), hoe.get("next", False)
        vorm.widow_control = True
    punt = document.styles["Brief punt"].paragraph_format
    punt.left_indent, punt.first_line_indent = Mm(6), Mm(-5)
    punt.tab_stops.add_tab_stop(Mm(6))
    # Points stand together; the space comes behind the last one.
    samen = OxmlElement("w:contextualSpacing")
    punt._element.pPr.append(samen)


def _table(houder: Any, rijen: int, *kolommen: float) -> Any:
    breed = Mm(sum(kolommen))
    tabel = (
        houder.add_table(rijen, len(kolommen), breed) if _is_header(houder) else houder.add_table(rijen, len(kolommen))
    )
    tabel.alignment, tabel.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    marge = OxmlElement("w:tblCellMar")
    for kant in ("left", "right"):
        rand = OxmlElement(f"w:{kant}")
        rand.set(qn("w:w"), "0")
        rand.set(qn("w:type"), "dxa")
        marge.append(rand)
    tabel._tbl.tblPr.append(marge)
    for kolom, maat in zip(tabel.columns, kolommen, strict=True):
        kolom.width = Mm(maat)
        for cel in kolom.cells:
            cel.width = Mm(maat)
    return tabel


def _is_header(houder: Any) -> bool:
    return hasattr(houder, "is_linked_to_previous")


def _put(alinea: Any, tekst: str, stijl: str) -> Any:
    alinea.style = stijl
    if tekst:
        alinea.add_run(tekst)
    return alinea


def _head(document: Any, brief: Brief) -> None:
    """The first page says who writes, the next ones what it is about; each says below which page it is."""
    vak = document.sections[0]
    boven = vak.first_page_header
    tabel = _table(boven, 1, 100, 60)
    tabel.rows[0].height, tabel.rows[0].height_rule = Mm(24), WD_ROW_HEIGHT_RULE.AT_LEAST
    links, rechts = tabel.rows[0].cells
    _put(links.paragraphs[0], "{%p if logo %}", "Brief klein")
    for regel, stijl in (
        ("{{ logo }}", "Brief klein"),
        ("{%p else %}", "Brief klein"),
        ("{{ organisatie }}", "Brief naam"),
    ):
        _put(links.add_paragraph(), regel, stijl)
    _put(links.add_paragraph(), "{%p endif %}", "Brief klein")
    # The logo may not say the name; without a logo the name stands on the left.
    _put(rechts.paragraphs[0], "{%p if logo %}", "Brief klein")
    _put(rechts.add_paragraph(), "{{ organisatie }}", "Brief klein").runs[0].bold = True
    _put(rechts.add_paragraph(), "{%p endif %}", "Brief klein")
    for veld in ("organisatie_adres", "organisatie_telefoon", "organisatie_e_mail", "organisatie_website"):
        _put(rechts.add_paragraph(), f"{{%p if {veld} %}}", "Brief klein")
        _put(rechts.add_paragraph(), f"{{{{ {veld} }}}}", "Brief klein")
        _put(rechts.add_paragraph(), "{%p endif %}", "Brief klein")
    _without_first(boven)
    verder = vak.header.paragraphs[0]
    nummer = _where_known(brief, " · {{ klachtnummer }}") if "klachtnummer" in brief.verplicht else ""
    _put(verder, "{{ organisatie }}" + nummer + " · {{ datum }}", "Brief klein")
    _border(verder, "bottom")
    verder.paragraph_format.space_after = Pt(14)
    for onder in (vak.first_page_footer, vak.footer):
        voet = _put(onder.paragraphs[0], "{{ voettekst }}", "Brief klein")
        voet.paragraph_format.tab_stops.add_tab_stop(Mm(BREED), WD_TAB_ALIGNMENT.RIGHT)
        _border(voet, "top")
        voet.add_run("\tPagina ")
        _field(voet, "PAGE")
        voet.add_run(" van ")
        _field(voet, "NUMPAGES")


def _without_first(houder: Any) -> None:
    """Word wants a paragraph behind a table; the empty one before it goes, that behind it is small."""
    eerste = houder.paragraphs[0]
    houder._element.remove(eerste._p)
    laatste = houder.add_paragraph()
    laatste.style = "Brief klein"
    laatste.paragraph_format.line_spacing = Pt(2)


def _address(document: Any) -> None:
    """Who gets it, at the height of the window of an envelope; what is not known leaves no empty line."""
    for regel, voor, na in (
        ("{%p if ontvanger and adres %}", 0, 0),
        ("{{ ontvanger }}", 30, 0),
        ("{{ adres }}", 0, 34),
        ("{%p elif ontvanger or adres %}", 0, 0),
        ("{{ ontvanger }}{{ adres }}", 30, 34),
        ("{%p endif %}", 0, 0),
    ):
        vorm = _put(document.add_paragraph(), regel, "Brief adres").paragraph_format
        vorm.space_before, vorm.space_after = Pt(voor), Pt(na)


def _facts(document: Any, brief: Brief) -> None:
    """What the letter is about, in small columns, so that it is found back at a glance."""
    kolommen = [
        (
            "{% if plaats %}Plaats en datum{% else %}Datum{% endif %}",
            "{% if plaats %}{{ plaats }}, {% endif %}{{ datum }}",
        )
    ]
    if "klachtnummer" in brief.verplicht:
        kolommen.append((_where_known(brief, "Klachtnummer"), "{{ klachtnummer }}"))
    kolommen.append(
        ("Ontvangen op", "{{ ontvangen_op }}") if brief.stap not in (10, 17) else ("Uiterlijk", "{{ uiterlijk_op }}")
    )
    if brief.aan != BUITEN and brief.stap != 17:
        kolommen.append(("Behandelaar", "{{ behandelaar }}"))
    smal = (BREED - EERSTE_KOLOM) / (len(kolommen) - 1)
    tabel = _table(document, 2, EERSTE_KOLOM, *[smal] * (len(kolommen) - 1))
    for plek, (label, veld) in enumerate(kolommen):
        _put(tabel.rows[0].cells[plek].paragraphs[0], label, "Brief label")
        _put(tabel.rows[1].cells[plek].paragraphs[0], veld, "Brief gegeven")
    tussen = document.add_paragraph("", style="Brief klein")
    _border(tussen, "top")
    tussen.paragraph_format.space_before = Pt(3)
    _put(document.add_paragraph(), "{{ onderwerp }}", "Brief kop")
    _put(document.add_paragraph(), "{{ aanhef }}", "Brief tekst")
    if brief.aan == INDIENER:
        for regel in _NAMENS:
            _line(document, regel)


def _where_known(brief: Brief, tekst: str) -> str:
    """Who is involved in the klacht of an own maatregel may not know which klacht that is."""
    return f"{{% if klachtnummer %}}{tekst}{{% endif %}}" if brief.aan == ACTIENEMER else tekst


def _line(document: Any, regel: str) -> None:
    """One paragraph of the text: # is a heading, - a point of a list, a line of jinja only is for who fills it in."""
    if regel.startswith("# "):
        _put(document.add_paragraph(), regel[2:], "Brief tussenkop")
    elif regel.startswith("- "):
        _put(document.add_paragraph(), f"•\t{regel[2:]}", "Brief punt")
    else:
        alinea = document.add_paragraph(style="Brief tekst")
        for nr, deel in enumerate(re.split(r"\*\*", regel)):
            if deel:
                alinea.add_run(deel).bold = bool(nr % 2) or None


def _signature(document: Any) -> None:
    groet = _put(document.add_paragraph(), "{{ ondertekening }}", "Brief tekst")
    groet.paragraph_format.space_before, groet.paragraph_format.space_after = Pt(10), Pt(38)
    groet.paragraph_format.keep_with_next = groet.paragraph_format.keep_together = True
    _put(document.add_paragraph(), "{{ ondertekenaar }}", "Brief adres").paragraph_format.keep_with_next = True
    _put(document.add_paragraph(), "{{ functie }}", "Brief adres").paragraph_format.space_after = Pt(14)


def _border(alinea: Any, kant: str) -> None:
    randen, rand = OxmlElement("w:pBdr"), OxmlElement(f"w:{kant}")
    for naam, waarde in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "B8C2C4")):
        rand.set(qn(f"w:{naam}"), waarde)
    randen.append(rand)
    # The order within w:pPr is fixed: a border comes after the style and before spacing.
    eigen = alinea._p.get_or_add_pPr()
    na = eigen.find(qn("w:pStyle"))
    na.addnext(randen) if na is not None else eigen.insert(0, randen)


def _field(alinea: Any, code: str) -> None:
    for soort, inhoud in (("begin", ""), ("", code), ("end", "")):
        stuk = alinea.add_run()._r
        if soort:
            deel = OxmlElement("w:fldChar")
            deel.set(qn("w:fldCharType"), soort)
        else:
            deel = OxmlElement("w:instrText")
            deel.set(qn("xml:space"), "preserve")
            deel.text = f" {inhoud} "
        stuk.append(deel)


def _timeless(inhoud: bytes) -> bytes:
    """Return the same file without the moment at which it was made, so that a change of text is all that changes it."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam in bron.namelist():
            if "thumbnail" in naam:
                continue
            deel = bron.read(naam)
            if naam.endswith("core.xml"):
                deel = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", deel)
            if naam == "_rels/.rels":
                deel = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", deel)
            doel.writestr(zipfile.ZipInfo(naam, _VAST), deel, zipfile.ZIP_DEFLATED)
    return uit.getvalue()


def texts() -> dict[str, dict[str, Any]]:
    """Return the texts of the letters, by letter."""
    gelezen = tomllib.loads(resources.files("klachten.brieven").joinpath("teksten.toml").read_text(encoding="utf-8"))
    delen = gelezen.pop("deel")
    return {
        id: {naam: [stuk for regel in regels for stuk in _parts(regel, delen)] for naam, regels in tekst.items()}
        for id, tekst in gelezen.items()
    }


def _parts(regel: str, delen: dict[str, list[str]]) -> list[str]:
    return delen[regel[1:]] if regel.startswith("@") else [regel]


def main() -> None:
    """Write every template."""
    alle = texts()
    for brief in BRIEVEN.values():
        (MAP / brief.bestand).write_bytes(build(brief, alle[brief.id]))


if __name__ == "__main__":
    main()
