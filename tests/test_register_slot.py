"""One program at a time has a register open, and it needs nothing but a folder in which it may write."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from klachten.gebeurtenissen import CoordinatorGeinformeerd
from klachten.register import Register, RegisterBezet, RegisterFout
from klachten.register.controle import controleer
from tests import eindig
from tests.leegproef import register
from tests.registerproef import leg_klacht_vast, open_at

# A register in which nothing goes wrong that is then put right.
__all__ = ["register"]


def test_a_closed_register_says_so(tmp_path):
    register = open_at(tmp_path)
    register.close()
    register.close()
    with pytest.raises(RegisterFout, match="gesloten"):
        register.stand()
    with pytest.raises(RegisterFout, match="gesloten"), register.schrijven():
        pass


def test_a_second_register_on_the_same_folder_is_refused_with_the_name_of_the_folder(register):
    leg_klacht_vast(register)
    with pytest.raises(RegisterBezet, match=r"al geopend.*Sluit dat eerst") as fout:
        open_at(register.map)
    assert str(register.map) in str(fout.value)
    leg_klacht_vast(register)
    with pytest.raises(RegisterBezet):
        controleer(register.map)


def test_another_process_is_refused_and_may_open_after_closing(tmp_path):
    code = (
        "import sys; from pathlib import Path; from klachten.register import *\n"
        "try:\n"
        "    with Register.open(Path(sys.argv[1]), reglementen={}, kalender_dagen=[]) as r: print(r.stand().aantal)\n"
        "except RegisterBezet as fout: print('bezet', fout)\n"
    )

    def elders() -> str:
        gedaan = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True, timeout=60
        )
        return gedaan.stdout.decode("utf-8")

    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        assert elders().startswith("bezet Het register in")
        leg_klacht_vast(register)
    assert elders().strip() == "4"


def test_a_register_may_be_closed_by_another_thread_than_the_one_that_opened_it(tmp_path):
    register = open_at(tmp_path)
    sluiter = threading.Thread(target=register.close)
    sluiter.start()
    eindig.ended(sluiter)
    open_at(tmp_path).close()


def test_the_folder_needs_nothing_but_to_be_writable(tmp_path):
    with open_at(tmp_path / "een" / "twee") as register:
        leg_klacht_vast(register)
        assert isinstance(register, Register)
        assert CoordinatorGeinformeerd.stap == 2
    assert {pad.name for pad in (tmp_path / "een" / "twee").iterdir()} - {"klachten.lock"} == {
        "journaal",
        "dossiers",
        "klachten.duckdb",
        "zegel.json",
    }
