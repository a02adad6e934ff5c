"""What leaves the register: in Excel a name is a text and no formula, and in the PDF a text is no command of typst."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest

from klachten import jaarverslag, organisatie
from klachten.analyse.rapport import opmaak
from klachten.analyse.werk import bestanden, klachtenlijst
from klachten.analyse.werkboek import werkboek
from klachten.opening import open_register
from klachten.periode import Periode
from klachten.register import Register
from tests import kanarie

JAAR = Periode.van_jaar(2025)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    map = tmp_path_factory.mktemp("kanarie") / "register"
    kanarie.maak(map)
    with kanarie.namen(), open_register(map) as register:
        yield register


def carla() -> organisatie.Gebruiker:
    wie = organisatie.gebruiker("carla")
    assert wie is not None
    return wie


def boek(register: Register, *, met_namen: bool) -> bytes:
    with register.cursor() as cursor:
        return werkboek(
            cursor, JAAR, kanarie.VANDAAG, reglement=register.reglementen["coulant"],
            namen=organisatie.naam if met_namen else None, van=register.reglementen["coulant"].naam,
        )  # fmt: skip


def lijst(register: Register) -> bytes:
    stand, vandaag = register.stand(), kanarie.VANDAAG
    waarvan = bestanden.Waarvan(
        gebruiker=carla(), peildatum=vandaag, zegel=stand.zegel, feiten=stand.aantal,
        filter=f"gezocht op '{kanarie.gif(0)}'", reglementen=register.reglementen, gewoon="coulant",
    )  # fmt: skip
    with register.cursor() as cursor:
        regels = klachtenlijst.read_all(cursor, klachtenlijst.Filter(), carla(), vandaag, volgorde="nieuwste")
    return bestanden.bestand(waarvan, [bestanden.klachten(regels, waarvan)], ["klachten"])


@pytest.mark.parametrize(
    "maak",
    [lambda r: boek(r, met_namen=True), lambda r: boek(r, met_namen=False), lijst],
    ids=["werkboek met namen", "werkboek", "klachten"],
)
def test_no_cell_no_heading_and_no_link_of_a_workbook_comes_of_a_name(
    register: Register, maak: Callable[[Register], bytes]
):
    inhoud = maak(register)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as gepakt:
        delen = {naam: gepakt.read(naam) for naam in gepakt.namelist()}
    gezien = ""
    for naam, xml in delen.items():
        if not naam.endswith((".xml", ".rels")):
            continue
        boom = ElementTree.fromstring(xml)
        for deel in boom.iter():
            soort = deel.tag.rpartition("}")[2]
            if naam.startswith("xl/worksheets/"):
                assert soort != "f", (naam, deel.text)
            if soort == "Relationship":
                assert "kwaad" not in deel.attrib["Target"]
            gezien += deel.text or ""
    assert "=HYPERLINK" in gezien
    # Whoever opens it gets texts: the list of names in the first row as well.
    for blad in openpyxl.load_workbook(io.BytesIO(inhoud)):
        for rij in blad.iter_rows():
            for cel in rij:
                assert cel.data_type != "f", (blad.title, cel.coordinate, cel.value)
                # A link leads to another sheet, never out of the file.
                assert cel.hyperlink is None or cel.hyperlink.target is None, (blad.title, cel.coordinate)
                if isinstance(cel.value, str) and cel.value.startswith(("=", "+", "-", "@")):
                    assert cel.quotePrefix, (blad.title, cel.coordinate, cel.value)


def test_a_report_shows_commands_and_does_nothing(register: Register):
    pdf = jaarverslag.verslag(
        register, JAAR, vandaag=kanarie.VANDAAG, peildatum=kanarie.VANDAAG, nummer=None, openbaar=False
    )
    lezer = pypdf.PdfReader(io.BytesIO(pdf))
    tekst = "".join(pagina.extract_text() for pagina in lezer.pages)
    assert "=HYPERLINK" in tekst
    assert "root:" not in tekst
    for pagina in lezer.pages:
        for verwijzing in pagina.get("/Annots") or ():
            assert "kwaad" not in str(verwijzing.get_object())


@pytest.mark.parametrize(
    "kwaad",
    [
        '#read("/etc/passwd")',
        '#import "@preview/x:1.0.0": *',
        "]#panic()[",
        '"); #panic("x',
        "\\u{41}",
        "$x$ @l <l>",
        "`c`",
    ],
)
def test_typst_takes_no_text_for_a_command(register: Register, kwaad: str, monkeypatch: pytest.MonkeyPatch):
    cijfers: dict[str, Any] = jaarverslag.tel(register, JAAR, kanarie.VANDAAG)
    evaluatie = opmaak.Evaluatie(
        nummer="E2026-0001",
        versie=1,
        gehouden_op=date(2026, 2, 12),
        directieleden=(kwaad,),
        conclusies=kwaad,
        document="c" * 64,
    )
    tekst = "".join(
        p.extract_text() for p in pypdf.PdfReader(io.BytesIO(opmaak.maak(cijfers, evaluatie=evaluatie))).pages
    )
    vlak = re.sub(r"\s", "", tekst)
    assert re.sub(r"\s", "", kwaad) in vlak
    assert "root:x:0" not in vlak
