"""ASGI middleware for /agenda/<secret>.ics: the terms of one person, for a program that cannot sign in.

Each time it is asked anew who that is, whether this person still is here and may have it, and what of the tasks is for
them. A secret that is nobody's, was withdrawn, or is of somebody blocked, is refused in the same words; no line of the
log has it, since an address is logged by its row in the table of routes.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from klachten import organisatie, rechten, scherm
from klachten.analyse.werk.werkvoorraad import Taak, of_person
from klachten.kijklog.regel import GEDOWNLOAD, ONBEKEND
from klachten.organisatie import Gebruiker
from klachten.post.agenda import MIME, calendar, changes
from klachten.scherm import kijker, kijklog, persoonlijk, storing
from klachten.scherm.lijsten import taakrij, taken
from klachten.toegang import asgi
from klachten.toegang.agendas import Agenda, Agendas
from klachten.toegang.asgi import Asgi, Kop, Ontvangen, Scope, Zenden
from klachten.toegang.opslag import Opslag
from klachten.toegang.rem import Rem
from klachten.toegang.sleutel import afdruk

PAD, EINDE = "/agenda/", ".ics"
UITVOER = "agenda"
NIET_HIER = "Dit adres van een agenda is er niet, of werkt niet meer. Maak in klachten bij Mijn agenda een nieuw adres."
TE_VAAK = "Te veel adressen die er niet zijn. Probeer het over tien minuten opnieuw."
# For one program only, which asks each time whether it changed.
_BEWAREN: Kop = (b"cache-control", b"private, no-cache")
_NOOIT: Kop = (b"cache-control", b"no-store")


@dataclass(frozen=True)
class Gegeven:
    """What is answered: the calendar with its mark, or why there is none."""

    status: int
    inhoud: bytes
    merk: bytes = b""


class Agendafront:
    """Answer the addresses of agendas; everything else is for the app behind it."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Answer with the calendar (200), that it did not change (304), or a refusal (404, 429)."""
        if scope["type"] != "http" or not scope["path"].startswith(PAD):
            await self.app(scope, receive, send)
            return
        vandaan, koppen = scope["klachten"]["vandaan"], asgi.headers(scope)
        geheim = scope["path"].removeprefix(PAD).removesuffix(EINDE)
        try:
            gegeven = await asyncio.to_thread(give, geheim, vandaan.client, vandaan.origin)
        except Exception as fout:  # noqa: BLE001 - whatever it was, the log has it, and the program tries again later
            await asgi.text(scope, receive, send, 500, storing.sentence(fout), _NOOIT)
            return
        if gegeven.status != 200:
            await asgi.text(scope, receive, send, gegeven.status, gegeven.inhoud.decode(), _NOOIT)
        elif gegeven.merk.decode() in _known(koppen.get("if-none-match", "")):
            await asgi.answer(scope, receive, send, 304, b"", (b"etag", gegeven.merk), _BEWAREN)
        else:
            await asgi.answer(
                scope, receive, send, 200, gegeven.inhoud, (b"content-type", MIME.encode()),
                (b"content-disposition", b'inline; filename="termijnen.ics"'), (b"etag", gegeven.merk), _BEWAREN,
            )  # fmt: skip


def give(geheim: str, adres: str, origin: str) -> Gegeven:
    """Return the calendar of whose secret this is, asked from the address of a machine, or the refusal."""
    opslag, nu, vandaag = persoonlijk.opslag(), persoonlijk.now(), scherm.vandaag()
    agendas, rem = Agendas(opslag), Rem(opslag)
    if rem.wait_for_link(afdruk(geheim), adres, nu) > 0:
        return Gegeven(429, TE_VAAK.encode())
    agenda = agendas.look(geheim)
    wie = agenda and reader(agenda.persoon, vandaag)
    if agenda is None or wie is None:
        if rem.wrong_link(adres, nu):
            kijklog.van(scherm.register()).note(GEDOWNLOAD, ONBEKEND, waar=UITVOER, geweigerd=True)
        return Gegeven(404, NIET_HIER.encode())
    rem.right_link(afdruk(geheim), adres, nu)
    inhoud = made_for(wie, agenda, opslag, origin, vandaag)
    # A program asks every hour: one line a day says that it does.
    if agendas.read(agenda, nu):
        kijklog.van(scherm.register()).note(GEDOWNLOAD, wie.id, waar=UITVOER)
    return Gegeven(200, inhoud, f'"{hashlib.sha256(inhoud).hexdigest()[:32]}"'.encode())


def reader(persoon: str, vandaag: date) -> Gebruiker | None:
    """Return who somebody is today; None for who is not here, may not sign in, or has no terms in any role."""
    deur = kijker.door()
    if deur is not None:
        account = deur.accounts.of(persoon)
        wie = deur.who(persoon) if account and account.geblokkeerd_op is None else None
    else:
        wie = organisatie.gebruiker(persoon, vandaag)
    return wie if wie and rechten.mag("uitvoer", UITVOER, wie).mag else None


def made_for(wie: Gebruiker, agenda: Agenda, opslag: Opslag, origin: str, vandaag: date) -> bytes:
    """Return the own tasks of somebody with a last day, as a calendar."""
    eigen = [t for t in of_person(taken.zichtbare_taken(taken.alle_taken(), wie), wie) if t.uiterlijk_op]
    als = {"als": wie.id} if kijker.is_example() else {}

    def link(taak: Taak) -> str:
        naar, vraag = taakrij.waarheen(taak) if taak.klachtnummer and not taak.ongelezen else ("", {})
        return f"{origin}/{naar}{'?' if vraag | als else ''}{urlencode(vraag | als)}"

    with scherm.register().cursor() as cursor:
        reeks = changes(cursor, eigen)
    return calendar(
        eigen,
        reglement=scherm.reglement(),
        vandaag=vandaag,
        link=link,
        # Of another person other marks: what two people have cannot be laid side by side.
        merk=lambda van: opslag.sleutel.merk("agenda", agenda.persoon, van)[:32],
        reeks=reeks,
    )


def _known(waarde: str) -> set[str]:
    """Return the marks that a program has already; a proxy may have made them weak (W/)."""
    return {deel.strip().removeprefix("W/") for deel in waarde.split(",")}
