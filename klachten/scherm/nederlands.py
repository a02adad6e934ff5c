"""ASGI middleware that has the app speak Dutch to browsers, screen readers and people where Streamlit speaks English.

It has no setting for that: not for its page, and not for the words of its field for a file, which are in its scripts.
"""

from __future__ import annotations

from collections.abc import Callable

from klachten.scherm.adressen import is_pagina
from klachten.toegang.asgi import Asgi, Bericht, Ontvangen, Scope, Zenden

VERTALINGEN: tuple[tuple[bytes, bytes], ...] = (
    (b'<html lang="en">', b'<html lang="nl">'),
    (b"<title>Streamlit</title>", b"<title>klachten</title>"),
    (b"You need to enable JavaScript to run this app.", b"Zet JavaScript aan om dit register te gebruiken."),
)
SCRIPTS = ("/static/js/FileUploader.", "/static/js/utils.")
"""Where Streamlit keeps the words of its field for a file."""
VELD_VOOR_BESTAND: tuple[tuple[bytes, bytes], ...] = (
    (b"`Upload`", b"`Bestand kiezen`"),
    (b"`Add files`", b"`Bestand kiezen`"),
    (b"`Drag and drop a file here`", b"`Laat het bestand hier los`"),
    (b"} per file`", b"} per bestand`"),
    (b" files are not allowed.`", b": een bestand van deze soort kan hier niet.`"),
    (b"`File must be ${", b"`Dit bestand is te groot. Kies er een van hoogstens ${"),
    (b"} or smaller.`", b"}.`"),
    (b"`Unexpected error. Please try again.`", b"`Dat lukte niet. Probeer het opnieuw.`"),
    (b"`Upload failed`", b"`Versturen is mislukt`"),
    (b"`Cancel upload of ${", b"`Niet versturen: ${"),
    (b"`Remove ${", b"`Weghalen: ${"),
    (b"`Error: `", b"`Fout: `"),
)


class Nederlands:
    """Replace what is English in the HTML page and in SCRIPTS; everything else passes untouched."""

    def __init__(self, app: Asgi, erbij: Callable[[], bytes] = lambda: b"") -> None:
        """`erbij` is what every page gets at its end."""
        self.app, self.erbij = app, erbij

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Hold back such an answer until it is whole, then send it in Dutch."""
        if not is_pagina(scope) and not _is_script(scope):
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


def _is_script(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(SCRIPTS)


def _vertaald(start: Bericht, inhoud: bytes, erbij: bytes) -> bytes:
    soort = next((waarde for naam, waarde in start["headers"] if naam == b"content-type"), b"")
    if b"javascript" in soort:
        return _in_dutch(inhoud, VELD_VOOR_BESTAND)
    if soort.startswith(b"text/html"):
        return _in_dutch(inhoud, VERTALINGEN).replace(b"</body>", erbij + b"</body>")
    return inhoud


def _in_dutch(inhoud: bytes, woorden: tuple[tuple[bytes, bytes], ...]) -> bytes:
    for engels, nederlands in woorden:
        inhoud = inhoud.replace(engels, nederlands)
    return inhoud


def _met_lengte(start: Bericht, inhoud: bytes) -> Bericht:
    weg = {b"content-length", b"etag", b"last-modified"}
    koppen = [kop for kop in start["headers"] if kop[0] not in weg]
    return {**start, "headers": [*koppen, (b"content-length", str(len(inhoud)).encode())]}
