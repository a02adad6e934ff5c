"""The attacks: each tells of everything it tried whether it failed, which is good."""

from __future__ import annotations

import dataclasses
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from klachten.datamap import PROJECT
from tests.aanval.doel import ADRES, GEHEIM, GENOEG, Doel, stuur

Uitkomst = tuple[str, bool]
"""What was tried, and whether the app held."""


@dataclass(frozen=True)
class Proef:
    """One kind of attack."""

    naam: str
    doe: Callable[[Doel], Iterator[Uitkomst]]
    snel: bool
    eigen: bool = False


PROEVEN: list[Proef] = []


def proef(naam: str, *, snel: bool = True, eigen: bool = False) -> Callable[[Any], Any]:
    """Add an attack: `snel` ones run with the tests, `eigen` ones need people."""

    def voeg_toe(doe: Callable[[Doel], Iterator[Uitkomst]]) -> Callable[[Doel], Iterator[Uitkomst]]:
        PROEVEN.append(Proef(naam, doe, snel, eigen))
        return doe

    return voeg_toe


# --- HTTP ------------------------------------------------------------------------------------------------------------


@proef("veilige koppen op elk antwoord")
def koppen(doel: Doel) -> Iterator[Uitkomst]:
    """Every answer tells the browser what it may not do with it, also when it is a refusal or an error."""
    gevallen: list[tuple[str, str, dict[str, str]]] = [
        ("/", "GET", {"Accept": "text/html"}),
        ("/dossier", "GET", {"Accept": "text/html"}),
        ("/nergens", "GET", {"Accept": "text/html"}),
        ("/static/nergens.js", "GET", {}),
        ("/media/nergens.pdf", "GET", {}),
        ("/_stcore/health", "GET", {}),
        ("/_stcore/nergens", "POST", {}),
        ("/_stcore/upload_file/a/b", "PUT", {}),
        ("/", "GET", {"Host": "kwaad.example"}),
        ("/", "DELETE", {}),
    ]
    for pad, methode, anders in gevallen:
        antwoord = doel.vraag(pad, methode, koppen=anders)
        goed = (
            "frame-ancestors 'none'" in antwoord.koppen.get("content-security-policy", "")
            and antwoord.koppen.get("x-content-type-options") == "nosniff"
            and antwoord.koppen.get("referrer-policy") == "same-origin"
            and "access-control-allow-origin" not in antwoord.koppen
        )
        yield f"{methode} {pad} {anders.get('Host', '')}".strip() + f" ({antwoord.status})", goed


@proef("een andere naam dan die van deze computer")
def host(doel: Doel) -> Iterator[Uitkomst]:
    """Another site whose name leads to this machine gets nothing (DNS rebinding)."""
    eigen = f"localhost:{doel.poort}"
    for naam in (
        "kwaad.example", f"kwaad.example:{doel.poort}", "localhost.kwaad.example", "localhost@kwaad.example", "0.0.0.0",
        "", "[::ffff:7f00:1]", "2130706433", "127.0.0.1.nip.io", "localhost,kwaad.example",
    ):  # fmt: skip
        yield f"Host: {naam}", doel.vraag("/", koppen={"Host": naam}).status in (0, 400, 403, 421)
    dubbel = f"GET / HTTP/1.1\r\nHost: {eigen}\r\nHost: kwaad.example\r\nConnection: close\r\n\r\n"
    zonder = "GET / HTTP/1.0\r\n\r\n"
    for wat, verzoek in (("twee keer Host", dubbel), ("zonder Host", zonder)):
        yield wat, doel.rauw(verzoek.encode())[9:12] in (b"", b"400", b"403", b"421")
    for kop in ("X-Forwarded-Host", "X-Original-Host", "Forwarded"):
        waarde = "host=localhost" if kop == "Forwarded" else "localhost"
        yield (
            f"Host: kwaad.example met {kop}",
            doel.vraag("/", koppen={"Host": "kwaad.example", kop: waarde}).status in (400, 403),
        )


PADEN = (
    "/../../../../etc/passwd", "/static/../../../../../../etc/passwd", "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2f..%2f..%2fetc%2fpasswd", "/static/%252e%252e/%252e%252e/etc/passwd", "/static//etc/passwd",
    "/static/..\\..\\..\\etc\\passwd", "/static/..%5c..%5c..%5cetc%5cpasswd", "/media/../../etc/passwd",
    "/media/%2e%2e%2f%2e%2e%2fetc/passwd", "/component/../../../etc/passwd", "/static/%00", "/%00/etc/passwd",
    "/static/CON", "/static/aux.js", "/static/C:%5cwindows%5cwin.ini", "/static/%5c%5ckwaad.example%5cdeel",
    "/static/" + "a" * 300, "/static/%ef%bc%8e%ef%bc%8e/%ef%bc%8e%ef%bc%8e/etc/passwd",
    "/_stcore/bidi-components/x/../../../../etc/passwd", "/_stcore/component/x/%2e%2e/%2e%2e/etc/passwd",
)  # fmt: skip
BESTANDEN = (
    "/app.py", "/.streamlit/config.toml", "/.git/config", "/requirements.txt", "/klachten/toegang/poort.py",
    "/pages/behandeling/dossier.py", "/data/journaal/2026.jsonl", "/journaal/2026.jsonl", "/klachten.duckdb",
    "/data/klachten.duckdb", "/app/static/app.py", "/static/app.py", "/media/app.py",
)  # fmt: skip


@proef("een pad dat de map uit gaat")
def paden(doel: Doel) -> Iterator[Uitkomst]:
    """No address leads to a file that is not a part of a page."""
    for pad in (*PADEN, *BESTANDEN):
        antwoord = doel.vraag(pad)
        lek = (b"root:", b"from klachten", b"[server]", b'"zegel"', b"[core]", b"streamlit==", b"DUCK", b"[fonts]")
        goed = antwoord.status < 500 and not any(stuk in antwoord.inhoud for stuk in lek)
        yield f"{pad[:60]} ({antwoord.status})", goed


@proef("een doorverwijzing naar elders")
def doorverwijzing(doel: Doel) -> Iterator[Uitkomst]:
    """No address of the app leads a browser to another site."""
    for pad in (
        "//kwaad.example/", "///kwaad.example", "/\\kwaad.example", "/%5ckwaad.example", "/%2f%2fkwaad.example/",
        "/werkvoorraad//kwaad.example", "/werkvoorraad?naar=//kwaad.example", "/nergens?als=//kwaad.example",
        "/dossier/?next=https://kwaad.example", "//kwaad.example/%2e%2e", "/static//kwaad.example/", "/http://kwaad.example",
        "/nergens?als=x%0d%0aLocation:%20http://kwaad.example", "/aanmelden?naar=//kwaad.example",
    ):  # fmt: skip
        antwoord = doel.vraag(pad, koppen={"Accept": "text/html"})
        naar = antwoord.koppen.get("location", "/")
        goed = naar.startswith("/") and not naar.startswith(("//", "/\\")) and "\n" not in naar
        yield f"{pad} ({antwoord.status} {naar[:40]})", goed and antwoord.status < 500


@proef("een route die er niet hoort te zijn")
def routes(doel: Doel) -> Iterator[Uitkomst]:
    """What Streamlit can do besides showing pages is closed."""
    for pad in (
        "/_stcore/agent", "/_stcore/agent/", "/_stcore/agent/sessions", "/_stcore/agent/tree", "/auth/login",
        "/auth/logout", "/oauth2callback", "/_stcore/metrics", "/_stcore/message", "/_stcore/script-health-check",
        "/healthz", "/docs", "/openapi.json", "/_stcore/../_stcore/metrics",
    ):  # fmt: skip
        status = doel.vraag(pad).status
        yield f"{pad} ({status})", status in (0, 400, 401, 403, 404, 405)


@proef("een methode die niets te zoeken heeft")
def methoden(doel: Doel) -> Iterator[Uitkomst]:
    """Only what a page needs can be asked."""
    for methode in ("PUT", "DELETE", "PATCH", "POST", "TRACE", "CONNECT", "PROPFIND"):
        status = doel.vraag("/", methode, b"" if methode == "POST" else None).status
        yield f"{methode} / ({status})", status in (0, 400, 401, 403, 404, 405, 501)


@proef("een bestand voor een venster dat er niet is")
def opladen(doel: Doel) -> Iterator[Uitkomst]:
    """A file can only go to an open window of one's own."""
    grens = "grens"
    inhoud = (
        f'--{grens}\r\nContent-Disposition: form-data; name="f"; filename="../../x.py"\r\n\r\n'
        f"print(1)\r\n--{grens}--\r\n"
    ).encode()
    for pad in ("/_stcore/upload_file/onbekend/onbekend", "/_stcore/upload_file/..%2f..%2fx/y"):
        antwoord = doel.vraag(pad, "PUT", inhoud, {"Content-Type": f"multipart/form-data; boundary={grens}"})
        yield f"PUT {pad} ({antwoord.status})", 400 <= antwoord.status < 500


@proef("een antwoord dat te veel zegt")
def spraakzaam(doel: Doel) -> Iterator[Uitkomst]:
    """No answer names a version, a path on the disk or a line of code."""
    for pad, methode in (
        ("/", "GET"),
        ("/nergens.txt", "GET"),
        ("/media/x", "GET"),
        ("/_stcore/upload_file/a/b", "PUT"),
    ):
        antwoord = doel.vraag(pad, methode)
        tekst = antwoord.inhoud.decode("utf-8", "replace")
        stil = not any(woord in tekst for woord in ("Traceback", str(PROJECT), str(doel.map), "site-packages"))
        versie = any(teken.isdigit() for teken in antwoord.koppen.get("server", ""))
        yield f"{methode} {pad}", stil and not versie
    koek = doel.vraag("/", koppen={"Accept": "text/html"}).koppen.get("set-cookie", "")
    yield "een cookie is niet te lezen voor scripts", not koek or ("HttpOnly" in koek and "SameSite" in koek)


# --- too much, too slow ----------------------------------------------------------------------------------------------


@proef("te groot", snel=False)
def groot(doel: Doel) -> Iterator[Uitkomst]:
    """What is too large is not taken, and the app goes on."""
    begin = f"GET / HTTP/1.1\r\nHost: localhost:{doel.poort}\r\n".encode()
    gekregen = doel.rauw(begin, b"X-Lang: " + b"a" * 1_000_000 + b"\r\nConnection: close\r\n\r\n")
    yield "een kop van 1 MB", b" 200 " not in gekregen[:20] and doel.gezond()
    stuk = b"%x\r\n" % 65536 + b"a" * 65536 + b"\r\n"
    kop = (
        f"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost:{doel.poort}\r\nOrigin: {doel.origin}\r\n"
        "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    ).encode()
    gekregen = doel.rauw(kop, *[stuk] * 420, b"0\r\n\r\n", wacht=20)
    yield "26 MB in stukken, zonder lengte", b" 2" not in gekregen[8:12] and doel.gezond()


@proef("te traag en te veel", snel=False)
def traag(doel: Doel) -> Iterator[Uitkomst]:
    """Who sends a byte a second, or opens two hundred lines, keeps nobody else waiting."""
    with ExitStack() as open_:
        lijnen = [
            open_.enter_context(socket.create_connection((ADRES, doel.poort), timeout=GENOEG)) for _ in range(200)
        ]
        for lijn in lijnen:
            lijn.sendall(b"G")
        for _ in range(3):
            time.sleep(1)
            for lijn in lijnen[:50]:
                lijn.sendall(b"E")
        yield "200 verbindingen, 1 byte per seconde", doel.gezond(5)
    vensters = ExitStack()
    with vensters:
        for _ in range(40):
            try:
                vensters.enter_context(doel.lijn())
            except (WebSocketException, OSError):
                break
        yield "40 vensters tegelijk", doel.gezond(5)
    yield "daarna", doel.gezond()


# --- the line of a page ----------------------------------------------------------------------------------------------


@proef("een lijn van een andere herkomst")
def herkomst(doel: Doel) -> Iterator[Uitkomst]:
    """A page of another site cannot open a line in the browser of somebody who is at this machine."""
    for origin in (
        "http://kwaad.example",
        f"http://kwaad.example:{doel.poort}",
        "null",
        "file://",
        "http://localhost.kwaad",
    ):
        yield f"Origin: {origin}", not doel.opent(origin)
    yield "Origin: die van de app zelf komt erin", doel.opent("")


@proef("een lijn van een andere poort van deze computer")
def poort(doel: Doel) -> Iterator[Uitkomst]:
    """The port is a part of where something comes from: another program on this machine is another site."""
    for origin in ("http://localhost:9999", "http://127.0.0.1:9999", f"https://localhost:{doel.poort}", None):
        yield f"Origin: {origin}", not doel.opent(origin)


@proef("onzin over de lijn")
def onzin(doel: Doel) -> Iterator[Uitkomst]:
    """What is no message, or one that only developers may send, does nothing."""
    afsluiten, verbreken, leeg = BackMsg(), BackMsg(), BackMsg()
    afsluiten.debug_shutdown_runtime = verbreken.debug_disconnect_websocket = leeg.clear_cache = True
    berichten: tuple[tuple[str, bytes | str], ...] = (
        ("bytes", b"\xff\x00\x13onzin"), ("tekst", "onzin"), ("leeg", b""), ("1 MB", b"\x0a" * 1_000_000),
        ("app stoppen", afsluiten.SerializeToString()), ("lijn verbreken", verbreken.SerializeToString()),
        ("bewaarde cijfers wissen", leeg.SerializeToString()),
    )  # fmt: skip
    for naam, bericht in berichten:
        try:
            with doel.lijn() as lijn:
                lijn.send(bericht)
        except (WebSocketException, OSError):
            pass
        yield naam, doel.gezond() and bool(titels(doel.pagina(vraag("reglement"))))
    staat_er, schrijven = set(PROJECT.iterdir()), BackMsg()
    with doel.lijn() as lijn:
        schrijven.backend_operation_request.session_id = venster_id(stuur(lijn, vraag("reglement")))
        schrijven.backend_operation_request.install_skills.SetInParent()
        lijn.send(schrijven.SerializeToString())
        antwoord = _bedrijf(lijn)
    geweigerd = antwoord.backend_operation_response.error_reason.startswith("refused")
    yield "bestanden laten schrijven", geweigerd and set(PROJECT.iterdir()) == staat_er
    for derde in ("../../x", "a" * 300):
        try:
            with doel.lijn(protocol=("streamlit", "PLACEHOLDER", derde.replace("/", "-"))):
                pass
        except (WebSocketException, OSError):
            pass
        yield f"verder met het venster {derde[:10]}", doel.gezond()


def vraag(pagina: str, als: str = "anna", **query: str) -> BackMsg:
    """Return the message that opens a page."""
    bericht = BackMsg()
    bericht.rerun_script.page_name = "" if pagina == "werkvoorraad" else pagina
    bericht.rerun_script.query_string = urlencode({**query, "als": als})
    return bericht


def tekst(gekregen: list[ForwardMsg]) -> str:
    """Return everything that was sent, to search in."""
    return "".join(str(bericht) for bericht in gekregen)


def _bedrijf(lijn: ClientConnection) -> ForwardMsg:
    """Return what Streamlit answers to a request that is not about a page."""
    while True:
        gekregen = ForwardMsg.FromString(lijn.recv(timeout=GENOEG))  # type: ignore[arg-type]
        if gekregen.WhichOneof("type") == "backend_operation_response":
            return gekregen


def venster_id(gekregen: list[ForwardMsg]) -> str:
    """Return under which id Streamlit knows this window."""
    return next(b.new_session.initialize.session_id for b in gekregen if b.WhichOneof("type") == "new_session")


def titels(gekregen: list[ForwardMsg]) -> list[str]:
    """Return the titles of the pages that were drawn."""
    return [b.delta.new_element.heading.body for b in gekregen if b.delta.new_element.WhichOneof("type") == "heading"]


def storing(gekregen: list[ForwardMsg]) -> bool:
    """Tell whether a page failed."""
    return any(b.delta.new_element.WhichOneof("type") == "exception" for b in gekregen)


@proef("een bestand als pagina")
def bestand_als_pagina(doel: Doel) -> Iterator[Uitkomst]:
    """A file of the app that is no page is not run because somebody asks for it by its hash or its name."""
    for bestand in (
        "app.py",
        "klachten/scherm/meting/script.py",
        "klachten/opdrachten/voorbeeld.py",
        "tests/kanarie.py",
    ):
        for hash in (calc_hash(str(PROJECT / bestand)), calc_hash(bestand), calc_hash(Path(bestand).stem)):
            bericht = vraag("")
            bericht.rerun_script.page_script_hash = hash
            gekregen = doel.pagina(bericht)
            yield f"{bestand} ({hash[:6]})", not storing(gekregen) and set(titels(gekregen)[:1]) <= {"Werkvoorraad"}
    for naam in ("../app", "venster", "meting", "..%2f..%2fetc%2fpasswd", "\x00", "a" * 300, "__init__"):
        gekregen = doel.pagina(vraag(naam))
        yield f"pagina {naam[:20]!r}", not storing(gekregen) and set(titels(gekregen)[:1]) <= {"Werkvoorraad"}


@proef("een pagina die niet voor uw rol is")
def rol(doel: Doel) -> Iterator[Uitkomst]:
    """What is hidden in the menu is refused when it is asked for all the same."""
    for wie, pagina in (
        ("gijs", "jaarbeeld"),
        ("gijs", "escalatie"),
        ("hanna", "klachten"),
        ("hanna", "dossier"),
        ("iris", "termijnen"),
    ):
        gekregen = tekst(doel.pagina(vraag(pagina, wie)))
        yield (
            f"{wie} op {pagina}",
            "Deze pagina is niet voor uw rol" in gekregen and "vega_lite_chart {" not in gekregen,
        )


@proef("de klacht van een ander")
def andermans(doel: Doel) -> Iterator[Uitkomst]:
    """Who is involved, or has no role in it, gets nothing of a klacht on any road."""
    for wie in ("eva", "frank", "hanna", "iris", "dirk"):
        gekregen = tekst(doel.pagina(vraag("dossier", wie, nummer=doel.klacht)))
        yield f"dossier als {wie}", GEHEIM not in gekregen and "J. Jansen" not in gekregen
    for wie in ("eva", "frank", "dirk", "hanna"):
        for pagina in ("klachten", "werkvoorraad", "escalatie"):
            yield f"{pagina} als {wie}", GEHEIM not in tekst(doel.pagina(vraag(pagina, wie)))
    # Who may read it does: else the lines above would be true of anything.
    yield "dossier als anna: wel", GEHEIM in tekst(doel.pagina(vraag("dossier", "anna", nummer=doel.klacht)))


@proef("een nummer dat geen nummer is")
def nummers(doel: Doel) -> Iterator[Uitkomst]:
    """Whatever stands in the address, the page answers with a sentence."""
    for nummer in (
        "../../etc/passwd", "K2026-0001/../../x", "K2026-0001\x00", "CON", "K" * 300,
        "K2026-000\N{FULLWIDTH DIGIT ONE}",
        "\N{KELVIN SIGN}2026-0001", "K2026-0001\u202e", "E2026-0001", "K99999-1", "K2026-" + "9" * 5000, "' OR 1=1 --",
        "%2e%2e%2f", "K2026-0001;DROP TABLE klacht",
    ):  # fmt: skip
        gekregen = doel.pagina(vraag("dossier", nummer=nummer))
        yield f"nummer {nummer[:30]!r}", not storing(gekregen) and GEHEIM not in tekst(gekregen)
    for concept in ("../../journaal/2026", "..\\..\\x", "CON", "\x00", "a" * 300):
        gekregen = doel.pagina(vraag("intake", concept=concept))
        yield f"concept {concept[:20]!r}", not storing(gekregen) and not (doel.map.parent / "x").exists()


@proef("een antwoord dat geen keuze was")
def geen_keuze(doel: Doel) -> Iterator[Uitkomst]:
    """A value that the form does not offer is not recorded, however it is sent."""
    for welke, doe, waarde in (
        ("stap_12_bewaken_voortgang", "", "wat wel mag"),
        ("stap_08_bepalen_maatregel", "actienemer", "onzin"),
        ("stap_08_bepalen_maatregel", "overlegd_met", "Frank Maes"),
        ("stap_04_toevoegen_betrokkene", "betrokkene", "niemand"),
        ("stap_04_vervangen_behandelaar", "behandelaar", "Eva Bakker"),
        ("stap_04_vervangen_behandelaar", "grond", "../../x"),
    ):
        eerst = _regels(doel)
        with doel.lijn() as lijn:
            getekend = stuur(lijn, vraag("dossier", nummer=doel.klacht, doe=welke))
            velden = _velden(getekend, welke)
            bericht = vraag("dossier", nummer=doel.klacht, doe=welke)
            for naam, id in velden.items():
                stand = WidgetState(id=id)
                if naam == "knop":
                    stand.trigger_value = True
                elif naam in ("op", "uiterlijk_op"):
                    stand.string_array_value.data.append("2026/02/27")
                else:
                    stand.string_value = waarde if naam == doe else "Zo is het."
                bericht.rerun_script.widget_states.widgets.append(stand)
            gekregen = stuur(lijn, bericht)
        # The first one is recorded: else it would not be the value that keeps the others out.
        anders = (doe in velden) if doe else bool(velden)
        yield f"{welke}: {doe} = {waarde}", anders and not storing(gekregen) and _regels(doel) == eerst + (not doe)


def _velden(gekregen: list[ForwardMsg], vorm: str) -> dict[str, str]:
    uit = {}
    for bericht in gekregen:
        soort = bericht.delta.new_element.WhichOneof("type")
        id = str(getattr(getattr(bericht.delta.new_element, soort), "id", "")) if soort else ""
        if vorm in id.partition("#")[0] and "#" in id:
            uit[id.rpartition(".")[2]] = id
    return uit


def _regels(doel: Doel) -> int:
    """How many facts there are: the journal is the only thing that a handeling cannot do without."""
    return sum(len(pad.read_bytes().splitlines()) for pad in (doel.map / "journaal").glob("*.jsonl"))


@proef("een stuk dat een pagina wil zijn")
def stuk(doel: Doel) -> Iterator[Uitkomst]:
    """A document is handed out to be kept, never to be opened in the window of the app."""
    with doel.lijn() as lijn:
        bericht = vraag("dossier", nummer=doel.klacht, deel="klacht")
        knoppen = [b.delta.new_element.link_button.url for b in stuur(lijn, bericht)]
    adres = next(url for url in knoppen if url.startswith("/stuk/"))
    antwoord = doel.vraag(adres)
    yield "niet zonder bezoek", dataclasses.replace(doel, sessie="").vraag(adres).status == 401
    ander = adres.replace(doel.klacht, "K2026-9999")
    yield "niet van een klacht die er niet is", doel.vraag(ander).status == 404
    yield "niet van de map van bestanden", doel.vraag("/media/x").status == 404
    yield "het stuk komt", antwoord.inhoud == b"<script>alert(1)</script>"
    yield "als bijlage", antwoord.koppen.get("content-disposition", "").startswith("attachment")
    soort = antwoord.koppen.get("content-type", "")
    yield (
        "van geen soort",
        soort == "application/octet-stream" and antwoord.koppen["x-content-type-options"] == "nosniff",
    )


@proef("een lijn naar buiten")
def naar_buiten(doel: Doel) -> Iterator[Uitkomst]:
    """The app itself talks to nobody: every connection it has is with this machine."""
    if not sys.platform.startswith("linux"):
        return
    eigen = set()
    for pad in Path(f"/proc/{doel.pid}/fd").iterdir():
        try:
            eigen.add(str(pad.readlink()))
        except OSError:
            continue
    adressen = []
    for tabel in ("tcp", "tcp6", "udp", "udp6"):
        for regel in Path(f"/proc/{doel.pid}/net/{tabel}").read_text(encoding="ascii").splitlines()[1:]:
            delen = regel.split()
            if f"socket:[{delen[9]}]" in eigen:
                adressen.append(delen[2].partition(":")[0])
    # Of a socket that listens the other side is 0.
    thuis = ("0100007F", "00000000", "0" * 32, "0000000000000000FFFF00000100007F", "0" * 24 + "01000000")
    yield f"{len(adressen)} verbindingen, alle met deze computer", bool(adressen) and set(adressen) <= set(thuis)


@proef("het register daarna")
def daarna(doel: Doel) -> Iterator[Uitkomst]:
    """After all of it the app is well, and nobody got a word of the klacht into its output."""
    yield "de app antwoordt", doel.gezond()
    uitvoer = (doel.map.parent / "uitvoer.txt").read_text(encoding="utf-8", errors="replace")
    yield "geen woord uit een dossier in de uitvoer", GEHEIM not in uitvoer and "J. Jansen" not in uitvoer
