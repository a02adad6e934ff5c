"""The command line: it finds its commands, answers in Dutch, and its exit codes can be trusted."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten import opdrachten
from klachten.opdrachten import start, waar
from klachten.opening import open_register
from klachten.toegang.instellingen import Instellingen

PROJECT = Path(__file__).resolve().parents[1]


def draai(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    try:
        code = ingang.main(argv)
    except SystemExit as einde:
        code = int(einde.code or 0)
    gezegd = capsys.readouterr()
    return code, gezegd.out, gezegd.err


def test_every_module_of_opdrachten_is_a_command():
    for module in opdrachten.load_all():
        assert module.NAAM
        assert module.HULP.endswith(".")
        assert callable(module.run)
        assert callable(module.add_arguments)


def test_a_command_imports_no_other_and_the_help_nothing_that_counts():
    """What starts every hour, or is typed in between, does not wait for what it does not use."""
    assert [module.NAAM for module in opdrachten.load(["waar", "5"])] == ["waar"]
    assert opdrachten.load(["wegwezen"]) == opdrachten.load_all()
    doel = "import contextlib, json, sys, klachten.__main__ as m\nwith contextlib.suppress(SystemExit): m.main({})"
    for argv, niet in ((["waar", "5"], {"klachten.opdrachten.start"}), (["--help"], {"klachten.gezond.controles"})):
        code = f"{doel.format(argv)}\nprint('klaar', *sys.modules)"
        gezegd = subprocess.run(
            [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=60
        ).stdout
        geladen = set(gezegd.rpartition("klaar ")[2].split())
        assert not {"pandas", "scipy", "streamlit", *niet} & geladen


def test_the_help_names_every_command_in_dutch(capsys):
    code, uit, _ = draai(capsys, "--help")
    assert code == 0
    assert "gebruik: python -m klachten" in uit
    for module in opdrachten.load_all():
        assert module.NAAM in uit


@pytest.mark.parametrize("module", opdrachten.load_all(), ids=lambda module: module.NAAM)
def test_every_command_explains_itself(capsys, module):
    code, uit, _ = draai(capsys, module.NAAM, "--help")
    assert code == 0
    assert module.HULP.split()[0] in uit
    assert not re.search(r"\b(usage|options|positional|show this)\b", uit)


@pytest.mark.parametrize(
    ("argv", "zin"),
    [
        ([], "dit ontbreekt nog: OPDRACHT"),
        (["wegwezen"], "'wegwezen' bestaat niet"),
        (["waar"], "dit ontbreekt nog: STAP"),
        (["waar", "19"], "'19' bestaat niet"),
        (["waar", "vijf"], "'vijf' is geen geldige waarde"),
        (["waar", "5", "6"], "dit is niet bekend: 6"),
        (["start", "--poort"], "hier hoort een waarde achter"),
    ],
)
def test_a_mistake_in_a_command_gets_a_dutch_sentence_and_exit_code_2(capsys, argv, zin):
    code, _, fout = draai(capsys, *argv)
    assert code == 2
    assert zin in fout
    assert "--help" in fout


@pytest.mark.parametrize("nr", range(1, 19))
def test_waar_finds_every_step(capsys, nr: int):
    code, uit, _ = draai(capsys, "waar", str(nr))
    assert code == 0
    gevonden = waar.plaatsen(nr)
    assert gevonden[f"Stap {nr}"][0]
    assert gevonden["Wie"][0]
    assert gevonden["Feiten"]
    assert gevonden["Handeling"], "no handeling carries out this step"
    assert gevonden["Pagina"], "the page of this step is not there"
    assert gevonden["Pagina"][0] in uit
    assert gevonden["Tests"], "no test mentions this step"


@pytest.mark.parametrize("nr", range(1, 19))
def test_what_waar_points_at_is_really_there(nr: int):
    gevonden = waar.plaatsen(nr)
    for regel in [*gevonden["Handeling"], *gevonden["Feiten"]]:
        naam, plaats = regel.split()
        pad, nummer = plaats.split(":")
        assert naam in (PROJECT / pad).read_text(encoding="utf-8").splitlines()[int(nummer) - 1]


def test_waar_5_names_its_term_and_its_letter():
    gevonden = waar.plaatsen(5)
    assert gevonden["Termijnen"] == ["bevestiging: 2 weken vanaf ontvangen, Ontvangstbevestiging"]
    assert gevonden["Brief"]


def test_start_says_that_the_port_is_taken(capsys):
    with socket.socket() as ander:
        ander.bind(("127.0.0.1", 0))
        ander.listen()
        poort = ander.getsockname()[1]
        code, _, fout = draai(capsys, "start", "--poort", str(poort))
    assert code == 2
    assert f"Poort {poort} is al in gebruik" in fout


def test_start_binds_to_this_machine_only():
    assert "--server.address=127.0.0.1" in start.opdrachtregel(8501, Instellingen())


@pytest.mark.parametrize("opdracht", ["controleer", "herbouw"])
def test_a_register_in_use_is_a_sentence_and_exit_code_2(capsys, monkeypatch, register, opdracht):
    monkeypatch.setenv("KLACHTEN_DATA", str(register.map))
    code, _, fout = draai(capsys, opdracht)
    assert code == 2
    assert fout.startswith("Fout: ")
    assert "Traceback" not in fout


def test_controleer_says_that_all_is_well_and_what_is_not(capsys, tmp_path):
    with open_register(tmp_path):
        pass
    code, uit, _ = draai(capsys, "controleer", "--map", str(tmp_path))
    assert code == 0
    assert uit.splitlines()[-1] == f"Het register in {tmp_path} is in orde."
    (tmp_path / "klachten.duckdb").write_bytes(b"geen database")
    code, uit, _ = draai(capsys, "controleer", "--map", str(tmp_path))
    assert code == 1
    assert "FOUT" in uit


def test_herbouw_makes_a_damaged_database_again(capsys, tmp_path):
    with open_register(tmp_path):
        pass
    (tmp_path / "klachten.duckdb").write_bytes(b"geen database")
    assert draai(capsys, "herbouw", "--map", str(tmp_path))[0] == 0
    assert draai(capsys, "controleer", "--map", str(tmp_path))[0] == 0
