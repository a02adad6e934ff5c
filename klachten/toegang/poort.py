"""The gate: ASGI middleware that every page and every line passes, and that lets in by the table of routes.

In the example everybody on this machine may come in; for the rest it is the same gate.
"""

from __future__ import annotations

import asyncio
from functools import lru_cache
from urllib.parse import quote

from klachten.toegang import asgi, csrf, grenzen, herkomst
from klachten.toegang.asgi import Asgi, Bericht, Kop, Ontvangen, Scope, Zenden
from klachten.toegang.herkomst import Herkomst
from klachten.toegang.lijnen import Lijn
from klachten.toegang.routes import Route, Routes, load
from klachten.toegang.staat import Aangemeld, Staat, cookie_name, is_here, set_cookie
from klachten.toegang.verbinding import EIGEN_MACHINE

WEIGERING = "Geweigerd: in de voorbeeldmodus is dit register alleen bereikbaar vanaf de computer waarop het draait."
ANDER_ADRES = "Geweigerd: dit register is hier niet bereikbaar. Gebruik het adres dat u van de beheerder kreeg."
SESSIE_KOP, AFGEMELD = b"x-klachten-sessie", 4401
VREEMD = "Geweigerd: dit verzoek kwam niet van een pagina van dit register."
NIET_VOOR_ROL = "Geweigerd: dit adres is niet voor uw rol."
_EIGEN_KOPPEN = b"x-klachten-"
_VEILIG = frozenset({"GET", "HEAD"})
_NIETS = "Dit adres is er niet."

KOPPEN: tuple[Kop, ...] = (
    (b"x-content-type-options", b"nosniff"),
    # Not "no-referrer": a browser then says "null" instead of where a form comes from.
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
NIET_BEWAREN: Kop = (b"cache-control", b"no-store")
_ALLEEN_HTTPS: Kop = (b"strict-transport-security", b"max-age=31536000")
# A page of signing in has no script at all, and sends its form nowhere else.
BLAD_BELEID: Kop = (
    b"content-security-policy",
    (
        b"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'none'"
    ),
)
# A PDF, picture or text that somebody sent: looked at in a page of this register, and run nowhere. Chromium shows a PDF
# in such a sandbox; a page or drawing would have no script, no form, no other address and no cookie of the register.
GEBRACHT_BELEID: Kop = (
    b"content-security-policy",
    (
        b"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
        b"sandbox"
    ),
)


@lru_cache(maxsize=64)
def policy(origin: str) -> Kop:
    """Return what a page of Streamlit may load, and from where: only from this very origin.

    'unsafe-inline' and 'unsafe-eval' are what Streamlit and Vega need. The WebSocket is named apart because Safari does
    not count it under 'self'.
    """
    lijn = origin.replace("http", "ws", 1)
    return (
        b"content-security-policy",
        (
            "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
            f"connect-src 'self' data: blob: {lijn}; "
            "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
        ).encode(),
    )


class Poort:
    """Let in what the table of routes lets in, and set the security headers on every answer.

    `elders` answers a browser that asks for a page which is not there.
    """

    def __init__(
        self, app: Asgi, staat: Staat | None = None, routes: Routes | None = None, elders: Asgi | None = None
    ) -> None:
        self.app, self.staat, self.elders = app, staat or Staat(), elders
        self.routes = routes or load()

    async def __call__(self, scope: Scope, receive: Ontvangen, send: Zenden) -> None:
        """Pass the request on to whom it is for, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        vandaan = herkomst.find(scope, self.staat.instellingen)
        if vandaan is None or not self.staat.welcome(vandaan):
            send = asgi.with_headers(send, (BLAD_BELEID, *KOPPEN, NIET_BEWAREN))
            await asgi.text(scope, receive, send, 403, WEIGERING if self.staat.voorbeeld else ANDER_ADRES)
            return
        kaal = asgi.with_headers(send, self._headers(vandaan))
        if grenzen.too_long(scope["headers"]):
            await asgi.text(scope, receive, kaal, 431, "Dit verzoek is te lang.")
            return
        route = self._route(scope, vandaan)
        if route is None:
            if self.elders and scope["type"] == "http" and scope["method"] == "GET":
                await self.elders(scope, receive, asgi.with_headers(send, self._headers(vandaan)))
            else:
                await asgi.text(scope, receive, kaal, 404, _NIETS)
            return
        scope["headers"] = [kop for kop in scope["headers"] if not kop[0].lower().startswith(_EIGEN_KOPPEN)]
        koppen = asgi.headers(scope)
        if scope["type"] == "http" and scope["method"] not in route.methoden:
            await asgi.text(scope, receive, kaal, 405, "Dat kan niet op dit adres.")
        elif not _from_here(scope, koppen, vandaan):
            await asgi.text(scope, receive, kaal, 403, VREEMD)
        else:
            await self._admit(scope, receive, send, vandaan, route)

    def _route(self, scope: Scope, vandaan: Herkomst) -> Route | None:
        route = self.routes.find(scope["path"])
        if route is None or route.soort != scope["type"] or (route.eigen and self.staat.bladen is None):
            return None
        if route.regel == "eerste" and not (is_here(vandaan) and self.staat.eerste_open()):
            return None
        return route

    def _headers(self, vandaan: Herkomst, route: Route | None = None) -> tuple[Kop, ...]:
        nooit = () if route and (route.bewaren or route.zelf) else (NIET_BEWAREN,)
        if route and route.gebracht:
            beleid = GEBRACHT_BELEID
        else:
            beleid = BLAD_BELEID if route and route.eigen else policy(vandaan.origin)
        # Not for the name localhost: a browser would ask https of every other program of this machine too.
        altijd = (_ALLEEN_HTTPS,) if vandaan.versleuteld and vandaan.host not in EIGEN_MACHINE else ()
        return (beleid, *KOPPEN, *nooit, *altijd)

    async def _admit(self, scope: Scope, receive: Ontvangen, send: Zenden, vandaan: Herkomst, route: Route) -> None:
        """Ask for a session where the route does, and pass the request on."""
        sessie = self.staat.session(asgi.cookie(scope, cookie_name(vandaan)))
        nieuw: tuple[Kop, ...] = ()
        if sessie is None and route.begint and self.staat.voorbeeld:
            koek, sessie = self.staat.bezoeken.begin()
            nieuw = (set_cookie(vandaan, cookie_name(vandaan), koek),)
        send = asgi.with_headers(send, self._headers(vandaan, route), nieuw)
        if sessie is None and route.regel == "sessie":
            await self._sign_in_first(scope, receive, send, route)
            return
        if sessie and not self.staat.may(sessie.hash, route.rollen):
            self.staat.geweigerd(sessie.hash, route.pad)
            await asgi.text(scope, receive, send, 403, NIET_VOOR_ROL)
            return
        if sessie and route.regel == "sessie" and not route.rustig:
            self.staat.sessies.touch(sessie.hash, self.staat.klok())
        if scope["type"] == "websocket":
            assert sessie
            await self._stream(scope, receive, send, sessie)
            return
        app = self.staat.bladen if route.eigen else self.app
        assert app
        scope["klachten"] = {"sessie": sessie, "vandaan": vandaan}
        await _bounded(app, scope, receive, send, grenzen.FORMULIER if route.eigen else grenzen.BESTAND)

    async def _sign_in_first(self, scope: Scope, receive: Ontvangen, send: Zenden, route: Route) -> None:
        if scope["type"] == "websocket" and self.staat.afscheid:
            # A page that was left open: it is told where to go, where a refusal would leave it waiting for ever.
            await receive()
            await send({"type": "websocket.accept", "subprotocol": "streamlit"})
            await send({"type": "websocket.send", "bytes": self.staat.afscheid("/aanmelden")})
            await send({"type": "websocket.close", "code": AFGEMELD, "reason": ""})
        elif scope["type"] == "http" and route.pagina and self.staat.bladen:
            vraag = scope.get("query_string", b"").decode("latin-1")
            naar = quote(scope["path"] + (f"?{vraag}" if vraag else ""), safe="")
            await asgi.answer(scope, receive, send, 303, b"", (b"location", f"/aanmelden?naar={naar}".encode()))
        else:
            await asgi.text(scope, receive, send, 401, "U bent niet aangemeld.")

    async def _stream(self, scope: Scope, receive: Ontvangen, send: Zenden, sessie: Aangemeld) -> None:
        lijn = self.staat.lijnen.sign_on(sessie.hash)
        if lijn is None:
            await asgi.text(scope, receive, send, 429, "Er staan te veel vensters open.")
            return
        koppen = [self._without_strange_session(kop, sessie.hash) for kop in scope["headers"]]
        scope["headers"] = [*koppen, (SESSIE_KOP, sessie.hash.encode())]
        levend = _Levend(self.staat, lijn, receive, send)
        try:
            await self.app(scope, levend.receive, levend.send)
        finally:
            levend.stop()
            self.staat.lijnen.sign_off(lijn)

    def _without_strange_session(self, kop: Kop, hash: str) -> Kop:
        """Take away the wish to go on with a Streamlit session that is not known to be of this sign-in."""
        if kop[0] != b"sec-websocket-protocol":
            return kop
        delen = [deel.strip() for deel in kop[1].decode("latin-1").split(",")]
        mag = len(delen) > 2 and self.staat.lijnen.owner(delen[2]) == hash
        return kop if mag else (kop[0], ", ".join(delen[:2]).encode("latin-1"))


class _Levend:
    """A line that ends when its session ends: by itself, or by somebody in another tab."""

    def __init__(self, staat: Staat, lijn: Lijn, receive: Ontvangen, send: Zenden) -> None:
        self._staat, self._lijn, self._receive, self._send = staat, lijn, receive, send
        self._dicht = asyncio.ensure_future(lijn.dicht.wait())
        self._open = self._weg = False

    async def receive(self) -> Bericht:
        """Return what the browser says, or that it is gone as soon as the session has ended."""
        vraag: asyncio.Future[Bericht] = asyncio.ensure_future(self._receive())  # type: ignore[arg-type]
        try:
            while not self._ended():
                rest = self._staat.sessies.until(self._lijn.hash, nu := self._staat.klok()) - nu
                if vraag.done():
                    if vraag.result()["type"] == "websocket.receive":
                        self._staat.sessies.touch(self._lijn.hash, nu)
                    return vraag.result()
                # Not longer than a minute: by then other rules may hold.
                rest = min(max(rest, 0.0), 60.0)
                await asyncio.wait({vraag, self._dicht}, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
            return await self._goodbye()
        finally:
            vraag.cancel()

    def _ended(self) -> bool:
        nu = self._staat.klok()
        return self._lijn.dicht.is_set() or self._staat.sessies.until(self._lijn.hash, nu) <= nu

    async def send(self, bericht: Bericht) -> None:
        """Send what the page says; what a run says after the session has ended goes nowhere."""
        self._open |= bericht["type"] == "websocket.accept"
        if not self._weg:
            await self._send(bericht)

    async def _goodbye(self) -> Bericht:
        if not self._weg and self._open:
            self._weg = True
            if self._staat.afscheid:
                await self._send({"type": "websocket.send", "bytes": self._staat.afscheid("/aanmelden")})
            await self._send({"type": "websocket.close", "code": AFGEMELD, "reason": ""})
        self._weg = True
        return {"type": "websocket.disconnect", "code": AFGEMELD}

    def stop(self) -> None:
        """Wait for the end of the session no longer."""
        self._dicht.cancel()


def _from_here(scope: Scope, koppen: dict[str, str], vandaan: Herkomst) -> bool:
    """Tell whether what changes something, and what opens a line, comes from a page of this register."""
    if scope["type"] == "http" and scope["method"] in _VEILIG:
        return True
    return csrf.own_origin(koppen, vandaan.origin)


async def _bounded(app: Asgi, scope: Scope, receive: Ontvangen, send: Zenden, hoogstens: int) -> None:
    """Pass a request on, but not more of it than it may bring."""
    begonnen = False

    async def volgend(bericht: Bericht) -> None:
        nonlocal begonnen
        begonnen = True
        await send(bericht)

    try:
        if grenzen.announced(asgi.headers(scope).get("content-length", "")) > hoogstens:
            raise grenzen.TeVeel
        await app(scope, grenzen.counted(receive, hoogstens), volgend)
    except grenzen.TeVeel:
        status, zin = 413, "Dit bestand is te groot."
    except grenzen.TeTraag:
        status, zin = 408, "Dit verzoek kwam te langzaam binnen."
    else:
        return
    if begonnen:
        # Half an answer has gone: only breaking off says that it is not whole.
        raise ConnectionAbortedError(zin)
    await asgi.text(scope, receive, send, status, zin, (b"connection", b"close"))
