"""After damage to the journal or the texts: what was half is cut off, and what was lost is not lost without a word."""

from __future__ import annotations

import shutil

import pytest

from klachten.register import RegisterAlleenLezen, RegisterBeschadigd
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from tests.registerproef import fouten, leg_klacht_vast, leg_stap_vast, ontvangst, open_at


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
