"""The style of the house: what may be a logo and a colour, from which day it holds, and where it shows."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from PIL import Image, ImageDraw

from klachten import gebeurtenissen as g
from klachten import jaarverslag
from klachten.analyse.rapport.stijl import Stijl, brief
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.handelingen.beeld import MEESTE_PUNTEN, bezwaar_logo
from klachten.handelingen.vooraf import would_record
from klachten.organisatie import Gebruiker, huisstijl
from klachten.register import Register
from klachten.register.controle import controleer
from tests.aanval import bommen
from tests.firmaproef import doe
from tests.lijsten import VANDAAG
from tests.paginas import Opent, verstuur, vul, widget, zinnen
from tests.schermproef import open_pagina, tekst

EEN = timedelta(days=1)
ROOD = "#9B1C3C"


def beeld(soort: str = "PNG", mode: str = "RGB", maat: tuple[int, int] = (120, 60), kleur: str = "red") -> bytes:
    uit = io.BytesIO()
    tekening = Image.new(mode, maat)
    if mode != "CMYK":
        ImageDraw.Draw(tekening).rectangle((10, 10, maat[0] - 10, maat[1] - 10), fill=kleur)
    tekening.save(uit, soort)
    return uit.getvalue()


def blok(naam: bytes, inhoud: bytes) -> bytes:
    return struct.pack(">I", len(inhoud)) + naam + inhoud + struct.pack(">I", zlib.crc32(naam + inhoud))


def tekstbom() -> bytes:
    """A PNG whose text unpacks to 100 MB."""
    heel = beeld()
    bom = blok(b"zTXt", b"x\x00\x00" + zlib.compress(bytes(100_000_000)))
    return heel[:33] + bom + heel[33:]


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "het bestand is leeg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "geen PNG- of JPEG-afbeelding"),
        (b"GIF89a" + bytes(40), "geen PNG- of JPEG-afbeelding"),
        (bommen.exe(), "is een programma"),
        (bommen.png(50_000, 50_000), "zo groot dat een computer"),
        (bommen.png(MEESTE_PUNTEN // 1000 + 1, 1000), "Maak haar kleiner"),
        (bommen.jpeg(6_000, 4_000), "Maak haar kleiner"),
        (bommen.png(100, 100), "beschadigd"),
        (beeld()[:-30], "beschadigd"),
        (beeld("JPEG")[:300], "beschadigd"),
        (tekstbom, "beschadigd"),
        (beeld("JPEG", "CMYK"), "kleuren van een drukker"),
        (beeld(maat=(22, 90)), "Kies een grotere"),
        (beeld() + bytes(1024 * 1024), "groter dan 1 MB"),
    ],
)  # fmt: skip
def test_what_is_no_logo_is_refused_with_a_sentence(inhoud: bytes | Callable[[], bytes], zin: str):
    assert zin in (bezwaar_logo(inhoud() if callable(inhoud) else inhoud) or "")


@pytest.mark.parametrize(
    ("soort", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "L")]
)
def test_what_is_a_logo_is_printed(soort: str, mode: str):
    logo = beeld(soort, mode, kleur="red" if mode.startswith("RGB") else 200)  # type: ignore[arg-type]
    assert bezwaar_logo(logo) is None
    stijl = Stijl(kleur=ROOD, logo=logo, logo_soort=soort.lower())
    zonder = Stijl(kleur=ROOD)
    met_logo, kaal = (brief(s, organisatie="Firma", adres="Kade 1\n1234 AB Weert") for s in (stijl, zonder))
    assert met_logo.startswith(b"\x89PNG")
    assert met_logo != kaal


@pytest.mark.parametrize("kleur", ["#000000", "#FFFFFF", "#767676", "#777777", "#0F6B66", "#FFCC00"])
def test_contrast_with_white_is_that_of_wcag(kleur: str):
    bekend = {"#000000": 21, "#FFFFFF": 1, "#767676": 4.54, "#777777": 4.48, "#0F6B66": 6.34, "#FFCC00": 1.53}
    assert huisstijl.contrast(kleur) == pytest.approx(bekend[kleur], abs=0.02)


def stel(firma: Register, **anders: Any) -> g.HuisstijlGesteld:
    invoer = {"vanaf": VANDAAG, "kleur": ROOD, "tweede_kleur": "#444444", "lettertype": huisstijl.LETTER, **anders}
    doe(firma, "stellen_huisstijl", **invoer)
    return firma.organisatie.van(g.HuisstijlGesteld)[-1]


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"kleur": "#FFCC00"}, "niet goed te lezen (contrast 1,5; nodig is 4,5)"),
        ({"tweede_kleur": "#777777"}, "niet goed te lezen (contrast 4,4; nodig is 4,5)"),
        ({"kleur": "rood"}, "een kleur ziet eruit als"),
        ({"kleur": "#12345"}, "een kleur ziet eruit als"),
        ({"lettertype": "Comic Sans van elders"}, "staat niet in de lijst"),
        ({"logo": b"<svg/>"}, "Logo: dit is geen PNG"),
        ({"logo": beeld(), "zonder_logo": True}, "Kies een van de twee"),
    ],
)  # fmt: skip
def test_a_style_that_cannot_be_is_refused_and_nothing_is_written(firma: Register, anders: dict[str, Any], zin: str):
    stand = firma.stand()
    with pytest.raises(OngeldigeInvoer) as fout:
        stel(firma, **anders)
    assert zin in " ".join(fout.value.velden.values())
    assert firma.stand() == stand
    assert not (firma.map / "dossiers" / g.NUMMER / "documenten").exists()


def test_a_logo_is_kept_by_its_content_and_stays_until_it_is_taken_off(firma: Register):
    logo = beeld()
    sha256 = hashlib.sha256(logo).hexdigest()
    assert (stel(firma, logo=logo).document, firma.document(g.NUMMER, sha256)) == (sha256, logo)
    assert stel(firma, kleur="#123456").document == sha256
    assert stel(firma, vanaf=VANDAAG + 9 * EEN, zonder_logo=True).document == ""
    assert stel(firma, vanaf=VANDAAG + EEN).document == sha256, "what holds on that day, not what was recorded last"
    for dag, kleur, document in ((VANDAAG - EEN, "", ""), (VANDAAG, "#123456", sha256), (VANDAAG + 9 * EEN, ROOD, "")):
        geldt = firma.organisatie.geldend(g.HuisstijlGesteld, dag)
        assert (geldt.kleur if geldt else "", geldt.document if geldt else "") == (kleur, document)
    assert {bevinding.ernst for bevinding in controleer(firma)} == {"goed"}


def test_looking_first_records_nothing_and_keeps_no_logo(firma: Register, iris: Gebruiker):
    stand, logo = firma.stand(), beeld()
    invoer = {"vanaf": VANDAAG, "kleur": ROOD, "tweede_kleur": ROOD, "lettertype": huisstijl.LETTER, "logo": logo}
    zou = would_record(HANDELINGEN["stellen_huisstijl"], firma, iris, g.NUMMER, vandaag=VANDAAG, **invoer)
    assert zou.document == logo
    assert [v.feit.kleur for v in zou.feiten] == [ROOD]
    assert firma.stand() == stand
    assert firma.organisatie.van(g.HuisstijlGesteld) == []
    assert not (firma.map / "dossiers" / g.NUMMER / "documenten").exists()


def test_the_report_has_the_colour_and_the_logo_of_the_day_it_is_made_on(firma: Register):
    def verslag() -> tuple[int, bytes]:
        pdf = pypdf.PdfReader(io.BytesIO(jaarverslag.verslag(firma, 2025, vandaag=VANDAAG)))
        return len(pdf.pages[0].images), pdf.pages[0].get_contents().get_data()

    def kleur(hex: str, inhoud: bytes) -> bool:
        wil = [int(hex[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
        gezet = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) scn", inhoud)
        return any([float(deel) for deel in delen] == pytest.approx(wil, abs=0.001) for delen in gezet)

    beelden, inhoud = verslag()
    assert beelden == 0
    assert kleur(huisstijl.KLEUR_BEGIN, inhoud)
    assert not kleur(ROOD, inhoud)
    stel(firma, vanaf=VANDAAG + EEN, logo=beeld())
    assert verslag()[0] == 0
    stel(firma, logo=beeld())
    beelden, inhoud = verslag()
    assert beelden == 1
    assert kleur(ROOD, inhoud)


def test_the_page_shows_a_letter_before_anything_is_recorded(firma: Register, opent: Opent):
    proef = opent("organisatie")
    assert "Er is nog geen huisstijl" in zinnen(proef)
    proef.selectbox(key="organisatie.doen").set_value("stellen_huisstijl").run()
    assert proef.get("file_uploader")[0].proto.max_upload_size_mb == 1
    stand = firma.stand()
    vul(proef, kleur="#FFCC00", ondertekening="Met groet,\n<b>De Brug</b>")
    next(knop for knop in proef.button if (knop.key or "").endswith(".bekijk")).click().run()
    assert "niet goed te lezen (contrast 1,5" in zinnen(proef)
    vul(proef, kleur=ROOD)
    next(knop for knop in proef.button if (knop.key or "").endswith(".bekijk")).click().run()
    assert not proef.exception
    assert "Zo komt een brief eruit te zien" in [kop.value for kop in proef.header]
    assert "Er is nog niets vastgelegd. Contrast van de kleuren op wit: 8,0" in zinnen(proef)
    assert firma.stand() == stand
    widget(proef, "logo").set_value(("logo.png", beeld(), "image/png"))
    verstuur(proef)
    assert [zin.value for zin in proef.success], zinnen(proef)
    assert firma.organisatie.van(g.HuisstijlGesteld)[0].document
    menu = open_pagina("reglement", "bas").sidebar.children.values()
    assert [type(deel).__name__ for deel in menu].count("Image") == 1, "the logo is in the menu of everybody"
    gezegd = zinnen(proef)
    assert f"Huisstijl vanaf 25 februari 2026: kleur van titels **{ROOD}**" in gezegd
    assert r"\<b\>De Brug" in tekst(proef)
    assert "kleur van titels **#9B1C3C**" in gezegd.split("Geschiedenis")[0]
