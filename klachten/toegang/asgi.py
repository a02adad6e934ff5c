"""The words of ASGI, and the answers that the gate gives by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

Scope = MutableMapping[str, Any]
Bericht = MutableMapping[str, Any]
Ontvangen = Callable[[], Awaitable[Bericht]]
Zenden = Callable[[Bericht], Awaitable[None]]
Asgi = Callable[[Scope, Ontvangen, Zenden], Awaitable[None]]
Kop = tuple[bytes, bytes]


def headers(scope: Scope) -> dict[str, str]:
    """Return the headers of a request; of one that comes twice the last."""
    return {naam.decode("latin-1"): waarde.decode("latin-1") for naam, waarde in scope.get("headers", ())}


def cookie(scope: Scope, naam: str) -> str:
    """Return the value of a cookie; empty when the browser did not send it."""
    for kop, waarde in scope.get("headers", ()):
        if kop == b"cookie":
            try:
                gelezen = SimpleCookie(waarde.decode("latin-1"))
            except CookieError:
                continue
            if naam in gelezen:
                return gelezen[naam].value
    return ""


async def text(scope: Scope, receive: Ontvangen, send: Zenden, status: int, zin: str, *koppen: Kop) -> None:
    """Answer with a sentence; a WebSocket is closed before it opens."""
    await answer(scope, receive, send, status, zin.encode(), (b"content-type", b"text/plain; charset=utf-8"), *koppen)


async def answer(
    scope: Scope, receive: Ontvangen, send: Zenden, status: int, inhoud: bytes = b"", *koppen: Kop
) -> None:
    """Answer with this content; a WebSocket is closed before it opens."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    lengte = (b"content-length", str(len(inhoud)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*koppen, lengte]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else inhoud})


async def stream(scope: Scope, send: Zenden, delen: Iterator[bytes], *koppen: Kop) -> None:
    """Answer over HTTP with what comes in parts; each is made in a thread, and only when the one before it is gone."""
    await send({"type": "http.response.start", "status": 200, "headers": list(koppen)})
    while deel := await asyncio.to_thread(next, delen, b""):
        await send({"type": "http.response.body", "body": deel, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def with_headers(send: Zenden, altijd: Iterable[Kop], nieuw: Iterable[Kop] = ()) -> Zenden:
    """Return a `send` that sets these headers on the answer, whatever the app said about them, and adds the new."""
    altijd, nieuw = tuple(altijd), tuple(nieuw)
    namen = {naam for naam, _ in altijd}

    async def met_koppen(bericht: Bericht) -> None:
        if bericht["type"] == "http.response.start":
            eigen = [kop for kop in bericht.get("headers", ()) if kop[0].lower() not in namen]
            bericht = {**bericht, "headers": [*eigen, *altijd, *nieuw]}
        elif bericht["type"] == "websocket.accept" and nieuw:
            bericht = {**bericht, "headers": [*bericht.get("headers", ()), *nieuw]}
        await send(bericht)

    return met_koppen
