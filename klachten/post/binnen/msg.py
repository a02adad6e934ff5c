"""A mail as Outlook keeps it (.msg), by python-oxmsg; what that cannot read is said, and stays in the file itself."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime, formataddr
from typing import Any

import oxmsg
from oxmsg.domain import constants as c

from klachten import bestandsnaam
from klachten.post.binnen import eml, winmail
from klachten.post.binnen.post import Bezwaren, NietTeLezen, Post
from klachten.post.binnen.tekst import clean, clean_line, from_html

_FOUTEN = (KeyError, ValueError, IndexError, TypeError, AttributeError, OSError, AssertionError, LookupError,
           OverflowError, NotImplementedError, RecursionError, struct.error)  # fmt: skip
"""What python-oxmsg and olefile raise on a file that is damaged."""
GEEN_MAIL = "Dit is geen e-mail, maar een ander bestand van Office of Outlook."
BESCHADIGD = "Dit bestand van Outlook is zo beschadigd dat er geen e-mail uit te lezen is."
DEEL = "Een deel van dit bestand van Outlook is niet te lezen. De mail zelf blijft bewaard zoals zij is."
MAIL_ERIN = (
    "'{}' is een mail of afspraak binnen deze mail, die niet apart te lezen is. Zij blijft in de mail zelf; sleep haar "
    "uit Outlook om haar apart toe te voegen."
)


def read(inhoud: bytes) -> Post:
    """Return the mail in a file of Outlook; NietTeLezen when there is none in it."""
    try:
        bericht = oxmsg.Message.load(inhoud)
        soort = bericht.message_class
    except KeyError as fout:
        raise NietTeLezen(f"{GEEN_MAIL} {eml.GEEN_MAIL}") from fout
    except _FOUTEN as fout:
        raise NietTeLezen(f"{BESCHADIGD} {eml.GEEN_MAIL}") from fout
    if soort and not soort.upper().startswith(("IPM.NOTE", "IPM.SCHEDULE", "REPORT", "IPM.POST")):
        raise NietTeLezen(f"{GEEN_MAIL} {eml.GEEN_MAIL}")
    gelezen = eml.new_findings()
    bezwaren = gelezen.bezwaren

    def ask(vraag: Callable[[], Any], anders: Any) -> Any:
        try:
            return vraag()
        except _FOUTEN:
            bezwaren.say(DEEL)
            return anders

    koppen = ask(lambda: _headers(bericht, bezwaren), {})
    tekst = ask(lambda: bericht.body, "") or ""
    if not tekst.strip():
        tekst = from_html(ask(lambda: _html(bericht, bezwaren), ""), bezwaren)
    for nr, bijlage in enumerate(ask(lambda: bericht.attachments, ()), start=1):
        naam = ask(lambda bijlage=bijlage: _name(bijlage), "")
        ruw = ask(lambda bijlage=bijlage: bijlage.file_bytes, None)
        veilig = bestandsnaam.kept(naam, f"bijlage {nr}")
        if ruw is None:
            bezwaren.say(MAIL_ERIN.format(veilig))
            continue
        mime = clean_line(str(ask(lambda bijlage=bijlage: bijlage.mime_type, "") or ""))
        if veilig.lower() == "winmail.dat" or ruw.startswith(winmail.MERK):
            gelezen.add_package(veilig, ruw, mime)
        else:
            gelezen.add(veilig, ruw, mime)
    tekst = clean(tekst if tekst.strip() else gelezen.erin, bezwaren)
    return eml.compose(gelezen, koppen, tekst, inhoud, "msg")


def _headers(bericht: oxmsg.Message, bezwaren: Bezwaren) -> dict[str, list[str]]:
    """The headers that came with it, and for what they do not say the properties of Outlook."""
    eigen = bericht.properties
    koppen = eml.headers_of(eigen.str_prop_value(c.PID_TRANSPORT_MESSAGE_HEADERS) or "", bezwaren)
    afzender = "" if koppen.get("from") else clean_line(bericht.sender or "")
    op = None if koppen.get("date") else bericht.sent_date
    extra = {
        "from": afzender,
        "subject": "" if koppen.get("subject") else clean_line(bericht.subject),
        "date": format_datetime(op) if isinstance(op, datetime) else "",
    }
    koppen.update({naam: [waarde] for naam, waarde in extra.items() if waarde})
    if not koppen.get("to"):
        koppen["to"] = [formataddr((clean_line(een.name), clean_line(een.email_address))) for een in bericht.recipients]
    return koppen


def _html(bericht: oxmsg.Message, bezwaren: Bezwaren) -> str:
    try:
        return bericht.html_body or ""
    except (LookupError, ValueError):
        ruw = bericht.properties.binary_prop_value(c.PID_HTML) or b""
        bezwaren.say("De tekst van de mail is in een andere tekenset gelezen; kijk na of zij klopt.")
        return ruw.decode("utf-8", errors="replace")


def _name(bijlage: oxmsg.attachment.Attachment) -> str:
    eigen = bijlage.properties
    for soort in (c.PID_ATTACH_LONG_FILENAME, c.PID_ATTACH_FILENAME, c.PID_DISPLAY_NAME):
        if naam := eigen.str_prop_value(soort):
            return naam
    return ""
