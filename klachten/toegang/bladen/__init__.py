"""The pages outside Streamlit: signing in, invitations, the own sign-in.

A password or a code is never a field of Streamlit: what stands in one of those is kept in the session and sent back
to the browser. Here it comes with a form, and is gone when the form is answered. No page has a script.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.asgi import Ontvangen, Scope, Zenden
from klachten.toegang.bladen.blad import HIER
from klachten.toegang.bladen.eerste import EersteStart
from klachten.toegang.bladen.eigen import Eigen
from klachten.toegang.bladen.elders import Elders
from klachten.toegang.wachtwoord import TeDruk


class Bladen(Elders, Eigen, EersteStart):
    """The ASGI app of these pages. `paginas` are the pages one may come back to, `beelden` the mark and the icon."""

    def __init__(
        self, deur: Aanmelden, paginas: Collection[str], beelden: Mapping[str, Path], klok: Callable[[], float]
    ) -> None:
        super().__init__(deur, paginas, klok)
        self._beelden = {**{naam: HIER / naam for naam in ("stijl.css", "blijf.js")}, **beelden}
        beide = ["GET", "POST"]
        routes = [
            Route("/aanmelden", self.sign_in, methods=beide),
            Route("/aanmelden/code", self.code, methods=beide),
            Route("/aanmelden/inschrijven", self.enrol, methods=beide),
            Route("/uitnodiging/{code}", self.invitation, methods=beide),
            Route("/oidc/start", self.to_provider),
            Route("/oidc/terug", self.from_provider),
            Route("/eerste", self.first, methods=beide),
            Route("/eerste/beheerder", self.first_account, methods=beide),
            Route("/toegang/{naam}", self.picture),
            Route("/mijn-aanmelding", self.mine),
            Route("/mijn-aanmelding/rest", self.rest),
            Route("/mijn-aanmelding/blijf", self.rest, methods=["POST"]),
            Route("/mijn-aanmelding/wachtwoord", self.password, methods=["POST"]),
            Route("/mijn-aanmelding/tweede-stap", self.second_step, methods=["POST"]),
            Route("/mijn-aanmelding/inschrijven", self.enrol_later, methods=["POST"]),
            Route("/mijn-aanmelding/afmelden", self.end_other, methods=["POST"]),
            Route("/afmelden", self.sign_out, methods=["POST"]),
            Route("/afmelden/overal", self.sign_out_everywhere, methods=["POST"]),
        ]
        handlers: Any = {TeDruk: self._busy, HTTPException: self._nothing}
        self._app = Starlette(routes=routes, exception_handlers=handlers)

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Answer one request; the gate has put who is signed in and where it came from in `scope["klachten"]`."""
        await self._app(scope, receive, send)

    async def picture(self, vraag: Request) -> Response:
        """Give the style, the mark or the icon of these pages, or the script that warns before a session ends."""
        pad = self._beelden.get(vraag.path_params["naam"])
        return FileResponse(pad, headers={"cache-control": "max-age=3600"}) if pad else self._nothing(vraag)

    def _busy(self, vraag: Request, fout: Exception) -> Response:
        return self.say("Even geduld", str(fout), "/aanmelden", "Opnieuw proberen", status=503)

    def _nothing(self, vraag: Request, fout: Exception | None = None) -> Response:
        return self.say(
            "Deze pagina is er niet", "Kijk of het adres goed is overgenomen.", "/", "Naar het register", 404
        )
