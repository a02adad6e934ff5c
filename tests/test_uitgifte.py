"""Files at addresses of their own: who gets one is decided when it is asked for, and every asking is logged."""

from __future__ import annotations

import dataclasses
import gc
import io
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.datamap import PROJECT
from klachten.handelingen import dossier_van
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import aanbod, kijker, kijklog
from klachten.scherm.aanbod import Aanbod, Maker
from klachten.scherm.paginas import pagina
from klachten.scherm.uitgifte import NIET_VOOR_U, Uitgifte, _attachment
from klachten.toegang import routes
from klachten.toegang.poort import NIET_VOOR_ROL, Poort
from klachten.toegang.staat import Staat
from tests import matrixproef as proef
from tests.adresproef import Adressen, adressen
from tests.matrixproef import ANDER, MENSEN, ONTVANGEN, VANDAAG, Klacht
from tests.poortproef import Antwoord, Huis, vraag
from tests.schermproef import VENSTER


class Alles(NamedTuple):
    """The register of the matrix behind a gate where everybody is signed in."""

    register: Register
    klachten: dict[tuple[str, str], Klacht]
    http: Adressen

    def stuk(self, wie: str, plaats: str = "geen", van: str = "", methode: str = "GET") -> Antwoord:
        nummer = self.klachten[van or wie, plaats].nummer
        feiten = self.register.vastleggingen(nummer)
        nr = next(v.nr for v in feiten if isinstance(v.feit, g.DocumentToegevoegd))
        return self.http.ga(wie, f"/stuk/{nummer}/{nr}", methode)

    def regels(self) -> list[tuple[str, str, str, str, bool]]:
        log = kijklog.van(self.register)
        log.flush()
        regels = [een.regel for maand in log.keten.maanden() for een in log.keten.regels(maand)]
        return [(r.wie, r.waar, r.nummer, r.sessie, r.geweigerd) for r in regels if r.wat == "gedownload"]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, dict[tuple[str, str], Klacht]]]:
    with open_register(tmp_path_factory.mktemp("uitgifte") / "r") as register, organisatie.met(ANDER, *MENSEN.values()):
        yield register, proef.vul(register)


@pytest.fixture
def alles(basis: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Alles]:
    register, klachten = basis
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    vorig = scherm.gebruik(register)
    kijklog.van(register).flush()
    for pad in (register.map / "kijklog").glob("*"):
        pad.unlink()
    kijklog._laatste.clear()
    with adressen(tmp_path / "toegang", MENSEN) as http:
        yield Alles(register, klachten, http)
    scherm.gebruik(vorig)


def offer(alles: Alles, wie: str, naam: str = "excel_klachten", maak: Any = lambda: b"inhoud") -> tuple[Aanbod, str]:
    een = Aanbod(naam="a.xlsx", mime="x/y", maker=Maker(naam, maak), wie=MENSEN[wie], sessie=alles.http.hash[wie])
    aanbod._aangeboden[een.code] = een
    return een, f"/bestand/{een.code}"


def draw(monkeypatch: pytest.MonkeyPatch, alles: Alles, wie: str, naam: str) -> tuple[AppTest, str]:
    """Draw a page behind the gate; return it (what it offers goes with it) and the address of its Excel file."""
    monkeypatch.setattr(kijker, "hash", lambda: alles.http.hash[wie])
    monkeypatch.setattr(scherm, "vandaag", lambda: VANDAAG)
    app = AppTest.from_file(VENSTER, default_timeout=60)
    app.session_state["werkvoorraad.wie"] = "iedereen"
    app.switch_page(os.path.relpath(pagina(naam).bestand, Path(VENSTER).parent)).run()
    assert not app.exception
    return app, next(k.proto.url for k in app.get("link_button") if k.proto.label == "Excel-bestand")


def cells(antwoord: Antwoord) -> set[str]:
    assert antwoord.status == 200, antwoord.tekst
    boek = openpyxl.load_workbook(io.BytesIO(antwoord.inhoud))
    return {str(cel) for rij in boek.worksheets[0].iter_rows(values_only=True) for cel in rij if cel is not None}


def test_a_large_file_goes_out_in_parts_each_made_when_the_one_before_it_is_gone(alles: Alles):
    gemaakt: list[str] = []

    def parts() -> Iterator[bytes]:
        for deel in (b"een ", b"twee ", b"drie"):
            gemaakt.append(deel.decode())
            yield deel

    een, adres = offer(alles, "directie", "inzageverzoek", parts)
    assert alles.http.ga("directie", adres, "HEAD").inhoud == b""
    assert gemaakt == []
    antwoord = alles.http.ga("directie", adres)
    assert (antwoord.status, antwoord.inhoud) == (200, b"een twee drie")
    assert "content-length" not in antwoord.koppen
    assert antwoord.koppen["content-type"] == een.mime
    assert alles.http.ga("auditor", adres).status == 404


def test_a_file_that_tells_of_two_dossiers_is_logged_with_both(alles: Alles):
    een, adres = offer(alles, "directie", "evaluatieagenda")
    een.maker = Maker("evaluatieagenda", lambda: b"x", "E2026-0001", ook=("E2026-0002",))
    assert alles.http.ga("directie", adres).status == 200
    assert [regel[1:3] for regel in alles.regels()] == [
        ("evaluatieagenda", "E2026-0001"), ("evaluatieagenda", "E2026-0002"),
    ]  # fmt: skip


# Documents


def test_a_document_comes_as_an_attachment_of_no_kind_that_nobody_keeps(alles: Alles):
    klacht, antwoord = alles.klachten["directie", "geen"], alles.stuk("directie")
    assert antwoord.inhoud.startswith(b"inhoud")
    assert antwoord.koppen["content-type"] == "application/octet-stream"
    naam = f"{klacht.stuk}.txt"
    assert antwoord.koppen["content-disposition"] == f"attachment; filename=\"{naam}\"; filename*=UTF-8''{naam}"
    assert antwoord.koppen["cache-control"] == "no-store"
    assert antwoord.koppen["x-content-type-options"] == "nosniff"
    assert alles.regels() == [(MENSEN["directie"].id, "stuk", klacht.nummer, alles.http.hash["directie"][:8], False)]


def test_a_document_is_looked_at_in_a_sandbox_of_its_own_and_by_who_may_have_it(alles: Alles):
    klacht = alles.klachten["directie", "geen"]
    nr = next(v.nr for v in alles.register.vastleggingen(klacht.nummer) if isinstance(v.feit, g.DocumentToegevoegd))
    adres = f"/stuk/{klacht.nummer}/{nr}/bekijken"
    antwoord = alles.http.ga("directie", adres)
    assert (antwoord.status, antwoord.inhoud[:6]) == (200, b"inhoud")
    assert antwoord.koppen["content-type"] == "text/plain; charset=utf-8"
    assert antwoord.koppen["content-disposition"].startswith("inline; ")
    assert (antwoord.koppen["x-content-type-options"], antwoord.koppen["cache-control"]) == ("nosniff", "no-store")
    beleid = antwoord.koppen["content-security-policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'self'", "sandbox"} <= set(beleid)
    assert alles.regels()[-1][1:3] == ("stuk", klacht.nummer)
    betrokken = alles.klachten["directie", "betrokken"].nummer
    ander = next(v.nr for v in alles.register.vastleggingen(betrokken) if isinstance(v.feit, g.DocumentToegevoegd))
    for geen in (f"/stuk/{betrokken}/{ander}/bekijken", f"{adres}/x", adres.replace("bekijken", "BEKIJKEN")):
        assert (alles.http.ga("directie", geen).status, alles.http.ga("directie", geen).tekst) == (404, NIET_VOOR_U)


def test_a_document_is_refused_as_one_that_is_not_there_and_that_is_logged(alles: Alles):
    betrokken = alles.klachten["directie", "betrokken"].nummer
    for antwoord in (
        alles.stuk("directie", "betrokken"),
        alles.http.ga("directie", "/stuk/K2026-9999/3"),
        alles.http.ga("directie", "/stuk/E2026-0001/3"),
        alles.http.ga("directie", f"/stuk/{alles.klachten['directie', 'geen'].nummer}/1"),
        alles.http.ga("directie", "/stuk/Jan Jansen/3"),
        alles.http.ga("directie", "/stuk/K2025-0001/²"),
        alles.http.ga("directie", "/stuk/K2025-0001"),
        alles.http.ga("directie", "/stuk/K2025-0001/3/4"),
        alles.http.ga("directie", "/bestand/verzonnen"),
    ):
        assert (antwoord.status, antwoord.tekst) == (404, NIET_VOOR_U)
    assert [regel[1:3] for regel in alles.regels()] == [
        ("stuk", betrokken), ("stuk", "K2026-9999"), ("stuk", "E2026-0001"),
        ("stuk", alles.klachten["directie", "geen"].nummer), *[("stuk", "")] * 4, ("/bestand/*", ""),
    ]  # fmt: skip
    assert all(geweigerd for *_, geweigerd in alles.regels())


def test_whoever_becomes_involved_gets_no_document_any_more(alles: Alles):
    klacht = alles.klachten["coordinator", "behandelaar"]
    assert alles.stuk("auditor", "behandelaar", van="coordinator").status == 200
    with alles.register.schrijven() as boeking:
        feit = g.BetrokkeneToegevoegd(gebeurd_op=ONTVANGEN + timedelta(60), betrokkene=MENSEN["auditor"].id)
        boeking.leg_vast(klacht.nummer, feit, door=ANDER.id, rol="coordinator")
    assert alles.stuk("auditor", "behandelaar", van="coordinator").tekst == NIET_VOOR_U
    assert alles.stuk("directie", "behandelaar", van="coordinator").status == 200


def test_a_document_that_was_revoked_is_not_there(alles: Alles):
    nummer = alles.klachten["actienemer", "behandelaar"].nummer
    assert alles.stuk("directie", "behandelaar", van="actienemer").status == 200
    nr = next(v.nr for v in dossier_van(alles.register, nummer).geldig if isinstance(v.feit, g.DocumentToegevoegd))
    with alles.register.schrijven() as boeking:
        boeking.leg_vast(
            nummer, g.FeitHerroepen(gebeurd_op=VANDAAG, reden="fout"), door=ANDER.id, rol="coordinator", corrigeert=nr
        )
    assert alles.http.ga("directie", f"/stuk/{nummer}/{nr}").tekst == NIET_VOOR_U


# Files that a page offers


def test_a_file_is_made_when_it_is_asked_for_and_as_often(alles: Alles):
    gemaakt: list[int] = []
    een, adres = offer(alles, "directie", maak=lambda: gemaakt.append(1) or b"inhoud")
    assert gemaakt == []
    for _ in range(2):
        assert alles.http.ga("directie", adres).inhoud == b"inhoud"
    hoofd = alles.http.ga("directie", adres, "HEAD")
    assert (hoofd.status, hoofd.inhoud, len(gemaakt)) == (200, b"", 2)
    assert [regel[1] for regel in alles.regels()] == ["excel_klachten"] * 2
    assert een.naam in hoofd.koppen["content-disposition"]


def test_the_link_of_somebody_else_is_none(alles: Alles):
    _een, adres = offer(alles, "directie")
    assert alles.http.ga("coordinator", adres).tekst == NIET_VOOR_U
    # Nor does it work in another browser of the same person: the link may have been passed on.
    koek, _ = alles.http.sessies.begin(MENSEN["directie"].id, alles.http.staat.klok())
    alles.http.koeken["elders"] = f"klachten_8501={koek}"
    assert alles.http.ga("elders", adres).tekst == NIET_VOOR_U
    assert alles.http.ga("", adres).status == 401
    assert alles.http.ga("directie", adres).status == 200


def test_a_right_that_was_taken_away_is_gone_at_once(alles: Alles):
    _een, adres = offer(alles, "uitvoerend")
    assert alles.http.ga("uitvoerend", adres).status == 200
    wie = MENSEN["uitvoerend"]
    # Another role of this person would still give the file, with other rows: what was offered holds no more.
    alles.http.firma.mensen[wie.id] = dataclasses.replace(wie, rollen=frozenset({"medewerker"}))
    assert alles.http.ga("uitvoerend", adres).tekst == NIET_VOOR_U
    alles.http.firma.mensen[wie.id] = dataclasses.replace(wie, rollen=frozenset({"beheerder"}))
    assert alles.http.ga("uitvoerend", adres).tekst == NIET_VOOR_U
    assert alles.http.ga("uitvoerend", "/stuk/K2026-0001/1").tekst == NIET_VOOR_ROL
    assert alles.http.geweigerd == [(alles.http.hash["uitvoerend"], "/stuk/*")]
    del alles.http.firma.mensen[wie.id]
    assert alles.http.ga("uitvoerend", adres).status == 401


@pytest.mark.parametrize(
    ("naam", "plaats"),
    [("klachten", "vastlegger"), ("werkvoorraad", "ontvanger_toegewezen"), ("escalatie", "behandelaar")],
)
def test_a_file_leaves_out_what_its_reader_may_not_see_any_more(
    alles: Alles, monkeypatch: pytest.MonkeyPatch, naam: str, plaats: str
):
    """Somebody became involved after the page was drawn: the rows of the page are asked for again."""
    klacht = alles.klachten["medewerker", plaats]
    app, adres = draw(monkeypatch, alles, "coordinator", naam)
    assert klacht.nummer in cells(alles.http.ga("coordinator", adres))
    with alles.register.schrijven() as boeking:
        feit = g.BetrokkeneToegevoegd(gebeurd_op=ONTVANGEN + timedelta(60), betrokkene=MENSEN["coordinator"].id)
        boeking.leg_vast(klacht.nummer, feit, door=ANDER.id, rol="directie")
    assert klacht.nummer not in cells(alles.http.ga("coordinator", adres))
    assert app.session_state


def test_what_a_tab_offers_goes_with_the_tab(alles: Alles, monkeypatch: pytest.MonkeyPatch):
    app, adres = draw(monkeypatch, alles, "auditor", "escalatie")
    app.run()
    assert adres in {knop.proto.url for knop in app.get("link_button")}, "a rerun offers it at the same address"
    assert alles.http.ga("auditor", adres).status == 200
    del app
    gc.collect()
    assert alles.http.ga("auditor", adres).tekst == NIET_VOOR_U


def test_the_file_of_the_log_of_looking_holds_nothing_of_ones_own_klachten(
    alles: Alles, monkeypatch: pytest.MonkeyPatch
):
    mijn, vrij = alles.klachten["auditor", "betrokken"].nummer, alles.klachten["auditor", "geen"].nummer
    for nummer in (mijn, vrij):
        kijklog.van(alles.register).note("geopend", ANDER.id, waar="dossier", nummer=nummer)
    app, adres = draw(monkeypatch, alles, "auditor", "kijklog")
    inhoud = cells(alles.http.ga("auditor", adres))
    assert {vrij, "Persoon ander", "Geopend", "Dossier"} <= inhoud
    assert mijn not in inhoud
    assert app.session_state


def test_what_goes_wrong_is_a_sentence_with_a_code_and_no_detail(alles: Alles, caplog: pytest.LogCaptureFixture):
    def broken() -> bytes:
        raise ValueError("iets van binnen")

    een, adres = offer(alles, "directie", maak=broken)
    antwoord = alles.http.ga("directie", adres)
    assert (antwoord.status, "geef dan deze code door" in antwoord.tekst) == (500, True)
    assert "binnen" not in antwoord.tekst
    assert "iets van binnen" in caplog.text
    assert een.maker


@pytest.mark.parametrize(
    ("naam", "kop"),
    [
        ("brief.pdf", "attachment; filename=\"brief.pdf\"; filename*=UTF-8''brief.pdf"),
        ("Zoë €5.pdf", "attachment; filename=\"Zo_ _5.pdf\"; filename*=UTF-8''Zo%C3%AB%20%E2%82%AC5.pdf"),
        ('a"\r\nx: y', "attachment; filename=\"a___x_ y\"; filename*=UTF-8''a%22%0D%0Ax%3A%20y"),
    ],
)
def test_the_name_of_a_file_cannot_write_a_header(naam: str, kop: str):
    assert _attachment(naam).decode() == kop


# In the example


def test_in_the_example_one_asks_as_who_one_chose_to_be(alles: Alles):
    poort = Poort(Uitgifte(Huis()), Staat(), routes.load(["dossier"]))
    kijker.look_through(poort.staat)
    koek = vraag(poort).koek
    klacht = alles.klachten["directie", "betrokken"]
    nr = next(v.nr for v in alles.register.vastleggingen(klacht.nummer) if isinstance(v.feit, g.DocumentToegevoegd))
    for wie, status in ((ANDER.id, 200), ("p-directie", 404), ("niemand", 404), ("", 404)):
        antwoord = vraag(poort, f"/stuk/{klacht.nummer}/{nr}?als={wie}", cookie=koek)
        assert antwoord.status == status, wie
    assert vraag(poort, f"/stuk/{klacht.nummer}/{nr}?als={ANDER.id}").status == 401


def test_nothing_in_the_app_puts_anything_where_streamlit_hands_it_out_to_anybody():
    """What these make goes to /media, which the gate does not let through."""
    bestanden = [*(PROJECT / "klachten").rglob("*.py"), *(PROJECT / "pages").rglob("*.py"), PROJECT / "app.py"]
    naar_media = re.compile(r"\.(download_button|image|audio|video|pdf)\(")
    gevonden = [pad.name for pad in bestanden if naar_media.search(pad.read_text(encoding="utf-8"))]
    assert gevonden == ["onderdelen.py"], "which gives a picture as an address that has all of it in itself"
