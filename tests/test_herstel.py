"""After whatever happens to the process or the files: every confirmed fact is there, whole, and nothing half."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from klachten.register import Register, RegisterAlleenLezen, RegisterBeschadigd, RegisterBezet, RegisterFout
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Kop
from tests import eindig
from tests.registerproef import DAG, boek_klacht, fouten, leg_klacht_vast, leg_stap_vast, ontvangst, open_at

PROJECT = Path(__file__).resolve().parents[1]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


def start_writer(code: str, *args: object, stdin: bool = False) -> subprocess.Popen[bytes]:
    """Start a process that writes into a register; it prints what is confirmed."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        cwd=PROJECT,
        stdin=subprocess.PIPE if stdin else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )


# --- kill -9 ---------------------------------------------------------------------------------------------------------

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


def test_a_database_that_was_tampered_with_is_rebuilt(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        with register.cursor() as cursor:
            cursor.execute("DROP TRIGGER geen_verwijdering ON gebeurtenis")
            cursor.execute("DELETE FROM gebeurtenis WHERE nr = 1")
    with open_at(tmp_path) as register:
        assert "opnieuw opgebouwd" in register.meldingen[0]
        assert register.stand().aantal == 2
    assert fouten(controleer(tmp_path)) == []


def test_a_wrong_zegel_at_the_head_of_the_database_means_a_rebuild(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        with register.cursor() as cursor:
            cursor.execute("DROP TRIGGER geen_wijziging ON gebeurtenis")
            cursor.execute("UPDATE gebeurtenis SET zegel = repeat('a', 64) WHERE nr = 2")
            cursor.execute("UPDATE stand SET zegel = repeat('a', 64)")
    with open_at(tmp_path) as register:
        assert "ander zegel" in register.meldingen[0]
        assert register.stand().zegel == register.vastleggingen("K2026-0001")[1].zegel


def test_a_database_that_lags_behind_is_brought_up_without_a_word(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
    oud = (tmp_path / "klachten.duckdb").read_bytes()
    with open_at(tmp_path) as register:
        leg_stap_vast(register, nummer, reden="Later.")
        ander = leg_klacht_vast(register)
    (tmp_path / "klachten.duckdb").write_bytes(oud)
    assert any("loopt 3 feiten achter" in bevinding.zin for bevinding in controleer(tmp_path))
    with open_at(tmp_path) as register:
        assert register.meldingen == []
        assert register.vastleggingen(nummer)[2].feit.reden == "Later."
        assert len(register.vastleggingen(ander)) == 2
    assert fouten(controleer(tmp_path)) == []


@pytest.mark.parametrize("einde", ["goed", "gestopt", "halverwege", "weigert eenmaal"])
def test_what_follows_from_many_groups_is_made_at_the_end_or_else_at_opening(tmp_path, monkeypatch, einde):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        ruim = limits(register)
        with register.derived_at_end(300):
            assert limits(register) == ("286.1 MiB", 1)
            nummers = [leg_klacht_vast(register) for _ in range(3)]
            leg_stap_vast(register, nummers[0])
            assert stands(register) == [("K2026-0001",)]
            if einde == "gestopt":
                monkeypatch.setattr(type(register._database), "catch_up", lambda self: None)
            elif einde == "halverwege":
                monkeypatch.setattr(type(register._database), "catch_up", half_way)
            elif einde == "weigert eenmaal":
                afleiding = register._database.afleiding
                monkeypatch.setattr(afleiding, "derive_all", lambda: afleiding._con.execute("SELECT error('vol')"))
        assert len(stands(register)) == {"gestopt": 1, "halverwege": 0}.get(einde, 4)
        assert [melding[:13] for melding in register.meldingen] == ["Bij feit 9 is"] * (einde == "weigert eenmaal")
        if einde in ("goed", "weigert eenmaal"):
            assert limits(register) == ruim
        if einde in ("gestopt", "halverwege"):
            assert [een.ernst for een in controleer(register) if een.ernst != "goed"] == ["let op"]
        else:
            leg_stap_vast(register, nummers[1])
    monkeypatch.undo()
    with open_at(tmp_path) as register:
        assert len(stands(register)) == 4
        assert fouten(controleer(register)) == []


def limits(register: Register) -> tuple[str, int]:
    """How much memory and how many threads the database may use."""
    with register.cursor() as cursor:
        return cursor.execute("SELECT current_setting('memory_limit'), current_setting('threads')").fetchall()[0]


def test_what_a_stopped_program_left_on_disk_for_want_of_memory_is_taken_away(tmp_path):
    open_at(tmp_path).close()
    rest = tmp_path / "klachten.duckdb.tmp" / "duckdb_temp_storage_DEFAULT-0.tmp"
    rest.parent.mkdir()
    rest.write_bytes(b"Jansen")
    with open_at(tmp_path) as register:
        assert not rest.parent.exists()
        with pytest.raises(RegisterBezet):
            rest_of_another_process(tmp_path, rest)
        assert rest.exists()
        assert register.meldingen == []


def rest_of_another_process(map: Any, rest: Any) -> None:
    """A second opening while the register is in use, of whose database the file may be."""
    rest.parent.mkdir()
    rest.write_bytes(b"in gebruik")
    open_at(map)


def half_way(database: Any) -> None:
    """Stop where the rows of a table are away and not yet made again: each table is a transaction of its own."""
    database.con.execute("DELETE FROM klacht_stand")


def stands(register: Register) -> list[tuple[str]]:
    with register.cursor() as cursor:
        return cursor.execute("SELECT DISTINCT klachtnummer FROM klacht_stand").fetchall()


# --- a journal that is damaged ---------------------------------------------------------------------------------------


def test_a_torn_tail_is_cut_off_and_told(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
    pad = tmp_path / "journaal" / "2026.jsonl"
    heel = pad.read_bytes()
    pad.write_bytes(heel + heel[:150])
    assert any("niet is voltooid" in bevinding.zin for bevinding in controleer(tmp_path))
    with open_at(tmp_path) as register:
        assert "afgeknipt" in register.meldingen[0]
        assert pad.read_bytes() == heel
        leg_klacht_vast(register)
    assert [pad.read_bytes() for pad in (tmp_path / "journaal").glob("*.afgeknipt-*")] == [heel[:150]]
    assert fouten(controleer(tmp_path)) == []


def test_a_group_of_which_only_a_part_was_written_is_absent(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
    kaal = tmp_path / "kaal"
    shutil.copytree(tmp_path / "journaal", kaal / "journaal")
    shutil.copytree(tmp_path / "dossiers", kaal / "dossiers")
    pad = kaal / "journaal" / "2026.jsonl"
    pad.write_bytes(pad.read_bytes().splitlines(keepends=True)[0])
    # The note of what was being recorded when the program stopped: without it the texts would be of lost facts.
    Dossiermap(kaal / "dossiers").announce(1, ["K2026-0001"])
    with open_at(kaal) as register:
        assert register.stand().aantal == 0
        assert "afgeknipt" in register.meldingen[0]
        assert leg_klacht_vast(register, omschrijving="Opnieuw.") == "K2026-0001"
        assert register.vastleggingen("K2026-0001")[0].feit.omschrijving == "Opnieuw."
    bevindingen = controleer(kaal)
    assert [bevinding.zin for bevinding in bevindingen if bevinding.ernst != "goed"] == []


@pytest.mark.parametrize("over", ["regel", "niets", "map", "halve regel"])
def test_a_journal_that_lost_confirmed_facts_can_be_read_and_not_written_in(tmp_path, over):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        leg_stap_vast(register, nummer)
    pad = tmp_path / "journaal" / "2026.jsonl"
    regels = pad.read_bytes().splitlines(keepends=True)
    if over == "map":
        shutil.rmtree(tmp_path / "journaal")
    else:
        pad.write_bytes({"regel": b"".join(regels[:2]), "niets": b"", "halve regel": b"".join(regels)[:-40]}[over])
    voor = pad.read_bytes() if pad.exists() else None
    with open_at(tmp_path) as register:
        assert len(register.vastleggingen(nummer)) == 3
        with pytest.raises(RegisterAlleenLezen, match=r"ingekort.*de database kent er 3.*de laatste reservekopie"):
            leg_stap_vast(register, nummer)
        assert "minstens" in register.meldingen[0]
    with pytest.raises(RegisterBeschadigd, match="Er is niets gewijzigd"):
        open_at(tmp_path, herbouw=True)
    assert (pad.read_bytes() if pad.exists() else None) == voor
    assert not list(tmp_path.glob("*beschadigd*"))
    assert any("ingekort" in zin for zin in fouten(controleer(tmp_path)))
    pad.parent.mkdir(exist_ok=True)
    pad.write_bytes(b"".join(regels))
    with open_at(tmp_path) as register:
        assert register.stand().aantal == 3
        assert leg_stap_vast(register, nummer) == 4


def test_a_damaged_line_stops_a_rebuild_with_file_and_line(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        leg_stap_vast(register, nummer)
    pad = tmp_path / "journaal" / "2026.jsonl"
    pad.write_bytes(pad.read_bytes().replace(b"KlachtGeregistreerd", b"KlachtGeregistreert"))
    assert any("Regel 2 van" in zin for zin in fouten(controleer(tmp_path)))
    (tmp_path / "klachten.duckdb").unlink()
    with pytest.raises(RegisterBeschadigd, match=r"^Regel 2 van .*2026\.jsonl"):
        open_at(tmp_path)
    assert any("Regel 2 van" in zin for zin in fouten(controleer(tmp_path)))


def test_dossiers_that_lost_a_text_are_told_at_a_rebuild(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
    (tmp_path / "dossiers" / nummer / "teksten.jsonl").unlink()
    with open_at(tmp_path, herbouw=True) as register:
        assert register.vastleggingen(nummer)[0].feit == ontvangst(omschrijving="")
        assert any(f"1 tekst ('omschrijving' bij feit 1 van {nummer})" in melding for melding in register.meldingen)


def test_half_a_text_left_by_a_crash_does_no_harm(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        with (tmp_path / "dossiers" / nummer / "teksten.jsonl").open("ab") as bestand:
            bestand.write(b'{"nr": 3, "veld": "reden", "zout": "00')
        leg_stap_vast(register, nummer, reden="Heel.")
    with open_at(tmp_path, herbouw=True) as register:
        assert register.vastleggingen(nummer)[2].feit.reden == "Heel."
    assert fouten(controleer(tmp_path)) == []


# --- a disk that is full ---------------------------------------------------------------------------------------------

VOL = """
    import json, os, resource, sys
    from pathlib import Path
    from klachten.register import RegisterAlleenLezen
    from tests.registerproef import leg_klacht_vast, leg_stap_vast, open_at

    def limit(bytes):
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes, resource.RLIM_INFINITY))

    def poging(nummer, **tekst):
        try:
            leg_stap_vast(register, nummer, **tekst)
        except RegisterAlleenLezen as fout:
            return str(fout)

    map = Path(sys.argv[1])
    register = open_at(map)
    nummer = leg_klacht_vast(register)
"""


def _run(map: Path, code: str) -> dict:
    schrijver = start_writer(textwrap.dedent(VOL) + textwrap.dedent(code), map)
    uit, fout = schrijver.communicate(timeout=eindig.GENOEG)
    assert schrijver.returncode == 0, fout.decode()
    return json.loads(uit)


@POSIX
def test_a_journal_that_cannot_be_written_records_nothing_and_goes_on_when_there_is_room(tmp_path):
    gezien = _run(
        tmp_path,
        """
        pad = map / "journaal" / "2026.jsonl"
        for _ in range(3):
            leg_stap_vast(register, nummer)
        lengte = pad.stat().st_size
        dossier = (map / "dossiers" / nummer / "teksten.jsonl").read_bytes()
        limit(lengte + 100)   # a hundred bytes of the line still fit
        fout = poging(nummer, reden="Past niet.")
        gelijk = pad.stat().st_size == lengte and (map / "dossiers" / nummer / "teksten.jsonl").read_bytes() == dossier
        aantal = register.stand().aantal
        limit(resource.RLIM_INFINITY)
        daarna = poging(nummer, reden="Past wel.")
        print(json.dumps([fout, gelijk, aantal, daarna, register.stand().aantal]))
        register.close()
        """,
    )
    fout, gelijk, aantal, daarna, later = gezien
    assert fout.startswith("Er is niets vastgelegd")
    assert gelijk
    assert (aantal, daarna, later) == (5, None, 6)
    bevindingen = controleer(tmp_path)
    assert [bevinding.zin for bevinding in bevindingen if bevinding.ernst != "goed"] == []
    with open_at(tmp_path) as register:
        assert register.meldingen == []
        assert [v.feit.reden for v in register.vastleggingen("K2026-0001")][-1] == "Past wel."


@POSIX
def test_a_text_that_cannot_be_written_records_nothing(tmp_path):
    gezien = _run(
        tmp_path,
        """
        pad = map / "dossiers" / nummer / "teksten.jsonl"
        voor = pad.read_bytes()
        limit(20_000)
        fout = poging(nummer, reden="x" * 30_000)
        limit(resource.RLIM_INFINITY)
        gelijk = pad.read_bytes() == voor
        daarna = poging(nummer)
        print(json.dumps([fout, gelijk, daarna, register.stand().aantal]))
        register.close()
        """,
    )
    assert gezien[0].startswith("Er is niets vastgelegd")
    assert gezien[1:] == [True, None, 3]
    assert [b.zin for b in controleer(tmp_path) if b.ernst != "goed"] == []


@POSIX
def test_a_database_that_cannot_be_written_keeps_the_fact_and_refuses_the_next(tmp_path):
    gezien = _run(
        tmp_path,
        """
        wal = map / "klachten.duckdb.wal"
        limit(wal.stat().st_size + 200)  # room for the line of the journal, not for the row
        eerste, tweede = poging(nummer, reden="Bewaard."), poging(nummer, reden="Geweigerd.")
        try:
            leesbaar = len(register.vastleggingen(nummer))
        except Exception as fout:
            leesbaar = repr(fout)
        print(json.dumps([eerste, tweede, leesbaar]))
        sys.stdout.flush()
        os._exit(0)
        """,
    )
    eerste, tweede, leesbaar = gezien
    assert eerste.startswith("Uw vastlegging is bewaard (feit 3)")
    assert tweede.startswith("Er kan nu niets worden vastgelegd")
    assert leesbaar == 2 or "RegisterAlleenLezen" in leesbaar
    with open_at(tmp_path) as register:
        assert [v.feit.reden for v in register.vastleggingen("K2026-0001")] == ["", "", "Bewaard."]
    assert fouten(controleer(tmp_path)) == []


def test_a_database_that_cannot_be_repaired_while_running_is_rebuilt_at_the_next_start(tmp_path, monkeypatch):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        echt = type(register._database).append

        def append(self, *args, **kwargs):
            monkeypatch.undo()
            self.con.execute("DROP TABLE klacht_stand")  # whatever the cause: this connection cannot do it
            return echt(self, *args, **kwargs)

        monkeypatch.setattr(type(register._database), "append", append)
        with pytest.raises(RegisterAlleenLezen, match="Uw vastlegging is bewaard"):
            leg_stap_vast(register, nummer, reden="Bewaard.")
    with open_at(tmp_path) as register:
        assert [v.feit.reden for v in register.vastleggingen(nummer)] == ["", "", "Bewaard."]


def test_a_transaction_that_fails_once_is_replayed_and_told(tmp_path, monkeypatch):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        afleiding = type(register._database.afleiding)

        def derive(self, nummers, nieuw=None, **_):
            monkeypatch.undo()
            self._con.execute("SELECT error('geheugen vol')")

        monkeypatch.setattr(afleiding, "derive", derive)
        nr = leg_stap_vast(register, nummer, reden="Bewaard.")
        assert nr == 3
        assert register.vastleggingen(nummer)[2].feit.reden == "Bewaard."
        leg_stap_vast(register, nummer)
        assert leg_klacht_vast(register) == "K2026-0002"
        assert [melding[:13] for melding in register.meldingen] == ["Bij feit 3 is"]
        assert fouten(controleer(register)) == []


def test_derived_rows_that_stand_in_the_way_of_a_replay_mean_a_rebuild(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
    oud = (tmp_path / "klachten.duckdb").read_bytes()
    with open_at(tmp_path) as register:
        ander = leg_klacht_vast(register)
    (tmp_path / "klachten.duckdb").write_bytes(oud)
    with duckdb.connect(str(tmp_path / "klachten.duckdb")) as con:
        con.execute("INSERT INTO tekst VALUES (3, 'K2026-0001', 'omschrijving', 'in de weg')")
    with open_at(tmp_path) as register:
        assert "opnieuw opgebouwd" in register.meldingen[0]
        assert [len(register.vastleggingen(n)) for n in (nummer, ander)] == [2, 2]
    assert fouten(controleer(tmp_path)) == []


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "journaal").write_text("geen map", encoding="utf-8")
    with pytest.raises(RegisterFout, match="kan niet worden geopend"):
        open_at(tmp_path)
    (tmp_path / "journaal").unlink()
    with open_at(tmp_path) as register:
        assert isinstance(register, Register)
        assert register.journaal.verify().kop == Kop()
        assert DAG.year == 2026
