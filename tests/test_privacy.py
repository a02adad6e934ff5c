"""The processing record and the privacy statement follow from the register, and no field of a fact is left out."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from types import SimpleNamespace

import pytest

from klachten import gebeurtenissen as g
from klachten import scherm, verwerking
from klachten.gebeurtenissen import SOORTEN, is_tekst
from klachten.jaarverslag import stijl
from klachten.register import Register
from klachten.scherm import uitgifte
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.mailserver import Mailserver
from klachten.toegang.postbus import Postbus
from klachten.verwerking import maatregelen
from tests import kanarie
from tests.firmaproef import doe
from tests.lijsten import VANDAAG
from tests.paginas import Opent, zinnen

THUIS = Instellingen()
TERMIJN = SimpleNamespace(
    naam="Klachtdossier", grond="AVG artikel 5 lid 1 onder e: niet langer dan nodig. Zo zijn jaren te vergelijken.",
    in_woorden=lambda: "2 jaar", vanaf_in_woorden=lambda: "het einde van de klacht, en van een geschil erover",
)  # fmt: skip
"""A term as the reglement gives it, with the words of bewaren."""


def record(register: Register, instellingen: Instellingen = THUIS) -> str:
    delen = verwerking.processing_record(register, scherm.reglement(), instellingen, VANDAAG)
    return "\n".join(zin for deel in delen for zin in (deel.kop, *deel.zinnen))


def test_every_text_of_every_fact_is_of_somebody_or_said_to_be_of_nobody():
    weg = []
    for soort, klasse in SOORTEN.items():
        for veld in fields(klasse):
            try:
                if is_tekst(veld):
                    verwerking.of_field(soort, veld.name)
            except KeyError:
                weg.append(f"{soort}.{veld.name}")
    assert weg == []
    bestaat = {veld.name for klasse in SOORTEN.values() for veld in fields(klasse)}
    bestaat |= {f"{soort}.{veld.name}" for soort, klasse in SOORTEN.items() for veld in fields(klasse)}
    assert [naam for naam in verwerking.GEGEVENS if naam not in bestaat] == []


def test_a_field_that_nobody_thought_of_is_noticed():
    with pytest.raises(KeyError):
        verwerking.of_field("KlachtOntvangen", "verzonnen")


def test_what_is_known_is_filled_in_and_what_is_not_is_left_blank(firma: Register):
    zonder = record(firma)
    assert "(vul in: een e-mailadres of telefoonnummer)" in zonder
    doe(firma, "wijzigen_organisatie", vanaf=VANDAAG, adres="Kade 1\n6001 AB Weert", e_mail="klacht@firma.example")
    met = record(firma)
    assert "Kade 1, 6001 AB Weert" in met
    assert "U bereikt ons via klacht@firma.example." in met
    assert "(vul in: een e-mailadres" not in met
    assert scherm.reglement().naam in met
    assert "Functionaris gegevensbescherming: (vul in:" in met
    assert "Behandelaar: alleen eigen klachten." in met
    assert "Gemachtigden en vertegenwoordigers: naam en contactgegevens." in met


def test_what_goes_to_a_server_elsewhere_or_is_kept_with_the_accounts_is_said(firma: Register):
    """Mail, an agenda and how far somebody has looked are data of people as well."""
    assert "Het register stuurt niets buiten de Europese Unie" in record(firma)
    post = Instellingen(
        smtp=Mailserver("mail.post.example", 587), imap=Postbus("imap.post.example", 993, gebruiker="k", wachtwoord="w")
    )
    met = record(firma, post)
    for host in ("weg via mail.post.example", "binnen op imap.post.example"):
        assert f"{host}: (vul in: in welk land" in met
    assert "Verder stuurt het register niets" in met
    for wat in ("adres voor hun agenda", "hebben gezien wat er nieuw is", "aan welke taken zij zijn herinnerd"):
        assert wat in met
    assert "De aanbieder van een agenda waarin" in met


def test_the_measures_are_those_that_are_on(firma: Register):
    assert "niemand meldt zich aan" in record(firma)
    assert "alleen te bereiken op de computer waarop het draait" in record(firma)
    buiten = Instellingen(adres="https://klachten.example", proxies=("127.0.0.1",))
    assert "alleen over een versleutelde verbinding (https)" in record(firma, buiten)
    firma.map.chmod(0o755)
    assert "Let op: andere gebruikers van de computer" in record(firma)
    firma.map.chmod(0o700)
    assert "Let op: andere gebruikers van de computer" not in record(firma)


def test_signing_in_is_told_as_the_organisation_decided():
    begin = list(maatregelen._signing_in(None))
    assert begin[1] == "Een tweede stap bij het aanmelden is nodig voor: directie en beheerder."
    gesteld = g.AanmeldregelsGesteld(
        gebeurd_op=VANDAAG, vanaf=VANDAAG, tweede_factor_rollen=("auditor",), stil_minuten=15
    )
    nu = list(maatregelen._signing_in(gesteld))
    assert "na 15 minuten" in nu[0]
    assert nu[1].endswith("nodig voor: auditor.")


def test_how_long_comes_from_the_reglement_where_it_says_so_and_else_is_asked(firma: Register):
    met = SimpleNamespace(bewaartermijnen=(TERMIJN,))
    zin = "Klachtdossier: 2 jaar na het einde van de klacht, en van een geschil erover."
    assert maatregelen.retention_sentences(met) == (zin,)  # type: ignore[arg-type]
    zonder = maatregelen.retention_sentences(SimpleNamespace())  # type: ignore[arg-type]
    assert zonder[0].startswith("Klachtdossiers: (vul in:")


@pytest.mark.parametrize("vol", [False, True])
def test_the_statement_is_one_page_and_both_are_a_pdf_in_the_style_of_the_house(firma: Register, vol: bool):
    if vol:
        lang = {"adres": "Kade 1, 6001 AB Weert", "e_mail": "klachten@firma.example", "telefoon": "0495 123456"}
        doe(firma, "wijzigen_organisatie", vanaf=VANDAAG, naam=kanarie.gif(1, 4), website="www.firma.example", **lang)
    regels = scherm.reglement()
    if vol:  # five terms, as long as they get
        regels = SimpleNamespace(naam=regels.naam, bewaartermijnen=(TERMIJN,) * 5)  # type: ignore[assignment]
    over = (firma, regels, THUIS, VANDAAG)
    hoe = {"organisatie": "Proef", "op": VANDAAG, "stijl": stijl(firma, VANDAAG + timedelta(1))}
    verklaring = verwerking.pdf("Privacyverklaring", verwerking.privacy_statement(*over), opsomming=False, **hoe)
    assert pages(verklaring) == 1
    register = verwerking.pdf("Verwerkingsregister", verwerking.processing_record(*over), opsomming=True, **hoe)
    assert pages(register) in (2, 3)


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has, as its own tree of pages says."""
    assert pdf.startswith(b"%PDF")
    return max(int(aantal) for aantal in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", pdf))


def test_the_page_shows_both_and_hands_them_out(firma: Register, opent: Opent):
    proef = opent("privacy", "carla")
    gezegd = zinnen(proef)
    assert "Dit weet alleen uw organisatie." in gezegd
    assert "Autoriteit Persoonsgegevens" in gezegd
    adressen = {knop.proto.label: knop.proto.url for knop in proef.get("link_button")}
    assert set(adressen) == {"Privacyverklaring als PDF", "Verwerkingsregister als PDF"}
    for adres in adressen.values():
        gegeven = uitgifte.give(adres, "", "carla")
        assert gegeven is not None
        assert isinstance(gegeven.inhoud, bytes)
        assert gegeven.inhoud.startswith(b"%PDF")
