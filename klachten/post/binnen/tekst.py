"""Bytes and HTML of a mail to plain text that may stand in a field: nothing is fetched, run or shown as it was made.

What a field cannot hold (control characters, marks that turn the reading order) is left out.
"""

from __future__ import annotations

import binascii
import codecs
import email.errors
import email.header
import re
from html.parser import HTMLParser

from klachten.handelingen.veld import LANGSTE_TEKST, ONLEESBAAR
from klachten.post.binnen.post import LANGSTE_KOP, Bezwaren

_REGELEINDE = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_VEEL_LEEG = re.compile(r"\n{3,}")
# What Python counts as an encoding of text, and no mail is written in.
_GEEN_TEKST = frozenset({"idna", "punycode", "undefined", "mbcs", "oem", "unicode_escape", "raw_unicode_escape"})
_BLOKKEN = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main "
    "nav ol p pre section table tr ul".split()
)
_NIET_GELEZEN = frozenset({"script", "style", "head", "title", "noscript", "template", "object", "svg", "math"})
_ZONDER_EINDE = frozenset({"br", "hr", "img", "meta", "link", "input", "base", "area", "col", "embed", "source", "wbr"})
MEESTE_HTML = 2_000_000
"""Characters of HTML that are read; a text for a dossier is much shorter."""


def decode(inhoud: bytes, tekenset: str | None, bezwaren: Bezwaren) -> str:
    """Return a text in the encoding that the mail names, else in the one that fits; says when that was needed."""
    naam = (tekenset or "").strip().strip("\"'").lower()
    if naam and naam != "us-ascii":
        try:
            if codecs.lookup(naam).name not in _GEEN_TEKST:
                return inhoud.decode(naam)
            bezwaren.say(_other_encoding(naam))
        except (LookupError, ValueError):  # an unknown one, or one that does not fit
            bezwaren.say(_other_encoding(naam))
    try:
        return inhoud.decode("utf-8")
    except UnicodeDecodeError:
        bezwaren.say("De mail zegt niet goed welke tekens zij gebruikt; kijk na of letters met accenten kloppen.")
        return inhoud.decode("cp1252", errors="replace")


def _other_encoding(naam: str) -> str:
    kort = clean_line(naam)[:40]
    return f"De mail noemt tekenset '{kort}', die niet past. De tekst is anders gelezen; kijk na of zij klopt."


def decode_header(ruw: object, bezwaren: Bezwaren) -> str:
    """Return what a header says on one line: encoded words undone, bare bytes read as they most likely were meant."""
    tekst = str(ruw)
    if len(tekst) > LANGSTE_KOP:
        bezwaren.say("Een regel boven in de mail is onredelijk lang; alleen het begin ervan is gelezen.")
        tekst = tekst[:LANGSTE_KOP]
    if any("\udc80" <= teken <= "\udcff" for teken in tekst):
        rauw = tekst.encode("utf-8", "surrogateescape")
        try:
            tekst = rauw.decode("utf-8")
        except UnicodeDecodeError:
            tekst = rauw.decode("cp1252", errors="replace")
        bezwaren.say("De regels boven in de mail zijn niet goed geschreven; kijk na of naam en onderwerp kloppen.")
    tekst = re.sub(r"\r?\n[ \t]?", " ", tekst)
    if "=?" not in tekst:
        return clean_line(tekst)
    try:
        delen = email.header.decode_header(tekst)
    except (email.errors.HeaderParseError, binascii.Error, ValueError):
        bezwaren.say("Een regel boven in de mail kon niet worden ontcijferd en staat er zoals hij kwam.")
        return clean_line(tekst)
    return clean_line("".join(d if isinstance(d, str) else decode(d, t, bezwaren) for d, t in delen))


def clean_line(tekst: str) -> str:
    """Return a text on one line, without what a field cannot hold."""
    return ONLEESBAAR.sub("", " ".join(tekst.split())).strip()


def clean(tekst: str, bezwaren: Bezwaren) -> str:
    """Return a text of more lines without what a field cannot hold, and no longer than one may be."""
    regels = _REGELEINDE.sub("\n", tekst.replace("\xa0", " ")).split("\n")
    schoon = _VEEL_LEEG.sub("\n\n", "\n".join(ONLEESBAAR.sub("", regel).rstrip() for regel in regels)).strip()
    if len(schoon) > LANGSTE_TEKST:
        bezwaren.say("De mail is langer dan in een veld past. Hier staat het begin; de hele mail blijft bewaard.")
        schoon = schoon[:LANGSTE_TEKST].rstrip()
    return schoon


class _Lezer(HTMLParser):
    """Keeps what a reader sees of a page; of an image its own words, of a link nothing but its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.delen: list[str] = []
        self.stil: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NIET_GELEZEN:
            self.stil.append(tag)
        elif tag == "body":
            self.stil.clear()  # a head that was never closed
        elif tag in _BLOKKEN:
            self.delen.append("\n")
        elif tag in ("td", "th"):
            self.delen.append(" ")
        if tag == "li":
            self.delen.append("- ")
        if tag == "img" and not self.stil and (naam := dict(attrs).get("alt")):
            self.delen.append(f"[{naam}]")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _NIET_GELEZEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.stil:
            del self.stil[self.stil.index(tag) :]
        elif tag in _BLOKKEN and tag not in _ZONDER_EINDE:
            self.delen.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.stil:
            self.delen.append(re.sub(r"\s+", " ", data))


def from_html(html: str, bezwaren: Bezwaren) -> str:
    """Return what a reader sees of a page of HTML, as plain text."""
    if len(html) > MEESTE_HTML:
        bezwaren.say("De opgemaakte tekst van de mail is onredelijk lang; alleen het begin ervan is gelezen.")
        html = html[:MEESTE_HTML]
    lezer = _Lezer()
    try:
        lezer.feed(html)
        lezer.close()
    except (AssertionError, ValueError, IndexError):
        bezwaren.say("De opgemaakte tekst van de mail is beschadigd; wat er tot daar stond is gelezen.")
    return "\n".join(" ".join(regel.split()) for regel in "".join(lezer.delen).split("\n"))
