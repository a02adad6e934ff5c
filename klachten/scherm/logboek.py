"""What the app tells its log: how long each page and each request took; and what Streamlit tells goes there too."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator

from streamlit import logger as van_streamlit

from klachten import logboek
from klachten.logboek import event
from klachten.logboek.opzet import send_up
from klachten.organisatie import Gebruiker
from klachten.toegang.asgi import Asgi, Bericht, Ontvangen, Scope, Zenden
from klachten.toegang.routes import Routes

__all__ = ["Meeschrijver", "begin", "event", "pagina"]


def begin() -> None:
    """Let everything that this process logs go through the form of the log, what Streamlit logs too.

    Streamlit gives each of its loggers a handler when it is asked for, also later: that is taken away there.
    """
    van_streamlit.setup_formatter = send_up
    logboek.begin(namen=list(van_streamlit._loggers))


class Meeschrijver:
    """ASGI middleware in front of all other: logs how each request ended, by its row in the table of routes."""

    def __init__(self, app: Asgi, routes: Routes) -> None:
        self.app, self.routes = app, routes

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Pass the request on, and log it when it has been answered; a line to a page is no request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, status = time.perf_counter(), 0

        async def zend(bericht: Bericht) -> None:
            nonlocal status
            if bericht["type"] == "http.response.start":
                status = bericht["status"]
            await send(bericht)

        route = self.routes.find(scope["path"])
        try:
            await self.app(scope, receive, zend)
        finally:
            # What is the same for everybody, and what a page asks by itself, tells nothing as long as it goes well.
            gewoon = route is not None and (route.bewaren or route.rustig or route.regel == "open")
            event(
                "verzoek",
                logging.DEBUG if gewoon and status < 400 else logging.INFO,
                route=route.pad if route else "geen",
                status=status,
                duur_ms=_since(begin),
                wie=_who(scope),
            )


@contextlib.contextmanager
def pagina(naam: str, wie: Gebruiker) -> Iterator[None]:
    """Log how long a run of a page took; one that goes wrong logs its own line, with its code."""
    begin = time.perf_counter()
    try:
        yield
    finally:
        event("pagina", route=naam, duur_ms=_since(begin), wie=logboek.number_of(wie.id))


def _since(begin: float) -> int:
    return round((time.perf_counter() - begin) * 1000)


def _who(scope: Scope) -> int | None:
    """Return the number of who asked: of the person, or of the visit in the example."""
    sessie = scope.get("klachten", {}).get("sessie")
    return logboek.number_of(getattr(sessie, "persoon", "") or getattr(sessie, "hash", ""))
