"""Send requests through the gate, without a server: what a browser sends goes in, what it would get comes out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from klachten.toegang.poort import Poort

ADRES = "localhost:8501"


@dataclass
class Klok:
    """The time as the gate sees it, in seconds since 1970."""

    nu: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.nu


class Huis:
    """An app behind the gate that tells what it got."""

    def __init__(self) -> None:
        self.gezien: list[dict[str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.gezien.append(scope)
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept", "subprotocol": "streamlit"})
            while (await receive())["type"] == "websocket.receive":
                await send({"type": "websocket.send", "bytes": b"pagina"})
            await send({"type": "websocket.send", "bytes": b"te laat"})
            return
        ontvangen = 0
        while True:
            bericht = await receive()
            ontvangen += len(bericht.get("body", b""))
            if not bericht.get("more_body"):
                break
        koppen = [(b"content-type", b"text/plain"), (b"Cache-Control", b"public"), (b"x-frame-options", b"ALLOW")]
        await send({"type": "http.response.start", "status": 200, "headers": koppen})
        await send({"type": "http.response.body", "body": f"binnen {ontvangen}".encode()})


@dataclass
class Antwoord:
    """What came back."""

    status: int
    koppen: dict[str, str]
    tekst: str
    koeken: tuple[str, ...] = ()
    inhoud: bytes = b""

    @property
    def koek(self) -> str:
        """The cookie that was given, as the browser sends it back."""
        return self.koppen.get("set-cookie", "").partition(";")[0]


def scope(pad: str, soort: str, methode: str, koppen: dict[str, str], client: Any, scheme: str) -> dict[str, Any]:
    pad, _, vraag = pad.partition("?")
    alle = {"host": ADRES, "accept": "text/html", **koppen}
    return {
        "type": soort,
        "method": methode,
        "scheme": scheme if soort == "http" else scheme.replace("http", "ws"),
        "path": unquote(pad),
        "query_string": vraag.encode(),
        "headers": [(naam.encode("latin-1"), waarde.encode("latin-1")) for naam, waarde in alle.items() if waarde],
        "client": client,
    }


def vraag(
    poort: Poort,
    pad: str = "/",
    methode: str = "GET",
    *,
    client: Any = ("127.0.0.1", 5000),
    scheme: str = "http",
    lichaam: Sequence[bytes] = (b"",),
    **koppen: str,
) -> Antwoord:
    """Send one request and return the answer; a header is named with _ for -."""
    gestuurd = {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
    stukken = [
        {"type": "http.request", "body": stuk, "more_body": plek + 1 < len(lichaam)}
        for plek, stuk in enumerate(lichaam)
    ]
    berichten: list[dict[str, Any]] = []

    async def ontvang() -> dict[str, Any]:
        return stukken.pop(0) if stukken else {"type": "http.disconnect"}

    async def zend(bericht: dict[str, Any]) -> None:
        berichten.append(bericht)

    asyncio.run(poort(scope(pad, "http", methode, gestuurd, client, scheme), ontvang, zend))
    start, *inhoud = berichten
    lichaam_terug = b"".join(deel["body"] for deel in inhoud)
    koppen = [(naam.decode().lower(), waarde.decode()) for naam, waarde in start["headers"]]
    koeken = tuple(waarde.partition(";")[0] for naam, waarde in koppen if naam == "set-cookie")
    return Antwoord(start["status"], dict(koppen), lichaam_terug.decode(errors="replace"), koeken, lichaam_terug)


async def lijn(
    poort: Poort, ontvang: Any, gekregen: list[dict[str, Any]], client: Any = ("127.0.0.1", 5000), **koppen: str
) -> None:
    """Open a WebSocket and keep it open until either side ends it."""
    eigen = {"origin": f"http://{ADRES}", "sec-websocket-protocol": "streamlit"}
    gestuurd = {**eigen, **{naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}}

    async def zend(bericht: dict[str, Any]) -> None:
        gekregen.append(bericht)

    await poort(scope("/_stcore/stream", "websocket", "GET", gestuurd, client, "http"), ontvang, zend)


def open_lijn(poort: Poort, **koppen: str) -> list[dict[str, Any]]:
    """Open a WebSocket, let the browser go away at once, and return what came back."""
    komt: list[dict[str, Any]] = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001}]
    gekregen: list[dict[str, Any]] = []

    async def ontvang() -> dict[str, Any]:
        return komt.pop(0) if komt else {"type": "websocket.disconnect", "code": 1001}

    asyncio.run(lijn(poort, ontvang, gekregen, **koppen))
    return gekregen


@dataclass
class Browser:
    """A browser without scripts: it keeps cookies, and sends the forms of the page it is on."""

    poort: Poort
    client: str = "127.0.0.1"
    koeken: dict[str, str] = field(default_factory=dict)
    pagina: Antwoord | None = None
    user_agent: str = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"

    def ga(self, pad: str, **koppen: str) -> Antwoord:
        """Go to an address, and further where it leads; with `volg=""` only to the address."""
        return self._vraag(pad, "GET", **koppen)

    def stuur(self, pad: str, **velden: str) -> Antwoord:
        """Send a form of the page, with the mark it has, and go where that leads."""
        merk = re.search(r'name="merk" value="([0-9a-f]{64})"', self.pagina.tekst if self.pagina else "")
        ingevuld = {**({"merk": merk[1]} if merk else {}), **velden}
        inhoud = urlencode(ingevuld).encode()
        vorm = {"content_type": "application/x-www-form-urlencoded", "content_length": str(len(inhoud))}
        return self._vraag(pad, "POST", lichaam=[inhoud], origin=f"http://{ADRES}", **vorm)

    def _vraag(self, pad: str, methode: str, **wat: Any) -> Antwoord:
        volg = "volg" not in wat
        wat.pop("volg", None)
        for _ in range(5):
            koek = "; ".join(f"{naam}={waarde}" for naam, waarde in self.koeken.items())
            antwoord = vraag(
                self.poort, pad, methode, cookie=koek, client=(self.client, 5000), user_agent=self.user_agent, **wat
            )
            for naam, _, waarde in (koek.partition("=") for koek in antwoord.koeken):
                self.koeken[naam] = waarde
            self.pagina = antwoord
            if antwoord.status != 303 or not volg:
                return antwoord
            pad, methode, wat = antwoord.koppen["location"], "GET", {}
        raise AssertionError(f"{pad} leads in a circle")
