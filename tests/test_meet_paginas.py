"""Pages as their user gets them: the started app leaves out of every collection what stays, and is measured rightly."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from klachten.__main__ import main
from klachten.meting import keuze
from klachten.opening import open_register
from klachten.scherm import opwarmen
from klachten.scherm.lijn import send_at_once
from klachten.scherm.meting import PaginaMislukt, feiten, gestart, paginas
from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.gestart import GestarteApp, StartMislukt
from klachten.voorbeeld import make
from tests.lijsten import Lijst
from tests.vork import DAARVOOR

PROJECT = Path(__file__).resolve().parents[1]
DAG = date(2026, 3, 2)

# The app as `start` starts it, with a witness in its process: he opens every page from outside and counts inside.
GETUIGE = """
import asyncio, gc, json, os, sys, threading, time, weakref
from klachten.__main__ import main
from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.paginas import GEMETEN
from klachten.scherm.opwarmen import DREMPELS

poort, nummer = int(sys.argv[1]), sys.argv[2]

class Rommel:
    def __init__(self):
        self.zelf = self

async def look():
    async with Bezoeker(poort) as bezoeker:
        for pagina in GEMETEN:
            await bezoeker.open(pagina.naam, **({"nummer": nummer} if pagina.naam == "dossier" else {}))
        vol, rommel = sum(alles), weakref.ref(Rommel())
        # As many pages as it takes until so many objects are new.
        vers = [[] for _ in range(2 * DREMPELS[0])]
        return rommel() is None, vol

alles = []

def seen(wanneer, wat):
    if wanneer == "stop":
        alles.append(wat["generation"] == 2)

def witness():
    while not (bevroren := gc.get_freeze_count()) and time.monotonic() < einde:
        time.sleep(0.05)
    geladen = set(sys.modules)
    gc.callbacks.append(seen)
    opgeruimd, vol = asyncio.run(look())
    gc.collect()
    bij = sorted({naam.split(".")[0] for naam in set(sys.modules) - geladen})
    print("GETUIGE", json.dumps([bevroren, opgeruimd, vol, len(gc.get_objects()), bij]), flush=True)
    os._exit(0)

einde = time.monotonic() + 300
threading.Thread(target=witness, daemon=True).start()
main(["start", "--leeg", "--poort", str(poort)])
"""


@pytest.fixture(scope="module")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map = tmp_path_factory.mktemp("vlot") / "register"
    make(map, vandaag=DAG, aantal=60)
    return map


@pytest.fixture(autouse=True)
def op_die_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", DAG.isoformat())


@pytest.fixture
def gevorkt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app is started from a process that has its imports: for who looks at what is printed, and at no time."""
    monkeypatch.setattr(gestart, "subprocess", DAARVOOR)


def dossier(map: Path) -> str:
    with open_register(map) as register:
        return keuze.a_dossier(register)


def test_the_started_app_walks_only_what_its_pages_made(voorbeeld: Path):
    app = GestarteApp(voorbeeld)
    getuige = subprocess.run(
        [sys.executable, "-c", GETUIGE, str(app.poort), dossier(voorbeeld)],
        cwd=PROJECT,
        env={**os.environ, "KLACHTEN_DATA": str(voorbeeld), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    gezegd = re.search(r"^GETUIGE (.+)$", getuige.stdout, flags=re.MULTILINE)
    assert gezegd, getuige.stdout + getuige.stderr
    bevroren, opgeruimd, vol, gelopen, bij = json.loads(gezegd[1])
    assert bevroren > 150_000
    assert opgeruimd, "garbage that was made after the freeze stays for ever"
    # Streamlit does so at the end of every page, unless it is told not to (postScriptGC in .streamlit/config.toml).
    assert vol < 5, f"{vol} whole collections in fifteen pages"
    # Before the freeze it was 200,000: every object more than this is walked by each whole collection.
    assert gelopen < 25_000
    # Pandas, PIL and Streamlit bring some small modules of their own along later.
    assert set(bij) <= {"pandas", "PIL", "streamlit"}, "imported after the freeze"


def test_without_the_freeze_only_to_measure(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(opwarmen.ZONDER_FREEZE, "ja")
    assert opwarmen.freeze() == 0


@pytest.mark.usefixtures("gevorkt")
def test_meet_paginas_prints_pages_and_how_busy_it_was(voorbeeld: Path, tmp_path: Path, capsys, monkeypatch):
    # Two of the eleven, once: the witness above opens them all.
    twee = tuple(deel for deel in paginas.GEMETEN if deel.naam in {"werkvoorraad", "dossier"})
    monkeypatch.setattr(paginas, "GEMETEN", twee)
    monkeypatch.setattr(feiten, "KEREN", 1)
    map = shutil.copytree(voorbeeld, tmp_path / "register")
    with open_register(map) as register:
        for _ in (*twee, *twee, *twee):  # to be closed, one before each page and moment
            Lijst(register, DAG).tot(11, op=DAG - timedelta(20))
    opdracht = ["meet", "paginas", "--map", str(map), "--schrijf", "--naast", "--keer", "1", "--bezoekers", "2"]
    assert main([*opdracht, "--seconden", "1", "--geheugen", "8"]) == 0
    uit = capsys.readouterr().out
    with_freeze, zonder = uit.split("Zonder gc.freeze")
    for deel in (with_freeze, zonder):
        for pagina in paginas.GEMETEN:
            regel = rf"^  {pagina.titel} +(\d+ ms +){{4}}((\d+ / ){{2}}\d+ ms *){{3}}$"
            assert re.search(regel, deel, flags=re.MULTILINE), pagina.titel
        assert re.search(r"2 bezoekers, zo veel als gaat +\d+,\d pagina's per seconde, p50 \d+ ms, p95 \d+ ms", deel)
        assert re.search(r"2 bezoekers, elke 2 s een klacht +\d+,\d pagina's per seconde", deel)
        assert re.search(r"2 bezoekers, 5 per seconde", deel)
        for soort in ("een feit", "een klacht"):
            assert re.search(rf"Bijwerken na {soort} +\d+ ms rekentijd, zonder dat iemand kijkt", deel)
        assert re.search(r"Geheugen .*kwart van 8 pagina's \d+, \d+, \d+, \d+ MB", deel)
    leeg = uit.partition("Een lege pagina van Streamlit, alleen")[2]
    assert re.match(
        r" +p50 \d+ ms, rekentijd \d+ ms\n  2 bezoekers, zo veel als gaat .*\n  2 bezoekers, 5 per seconde", leeg
    )
    with open_register(map) as register, register.cursor() as cursor:
        vastgelegd = cursor.execute(
            "SELECT count(*) FROM tekst WHERE tekst IN ('Bevinding van een meting.', "
            "'Klacht van een meting; er is niets gebeurd.', 'Afgesloten door een meting.') GROUP BY tekst"
        ).fetchall()
    # Each before a page at three moments; the first two once more, to see what follows by itself.
    einden, voortgang, klachten = sorted(aantal for (aantal,) in vastgelegd)
    assert (einden, voortgang) == (3 * len(twee), 3 * len(twee) + 1)
    assert klachten > voortgang, "klachten come in while it is busy as well"


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        (["--keer", "0"], "Fout: --keer en --bezoekers zijn ten minste 1"),
        (["--geheugen", "-1"], "Fout: --keer en --bezoekers zijn ten minste 1"),
        ([], "staat geen register."),
    ],
)
def test_what_cannot_be_measured_is_a_sentence(tmp_path: Path, capsys, opties: list[str], zin: str):
    assert main(["meet", "paginas", "--map", str(tmp_path), *opties]) == 2
    assert zin in capsys.readouterr().err


def test_a_page_that_is_not_there_is_not_measured(voorbeeld: Path, capsys):
    assert main(["meet", "paginas", "--map", str(voorbeeld), "--paginas", "dossier", "bestaat_niet"]) == 2
    assert "Fout: er is geen pagina bestaat_niet; wel: werkvoorraad, klachten, dossier" in capsys.readouterr().err


def test_nothing_is_recorded_in_a_register_that_may_be_a_real_one(tmp_path: Path, nieuwe_map: Path, capsys):
    map = shutil.copytree(nieuwe_map, tmp_path / "register")
    assert main(["meet", "paginas", "--map", str(map), "--schrijf"]) == 2
    assert "niet met `voorbeeld` gemaakt" in capsys.readouterr().err


def test_a_register_without_klachten_has_no_pages_to_measure(tmp_path: Path, nieuwe_map: Path, capsys):
    map = shutil.copytree(nieuwe_map, tmp_path / "register")
    assert main(["meet", "paginas", "--map", str(map)]) == 2
    assert "staan nog geen klachten" in capsys.readouterr().err


@pytest.mark.usefixtures("gevorkt")
def test_a_page_that_shows_an_error_has_no_time(voorbeeld: Path):
    async def said(poort: int, als: str, pagina: str, query: dict[str, str]) -> str:
        async with Bezoeker(poort, als) as bezoeker:
            with pytest.raises(PaginaMislukt) as mislukt:
                await bezoeker.open(pagina, **query)
            return str(mislukt.value)

    with GestarteApp(voorbeeld) as app:
        for als, pagina, query, zin in (
            ("anna", "bestaat_niet", {}, "die pagina bestaat niet"),
            ("eva", "jaarbeeld", {}, "Deze pagina is niet voor uw rol"),
            ("anna", "dossier", {"nummer": "K1999-0001"}, "staat niet in het register"),
        ):
            assert zin in asyncio.run(said(app.poort, als, pagina, query))


def test_an_app_that_does_not_start_says_what_it_said(voorbeeld: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("klachten.scherm.meting.gestart.PROJECT", voorbeeld)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with pytest.raises(StartMislukt, match="No module named"), GestarteApp(voorbeeld):
        pass


class TrageApp:
    """Stands for a visitor of an app whose every page takes half a second."""

    def __init__(self, poort: int) -> None:
        self.poort = poort

    async def __aenter__(self) -> TrageApp:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def open(self, pagina: str, **_: str) -> float:
        await asyncio.sleep(0.5)
        return 0.5


def test_who_waits_for_a_slow_page_waits_for_the_next_one_too(monkeypatch: pytest.MonkeyPatch, voorbeeld: Path):
    monkeypatch.setattr(paginas, "Bezoeker", TrageApp)
    # Ten pages in a second, and two visitors who can do four: the last one is asked for after 0.9 s and comes at 2.5 s.
    opzet = paginas.Opzet("", bezoekers=2, seconden=1.0, tempo=10.0)
    druk = asyncio.run(paginas._at_a_pace(GestarteApp(voorbeeld), opzet))
    assert len(druk.wachttijden) == 10
    # By the clock: a busy machine is later, and never sooner.
    assert 0.45 <= min(druk.wachttijden) < 0.9
    assert 1.4 <= max(druk.wachttijden) < 3


@pytest.mark.parametrize(
    ("duren", "deel", "verwacht"),
    [([3.0], 95, 3.0), ([1.0, 2.0], 50, 1.0), ([1.0, 2.0, 3.0], 50, 2.0), ([*map(float, range(1, 21))], 95, 19.0)],
)
def test_a_percentile_is_a_time_that_was_measured(duren: list[float], deel: int, verwacht: float):
    assert paginas.percentile(duren[::-1], deel) == verwacht


def test_the_line_to_the_browser_holds_nothing_back():
    async def nodelay(change: bool) -> int:
        loop = asyncio.get_running_loop()
        if change:
            send_at_once(loop)
        aangenomen: asyncio.Future[int] = loop.create_future()

        class Lijn(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                sock = transport.get_extra_info("socket")
                aangenomen.set_result(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

        # As Streamlit makes it: by family alone.
        luisterend = socket.socket(family=socket.AF_INET)
        luisterend.bind(("127.0.0.1", 0))
        async with await loop.create_server(Lijn, sock=luisterend):
            _, schrijver = await asyncio.open_connection(*luisterend.getsockname())
            uit = await aangenomen
            schrijver.close()
        return uit

    assert asyncio.run(nodelay(change=True))
    # Without it the system may wait; when that is no longer so, klachten/scherm/lijn.py can go.
    assert not asyncio.run(nodelay(change=False))
