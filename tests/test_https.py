"""The register for other machines: over https with an own certificate, and behind a proxy. Real ones, both."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from websockets.sync.client import connect

from klachten.opdrachten import start as opdracht
from klachten.toegang import certificaat, instellingen
from klachten.toegang.instellingen import Instellingen, OngeldigeInstelling
from tests import firmaproef, httpsproef
from tests.aanval.doel import stuur
from tests.aanval.proeven import titels, vraag
from tests.browserproef import BREED, chromium, nodig
from tests.firmaproef import WACHTWOORD, aanmeldnaam
from tests.httpsproef import NAAM, Bezoeker
from tests.test_app import start, vrije_poort

VANDAAN = "127.0.0.2"
"""Where the proxy of these tests comes from: another address than that of everybody else here."""
DAG = date(2026, 11, 1)
GENOEG = 60


@contextmanager
def app(map: Path, toml: str, poort: int) -> Iterator[None]:
    """Start the register of a firm with these settings, and stop it again."""
    (map / "toegang" / "instellingen.toml").write_text(toml, encoding="utf-8")
    proces = start(map, "-m", "klachten", "start", "--poort", str(poort))
    try:
        einde = time.monotonic() + GENOEG
        while not opdracht.bezet("127.0.0.1", poort):
            assert proces.poll() is None, proces.communicate(timeout=GENOEG)
            assert time.monotonic() < einde, "the app did not start"
            time.sleep(0.05)
        yield
    finally:
        proces.terminate()
        proces.communicate(timeout=GENOEG)


@pytest.fixture(scope="module")
def firma(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map = tmp_path_factory.mktemp("https") / "register"
    firmaproef.make(map, DAG, ("anna",))
    httpsproef.certificate(map / "toegang")
    return map


@pytest.fixture(scope="module", params=["own certificate", "proxy"])
def bezoeker(request: pytest.FixtureRequest, firma: Path) -> Iterator[tuple[Bezoeker, int]]:
    """Somebody on another machine, and the port on which the app itself listens."""
    bewijs, sleutel, poort = firma / "toegang" / "certificaat.pem", firma / "toegang" / "sleutel.pem", vrije_poort()
    if request.param == "proxy":
        with httpsproef.proxy(poort, bewijs, sleutel, VANDAAN) as buiten:
            adres = f"https://{NAAM}:{buiten}"
            with app(firma, f'adres = "{adres}"\nproxies = ["{VANDAAN}"]\n', poort):
                yield Bezoeker(adres, buiten, bewijs), poort
    else:
        adres = f"https://{NAAM}:{poort}"
        toml = (
            f'luister = "0.0.0.0"\nadres = "{adres}"\n[tls]\ncertificaat = "certificaat.pem"\nsleutel = "sleutel.pem"\n'
        )
        with app(firma, toml, poort):
            yield Bezoeker(adres, poort, bewijs), poort


def test_who_is_elsewhere_signs_in_and_gets_pages(bezoeker: tuple[Bezoeker, int]):
    wie, _ = bezoeker
    status, koppen, _ = wie.vraag("/klachten")
    assert (status, koppen["location"]) == (303, "/aanmelden?naar=%2Fklachten")
    assert koppen["strict-transport-security"] == "max-age=31536000"
    status, koppen, _ = wie.meld_aan(aanmeldnaam("anna"), WACHTWOORD)
    assert (status, koppen["location"]) == (303, "/")
    koek = next(koek for koek in koppen.get_all("set-cookie") or () if not koek.startswith("__Host-klachten_voor"))
    assert koek.startswith("__Host-klachten=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {deel.strip() for deel in koek.split(";")}
    status, koppen, pagina = wie.vraag("/")
    assert status == 200
    assert "<title>klachten</title>" in pagina
    assert f"wss://{wie.adres.partition('//')[2]};" in koppen["content-security-policy"]
    with _line(wie) as lijn:
        assert titels(stuur(lijn, vraag("reglement")))


def _line(wie: Bezoeker):
    # Its reader is a thread of its own, and under 3.11 two threads cannot share a connection of TLS 1.3 safely: what
    # the server sends of itself when it begins was read while the request was written, which was lost then.
    context = wie.context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return connect(
        f"{wie.adres.replace('https', 'wss')}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", wie.poort), timeout=GENOEG), ssl=context,
        server_hostname="localhost", origin=wie.adres, subprotocols=["streamlit"], compression=None, max_size=None,
        additional_headers={"Cookie": wie.koek}, proxy=None, open_timeout=GENOEG,
    )  # fmt: skip


def _asked(wie: Bezoeker, origin: str | None) -> int:
    """Ask for a line from an address, and return the status of the answer: 101 when there is one."""
    koppen = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "streamlit",
        **({} if origin is None else {"Origin": origin}),
    }  # fmt: skip
    return wie.vraag("/_stcore/stream", **koppen)[0]


def test_a_line_is_opened_from_the_own_address_only(bezoeker: tuple[Bezoeker, int]):
    wie, poort = bezoeker
    if not wie.koeken.get("__Host-klachten"):
        wie.meld_aan(aanmeldnaam("anna"), WACHTWOORD)
    for origin in (
        wie.adres.replace("https", "http"), "https://kwaad.example", f"https://{NAAM}:1", f"https://localhost:{poort}",
        f"http://localhost:{poort}", f"https://x.{NAAM}:{wie.poort}", "null", None,
    ):  # fmt: skip
        assert _asked(wie, origin) == 403, origin
    assert _asked(wie, wie.adres) == 101


def test_no_other_name_is_answered(bezoeker: tuple[Bezoeker, int]):
    wie, _ = bezoeker
    for host in ("kwaad.example", NAAM, f"{NAAM}:1", f"{NAAM}.kwaad.example:{wie.poort}"):
        status, _, tekst = wie.vraag("/aanmelden", Host=host)
        assert (status, tekst.partition(":")[0]) == (403, "Geweigerd"), host


def plain(poort: int, **koppen: str) -> int:
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=GENOEG)
    try:
        verbinding.request("GET", "/aanmelden", headers={naam.replace("_", "-"): w for naam, w in koppen.items()})
        return verbinding.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        verbinding.close()


def test_nobody_goes_around_the_proxy_or_without_https(bezoeker: tuple[Bezoeker, int]):
    wie, poort = bezoeker
    eigen = wie.adres.partition("//")[2]
    # With a certificate of its own the app does not understand who speaks without https.
    dicht = 0 if wie.poort == poort else 403
    assert plain(poort, Host=eigen) == dicht
    # What only a proxy of the settings may say, said by somebody else on this machine.
    for koppen in ({"X_Forwarded_Proto": "https"}, {"X_Forwarded_For": "9.9.9.9"}, {"Forwarded": "for=9.9.9.9"}):
        assert plain(poort, Host=eigen, **koppen) == dicht
        assert plain(poort, Host=f"localhost:{poort}", **koppen) == dicht
    if wie.poort != poort:
        # Whoever keeps the app running can still come in on the machine itself.
        assert plain(poort, Host=f"localhost:{poort}") == 200


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(f"--host-resolver-rules=MAP {NAAM} 127.0.0.1") as browser:
        yield browser


@pytest.mark.scherm
@nodig
def test_a_real_browser_takes_https_and_wss(bezoeker: tuple[Bezoeker, int], browser: Browser):
    wie, _ = bezoeker
    with browser.new_context(viewport=BREED, ignore_https_errors=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        lijnen: list[str] = []
        page.on("websocket", lambda lijn: lijnen.append(lijn.url))
        page.goto(f"{wie.adres}/reglement")
        page.get_by_label("E-mailadres").fill(aanmeldnaam("anna"))
        page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        page.get_by_role("button", name="Aanmelden", exact=True).click()
        expect(page.get_by_role("heading", level=1, name="Reglement")).to_be_visible()
        assert {lijn.partition("?")[0] for lijn in lijnen} == {f"{wie.adres.replace('https', 'wss')}/_stcore/stream"}
        (koek,) = [koek for koek in page.context.cookies() if koek["name"] == "__Host-klachten"]
        assert koek["secure"]
        assert koek["httpOnly"]


# The certificate itself


def settings(map: Path, adres: str = f"https://{NAAM}") -> Instellingen:
    return Instellingen(adres=adres, certificaat=str(map / "certificaat.pem"), sleutel=str(map / "sleutel.pem"))


def test_a_certificate_is_looked_at_before_anybody_meets_it(tmp_path: Path):
    nu = time.time()
    assert certificaat.check(Instellingen(), nu) == []
    with pytest.raises(OngeldigeInstelling, match=r"Het certificaat .*certificaat\.pem is er niet"):
        certificaat.check(settings(tmp_path), nu)
    bewijs, sleutel = httpsproef.certificate(tmp_path, NAAM, "*.firma.example")
    assert certificaat.check(settings(tmp_path), nu) == []
    assert certificaat.check(settings(tmp_path, "https://klachten.firma.example"), nu) == []
    (zin,) = certificaat.check(settings(tmp_path, "https://elders.example"), nu)
    assert zin.startswith("De naam elders.example staat niet in het certificaat")
    (zin,) = certificaat.check(settings(tmp_path), nu + timedelta(days=80).total_seconds())
    assert "verloopt op" in zin
    (zin,) = certificaat.check(settings(tmp_path), nu + timedelta(days=91).total_seconds())
    assert "is verlopen op" in zin
    goed = sleutel.read_bytes()
    httpsproef.certificate(tmp_path / "ander")
    sleutel.write_bytes((tmp_path / "ander" / "sleutel.pem").read_bytes())
    with pytest.raises(OngeldigeInstelling, match="die bij elkaar horen"):
        certificaat.check(settings(tmp_path), nu)
    sleutel.write_bytes(goed)
    bewijs.write_text("geen certificaat", encoding="utf-8")
    with pytest.raises(OngeldigeInstelling, match="twee PEM-bestanden"):
        certificaat.check(settings(tmp_path), nu)


# What start refuses, before anything listens


@pytest.mark.parametrize(
    ("eigen", "toml", "zin"),
    [
        (False, 'luister = "0.0.0.0"', "De voorbeeldmodus werkt alleen op deze computer"),
        (False, 'adres = "https://a.example"\nproxies = ["127.0.0.1"]', "De voorbeeldmodus werkt alleen op deze"),
        (False, 'proxies = ["127.0.0.1"]', "De voorbeeldmodus werkt alleen op deze computer"),
        (True, 'luister = "0.0.0.0"', "te bereiken zijn op 0.0.0.0. Dat mag alleen met een adres dat met https"),
        (True, 'luister = "192.0.2.7"\nadres = "https://a.example"', "te bereiken zijn op https://a.example"),
        (
            True,
            'luister = "0.0.0.0"\nadres = "https://localhost"\nproxies = ["10.0.0.1"]',
            "te bereiken zijn op 0.0.0.0",
        ),
        (True, 'adres = "http://a.example"', "te bereiken zijn op http://a.example"),
        (True, 'adres = "https://a.example"', "met een eigen certificaat (tls) of een proxy"),
        (True, 'proxies = ["127.0.0.1"]', "Bij een proxy hoort het adres"),
        (True, 'adres = "http://a.example"\nproxies = ["127.0.0.1"]', "Bij een proxy hoort het adres"),
        (True, 'adres = "https://a.example"\n[tls]\ncertificaat = "c.pem"\nsleutel = "s.pem"', "c.pem is er niet"),
        (True, '[tls]\ncertificaat = "certificaat.pem"\nsleutel = "sleutel.pem"', "Bij een certificaat hoort"),
        (True, 'adres = "https://a.example"\n[tls]\nsleutel = "sleutel.pem"', "gaat samen met een sleutel"),
        (True, 'proxies = ["0.0.0.0/0"]', "proxies is een lijst van IP-adressen, of van kleine netwerken"),
        (True, 'luister = "register.example"', "luister is een IP-adres van deze computer"),
        (True, 'luister = ""', "luister is een IP-adres van deze computer"),
        (True, 'ook = ["klachten"]', "ook is een lijst van adressen"),
        (True, 'adres = "https://a.example"\nook = ["http://b.example"]\nproxies = ["10.0.0.1"]', "met https begint"),
    ],
)
def test_what_is_not_safe_does_not_start(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    eigen: bool,
    toml: str,
    zin: str,
):
    httpsproef.certificate(tmp_path / "toegang")
    (tmp_path / "toegang" / "instellingen.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "journaal").mkdir()
    (tmp_path / "journaal" / "2026.jsonl").write_text(
        '{"soort":"OrganisatieIngericht","gegevens":{"voorbeeld":%s}}\n' % ("false" if eigen else "true"),
        encoding="utf-8",
    )
    for naam in (instellingen.SOORT, "FORWARDED_ALLOW_IPS"):
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setenv("KLACHTEN_DATA", str(tmp_path))
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "")
    monkeypatch.setattr("runpy.run_module", lambda *args, **kwargs: pytest.fail("it started"))
    parser = opdracht.Ontleder()
    opdracht.add_arguments(parser)
    assert opdracht.run(parser.parse_args(["--poort", str(vrije_poort())])) == 2
    gezegd = capsys.readouterr().err
    assert gezegd.startswith("Fout: ")
    assert zin in gezegd
