"""A template of the organisation: what is wrong with it is said with its place, and from its day on it is used."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import docx
import pytest

from klachten import gebeurtenissen as g
from klachten.brieven import BRIEVEN, keuring
from klachten.brieven.sjabloon import of_program, template_on, versions
from klachten.brieven.weigering import BriefKanNiet
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.organisatie import Gebruiker
from klachten.register import Register
from tests.briefproef import TOEGEWEZEN, anders, gelezen, maak, met_deel, speel, zin, zonder
from tests.lijsten import VANDAAG

BRIEF = BRIEVEN["ontvangstbevestiging"]
EEN = timedelta(days=1)


def bezwaren(inhoud: bytes, brief: str = BRIEF.id) -> str:
    """Return all that is said about a file as a template; "" for a good one."""
    try:
        keuring.check(inhoud, BRIEVEN[brief])
    except BriefKanNiet as fout:
        return "\n".join(fout.zinnen)
    return ""


def in_tabel(tekst: str) -> Callable[[Any], None]:
    def doe(document: Any) -> None:
        document.tables[0].rows[1].cells[2].paragraphs[0].add_run(tekst)

    return doe


def in_kop(tekst: str) -> Callable[[Any], None]:
    return lambda document: document.sections[0].header.add_paragraph(tekst)


def in_voet(tekst: str) -> Callable[[Any], None]:
    return lambda document: document.sections[0].footer.paragraphs[0].add_run(tekst)


# What was changed in Word, and what is said of it: the place first.
FOUTEN: list[tuple[str, Callable[[Any], None], tuple[str, ...]]] = [
    (
        "an unknown field", zin("Uw {{ klachtnumer }}"),
        ("Alinea 37: het veld {{ klachtnumer }} is er niet", "Bedoelt u {{ klachtnummer }}?"),
    ),
    ("one in a table", in_tabel("{{ postcode }}"), ("Tabel 1, rij 2, cel 3, alinea 1: het veld {{ postcode }}",)),
    ("one in a header", in_kop("{{ chef }}"), ("Koptekst, alinea 2: het veld {{ chef }} is er niet",)),
    ("one in a footer", in_voet("{{ iban }}"), ("Voettekst, alinea 1: het veld {{ iban }} is er niet",)),
    ("a field of another letter", zin("{{ grond }}"), ("het veld {{ grond }} is er niet in deze brief",)),
    ("a missing field", zonder("{{ behandelaar }}"), ("mist {{ behandelaar }} (de naam van de behandelaar)",)),
    ("no number", zonder("klachtnummer"), ("mist {{ klachtnummer }}",)),
    ("half a bracket", zin("Dag {{ ontvanger }, tot ziens"), ("Alinea 37: er staat {{ zonder het haakje",)),
    ("no field at all", zin("{{ }}"), ("is niet te lezen als veld",)),
    ("an if without end", zin("{%p if vestiging %}"), ("bij {% if %} hoort verderop {% endif %}",)),
    ("an end without if", zin("{%p endif %}"), ("{% endif %} staat hier zonder {% if %}",)),
    ("an else alone", zin("{%p else %}"), ("{% else %} staat hier zonder {% if %}",)),
    ("a loop over a text", zin("{%p for x in behandelaar %}"), ("behandelaar heeft geen delen",)),
    ("a loop over nothing", zin("{%p for x in klanten %}"), ("het veld {{ klanten }} is er niet",)),
    ("a loop in a range", zin("{%p for x in range(9**9) %}"), ("is niet te lezen",)),
    ("a calculation", zin("{{ 'a' * 99999999 }}"), ("kan in een brief niet",)),
    ("a call", zin("{{ ontvanger.upper() }}"), ("kan in een brief niet",)),
    ("the way out", zin("{{ ontvanger.__class__.__mro__ }}"), ("heeft geen delen met een punt",)),
    ("an item", zin("{{ ontvanger[0] }}"), ("kan in een brief niet",)),
    ("a filter", zin("{{ ontvanger|safe }}"), ("het filter 'safe' is er niet",)),
    ("a set", zin("{% set x = 1 %}"), ("U kunt for en if gebruiken",)),
    ("an import", zin("{% include 'x' %}"), ("U kunt for en if gebruiken",)),
    ("another of docxtpl", zin("{% cellbg ontvanger %}"), ("U kunt for en if gebruiken",)),
    ("rich text", zin("{{r ontvanger }}"), ("is niet te lezen als veld",)),
]  # fmt: skip


@pytest.mark.parametrize(("doe", "zinnen"), [deel[1:] for deel in FOUTEN], ids=[deel[0] for deel in FOUTEN])
def test_what_is_wrong_is_said_with_its_place(doe: Callable[[Any], None], zinnen: tuple[str, ...]):
    gezegd = bezwaren(anders(BRIEF, doe))
    assert [deel for deel in zinnen if deel not in gezegd] == [], gezegd


def test_all_mistakes_are_said_at_once_but_not_a_hundred():
    gezegd = bezwaren(anders(BRIEF, *(zin(f"{{{{ veld_{nr} }}}}") for nr in range(20))))
    assert gezegd.count("is er niet in deze brief") == keuring.MEESTE_FOUTEN
    assert gezegd.endswith("En nog 8 fouten.")


def in_rijen(document: Any) -> None:
    tabel = document.add_table(3, 1)
    for rij, tekst in zip(tabel.rows, ("{%tr for m in maatregelen %}", "{{ m }}", "{%tr endfor %}"), strict=True):
        rij.cells[0].text = tekst


def test_a_loop_that_begins_in_a_table_and_ends_outside_is_seen():
    brief = "resultaat"
    gezegd = bezwaren(anders(brief, in_tabel("{% for m in maatregelen %}"), zin("{% endfor %}")), brief)
    assert "{% endfor %} staat in een ander deel van het document dan waar het begon (tabel 1, rij 2, cel 3" in gezegd
    # Over rows of one table is another thing.
    assert bezwaren(anders(brief, in_rijen), brief) == ""


# What is done with fields that is good.
GOED = [
    "{{ vestiging }}, {{ vestiging_adres }}", "{% if behandelaar_e_mail %}Mail {{ behandelaar_e_mail }}{% endif %}",
    "{% if not vestiging or behandelaar == 'X' %}a{% elif datum %}b{% else %}c{% endif %}", "{{ behandelaar|upper }}",
    "{# voor onszelf #}", "{{ behandelaar if behandelaar else 'ons' }}",
    "{% if behandelaar == “Bas” %}krom{% endif %}",
]  # fmt: skip


def test_what_the_page_says_that_can_be_used_can_be_used():
    assert bezwaren(anders(BRIEF, *(zin(tekst) for tekst in GOED))) == ""
    lus = ("{%p for deel in maatregelen %}", "{{ loop.index }}. {{ deel }}", "{%p endfor %}")
    assert bezwaren(anders("resultaat", *(zin(tekst) for tekst in lus)), "resultaat") == ""


_RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_SOORT = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def koppeling(soort: bytes, doel: bytes) -> Callable[[bytes], bytes]:
    nieuw = b'<Relationship Id="rIdX" Type="%s%s" Target="%s" TargetMode="External"/>' % (_SOORT, soort, doel)
    return lambda oud: oud.replace(b"</Relationships>", nieuw + b"</Relationships>")


def soort(van: bytes, naar: bytes) -> Callable[[bytes], bytes]:
    return lambda oud: oud.replace(van, naar)


def _gezipt(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam, wat in delen.items():
            doel.writestr(naam, wat)
    return uit.getvalue()


VEILIG = of_program(BRIEF)
HOOFD = b"wordprocessingml.document.main+xml"
TYPES = "[Content_Types]_dot_xml"
VELD = b"<w:p><w:r><w:instrText>%s</w:instrText></w:r></w:p><w:sectPr"
later = partial(partial, met_deel, VEILIG)
"""The same, made when it is called."""
# Files that are no template, or do something by themselves, and what is said.
BESTANDEN: list[tuple[str, bytes | Callable[[], bytes], str]] = [
    ("empty", b"", "Het bestand is leeg."),
    ("a text", b"Geachte heer", "Dit is geen Word-bestand (.docx)."),
    ("an old Word file", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Sla het in Word op als .docx."),
    ("a PDF", b"%PDF-1.7 ...", "Dit is geen Word-bestand (.docx)."),
    ("half a file", VEILIG[:5000], "Dit is geen Word-bestand (.docx)."),
    ("another zip", _gezipt(a=b"b"), "Dit is geen Word-document (.docx), maar een ander bestand."),
    ("a sheet", later(**{TYPES: soort(HOOFD, b"spreadsheetml.sheet.main+xml")}), "een ander bestand"),
    ("a dotx", later(**{TYPES: soort(HOOFD, b"wordprocessingml.template.main+xml")}), "(.dotx)"),
    (
        "a docm", later(**{TYPES: soort(b"application/vnd.openxmlformats-officedocument." + HOOFD,
        b"application/vnd.ms-word.document.macroEnabled.main+xml")}), "macro's (.docm)",
    ),
    ("macros in a docx", later(word__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0"), "macro's (.docm)"),
    (
        "a picture elsewhere", later(word___rels__document_dot_xml_dot_rels=koppeling(b"image",
        b"http://elders.example/volg.png")), "Tekst: er is een koppeling naar buiten, naar http://elders.example/volg.png",
    ),
    (
        "a link", later(word___rels__document_dot_xml_dot_rels=koppeling(b"hyperlink",
        b"http://elders.example/")), "Hyperlink verwijderen",
    ),
    (
        "another template", later(word___rels__settings_dot_xml_dot_rels=_RELS + b'<Relationship Id="r1" '
        b'Type="' + _SOORT + b'attachedTemplate" Target="file://server/x.dotm" TargetMode="External"/>'
        b"</Relationships>"),
        "file://server/x.dotm",
    ),
    (
        "an object", later(word___rels__document_dot_xml_dot_rels=soort(b"</Relationships>",
        b'<Relationship Id="rIdX" Type="' + _SOORT + b'oleObject" Target="embeddings/x.bin"/></Relationships>')),
        "er is iets ingesloten",
    ),
    (
        "a field that fetches", later(word__document_dot_xml=soort(b"<w:sectPr",
        VELD % b" INCLUDETEXT &quot;C:\\geheim.txt&quot; ")), "(INCLUDETEXT)",
    ),
    ("DDE", later(word__document_dot_xml=soort(b"<w:sectPr", VELD % b"DDEAUTO c:\\cmd")), "(DDEAUTO)"),
    (
        "entities", later(word__document_dot_xml=soort(b"<w:document",
        b'<!DOCTYPE x [<!ENTITY a "b">]><w:document')),
        "eigen definitie van tekens",
    ),
    ("broken XML", later(word__document_dot_xml=b"<w:document"), "Het bestand is beschadigd"),
    ("a bomb", later(word__media__x_dot_xml=b"0" * 70_000_000), "onredelijk groot"),
    ("too large", b"PK" + b"0" * (5 * 1024 * 1024 + 1), "groter dan 5 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("inhoud", "zin"), [deel[1:] for deel in BESTANDEN], ids=[deel[0] for deel in BESTANDEN])
def test_a_file_that_is_no_template_is_refused_in_a_sentence(inhoud: bytes | Callable[[], bytes], zin: str):
    assert zin in bezwaren(inhoud() if callable(inhoud) else inhoud)


# --- from a day on ---------------------------------------------------------------------------------------------------


def voeg_toe(register: Register, wie: Gebruiker, inhoud: bytes, vanaf: date) -> None:
    HANDELINGEN["toevoegen_sjabloon"](
        register, wie, g.NUMMER, vandaag=VANDAAG, brief=BRIEF.id, bestand=inhoud, vanaf=vanaf
    )


def test_a_letter_is_made_with_the_template_of_its_day(firma: Register, iris: Gebruiker):
    nummer = speel(firma, TOEGEWEZEN).nummers["klacht"]
    eerste, tweede = anders(BRIEF, zin("Eerste eigen tekst")), anders(BRIEF, zin("Tweede eigen tekst"))
    voeg_toe(firma, iris, eerste, VANDAAG)
    voeg_toe(firma, iris, tweede, VANDAAG + 10 * EEN)
    HANDELINGEN["beeindigen_sjabloon"](
        firma, iris, g.NUMMER, vandaag=VANDAAG, brief=BRIEF.id, laatste_dag=VANDAAG + 20 * EEN
    )

    def staat(dag: date) -> list[str]:
        gezegd = gelezen(maak(firma, nummer, BRIEF.id, op=dag)[0].docx)
        return [woord for woord in ("Eerste", "Tweede") if f"{woord} eigen tekst" in gezegd]

    dagen = (VANDAAG - EEN, VANDAAG, VANDAAG + 9 * EEN, VANDAAG + 10 * EEN, VANDAAG + 20 * EEN, VANDAAG + 21 * EEN)
    assert [staat(dag) for dag in dagen] == [[], ["Eerste"], ["Eerste"], ["Tweede"], ["Tweede"], []]
    assert [(v.vanaf, v.tot) for v in versions(firma.organisatie, BRIEF.id)] == [
        (VANDAAG, VANDAAG + 9 * EEN), (VANDAAG + 10 * EEN, VANDAAG + 20 * EEN),
    ]  # fmt: skip
    feit = template_on(firma.organisatie, BRIEF.id, VANDAAG)
    assert feit is not None
    assert firma.document(g.NUMMER, feit.document) == eerste
    # Another letter still has that of the program.
    assert template_on(firma.organisatie, "resultaat", VANDAAG) is None


def test_a_template_that_is_taken_back_never_was(firma: Register, iris: Gebruiker):
    voeg_toe(firma, iris, anders(BRIEF, zin("Eigen tekst")), VANDAAG)
    nr = firma.vastleggingen(g.NUMMER)[-1].nr
    HANDELINGEN["herroepen_feit"](firma, iris, g.NUMMER, vandaag=VANDAAG, reden="Verkeerd bestand", op=VANDAAG, nr=nr)
    assert template_on(firma.organisatie, BRIEF.id, VANDAAG) is None


def test_nothing_is_recorded_of_a_template_that_is_wrong_or_that_holds_already(firma: Register, iris: Gebruiker):
    goed = anders(BRIEF, zin("Eigen tekst"))
    voeg_toe(firma, iris, goed, VANDAAG)
    stand = firma.stand()
    for inhoud, gezegd in ((anders(BRIEF, zin("{{ x }}")), "Alinea 37"), (goed, "al geldt")):
        with pytest.raises(OngeldigeInvoer, match=gezegd):
            voeg_toe(firma, iris, inhoud, VANDAAG + EEN)
    with pytest.raises(OngeldigeInvoer, match="geen eigen sjabloon"):
        HANDELINGEN["beeindigen_sjabloon"](
            firma, iris, g.NUMMER, vandaag=VANDAAG, brief="resultaat", laatste_dag=VANDAAG
        )
    assert firma.stand() == stand


def test_a_template_of_word_with_a_field_cut_in_pieces_is_read_as_one():
    document = docx.Document(io.BytesIO(of_program(BRIEF)))
    alinea = document.add_paragraph()
    for deel in ("{", "{ klacht", "nummer", " }", "}"):
        alinea.add_run(deel).bold = deel == "nummer"
    uit = io.BytesIO()
    document.save(uit)
    assert bezwaren(uit.getvalue()) == ""
