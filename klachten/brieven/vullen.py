"""A template with its fields filled in: by docxtpl, in a jinja that can do no more than put a value or leave it out.

Values are texts of klachten: whatever stands in them comes out as text. No value is read as a template, XML is escaped,
and what a Word document cannot hold is left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from klachten.brieven.weigering import BriefKanNiet
from klachten.gebeurtenissen import HuisstijlGesteld
from klachten.organisatie import huisstijl

LETTER = "Calibri"
"""The letter of who chose none: that of the program itself is on no machine with Word."""
VAN_ONS = "Brief "
"""How the styles begin that follow the style of the house; what else a template has stays as it is."""
LOGO_HOOG, LOGO_BREED = 15, 60
"""Millimetres that a logo fits in."""
# What XML cannot hold, and the characters by which docxtpl itself means a new page or paragraph.
_ONHOUDBAAR = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def environment() -> Any:
    """Return the jinja of letters: sandboxed, strict about what is unknown, without functions and with few filters."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    omgeving = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    omgeving.globals.clear()
    omgeving.filters = {naam: omgeving.filters[naam] for naam in FILTERS}
    omgeving.tests = {}
    return omgeving


FILTERS = ("upper", "lower", "capitalize", "length")


def fill(sjabloon: bytes, waarden: Mapping[str, Any], stijl: HuisstijlGesteld | None, logo: bytes) -> bytes:
    """Return the letter as a Word document; BriefKanNiet when the template cannot be filled in."""
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateError
    from lxml.etree import LxmlError

    try:
        brief = _Sjabloon(io.BytesIO(sjabloon))
        brief.init_docx()
        schoon = {naam: clean(waarde) for naam, waarde in waarden.items()}
        brief.render({**schoon, "logo": _logo(brief, logo)}, environment(), autoescape=True)
        _dress(brief.docx, stijl)
        _place(brief.docx)
        eigen = brief.docx.core_properties
        eigen.title, eigen.author, eigen.comments = str(schoon["onderwerp"])[:250], str(schoon["organisatie"])[:250], ""
        eigen.last_modified_by, eigen.subject, eigen.keywords, eigen.category = "", "", "", ""
        uit = io.BytesIO()
        brief.save(uit)
    except (TemplateError, LxmlError, PackageNotFoundError, KeyError, ValueError) as fout:
        raise BriefKanNiet(f"Met dit sjabloon kan geen brief worden gemaakt: {fout}") from fout
    return uit.getvalue()


def clean(waarde: Any) -> Any:
    """Return a value as a letter can hold it; a list part by part."""
    if isinstance(waarde, list | tuple):
        return tuple(clean(deel) for deel in waarde)
    tekst = str(waarde).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _ONHOUDBAAR.sub("", tekst).strip("\n")


def _template_class() -> Any:
    from docxtpl import DocxTemplate

    class Letterlijk(DocxTemplate):  # type: ignore[misc]
        """A template in which only what stands between the brackets is filled in."""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            """Fill in one part; docxtpl would also change {_{ in a value, which somebody may have typed."""
            self.current_rendering_part = part
            gevuld: str = self.resolve_listing(jinja_env.from_string(src_xml).render(context))
            return gevuld

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            """Leave the properties of the document: they are set after it."""

    return Letterlijk


def _Sjabloon(bestand: io.BytesIO) -> Any:  # noqa: N802 - stands for a class that is only made when a letter is
    return _template_class()(bestand)


def _logo(brief: Any, logo: bytes) -> Any:
    """The logo as docxtpl puts it in, as large as fits; "" where there is none, so that a template can ask."""
    if not logo:
        return ""
    from docx.shared import Mm
    from docxtpl import InlineImage
    from PIL import Image

    with Image.open(io.BytesIO(logo)) as beeld:
        breed, hoog = beeld.size
    maat = {"height": Mm(LOGO_HOOG)} if breed * LOGO_HOOG <= LOGO_BREED * hoog else {"width": Mm(LOGO_BREED)}
    return InlineImage(brief, io.BytesIO(logo), **maat)


def _dress(document: Any, stijl: HuisstijlGesteld | None) -> None:
    """Give the styles of a letter the letter and the colours of the house."""
    from docx.shared import RGBColor

    letter = stijl.lettertype if stijl and stijl.lettertype not in ("", huisstijl.LETTER) else LETTER
    kleur = (stijl and stijl.kleur) or huisstijl.KLEUR_BEGIN
    tweede = (stijl and stijl.tweede_kleur) or huisstijl.TWEEDE_BEGIN
    for een in document.styles:
        if not een.name.startswith(VAN_ONS) or not hasattr(een, "font"):
            continue
        een.font.name = letter
        fonts = een.element.rPr.rFonts
        for soort in ("cs", "eastAsia"):
            fonts.set(f"{{{fonts.nsmap['w']}}}{soort}", letter)
        if een.name in KLEUR_VAN:
            een.font.color.rgb = RGBColor.from_string((kleur if KLEUR_VAN[een.name] == "kleur" else tweede).lstrip("#"))


def _place(document: Any) -> None:
    """Say what the logo is to who cannot see it, and that nothing stays free around it: LibreOffice leaves 3 mm.

    A picture of the template itself says both already: Word always writes how much stays free.
    """
    from docx.oxml.ns import qn

    for deel in document.part.package.iter_parts():
        for beeld in deel.element.iter(qn("wp:inline")) if hasattr(deel, "element") else ():
            if beeld.get("distL") is not None:
                continue
            for kant in ("distT", "distB", "distL", "distR"):
                beeld.set(kant, "0")
            beeld.find(qn("wp:docPr")).set("descr", "Logo")


KLEUR_VAN = {"Brief kop": "kleur", "Brief naam": "kleur", "Brief klein": "tweede", "Brief label": "tweede"}
"""Which colour of the house a style has; the others stay black."""
