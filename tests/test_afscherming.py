"""Who else on this machine can read a register: found, closed when it is ours, said when it is not."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten import afscherming
from klachten.concepten import Concepten
from klachten.datamap import of_register
from klachten.opening import open_register
from tests import eindig
from tests.registerproef import NU, leg_klacht_vast, open_at

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _zoals_vroeger():
    """What most systems give a process: readable by everybody; and what was before the test comes back."""
    vorig = os.umask(0o022)
    yield
    os.umask(vorig)


@pytest.fixture
def open_map(tmp_path: Path, ingericht: Path) -> Path:
    """A register as one was made before: everybody may read all of it."""
    map = shutil.copytree(ingericht, tmp_path / "register")
    with open_at(map) as register:
        leg_klacht_vast(register)
    for pad in (map, *map.rglob("*")):
        pad.chmod(0o755 if pad.is_dir() else 0o644)
    return map


def modes(map: Path) -> set[str]:
    return {
        oct(stat.S_IMODE(pad.stat().st_mode)) for deel in (map, *of_register(map)) for pad in (deel, *deel.rglob("*"))
    }


def test_a_register_that_everybody_could_read_is_closed_at_the_next_start_and_says_so(open_map: Path):
    assert afscherming.in_sight(open_map)
    aantal = len(afscherming.too_open(open_map))
    afscherming.close_to_others()
    with open_register(open_map) as register:
        gezegd = [zin for zin in register.meldingen if "andere gebruikers van deze computer" in zin]
    assert len(gezegd) == 1
    assert f"{aantal} mappen en bestanden" in gezegd[0]
    assert modes(open_map) <= {"0o700", "0o600"}
    assert not afscherming.too_open(open_map)
    with open_register(open_map) as register:
        assert not [zin for zin in register.meldingen if "andere gebruikers" in zin]


def test_of_one_folder_it_says_that_it_is_closed(tmp_path: Path):
    map = tmp_path / "nieuw"
    map.mkdir(mode=0o755)
    afscherming.close_to_others()
    with open_register(map) as register:
        (zin,) = [zin for zin in register.meldingen if "andere gebruikers" in zin]
    assert "1 map of bestand is nu alleen nog van de gebruiker waaronder klachten draait." in zin


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_of_the_machine_reads_nothing_any_more(open_map: Path):
    with tempfile.TemporaryDirectory() as boven:  # that of the tests is closed to others itself
        Path(boven).chmod(0o755)
        map = shutil.copytree(open_map, Path(boven) / "register")
        lees = ["cat", *map.rglob("teksten.jsonl")]
        assert (
            "kwam niet"
            in subprocess.run(lees, user=65534, capture_output=True, text=True, timeout=60, check=True).stdout
        )
        afscherming.mend(map)
        assert subprocess.run(lees, user=65534, capture_output=True, text=True, timeout=60, check=False).stdout == ""


def test_what_commands_and_the_app_make_is_of_their_own_user_alone(tmp_path: Path):
    omgeving = {**os.environ, "KLACHTEN_DATA": str(tmp_path / "nieuw")}
    opdracht = [sys.executable, "-m", "klachten", "herbouw"]
    subprocess.run(opdracht, cwd=PROJECT, env=omgeving, check=True, capture_output=True, timeout=eindig.GENOEG)
    assert modes(tmp_path / "nieuw") <= {"0o700", "0o600"}
    assert "close_to_others()" in (PROJECT / "app.py").read_text(encoding="utf-8")


def test_a_concept_and_a_text_are_private_from_the_moment_they_are_made(tmp_path: Path):
    afscherming.close_to_others()
    with open_at(tmp_path / "register") as register:
        leg_klacht_vast(register)
        Concepten(register.map, "anna").save("1", "a", {"omschrijving": "nog niet verstuurd"}, NU)
    assert modes(tmp_path / "register") <= {"0o700", "0o600"}


def test_what_is_of_somebody_else_is_said_and_left_alone(open_map: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(afscherming.os, "geteuid", lambda: open_map.stat().st_uid + 1)
    (zin,) = afscherming.mend(open_map)
    assert "klachten mag dat niet veranderen" in zin
    assert f"chmod -R go= {open_map}" in zin
    assert stat.S_IMODE(open_map.stat().st_mode) == 0o755


def test_a_folder_that_is_everybodys_is_never_closed(open_map: Path):
    open_map.chmod(0o1777)
    zinnen = afscherming.mend(open_map)
    assert stat.S_IMODE(open_map.stat().st_mode) == 0o1777
    assert any("klachten mag dat niet veranderen" in zin for zin in zinnen)


def test_what_lies_behind_a_closed_folder_is_closed_without_a_word_and_other_files_are_left(open_map: Path):
    los = open_map / "van iemand anders.txt"
    los.write_text("niet van het register", encoding="utf-8")
    open_map.chmod(0o700)
    assert not afscherming.in_sight(open_map)
    assert afscherming.mend(open_map) == []
    assert not afscherming.too_open(open_map)
    assert stat.S_IMODE(los.stat().st_mode) == 0o644


def test_a_part_elsewhere_behind_a_link_is_not_closed_by_the_folder(open_map: Path, tmp_path: Path):
    elders = tmp_path / "andere schijf"
    shutil.move(open_map / "dossiers", elders)
    (open_map / "dossiers").symlink_to(elders)
    open_map.chmod(0o700)
    assert afscherming.in_sight(open_map)
    assert "te lezen door andere gebruikers" in afscherming.mend(open_map)[0]
    assert stat.S_IMODE(elders.stat().st_mode) == 0o700


def test_controleer_says_it_and_changes_nothing(open_map: Path, capsys: pytest.CaptureFixture[str]):
    assert ingang.main(["controleer", "--map", str(open_map)]) == 0
    assert "LET OP Andere gebruikers van deze computer kunnen bij het register" in capsys.readouterr().out
    assert stat.S_IMODE(open_map.stat().st_mode) == 0o755


def test_windows_is_left_alone(open_map: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(afscherming, "MODES", False)
    assert afscherming.mend(open_map) == []
    assert afscherming.too_open(open_map) == []
    assert not afscherming.in_sight(open_map)
