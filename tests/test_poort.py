"""The gate: who is let in where, and what is refused before any page sees it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest
from streamlit.web.server.starlette import starlette_app

from klachten.toegang import routes
from klachten.toegang.herkomst import Herkomst
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.poort import ANDER_ADRES, VREEMD, WEIGERING, policy
from klachten.toegang.sessies import STIL
from klachten.toegang.staat import Bezoeken, cookie_name, set_cookie
from tests.deurproef import EIGEN, NAMEN, Proefpoort, echt, gate
from tests.poortproef import ADRES, Huis, Klok, open_lijn, vraag

# The gate with accounts.
__all__ = ["echt"]

# Which addresses there are

VAN_STREAMLIT = {
    "/": "sessie",
    "/_stcore/health": "open",
    "/_stcore/host-config": "open",
    "/_stcore/stream": "sessie",
    "/_stcore/upload_file/{session_id}/{file_id}": "sessie",
    "/_stcore/bidi-components/{path:path}": "sessie",
    "/component/{path:path}": "sessie",
    "/media/{file_id:path}": None,
    "/_stcore/metrics": None,
    "/_stcore/agent/interact": None,
    "/_stcore/agent/openapi.json": None,
    "/_stcore/agent/mcp": None,
    "/auth/login": None,
    "/auth/logout": None,
    "/oauth2callback": None,
}


def test_every_route_of_streamlit_was_looked_at():
    """An upgrade that adds a route fails here; the gate lets nobody to it meanwhile."""
    er_zijn = {getattr(route, "path", "") or "/" for route in starlette_app.create_streamlit_routes(Mock())}
    assert er_zijn == set(VAN_STREAMLIT)


@pytest.mark.parametrize(("pad", "regel"), VAN_STREAMLIT.items())
def test_a_route_of_streamlit_is_open_to_whom_it_should(pad: str, regel: str | None):
    gevonden = routes.load(NAMEN).find(pad.partition("{")[0] + ("x" if "{" in pad else ""))
    assert (gevonden and gevonden.regel) == regel


@pytest.mark.parametrize(
    "pad",
    [
        "/_stcore", "/_stcore/", "/_stcore/agent", "/_stcore/streams", "/_stcore/stream/x", "/mediax", "/media",
        "/static/../_stcore/agent/mcp", "/static/..", "/media/./x", "/media/a\\b", "/media/a\x00b", "/Dossier",
        "/dossier/x", "/dossier//", "//dossier", "/pages/dossier.py", "/.streamlit/config.toml", "",
    ],
)  # fmt: skip
def test_what_no_row_names_is_not_there(pad: str):
    assert routes.load(NAMEN).find(pad) is None


@pytest.mark.parametrize("naam", NAMEN)
def test_every_page_has_its_address(naam: str):
    for pad in (f"/{naam}", f"/{naam}/"):
        gevonden = routes.load(NAMEN).find(pad)
        assert gevonden
        assert (gevonden.regel, gevonden.pagina) == ("sessie", True)


@pytest.mark.parametrize(
    "rij", [{"pad": "x", "regel": "open"}, {"pad": "/x", "regel": "iedereen"}, {"pad": "/x"}, {"pad": "/x", "reg": 1}]
)
def test_a_row_that_says_something_else_is_refused(rij: dict[str, Any]):
    with pytest.raises((ValueError, TypeError)):
        routes.rows({"route": [rij]})


def test_the_longest_row_wins():
    tabel = routes.Routes(
        [routes.Route("/a/*", "open"), routes.Route("/a/b/*", "eerste"), routes.Route("/a/b/c", "sessie")]
    )
    assert [tabel.find(pad).regel for pad in ("/a/x", "/a/b/x", "/a/b/c")] == ["open", "eerste", "sessie"]  # type: ignore[union-attr]


# The example: this machine only


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.9.10", "::1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "LOCALHOST:8501", "[::1]:8501"])
def test_this_machine_may_come_in(client: str, host: str):
    assert vraag(gate(), client=(client, 5000), host=host).tekst == "binnen 0"


@pytest.mark.parametrize("client", ["192.0.2.7", "10.0.0.5", "2001:db8::1", "testclient", None])
def test_another_machine_is_refused_with_a_sentence(client: str | None):
    antwoord = vraag(gate(), client=client and (client, 5000))
    assert (antwoord.status, antwoord.tekst) == (403, WEIGERING)
    assert antwoord.koppen["content-security-policy"].startswith("default-src 'none'")
    assert open_lijn(gate(), client=client and (client, 5000)) == [  # type: ignore[arg-type]
        {"type": "websocket.close", "code": 1008, "reason": ""}
    ]


@pytest.mark.parametrize("host", ["klachten.example", "localhost.example", "127.0.0.1.example:8501", "", "a@localhost"])
def test_another_site_cannot_reach_the_app_through_the_browser_of_this_machine(host: str):
    assert vraag(gate(), host=host).status == 403
    assert open_lijn(gate(), host=host, origin=f"http://{host}")[0]["type"] == "websocket.close"


def test_what_is_no_request_passes_untouched():
    """The start and stop of the server: no caller, no host and no headers."""
    gezien: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        gezien.append((scope, receive, send))

    alles = ({"type": "lifespan"}, object(), object())
    asyncio.run(gate(app)(*alles))  # type: ignore[arg-type]
    assert gezien == [alles]


def test_a_visit_begins_with_a_page_and_the_parts_of_it_belong_to_that_visit():
    poort = gate()
    assert vraag(poort, "/static/js/x.js").status == 401
    eerste = vraag(poort, "/dossier?nummer=K2026-0001")
    assert eerste.koppen["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Lax")
    assert eerste.koek.startswith("klachten_8501=")
    assert len(eerste.koek) > 50
    assert vraag(poort, "/static/js/x.js", cookie=eerste.koek).status == 200
    assert "set-cookie" not in vraag(poort, "/", cookie=f"ander=1; {eerste.koek}").koppen
    # After a restart the app knows the cookie no more: the page that was left open gets a new one with its line.
    assert vraag(gate(), "/", cookie=eerste.koek).koek not in {"", eerste.koek}
    assert open_lijn(gate(), cookie=eerste.koek)[0]["headers"][0][0] == b"set-cookie"
    assert open_lijn(poort, cookie=eerste.koek)[0] == {"type": "websocket.accept", "subprotocol": "streamlit"}


def test_the_example_has_no_pages_to_sign_in():
    for pad in ("/aanmelden", "/uitnodiging/x", "/toegang/stijl.css", "/mijn-aanmelding"):
        assert vraag(gate(), pad, accept="*/*").status in {307, 404}


def test_there_are_not_more_visits_than_fit():
    bezoeken = Bezoeken()
    eerste, _ = bezoeken.begin()
    laatste = [bezoeken.begin()[0] for _ in range(10_000)][-1]
    assert bezoeken.read(eerste, 0) is None
    assert bezoeken.read(laatste, 0)


# With accounts


@pytest.mark.parametrize(
    ("pad", "status", "naar"),
    [
        ("/", 303, "/aanmelden?naar=%2F"),
        ("/dossier?nummer=K2026-0001&x=1", 303, "/aanmelden?naar=%2Fdossier%3Fnummer%3DK2026-0001%26x%3D1"),
        ("/static/js/x.js", 401, None),
        ("/bestand/x", 401, None),
        ("/_stcore/host-config", 200, None),
        ("/component/x/y", 401, None),
        ("/_stcore/health", 200, None),
        ("/aanmelden", 200, None),
        ("/toegang/stijl.css", 200, None),
        ("/mijn-aanmelding", 401, None),
        ("/_stcore/agent/mcp", 404, None),
        ("/_stcore/metrics", 404, None),
        ("/auth/login", 307, "/?adres=onbekend"),
    ],
)
def test_without_signing_in_there_is_only_the_door(echt: Proefpoort, pad: str, status: int, naar: str | None):
    antwoord = vraag(echt, pad)
    assert (antwoord.status, antwoord.koppen.get("location")) == (status, naar)
    assert "set-cookie" not in antwoord.koppen
    if status != 200:
        assert echt.app.gezien == []


@pytest.mark.parametrize(
    "koek", ["klachten_8501=", "klachten_8501=x", "klachten=x", "klachten_8502={}", "__Host-klachten={}", "\x80"]
)
def test_another_cookie_is_none(echt: Proefpoort, koek: str):
    eigen = echt.wie.partition("=")[2]
    assert vraag(echt, "/bestand/x", cookie=koek.format(eigen)).status == 401


def test_who_signed_in_gets_everything_that_is_there(echt: Proefpoort):
    for pad in ("/", "/dossier", "/static/x.js", "/stuk/x", "/bestand/x", "/mijn-aanmelding"):
        assert vraag(echt, pad, cookie=echt.wie).status == 200, pad
    assert vraag(echt, "/_stcore/agent/mcp", cookie=echt.wie).status == 404


def test_a_session_over_time(echt: Proefpoort):
    """Every request keeps it alive but one: the app that looks whether the server is there."""
    klok: Klok = echt.staat.klok  # type: ignore[assignment]
    klok.nu += STIL - 1
    assert vraag(echt, "/", cookie=echt.wie).status == 200
    klok.nu += STIL - 1
    assert vraag(echt, "/_stcore/health", cookie=echt.wie).status == 200
    klok.nu += 2
    assert vraag(echt, "/", cookie=echt.wie).status == 303


def test_only_the_own_address_is_answered():
    poort = gate(
        zittingen=Bezoeken(), bladen=Huis(),
        instellingen=Instellingen(adres="https://klachten.example", proxies=("10.0.0.1",)),
    )  # fmt: skip
    via = {"client": ("10.0.0.1", 7), "x_forwarded_for": "192.0.2.7", "x_forwarded_proto": "https"}
    goed = vraag(poort, "/aanmelden", host="klachten.example", **via)  # type: ignore[arg-type]
    assert goed.status == 200
    assert goed.koppen["strict-transport-security"] == "max-age=31536000"
    anderen = (("ander.example", "https"), ("klachten.example", "http"), ("klachten.example:8443", "https"))
    for host, scheme in anderen:
        fout = vraag(poort, "/aanmelden", **{**via, "host": host, "x_forwarded_proto": scheme})  # type: ignore[arg-type]
        assert (fout.status, fout.tekst) == (403, ANDER_ADRES)
    # Another name that is in the settings; and a browser never asks https of the name localhost because of us.
    poort.staat.instellingen = replace(poort.staat.instellingen, ook=("https://ander.example",))
    ook = vraag(poort, "/aanmelden", host="ander.example", **via)  # type: ignore[arg-type]
    assert ook.status == 200
    hier = vraag(poort, "/aanmelden", scheme="https", host="localhost:8501")
    assert hier.status == 200
    assert "strict-transport-security" not in hier.koppen


# Where from


@pytest.mark.parametrize(
    ("koppen", "mag"),
    [
        (EIGEN, True),
        ({"origin": f"http://{ADRES}"}, True),
        ({"origin": ""}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://localhost:9999"}, False),
        ({"origin": "http://localhost"}, False),
        ({"origin": "https://localhost:8501"}, False),
        ({"origin": "http://127.0.0.1:8501"}, False),
        ({"origin": "http://localhost:8501.kwaad.example"}, False),
        ({**EIGEN, "sec_fetch_site": "cross-site"}, False),
    ],
)
def test_only_an_own_page_opens_a_line_or_sends_a_file(koppen: dict[str, str], mag: bool):
    """Another program on this machine shows pages too, at another port."""
    poort = gate()
    koek = vraag(poort).koek
    assert open_lijn(poort, cookie=koek, **koppen)[0]["type"] == ("websocket.accept" if mag else "websocket.close")
    antwoord = vraag(poort, "/_stcore/upload_file/a/b", "PUT", cookie=koek, **koppen)
    assert (antwoord.status, antwoord.tekst) == ((200, "binnen 0") if mag else (403, VREEMD))


@pytest.mark.parametrize(
    ("pad", "methode"),
    [("/", "POST"), ("/bestand/x", "DELETE"), ("/", "TRACE"), ("/_stcore/upload_file/a/b", "GET"), ("/", "OPTIONS")],
)
def test_a_method_that_a_route_does_not_have_is_refused(pad: str, methode: str):
    assert vraag(gate(), pad, methode, **EIGEN).status == 405


def test_nobody_says_to_the_app_who_they_are():
    huis = Huis()
    poort = gate(huis)
    koek = vraag(poort).koek
    vraag(poort, cookie=koek, x_klachten_sessie="gestolen", X_Klachten_Iets="x")
    open_lijn(poort, cookie=koek, x_klachten_sessie="gestolen")
    http, ws = huis.gezien[1:]
    assert not [naam for naam, _ in http["headers"] if naam.lower().startswith(b"x-klachten")]
    hash = poort.staat.bezoeken.read(koek.partition("=")[2], 0).hash  # type: ignore[union-attr]
    assert [waarde for naam, waarde in ws["headers"] if naam.startswith(b"x-klachten")] == [hash.encode()]


# What the browser is told


def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere():
    poort = gate()
    koek = vraag(poort).koek
    antwoorden = {
        pad: vraag(poort, pad, cookie=koek)
        for pad in ("/", "/static/x.js", "/_stcore/agent", "/nergens", "/_stcore/health")
    }
    for pad, antwoord in antwoorden.items():
        assert antwoord.koppen["x-content-type-options"] == "nosniff", pad
        assert antwoord.koppen["cross-origin-opener-policy"] == "same-origin", pad
        assert "connect-src 'self' data: blob: ws://localhost:8501;" in antwoord.koppen["content-security-policy"], pad
        assert antwoord.koppen["cache-control"] == ("public" if pad == "/static/x.js" else "no-store"), pad
        assert "strict-transport-security" not in antwoord.koppen


def test_a_page_may_open_a_line_to_its_own_address_only():
    assert b"connect-src 'self' data: blob: wss://klachten.example;" in policy("https://klachten.example")[1]
    assert b"*" not in policy("http://localhost:8501")[1]


def test_a_page_of_signing_in_has_no_script(echt: Proefpoort):
    beleid = vraag(echt, "/aanmelden").koppen["content-security-policy"]
    assert beleid.startswith("default-src 'none';")
    assert "script" not in beleid
    assert "form-action 'self'" in beleid


def test_a_cookie_behind_https_goes_over_https_only():
    ver, hier = Herkomst("https", "klachten.example", 443, "192.0.2.7"), Herkomst("http", "localhost", 8502, "::1")
    assert (cookie_name(ver), cookie_name(hier)) == ("__Host-klachten", "klachten_8502")
    assert set_cookie(ver, "k", "x")[1] == b"k=x; Path=/; HttpOnly; SameSite=Lax; Secure"
    assert set_cookie(hier, "k", "")[1] == b"k=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
