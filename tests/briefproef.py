"""What tests of letters share: a register of a firm with people and klachten, and Word files made and read for real."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import docx

from klachten import organisatie
from klachten.brieven import BRIEVEN, Brief
from klachten.brieven.sjabloon import of_program
from klachten.handelingen import brief as handeling
from klachten.register import Register
from tests import verhalen

DAG = date(2026, 1, 5)
ZOE = "Zoë van den Berg"
KLACHT: dict[str, Any] = {
    "op": DAG,
    "indiener_naam": ZOE,
    "indiener_contact": "Lindelaan 3, 1234 EF Ergens, zoe@thuis.example",
    "betrokkenen": ["eva"],
}
TOEGEWEZEN = {
    "op": date(2026, 1, 6), "wie": "anna", "doet": "stap_04_toewijzen_behandelaar", "behandelaar": "anna",
}  # fmt: skip
MEDE: dict[str, Any] = {
    "op": date(2026, 1, 6), "wie": "anna", "doet": "stap_03_toevoegen_indiener", "indiener_soort": "klant",
    "naam": "Piet Pietersen", "contact": "piet@thuis.example",
}  # fmt: skip


def speel(register: Register, *stappen: dict[str, Any], **klacht: Any) -> verhalen.Verhaal:
    """Play a klacht on this register, up to and including these steps."""
    return verhalen.play(register, {"gebeurt": [{**KLACHT, **klacht}, *stappen]})


def alle(document: Any) -> str:
    """Return all that python-docx finds in a letter, headers and footers too, a paragraph a line."""
    delen = [document]
    for vak in document.sections:
        delen += [vak.header, vak.first_page_header, vak.footer, vak.first_page_footer]
    regels: list[str] = []
    for deel in delen:
        regels += [alinea.text for alinea in deel.paragraphs]
        regels += [a.text for t in deel.tables for rij in t.rows for cel in rij.cells for a in cel.paragraphs]
    return "\n".join(regels)


def gelezen(inhoud: bytes) -> str:
    """Open a letter with python-docx and return what it says."""
    return alle(docx.Document(io.BytesIO(inhoud)))


def maak(
    register: Register, nummer: str, brief: str, wie: str = "anna", op: date = date(2026, 1, 7), **antwoorden: Any
):
    """Make a letter as somebody, as the page does."""
    gebruiker = organisatie.gebruiker(wie)
    assert gebruiker is not None
    return handeling.gemaakt(register, gebruiker, nummer, brief=brief, op=op, vandaag=op, antwoorden=antwoorden)


def anders(brief: Brief | str, *wat: Callable[[Any], None]) -> bytes:
    """Return the template of the program with something changed in Word."""
    soort = BRIEVEN[brief] if isinstance(brief, str) else brief
    document = docx.Document(io.BytesIO(of_program(soort)))
    for doe in wat:
        doe(document)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def zin(tekst: str) -> Callable[[Any], None]:
    """Add a paragraph."""
    return lambda document: document.add_paragraph(tekst)


def zonder(tekst: str) -> Callable[[Any], None]:
    """Take every paragraph out that has a text, wherever it stands."""

    def doe(document: Any) -> None:
        delen = [document, *(d for v in document.sections for d in (v.header, v.first_page_header))]
        cellen = [cel for deel in delen for t in deel.tables for rij in t.rows for cel in rij.cells]
        for houder in (*delen, *cellen):
            for alinea in houder.paragraphs:
                if tekst in alinea.text:
                    for run in alinea.runs:
                        run.text = ""

    return doe


def met_deel(inhoud: bytes, **delen: bytes | Callable[[bytes], bytes]) -> bytes:
    """Return a Word file with parts put in or changed; __ in a name is /, and _dot_ a dot."""
    uit = io.BytesIO()
    nieuw = {naam.replace("__", "/").replace("_dot_", "."): wat for naam, wat in delen.items()}
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam in bron.namelist():
            wat = nieuw.pop(naam, None)
            oud = bron.read(naam)
            doel.writestr(naam, oud if wat is None else wat(oud) if callable(wat) else wat)
        for naam, wat in nieuw.items():
            assert isinstance(wat, bytes)
            doel.writestr(naam, wat)
    return uit.getvalue()
