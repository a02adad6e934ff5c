"""A mail as it goes over the internet (.eml): its header by hand, its parts by the standard library.

The structured headers of `email.policy` are not asked for: they raise on what is malformed, and take minutes for a
header that is made to.
"""

from __future__ import annotations

import binascii
import email.errors
import email.message
import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from klachten import bestandsnaam
from klachten.post.binnen import winmail
from klachten.post.binnen.post import DIEPST, MEESTE_BIJLAGEN, Bezwaren, Bijlage, NietTeLezen, Post
from klachten.post.binnen.tekst import clean, clean_line, decode, decode_header, from_html

BELEID = email.policy.default.clone(refold_source="none", raise_on_defect=False)
_KOPPEN = frozenset("from to subject date received message-id return-path mime-version sender".split())
_GRENS = re.compile(rb"(?m)^--([^\r\n]{1,200}?)[ \t]*\r?\nContent-", re.I)
_UITGANG = {
    "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "image/png": ".png", "image/jpeg": ".jpg",
    "image/gif": ".gif", "application/pdf": ".pdf", "message/delivery-status": ".txt", "text/rfc822-headers": ".txt",
}  # fmt: skip
_ANDERS = (
    (b"%PDF", "een pdf"), (b"PK\x03\x04", "een ingepakt bestand of een document"), (b"{\\rtf", "een RTF-document"),
    (b"\x89PNG", "een afbeelding"), (b"\xff\xd8\xff", "een afbeelding"), (b"GIF8", "een afbeelding"),
)  # fmt: skip
FOUTEN = (
    email.errors.MessageError, binascii.Error, ValueError, LookupError, TypeError, AttributeError, AssertionError,
    NotImplementedError,
)  # fmt: skip
"""What the standard library is known to raise on a part that is malformed."""
TE_DIEP = "De mail zit te diep in elkaar; wat daarbinnen zit is niet gelezen, maar blijft bewaard in de mail zelf."
BESCHADIGD = "Een deel van de mail is beschadigd. Wat er van te lezen is staat hier; de mail zelf blijft bewaard."
GEEN_MAIL = "Sla de mail in uw mailprogramma op als .eml of .msg, of voeg dit bestand straks toe aan het dossier."
WINMAIL = (
    "'{}' is een pakket van Outlook (winmail.dat) dat beschadigd of afgebroken is. Wat er te lezen was staat hier; het "
    "pakket blijft bewaard zoals het is. Vraag de afzender de bijlagen gewoon mee te sturen."
)


@dataclass
class _Gelezen:
    """What is found while going through the parts."""

    bezwaren: Bezwaren = field(default_factory=Bezwaren)
    bijlagen: list[Bijlage] = field(default_factory=list)
    over: int = 0
    erin: str = ""
    """What a package of Outlook says as its text."""

    def add(self, naam: str, inhoud: bytes, mime: str, soort: str = "bestand") -> None:
        """Take an attachment, under a name of its own."""
        if len(self.bijlagen) >= MEESTE_BIJLAGEN:
            self.over += 1
            return
        bezet = {bijlage.naam.casefold() for bijlage in self.bijlagen}
        self.bijlagen.append(Bijlage(bestandsnaam.unique(naam, bezet), inhoud, mime, soort))

    def add_package(self, naam: str, inhoud: bytes, mime: str) -> None:
        """Take a package of Outlook as it is, and what is in it."""
        self.add(naam, inhoud, mime, "winmail")
        pakket = winmail.read(inhoud)
        if not pakket.heel:
            self.bezwaren.say(WINMAIL.format(naam))
        for een in pakket.bijlagen:
            veilig = bestandsnaam.kept(clean_line(een.naam), f"bijlage {len(self.bijlagen) + 1}")
            self.add(veilig, een.inhoud, clean_line(een.mime))
        html = decode(pakket.html, None, Bezwaren()) if pakket.html else ""
        self.erin = self.erin or pakket.tekst or (from_html(html, self.bezwaren) if html else "")


def read(inhoud: bytes) -> Post:
    """Return the mail in these bytes; NietTeLezen when it is none."""
    gelezen = _Gelezen()
    schoon = inhoud.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    bericht = _parse(schoon, gelezen.bezwaren)
    koppen = _headers(bericht, gelezen.bezwaren)
    if not _KOPPEN & koppen.keys():
        wat = next((wat for begin, wat in _ANDERS if inhoud.startswith(begin)), "")
        raise NietTeLezen(f"Dit is geen e-mail{f', maar {wat}' if wat else ''}. {GEEN_MAIL}")
    tekst = _text(bericht, gelezen, 0)
    tekst = clean(tekst if tekst.strip() else gelezen.erin, gelezen.bezwaren)
    return compose(gelezen, koppen, tekst, inhoud, "eml")


def compose(gelezen: _Gelezen, koppen: dict[str, list[str]], tekst: str, inhoud: bytes, soort: str) -> Post:
    """Put a mail together from its headers and what was found in it."""
    bezwaren = gelezen.bezwaren
    afzender = next(iter(koppen.get("from", []) or koppen.get("sender", [])), "")
    naam, adres = _address(afzender)
    op, aangekomen = _moment(koppen.get("date", [])), _moment(_stamps(koppen.get("received", [])))
    if not afzender:
        bezwaren.say("De mail zegt niet van wie zij is.")
    if "@" in naam and naam.lower() != adres.lower():
        bezwaren.say(f"De afzender noemt zich '{naam}', maar de mail is van {adres or 'een onbekend adres'}.")
    if op is None:
        waarom = "een datum die niet bestaat" if koppen.get("date") else "geen datum"
        bezwaren.say(f"De mail heeft {waarom}. Vul zelf in wanneer u haar kreeg.")
    if not tekst:
        bezwaren.say("De mail heeft geen tekst.")
    if gelezen.over:
        bezwaren.say(
            f"De mail heeft meer dan {MEESTE_BIJLAGEN} bijlagen. De eerste {MEESTE_BIJLAGEN} worden stukken; de andere "
            f"{gelezen.over} blijven in de mail zelf."
        )
    return Post(
        afzender=afzender,
        naam=naam,
        adres=adres,
        aan=_recipients(koppen.get("to", [])),
        kopie=_recipients([*koppen.get("cc", []), *koppen.get("bcc", [])]),
        onderwerp=next(iter(koppen.get("subject", [])), ""),
        op=op,
        aangekomen=aangekomen,
        tekst=tekst,
        bijlagen=tuple(gelezen.bijlagen),
        bezwaren=tuple(bezwaren),
        oorspronkelijk=inhoud,
        soort=soort,
    )


def new_findings() -> _Gelezen:
    """Begin with nothing found."""
    return _Gelezen()


def headers_of(tekst: str, bezwaren: Bezwaren) -> dict[str, list[str]]:
    """Return the headers that stand in a text, as `compose` wants them."""
    return _headers(email.parser.HeaderParser(policy=email.policy.compat32).parsestr(tekst), bezwaren)


# --- the header ------------------------------------------------------------------------------------------------------


def _parse(inhoud: bytes, bezwaren: Bezwaren) -> email.message.Message:
    try:
        return email.parser.BytesParser(policy=BELEID).parsebytes(inhoud)
    except RecursionError:
        bezwaren.say(TE_DIEP)
    except FOUTEN:
        bezwaren.say(BESCHADIGD)
    return email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(inhoud)


def _headers(bericht: email.message.Message, bezwaren: Bezwaren) -> dict[str, list[str]]:
    gevraagd = _KOPPEN | {"cc", "bcc"}
    koppen: dict[str, list[str]] = {}
    for naam, waarde in bericht.raw_items():
        if naam.lower() in gevraagd and len(koppen.setdefault(naam.lower(), [])) < 50:
            koppen[naam.lower()].append(decode_header(waarde, bezwaren))
    return koppen


def _address(afzender: str) -> tuple[str, str]:
    """Return name and address of the first sender that is named."""
    if tussen_haken := re.search(r"^(.*)<([^<>\s]{1,250}@[^<>\s]{1,250})>\s*$", afzender[:2_000]):
        return clean_line(tussen_haken[1].replace('"', "")), clean_line(tussen_haken[2])
    naam, adres = next(iter(email.utils.getaddresses([afzender])), ("", ""))
    if "@" not in adres:
        gevonden = re.search(r"[^\s<>\"',;:()]{1,200}@[^\s<>\"',;:()]{1,200}", afzender)
        adres = gevonden[0] if gevonden else ""
        naam = naam or afzender.replace(adres, "").strip(" <>\"',")
    return clean_line(naam), clean_line(adres)


def _recipients(ruw: list[str]) -> tuple[str, ...]:
    paren = email.utils.getaddresses(ruw)
    nette = [f"{naam} <{adres}>" if naam and adres and naam != adres else adres or naam for naam, adres in paren]
    return tuple(dict.fromkeys(clean_line(een) for een in nette if een)) or tuple(een for een in ruw if een)


def _stamps(regels: list[str]) -> list[str]:
    """The moments in the lines that servers put on top, the last server first."""
    return [regel.rpartition(";")[2] for regel in regels[:1] if ";" in regel]


def _moment(regels: list[str]) -> datetime | None:
    for regel in regels[:1]:
        try:
            op = email.utils.parsedate_to_datetime(regel.strip())
            return (op if op.tzinfo else op.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None


# --- the parts -------------------------------------------------------------------------------------------------------


def _text(deel: email.message.Message, gelezen: _Gelezen, diepte: int) -> str:
    """Return the text of a part and take along its attachments; of alternatives the plain one."""
    if diepte > DIEPST:
        gelezen.bezwaren.say(TE_DIEP)
        return ""
    # Of a boundary that does not close everything is there all the same.
    if any(not isinstance(fout, email.errors.CloseBoundaryNotFoundDefect) for fout in deel.defects):
        gelezen.bezwaren.say(BESCHADIGD)
    soort = deel.get_content_type()
    if deel.get_content_maintype() == "multipart":
        delen = _parts(deel, gelezen)
        if soort == "multipart/alternative":
            return _alternative(delen, gelezen, diepte)
        return "\n\n".join(tekst for een in delen if (tekst := _text(een, gelezen, diepte + 1)).strip())
    if deel.get_content_maintype() == "message" and deel.is_multipart():
        _nested(deel, gelezen)
        return ""
    naam = _name(deel, gelezen.bezwaren)
    if soort in ("text/plain", "text/html") and not naam and _disposition(deel) != "attachment":
        tekst = decode(_payload(deel, gelezen), _charset(deel), gelezen.bezwaren)
        return from_html(tekst, gelezen.bezwaren) if soort == "text/html" or _looks_html(tekst) else tekst
    _attach(deel, naam, gelezen)
    return ""


def _alternative(delen: list[email.message.Message], gelezen: _Gelezen, diepte: int) -> str:
    """The first of the alternatives that says anything, plain text before HTML; what is attached to any is taken."""
    teksten = [(een.get_content_type() != "text/plain", _text(een, gelezen, diepte + 1)) for een in delen]
    return next((tekst for _, tekst in sorted(teksten, key=lambda paar: paar[0]) if tekst.strip()), "")


def _parts(deel: email.message.Message, gelezen: _Gelezen) -> list[email.message.Message]:
    """The parts of a part; where its boundary is not found, by the one that really stands there."""
    if deel.is_multipart():
        return [een for een in deel.get_payload() if isinstance(een, email.message.Message)]  # type: ignore[union-attr]
    gelezen.bezwaren.say(BESCHADIGD)
    ruw = str(deel.get_payload()).encode("utf-8", "surrogateescape")
    if grens := _GRENS.search(ruw):
        kop = b'Content-Type: multipart/mixed; boundary="' + grens[1].replace(b"\\", b"").replace(b'"', b"") + b'"\n\n'
        nieuw = _parse(kop + ruw, gelezen.bezwaren)
        if nieuw.is_multipart():
            return [een for een in nieuw.get_payload() if isinstance(een, email.message.Message)]  # type: ignore[union-attr]
    los = email.message.Message()
    los.set_payload(ruw.decode("utf-8", "replace"), "utf-8")
    return [los]


def _nested(deel: email.message.Message, gelezen: _Gelezen) -> None:
    """A mail within this one becomes an attachment, whole; a report of a mail server its text."""
    for binnen in _within(deel):
        try:
            inhoud = binnen.as_bytes(policy=BELEID)
        except RecursionError:
            gelezen.bezwaren.say(TE_DIEP)
            continue
        except FOUTEN:
            gelezen.bezwaren.say(BESCHADIGD)
            continue
        if deel.get_content_type() == "message/rfc822":
            onderwerp = next(iter(_headers(binnen, Bezwaren()).get("subject", [])), "")
            naam = bestandsnaam.kept(f"{onderwerp or 'e-mail'}.eml")
            gelezen.add(naam, inhoud, "message/rfc822", "mail")
        else:
            gelezen.add("melding van de mailserver.txt", inhoud, deel.get_content_type())


def _within(deel: email.message.Message) -> Iterator[email.message.Message]:
    yield from (een for een in deel.get_payload() if isinstance(een, email.message.Message))  # type: ignore[misc]


def _attach(deel: email.message.Message, naam: str, gelezen: _Gelezen) -> None:
    mime = deel.get_content_type()
    inhoud = _payload(deel, gelezen)
    if mime == "application/ms-tnef" or naam.lower() == "winmail.dat" or inhoud.startswith(winmail.MERK):
        gelezen.add_package(bestandsnaam.kept(naam, "winmail.dat"), inhoud, mime)
        return
    anders = f"bijlage {len(gelezen.bijlagen) + 1}{_UITGANG.get(mime, '')}"
    if inhoud or naam:
        gelezen.add(bestandsnaam.kept(naam, anders), inhoud, mime)


def _payload(deel: email.message.Message, gelezen: _Gelezen) -> bytes:
    """The bytes of a part; of base64 that is broken what comes before the break, else as it stands."""
    voor = len(deel.defects)
    try:
        inhoud = deel.get_payload(decode=True)
    except FOUTEN:
        gelezen.bezwaren.say(BESCHADIGD)
        inhoud = str(deel.get_payload()).encode("utf-8", "surrogateescape")
    if len(deel.defects) > voor:
        gelezen.bezwaren.say(BESCHADIGD)
    return inhoud if isinstance(inhoud, bytes) else b""


def _charset(deel: email.message.Message) -> str | None:
    try:
        return deel.get_content_charset()
    except FOUTEN:
        return "onleesbaar"


def _disposition(deel: email.message.Message) -> str:
    try:
        return deel.get_content_disposition() or ""
    except FOUTEN:
        return "attachment"


def _name(deel: email.message.Message, bezwaren: Bezwaren) -> str:
    try:
        naam = deel.get_filename()
    except FOUTEN:
        bezwaren.say(BESCHADIGD)
        return "bijlage"
    return decode_header(naam, bezwaren) if naam else ""


def _looks_html(tekst: str) -> bool:
    return tekst.lstrip()[:200].lower().startswith(("<!doctype html", "<html"))
