"""What goes out with a letter is read whole: every part of the file, what is hidden in it, and the mail around it."""

from __future__ import annotations

import inspect
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from klachten.brieven import BRIEVEN, BriefKanNiet, docx_overal, keuring
from klachten.brieven.sjabloon import of_program
from klachten.handelingen import OngeldigeInvoer
from klachten.handelingen import brief as handeling
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm.dossier import stuk
from tests.briefproef import MEDE, TOEGEWEZEN, maak, met_deel, speel
from tests.test_brief_versturen import BRIEF, verstuur, wie, zet_klaar

NAAM = "noemt Piet Pietersen, en dat is een andere indiener"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("gelezen") / "register")) as register:
        yield register


@pytest.fixture(scope="module")
def klaar(register: Register) -> tuple[str, bytes]:
    """A klacht of two indieners, and the letter to the first of them."""
    nummer = speel(register, TOEGEWEZEN, MEDE).nummers["klacht"]
    return nummer, maak(register, nummer, BRIEF)[0].docx


def erbij(inhoud: bytes, xml: str) -> bytes:
    """Return a letter with a piece of Word at its end."""
    document = docx.Document(io.BytesIO(inhoud))
    alinea = document.add_paragraph("Einde.")
    nieuw = parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))
    (alinea._p.append if xml.startswith(("<w:r>", "<w:del ", "<w:ins ", "<w:moveFrom ")) else alinea._p.addnext)(nieuw)
    return bewaard(document)


def bewaard(document: docx.document.Document) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def opmerking(inhoud: bytes) -> bytes:
    document = docx.Document(io.BytesIO(inhoud))
    document.add_comment(document.add_paragraph("x").runs or [document.paragraphs[-1].add_run("x")], text="Klopt dit?")
    return bewaard(document)


def eigenschap(inhoud: bytes) -> bytes:
    document = docx.Document(io.BytesIO(inhoud))
    document.core_properties.subject = "Net als Piet Pietersen"
    return bewaard(document)


_R = "<w:r><w:t>Net als Piet Pie</w:t></w:r><w:r><w:t>tersen</w:t></w:r>"
# Where it stands in the file, and why that may not go.
OVERAL: list[tuple[str | Callable[[bytes], bytes], str]] = [
    ('<w:del w:id="9" w:author="Anna"><w:r><w:delText>oud</w:delText></w:r></w:del>', "Accepteer eerst alle"),
    ('<w:ins w:id="9" w:author="Anna"><w:r><w:t>nieuw</w:t></w:r></w:ins>', "Accepteer eerst alle"),
    ('<w:moveFrom w:id="9" w:author="Anna"><w:r><w:t>weg</w:t></w:r></w:moveFrom>', "Accepteer eerst alle"),
    (opmerking, "Verwijder de opmerkingen"),
    (lambda inhoud: met_deel(inhoud, word__embeddings__blad_dot_xlsx=b"PK"), "een ander bestand"),
    (f'<w:customXml w:element="x"><w:p>{_R}</w:p></w:customXml>', NAAM),
    (f"<w:sdt><w:sdtContent><w:p>{_R}</w:p></w:sdtContent></w:sdt>", NAAM),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Piet Pietersen</w:t></w:r>", NAAM),
    ("<w:r><w:instrText>TITLE Piet Pietersen</w:instrText></w:r>", NAAM),
    (eigenschap, NAAM),
    (lambda inhoud: met_deel(inhoud, customXml__item9_dot_xml=b"<a><b>Piet Pietersen</b></a>"), NAAM),
    (lambda inhoud: met_deel(inhoud, word__iets_dot_anders=b'<?xml version="1.0"?><a>Piet Pietersen</a>'), NAAM),
]


@pytest.mark.parametrize(("wat", "zin"), OVERAL)
def test_a_name_or_what_is_not_finished_is_found_wherever_it_is(
    register: Register, klaar: tuple[str, bytes], wat: str | Callable[[bytes], bytes], zin: str
):
    nummer, inhoud = klaar
    nieuw, voor = erbij(inhoud, wat) if isinstance(wat, str) else wat(inhoud), register.stand()
    for doe in (verstuur, zet_klaar):
        with pytest.raises(OngeldigeInvoer, match=zin):
            doe(register, nummer, nieuw)
    assert register.stand() == voor


def test_a_part_without_words_is_taken_apart_once_and_what_it_has_is_found_every_time(monkeypatch):
    """The styles are nearly all of a letter and the same in each of them; what names somebody is not kept."""
    gelezen: list[str] = []
    echt = docx_overal.parse
    monkeypatch.setattr(docx_overal, "parse", lambda inhoud, naam: gelezen.append(naam) or echt(inhoud, naam))
    monkeypatch.setattr(docx_overal, "_ZONDER_WOORDEN", {})
    stil = {"word/styles.xml": b"<w:styles xmlns:w='w'><w:del/><w:p><w:tab/></w:p></w:styles>"}
    met_naam = stil | {"word/document.xml": b"<w:p xmlns:w='w'><w:t>Piet</w:t></w:p>"}
    anders = stil | {"word/styles.xml": b"<w:styles xmlns:w='w'><w:p><w:t>Piet</w:t></w:p></w:styles>"}
    for _ in range(2):
        assert docx_overal.read(stil) == (" ", (docx_overal.GEWIJZIGD,))
        assert docx_overal.read(met_naam) == ("Piet\n ", (docx_overal.GEWIJZIGD,))
        assert docx_overal.read(anders) == ("Piet", ())
    assert gelezen == ["word/styles.xml", *["word/document.xml", "word/styles.xml"] * 2]
    assert "Piet" not in repr(docx_overal._ZONDER_WOORDEN)


def test_a_template_that_is_not_finished_is_no_template():
    brief = BRIEVEN[BRIEF]
    with pytest.raises(BriefKanNiet, match="In het sjabloon staan nog bijgehouden wijzigingen"):
        keuring.check(erbij(of_program(brief), OVERAL[1][0]), brief)


# What goes around the letter, and what is said of it.
EROMHEEN = [
    ("naam", "Brief_aan_Piet_Pietersen.docx", "De naam van het bestand noemt Piet Pietersen"),
    ("onderwerp", "Klacht van u en de heer Pietersen", "Het onderwerp noemt Piet Pietersen"),
    ("inhoud", "Geachte,\nNet als PIET\nPIETERSEN klaagt u.", "De tekst van de e-mail noemt Piet Pietersen"),
]


@pytest.mark.parametrize(("veld", "tekst", "zin"), EROMHEEN)
def test_what_goes_around_the_letter_names_nobody_either(
    register: Register, klaar: tuple[str, bytes], veld: str, tekst: str, zin: str
):
    nummer, inhoud = klaar
    voor = register.stand()
    for doe in (zet_klaar, *([verstuur] if veld == "naam" else [])):
        with pytest.raises(OngeldigeInvoer, match=zin) as fout:
            doe(register, nummer, inhoud, **{veld: tekst})
        assert list(fout.value.velden) == [veld]
    assert register.stand() == voor


def test_by_hand_the_dossier_keeps_the_word_file_and_asks_for_no_other(register: Register):
    verhaal = speel(register, TOEGEWEZEN)
    nummer = verhaal.nummers["klacht"]
    inhoud = maak(register, nummer, BRIEF)[0].docx
    _, document = verstuur(register, nummer, inhoud, naam="Brief.docx")
    assert stuk.haal(register, nummer, document, wie()) == ("Brief.docx", inhoud)
    assert "pdf" not in inspect.signature(handeling.verstuurd).parameters
