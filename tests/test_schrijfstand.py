"""Whether facts can be recorded while the register is open: the files that are gone, the disk that was full."""

from __future__ import annotations

import json
import os
import shutil
import textwrap
from pathlib import Path

import pytest

from klachten import scherm
from klachten.register import Register, RegisterAlleenLezen
from klachten.register.controle import controleer
from tests import eindig
from tests.herstelproef import POSIX, VOL, start_writer
from tests.registerproef import fouten, leg_klacht_vast, leg_stap_vast, open_at
from tests.schermproef import open_pagina, tekst

TWEEDE = """
    import sys
    from pathlib import Path
    from tests.registerproef import leg_klacht_vast, open_at
    register = open_at(Path(sys.argv[1]))
    print(leg_klacht_vast(register, omschrijving="Van de tweede."), flush=True)
    sys.stdin.readline()
    register.close()
"""


# --- the files of an open register -----------------------------------------------------------------------------------


def _remove(pad: Path) -> None:
    pad.unlink()


def _put_another(pad: Path) -> None:
    kopie = pad.with_name("kopie")
    shutil.copy(pad, kopie)
    kopie.replace(pad)


def _lengthen(pad: Path) -> None:
    with pad.open("ab") as bestand:
        bestand.write(b"{}\n")


@POSIX
@pytest.mark.parametrize(
    ("naam", "doe", "zin"),
    [
        ("klachten.lock", _remove, "klachten.lock is weggehaald terwijl"),
        ("klachten.lock", _put_another, "klachten.lock is vervangen terwijl"),
        ("klachten.duckdb", _remove, "klachten.duckdb is weggehaald terwijl"),
        ("klachten.duckdb", _put_another, "klachten.duckdb is vervangen terwijl"),
        ("journaal/2026.jsonl", _remove, "2026.jsonl is weggehaald terwijl"),
        ("journaal/2026.jsonl", _lengthen, "2026.jsonl is veranderd buiten klachten om, na feit 2"),
    ],
)
def test_writing_stops_when_a_file_that_is_open_is_not_that_of_the_folder_any_more(tmp_path, naam, doe, zin):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        assert register.alleen_lezen == ""
        doe(tmp_path / naam)
        if not naam.startswith("journaal"):  # a page may look while somebody writes: it compares no lengths
            assert zin in register.alleen_lezen
        for _ in range(2):
            with pytest.raises(RegisterAlleenLezen, match="start het opnieuw") as fout:
                leg_stap_vast(register, nummer)
            assert zin in str(fout.value)
        assert zin in register.alleen_lezen
        assert len(register.vastleggingen(nummer)) == 2


@POSIX
def test_a_second_process_that_got_in_loses_nothing_to_the_first(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        for pad in (*tmp_path.glob("klachten.duckdb*"), tmp_path / "klachten.lock"):
            pad.unlink()
        tweede = start_writer(TWEEDE, tmp_path, stdin=True)
        assert eindig.line(tweede) == b"K2026-0002\n"
        with pytest.raises(RegisterAlleenLezen, match="ander programma"):
            leg_stap_vast(register, nummer)
        wal = (tmp_path / "klachten.duckdb.wal").exists()
    assert wal
    assert (tmp_path / "klachten.duckdb.wal").exists()
    tweede.communicate(b"\n", timeout=eindig.GENOEG)
    assert fouten(controleer(tmp_path)) == []
    with open_at(tmp_path) as register:
        assert (register.stand().aantal, register.meldingen) == (4, [])


# --- folders that stay -----------------------------------------------------------------------------------------------


@POSIX
def test_every_new_folder_is_made_durable_in_the_one_above_before_a_fact_is_confirmed(tmp_path, monkeypatch):
    gedaan: list[str] = []
    echt = os.fsync

    def fsync(fd: int) -> None:
        gedaan.append(str(Path(f"/proc/self/fd/{fd}").readlink()))
        echt(fd)

    monkeypatch.setattr(os, "fsync", fsync)
    map = tmp_path / "boven" / "register"
    with open_at(map) as register:
        assert {str(tmp_path), str(map.parent), str(map)} <= set(gedaan)
        gedaan.clear()
        leg_klacht_vast(register)
    bevestigd = gedaan.index(str(map / "journaal" / "2026.jsonl"))
    assert {str(map / "dossiers"), str(map / "dossiers" / "K2026-0001")} <= set(gedaan[:bevestigd])
    assert gedaan[bevestigd + 1] == str(map / "journaal")


# --- a disk that was full --------------------------------------------------------------------------------------------


@POSIX
def test_after_a_full_disk_recording_goes_on_by_itself_and_until_then_every_page_says_why_not(tmp_path):
    code = """
        from klachten.register.controle import controleer
        wal = map / "klachten.duckdb.wal"
        limit(wal.stat().st_size + 200)  # room for the line of the journal, not for the row
        gezien = [poging(nummer, reden="Bewaard."), poging(nummer, reden="Geweigerd."), register.alleen_lezen]
        gezien.append(register.try_again())
        limit(resource.RLIM_INFINITY)
        gezien += [poging(nummer, reden="Weer ruimte."), register.alleen_lezen, register.meldingen]
        limit((map / "journaal" / "2026.jsonl").stat().st_size + 100)
        gezien += [poging(nummer, reden="Past niet."), register.alleen_lezen, register.try_again()]
        limit(resource.RLIM_INFINITY)
        gezien += [register.try_again(), register.alleen_lezen]
        gezien += [[v.feit.reden for v in register.vastleggingen(nummer)]]
        gezien += [[b.zin for b in controleer(register) if b.ernst != "goed"], list(map.glob("*.proef"))]
        print(json.dumps(gezien))
        register.close()
    """
    schrijver = start_writer(textwrap.dedent(VOL) + textwrap.dedent(code), tmp_path)
    uit, fout = schrijver.communicate(timeout=eindig.GENOEG)
    assert schrijver.returncode == 0, fout.decode()
    bewaard, geweigerd, zegt, vol, weer, daarna, meldingen, past, zegt_ook, nog_vol, ruim, niets, *rest = json.loads(
        uit
    )
    assert bewaard.startswith("Uw vastlegging is bewaard (feit 3)")
    assert geweigerd == zegt
    assert "dan gaat klachten vanzelf verder" in zegt
    assert (vol, weer, daarna) == (False, None, "")
    assert meldingen == ["Er was geen ruimte op de schijf; die is er weer. Er is niets verloren."]
    assert past.startswith("Er is niets vastgelegd")
    assert zegt_ook == f"Er kan nu niets worden vastgelegd. {past}"
    assert (nog_vol, ruim, niets) == (False, True, "")
    assert rest == [["", "", "Bewaard.", "Weer ruimte."], [], []]


def test_every_page_says_it_as_long_as_nothing_can_be_recorded(firma: Register) -> None:
    firma.schrijfstand.schijf = "Er kan nu niets worden vastgelegd. De schijf is vol."
    proef = open_pagina("klachten", "anna")
    assert [fout.value for fout in proef.error] == ["Er kan nu niets worden vastgelegd. De schijf is vol."]
    assert scherm.register().try_again()
    assert "schijf" not in tekst(proef.run())
