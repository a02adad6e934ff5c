"""The app as a process: it answers this machine in Dutch, refuses every other name, and lets the register go."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten import analyse
from klachten.opening import open_register
from klachten.scherm.nederlands import PAD, SCRIPTS
from klachten.scherm.paginas import PAGINAS
from tests import logproef
from tests.vork import Gevorkt

PROJECT = Path(__file__).resolve().parents[1]
GENOEG = 60
POORT = "{poort}"


def vrije_poort() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def vraag(poort: int, pad: str = "/", **koppen: str) -> tuple[int, dict[str, str], str]:
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=10)
    try:
        verbinding.request("GET", pad, headers={"Accept": "text/html", **koppen})
        antwoord = verbinding.getresponse()
        return (
            antwoord.status,
            {naam.lower(): waarde for naam, waarde in antwoord.getheaders()},
            antwoord.read().decode(),
        )
    finally:
        verbinding.close()


def wacht_op(app: subprocess.Popen[str], poort: int) -> None:
    einde = time.monotonic() + GENOEG
    while time.monotonic() < einde:
        assert app.poll() is None, app.communicate(timeout=GENOEG)
        try:
            if vraag(poort, "/_stcore/health", Host="localhost")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the app did not start")


def start(map: Path, *argv: str, **omgeving: str) -> subprocess.Popen[str]:
    return Gevorkt(
        [sys.executable, *argv],
        cwd=PROJECT,
        env={**os.environ, "KLACHTEN_DATA": str(map), "PYTHONUTF8": "1", **omgeving},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # Nobody reads its log before it has stopped: a full pipe would stop it too.
        pipesize=2**20,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


@dataclass
class Draait:
    """An app that runs: its port and process, and when it has stopped what it said."""

    poort: int
    proces: subprocess.Popen[str]
    gezegd: str = ""


@contextmanager
def running(map: Path, *argv: str, **omgeving: str) -> Iterator[Draait]:
    """Run an app in a folder until the end of the block, on a free port (`POORT` in `argv`); `omgeving` is for it."""
    poort = vrije_poort()
    app = Draait(poort, start(map, *(str(poort) if deel == POORT else deel for deel in argv), **omgeving))
    try:
        wacht_op(app.proces, poort)
        yield app
    finally:
        app.proces.terminate()
        app.gezegd, _ = app.proces.communicate(timeout=60)


@pytest.fixture(scope="module")
def map(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("app") / "register"


@pytest.fixture(scope="module")
def poort(map: Path) -> Iterator[int]:
    with running(map, "-m", "klachten", "start", "--leeg", "--poort", POORT) as app:
        yield app.poort
    # Every address that was asked is told of by its row, and nothing else is.
    assert {regel["soort"] for regel in logproef.lines(app.gezegd)} == {"gestart", "verzoek", "gestopt"}
    # Closed on the way out: the next one can open it at once.
    with open_register(map) as register:
        assert register.meldingen == []


def test_the_page_says_that_it_is_dutch(poort: int):
    for pad in ("/", "/dossier"):
        status, koppen, pagina = vraag(poort, pad, Host=f"localhost:{poort}")
        assert status == 200
        assert '<html lang="nl">' in pagina
        assert "<title>klachten</title>" in pagina
        assert int(koppen["content-length"]) == len(pagina.encode())


def test_a_zipped_page_is_dutch_too(poort: int):
    _, _, pagina = vraag(poort, "/", Host=f"localhost:{poort}", **{"Accept-Encoding": "gzip"})
    assert '<html lang="nl">' in pagina


def test_what_streamlit_serves_is_dutch_and_kept_until_the_table_is_another(poort: int):
    """A script of the table comes in Dutch below the address of this table, and as the page asks for it."""
    _, eerst, pagina = vraag(poort, "/", Host=f"localhost:{poort}")
    assert f'src=".{PAD}js/index.' in pagina
    assert '"./static/' not in pagina.replace(f'".{PAD}', "")
    koppen_van = {"Host": f"localhost:{poort}", "Accept": "*/*", "Cookie": eerst["set-cookie"].partition(";")[0]}
    (naam,) = (pad.name for pad in SCRIPTS.glob("FileUploader.*.js"))
    (anders,) = (pad.name for pad in SCRIPTS.glob("react-dom.*.js"))
    for begin, bewaren in ((PAD, True), ("/static/", False), ("/static/nl-0123456789ab/", False)):
        status, koppen, tekst = vraag(poort, f"{begin}js/{naam}", **koppen_van)
        assert (status, int(koppen["content-length"])) == (200, len(tekst.encode()))
        assert "`Laat het bestand hier los`" in tekst
        assert koppen["content-type"].startswith("text/javascript")
        assert ("immutable" in koppen["cache-control"]) is bewaren, "another table must reach who has this one"
        assert vraag(poort, f"{begin}js/{anders}", **koppen_van)[2] == (SCRIPTS / anders).read_text(encoding="utf-8")


def test_whether_the_app_answers_is_all_that_is_said_to_whoever_asks(poort: int, map: Path, capsys):
    status, _, tekst = vraag(poort, "/_stcore/health", Host="localhost")
    assert (status, tekst) == (200, "ok")
    assert ingang.main(["gezond", "--app", "--map", str(map), "--poort", str(poort)]) == 0
    assert ingang.main(["gezond", "--app", "--map", str(map), "--poort", str(vrije_poort())]) == 2
    assert "antwoordt niet" in capsys.readouterr().out
    # And whoever may read the folder sees more, without asking the app.
    ingang.main(["gezond", "--json", "--map", str(map)])
    gezien = {een["naam"]: een for een in json.loads(capsys.readouterr().out)["controles"]}
    assert (gezien["app"]["ernst"], gezien["schema"]["ernst"]) == ("goed", "goed")
    assert gezien["app"]["zin"].startswith("De app draait sinds ")


def test_every_answer_keeps_the_browser_on_this_machine(poort: int):
    for pad in ("/", "/_stcore/health"):
        assert "connect-src 'self'" in vraag(poort, pad, Host="localhost")[1]["content-security-policy"]


@pytest.mark.parametrize(
    ("pad", "naar"),
    [
        ("/werkvoorraad", "/"),
        ("/werkvoorraad/?als=bas&soort=stap", "/?als=bas&soort=stap"),
        ("/nergens", "/?adres=onbekend"),
        ("/Dossier?nummer=K2026-0001&als=bas", "/?adres=onbekend&als=bas"),
        ("/dossier/K2026-0001", "/?adres=onbekend"),
        ("//kwaad/", "/?adres=onbekend"),
    ],
)
def test_an_address_without_a_page_leads_to_the_start_page(poort: int, pad: str, naar: str):
    status, koppen, _ = vraag(poort, pad, Host="localhost")
    assert (status, koppen["location"]) == (307, naar)
    assert "connect-src 'self'" in koppen["content-security-policy"]


def test_every_page_and_every_part_of_it_keeps_its_address(poort: int):
    for pad in ("/", *(f"/{deel.naam}" for deel in PAGINAS[1:]), "/_stcore/health"):
        assert vraag(poort, pad, Host="localhost")[0] == 200, pad


@pytest.mark.parametrize("host", ["klachten.example", "192.0.2.7:8501"])
def test_a_request_under_another_name_is_refused(poort: int, host: str):
    status, _, tekst = vraag(poort, "/", Host=host)
    assert status == 403
    assert tekst.startswith("Geweigerd: in de voorbeeldmodus")


def test_a_second_process_says_that_the_register_is_in_use(poort: int, map: Path):
    ander = start(map, "-m", "klachten", "herbouw")
    gezegd, _ = ander.communicate(timeout=GENOEG)
    assert ander.returncode == 2
    assert gezegd.startswith("Fout: Het register in ")


def test_an_analyst_reads_a_snapshot_while_the_app_has_the_register(poort: int, map: Path):
    einde = time.monotonic() + GENOEG
    while not (map / "momentopname" / "nieuwste").exists():
        assert time.monotonic() < einde
        time.sleep(0.1)
    assert analyse.open(map=map).execute("SELECT COUNT(*) FROM klacht").fetchall() == [(0,)]


def test_the_example_refuses_to_start_where_others_can_reach_it(tmp_path: Path):
    app = start(
        tmp_path, "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", f"--server.port={vrije_poort()}"
    )
    gezegd, _ = app.communicate(timeout=GENOEG)
    assert app.returncode != 0
    assert "De voorbeeldmodus werkt alleen op deze computer" in gezegd
