"""What every page of signing in shares: how it is drawn, whose it is, and where one may go on to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from klachten import taal
from klachten.tijdzone import NEDERLAND
from klachten.toegang import asgi, csrf, totp
from klachten.toegang.aanmelden import Aanmelden, Geweigerd
from klachten.toegang.eerste import Eerste
from klachten.toegang.herkomst import Herkomst
from klachten.toegang.sessies import Sessie
from klachten.toegang.staat import cookie_name, set_cookie
from klachten.toegang.voorsessies import Voorsessie, Voorsessies

HIER = Path(__file__).parent
TE_LANG = "Deze pagina stond te lang open. Probeer het opnieuw."
GEBLEKEN = {
    "": "",
    "afgemeld": "U bent afgemeld.",
    "overal": "U bent overal afgemeld.",
    "ingesteld": "Uw wachtwoord is ingesteld. Meld u er nu mee aan.",
    "gewijzigd": "Uw wachtwoord is gewijzigd. Op andere plekken bent u afgemeld.",
    "einde": "Die plek is afgemeld.",
}
_VRAAG = re.compile(r"[\w=&%.,+:~-]{0,500}", re.ASCII)


class Blad:
    """Draws pages. `paginas` are those one may come back to, `klok` gives the seconds since 1970."""

    def __init__(self, deur: Aanmelden, paginas: Collection[str], klok: Callable[[], float]) -> None:
        self.deur, self.paginas, self.klok = deur, frozenset(paginas), klok
        self.voor = Voorsessies()
        self.eerste: Eerste | None = None
        self._vellen = Environment(loader=FileSystemLoader(HIER), autoescape=True, undefined=StrictUndefined)
        self._vellen.filters["moment"] = moment

    def page(self, vel: str, titel: str, status: int = 200, **waarden: Any) -> Response:
        """Draw a page."""
        vast = {"fout": "", "gelukt": "", "breed": False, "organisatie": self.deur.personen.organisatie}
        return HTMLResponse(self._vellen.get_template(vel).render(**{**vast, **waarden}, titel=titel), status)

    def say(self, titel: str, zin: str, naar: str, knop: str, status: int = 200) -> Response:
        """Draw a page that says one thing, and a button to go on."""
        return self.page("melding.html", titel, status, zin=zin, naar=naar, knop=knop)

    def ask_enrolment(
        self, persoon: str, geheim: str, hash: str, actie: str, *, verplicht: bool = False, fout: str = ""
    ) -> Response:
        """Show the secret of a new second step, and ask for a code made with it."""
        account = self.deur.accounts.of(persoon)
        naam = account.aanmeldnaam if account else persoon
        beeld = totp.qr(geheim, naam, f"klachten {self.deur.personen.organisatie}".strip())
        return self.page(
            "inschrijven.html",
            "Tweede stap aanzetten",
            403 if fout else 200,
            fout=fout,
            qr=beeld,
            geheim=" ".join(geheim[i : i + 4] for i in range(0, len(geheim), 4)),
            actie=actie,
            verplicht=verplicht,
            merk=self.mark(hash),
        )

    def mark(self, hash: str) -> str:
        """Return the mark of a form of this (pre-)session."""
        return csrf.mark(self.deur.opslag.sleutel, hash)

    def fits(self, hash: str, vorm: FormData) -> bool:
        """Tell whether a form is of this (pre-)session."""
        return csrf.fits(self.deur.opslag.sleutel, hash, text(vorm, "merk"))

    def own_form(self, sessie: Sessie, vorm: FormData) -> None:
        """Refuse (Geweigerd) a form that is not of this session."""
        if not self.fits(sessie.hash, vorm):
            raise Geweigerd(TE_LANG, soort="invoer")

    def pre(self, vraag: Request) -> Voorsessie | None:
        """Return who is on the way in with this browser."""
        koek = asgi.cookie(vraag.scope, _cookie_name(vandaan(vraag), voor=True))
        return self.voor.read(koek, self.klok()) if koek else None

    def destination(self, naar: str) -> str:
        """Return where somebody may go on to: a page of this app with a plain question, else the start page."""
        pad, _, vraag = naar.partition("?")
        bekend = pad == "/" or (pad.startswith("/") and pad[1:].removesuffix("/") in self.paginas)
        return naar if bekend and _VRAAG.fullmatch(vraag) else "/"


def text(vorm: FormData, naam: str) -> str:
    """Return a field of a form as text; a file, or nothing, is empty."""
    waarde = vorm.get(naam, "")
    return waarde if isinstance(waarde, str) else ""


def vandaan(vraag: Request) -> Herkomst:
    """Return where the request came from, as the gate has found."""
    gevonden: Herkomst = vraag.scope["klachten"]["vandaan"]
    return gevonden


def signed_in(vraag: Request) -> Sessie | None:
    """Return the session of the request, as the gate has found."""
    gevonden: Sessie | None = vraag.scope["klachten"]["sessie"]
    return gevonden


def who_is_in(vraag: Request) -> Sessie:
    """Return the session of a request that the gate lets through only with one."""
    sessie = signed_in(vraag)
    assert sessie
    return sessie


def with_cookie(antwoord: Response, vraag: Request, koek: str, *, voor: bool = False) -> Response:
    """Give the cookie of a (pre-)session along; an empty one takes it away."""
    naam, waarde = set_cookie(vandaan(vraag), _cookie_name(vandaan(vraag), voor=voor), koek)
    antwoord.headers.append(naam.decode(), waarde.decode())
    return antwoord


def moment(seconden: float) -> str:
    """Return '5 januari 2026 om 14.05 uur'."""
    return taal.moment(datetime.fromtimestamp(seconden, NEDERLAND))


def clock(seconden: float) -> str:
    """Return '14.05'."""
    return f"{datetime.fromtimestamp(seconden, NEDERLAND):%H.%M}"


def _cookie_name(waar: Herkomst, *, voor: bool) -> str:
    return cookie_name(waar) + ("_voor" if voor else "")
