"""A mail in which somebody passes on what another said is a signaal; what came with it comes along to the klacht."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.stukken import all_of
from klachten.handelingen import dossier_van
from klachten.organisatie import Gebruiker
from klachten.post.binnen import imap
from klachten.postvak import Postvak
from klachten.register import Register
from klachten.register.controle import controleer
from klachten.scherm.dossier import stuk
from klachten.scherm.intake import formulier
from klachten.toegang.postbus import Postbus
from tests import imapproef
from tests.imapproef import imap_server
from tests.mailproef import mail
from tests.paginas import VANDAAG, open_los, verstuur, vul, widget, zinnen

pytestmark = pytest.mark.usefixtures("los_in_dit_register")
NU = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SIGNAAL, KLACHT = "S2026-0001", "K2026-0001"
MAIL = mail(
    "Mevrouw Smit belde boos: niet teruggebeld.", From="Gijs <gijs@firma.example>", bijlagen=(("a.pdf", b"%PDF"),)
)


@pytest.fixture
def bus(register: Register) -> Iterator[imapproef.Postbus]:
    with imap_server() as bus:
        bus.mails = {3: MAIL}
        hoe = {"host": "127.0.0.1", "beveiliging": "geen", "gebruiker": "k", "wachtwoord": "geheim"}
        imap.fetch(register, Postbus(poort=bus.poort, **hoe), NU)
        yield bus


def knop(proef: AppTest, eind: str) -> AppTest:
    (deel,) = (deel for deel in proef.button if (deel.key or "").endswith(eind))
    deel.click().run()
    assert not proef.exception
    return proef


def begonnen() -> AppTest:
    return knop(open_los("intake", "anna"), ".signaal")


def as_signaal() -> AppTest:
    proef = begonnen()
    vul(proef, op=VANDAAG, kanaal="telefoon", indiener_naam="Mevrouw Smit")
    verstuur(proef)
    return proef


def wie(id: str, *rollen: str) -> Gebruiker:
    gevonden = organisatie.gebruiker(id, VANDAAG)
    assert gevonden is not None
    return Gebruiker(id, gevonden.naam, frozenset(rollen), "weert", VANDAAG) if rollen else gevonden


def test_what_somebody_passes_on_becomes_a_signaal_with_the_mail_and_is_gone_from_the_list(register, bus):
    proef = begonnen()
    assert widget(proef, "op_schrift").value == formulier.NEE
    assert (widget(proef, "indiener_naam").value, widget(proef, "op").value) == ("", None), (
        "who sent it is not who said it"
    )
    assert widget(proef, "omschrijving").value == "Mevrouw Smit belde boos: niet teruggebeld."
    assert "als een ander in de mail doorgeeft wat iemand mondeling zei" in zinnen(proef)
    vul(proef, op=VANDAAG, kanaal="telefoon", indiener_naam="Mevrouw Smit")
    verstuur(proef)
    assert proef.title[0].value == f"Signaal {SIGNAAL} is vastgelegd"
    dossier = dossier_van(register, SIGNAAL)
    brief, bijlage = all_of(dossier)
    assert (brief.feit.soort_document, brief.feit.richting, bijlage.feit.naam) == ("email", "in", "a.pdf")
    assert bijlage.bij == brief.nr
    assert register.document(SIGNAAL, brief.feit.document) == MAIL
    assert not Postvak(register.map).proposals()
    with register.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM klacht").fetchall() == [(0,)]
    assert [een for een in controleer(register) if een.ernst == "fout"] == []


@pytest.mark.parametrize(
    "velden",
    [{"indiener_naam": "GIJS"}, {"indiener_naam": "G. Peters", "indiener_contact": "Weg 1, Gijs@Firma.example"}],
)
def test_what_the_indiener_writes_is_a_klacht_whatever_it_says(register, bus, velden):
    proef = begonnen()
    vul(proef, op=VANDAAG, kanaal="telefoon", **velden)
    verstuur(proef)
    assert "Deze mail is van de indiener zelf, en dus op schrift: dat is een klacht (stap 1)" in zinnen(proef)
    assert register.stand().aantal == 0
    assert len(Postvak(register.map).proposals()) == 1


def test_the_mail_of_a_signaal_is_read_by_who_reads_the_signaal(register, bus):
    as_signaal()
    nr = all_of(dossier_van(register, SIGNAAL))[0].vastlegging.nr
    proef = open_los("intake", "anna")
    adressen = [knop.proto.url.partition("?")[0] for knop in proef.get("link_button")]
    assert f"/stuk/{SIGNAAL}/{nr}" in adressen
    haalt = {id for id in ("anna", "bas", "carla", "gijs", "eva") if stuk.haal(register, SIGNAAL, nr, wie(id))}
    assert haalt == {"anna", "carla"}, "anna is coordinator and took it in, carla is of directie"
    assert stuk.haal(register, SIGNAAL, nr, wie("anna", "medewerker")) is not None, "she took it in"
    assert stuk.haal(register, SIGNAAL, nr, wie("gijs", "medewerker", "analist")) is None


def test_what_a_signaal_came_with_comes_along_to_the_klacht_and_not_to_who_is_involved(register, bus):
    as_signaal()
    proef = knop(open_los("intake", "anna"), f"signalen.{SIGNAAL}.klacht")
    vul(proef, op=VANDAAG, kanaal="brief", categorie="afspraken", betrokkenen=("carla",))
    verstuur(proef)
    assert proef.title[0].value == f"Klacht {KLACHT} is vastgelegd"
    brief, bijlage = all_of(dossier_van(register, KLACHT))
    assert (bijlage.bij, bijlage.feit.naam) == (brief.nr, "a.pdf")
    assert register.document(KLACHT, brief.feit.document) == MAIL
    nr = all_of(dossier_van(register, SIGNAAL))[0].vastlegging.nr
    assert stuk.haal(register, SIGNAAL, nr, wie("carla")) is None, "she is involved in the klacht that it became"
    assert stuk.haal(register, SIGNAAL, nr, wie("anna")) is not None
    assert [een for een in controleer(register) if een.ernst == "fout"] == []
    soorten = [v.feit.soort for v in register.vastleggingen(SIGNAAL)]
    assert soorten.count("DocumentToegevoegd") == 2, "it stays with the signaal too"
    assert g.SignaalOpSchriftGesteld.__name__ in soorten
