"""The gate: ASGI middleware that lets only this machine in, and tells the browser to load nothing from elsewhere."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from klachten.toegang import EIGEN_MACHINE, VOORBEELDMODUS

Scope = MutableMapping[str, Any]
Bericht = MutableMapping[str, Any]
Ontvangen = Callable[[], Awaitable[Bericht]]
Zenden = Callable[[Bericht], Awaitable[None]]
Asgi = Callable[[Scope, Ontvangen, Zenden], Awaitable[None]]

WEIGERING = "Geweigerd: in de voorbeeldmodus is dit register alleen bereikbaar vanaf de computer waarop het draait."

# 'unsafe-inline' and 'unsafe-eval' are what Streamlit and Vega need; nothing may come from or go to another address.
# WebSockets are named apart because Safari does not count them under 'self'.
_BELEID = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
    "connect-src 'self' data: blob: ws://localhost:* ws://127.0.0.1:*; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
KOPPEN: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", _BELEID.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Poort:
    """Refuse whoever is not on this machine, and set the security headers on every answer."""

    def __init__(self, app: Asgi, voorbeeldmodus: bool = VOORBEELDMODUS) -> None:
        self.app = app
        self.voorbeeldmodus = voorbeeldmodus

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Pass the request on, or answer 403 (a WebSocket is closed before it opens)."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        if self.voorbeeldmodus and not (van_eigen_machine(scope) and voor_eigen_machine(scope)):
            await _weiger(scope, receive, send)
            return

        async def met_koppen(bericht: Bericht) -> None:
            if bericht["type"] == "http.response.start":
                bericht["headers"] = [*bericht.get("headers", []), *KOPPEN]
            await send(bericht)

        await self.app(scope, receive, met_koppen)


def van_eigen_machine(scope: Scope) -> bool:
    """Tell whether the caller is on this machine."""
    client = scope.get("client")
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


def voor_eigen_machine(scope: Scope) -> bool:
    """Tell whether the request was addressed to this machine: another Host means another site is calling us."""
    hosts = [waarde.decode("latin-1") for naam, waarde in scope.get("headers", ()) if naam == b"host"]
    return len(hosts) == 1 and _zonder_poort(hosts[0]) in EIGEN_MACHINE


def _zonder_poort(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


async def _weiger(scope: Scope, receive: Ontvangen, send: Zenden) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    koppen = [(b"content-type", b"text/plain; charset=utf-8"), *KOPPEN]
    await send({"type": "http.response.start", "status": 403, "headers": koppen})
    await send({"type": "http.response.body", "body": WEIGERING.encode()})
