"""A snapshot is never half: whoever reads, whatever is left over, and when the disk is full."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klachten import analyse, momentopname
from klachten.momentopname import MomentopnameMislukt, bestanden
from tests import eindig
from tests.momentproef import DAG, PROJECT, neem_op, opnamen
from tests.registerproef import boek_klacht, leg_klacht_vast, open_at

LEZER = """
import sys, time
from pathlib import Path
from klachten.analyse import momentopname
einde, gelezen, namen = time.monotonic() + float(sys.argv[2]), 0, set()
while time.monotonic() < einde:
    con = momentopname.load(Path(sys.argv[1]))
    ((feiten, aantal, klachten, naam),) = con.execute(
        "SELECT (SELECT COUNT(*) FROM feit), aantal_feiten, (SELECT COUNT(*) FROM klacht), naam FROM momentopname"
    ).fetchall()
    assert feiten == aantal == 2 * klachten, (feiten, aantal, klachten)
    gelezen, namen = gelezen + 1, namen | {naam}
print(gelezen, len(namen))
"""


def test_a_reader_in_another_process_never_sees_half_a_group_or_half_a_snapshot(tmp_path: Path):
    stop = threading.Event()
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        neem_op(register)

        def schrijf() -> None:
            while not stop.is_set():
                with register.schrijven() as boeking:
                    boek_klacht(boeking)
                    boek_klacht(boeking)

        schrijver = threading.Thread(target=schrijf)
        lezer = subprocess.Popen(
            [sys.executable, "-c", LEZER, str(tmp_path), "2.5"],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        schrijver.start()
        try:
            eindig.until(lambda: lezer.poll() is not None, "it reads on", rust=lambda: neem_op(register))
        finally:
            stop.set()
            eindig.ended(schrijver)
        uit, fouten = lezer.communicate(timeout=eindig.GENOEG)
    assert lezer.returncode == 0, fouten
    gelezen, verschillende = map(int, uit.split())
    assert gelezen >= verschillende >= 2


@pytest.fixture(scope="module")
def twee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two snapshots."""
    map = tmp_path_factory.mktemp("twee") / "register"
    with open_at(map) as register:
        neem_op(register)
        neem_op(register)
    return map


@pytest.mark.parametrize(
    "inhoud", [None, b"", b"20260302T1", b"\x00\xff", b"../../geheim\n", b"20260101T000000Z-000009\n"]
)
def test_a_pointer_that_is_gone_or_nonsense_leads_to_the_newest_whole_snapshot(
    twee: Path, tmp_path: Path, inhoud: bytes | None
):
    map = shutil.copytree(twee, tmp_path / "register")
    nieuwste = opnamen(map)[-1]
    assert nieuwste.endswith("-000002")
    (map / "momentopname" / "20990101T000000Z-000099").mkdir()
    wijzer = map / "momentopname" / "nieuwste"
    wijzer.unlink()
    if inhoud is not None:
        wijzer.write_bytes(inhoud)
    assert analyse.momentopname.current(map)[0] == map / "momentopname" / nieuwste


def test_every_snapshot_has_a_new_name_also_when_the_clock_is_set_back(tmp_path: Path):
    with open_at(tmp_path) as register:
        neem_op(register)
        gemaakt = [neem_op(register, datetime(2020, 1, 1, tzinfo=UTC)) for _ in range(2)]
        assert [pad.map.name for pad in gemaakt] == ["20200101T000000Z-000002", "20200101T000000Z-000003"]
        assert analyse.momentopname.current(tmp_path)[0] == gemaakt[-1].map
        assert (tmp_path / "momentopname" / "nieuwste").read_text() == "20200101T000000Z-000003\n"


def test_only_the_newest_three_stay_and_what_was_left_half_done_goes(tmp_path: Path):
    with open_at(tmp_path) as register:
        half = tmp_path / "momentopname" / "20260101T000000Z-000001"
        half.mkdir(parents=True)
        (half / "klacht.parquet").write_bytes(b"half")
        eigen = tmp_path / "momentopname" / "van mij"
        eigen.mkdir()
        for _ in range(5):
            assert neem_op(register).meldingen == ()
    assert opnamen(tmp_path) == [*(f"20260302T110000Z-{nr:06d}" for nr in (4, 5, 6)), "van mij"]


def test_an_old_one_that_somebody_has_open_is_named_and_tried_again_next_time(tmp_path: Path, monkeypatch):
    with open_at(tmp_path) as register:
        for _ in range(3):
            neem_op(register)
        with monkeypatch.context() as windows:
            windows.setattr(shutil, "rmtree", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "in gebruik")))
            (melding,) = neem_op(register).meldingen
        assert melding.startswith(
            "De oude momentopname 20260302T110000Z-000001 kon niet worden weggehaald (in gebruik)"
        )
        assert len(opnamen(tmp_path)) == 4
        assert neem_op(register).meldingen == ()
        assert len(opnamen(tmp_path)) == 3


@pytest.mark.parametrize("breekt", ["sync", "store", "point"])
def test_when_the_disk_is_full_the_snapshot_before_it_stays_the_newest(tmp_path: Path, monkeypatch, breekt: str):
    with open_at(tmp_path) as register:
        eerste = neem_op(register)
        leg_klacht_vast(register)
        with monkeypatch.context() as vol:
            vol.setattr(bestanden, breekt, lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
            with pytest.raises(MomentopnameMislukt, match="momentopname voor notebooks is niet gemaakt"):
                neem_op(register)
        assert analyse.momentopname.current(tmp_path)[0] == eerste.map
        assert opnamen(tmp_path) == [eerste.map.name]
        assert not momentopname.is_current(register, DAG)
        neem_op(register)
        assert momentopname.is_current(register, DAG)


def test_making_a_snapshot_leaves_nothing_behind_in_the_register(tmp_path: Path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        vraag = "SELECT table_name FROM duckdb_tables() WHERE database_name <> 'system' ORDER BY 1"
        with register.cursor() as cursor:
            voor = cursor.execute(vraag).fetchall()
            neem_op(register)
            assert cursor.execute(vraag).fetchall() == voor
