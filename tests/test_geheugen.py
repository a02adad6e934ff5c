"""Which allocator a process has: jemalloc where it is installed, and never twice from the beginning."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from klachten import geheugen

PROJECT = Path(__file__).resolve().parents[1]
KAARTEN = "from pathlib import Path; print('jemalloc.so' in Path('/proc/self/maps').read_text())"
# What runs after the program of the command line began, in the process that does the work.
BEGIN = f"import sys; from klachten import geheugen; geheugen.start_anew(); print(sys.argv[1:]); {KAARTEN}"
ER_IS_GEEN = pytest.mark.skipif(geheugen.find() is None, reason="jemalloc is not installed here")


def ask(programma: str, *args: str, **omgeving: str) -> list[str]:
    schoon = {
        naam: waarde
        for naam, waarde in os.environ.items()
        if naam not in (geheugen.VOORAF, geheugen.ZONDER, geheugen.GEPROBEERD)
    }
    klaar = subprocess.run(
        [sys.executable, "-c", programma, *args],
        cwd=PROJECT, env=schoon | omgeving, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return klaar.stdout.splitlines()


@ER_IS_GEEN
@pytest.mark.parametrize(
    ("omgeving", "met"),
    [
        pytest.param({}, True, id="by itself"),
        pytest.param({geheugen.ZONDER: "1"}, False, id="without it"),
        pytest.param({geheugen.VOORAF: "libm.so.6"}, False, id="somebody chose other libraries"),
        pytest.param({geheugen.GEPROBEERD: "1"}, False, id="it was tried, and the loader took it away"),
    ],
)
def test_a_program_begins_once_more_with_the_allocator_and_the_same_arguments(omgeving: dict[str, str], met: bool):
    assert ask(BEGIN, "een", "twee woorden", **omgeving) == ["['een', 'twee woorden']", str(met)]


@ER_IS_GEEN
def test_a_command_is_carried_out_once_in_the_process_that_was_started():
    met = subprocess.Popen(
        [sys.executable, "-m", "klachten", "waar", "5"], cwd=PROJECT, stdout=subprocess.PIPE, text=True,
        env={naam: waarde for naam, waarde in os.environ.items() if naam != geheugen.VOORAF},
    )  # fmt: skip
    gezegd, _ = met.communicate(timeout=60)
    assert met.returncode == 0
    assert gezegd.count("Stap 5") == 1, gezegd[:400]


@ER_IS_GEEN
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="these tests run in the first process")
def test_a_worker_of_the_tests_has_it_as_the_app_has():
    assert "jemalloc.so" in Path("/proc/self/maps").read_text(encoding="utf-8")


def test_it_is_found_where_a_machine_keeps_its_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert geheugen.find((str(tmp_path),)) is None
    (tmp_path / geheugen.NAAM).touch()
    assert geheugen.find((str(tmp_path),)) == tmp_path / geheugen.NAAM
    monkeypatch.setattr(geheugen.sysconfig, "get_config_var", {"MULTIARCH": "riscv64-linux-gnu"}.get)
    eigen = tmp_path / "riscv64-linux-gnu" / geheugen.NAAM
    eigen.parent.mkdir()
    eigen.touch()
    assert geheugen.find((str(tmp_path),)) == eigen
    monkeypatch.setattr(geheugen.sys, "platform", "win32")
    assert geheugen.find((str(tmp_path),)) is None


def test_without_one_nothing_is_chosen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(geheugen, "find", lambda: None)
    omgeving: dict[str, str] = {}
    assert not geheugen.choose(omgeving)
    assert omgeving == {}
