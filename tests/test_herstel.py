"""After kill -9 or damage to the database: every confirmed fact is there, whole, and nothing half."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from klachten.register.controle import controleer
from tests import eindig
from tests.herstelproef import POSIX, start_writer
from tests.registerproef import boek_klacht, fouten, leg_klacht_vast, open_at

SCHRIJVERS = """
    import os, random, signal, sys
    from pathlib import Path
    from tests.registerproef import boek_klacht, leg_stap_vast, open_at

    def schrijf(zaad):
        rng = random.Random(zaad)
        with open_at(Path(sys.argv[1])) as register:
            assert "pandas" not in sys.modules and "streamlit" not in sys.modules
            if rng.random() < 0.5:  # checkpoints, where a crash hurts a database most
                register.cursor().execute("SET checkpoint_threshold = '64KB'")
            print("open", os.getpid(), flush=True)
            while True:
                with register.schrijven() as boeking:
                    for _ in range(rng.choice([1, 1, 3, 40])):
                        nummer = boek_klacht(boeking, indiener_naam=f"naam {boeking.volgende}")
                print(nummer, register.stand().aantal, flush=True)
                print(nummer, leg_stap_vast(register, nummer, reden="tekst " * 50), flush=True)

    for zaad in sys.stdin:  # a process of its own for each, that has all its imports already
        kind = os.fork()
        if not kind:
            schrijf(zaad.strip())
        hoe = os.waitpid(kind, 0)[1]
        assert hoe == signal.SIGKILL, hoe
        print("dood", flush=True)
"""


@POSIX
def test_no_confirmed_fact_is_lost_in_sixteen_kills(tmp_path):
    """As many as one likes: `python -m tests.betrouwbaarheid doden --keer 200`."""
    rng = random.Random(20260105)
    bevestigd, gezien = 0, 0
    schrijvers = start_writer(SCHRIJVERS, tmp_path, stdin=True)
    assert schrijvers.stdin is not None
    for keer in range(16):
        schrijvers.stdin.write(f"{keer}\n".encode())
        schrijvers.stdin.flush()
        eerste, _, pid = eindig.line(schrijvers).partition(b" ")
        assert eerste == b"open", schrijvers.communicate(timeout=eindig.GENOEG)[1].decode()
        # Killed after so many confirmations and a little: at any moment of the next one.
        heel = [eindig.line(schrijvers) for _ in range(rng.randrange(1, 6))]
        time.sleep(rng.random() * 0.03)
        os.kill(int(pid), signal.SIGKILL)
        heel += itertools.takewhile(
            lambda regel: regel.startswith(b"K"), iter(lambda: eindig.line(schrijvers), b"dood\n")
        )
        assert all(regel.startswith(b"K") for regel in heel), (
            heel,
            schrijvers.communicate(timeout=eindig.GENOEG)[1].decode(),
        )
        bevestigd = max([bevestigd, *(int(regel.split()[1]) for regel in heel)])
        with open_at(tmp_path) as register:
            assert register.stand().aantal >= bevestigd
            assert register.journaal.verify().kop.nr == register.stand().aantal
            for regel in heel:
                assert register.vastleggingen(regel.split()[0].decode())
            gezien = register.stand().aantal
            if keer % 8 == 7:
                assert fouten(controleer(register)) == []
    schrijvers.communicate(timeout=eindig.GENOEG)
    assert schrijvers.returncode == 0
    assert gezien >= bevestigd > 16
    assert fouten(controleer(tmp_path)) == []
    with open_at(tmp_path) as register, register.cursor() as cursor:
        # Every text of every fact is there: named after the number of its own fact.
        teksten = cursor.execute("SELECT nr, tekst FROM tekst WHERE veld = 'indiener_naam'").fetchall()
        assert all(tekst == f"naam {nr}" for nr, tekst in teksten)
        assert len(teksten) == cursor.execute("SELECT count(*) FROM klacht").fetchall()[0][0]


# --- a database that is damaged --------------------------------------------------------------------------------------


def _halve(pad: Path, wal: Path) -> None:
    os.truncate(pad, pad.stat().st_size // 2)


def _zero_a_block(pad: Path, wal: Path, deel: float = 0.5) -> None:
    # DuckDB's blocks are 256 KB, after three headers of 4 KB.
    blokken = (pad.stat().st_size - 3 * 4096) // 262144
    with pad.open("r+b") as bestand:
        bestand.seek(3 * 4096 + int(blokken * deel) * 262144)
        bestand.write(b"\0" * 262144)


def _overwrite_headers(pad: Path, wal: Path) -> None:
    with pad.open("r+b") as bestand:
        bestand.write(b"\xff" * 3 * 4096)


def _delete_but_keep_the_wal(pad: Path, wal: Path) -> None:
    assert wal.exists()
    pad.unlink()


def _garbage(pad: Path, wal: Path) -> None:
    pad.write_bytes(random.Random(1).randbytes(300_000))


def _garbage_wal(pad: Path, wal: Path) -> None:
    inhoud = wal.read_bytes()
    wal.write_bytes(inhoud[: len(inhoud) // 2] + random.Random(2).randbytes(5000))


def _empty(pad: Path, wal: Path) -> None:
    pad.write_bytes(b"")


def _cut_wal(pad: Path, wal: Path) -> None:
    os.truncate(wal, wal.stat().st_size * 2 // 3)


SCHADE = [
    _halve, _zero_a_block, _overwrite_headers, _delete_but_keep_the_wal, _garbage, _garbage_wal, _empty, _cut_wal,
]  # fmt: skip


GEVULD = 1000
"""So many klachten are in the file, and twenty more in its WAL; of the blocks zeroed below one is of gebeurtenis."""
EERSTE, MIDDEN, LAATSTE, VOLGENDE = (f"K2026-{nr:04d}" for nr in (1, GEVULD, GEVULD + 20, GEVULD + 21))


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory) -> tuple[Path, list, int]:
    """A register with facts in the database file and in its WAL, as a killed process leaves it."""
    map = tmp_path_factory.mktemp("gevuld")
    with open_at(map) as register, register.schrijven() as boeking:
        for i in range(GEVULD):
            boek_klacht(boeking, indiener_naam=f"naam {i}")
    code = """
        import os, sys
        from pathlib import Path
        from tests.registerproef import leg_klacht_vast, open_at
        register = open_at(Path(sys.argv[1]))
        for i in range(20):
            leg_klacht_vast(register, indiener_naam=f"later {i}")
        os._exit(0)
    """
    schrijver = start_writer(code, map)
    assert schrijver.wait(eindig.GENOEG) == 0
    assert (map / "klachten.duckdb.wal").exists()
    kopie = tmp_path_factory.mktemp("kopie") / "r"
    shutil.copytree(map, kopie)
    with open_at(kopie) as register:
        assert register.meldingen == []
        return map, [register.vastleggingen(n) for n in (EERSTE, MIDDEN, LAATSTE)], 2 * (GEVULD + 20)


@pytest.mark.parametrize("schade", SCHADE, ids=[schade.__name__.strip("_") for schade in SCHADE])
def test_every_confirmed_fact_is_there_after_damage_to_the_database(
    tmp_path, gevuld, schade: Callable[[Path, Path], None]
):
    bron, feiten, aantal = gevuld
    map = tmp_path / "register"
    shutil.copytree(bron, map)
    schade(map / "klachten.duckdb", map / "klachten.duckdb.wal")
    with open_at(map) as register:
        assert register.stand().aantal == aantal
        assert [register.vastleggingen(n) for n in (EERSTE, MIDDEN, LAATSTE)] == feiten
        if schade is not _cut_wal:  # the rest of the WAL is simply replayed from the journal
            assert any("opnieuw opgebouwd" in melding for melding in register.meldingen)
            assert list(map.glob("klachten.duckdb*.beschadigd-*"))
        assert leg_klacht_vast(register) == VOLGENDE
    assert fouten(controleer(map)) == []
    with open_at(map) as register:
        assert register.meldingen == []
        assert register.stand().aantal == aantal + 2


@pytest.mark.parametrize("deel", [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.99])
def test_a_block_anywhere_in_the_database_may_be_zeroed(tmp_path, gevuld, deel):
    """Also one that no page would read for weeks: every block is read at the start."""
    bron, feiten, aantal = gevuld
    map = tmp_path / "register"
    shutil.copytree(bron, map)
    _zero_a_block(map / "klachten.duckdb", map / "klachten.duckdb.wal", deel)
    with open_at(map) as register:
        assert register.stand().aantal == aantal
        assert register.vastleggingen(MIDDEN) == feiten[1]
    assert fouten(controleer(map)) == []


@pytest.mark.parametrize("groot", [False, True], ids=["at opening", "after the first page"])
def test_a_block_of_an_index_may_be_damaged(tmp_path, monkeypatch, groot):
    """It lies in no table: without a look at it, dossiers open with an error, or a fact is missed."""
    bron = tmp_path / "bron"
    with open_at(bron) as register:
        with register.schrijven() as boeking:
            nummers = [boek_klacht(boeking, indiener_naam=f"naam {i}") for i in range(40)]
        feiten = [register.vastleggingen(nummer) for nummer in nummers]
    with duckdb.connect(str(bron / "klachten.duckdb"), read_only=True) as con:
        tabellen = [naam for (naam,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        sql = " UNION ".join(f"SELECT block_id FROM pragma_storage_info('{naam}')" for naam in tabellen)
        van_tabellen = {blok for (blok,) in con.execute(sql).fetchall()}
    blokken = ((bron / "klachten.duckdb").stat().st_size - 3 * 4096) // 262144
    hersteld = 0
    monkeypatch.setattr("klachten.register.database._WALK_AT_ONCE", 0 if groot else 100)
    for blok in set(range(blokken)) - van_tabellen:
        map = tmp_path / f"blok {blok}"
        shutil.copytree(bron, map)
        with (map / "klachten.duckdb").open("r+b") as bestand:
            bestand.seek(3 * 4096 + blok * 262144 + 100)
            bestand.write(random.Random(blok).randbytes(64))
        with open_at(map) as register:
            if groot:
                register.check_indexes()
            assert [register.vastleggingen(nummer) for nummer in nummers] == feiten
            gezegd = "beschadigde index" if groot else "opnieuw opgebouwd"
            hersteld += any(gezegd in melding for melding in register.meldingen)
    assert hersteld >= 2  # the two indexes by klachtnummer, beside what DuckDB notices itself
