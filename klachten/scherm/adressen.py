"""ASGI middleware for addresses that Streamlit has no page at: it would say so in English, in a window of its own.

The start page lives at "/", but everybody who writes a link down calls it by its name, as all other pages are.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from klachten.scherm.paginas import PAGINAS
from klachten.toegang import asgi
from klachten.toegang.asgi import Asgi, Ontvangen, Scope, Zenden

ONBEKEND = ("adres", "onbekend")
"""What the start page is asked with when somebody wanted a page that is not there; never what they typed."""
_VAN_STREAMLIT = ("_stcore", "static", "media", "component", "vendor")
_START, *_ANDERE = [pagina.naam for pagina in PAGINAS]


class Adressen:
    """Send a browser to the start page from its own name, with all that was asked, and from what is no page."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Answer with another address (307), or pass the request on."""
        naar = _elders(scope["path"], scope.get("query_string", b"").decode("latin-1")) if is_pagina(scope) else None
        if naar is None:
            await self.app(scope, receive, send)
            return
        koppen = [(b"location", naar.encode("latin-1")), (b"content-length", b"0"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 307, "headers": koppen})
        await send({"type": "http.response.body", "body": b""})


async def nothing(scope: Scope, receive: Ontvangen, send: Zenden) -> None:
    """Answer that there is nothing at this address."""
    await asgi.text(scope, receive, send, 404, "Dit adres is er niet.")


def is_pagina(scope: Scope) -> bool:
    """Tell whether a browser asks for a page, and not for one of the parts of it."""
    accept = next((waarde for naam, waarde in scope.get("headers", ()) if naam == b"accept"), b"")
    return scope["type"] == "http" and scope["method"] == "GET" and b"text/html" in accept


def _elders(pad: str, vraag: str) -> str | None:
    """Return where a browser should go instead; None where Streamlit has an answer."""
    delen = [deel for deel in pad.split("/") if deel]
    # A file is Streamlit's to find or to miss.
    if not delen or delen[0] in _VAN_STREAMLIT or "." in delen[-1] or delen in [[naam] for naam in _ANDERE]:
        return None
    if delen == [_START]:
        return f"/?{vraag}" if vraag else "/"
    wie = [(naam, waarde) for naam, waarde in parse_qsl(vraag) if naam == "als"]
    return f"/?{urlencode([ONBEKEND, *wie])}"
