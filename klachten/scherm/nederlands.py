"""ASGI middleware that tells browsers and screen readers that the app is Dutch; Streamlit's page says English."""

from __future__ import annotations

from collections.abc import Callable

from klachten.scherm.adressen import is_pagina
from klachten.toegang.asgi import Asgi, Bericht, Ontvangen, Scope, Zenden

VERTALINGEN: tuple[tuple[bytes, bytes], ...] = (
    (b'<html lang="en">', b'<html lang="nl">'),
    (b"<title>Streamlit</title>", b"<title>klachten</title>"),
    (b"You need to enable JavaScript to run this app.", b"Zet JavaScript aan om dit register te gebruiken."),
)


class Nederlands:
    """Replace what is English in the HTML page; everything else passes untouched."""

    def __init__(self, app: Asgi, erbij: Callable[[], bytes] = lambda: b"") -> None:
        """`erbij` is what every page gets at its end."""
        self.app, self.erbij = app, erbij

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Hold back an HTML answer until it is whole, then send it in Dutch."""
        if not is_pagina(scope):
            await self.app(scope, receive, send)
            return
        # Without compression and If-None-Match: a zipped or "not modified" page cannot be translated.
        weg = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
        scope = {**scope, "headers": [kop for kop in scope["headers"] if kop[0] not in weg]}
        start: Bericht = {}
        inhoud = bytearray()

        async def vertaal(bericht: Bericht) -> None:
            nonlocal start
            if bericht["type"] == "http.response.start":
                start = bericht
                return
            if bericht["type"] != "http.response.body":
                await send(bericht)
                return
            inhoud.extend(bericht.get("body", b""))
            if bericht.get("more_body"):
                return
            await send(_met_lengte(start, pagina := _vertaald(start, bytes(inhoud), self.erbij())))
            await send({"type": "http.response.body", "body": pagina})

        await self.app(scope, receive, vertaal)


def _vertaald(start: Bericht, inhoud: bytes, erbij: bytes) -> bytes:
    if not any(naam == b"content-type" and waarde.startswith(b"text/html") for naam, waarde in start["headers"]):
        return inhoud
    for engels, nederlands in VERTALINGEN:
        inhoud = inhoud.replace(engels, nederlands)
    return inhoud.replace(b"</body>", erbij + b"</body>")


def _met_lengte(start: Bericht, inhoud: bytes) -> Bericht:
    weg = {b"content-length", b"etag", b"last-modified"}
    koppen = [kop for kop in start["headers"] if kop[0] not in weg]
    return {**start, "headers": [*koppen, (b"content-length", str(len(inhoud)).encode())]}
