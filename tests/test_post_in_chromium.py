"""A klacht by post in a real browser: a mail comes in, the acknowledgement goes out, the dossier is taken along."""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.utils import format_datetime
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from klachten import scherm
from klachten.brieven import omzetten
from klachten.tijdzone import NEDERLAND
from tests import browserproef, firmaproef, mailproef, postproef
from tests.browserproef import BREED, Getuige, Scherm
from tests.firmaproef import WACHTWOORD, aanmeldnaam
from tests.postproef import Postbus
from tests.test_app import start, vrije_poort, wacht_op

pytestmark = [pytest.mark.scherm, browserproef.nodig]

AGENDA = b"%PDF-1.7 agenda"
TEKST = "Mijn begeleider kwam drie keer niet opdagen en belde niet af.\n\nZoë van den Berg"


@contextmanager
def firm(map: Path, poort_van_mail: int) -> Iterator[int]:
    """Start the app of a firm that mails through this server; yields its port."""
    firmaproef.make(map, scherm.vandaag() - timedelta(days=40), ("anna",))
    waar = f'host = "127.0.0.1"\npoort = {poort_van_mail}\nbeveiliging = "geen"'
    (map / "toegang" / "instellingen.toml").write_text(
        f'[smtp]\n{waar}\nafzender = "{postproef.AFZENDER}"\n', encoding="utf-8"
    )
    poort = vrije_poort()
    app = start(map, "-m", "klachten", "start", "--eigen", "--poort", str(poort))
    try:
        wacht_op(app, poort)
        yield poort
    finally:
        app.terminate()
        app.communicate(timeout=60)


def test_a_mail_comes_in_and_the_acknowledgement_goes_out(tmp_path: Path):
    map, beelden = tmp_path / "firma", os.environ.get("KLACHTEN_BEELDEN", "")
    with (
        postproef.mailserver() as (bus, server),
        firm(map, server.poort) as poort,
        browserproef.chromium() as browser,
    ):
        getuige = Getuige(poort)
        page = browser.new_page(viewport=BREED, locale="nl-NL")  # type: ignore[arg-type]
        scherm_ = Scherm(page, getuige, Path(beelden) / "post" if beelden else None)
        sign_in(page, scherm_.adres)
        nummer = the_mail_becomes_a_klacht(scherm_)
        the_acknowledgement(scherm_, nummer)
        brief = the_mail_goes(scherm_, bus)
        the_dossier_comes_along(scherm_, nummer, brief)
        getuige.klaagt_niet()


def sign_in(page: Page, adres: str) -> None:
    page.goto(adres)
    page.get_by_label("E-mailadres").fill(aanmeldnaam("anna"))
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Werkvoorraad")).to_be_visible()


def the_mail_becomes_a_klacht(scherm_: Scherm) -> str:
    """Drop the mail: the form is filled in, the day of receipt is asked, and the number follows."""
    page, vandaag = scherm_.page, scherm.vandaag()
    page.goto(f"{scherm_.adres}/intake")
    scherm_.heet("Nieuwe klacht")
    page.get_by_text("Kwam de klacht per e-mail?").click()
    mail = mailproef.mail(
        TEKST,
        bijlagen=(("agenda.pdf", AGENDA),),
        From="Zoë van den Berg <zoe@thuis.example>",
        Date=format_datetime(datetime.combine(vandaag, datetime.min.time(), NEDERLAND) + timedelta(hours=1)),
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "klacht.eml", "mimeType": "message/rfc822", "buffer": mail}
    )
    scherm_.ziet("De mail bij dit formulier.")
    scherm_.foto("mail-in")
    page.get_by_role("button", name=re.compile("^Ja, ontvangen op")).click()
    expect(scherm_.inhoud.get_by_role("textbox", name="Naam van de indiener")).to_have_value("Zoë van den Berg")
    scherm_.kies("Categorie", "Afspraken")
    scherm_.kies("Betrokken medewerkers", "Eva Bakker")
    scherm_.foto("ingevuld")
    scherm_.klik("Klacht vastleggen")
    kop = page.get_by_role("heading", level=1, name=re.compile(r"Klacht K\d{4}-0001 is vastgelegd"))
    expect(kop).to_be_visible()
    scherm_.foto("vastgelegd")
    return kop.inner_text().split()[1]


def the_acknowledgement(scherm_: Scherm, nummer: str) -> None:
    """Give the klacht a behandelaar, make the letter, look at it, and take it along for Word."""
    page = scherm_.page
    page.goto(f"{scherm_.adres}/dossier?nummer={nummer}")
    scherm_.heet(re.compile(nummer))
    scherm_.stap(
        "Stap 4: Behandelaar toewijzen", **{"Toegewezen op": scherm.vandaag(), "Behandelaar": ("Anna de Wit",)}
    )
    scherm_.foto("toegewezen")
    scherm_._kies(scherm_.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?"), "Stap 5: Ontvangst bevestigen")
    scherm_.klik("Brief maken")
    scherm_.ziet("Wij hebben uw klacht ontvangen")
    scherm_.foto("brief")
    with page.expect_download() as opgehaald:
        scherm_.inhoud.get_by_role("link", name="Word-bestand downloaden").click()
    word = opgehaald.value.path().read_bytes()
    gezegd = "\n".join(alinea.text for alinea in docx.Document(io.BytesIO(word)).paragraphs)
    assert "Anna de Wit" in gezegd, gezegd
    assert nummer in gezegd


def the_mail_goes(scherm_: Scherm, bus: Postbus) -> bytes:
    """Send it: the server gets the letter, and only when it has accepted it the step stands in the dossier."""
    scherm_.klik("Versturen per e-mail")
    einde = time.monotonic() + 30
    while not bus.berichten:
        assert time.monotonic() < einde, "nothing was sent"
        scherm_.page.wait_for_timeout(200)
    (mail,) = bus.berichten
    assert mail["To"] == "zoe@thuis.example"
    (bijlage,) = mail.iter_attachments()
    # The answer of the server is recorded a moment after it was given.
    bevestigd = scherm_.inhoud.get_by_text(re.compile(r"Bevestigd · "))
    while not bevestigd.count():
        assert time.monotonic() < einde, "the step was not recorded"
        scherm_.page.reload()
        scherm_.rust()
    scherm_.foto("verstuurd")
    return bijlage.get_content()


def the_dossier_comes_along(scherm_: Scherm, nummer: str, brief: bytes) -> None:
    """Take the whole dossier along: in it are the mail as it came, and the very letter that the server got."""
    page = scherm_.page
    scherm_.inhoud.get_by_role("radio", name="Klacht en stukken").click()
    scherm_.rust()
    scherm_.foto("stukken")
    with page.expect_download() as opgehaald:
        scherm_.inhoud.get_by_role("link", name="Heel dossier als zip").click()
    with zipfile.ZipFile(opgehaald.value.path()) as zip:
        inhoud = {naam: zip.read(naam) for naam in zip.namelist()}
    soort = "pdf" if omzetten.aanwezig() else "docx"
    assert list(inhoud) == [
        "stukken/001 klacht.eml", "stukken/002 agenda.pdf", f"stukken/003 Ontvangstbevestiging {nummer}.{soort}",
        "geschiedenis.txt", "inventaris.html",
    ]  # fmt: skip
    mail, agenda, verstuurd, geschiedenis, inventaris = inhoud.values()
    assert message_from_bytes(mail)["From"] == "=?utf-8?q?Zo=C3=AB?= van den Berg <zoe@thuis.example>"
    assert (agenda, verstuurd) == (AGENDA, brief)
    assert "Stap 5. " in geschiedenis.decode()
    assert all(hashlib.sha256(een).hexdigest() in inventaris.decode() for een in (mail, agenda, verstuurd))
