"""The example and one's own never share a folder; what is left of a register is no empty folder; the example can go."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import filelock
import pytest

from klachten import __main__ as ingang
from klachten import datamap, mapsoort, scherm
from klachten.handelingen.organisatie import eerste
from klachten.mapsoort import Soort
from klachten.opdrachten import start
from klachten.opening import open_register
from klachten.organisatie import OVERNAME
from klachten.register import Register
from klachten.register.fouten import RegisterFout
from klachten.toegang import instellingen
from klachten.toegang.accounts import Accounts
from klachten.toegang.opslag import Opslag
from klachten.voorbeeld import inrichting
from tests.registerproef import leg_klacht_vast, ontvangst

DAG = date(2026, 11, 29)
WIE = {
    "organisatie": "Proef",
    "voornaam": "Bea",
    "tussenvoegsel": "",
    "achternaam": "Bos",
    "e_mail": "bea@proef.example",
}


def example(register: Register) -> None:
    inrichting.record(register, op=DAG)


def own(register: Register) -> None:
    eerste.begin(register, **WIE, op=DAG)


def take_over(register: Register) -> None:
    with register.schrijven() as boeking:
        feit = ontvangst(herkomst="overgenomen")
        boeking.leg_vast(boeking.nieuw_nummer("K", 2026), feit, door=OVERNAME, rol="beheerder")


def both(*doen: Callable[[Register], object]) -> Callable[[Register], None]:
    def doe(register: Register) -> None:
        for stap in doen:
            stap(register)

    return doe


VUL: dict[str, tuple[Callable[[Register], object], Soort]] = {
    "opened and never written in": (lambda register: None, Soort.LEEG),
    "the example": (example, Soort.VOORBEELD),
    "of a firm": (own, Soort.EIGEN),
    "klachten of before there were organisations": (leg_klacht_vast, Soort.VOORBEELD),
    "taken over": (take_over, Soort.OVERGENOMEN),
    "taken over, then of a firm": (both(take_over, own), Soort.EIGEN),
    "taken over, then the example": (both(take_over, example), Soort.VOORBEELD),
    "taken over, then worked in as one of the example": (both(take_over, leg_klacht_vast), Soort.VOORBEELD),
}


@pytest.fixture(autouse=True)
def schoon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What start says in the environment is undone; nothing starts, and nobody is asked."""
    for naam in (instellingen.SOORT, datamap.MAP, "FORWARDED_ALLOW_IPS"):
        monkeypatch.setenv(naam, "")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Path]:
    """A register of each kind, made once, to copy."""
    gemaakt: dict[str, Path] = {}

    def kopie(wat: str, naar: Path) -> Path:
        if wat not in gemaakt:
            gemaakt[wat] = tmp_path_factory.mktemp("soort") / "register"
            with open_register(gemaakt[wat]) as register:
                VUL[wat][0](register)
        return shutil.copytree(gemaakt[wat], naar, dirs_exist_ok=True)

    return kopie


def start_with(monkeypatch: pytest.MonkeyPatch, *argv: str) -> tuple[int, list[str]]:
    """Run the command up to where the app would begin; returns its exit code, and in which folder and as what."""
    begonnen: list[str] = []
    monkeypatch.setattr(
        "runpy.run_module",
        lambda *args, **kwargs: begonnen.extend([os.environ[datamap.MAP], os.environ.get(instellingen.SOORT, "")]),
    )
    monkeypatch.setattr(start, "bezet", lambda *args: False)
    monkeypatch.setattr("sys.argv", ["klachten"])
    return ingang.main(["start", *argv]), begonnen


@pytest.mark.parametrize("wat", VUL)
def test_the_kind_of_a_register_is_read_from_its_facts(gevuld, tmp_path: Path, wat: str):
    assert mapsoort.find(gevuld(wat, tmp_path)) is VUL[wat][1]


def test_a_folder_that_is_not_there_is_empty_and_a_journal_that_cannot_be_read_is_left_to_the_register(tmp_path: Path):
    assert mapsoort.find(tmp_path / "nergens") is Soort.LEEG
    (tmp_path / "journaal").mkdir()
    (tmp_path / "journaal" / "2026.jsonl").write_text('{"soort":"Organ', encoding="utf-8")
    assert mapsoort.find(tmp_path) is Soort.ONLEESBAAR


# What is left of a register

WEG: dict[str, tuple[str, ...]] = {
    "journal and database gone, dossiers left": ("journaal", "klachten.duckdb"),
    "all but the dossiers": ("journaal", "klachten.duckdb", "toegang", "momentopname", "klachten.lock"),
    "all but the accounts": ("journaal", "klachten.duckdb", "dossiers"),
    "all but the log of looking": ("journaal", "klachten.duckdb", "dossiers", "toegang"),
    "the journal gone": ("journaal",),
}


@pytest.mark.parametrize("vlag", [(), ("--voorbeeld",), ("--eigen",), ("--leeg",)], ids=str)
@pytest.mark.parametrize("wat", WEG)
def test_what_is_left_of_a_register_is_no_empty_folder(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wat: str, vlag
):
    """An example was written into 179 real dossiers once."""
    gevuld("of a firm", tmp_path)
    opslag = Opslag(tmp_path / "toegang")
    Accounts(opslag).make("P2026-0001", "bea@proef.example", 0.0)
    opslag.close()
    (tmp_path / "kijklog").mkdir()
    (tmp_path / "kijklog" / "2026-11.jsonl").write_text("{}\n", encoding="utf-8")
    for naam in WEG[wat]:
        for pad in tmp_path.glob(f"{naam}*"):
            shutil.rmtree(pad) if pad.is_dir() else pad.unlink()
    inhoud = {pad: pad.read_bytes() for pad in sorted(tmp_path.rglob("*")) if pad.is_file()}
    monkeypatch.setenv(datamap.MAP, str(tmp_path))
    code, begonnen = start_with(monkeypatch, *vlag)
    assert (code, begonnen) == (2, [])
    assert "geen enkel feit meer, maar wel iets van een register" in capsys.readouterr().err
    assert ingang.main(["voorbeeld"]) == 2
    assert {pad: pad.read_bytes() for pad in sorted(tmp_path.rglob("*")) if pad.is_file()} == inhoud


def test_a_database_that_knows_facts_which_the_journal_lacks_takes_no_example(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    gevuld("of a firm", tmp_path)
    for naam in ("journaal", "dossiers"):
        shutil.rmtree(tmp_path / naam)
    monkeypatch.setenv(datamap.MAP, str(tmp_path))
    assert start_with(monkeypatch) == (2, [])
    assert "maar wel iets van een register: klachten.duckdb, zegel.json." in capsys.readouterr().err


REST: dict[str, str] = {
    "the database": "klachten.duckdb",
    "one that was set aside": "klachten.duckdb.beschadigd-20260105T101112",
    "a database that cannot be read": "klachten.duckdb",
    "the log of writing of a database": "klachten.duckdb.wal",
    "the seal file": "zegel.json",
    "a seal file that cannot be read": "zegel.json",
    "a snapshot": "momentopname",
    "drafts": "concepten",
    "what was put aside after a loss": "verlies-20261129T101112",
    "a piece that was cut off the journal": "journaal",
}


@pytest.mark.parametrize("wat", REST)
def test_each_thing_that_is_left_alone_keeps_a_folder_from_being_empty(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wat: str
):
    bron, map, naam = gevuld("of a firm", tmp_path / "bron"), tmp_path / "register", REST[wat]
    doel = map / naam
    map.mkdir()
    if naam in ("momentopname", "concepten", "journaal") or naam.startswith("verlies"):
        (doel / "20261129T101112Z-000001").mkdir(parents=True)
        (doel / "20261129T101112Z-000001" / "manifest.json").write_text('{"aantal_feiten": 3}', encoding="utf-8")
    elif "cannot" in wat or naam.endswith(".wal"):
        doel.write_bytes(b"x" * 9000)
    else:
        shutil.copyfile(bron / naam.split(".beschadigd")[0], doel)
    assert datamap.remains(map) == [naam]
    assert mapsoort.find(map) is Soort.RESTEN
    inhoud = {pad: pad.read_bytes() for pad in sorted(map.rglob("*")) if pad.is_file()}
    monkeypatch.setenv(datamap.MAP, str(map))
    assert start_with(monkeypatch, "--voorbeeld") == (2, [])
    assert ingang.main(["voorbeeld"]) == 2
    assert naam in capsys.readouterr().err
    assert {pad: pad.read_bytes() for pad in sorted(map.rglob("*")) if pad.is_file()} == inhoud


def test_a_register_that_lost_its_first_fact_is_never_an_example_that_can_be_thrown_away(gevuld, tmp_path: Path):
    pad = gevuld("of a firm", tmp_path) / "journaal" / "2026.jsonl"
    pad.write_bytes(b"".join(pad.read_bytes().splitlines(keepends=True)[1:]))
    assert mapsoort.find(tmp_path) is Soort.ONLEESBAAR
    assert ingang.main(["voorbeeld", "--weg", "--ja", "--map", str(tmp_path)]) == 2


def test_after_a_loss_of_everything_that_somebody_accepted_a_register_of_ones_own_begins(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Nobody gets the number, and with it the account, of somebody who was there before."""
    gevuld("of a firm", tmp_path)
    opslag = Opslag(tmp_path / "toegang")
    Accounts(opslag).make("P2026-0001", "bea@proef.example", 0.0)
    opslag.close()
    for naam in ("journaal", "dossiers"):
        shutil.rmtree(tmp_path / naam)
    monkeypatch.setenv(datamap.MAP, str(tmp_path))
    assert ingang.main(["herbouw"]) == 2
    assert ingang.main(["herbouw", "--ondanks", "geen reservekopie"]) == 0
    assert mapsoort.find(tmp_path) is Soort.BEGONNEN
    assert ingang.main(["voorbeeld"]) == 2
    assert start_with(monkeypatch, "--voorbeeld") == (2, [])
    assert start_with(monkeypatch) == (0, [str(tmp_path), "eigen"])
    with open_register(tmp_path) as register:
        eerder = json.loads((tmp_path / "zegel.json").read_text(encoding="utf-8"))["gezien"]
        assert eerste.begin(register, **WIE, op=DAG) == "P2026-0002"
        assert register.vastleggingen("P2026-0002")[0].nr > eerder
    assert mapsoort.find(tmp_path) is Soort.EIGEN
    assert ingang.main(["controleer"]) == 0


def test_a_start_of_ones_own_that_broke_off_before_anything_was_recorded_goes_on(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    gevuld("opened and never written in", tmp_path)
    Opslag(tmp_path / "toegang").close()
    assert mapsoort.find(tmp_path) is Soort.BEGONNEN
    for naam in ("dossiers", "journaal"):
        (tmp_path / naam).mkdir(exist_ok=True)
        (tmp_path / naam / "oud.bak").write_text("x", encoding="utf-8")
        assert mapsoort.find(tmp_path) is Soort.RESTEN, naam
        (tmp_path / naam / "oud.bak").unlink()
    monkeypatch.setenv(datamap.MAP, str(tmp_path))
    assert start_with(monkeypatch) == (0, [str(tmp_path), "eigen"])
    assert start_with(monkeypatch, "--voorbeeld") == (2, [])


# Klachten that were taken over before anybody said whose the register is


@pytest.mark.parametrize(
    ("vlag", "uitkomst"), [((), ""), (("--leeg",), ""), (("--eigen",), "eigen"), (("--voorbeeld",), "voorbeeld")]
)
def test_what_was_taken_over_becomes_what_somebody_says(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], vlag, uitkomst: str
):
    gevuld("taken over", tmp_path)
    monkeypatch.setenv(datamap.MAP, str(tmp_path))
    code, begonnen = start_with(monkeypatch, *vlag)
    vorig = scherm.gebruik(None)
    try:
        if not uitkomst:
            assert (code, begonnen) == (2, [])
            assert "Start met --eigen als het uw eigen register wordt" in capsys.readouterr().err
            # Nor when the app is started in another way.
            with pytest.raises(RegisterFout, match="Start met --eigen"):
                scherm.register()
            return
        assert (code, begonnen) == (0, [str(tmp_path), uitkomst])
        register = scherm.register()
        assert register.organisatie.ingericht is (uitkomst == "voorbeeld")
        if uitkomst == "eigen":
            own(register)
        register.close()
        assert mapsoort.find(tmp_path) is (Soort.EIGEN if uitkomst == "eigen" else Soort.VOORBEELD)
    finally:
        scherm.gebruik(vorig)


def test_the_console_asks_whose_it_becomes(gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gevuld("taken over", tmp_path)
    monkeypatch.setenv(datamap.MAP, str(tmp_path))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda vraag: "2")
    assert start_with(monkeypatch) == (0, [str(tmp_path), "eigen"])


# A folder for each


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gevuld) -> Path:
    """A project of its own without KLACHTEN_DATA; making the example is copying one."""
    monkeypatch.setattr(datamap, "PROJECT", tmp_path)
    monkeypatch.delenv(datamap.MAP)
    monkeypatch.setattr(start, "maak_voorbeeld", lambda: int(not gevuld("the example", mapsoort.example_map())))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "README.md").write_text("hier", encoding="utf-8")
    return tmp_path / "data"


def test_the_example_and_ones_own_have_a_folder_each(project: Path, gevuld, monkeypatch: pytest.MonkeyPatch):
    assert datamap.data_map() == project
    assert start_with(monkeypatch) == (0, [str(project / "voorbeeld"), "voorbeeld"])
    monkeypatch.delenv(datamap.MAP)
    # Every command means the example now, and a start goes on in it.
    assert datamap.data_map() == project / "voorbeeld"
    assert start_with(monkeypatch) == (0, [str(project / "voorbeeld"), ""])
    monkeypatch.delenv(datamap.MAP)
    assert start_with(monkeypatch, "--eigen") == (0, [str(project), "eigen"])
    gevuld("of a firm", project)
    monkeypatch.delenv(datamap.MAP)
    monkeypatch.delenv(instellingen.SOORT)
    assert datamap.data_map() == project
    for vlag, map in (((), project), (("--eigen",), project), (("--voorbeeld",), project / "voorbeeld")):
        assert start_with(monkeypatch, *vlag) == (0, [str(map), ""])
        monkeypatch.delenv(datamap.MAP)


def test_an_example_of_before_it_had_a_folder_of_its_own_stays_where_it_is(
    project: Path, gevuld, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    gevuld("the example", project)
    for vlag in ((), ("--voorbeeld",), ("--leeg",)):
        assert start_with(monkeypatch, *vlag) == (0, [str(project), ""])
        monkeypatch.delenv(datamap.MAP)
    assert start_with(monkeypatch, "--eigen") == (2, [])
    assert "python -m klachten voorbeeld --weg" in capsys.readouterr().err


# Throwing the example away


def test_the_example_goes_and_nothing_else(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    map = gevuld("the example", tmp_path / "register")
    (map / "notities.txt").write_text("van mij", encoding="utf-8")
    (map / "mijn map").mkdir()
    (map / "klachten.duckdb.beschadigd-20260105T101112").write_bytes(b"x")
    weg = ("voorbeeld", "--weg", "--map", str(map))
    assert ingang.main([*weg]) == 2
    assert "Zet er dan --ja achter" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda vraag: "nee")
    assert ingang.main([*weg]) == 1
    assert mapsoort.find(map) is Soort.VOORBEELD
    with filelock.FileLock(map / datamap.LOCK):
        assert ingang.main([*weg, "--ja"]) == 2
    assert mapsoort.find(map) is Soort.VOORBEELD
    monkeypatch.setattr("builtins.input", lambda vraag: "weg")
    assert ingang.main([*weg]) == 0
    assert "staat er nog: mijn map, notities.txt" in capsys.readouterr().out
    assert sorted(pad.name for pad in map.iterdir()) == ["mijn map", "notities.txt"]
    assert ingang.main([*weg, "--ja"]) == 2


def test_what_was_thrown_away_halfway_can_be_thrown_away_again(gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    map, rmtree = gevuld("the example", tmp_path / "register"), shutil.rmtree

    def weigert(pad: Path) -> None:
        if pad.name == "dossiers":
            raise PermissionError("in use")
        rmtree(pad)

    weg = ["voorbeeld", "--weg", "--ja", "--map", str(map)]
    monkeypatch.setattr(shutil, "rmtree", weigert)
    assert ingang.main(weg) == 2
    monkeypatch.setattr(shutil, "rmtree", rmtree)
    assert ingang.main(weg) == 0
    assert not map.exists()


@pytest.mark.parametrize("wat", [wat for wat, (_, soort) in VUL.items() if soort is not Soort.VOORBEELD])
def test_nothing_but_an_example_is_thrown_away(gevuld, tmp_path: Path, capsys: pytest.CaptureFixture[str], wat: str):
    gevuld(wat, tmp_path)
    inhoud = {pad: pad.read_bytes() for pad in sorted(tmp_path.rglob("*")) if pad.is_file()}
    assert ingang.main(["voorbeeld", "--weg", "--ja", "--map", str(tmp_path)]) == 2
    assert "Er is niets weggegooid." in capsys.readouterr().err
    assert {pad: pad.read_bytes() for pad in sorted(tmp_path.rglob("*")) if pad.is_file()} == inhoud


def test_everything_that_a_register_makes_is_named(tmp_path: Path, gevuld):
    """Else the example would leave it behind; what the app makes besides is named here by hand."""
    map = gevuld("the example", tmp_path)
    assert {pad.name for pad in map.iterdir()} == {pad.name for pad in datamap.of_register(map)}
    assert {"momentopname", "concepten", "kijklog", "toegang", "reglementen"} <= set(datamap.MAPPEN)
