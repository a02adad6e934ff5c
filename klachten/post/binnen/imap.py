"""A mailbox read over IMAP: what is new since the last time waits as a proposal; nothing is deleted, nothing recorded.

What was fetched is known by the UIDVALIDITY and UID of the folder; after another UIDVALIDITY by what the mail is. A
mail is on the disk before that is written down, so that a crash fetches it again and never loses it.
"""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import json
import logging
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from klachten.handelingen.stuk import GROOTSTE
from klachten.post.binnen import voorstel
from klachten.post.binnen.lezen import read
from klachten.post.binnen.post import NietTeLezen
from klachten.post.binnen.vastleggen import as_shown, in_register
from klachten.postvak import MAP, Postvak
from klachten.register import Register
from klachten.schijf import fsync_map, make_map, replace_file
from klachten.tijdzone import NEDERLAND
from klachten.toegang.postbus import MARKEREN, VERPLAATSEN, Postbus
from klachten.toegang.verbinding import tls
from klachten.versleuteling import Sleutels, VersleutelingFout, open_file, seal_file

STAND = "postbus.stand"
WACHT = 20.0
"""Seconds that a server may take to answer."""
PER_KEER = 25
"""So many mails are fetched in one round; the next round goes on."""
EERSTE_DAGEN = timedelta(days=30)
"""A mailbox that is read for the first time is read from so long ago."""
ONTHOUDEN = 5_000
_MAANDEN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


TE_GROOT = (
    f"Deze mail is groter dan {GROOTSTE // 2**20} MB: alleen adres en onderwerp zijn opgehaald. Haal de mail zelf "
    "uit de postbus, en voeg de stukken apart toe."
)
ONLEESBAAR = "Dit bericht is hier niet te lezen. Kijk in de postbus zelf, en leg het met de hand vast."

_log = logging.getLogger("klachten")


NA_WEIGERING = timedelta(minutes=15)
"""So long a mailbox is left alone that refused the password: who tries each minute is locked out."""


class PostbusFout(Exception):
    """The mailbox cannot be read; the text is the Dutch sentence."""

    soort = "postbus_onbereikbaar"


class _Geweigerd(Exception):
    """The server does not take the name and password."""


class _GeenStarttls(Exception):
    """The server cannot encrypt a line once it is open."""


class _GeenMap(Exception):
    """The folder of the settings is not there."""


_geweigerd: dict[str, tuple[Postbus, datetime, PostbusFout]] = {}


@dataclass
class Stand:
    """How far a mailbox was read: of which folder, up to which UID, and which mails (by what they are)."""

    postbus: str = ""
    geldig: int = 0
    uid: int = 0
    gezien: list[str] = field(default_factory=list)


def fetch(
    register: Register, postbus: Postbus | None, nu: datetime, *, stop: Callable[[], bool] = lambda: False
) -> int:
    """Read what is new in the mailbox; return how many proposals came. PostbusFout says why it cannot be read."""
    if postbus is None or register.alleen_lezen or register.organisatie.voorbeeld:
        return 0
    wie, tot, eerder = _geweigerd.get(str(register.map), (None, nu, None))
    if eerder is not None and wie == postbus and nu < tot:
        raise eerder
    _geweigerd.pop(str(register.map), None)
    try:
        with _opened(postbus) as server:
            return _Ronde(register, postbus, server, nu).run(stop)
    except (OSError, imaplib.IMAP4.error, UnicodeError, ValueError, _Geweigerd, _GeenMap, _GeenStarttls) as fout:
        gezegd = PostbusFout(f"De postbus op {postbus.host} is niet te lezen: {_why(fout)}")
        if isinstance(fout, _Geweigerd):
            _geweigerd[str(register.map)] = (postbus, nu + NA_WEIGERING, gezegd)
        raise gezegd from fout


def _why(fout: Exception) -> str:
    """Say what went wrong and what to look at; never in words of the server, which may hold a name."""
    match fout:
        case ssl.SSLCertVerificationError():
            return (
                f"zijn certificaat wordt niet vertrouwd ({fout.verify_message}). Kijk in het blok imap of host klopt, "
                "en of vertrouwt het certificaat noemt van wie het tekende."
            )
        case ssl.SSLError():
            waarom = fout.reason or type(fout).__name__
            return f"de versleutelde verbinding lukt niet ({waarom}). Kijk of poort en beveiliging bij elkaar horen."
        case _Geweigerd():
            return "aanmelden lukt niet. Kijk in het blok imap of gebruiker en wachtwoord kloppen."
        case _GeenMap():
            return "de map die in de instellingen staat, is er niet. Kijk in het blok imap bij map."
        case _GeenStarttls():
            return "de server kan geen starttls. Kijk in het blok imap of poort en beveiliging bij elkaar horen."
        case TimeoutError():
            return "de server zegt niets meer. Er wordt over een minuut verder gelezen."
        case imaplib.IMAP4.abort():
            return "de verbinding werd verbroken. Er wordt over een minuut verder gelezen."
        case OSError() if fout.strerror:
            return f"de server is niet te bereiken ({fout.strerror}). Kijk in het blok imap of host en poort kloppen."
    return (
        f"de server antwoordt niet zoals het hoort ({type(fout).__name__}). Kijk in het blok imap of host, poort, "
        "beveiliging en map kloppen."
    )


@contextlib.contextmanager
def _opened(postbus: Postbus):
    kring = tls(postbus.vertrouwt)
    server: imaplib.IMAP4
    if postbus.beveiliging == "tls":
        server = imaplib.IMAP4_SSL(postbus.host, postbus.poort, ssl_context=kring, timeout=WACHT)
    else:
        server = imaplib.IMAP4(postbus.host, postbus.poort, timeout=WACHT)
    try:
        if postbus.beveiliging == "starttls":
            if "STARTTLS" not in server.capabilities:
                raise _GeenStarttls
            server.starttls(kring)
        _sign_in(server, postbus)
        yield server
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _sign_in(server: imaplib.IMAP4, postbus: Postbus) -> None:
    try:
        server.login(postbus.gebruiker, postbus.wachtwoord)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as fout:
        raise _Geweigerd from fout


class _Ronde:
    """One round through the folder."""

    def __init__(self, register: Register, postbus: Postbus, server: imaplib.IMAP4, nu: datetime) -> None:
        self.register, self.postbus, self.server, self.nu = register, postbus, server, nu
        self.sleutels = register.dossiers.sleutels
        self.vak = Postvak(register.map, self.sleutels)
        self.pad = register.map / MAP / STAND
        self.stand = read_state(self.pad, self.sleutels)

    def run(self, stop: Callable[[], bool]) -> int:
        gemaakt = 0
        for uid in self._new()[:PER_KEER]:
            if stop():
                break
            gemaakt += self._take(uid)
            self.stand.uid = max(self.stand.uid, uid)
            self._keep()
            self._tidy(uid)
        return gemaakt

    def _new(self) -> list[int]:
        """The UIDs of what was not fetched yet, in order."""
        soort, _ = self.server.select(_quoted(self.postbus.map), readonly=self.postbus.gelezen == "laten")
        if soort != "OK":
            raise _GeenMap
        geldig = int((self.server.response("UIDVALIDITY")[1] or [b"0"])[0] or 0)
        welke = f"{self.postbus.gebruiker}@{self.postbus.host}/{self.postbus.map}"
        if (self.stand.postbus, self.stand.geldig) != (welke, geldig):
            self.stand = Stand(welke, geldig, 0, self.stand.gezien)
        if self.stand.uid:
            vraag = ("UID", f"{self.stand.uid + 1}:*")
        else:
            vanaf = (self.nu - EERSTE_DAGEN).date()
            vraag = ("SINCE", f"{vanaf.day:02d}-{_MAANDEN[vanaf.month - 1]}-{vanaf.year}")
        soort, antwoord = self.server.uid("SEARCH", *vraag)
        if soort != "OK":
            raise ValueError("the folder cannot be searched")
        uids = {int(deel) for regel in antwoord if regel for deel in regel.split()}
        # Of a range that is empty a server gives the last one.
        return sorted(uid for uid in uids if uid > self.stand.uid)

    def _take(self, uid: int) -> bool:
        """Fetch one mail and let it wait; False when it was here before, or is none that can be read."""
        groot = self._size(uid)
        inhoud = self._bytes(uid, "BODY.PEEK[]" if groot <= GROOTSTE else "BODY.PEEK[HEADER]")
        if inhoud is None:  # it was moved or thrown away meanwhile
            return False
        sha256 = hashlib.sha256(inhoud).hexdigest()
        if sha256 in self.stand.gezien or in_register(self.register, sha256):
            return False
        self.stand.gezien = [*self.stand.gezien[-ONTHOUDEN:], sha256]
        if voorstel.waiting(self.vak, sha256):
            return False
        vandaag = self.nu.astimezone(NEDERLAND).date()
        try:
            post = read(inhoud)
        except Exception as fout:  # noqa: BLE001 - one mail that fails may not keep the others from coming in
            if not isinstance(fout, NietTeLezen):
                _log.exception("Een mail uit de postbus is niet te lezen.", extra={"soort": "post"})
            gegevens = {
                "naam": "onleesbaar bericht", "afzender": "", "aan": "", "onderwerp": "", "dag": "", "zin": "",
                "tekst": "",
                "bijlagen": [], "bezwaren": [ONLEESBAAR], "weggelaten": [],
            }  # fmt: skip
        else:
            gegevens = dict(as_shown(post, vandaag))
            if groot > GROOTSTE:
                gegevens["bezwaren"] = [TE_GROOT]
        gegevens |= voorstel.about(self.register, inhoud, gegevens["onderwerp"])
        te_groot = groot > GROOTSTE or gegevens["bezwaren"] == [ONLEESBAAR]
        voorstel.keep(self.vak, inhoud, gegevens, self.nu, uid=uid, te_groot=te_groot)
        return True

    def _size(self, uid: int) -> int:
        _, antwoord = self.server.uid("FETCH", str(uid), "(RFC822.SIZE)")
        gevonden = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(deel for deel in antwoord if isinstance(deel, bytes)))
        return int(gevonden[1]) if gevonden else 0

    def _bytes(self, uid: int, wat: str) -> bytes | None:
        soort, antwoord = self.server.uid("FETCH", str(uid), f"({wat})")
        if soort != "OK":
            raise ValueError("a mail cannot be fetched")
        return next((deel[1] for deel in antwoord if isinstance(deel, tuple)), None)

    def _tidy(self, uid: int) -> None:
        """Do with a mail that was read what the settings say; a folder that is not there leaves it where it is."""
        if self.postbus.gelezen == MARKEREN:
            self.server.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")
        elif self.postbus.gelezen == VERPLAATSEN:
            # A server that cannot move copies it: the mail that stays behind would have to be deleted.
            hoe = "MOVE" if b"MOVE" in (self.server.capability()[1][0] or b"").split() else "COPY"
            if self.server.uid(hoe, str(uid), _quoted(self.postbus.naar))[0] == "OK" and hoe == "COPY":
                self.server.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")

    def _keep(self) -> None:
        make_map(self.pad.parent)
        tekst = json.dumps(vars(self.stand)).encode("utf-8")
        replace_file(self.pad, seal_file(self.pad, tekst, self.sleutels), mode=0o600)
        fsync_map(self.pad.parent)


def read_state(pad: Path, sleutels: Sleutels | None) -> Stand:
    """Return how far a mailbox was read; from the beginning when that is not known."""
    try:
        return Stand(**json.loads(open_file(pad, sleutels)))
    except (OSError, ValueError, TypeError, VersleutelingFout):
        return Stand()


def _quoted(naam: str) -> str:
    return '"' + naam.replace("\\", "\\\\").replace('"', '\\"') + '"'
