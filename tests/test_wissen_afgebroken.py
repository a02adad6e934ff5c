"""The process is killed between the fact that erases and the end of the work: the next opening finishes it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from klachten import gebeurtenissen as g
from klachten.register import Register, wissen
from klachten.register.controle import controleer
from klachten.register.database import Database
from klachten.register.fouten import RegisterAlleenLezen
from klachten.register.herstel import Herstel
from tests.herstelproef import POSIX
from tests.registerproef import DAG, NU, leg_klacht_vast, open_at
from tests.wisproef import gevonden

NAAM = "Zwaluwnaam"
STERF = """
import os, sys
from pathlib import Path
from klachten.gebeurtenissen import DossierGewist
from klachten.register import dossiermap, herstel, plekken, wissen
from tests.registerproef import DAG, open_at

MODULES = {"wissen": wissen, "herstel": herstel.Herstel, "dossiermap": dossiermap.Dossiermap}

def wis(map, module, naam, wanneer):
    register, waar = open_at(Path(map)), MODULES[module]
    doe = getattr(waar, naam)

    def sterf(*wat, **met):
        if wanneer == "daarna":
            doe(*wat, **met)
        os._exit(9)

    setattr(waar, naam, sterf)
    with register.schrijven() as boeking:
        boeking.leg_vast("K2026-0001", DossierGewist(gebeurd_op=DAG, grond="verzoek"), door="carla", rol="directie")

for map in sys.argv[1:]:  # a process of its own for each, that has all its imports already
    kind = os.fork()
    if not kind:
        wis(map, *Path(map).name.split("-"))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(kind, 0)[1]))
"""
WAAR = [
    ("wissen", "carry_out", "eerst"),
    ("dossiermap", "erase", "eerst"),
    ("dossiermap", "erase", "daarna"),
    ("herstel", "make_beside", "daarna"),
    ("wissen", "fsync_map", "eerst"),
]
"""Where it dies: before or after a part of the work; the last one between the new file and opening it."""


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map = tmp_path_factory.mktemp("afgebroken") / "r"
    with open_at(map) as register:
        leg_klacht_vast(register, indiener_naam=NAAM)
        leg_klacht_vast(register, indiener_naam="Blijver")
    return map


@pytest.fixture(scope="module")
def gedood(begin: Path) -> dict[str, tuple[Path, str]]:
    """Of each place the register in which it died there, and how the process ended."""
    mappen = [shutil.copytree(begin, begin.with_name("-".join(rij))) for rij in WAAR]
    gegaan = subprocess.run(
        [sys.executable, "-c", STERF, *map(str, mappen)], check=True, stdout=subprocess.PIPE, timeout=120
    )
    return {map.name: (map, hoe) for map, hoe in zip(mappen, gegaan.stdout.decode().split(), strict=True)}


@POSIX
@pytest.mark.parametrize("waar", ["-".join(rij) for rij in WAAR])
def test_killed_between_the_fact_and_the_end_the_next_opening_finishes_it(
    gedood: dict[str, tuple[Path, str]], waar: str
):
    map, hoe = gedood[waar]
    assert hoe == "9"
    with open_at(map) as register:
        assert isinstance(register.vastleggingen("K2026-0001")[-1].feit, g.DossierGewist), "it was confirmed"
        assert register.meldingen == []
    assert [waar for waar in gevonden(map, [NAAM]).values() if waar] == []
    assert gevonden(map, ["Blijver"])["Dossiers"]
    assert not (map / wissen.NIEUW).exists()
    assert [een.zin for een in controleer(map) if een.ernst != "goed"] == []


def test_what_does_not_succeed_now_is_said_and_succeeds_at_the_next_opening(
    begin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    map = shutil.copytree(begin, tmp_path / "r")

    def vol(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_at(map) as register:
        with monkeypatch.context() as even:
            even.setattr(wissen, "clear_places", vol)
            _erase(register)
        assert [zin for zin in register.meldingen if "Bij de volgende start wordt dat voltooid" in zin]
    with open_at(map) as register:
        assert register.meldingen == []
    assert [waar for waar in gevonden(map, [NAAM]).values() if waar] == []


def test_who_reads_meanwhile_reads_to_the_end_and_who_begins_waits_a_moment(begin: Path, tmp_path: Path):
    map = shutil.copytree(begin, tmp_path / "r")
    with open_at(map) as register:
        leest, gelezen = threading.Event(), []

        def lees() -> None:
            with register.cursor() as cursor:
                leest.set()
                time.sleep(0.3)
                gelezen.extend(cursor.execute("SELECT tekst FROM tekst WHERE veld = 'indiener_naam'").fetchall())
            del cursor
            gelezen.append(register.vastleggingen("K2026-0001")[0].feit.teksten()["indiener_naam"])

        lezer = threading.Thread(target=lees)
        lezer.start()
        assert leest.wait(5)
        _erase(register)
        lezer.join(10)
        assert sorted(map_[0] for map_ in gelezen[:2]) == ["Blijver", NAAM], "of before, and whole"
        assert gelezen[2] == g.GEWIST
        assert register.meldingen == []


def test_who_reads_for_longer_is_stopped_and_the_register_goes_on(
    begin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    map = shutil.copytree(begin, tmp_path / "r")
    monkeypatch.setattr(wissen, "LEZEN", 0.1)
    with open_at(map) as register:
        lezer = register.cursor()
        _erase(register)
        with pytest.raises(duckdb.ConnectionException, match="already closed"):
            lezer.execute("SELECT 1")
        leg_klacht_vast(register)
        assert register.vastleggingen("K2026-0001")[0].feit.teksten()["indiener_naam"] == g.GEWIST
        assert register.meldingen == []
    assert [waar for waar in gevonden(map, [NAAM]).values() if waar] == []


def test_a_register_in_which_somebody_was_erased_by_an_older_version_gets_a_new_file_once(tmp_path: Path):
    map = tmp_path / "r"
    with open_at(map) as register, register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("P", 2026)
        persoon = g.PersoonToegevoegd(gebeurd_op=NU.date(), persoon=nummer, vanaf=NU.date(), achternaam=NAAM)
        boeking.leg_vast(nummer, persoon, door="iris", rol="beheerder")
    with open_at(map) as register:
        with register.schrijven() as boeking:
            feit = g.PersoonGewist(gebeurd_op=NU.date(), grond="verzoek")
            boeking.leg_vast(nummer, feit, door="iris", rol="beheerder")
        with register.cursor() as cursor:
            assert cursor.execute("SELECT nr FROM schoon").fetchall() == [(2,)]
            cursor.execute("UPDATE schoon SET nr = 0")
    gemaakt = (map / "klachten.duckdb").stat().st_ino
    with open_at(map):
        nieuw = (map / "klachten.duckdb").stat().st_ino
    with open_at(map):
        assert (map / "klachten.duckdb").stat().st_ino == nieuw != gemaakt


def _erase(register: Register) -> None:
    with register.schrijven() as boeking:
        boeking.leg_vast(
            "K2026-0001", g.DossierGewist(gebeurd_op=NU.date(), grond="verzoek"), door="carla", rol="directie"
        )


def test_what_was_set_aside_is_erased_as_well(tmp_path: Path):
    with open_at(tmp_path / "r") as register:
        weg = leg_klacht_vast(register, indiener_naam=NAAM)
        blijft = leg_klacht_vast(register, indiener_naam="Blijver")
        for nummer in (weg, blijft):
            opzij = register.map / "verlies-20261129T101112" / "dossiers" / nummer
            shutil.copytree(register.dossiers.folder(nummer), opzij)
            (opzij / "documenten").mkdir(exist_ok=True)
            (opzij / "documenten" / ("a" * 64)).write_text(f"Brief van {NAAM if nummer == weg else 'Blijver'}")
        (register.map / "klachten.duckdb.schema-029-20261129T101112").write_text(NAAM)
        (register.map / "klachten.duckdb.beschadigd-20261129T101112.wal").write_text(NAAM)
        with register.schrijven() as boeking:
            boeking.leg_vast(weg, g.DossierGewist(gebeurd_op=DAG, grond="verzoek"), door="carla", rol="directie")
    assert not any(gevonden(tmp_path / "r", [NAAM]).values())
    assert len(gevonden(tmp_path / "r", ["Blijver"])["Opzijgezet na verlies"]) == 2


def test_what_was_lacking_already_is_said_once_however_often_something_is_erased(tmp_path: Path):
    with open_at(tmp_path / "r") as register:
        kapot, *weg = (leg_klacht_vast(register, indiener_naam=NAAM) for _ in range(3))
        teksten = register.dossiers.folder(kapot) / "teksten.jsonl"
    teksten.write_bytes(b"".join(teksten.read_bytes().splitlines(keepends=True)[1:]))
    (tmp_path / "r" / "klachten.duckdb").unlink()
    with open_at(tmp_path / "r") as register:
        eerst = list(register.meldingen)
        assert "1 tekst (" in eerst[-1]
        for nummer in weg:
            with register.schrijven() as boeking:
                feit = g.DossierGewist(gebeurd_op=DAG, grond="verzoek")
                boeking.leg_vast(nummer, feit, door="carla", rol="directie")
        assert register.meldingen == eerst


@pytest.mark.parametrize("blijft", [False, True], ids=["once", "for good"])
def test_a_swap_that_fails_leaves_a_register_and_says_what_is_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blijft: bool
):
    def weiger(oud: Database, *_: object) -> None:
        oud.close()
        raise PermissionError(13, "in gebruik")

    with open_at(tmp_path / "r") as register:
        weg, ander = (leg_klacht_vast(register, indiener_naam=naam) for naam in (NAAM, "Blijver"))
        with monkeypatch.context() as even:
            even.setattr(wissen, "swap", weiger)
            if blijft:
                even.setattr(Herstel, "_open_database", lambda self: (None, "in gebruik"))
            hoort = pytest.raises(RegisterAlleenLezen, match="is bewaard") if blijft else contextlib.nullcontext()
            with hoort, register.schrijven() as boeking:
                feit = g.DossierGewist(gebeurd_op=DAG, grond="verzoek")
                nr = boeking.leg_vast(weg, feit, door="carla", rol="directie")
        if blijft:
            assert "de database weigert" in register.alleen_lezen
            assert register.try_again()
        else:
            assert any(f"Bij feit {nr} is de database opnieuw geopend" in zin for zin in register.meldingen)
            assert wissen.LATER in register.meldingen
        assert not register.alleen_lezen
        assert register.vastleggingen(weg)[-1].nr == nr
        assert leg_klacht_vast(register, indiener_naam="Nieuw") > ander
    with open_at(tmp_path / "r") as register:
        assert register.vastleggingen(ander)[0].feit.indiener_naam == "Blijver"
    assert not any(gevonden(tmp_path / "r", [NAAM]).values())
