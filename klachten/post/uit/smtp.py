"""Handing one message to a mail server: accepted, not now, never, or nobody knows."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from klachten.mailadres import one_line
from klachten.toegang.mailserver import Mailserver
from klachten.toegang.verbinding import tls

GEDULD = 30.0
"""Seconds without a word from the server."""
AANGENOMEN, NU_NIET, NOOIT, ONZEKER = "aangenomen", "nu niet", "nooit", "onzeker"
_PUNT = re.compile(rb"(?m)^\.")
_LANGSTE = 500


@dataclass(frozen=True)
class Antwoord:
    """What came of it: one of AANGENOMEN, NU_NIET, NOOIT and ONZEKER; `code` is of the server, 0 without an answer.

    `algemeen`: it is of the server, and no other message would fare better now.
    """

    soort: str
    code: int = 0
    melding: str = ""
    algemeen: bool = False


def connect(server: Mailserver, geduld: float = GEDULD) -> smtplib.SMTP:
    """Return a line to the server, encrypted and signed in as the settings say; OSError or SMTPException when not."""
    if server.beveiliging == "tls":
        lijn: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.poort, timeout=geduld, context=tls(server.vertrouwt))
    else:
        lijn = smtplib.SMTP(server.host, server.poort, timeout=geduld)
    try:
        if server.beveiliging == "starttls":
            lijn.starttls(context=tls(server.vertrouwt))
        if server.gebruiker:
            lijn.login(server.gebruiker, server.wachtwoord)
    except BaseException:
        lijn.close()
        raise
    return lijn


def deliver(mail: EmailMessage, van: str, aan: str, server: Mailserver, geduld: float = GEDULD) -> Antwoord:
    """Hand over one message for one recipient, and say what came of it; it never raises for what a server does."""
    try:
        inhoud = _PUNT.sub(b"..", mail.as_bytes())
        lijn = connect(server, geduld)
    except (OSError, smtplib.SMTPException) as fout:
        return _failed(fout)
    except ValueError:  # a name or password with signs that cannot go over the line
        zin = "De instellingen van de mailserver kunnen zo niet: kijk naar host, gebruiker en wachtwoord."
        return Antwoord(NU_NIET, 0, zin, algemeen=True)
    try:
        lijn.ehlo_or_helo_if_needed()
        for doe in (lambda: lijn.mail(van), lambda: lijn.rcpt(aan), lambda: lijn.docmd("DATA")):
            code, zegt = doe()
            if not 200 <= code < 400:
                return _refused(code, zegt)
        return _hand_over(lijn, inhoud)
    except (OSError, smtplib.SMTPException) as fout:
        return _failed(fout)
    finally:
        _say_goodbye(lijn)


def _hand_over(lijn: smtplib.SMTP, inhoud: bytes) -> Antwoord:
    """Send what the message says. Until its last line is sent the server cannot accept it; after that it may have."""
    einde = b".\r\n" if inhoud.endswith(b"\r\n") else b"\r\n.\r\n"
    lijn.send(inhoud)
    try:
        lijn.send(einde)
        code, zegt = lijn.getreply()
    except (OSError, smtplib.SMTPException) as fout:
        return Antwoord(ONZEKER, 0, _words(fout))
    if 200 <= code < 300:
        return Antwoord(AANGENOMEN, code, _text(zegt))
    # A reply that is none says neither yes nor no.
    return _refused(code, zegt) if 400 <= code < 600 else Antwoord(ONZEKER, 0, _text(zegt))


def _say_goodbye(lijn: smtplib.SMTP) -> None:
    """End it; what the server says to that changes nothing of what it said before."""
    try:
        lijn.quit()
    except (OSError, smtplib.SMTPException):
        lijn.close()


def _refused(code: int, zegt: bytes | str) -> Antwoord:
    return Antwoord(NOOIT if 500 <= code < 600 else NU_NIET, max(code, 0), _text(zegt))


def _failed(fout: OSError | smtplib.SMTPException) -> Antwoord:
    """What went wrong before there was anything to accept: the same message can be sent later."""
    if isinstance(fout, smtplib.SMTPAuthenticationError):
        zin = f"Aanmelden bij de mailserver lukt niet ({_text(fout.smtp_error)})."
        return Antwoord(NU_NIET, max(fout.smtp_code, 0), zin, algemeen=True)
    if isinstance(fout, smtplib.SMTPResponseException):
        return Antwoord(NU_NIET, max(fout.smtp_code, 0), _text(fout.smtp_error), algemeen=True)
    return Antwoord(NU_NIET, 0, _words(fout), algemeen=True)


def _words(fout: Exception) -> str:
    if isinstance(fout, ssl.SSLCertVerificationError):
        return f"Het certificaat van de mailserver wordt niet vertrouwd ({fout.verify_message})."
    if isinstance(fout, ssl.SSLError):
        return f"De versleutelde verbinding met de mailserver lukt niet ({fout.reason or type(fout).__name__})."
    if isinstance(fout, TimeoutError):
        return "De mailserver zegt niets meer."
    if isinstance(fout, smtplib.SMTPNotSupportedError):
        return "De mailserver kan niet wat is ingesteld (starttls, of aanmelden)."
    if isinstance(fout, smtplib.SMTPServerDisconnected):
        return "De mailserver verbrak de verbinding."
    if isinstance(fout, OSError) and fout.strerror:
        return f"De mailserver is niet te bereiken ({fout.strerror})."
    return f"De mailserver is niet te bereiken ({type(fout).__name__})."


def _text(zegt: bytes | str) -> str:
    """Return what a server said as one line of a length to keep."""
    tekst = zegt.decode("utf-8", "replace") if isinstance(zegt, bytes) else zegt
    return one_line(tekst)[:_LANGSTE]
