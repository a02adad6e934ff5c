"""A klacht by post in a real browser: a mail comes in, the acknowledgement goes out, the dossier is taken along."""

from __future__ import annotations

import hashlib
import io
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
import time_machine
from playwright.sync_api import Browser, Page, expect

from klachten.brieven import omzetten
from klachten.opening import open_register
from klachten.tijdzone import NEDERLAND
from tests import briefproef, browserproef, firmaproef, mailproef, postproef
from tests.browserproef import BREED, Getuige, Scherm
from tests.firmaproef import WACHTWOORD, aanmeldnaam
from tests.postproef import Postbus
from tests.test_app import POORT, running

pytestmark = [pytest.mark.scherm, browserproef.nodig]

DAG = datetime(2026, 3, 4, 10, tzinfo=NEDERLAND)
AGENDA = b"%PDF-1.7 agenda"
TEKST = "Mijn begeleider kwam drie keer niet opdagen en belde niet af.\n\nZoë van den Berg"


@contextmanager
def window(browser: Browser, map: Path, moment: datetime) -> Iterator[Scherm]:
    """Open the app of that firm at a moment, and sign in as Anna; nothing left the machine and nothing went wrong."""
    beelden = browserproef.beeldenmap()
    with running(map, *_argv(moment)) as app, browser.new_context(viewport=BREED, locale="nl-NL") as venster:  # type: ignore[arg-type]
        getuige = Getuige(app.poort)
        scherm = Scherm(venster.new_page(), getuige, beelden / f"post-{moment:%d%m}" if beelden else None)
        sign_in(scherm.page, scherm.adres)
        yield scherm
        getuige.klaagt_niet()


def _argv(moment: datetime) -> tuple[str, ...]:
    return ("-m", "tests.app_op", moment.isoformat(), "start", "--eigen", "--poort", POORT)


def firm(map: Path, poort: int) -> None:
    """Make a firm that mails through a server at this port, with a klacht whose behandelaar does nothing more."""
    with time_machine.travel(DAG - timedelta(hours=1)):
        firmaproef.make(map, DAG.date() - timedelta(days=40), ("anna",))
        with open_register(map) as register:
            toewijzen = {"op": DAG.date(), "wie": "anna", "doet": "stap_04_toewijzen_behandelaar", "behandelaar": "bas"}
            briefproef.speel(register, {**toewijzen, "reden": "Anna heeft het te druk"}, op=DAG.date())
    waar = f'host = "127.0.0.1"\npoort = {poort}\nbeveiliging = "geen"'
    (map / "toegang" / "instellingen.toml").write_text(
        f'[smtp]\n{waar}\nafzender = "{postproef.AFZENDER}"\n', encoding="utf-8"
    )


def test_a_mail_comes_in_the_acknowledgement_goes_out_and_who_does_nothing_is_reminded(tmp_path: Path):
    map = tmp_path / "firma"
    with postproef.mailserver() as (bus, server), browserproef.chromium() as browser:
        firm(map, server.poort)
        with window(browser, map, DAG) as scherm:
            nummer = the_mail_becomes_a_klacht(scherm)
            the_acknowledgement(scherm, nummer)
            brief = the_mail_goes(scherm, bus)
            the_dossier_comes_along(scherm, nummer, brief)
        bus.berichten.clear()
        with window(browser, map, DAG + timedelta(days=12)) as scherm:
            on_day_12(scherm, bus)
        bus.berichten.clear()
        with window(browser, map, DAG + timedelta(days=15)) as scherm:
            on_day_15(scherm, bus)


def sign_in(page: Page, adres: str) -> None:
    page.goto(adres)
    page.get_by_label("E-mailadres").fill(aanmeldnaam("anna"))
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Werkvoorraad")).to_be_visible()


def the_mail_becomes_a_klacht(scherm: Scherm) -> str:
    """Drop the mail: the form is filled in, the day of receipt is asked, and the number follows."""
    page = scherm.page
    page.goto(f"{scherm.adres}/intake")
    scherm.heet("Nieuwe klacht")
    page.get_by_text("Kwam de klacht per e-mail?").click()
    mail = mailproef.mail(
        TEKST,
        bijlagen=(("agenda.pdf", AGENDA),),
        From="Zoë van den Berg <zoe@thuis.example>",
        Date=format_datetime(DAG - timedelta(hours=1)),
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "klacht.eml", "mimeType": "message/rfc822", "buffer": mail}
    )
    scherm.ziet("De mail bij dit formulier.")
    scherm.foto("mail-in")
    page.get_by_role("button", name=re.compile("^Ja, ontvangen op")).click()
    expect(scherm.inhoud.get_by_role("textbox", name="Naam van de indiener")).to_have_value("Zoë van den Berg")
    scherm.kies("Categorie", "Afspraken")
    scherm.kies("Betrokken medewerkers", "Eva Bakker")
    scherm.foto("ingevuld")
    scherm.klik("Klacht vastleggen")
    kop = page.get_by_role("heading", level=1, name=re.compile(r"Klacht K2026-0002 is vastgelegd"))
    expect(kop).to_be_visible()
    scherm.foto("vastgelegd")
    return kop.inner_text().split()[1]


def the_acknowledgement(scherm: Scherm, nummer: str) -> None:
    """Give the klacht a behandelaar, make the letter, look at it, and take it along for Word."""
    page = scherm.page
    page.goto(f"{scherm.adres}/dossier?nummer={nummer}")
    scherm.heet(re.compile(nummer))
    scherm.stap("Stap 4: Behandelaar toewijzen", **{"Toegewezen op": DAG.date(), "Behandelaar": ("Anna de Wit",)})
    scherm.foto("toegewezen")
    scherm._kies(scherm.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?"), "Stap 5: Ontvangst bevestigen")
    scherm.klik("Brief maken")
    scherm.ziet("Wij hebben uw klacht ontvangen")
    scherm.foto("brief")
    with page.expect_download() as opgehaald:
        scherm.inhoud.get_by_role("link", name="Word-bestand downloaden").click()
    word = opgehaald.value.path().read_bytes()
    gezegd = "\n".join(alinea.text for alinea in docx.Document(io.BytesIO(word)).paragraphs)
    assert "Anna de Wit" in gezegd, gezegd
    assert nummer in gezegd


def the_mail_goes(scherm: Scherm, bus: Postbus) -> bytes:
    """Send it: the server gets the letter, and only when it has accepted it the step stands in the dossier."""
    scherm.klik("Versturen per e-mail")
    einde = time.monotonic() + 30
    while not bus.berichten:
        assert time.monotonic() < einde, "nothing was sent"
        scherm.page.wait_for_timeout(200)
    (mail,) = bus.berichten
    assert mail["To"] == "zoe@thuis.example"
    (bijlage,) = mail.iter_attachments()
    # The answer of the server is recorded a moment after it was given.
    bevestigd = scherm.inhoud.get_by_text("stappen gedaan, nu stap 6")
    while not bevestigd.count():
        assert time.monotonic() < einde, "the step was not recorded"
        scherm.page.reload()
        scherm.rust()
    scherm.foto("verstuurd")
    return bijlage.get_content()


def the_dossier_comes_along(scherm: Scherm, nummer: str, brief: bytes) -> None:
    """Take the whole dossier along: in it are the mail as it came, and the very letter that the server got."""
    page = scherm.page
    scherm.inhoud.get_by_text("Klacht en stukken").click()
    scherm.rust()
    scherm.foto("stukken")
    with page.expect_download() as opgehaald:
        scherm.inhoud.get_by_role("link", name="Heel dossier als zip").click()
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


def overviews(bus: Postbus, scherm: Scherm, *wie: str) -> list[str]:
    """Wait for what is sent in the first round of a day, and return it: one overview for each of these, no other."""
    einde = time.monotonic() + 30
    while sorted(mail["To"] for mail in bus.berichten) != [aanmeldnaam(een) for een in wie]:
        assert time.monotonic() < einde, [(mail["To"], mail.get_content()) for mail in bus.berichten]
        scherm.page.wait_for_timeout(200)
    return [mail.get_content() for mail in sorted(bus.berichten, key=lambda mail: str(mail["To"]))]


def on_day_12(scherm: Scherm, bus: Postbus) -> None:
    """Two days before the last day the behandelaar is reminded, and nobody else."""
    (bas,) = overviews(bus, scherm, "bas")
    assert "K2026-0001: ontvangst bevestigen. Dit moet uiterlijk 18 maart 2026, over 2 dagen." in bas
    assert "Dit is uw overzicht van 16 maart 2026." in bas


def on_day_15(scherm: Scherm, bus: Postbus) -> None:
    """On the day after it the coordinator hears too that it is late, and sees it in the app."""
    for gezegd in overviews(bus, scherm, "anna", "bas"):
        assert (
            "K2026-0001: ontvangst bevestigen. Dit moest uiterlijk 18 maart 2026; dat is 1 werkdag te laat." in gezegd
        )
    scherm.page.goto(f"{scherm.adres}/escalatie")
    scherm.heet("Escalatie")
    scherm.ziet("K2026-0001")
    scherm.foto("escalatie")
    scherm.page.goto(f"{scherm.adres}/dossier?nummer=K2026-0001")
    scherm.heet(re.compile("K2026-0001"))
    scherm.inhoud.get_by_text(re.compile(r"^Geschiedenis \(")).click()
    scherm.rust()
    scherm.foto("geschiedenis")
