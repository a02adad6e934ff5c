"""A message as it goes over the line: its head, its text, and the file that goes along under its own name."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from klachten import bestandsnaam
from klachten.handelingen.bestandssoort import MAIL, kind
from klachten.mailadres import objection, one_line, plain
from klachten.post.uit.bericht import BRIEF, Bericht
from klachten.toegang.mailserver import Mailserver

ONS_BERICHT = re.compile(r"<klachten\.(\d{1,12})\.([0-9a-f]{24})@")
"""How a Message-ID of ours is known: the number of the message, and the begin of its seal."""
_ANDERS = "application/octet-stream"


class NietTeVersturen(Exception):
    """A message can never be sent as it is; the text is the Dutch sentence."""

    soort = "mail_kan_niet_weg"


def message_id(bericht: Bericht, server: Mailserver) -> str:
    """Return the Message-ID: the same at every attempt, so that a receiver sees when it gets a message twice."""
    return f"<klachten.{bericht.nr}.{bericht.zegel[:24]}@{plain(server.afzender).rpartition('@')[2]}>"


def compose(
    bericht: Bericht, server: Mailserver, *, van: str, nu: datetime, bestand: bytes | None = None
) -> EmailMessage:
    """Return the message for one recipient; `van` is what the organisation is called, `bestand` the file.

    NietTeVersturen when it cannot be sent whatever one tries. A name or subject becomes one line, whatever is in it.
    """
    for wie, adres in (("de ontvanger", bericht.aan), ("de afzender in de instellingen", server.afzender)):
        if zin := objection(adres):
            raise NietTeVersturen(f"Het e-mailadres van {wie} kan niet worden gebruikt: {zin}")
    if bericht.document and bestand is None:
        raise NietTeVersturen("Het bestand dat meegaat, is niet in het dossier te vinden.")
    mail = EmailMessage(policy=SMTP)
    naam, _, domein = plain(server.afzender).rpartition("@")
    mail["From"] = Address(one_line(van), naam, domein)
    naam, _, domein = plain(bericht.aan).rpartition("@")
    mail["To"] = Address("", naam, domein)
    if server.antwoord_aan:
        naam, _, domein = plain(server.antwoord_aan).rpartition("@")
        mail["Reply-To"] = Address(one_line(van), naam, domein)
    mail["Subject"] = one_line(bericht.onderwerp)
    mail["Date"] = format_datetime(nu)
    mail["Message-ID"] = message_id(bericht, server)
    mail["Content-Language"] = "nl"
    if bericht.waarvoor != BRIEF:
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(bericht.inhoud, cte="quoted-printable")
    if bestand is not None:
        naam = bestandsnaam.kept(bericht.naam, "bijlage")
        soort = kind(bestand)
        # A mail within a mail may not be coded as another file is.
        mime = soort.mime if soort and soort.toont != MAIL else _ANDERS
        hoofd, _, onder = mime.partition("/")
        mail.add_attachment(bestand, maintype=hoofd, subtype=onder, filename=naam)
    return mail
