"""On a disk that is full, or a folder that cannot be written: nothing half, and a sentence that says so."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from klachten.register import Register, RegisterFout
from klachten.register.controle import controleer
from klachten.register.journaal import Kop
from tests import eindig
from tests.herstelproef import POSIX, VOL, start_writer
from tests.registerproef import DAG, fouten, open_at


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


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "journaal").write_text("geen map", encoding="utf-8")
    with pytest.raises(RegisterFout, match="kan niet worden geopend"):
        open_at(tmp_path)
    (tmp_path / "journaal").unlink()
    with open_at(tmp_path) as register:
        assert isinstance(register, Register)
        assert register.journaal.verify().kop == Kop()
        assert DAG.year == 2026
