"""A file that is written in portions is whole or absent, also when the disk is full or the import is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from klachten.opening import open_register
from klachten.overname import overnemen
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.zaaklijst import Nieuw
from klachten.register import Register, RegisterFout
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from tests import eindig
from tests.overnameproef import PROEF, PROJECT, journal_size, maak, plan, rijen, veel

# That file is made anew for each test.
__all__ = ["veel"]


def test_a_file_in_portions_is_one_group_with_its_texts_and_numbers_in_order_of_receipt(register: Register, veel: Path):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    assert overnemen.record(register, uitkomst) == [f"K2013-{i:04d}" for i in range(1, 41)]
    assert rijen(register, "SELECT DISTINCT deel[2] FROM gebeurtenis") == [(uitkomst.feiten + 1,)]
    op_nummer = rijen(register, "SELECT ontvangen_op, bron_id FROM klacht ORDER BY klachtnummer")
    assert op_nummer == sorted(op_nummer, key=lambda rij: (rij[0], int(str(rij[1]))))
    for nummer, zaak in uitkomst.nieuw:
        ontvangst = register.vastleggingen(nummer)[0].feit
        assert (ontvangst.bron_id, ontvangst.omschrijving) == (zaak.bron_id, f"Lening\nVerhaal {zaak.bron_id}")
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
    with register.schrijven() as boeking:
        assert boeking.nieuw_nummer("K", 2013) == "K2013-0041"
        boeking.leg_vast("K2013-0041", register.vastleggingen("K2013-0001")[0].feit, door="anna", rol="coordinator")


@pytest.mark.parametrize("wat", ["schijf", "bestand", "nummers"])
def test_what_fails_halfway_leaves_nothing_and_can_be_done_again(register: Register, veel: Path, monkeypatch, wat: str):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    write, keer = Dossiermap.write_together, iter(range(100))

    def stuk(self, teksten):
        write(self, teksten)
        if next(keer) == 3:
            assert len(self.bundels.numbers()) == 27
            if wat == "schijf":
                raise OSError(28, "No space left on device")
            veel.write_bytes(veel.read_bytes() + b"\n")

    if wat == "nummers":
        monkeypatch.setattr(Nieuw, "number", lambda _, plek: f"K2013-{plek + 2:04d}")
    else:
        monkeypatch.setattr(Dossiermap, "write_together", stuk)
    reden = {"schijf": "Maak ruimte op de schijf", "bestand": "het bestand is veranderd", "nummers": "Intussen"}[wat]
    with pytest.raises((RegisterFout, OnleesbaarBestand), match=reden):
        overnemen.record(register, uitkomst)
    monkeypatch.undo()
    assert register.stand().aantal == 0
    assert list((register.map / "dossiers").iterdir()) == []
    assert journal_size(register.map) == 0
    overnemen.record(register, plan(veel, veel.with_suffix(".toml"), register))
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


def test_texts_that_cannot_be_written_leave_nothing(register: Register, veel: Path):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    in_de_weg = register.dossiers.bundels.map / "K2013-0.bundel"
    in_de_weg.mkdir(parents=True)
    with pytest.raises(RegisterFout):
        overnemen.record(register, uitkomst)
    assert (register.stand().aantal, journal_size(register.map)) == (0, 0)
    in_de_weg.rmdir()
    (register.map / "dossiers" / "K2013-0023").mkdir()
    overnemen.record(register, plan(veel, veel.with_suffix(".toml"), register))
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


# --- killed in the middle --------------------------------------------------------------------------------------------

TRAAG = """
import os, sys, time
from klachten import __main__ as ingang
from klachten.opdrachten import importeer
from klachten.register import journaal, stroom
journaal._SCHRIJFBLOK, stroom.PORTIE = 2048, 30
write = os.write
def slow_write(fd, inhoud):
    time.sleep(0.02)
    return write(fd, inhoud)

for regel in sys.stdin:  # a process of its own for each, that has all its imports already
    kind = os.fork()
    if not kind:
        os.write = slow_write
        with open(os.devnull, "w") as weg:
            sys.stdout = sys.stderr = weg
            os._exit(ingang.main(regel.rstrip("\\n").split("\\t")))
    print(kind, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(kind, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def langzaam() -> Iterator[subprocess.Popen[str]]:
    """What starts the command in a process of its own that writes its journal slowly, so that it can be killed."""
    proces = subprocess.Popen(
        [sys.executable, "-c", TRAAG],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield proces
    proces.communicate(timeout=30)
    assert proces.returncode == 0


def start_slow_import(langzaam: subprocess.Popen[str], tmp_path: Path, bestand: Path) -> int:
    """Start it; returns the id of its process. How that ended is said on the next line."""
    assert langzaam.stdin
    argv = ["importeer", str(bestand), "--kolommen", str(tmp_path / "klachten.toml"), "--uitvoeren"]
    print("\t".join([*argv, "--map", str(tmp_path / "r")]), file=langzaam.stdin, flush=True)
    return int(eindig.line(langzaam))


@pytest.mark.parametrize("tot", [0, 1, 40_000])
def test_an_import_that_is_killed_halfway_leaves_nothing(langzaam: subprocess.Popen[str], tmp_path: Path, tot: int):
    kop = (PROEF / "klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    csv = "".join(f"{i},8/{i % 30 + 1}/2013,9/10/2013,Web,Lening,Verhaal {i},\n" for i in range(200))
    bestand = maak(tmp_path, "klachten", csv=f"{kop}\n{csv}")
    proces = start_slow_import(langzaam, tmp_path, bestand)
    map = tmp_path / "r"
    # tot 0: while texts are in the dossiers and the journal is not. A dossier is made before its text is in it: killed
    # in between there is nothing to take out and nothing to report, so the file has to hold something.
    teksten = map / "dossiers" / "bundels" / "K2013-0.bundel"
    einde = time.monotonic() + 30
    while time.monotonic() < einde:
        if journal_size(map) >= tot and teksten.is_file() and teksten.stat().st_size:
            break
        time.sleep(0.002)
    os.kill(proces, signal.SIGKILL)
    assert int(eindig.line(langzaam)) == -signal.SIGKILL
    half = journal_size(map)
    assert half >= tot
    with open_register(map) as register:
        assert register.stand().aantal == 0
        assert rijen(register, "SELECT count(*) FROM klacht") == [(0,)]
        assert register.meldingen
        assert not list((map / "dossiers").iterdir()), "personal data of what was never confirmed"
        uitkomst = plan(bestand, tmp_path / "klachten.toml", register)
        assert (len(uitkomst.nieuw), uitkomst.nieuw[0][0]) == (200, "K2013-0001")
        overnemen.record(register, uitkomst)
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
    with open_register(map) as register:
        assert rijen(register, "SELECT count(*), count(DISTINCT bron_id) FROM klacht") == [(200, 200)]
        assert len(plan(bestand, tmp_path / "klachten.toml", register).al_overgenomen) == 200
