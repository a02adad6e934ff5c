"""ASGI middleware that hands files out: /stuk/<klachtnummer>/<nr> and /bestand/<code>, and nothing by Streamlit.

A document goes out to be kept, as bytes of no kind; with /bekijken behind it, it is looked at: only what is safe to,
as what it is by its content (weergave.py), under the policy of what was brought in (toegang/poort.py).

Who may have one is decided when it is asked for. What is not there, what is no longer for the user, and what was
offered to somebody else are refused in the same sentence. Every file that goes and every refusal is logged, but for
what is asked with HEAD: that hands nothing out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from klachten import organisatie, scherm
from klachten.dossier.weigering import Weigering
from klachten.kijklog.regel import GEDOWNLOAD
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import aanbod, kijker, kijklog, storing
from klachten.scherm.dossier import stuk, weergave
from klachten.toegang import asgi
from klachten.toegang.asgi import Asgi, Ontvangen, Scope, Zenden

# Plain text in a tab of its own: no link to the help, which explains it all the same.
NIET_VOOR_U = Weigering(
    "bestand_weg",
    "Dit bestand is er niet, of is niet voor u. Ga terug naar de pagina, vernieuw die en kies het bestand opnieuw.",
)


@dataclass(frozen=True)
class Bestand:
    """A file as it goes to the browser."""

    naam: str
    mime: str
    inhoud: bytes | Iterator[bytes]
    bekijken: bool = False


@dataclass(frozen=True)
class _Gevraagd:
    """What is asked for, by whom: `waar`, `nummer` and `ook` as the log has them."""

    waar: str
    nummer: str = ""
    aanbod: aanbod.Aanbod | None = None
    nr: int = 0
    bekijken: bool = False
    ook: tuple[str, ...] = ()


class Uitgifte:
    """Answer the two addresses of files; everything else is for the app behind it."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Hand a file out or refuse it (404); the gate has put in `scope` in which session it is asked for."""
        if scope["type"] != "http" or not scope["path"].startswith((stuk.PAD, aanbod.PAD)):
            await self.app(scope, receive, send)
            return
        sessie: str = scope["klachten"]["sessie"].hash
        try:
            # Making one takes seconds in a large register.
            gegeven = await asyncio.to_thread(
                give, scope["path"], sessie, _als(scope), alleen_kop=scope["method"] == "HEAD"
            )
        except Exception as fout:  # noqa: BLE001 - whatever it was, the user reads a sentence and the console the rest
            await asgi.text(scope, receive, send, 500, storing.sentence(fout))
            return
        if gegeven is None:
            await asgi.text(scope, receive, send, 404, NIET_VOOR_U)
            return
        koppen = ((b"content-type", gegeven.mime.encode()), (b"content-disposition", disposition(gegeven)))
        if isinstance(gegeven.inhoud, bytes):
            await asgi.answer(scope, receive, send, 200, gegeven.inhoud, *koppen)
        else:
            await asgi.stream(scope, send, gegeven.inhoud, *koppen)


def give(pad: str, sessie: str, als: str = "", *, alleen_kop: bool = False) -> Bestand | None:
    """Return the file at an address for whoever asks for it in a session; None when there is none for them.

    `als` is who one is in the example. With `alleen_kop` (HEAD) nothing is made and nothing logged, a refusal neither.
    """
    register, gevraagd = scherm.register(), _asked(pad)
    wie = _who(sessie, gevraagd.aanbod.wie.id if gevraagd.aanbod and gevraagd.aanbod.wie else als)
    if wie is None:
        return None
    gegeven = _give(register, gevraagd, wie, sessie, alleen_kop)
    if not alleen_kop:
        for nummer in (gevraagd.nummer, *gevraagd.ook):
            kijklog.van(register).note(
                GEDOWNLOAD, wie.id, waar=gevraagd.waar, nummer=nummer, sessie=sessie, geweigerd=gegeven is None
            )
    return gegeven


def _asked(pad: str) -> _Gevraagd:
    if pad.startswith(aanbod.PAD):
        gevonden = aanbod.find(pad.removeprefix(aanbod.PAD))
        if gevonden is None or gevonden.maker is None:
            return _Gevraagd(f"{aanbod.PAD}*")
        return _Gevraagd(gevonden.maker.uitvoer, gevonden.maker.nummer, gevonden, ook=gevonden.maker.ook)
    nummer, _, nr = pad.removeprefix(stuk.PAD).partition("/")
    nr, _, hoe = nr.partition("/")
    past = hoe in ("", stuk.BEKIJKEN) and kijklog.number(nummer) and nr.isascii() and nr.isdigit() and len(nr) < 12
    return _Gevraagd("stuk", nummer, nr=int(nr), bekijken=bool(hoe)) if past else _Gevraagd("stuk")


def _who(sessie: str, als: str) -> Gebruiker | None:
    """Return who asks, with the roles of today; in the example who the page was drawn for."""
    vandaag = scherm.vandaag()
    return organisatie.gebruiker(als, vandaag) if kijker.is_example() else kijker.who_in(sessie, vandaag)


def _give(register: Register, gevraagd: _Gevraagd, wie: Gebruiker, sessie: str, alleen_kop: bool) -> Bestand | None:
    if (een := gevraagd.aanbod) is not None:
        if not een.is_for(wie, sessie) or een.maker is None:
            return None
        return Bestand(een.naam, een.mime, b"" if alleen_kop else een.maker())
    gehaald = stuk.haal(register, gevraagd.nummer, gevraagd.nr, wie) if gevraagd.nummer else None
    if gehaald and gevraagd.bekijken:
        beeld = weergave.of(gehaald[1])
        return Bestand(gehaald[0], beeld.mime, beeld.inhoud, bekijken=True) if beeld else None
    return Bestand(gehaald[0], aanbod.MIME, gehaald[1]) if gehaald else None


def _als(scope: Scope) -> str:
    vraag = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return vraag.get("als", [""])[0].lower()


def disposition(bestand: Bestand) -> bytes:
    """Return the header that has a browser keep a file, or show it where it stands."""
    als_bijlage = _attachment(bestand.naam)
    return als_bijlage.replace(b"attachment", b"inline", 1) if bestand.bekijken else als_bijlage


def _attachment(naam: str) -> bytes:
    """Return the header that has a browser keep a file under a name: plain for who reads only that, and as it is."""
    kaal = "".join(teken if teken.isascii() and (teken.isalnum() or teken in " .-_()") else "_" for teken in naam)
    return f"attachment; filename=\"{kaal}\"; filename*=UTF-8''{quote(naam, safe='')}".encode("latin-1")
