"""A Word letter on the screen: what it says, in its order and with its headings, on what looks like a sheet of paper.

It is the text of the file itself, nothing beside it: what stands here goes out. Every text is shown as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

import streamlit as st

from klachten.brieven import BriefKanNiet, aanwezig, docx_lezen
from klachten.brieven.docx_lezen import Alinea
from klachten.scherm import onderdelen
from klachten.scherm.onderdelen import veilig

BREED = 760
"""Pixels of a sheet."""
_KOP = ("kop", "heading", "titel", "title", "naam")
_KLEIN = ("klein", "label")
ZONDER_PDF = (
    "Op deze computer staat geen LibreOffice dat brieven kan omzetten: de brief gaat als Word-bestand. Wilt u een PDF, "
    "open de brief dan in Word en kies *Opslaan als PDF*."
)


def toon(docx: bytes) -> None:
    """Draw a letter: what stands at the top of the paper, the text, and what stands below it."""
    try:
        delen = docx_lezen.unpack(docx)
        # What the second page has at its top is no part of the first.
        eerste = {naam: inhoud for naam, inhoud in delen.items() if naam not in docx_lezen.later_pages(delen)}
        alineas = list(docx_lezen.paragraphs(eerste))
    except BriefKanNiet as fout:
        onderdelen.weigering(fout)
        return
    with st.container(border=True, width=BREED, gap="xsmall"):
        _edge([a for a in alineas if a.deel == "header"])
        _body([a for a in alineas if a.deel in ("document", "footnotes", "endnotes")])
        _edge([a for a in alineas if a.deel == "footer"])


def _body(alineas: list[Alinea]) -> None:
    for tabel, delen in groupby(alineas, key=_table):
        bijeen = list(delen)
        if not tabel:
            for alinea in bijeen:
                _paragraph(alinea)
            continue
        # Column by column: on a narrow page they come below each other, and each keeps its label.
        kolommen: dict[str, list[Alinea]] = {}
        for alinea in bijeen:
            kolommen.setdefault(alinea.plek.split(", ")[2], []).append(alinea)
        with st.container(horizontal=True, gap="medium"):
            for kolom in kolommen.values():
                with st.container(width="content", gap=None):
                    for alinea in kolom:
                        _paragraph(alinea, breed="content")


def _table(alinea: Alinea) -> str:
    """Return which table a paragraph stands in, "" outside one."""
    return alinea.plek.split(", ")[0] if alinea.plek.startswith("tabel ") else ""


def _paragraph(alinea: Alinea, *, breed: Literal["stretch", "content"] = "stretch") -> None:
    if not alinea.tekst.strip():
        return
    stijl = alinea.stijl.lower()
    if any(woord in stijl for woord in _KOP):
        st.markdown(f"**{veilig(alinea.tekst)}**")
    elif any(woord in stijl for woord in _KLEIN):
        st.markdown(f":small[{veilig(alinea.tekst)}]")
    else:
        # Literally: Markdown would make something of what a klager typed.
        st.text(alinea.tekst.replace("\t", " "), width=breed)


def _edge(alineas: list[Alinea]) -> None:
    regels = list(dict.fromkeys(_lines(alineas)))
    if regels:
        st.markdown(f":small[{' · '.join(veilig(regel) for regel in regels)}]")


def _lines(alineas: list[Alinea]) -> Iterator[str]:
    for alinea in alineas:
        # A number of a page stands in a field, of which only Word knows the value.
        tekst = alinea.tekst.partition("\tPagina")[0]
        yield from (regel.strip() for regel in tekst.splitlines() if regel.strip())


def zonder_pdf() -> None:
    """Say that no PDF can be made here, when that is so."""
    if not aanwezig():
        st.markdown(f":small[{ZONDER_PDF}]")
