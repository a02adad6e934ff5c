"""The anchor: what was put elsewhere tells when history is not what it was."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from klachten import scherm
from klachten.anker import stempel as rfc3161
from klachten.anker.plaatsen import Plaatsen
from klachten.anker.regel import Ankerregel, last, local_file
from klachten.anker.vergelijken import compare
from klachten.datamap import DATABASE
from klachten.opdrachten import controleer
from klachten.opening import open_register
from klachten.register import Register
from klachten.register.journaal import Journaal
from klachten.scherm import anker as scherm_anker
from klachten.toegang import instellingen
from klachten.voorbeeld import record
from tests.lijsten import ONTVANGEN
from tests.paginas import signaal

NU = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
DAG = timedelta(days=1)


@pytest.fixture
def buiten(tmp_path: Path) -> Path:
    """A file on a share that somebody else looks after."""
    (tmp_path / "share").mkdir()
    return tmp_path / "share" / "anker.jsonl"


@pytest.fixture
def eigen(tmp_path: Path, ingericht: Path) -> Iterator[Register]:
    with open_register(shutil.copytree(ingericht, tmp_path / "eigen")) as register:
        yield register


def more(register: Register, tekst: str = "De coach belde niet terug.") -> None:
    signaal(register, omschrijving=tekst)


def compared(register: Register, *bestanden: Path, wortel: str = "") -> list[tuple[str, str]]:
    return [(b.ernst, b.zin) for b in compare(Journaal(register.map / "journaal"), bestanden, wortel)]


def test_een_anker_per_dag_en_daarna_past_het(eigen: Register, buiten: Path):
    plaatsen = Plaatsen((buiten,))
    assert scherm_anker.put(eigen, plaatsen, NU) == []
    assert scherm_anker.put(eigen, plaatsen, NU + timedelta(hours=3)) == []
    more(eigen)
    assert scherm_anker.put(eigen, plaatsen, NU + DAG) == []
    assert len(buiten.read_text().splitlines()) == 2
    assert buiten.read_text() == local_file(eigen.map).read_text()
    assert last(buiten).nr == eigen.stand().aantal
    [(ernst, zin)] = compared(eigen, buiten)
    assert ernst == "goed"
    assert "2 ankers" in zin


def test_een_herschreven_geschiedenis_past_niet_meer(eigen: Register, buiten: Path, ingericht: Path, tmp_path: Path):
    scherm_anker.put(eigen, Plaatsen((buiten,)), NU)
    more(eigen)
    scherm_anker.put(eigen, Plaatsen((buiten,)), NU + DAG)
    toen = buiten.read_text()
    with open_register(shutil.copytree(ingericht, tmp_path / "ander")) as ander:
        # A good chain from the same beginning, in which one fact became another.
        more(ander, "Alles is goed gegaan.")
        [(ernst, zin)] = compared(ander, buiten)
        assert ernst == "fout"
        assert "herschreven" in zin
        assert "Tot en met feit" in zin
        assert "2 maart 2026, is de geschiedenis dezelfde" in zin
        [gebrek] = scherm_anker.put(ander, Plaatsen((buiten,)), NU + 2 * DAG)
        assert "past niet bij dit register" in gebrek
        assert buiten.read_text() == toen, "the evidence is not written behind"


def test_een_teruggezette_oude_kopie_is_korter(eigen: Register, buiten: Path, ingericht: Path, tmp_path: Path):
    more(eigen)
    scherm_anker.put(eigen, Plaatsen((buiten,)), NU)
    with open_register(shutil.copytree(ingericht, tmp_path / "oud")) as oud:
        [(ernst, zin)] = compared(oud, buiten)
    assert ernst == "fout"
    assert "houdt op bij feit" in zin


def test_een_ander_register(eigen: Register, buiten: Path, register: Register):
    buiten.write_text(Ankerregel("a" * 64, 5, "b" * 64, NU).line() + "\n")
    [(ernst, zin)] = compared(eigen, buiten)
    assert ernst == "fout"
    assert "ander eerste feit" in zin


@pytest.mark.parametrize(
    "regel",
    ["", "{", '{"nr": 1}', '{"register":"x","nr":1,"zegel":"y","op":"2026-03-02T06:00:00Z"}', "=HYPERLINK(1)", "[]"],
)
def test_een_kapotte_regel_wordt_gezegd_en_er_wordt_achter_geschreven(eigen: Register, buiten: Path, regel: str):
    buiten.write_text(regel)  # broken off: without a newline
    assert scherm_anker.put(eigen, Plaatsen((buiten,)), NU) == []
    [(ernst, zin)] = compared(eigen, buiten)
    assert ernst == ("let op" if regel else "goed")
    assert ("regel 1 geen anker" in zin) == bool(regel)
    assert last(buiten).nr == eigen.stand().aantal


def test_een_share_die_weg_is_houdt_de_andere_niet_tegen(eigen: Register, buiten: Path, tmp_path: Path):
    weg = tmp_path / "weg" / "anker.jsonl"
    [gebrek] = scherm_anker.put(eigen, Plaatsen((weg, buiten)), NU)
    assert str(weg) in gebrek
    assert last(buiten) is not None
    weg.parent.mkdir()
    assert scherm_anker.put(eigen, Plaatsen((weg, buiten)), NU) == []
    assert len(buiten.read_text().splitlines()) == len(weg.read_text().splitlines()) == 1


def test_zonder_feiten_of_plaatsen_geen_anker(register: Register, buiten: Path):
    assert scherm_anker.put(register, Plaatsen((buiten,)), NU) == []
    assert not buiten.exists()


def _without_the_last(map: Path, aantal: int) -> None:
    (pad,) = (map / "journaal").glob("2*.jsonl")
    regels = pad.read_bytes().splitlines(keepends=True)
    blijft = b"".join(regels[:-aantal]) if aantal else b""
    pad.write_bytes(blijft)
    (map / DATABASE).unlink()


@pytest.mark.parametrize("alles", [False, True], ids=["the end", "all"])
def test_na_een_aanvaard_verlies_gaat_het_anker_verder(tmp_path: Path, ingericht: Path, buiten: Path, alles: bool):
    map, plaatsen = shutil.copytree(ingericht, tmp_path / "eigen"), Plaatsen((buiten,))
    with open_register(map) as register:
        more(register)
        assert scherm_anker.put(register, plaatsen, NU) == []
        oud = last(buiten)
    _without_the_last(map, 0 if alles else 1)
    with open_register(map, herbouw=True, ondanks="De schijf was stuk.") as register:
        [(ernst, zin)] = compared(register, buiten)
        assert (ernst, "wijkt de geschiedenis af" in zin) == ("let op", True)
        if alles:
            record(register, op=ONTVANGEN)
        more(register)
        # On the day itself, so that what comes after the loss is known elsewhere at once.
        assert scherm_anker.put(register, plaatsen, NU) == []
        assert scherm_anker.put(register, plaatsen, NU) == []
        assert len(buiten.read_text().splitlines()) == len(local_file(map).read_text().splitlines()) == 2
        assert last(buiten).nr == register.stand().aantal > oud.nr
        [(ernst, zin)] = compared(register, buiten)
        assert ernst == "let op"
        assert "1 anker van feiten die er niet meer zijn" in zin
        assert "is aanvaard. Reden: De schijf was stuk. De andere passen" in zin
    # Without what was accepted it is a rewritten history, or another register.
    (map / "journaal" / "verlies.jsonl").unlink()
    assert [b.ernst for b in compare(Journaal(map / "journaal"), [buiten])] == ["fout"]


def test_een_aanvaard_verlies_verklaart_geen_ander_verleden(tmp_path: Path, ingericht: Path, buiten: Path):
    map = shutil.copytree(ingericht, tmp_path / "eigen")
    with open_register(map) as register:
        more(register)
        scherm_anker.put(register, Plaatsen((buiten,)), NU)
        regel = last(buiten)
    _without_the_last(map, 1)
    with open_register(map, herbouw=True, ondanks="De schijf was stuk.") as register:
        for anders in (
            replace(regel, nr=regel.nr - 2),
            replace(regel, register="a" * 64),
            replace(regel, nr=regel.nr + 1),
        ):
            buiten.write_text(anders.line() + "\n")
            assert [ernst for ernst, _ in compared(register, buiten)] == ["fout"]
            [gebrek] = scherm_anker.put(register, Plaatsen((buiten,)), NU)
            assert "past niet bij dit register" in gebrek


# --- the time stamp -----------------------------------------------------------------------------------------------

CNF = """
[tsa]
default_tsa = t
[t]
serial = {map}/serial
signer_cert = {map}/tsa.pem
signer_key = {map}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
"""


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A real authority (openssl ts) on this machine: its address, and the certificate of its root."""
    if shutil.which("openssl") is None:
        pytest.skip("without openssl there is no authority to ask")
    map = tmp_path_factory.mktemp("tsa")
    (map / "tsa.cnf").write_text(CNF.format(map=map))
    (map / "serial").write_text("01")

    def openssl(*wat: str, invoer: bytes = b"") -> bytes:
        return subprocess.run(
            ["openssl", *wat], input=invoer, check=True, capture_output=True, cwd=map, timeout=60
        ).stdout

    nieuw = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "tsa.cnf"]
    (map / "tsa.cnf").write_text(CNF.format(map=map) + "[req]\ndistinguished_name = dn\n[dn]\n")
    for wie in ("ca", "vreemd"):
        openssl(*nieuw, "-subj", f"/CN={wie}", "-extensions", "ca", "-keyout", f"{wie}.key", "-out", f"{wie}.pem")
    onder = ["-CA", "ca.pem", "-CAkey", "ca.key", "-extensions", "ext"]
    openssl(*nieuw, *onder, "-subj", "/CN=tsa", "-keyout", "tsa.key", "-out", "tsa.pem")

    class Antwoord(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (map / "vraag").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            antwoord = openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "vraag")
            self.send_response(200)
            self.end_headers()
            self.wfile.write(antwoord)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Antwoord)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", map
    server.shutdown()


def test_een_tijdstempel_zegt_van_wie_en_waarover(eigen: Register, buiten: Path, tsa: tuple[str, Path]):
    adres, map = tsa
    wortel = str(map / "ca.pem")
    assert scherm_anker.put(eigen, Plaatsen((buiten,), adres, wortel), NU) == []
    regel = last(buiten)
    assert abs(rfc3161.moment(regel.response, regel.stamped, wortel) - datetime.now(UTC)) < timedelta(minutes=1)
    [(ernst, zin)] = compared(eigen, buiten, wortel=wortel)
    assert (ernst, "1 met een tijdstempel." in zin) == ("goed", True)
    [(ernst, zin)] = compared(eigen, buiten)
    assert "niet nagegaan van wie" in zin
    [(ernst, zin)] = compared(eigen, buiten, wortel=str(map / "vreemd.pem"))
    assert (ernst, "niet ondertekend" in zin) == ("fout", True)
    # The stamp of another line does not do for this one.
    anders = Ankerregel(regel.register, 1, regel.register, regel.op, regel.stempel)
    buiten.write_text(anders.line() + "\n")
    [(ernst, zin)] = compared(eigen, buiten, wortel=wortel)
    assert (ernst, "gaat over iets anders" in zin) == ("fout", True)


def test_een_stempel_die_uitbleef_komt_dezelfde_dag_nog(eigen: Register, buiten: Path, tsa: tuple[str, Path]):
    [gebrek] = scherm_anker.put(eigen, Plaatsen((buiten,), "http://127.0.0.1:9"), NU)
    assert "geen tijdstempel" in gebrek
    assert last(buiten).stempel == ""
    assert scherm_anker.put(eigen, Plaatsen((buiten,), tsa[0]), NU + timedelta(hours=1)) == []
    assert last(buiten).stempel != ""
    assert scherm_anker.put(eigen, Plaatsen((buiten,), tsa[0]), NU + timedelta(hours=2)) == []
    assert len(buiten.read_text().splitlines()) == 2


def test_een_instantie_die_onzin_antwoordt_houdt_het_anker_niet_tegen(eigen: Register, buiten: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def antwoord() -> None:
            verbinding, _ = server.accept()
            with verbinding:
                verbinding.recv(1 << 16)
                verbinding.sendall(b"onzin\r\n\r\n")

        threading.Thread(target=antwoord, daemon=True).start()
        adres = f"http://127.0.0.1:{server.getsockname()[1]}"
        [gebrek] = scherm_anker.put(eigen, Plaatsen((buiten,), adres), NU)
    assert "antwoordt niet (onzin). Dit wordt" in gebrek
    assert last(buiten).nr == eigen.stand().aantal


# --- settings and the command ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blok", "zin"),
    [
        ("anker = 3", "anker is een blok"),
        ("[anker]\nbestand = 'x'", "bestand is geen instelling van anker"),
        ("[anker]\nbestanden = 'x'", "bestanden van anker is een lijst"),
        ("[anker]\nbestanden = ['']", "bestanden van anker is een lijst"),
        ("[anker]\ntijdstempel = 'file:///etc/passwd'", "een adres dat met http"),
        ("[anker]\nwortel = 'ca.pem'", "hoort bij een tijdstempel"),
    ],
)
def test_een_instelling_die_niet_kan(tmp_path: Path, blok: str, zin: str):
    (tmp_path / "instellingen.toml").write_text(blok)
    with pytest.raises(instellingen.OngeldigeInstelling, match=zin):
        instellingen.load(tmp_path / "instellingen.toml")


def test_controleer_vergelijkt(tmp_path: Path, ingericht: Path, buiten: Path, capsys: pytest.CaptureFixture[str]):
    map = shutil.copytree(ingericht, tmp_path / "register")
    (map / "toegang").mkdir(exist_ok=True)
    (map / "toegang" / "instellingen.toml").write_text(f"[anker]\nbestanden = ['{buiten.as_posix()}']\n")

    def command(*erbij: str) -> tuple[int, str]:
        ontleder = controleer.argparse.ArgumentParser()
        controleer.add_arguments(ontleder)
        code = controleer.run(ontleder.parse_args(["--map", str(map), "--anker", *erbij]))
        return code, capsys.readouterr().out

    code, gezegd = command()
    assert (code, "Het anker in" in gezegd) == (1, True), "a place that should have one and has none"
    with open_register(map) as register:
        scherm_anker.put(register, instellingen.of_register(map).anker, NU)
    code, gezegd = command()
    assert (code, "Het journaal past bij 1 anker" in gezegd) == (0, True)
    buiten.write_text(Ankerregel("a" * 64, 1, "a" * 64, NU).line() + "\n")
    assert command(str(buiten))[0] == 1


def test_de_app_zet_het_anker_en_zegt_wat_misging(
    eigen: Register, buiten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scherm_anker, "BEGIN", 0.01)
    monkeypatch.setattr(scherm_anker, "DAARNA", 0.01)
    weg = tmp_path / "weg" / "anker.jsonl"

    async def run() -> list[list[str]]:
        stop, gezien = asyncio.Event(), []
        taak = asyncio.create_task(scherm_anker.keep_up(Plaatsen((buiten, weg)), stop))
        await until(lambda: bool(eigen.meldingen))
        gezien.append(list(eigen.meldingen))
        weg.parent.mkdir()
        await until(lambda: not eigen.meldingen)
        stop.set()
        await taak
        return gezien

    async def until(klaar: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not klaar():
                await asyncio.sleep(0.01)

    vorig = scherm.gebruik(eigen)
    try:
        [[melding]] = asyncio.run(run())
    finally:
        scherm.gebruik(vorig)
    assert str(weg) in melding
    assert last(buiten) is not None
    assert last(weg) is not None
