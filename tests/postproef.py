"""A real mail server of the tests on a port of this machine, that answers what it is told to; and a firm that sends."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from klachten.datamap import DATABASE
from klachten.opening import open_register
from klachten.post import uit
from klachten.register import Register
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.mailserver import Mailserver
from tests import firmaproef
from tests.registerproef import ontvangst

DAG = date(2026, 2, 16)
AFZENDER = "klachten@firma.example"
WEG = "weg"
"""As an answer: the server breaks off. STIL: it says nothing at all."""
STIL = "stil"


@dataclass
class Postbus:
    """What a server got, and what it answers: per command of SMTP a line, WEG or STIL; nothing is yes.

    `na` is called with every message that it accepted, before it says so.
    """

    antwoorden: dict[str, str] = field(default_factory=dict)
    berichten: list[EmailMessage] = field(default_factory=list)
    rauw: list[bytes] = field(default_factory=list)
    aan: list[list[str]] = field(default_factory=list)
    versleuteld: list[bool] = field(default_factory=list)
    aangemeld: list[Any] = field(default_factory=list)
    na: Callable[[], object] = lambda: None

    async def _answer(self, server: SMTP, wat: str, anders: str) -> str:
        antwoord = self.antwoorden.get(wat, anders)
        if antwoord == WEG:
            server.transport.abort()
            return "421 weg"
        if antwoord == STIL:
            await asyncio.sleep(3)
        return antwoord

    async def handle_MAIL(self, server: SMTP, sessie: Session, envelop: Envelope, adres: str, opties: list[str]) -> str:  # noqa: N802
        envelop.mail_from = adres
        return await self._answer(server, "MAIL", "250 goed")

    async def handle_RCPT(self, server: SMTP, sessie: Session, envelop: Envelope, adres: str, opties: list[str]) -> str:  # noqa: N802
        envelop.rcpt_tos.append(adres)
        return await self._answer(server, "RCPT", "250 goed")

    async def handle_DATA(self, server: SMTP, sessie: Session, envelop: Envelope) -> str:  # noqa: N802
        antwoord = await self._answer(server, "DATA", "250 aangenomen")
        if antwoord.startswith("250"):
            assert isinstance(envelop.content, bytes)
            self.rauw.append(envelop.content)
            gelezen = message_from_bytes(envelop.content, policy=policy.default)
            assert isinstance(gelezen, EmailMessage)
            self.berichten.append(gelezen)
            self.aan.append(list(envelop.rcpt_tos))
            self.versleuteld.append(sessie.ssl is not None)
            self.aangemeld.append(sessie.auth_data)
            self.na()
        if self.antwoorden.get("NA") == WEG:  # it has accepted it, and nobody hears so
            server.transport.abort()
        return antwoord


def _who(naam: bytes, wachtwoord: bytes) -> Callable[..., AuthResult]:
    def check(server: SMTP, sessie: Session, envelop: Envelope, hoe: str, gegeven: Any) -> AuthResult:
        goed = (gegeven.login, gegeven.password) == (naam, wachtwoord)
        return AuthResult(success=goed, handled=False, auth_data=gegeven.login if goed else None)

    return check


class _Luistert(Controller):
    """Listens at a port that is free, and knows which one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mailserver(
    *, certificaat: tuple[Path, Path] | None = None, direct: bool = False, login: tuple[str, str] | None = None
) -> Iterator[tuple[Postbus, Mailserver]]:
    """Run a server; yields what it gets, and the settings with which it is reached without a word of trouble.

    With a certificate it wants STARTTLS, or with `direct` TLS from the first byte.
    """
    bus, context = Postbus(), None
    if certificaat:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificaat)
    hoe: dict[str, Any] = {"tls_context": context, "require_starttls": True} if context and not direct else {}
    if login:
        wie = (login[0].encode(), login[1].encode())
        hoe |= {"authenticator": _who(*wie), "auth_required": True, "auth_require_tls": context is not None}
    begonnen = _Luistert(bus, hostname="127.0.0.1", port=0, ssl_context=context if direct else None, **hoe)
    begonnen.start()
    try:
        beveiliging = "tls" if direct else "starttls" if context else "geen"
        yield (
            bus,
            Mailserver(
                "127.0.0.1",
                begonnen.port,
                beveiliging,
                *(login or ()),
                afzender=AFZENDER,
                vertrouwt=str(certificaat[0]) if certificaat else "",
            ),
        )
    finally:
        begonnen.stop()


def firm(map: Path) -> None:
    """Make the folder of a register of a firm with two klachten: of Jan, and of nobody in particular."""
    with open_register(map) as register:
        firmaproef.record(register, DAG)
        with register.schrijven() as boeking:
            for naam in ("Jan Jansen", "Piet Pieters"):
                nummer = boeking.nieuw_nummer("K", DAG.year)
                feit = ontvangst(gebeurd_op=DAG, indiener_naam=naam, betrokkenen=("eva",))
                boeking.leg_vast(nummer, feit, door="anna", rol="coordinator")


def copy_of(map: Path, naar: Path) -> Path:
    """Copy a folder as people do, without what a copy leaves to be made anew."""
    return shutil.copytree(map, naar, ignore=shutil.ignore_patterns(f"{DATABASE}*", "*.lock"))


def settings(server: Mailserver) -> Instellingen:
    """Return the settings of a register with this mail server."""
    return Instellingen(smtp=server)


def kinds(register: Register, nr: int) -> list[str]:
    """Return the kinds of fact of a message, in order."""
    bericht = uit.een(register, nr)
    assert bericht is not None
    feiten = [v for v in register.vastleggingen(bericht.klachtnummer) if nr in (v.nr, getattr(v.feit, "bericht", 0))]
    return [v.feit.soort for v in feiten]
