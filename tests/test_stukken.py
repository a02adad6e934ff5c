"""The documents of a dossier: what may come in, versions and attachments, looking at them, and the whole as one zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from klachten import bestandsnaam, scherm
from klachten.dossier.stukken import Reeks, all_of, by_document
from klachten.handelingen import Geweigerd, OngeldigeInvoer, dossier_van
from klachten.handelingen.bestandssoort import EML, TEKST_SOORT, kind
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm.dossier import dossierzip, opladen, stuk, weergave
from klachten.scherm.dossier.handelen import DEEL
from tests.aanval import bommen
from tests.paginas import VANDAAG, doe, klacht, open_los, verstuur, vul, widget, zinnen, zonder_venster

D = date(2026, 2, 28)
TOEVOEGEN = "stap_03_toevoegen_document"
PAGINA = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\nbrief"
# Of 65,535 by 65,535 points, in a table of two fields.
TIFF = b"II*\0\x08\0\0\0\2\0" + b"\0\1\4\0\1\0\0\0\xff\xff\0\0" + b"\1\1\4\0\1\0\0\0\xff\xff\0\0" + bytes(4)
UITPAKKEN = "bij het uitpakken onredelijk groot"


def mail(html: str = "", **koppen: str) -> bytes:
    bericht = EmailMessage()
    for naam, waarde in {"From": "j@x.nl", "To": "wij@y.nl", "Subject": "Klacht", **koppen}.items():
        bericht[naam] = waarde
    bericht.set_content("Ik ben niet tevreden.")
    if html:
        bericht.clear_content()
        bericht.set_content(html, subtype="html")
    bericht.add_attachment(b"%PDF-1.4 x" * 300, maintype="application", subtype="pdf", filename="bewijs.pdf")
    return bericht.as_bytes()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with open_register(tmp_path_factory.mktemp("stukken")) as register:
        yield register


@pytest.fixture(autouse=True)
def klaar(register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    zonder_venster(monkeypatch)
    vorig = scherm.gebruik(register)
    yield
    scherm.gebruik(vorig)


def voeg_toe(register: Register, nummer: str, inhoud: bytes, naam: str = "stuk", **meer: Any) -> int:
    doe(register, TOEVOEGEN, "anna", nummer, **{"op": D, "naam": naam, "bestand": inhoud, **meer})
    return register.vastleggingen(nummer)[-1].nr


def reeksen(register: Register, nummer: str) -> list[Reeks]:
    return by_document(all_of(dossier_van(register, nummer)))


def haal(register: Register, nummer: str, nr: int, wie: Any) -> tuple[str, bytes]:
    gehaald = stuk.haal(register, nummer, nr, wie)
    assert gehaald
    return gehaald


# --- what may come in: every hostile file, and the answer to it ------------------------------------------------------


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("factuur.pdf", bommen.exe(), "is een programma"),
        ("foto.jpg", b"\x7fELF" + bytes(60), "is een programma"),
        ("stukken.zip", bommen.zip_van({"brief.txt": b"brief", "brief.pdf": bommen.exe()}), "zit een programma"),
        ("stukken.zip", bommen.nullen(20, "a.txt"), UITPAKKEN),
        ("brief.docx", bommen.nullen(20), UITPAKKEN),
        ("lijst.xlsx", bommen.nullen(20, "xl/worksheets/sheet1.xml"), UITPAKKEN),
        ("foto.png", bommen.png(50_000, 50_000), "afbeelding is zo groot"),
        ("scan.tif", TIFF, "afbeelding is zo groot"),
        ("foto.webp", b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\xff\xff\xff\xff\xff\xff", "afbeelding is zo groot"),
        ("leeg.pdf", b"", "het bestand is leeg"),
        ("groot.pdf", b"%PDF" + bytes(26 * 1024 * 1024), "groter dan 25 MB"),
        ("vreemd.pdf", bytes(range(1, 256)) * 4, "kunnen wij niet bewaren"),
    ],
    ids=lambda waarde: waarde[:12] if isinstance(waarde, str) else "",
)  # fmt: skip
def test_what_may_not_come_in_is_refused_by_its_content_and_nothing_is_kept(
    register: Register, naam: str, inhoud: bytes, zin: str
) -> None:
    nummer = klacht(register)
    goed = ("goed.txt", naam.encode())
    with pytest.raises(OngeldigeInvoer) as weigering:
        opladen.add(nummer, {"op": D, "naam": "", "bestand": (goed, (naam, inhoud))}, "", "")
    assert zin in weigering.value.velden["bestand"]
    assert naam in weigering.value.velden["bestand"]
    assert reeksen(register, nummer) == []
    assert register.dossiers.documents(nummer) == []


@pytest.mark.parametrize(
    ("naam", "inhoud", "bewaard", "getoond"),
    [
        ("brief.pdf", PDF + PAGINA, "brief.pdf", "application/pdf"),
        ("brief.pdf", PAGINA + PDF, "brief.pdf.txt", "text/plain; charset=utf-8"),
        ("pagina.html", PAGINA, "pagina.html.txt", "text/plain; charset=utf-8"),
        ("foto.png", SVG, "foto.png.txt", "text/plain; charset=utf-8"),
        ("tekening.svg", SVG, "tekening.svg.txt", "text/plain; charset=utf-8"),
        ("foto.html", bommen.png(10, 10), "foto.html.png", "image/png"),
        ("scan.tif", b"MM\x00*" + bytes(8), "scan.tif", "text/plain; charset=utf-8"),
        ("stukken.zip", bommen.zip_van({"a.txt": b"brief"}), "stukken.zip", None),
        ("brief.docx", bommen.zip_van({"[Content_Types].xml": b"<T/>", "word/a.xml": b"x"}), "brief.docx", None),
        ("C:\\temp\\..\\..\\brief.txt", b"a", "brief.txt", "text/plain; charset=utf-8"),
        ("../../etc/passwd", b"b", "passwd.txt", "text/plain; charset=utf-8"),
        ("brief\u202etxt.exe", b"c", "brieftxt.exe.txt", "text/plain; charset=utf-8"),
        ("x" * 300 + ".txt", b"d", "x" * 130 + ".txt", "text/plain; charset=utf-8"),
        ("a\x00\r\nb.csv", b"=1+1;2", "a b.csv", "text/plain; charset=utf-8"),
        ("klacht.eml", mail(), "klacht.eml", "text/plain; charset=utf-8"),
    ],
    ids=lambda waarde: waarde[:12] if isinstance(waarde, str) else "",
)  # fmt: skip
def test_what_may_come_in_goes_out_as_what_it_is_and_is_never_run(
    register: Register, anna: Any, naam: str, inhoud: bytes, bewaard: str, getoond: str | None
) -> None:
    nummer = klacht(register)
    (nr,) = opladen.add(nummer, {"op": D, "naam": "", "bestand": ((naam, inhoud),)}, "", "").nrs
    assert haal(register, nummer, nr, anna) == (bewaard, inhoud)
    beeld = weergave.of(inhoud)
    assert (beeld.mime if beeld else None) == getoond


def test_the_same_content_twice_in_a_dossier_says_where_it_stands(register: Register) -> None:
    nummer, ander = klacht(register), klacht(register)
    nr = voeg_toe(register, nummer, PDF, "Eerste.pdf")
    zin = f"Bestand: dit staat al in het dossier, als Eerste.pdf (feit {nr})."
    with pytest.raises(OngeldigeInvoer) as weigering:
        voeg_toe(register, nummer, PDF, "Tweede.pdf")
    assert weigering.value.velden == {"bestand": zin}
    with pytest.raises(OngeldigeInvoer):
        opladen.add(nummer, {"op": D, "naam": "", "bestand": (("a.txt", b"a"), ("b.txt", b"a"))}, "", "")
    assert len(reeksen(register, nummer)) == 1
    voeg_toe(register, ander, PDF)
    doe(register, "herroepen_feit", "anna", nummer, nr=nr, op=D, reden="Verkeerd")
    voeg_toe(register, nummer, PDF, "Opnieuw.pdf")
    assert [reeks.nu.feit.naam for reeks in reeksen(register, nummer)] == ["Opnieuw.pdf"]


def test_a_name_of_a_file_is_a_name_and_no_more() -> None:
    assert bestandsnaam.kept("/a/b\\c\u202e.pdf") == "c.pdf"
    assert bestandsnaam.kept("///") == ""
    assert len(bestandsnaam.kept("x" * 900 + ".pdf")) < 200
    assert bestandsnaam.kept("x" * 900 + ".pdf").endswith(".pdf")


# --- versions and attachments ----------------------------------------------------------------------------------------


def test_a_new_version_stands_before_the_old_one_and_replaces_nothing(register: Register) -> None:
    nummer = klacht(register)
    een = voeg_toe(register, nummer, b"een", soort_document="verslag")
    twee = voeg_toe(register, nummer, b"twee", vervangt=een)
    with pytest.raises(OngeldigeInvoer, match="er is al een nieuwere"):
        voeg_toe(register, nummer, b"drie", vervangt=een)
    drie = voeg_toe(register, nummer, b"drie", vervangt=twee)
    (reeks,) = reeksen(register, nummer)
    assert (reeks.nu.nr, [oud.nr for oud in reeks.eerder]) == (drie, [twee, een])
    assert len(register.dossiers.documents(nummer)) == 3
    # A correction and taking one back leave the rest where it was.
    doe(register, "corrigeren_feit", "anna", nummer, nr=drie, waarden={"naam": "Derde"}, reden="Naam")
    doe(register, "herroepen_feit", "anna", nummer, nr=een, op=D, reden="Hoort hier niet")
    (reeks,) = reeksen(register, nummer)
    assert (reeks.nu.nr, reeks.nu.feit.naam, [oud.nr for oud in reeks.eerder]) == (drie, "Derde", [twee])
    doe(register, "herroepen_feit", "anna", nummer, nr=drie, op=D, reden="Toch niet")
    assert [deze.nu.nr for deze in reeksen(register, nummer)] == [twee]


def test_an_attachment_stands_under_its_mail_also_when_that_gets_a_version(register: Register) -> None:
    nummer = klacht(register)
    post = voeg_toe(register, nummer, mail(Subject="Versie 1"), "mail.eml")
    assert register.vastleggingen(nummer)[-1].feit.soort_document == "email"
    bijlage = voeg_toe(register, nummer, b"bij", hoort_bij=post)
    voeg_toe(register, nummer, mail(Subject="Versie 2"), "mail.eml", vervangt=post)
    nieuwer = voeg_toe(register, nummer, b"bij 2", vervangt=bijlage)
    (reeks,) = reeksen(register, nummer)
    assert [kind.nu.nr for kind in reeks.bijlagen] == [nieuwer]
    for fout in ({"hoort_bij": 1}, {"vervangt": 99_999}, {"vervangt": nieuwer, "hoort_bij": post}):
        with pytest.raises(OngeldigeInvoer):
            voeg_toe(register, nummer, b"x", **fout)
    for nr in [een.nr for een in all_of(dossier_van(register, nummer)) if een.reeks == post]:
        doe(register, "herroepen_feit", "anna", nummer, nr=nr, op=D, reden="Verkeerde mail")
    assert [deze.nu.nr for deze in reeksen(register, nummer)] == [nieuwer], "it stands by itself now"


def test_a_document_may_be_older_than_the_klacht(register: Register) -> None:
    nummer = klacht(register)
    voeg_toe(register, nummer, b"contract", soort_document="bewijs", van_dag=date(2019, 5, 1), richting="in", van="J.")
    (reeks,) = reeksen(register, nummer)
    assert reeks.nu.dag == date(2019, 5, 1)
    with pytest.raises(OngeldigeInvoer):
        voeg_toe(register, nummer, b"y", soort_document="verzonnen")


# --- looking at it ---------------------------------------------------------------------------------------------------


def test_a_mail_reads_as_its_headers_its_text_and_what_hangs_on_it() -> None:
    (beeld,) = filter(None, [weergave.of(mail(Cc="z@x.nl"))])
    tekst = beeld.inhoud.decode()
    for zin in (
        "Van: j@x.nl",
        "Kopie: z@x.nl",
        "Onderwerp: Klacht",
        "niet tevreden",
        "- bewijs.pdf (application/pdf, 3 kB)",
    ):
        assert zin in tekst
    pagina = weergave.of(mail("<style>p{}</style><p>Beste<br>heer &lt;x&gt;</p><script>alert(1)</script>"))
    assert pagina
    assert "Beste\nheer <x>" in pagina.inhoud.decode()
    assert "alert" not in pagina.inhoud.decode()


@pytest.mark.parametrize(
    "inhoud",
    [
        b"From: a\nTo: b\nContent-Type: text/plain; charset=verzonnen\n\n\xe9\xe9n",
        b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n--x",
        b"From: =?utf-8?b?!!!?=\nTo: <\nDate: x\nContent-Transfer-Encoding: base64\n\n%%%",
        b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: message/rfc822\n\n" * 99,
    ],
)
def test_a_mail_that_is_broken_is_shown_all_the_same(inhoud: bytes) -> None:
    assert kind(inhoud) is EML
    beeld = weergave.of(inhoud)
    assert beeld
    assert beeld.mime == "text/plain; charset=utf-8"


def test_a_text_of_any_encoding_is_text_and_a_long_one_is_cut() -> None:
    for inhoud in ("één €".encode("cp1252"), "één €".encode("utf-16"), "één €".encode("utf-8-sig")):
        assert kind(inhoud) is TEKST_SOORT
        assert weergave.of(inhoud).inhoud.decode() == "één €"  # type: ignore[union-attr]
    assert weergave.GEKNIPT in weergave.of(b"x" * 2_000_000).inhoud.decode()  # type: ignore[union-attr]


# --- on the page -----------------------------------------------------------------------------------------------------


def test_several_files_at_once_one_looked_at_and_a_next_version_by_its_own_form(register: Register) -> None:
    nummer = klacht(register)
    proef = open_los("dossier", "anna", {DEEL: "klacht"}, nummer=nummer)
    widget(proef, "bestand").set_value([("een.txt", b"een", "text/plain"), ("twee.docx", b"PK\x03\x04", "x/y")])
    vul(proef, soort_document="bewijs", richting="in", van="M. de <b>Boer</b>", van_dag=date(2026, 2, 20))
    verstuur(proef, "Toevoegen")
    assert not proef.exception
    een, twee = (reeks.nu for reeks in reeksen(register, nummer))
    gezegd = zinnen(proef)
    for zin in ("Bewijs · van 20 februari 2026", "binnengekomen op", "Van M. de <b>Boer</b>", f"feit {een.nr}"):
        assert zin in gezegd
    assert een.feit.document in [code.value for code in proef.code]
    proef.button(key=f"bekijk.{twee.vastlegging.nr}").click().run()
    assert "Een ingepakte map (zip) is hier niet te bekijken" in zinnen(proef)
    proef.button(key=f"bekijk.{een.vastlegging.nr}").click().run()
    assert f"/stuk/{nummer}/{een.vastlegging.nr}/bekijken?als=anna" in [k.proto.url for k in proef.get("link_button")]
    proef.button(key=f"versie.{een.vastlegging.nr}").click().run()
    vak = next(vak for vak in proef.file_uploader if vak.key.split("#")[0].endswith(f"/{een.nr}"))
    vak.set_value([("een.txt", b"een, verbeterd", "text/plain")])
    next(knop for knop in proef.button if knop.label == "Nieuwe versie toevoegen").click().run()
    assert not proef.exception
    reeks = reeksen(register, nummer)[0]
    assert ([oud.nr for oud in reeks.eerder], reeks.nu.feit.van) == ([een.nr], "M. de <b>Boer</b>")
    assert "1 eerdere versie" in [vak.label for vak in proef.expander]


# --- the whole dossier -----------------------------------------------------------------------------------------------


def zip_of(nummer: str, wie: Any) -> zipfile.ZipFile:
    uit = dossierzip.maker(nummer, wie)()
    assert not isinstance(uit, bytes)
    return zipfile.ZipFile(io.BytesIO(b"".join(uit)))


def test_the_zip_holds_every_document_its_history_and_says_what_lacks(register: Register, anna: Any, eva: Any) -> None:
    nummer, ander = klacht(register, omschrijving="De begeleider\nkwam niet."), klacht(register, betrokkenen=("anna",))
    doe(register, "stap_03_koppelen_klacht", "carla", nummer, op=VANDAAG, met=ander)
    een = voeg_toe(register, nummer, b"een", "../../een<b>.html", van_dag=date(2026, 1, 3), richting="in", van="=1+1")
    voeg_toe(register, nummer, b"twee", "twee.txt", vervangt=een)
    voeg_toe(register, nummer, b"weg", "weg.txt")
    voeg_toe(register, nummer, b"anders", "anders.txt")
    map = register.dossiers.folder(nummer) / "documenten"
    (map / hashlib.sha256(b"weg").hexdigest()).unlink()
    (map / hashlib.sha256(b"anders").hexdigest()).write_bytes(b"iets anders")
    inhoud = zip_of(nummer, anna)
    assert inhoud.namelist() == [
        "stukken/001 twee.txt", "stukken/002 _.._een_b_.html.txt", "geschiedenis.txt", "inventaris.html",
    ]  # fmt: skip
    assert inhoud.read("stukken/001 twee.txt") == b"twee"
    lijst, verhaal = inhoud.read("inventaris.html").decode(), inhoud.read("geschiedenis.txt").decode("utf-8-sig")
    laatste = register.vastleggingen(nummer)[-1]
    for zin in (
        "../../een&lt;b&gt;.html", "03-01-2026", "Binnengekomen", "versie 2 van 2", hashlib.sha256(b"een").hexdigest(),
        dossierzip.WEG, dossierzip.VERANDERD, laatste.zegel, f"<td>{een}</td>",
    ):  # fmt: skip
        assert zin in lijst
    assert "      kwam niet." in verhaal
    assert "Document toegevoegd" in verhaal
    for tekst in (lijst, verhaal):
        assert ander not in tekst, "Anna is involved in that one"
    with pytest.raises(Geweigerd, match="niet voor u"):
        zip_of(nummer, eva)


def test_the_zip_of_an_empty_dossier_says_so(register: Register, anna: Any, tmp_path: Path) -> None:
    inhoud = zip_of(klacht(register), anna)
    assert "Er zijn geen stukken in dit dossier." in inhoud.read("inventaris.html").decode()
    inhoud.extractall(tmp_path)
