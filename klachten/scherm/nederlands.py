"""ASGI middleware that has the app speak Dutch to browsers, screen readers and people where Streamlit speaks English.

Streamlit has no setting for its words: they are in its page and in its scripts. nederlands.toml says what each of them
becomes. A script is rewritten once, when it is first asked for, and kept; its address says which table made it, so that
a browser may keep it too and asks again when the table is another.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit

from klachten.scherm.adressen import is_pagina
from klachten.toegang import asgi
from klachten.toegang.asgi import Asgi, Bericht, Ontvangen, Scope, Zenden

TABEL = Path(__file__).with_suffix(".toml")
SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
_STAND = hashlib.sha256(TABEL.read_bytes() + Path(__file__).read_bytes() + streamlit.__version__.encode()).hexdigest()[
    :12
]
PAD = f"/static/nl-{_STAND}/"
"""Where what Streamlit serves below /static/ is, for pages that were made with this table."""
_OUD = re.compile(r"^/static/nl-[0-9a-f]{12}/")
_NAAM = re.compile(r"^/static/js/(([\w-]+)\.[\w-]+\.js)$")
_CODE = "js:"
_TYPE = (b"content-type", b"text/javascript; charset=utf-8")
_BEWAREN = (b"cache-control", b"public, immutable, max-age=31536000")
_NAVRAGEN = (b"cache-control", b"no-cache")
# Fields for a date, and numbers in a table, are as the browser is set: also in a browser that was never set to Dutch.
_TAAL = b"""
    <script>
      for (const [naam, waarde] of [["language", "nl-NL"], ["languages", Object.freeze(["nl-NL", "nl"])]])
        Object.defineProperty(Navigator.prototype, naam, {get: () => waarde})
    </script>"""
VERTALINGEN: tuple[tuple[bytes, bytes], ...] = (
    (b'<html lang="en">', b'<html lang="nl">'),
    (b"<title>Streamlit</title>", b"<title>klachten</title>"),
    (b'<meta charset="UTF-8" />', b'<meta charset="UTF-8" />' + _TAAL),
    (b'"./static/', f'".{PAD}'.encode()),
)
_ZONDER_SCRIPTS = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
ZET_AAN = b"<noscript>\n      <p>Zet JavaScript aan om dit register te gebruiken.</p>\n    </noscript>"


class Nederlands:
    """Replace what is English in the HTML page and in the scripts of the table; everything else passes untouched."""

    def __init__(self, app: Asgi, erbij: Callable[[], bytes] = lambda: b"") -> None:
        """`erbij` is what every page gets at its end."""
        self.app, self.erbij = app, erbij

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Answer with the page or the script in Dutch."""
        if is_pagina(scope):
            await self._pagina(scope, receive, send)
            return
        if scope["type"] != "http" or not scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        nieuw = scope["path"].startswith(PAD)
        pad = _OUD.sub("/static/", scope["path"])
        if script := await _script(pad):
            # An older page asks under an older address: what is here now is not what belongs there for good.
            await asgi.answer(scope, receive, send, 200, script, _TYPE, _BEWAREN if nieuw else _NAVRAGEN)
            return
        await self.app({**scope, "path": pad, "raw_path": pad.encode()}, receive, send)

    async def _pagina(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Hold back the answer until it is whole, then send it in Dutch."""
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


@cache
def woorden() -> dict[str, tuple[tuple[bytes, bytes], ...]]:
    """Return per script, by its name without its code, what stands in it and what becomes of that."""
    tabel = tomllib.loads(TABEL.read_text(encoding="utf-8"))
    return {
        naam: tuple(
            (_literal(was), wordt.encode() if _is_piece(was) else _literal(wordt)) for was, wordt in paren.items()
        )
        for naam, paren in tabel.items()
        if isinstance(paren, dict)
    }


def _is_piece(tekst: str) -> bool:
    return "`" in tekst or tekst.startswith(_CODE)


def _literal(tekst: str) -> bytes:
    return (tekst.removeprefix(_CODE) if _is_piece(tekst) else f"`{tekst}`").encode()


async def _script(pad: str) -> bytes | None:
    """Return a script of Streamlit in Dutch; None when it is not one of the table."""
    naam = _NAAM.match(pad)
    if naam is None or naam[2] not in woorden() or not (SCRIPTS / naam[1]).is_file():
        return None
    return await asyncio.to_thread(in_dutch, naam[1], naam[2])


@cache
def in_dutch(bestand: str, naam: str) -> bytes:
    """Return the script in this file with the words of the table."""
    script = (SCRIPTS / bestand).read_bytes()
    for was, wordt in woorden()[naam]:
        script = script.replace(was, wordt)
    return script


def _vertaald(start: Bericht, inhoud: bytes, erbij: bytes) -> bytes:
    soort = next((waarde for naam, waarde in start["headers"] if naam == b"content-type"), b"")
    if not soort.startswith(b"text/html"):
        return inhoud
    for engels, nederlands in VERTALINGEN:
        inhoud = inhoud.replace(engels, nederlands)
    return _ZONDER_SCRIPTS.sub(ZET_AAN, inhoud).replace(b"</body>", erbij + b"</body>")


def _met_lengte(start: Bericht, inhoud: bytes) -> Bericht:
    weg = {b"content-length", b"etag", b"last-modified"}
    koppen = [kop for kop in start["headers"] if kop[0] not in weg]
    return {**start, "headers": [*koppen, (b"content-length", str(len(inhoud)).encode())]}
