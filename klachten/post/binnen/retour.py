"""A mail of ours that came back: a report of a mail server, by the Message-ID of what it could not deliver (RFC 3464).

What a report says is a proposal, as every mail that comes in: anybody can write one. It is believed to be about a
message only when it has the number of that message with its seal, which stands in the mail alone.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

import olefile

from klachten.post.binnen import retour_msg
from klachten.post.binnen.eml import FOUTEN
from klachten.post.binnen.post import DIEPST, Bezwaren
from klachten.post.binnen.tekst import clean_line, decode_header
from klachten.post.uit import een
from klachten.post.uit.bericht import ONZEKER, VERZONDEN
from klachten.post.uit.opmaak import ONS_BERICHT
from klachten.register import Register

LANGSTE, NIET_BEZORGD = 500, "niet bezorgd"
_STATUS, _KOPPEN = "message/delivery-status", "text/rfc822-headers"
_WAAROM = ("Final-Recipient", "Status", "Diagnostic-Code")


class Retour(NamedTuple):
    """Which message came back, of which dossier, and what the report says of it, on a line."""

    bericht: int
    dossier: str
    melding: str


def came_back(register: Register, inhoud: bytes) -> Retour | None:
    """Return which message of this register a mail says that could not be delivered; None for every other mail."""
    try:
        melding, nrs = (_of_outlook if inhoud.startswith(olefile.MAGIC) else _of_mail)(inhoud)
    except (RecursionError, *FOUTEN, *retour_msg.FOUTEN):
        return None
    for nr, zegel in nrs:
        bericht = een(register, nr)
        if bericht and bericht.zegel.startswith(zegel) and bericht.toestand in (VERZONDEN, ONZEKER):
            return Retour(nr, bericht.klachtnummer, melding)
    return None


def _of_mail(inhoud: bytes) -> tuple[str, list[tuple[int, str]]]:
    """What a report says, and the numbers of ours in it; "" and none of every other mail."""
    delen = list(_parts(email.message_from_bytes(inhoud, policy=email.policy.compat32), 0))
    melding = _failure(delen)
    return melding, _ours(delen) if melding else []


def _of_outlook(inhoud: bytes) -> tuple[str, list[tuple[int, str]]]:
    """The same of a file of Outlook: a part of the report may be an attachment of it."""
    verslag = retour_msg.read(inhoud)
    koppen, gezegd = list(verslag.koppen), ""
    for bijlage in verslag.bijlagen:
        # A whole report, the part that says what became of it, or what came back with it.
        deel = email.message_from_bytes(bijlage, policy=email.policy.compat32)
        los = email.message_from_bytes(f"Content-Type: {_STATUS}\r\n\r\n".encode() + bijlage)
        delen = list(_parts(deel, 0))
        gezegd = gezegd or _failure([*delen, los])
        koppen += [str(een["Message-ID"]) for een in delen if een["Message-ID"]]
    melding = gezegd or ((verslag.waarom[:LANGSTE] or NIET_BEZORGD) if verslag.mislukt else "")
    return melding, _numbers(koppen) if melding else []


def _parts(deel: Message, diepte: int) -> Iterator[Message]:
    yield deel
    if deel.is_multipart() and diepte < DIEPST:
        for binnen in deel.get_payload():
            if isinstance(binnen, Message):
                yield from _parts(binnen, diepte + 1)


def _failure(delen: list[Message]) -> str:
    """What the server says of a recipient that it gave up; "" when it only waits, or delivered."""
    for deel in delen:
        if deel.get_content_type() != _STATUS or not deel.is_multipart():
            continue
        for blok in deel.get_payload():
            if isinstance(blok, Message) and str(blok.get("Action", "")).strip().lower() == "failed":
                gezegd = [decode_header(blok[naam], Bezwaren()) for naam in _WAAROM if blok[naam]]
                return clean_line(" · ".join(gezegd))[:LANGSTE] or NIET_BEZORGD
    return ""


def _ours(delen: list[Message]) -> list[tuple[int, str]]:
    """The Message-IDs that look like ours, of the mail or the headers that came back with the report."""
    koppen = [str(deel["Message-ID"]) for deel in delen[1:] if deel["Message-ID"]]
    for deel in delen:
        if deel.get_content_type() == _KOPPEN:
            inhoud = deel.get_payload(decode=True)
            koppen += re.findall(r"(?im)^message-id:\s*(\S+)", (inhoud or b"").decode("ascii", "replace"))  # type: ignore[union-attr]
    return _numbers(koppen)


def _numbers(koppen: list[str]) -> list[tuple[int, str]]:
    return [(int(past[1]), past[2]) for kop in koppen for past in ONS_BERICHT.finditer(kop)]
