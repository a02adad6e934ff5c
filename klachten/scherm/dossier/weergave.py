"""A document as a browser may look at it: PDF and pictures as they are, a mail and any other text as plain text.

What is a page, a drawing or a script by its content is text here, and stays text: it is never sent as what it wants to
be. What cannot be looked at safely is only handed out to be kept.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser

from klachten.handelingen.bestandssoort import BEELD, MAIL, PDF, TEKST, kind, read_text

LANGSTE = 1_000_000
"""So many characters of a text are shown; the whole is in the file."""
MEESTE_DELEN = 500
GEKNIPT = "\n\n[Hier afgebroken: dit is een lange tekst. Download het stuk om alles te lezen.]\n"
MAIL_KAPOT = "[Deze e-mail is niet goed te lezen. Hieronder staat zij zoals zij binnenkwam.]\n\n"
_KOPPEN = (("from", "Van"), ("to", "Aan"), ("cc", "Kopie"), ("date", "Datum"), ("subject", "Onderwerp"))


@dataclass(frozen=True)
class Weergave:
    """What goes to the browser, as which type; `soort` is how a page shows it."""

    soort: str
    mime: str
    inhoud: bytes


def can_show(inhoud: bytes) -> str:
    """Return how a document is looked at: pdf, beeld or tekst; "" when it is not."""
    soort = kind(inhoud)
    return "" if soort is None else TEKST if soort.toont == MAIL else soort.toont


def of(inhoud: bytes) -> Weergave | None:
    """Return a document to look at; None when there is no safe way to."""
    soort = kind(inhoud)
    if soort is None or not soort.toont:
        return None
    if soort.toont in (PDF, BEELD):
        return Weergave(soort.toont, soort.mime, inhoud)
    tekst = _mail(inhoud) if soort.toont == MAIL else read_text(inhoud) or ""
    if len(tekst) > LANGSTE:
        tekst = tekst[:LANGSTE] + GEKNIPT
    return Weergave(TEKST, "text/plain; charset=utf-8", tekst.encode("utf-8", "replace"))


def _mail(inhoud: bytes) -> str:
    """Return a mail as text: its headers, what it says, and a list of what hangs on it."""
    try:
        bericht = email.message_from_bytes(inhoud, policy=email.policy.default)
        assert isinstance(bericht, EmailMessage)
        koppen = [f"{label}: {waarde}" for naam, label in _KOPPEN if (waarde := str(bericht.get(naam, "")).strip())]
        bijlagen = [f"- {_attachment(deel)}" for deel in bericht.iter_attachments()]
        slot = ["", f"Bijlagen ({len(bijlagen)}):", *bijlagen[:MEESTE_DELEN]] if bijlagen else []
        return "\n".join([*koppen, "", _body(bericht), *slot, ""])
    except Exception:  # noqa: BLE001 - a mail can be broken in every way there is: then it is shown as it came
        return MAIL_KAPOT + (read_text(inhoud) or "")


def _body(bericht: EmailMessage) -> str:
    deel = bericht.get_body(("plain", "html"))
    if deel is None:
        return "[Deze e-mail heeft geen tekst.]"
    tekst = str(deel.get_content())
    if deel.get_content_type() != "text/html":
        return tekst
    lezer = _Woorden()
    lezer.feed(tekst)
    return "\n".join(lezer.lines())


def _attachment(deel: EmailMessage) -> str:
    lading = deel.get_payload(decode=True)
    groot = f", {max(1, round(len(lading) / 1024))} kB" if isinstance(lading, bytes) else ""
    return f"{deel.get_filename() or 'zonder naam'} ({deel.get_content_type()}{groot})"


class _Woorden(HTMLParser):
    """The words of a page, without what is no word."""

    _REGEL = frozenset("p div br tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre".split())
    _STIL = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._delen: list[str] = []
        self._stil = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a new line where a page does."""
        self._stil += tag in self._STIL
        if tag in self._REGEL:
            self._delen.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Leave what is no word."""
        self._stil -= tag in self._STIL and self._stil > 0

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._stil:
            self._delen.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))

    def lines(self) -> Iterator[str]:
        """Return what is left, without a row of empty lines."""
        vorige = ""
        for regel in "".join(self._delen).split("\n"):
            if regel.strip() or vorige.strip():
                yield regel.strip()
            vorige = regel
