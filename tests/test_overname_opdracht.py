"""The command that takes over: nothing without --uitvoeren, and a sentence for what is rejected or in the way."""

from __future__ import annotations

from pathlib import Path

from klachten.opening import open_register
from klachten.register import Register
from tests.overnameproef import PROEF, importeer, maak


def test_without_uitvoeren_nothing_is_made_not_even_a_register(capsys, tmp_path: Path):
    map = tmp_path / "register"
    code, uit, _ = importeer(capsys, PROEF / "zaken.csv", "--kolommen", PROEF / "zaken.toml", "--map", map)
    assert code == 0
    assert "Nieuw            8 klachten (21 feiten)" in uit
    assert "K2011-0001  ontvangen 01-01-2011, uiterlijk 31-01-2011, afgehandeld 31-01-2011 ('H', regel 12)" in uit
    assert "Er is nog niets vastgelegd." in uit
    assert not map.exists()


def test_a_rejected_row_stops_the_whole_file_unless_it_may_be_left_out(capsys, tmp_path: Path):
    opdracht = (PROEF / "klachten.csv", "--kolommen", PROEF / "klachten.toml", "--map", tmp_path, "--uitvoeren")
    code, uit, _ = importeer(capsys, *opdracht)
    assert code == 1
    assert "Er is niets vastgelegd, want er zijn regels afgekeurd" in uit
    assert "  regel 10 ('1007'): Kolom 'via' heeft een waarde die niet is opgegeven: (niet getoond: 4 tekens)." in uit
    assert "regel 11 is gelijk aan regel 6" in uit
    with open_register(tmp_path) as register:
        assert register.stand().aantal == 0
    code, uit, _ = importeer(capsys, *opdracht, "--zonder-afgekeurde")
    assert code == 0
    assert "Vastgelegd: 4 klachten, van K2012-0001 tot en met K2013-0003." in uit
    assert "Start met --eigen als het uw eigen register wordt" in uit
    code, uit, _ = importeer(capsys, *opdracht, "--zonder-afgekeurde")
    assert code == 0
    assert "Al overgenomen   4 klachten" in uit
    assert "Er valt niets vast te leggen." in uit


def test_all_rejected_rows_can_be_written_to_a_file(capsys, tmp_path: Path):
    csv = (PROEF / "klachten.csv").read_text(encoding="utf-8").replace("1007", "=1+1")
    bestand = maak(tmp_path, "klachten", csv=csv)
    naar = tmp_path / "afgekeurd.csv"
    importeer(capsys, bestand, "--kolommen", tmp_path / "klachten.toml", "--map", tmp_path / "r", "--afgekeurd", naar)
    regels = naar.read_text(encoding="utf-8-sig").splitlines()
    assert regels[0] == "regel;kenmerk;reden"
    assert [regel.split(";")[:2] for regel in regels[1:]] == [["8", "1005"], ["9", "1006"], ["10", ""]]


def test_the_file_itself_is_never_overwritten(capsys, tmp_path: Path):
    bestand = maak(tmp_path, "klachten")
    code, _, fout = importeer(
        capsys, bestand, "--kolommen", tmp_path / "klachten.toml", "--map", tmp_path / "r", "--afgekeurd", bestand
    )
    assert code == 2
    assert "zou een bestand van de overname overschrijven" in fout
    assert bestand.read_bytes() == (PROEF / "klachten.csv").read_bytes()


def test_a_register_that_is_open_elsewhere_is_a_sentence(capsys, register: Register):
    code, uit, fout = importeer(capsys, PROEF / "zaken.csv", "--kolommen", PROEF / "zaken.toml", "--map", register.map)
    assert code == 2
    assert "is al geopend door een ander programma" in fout
    assert "Zet daarom eerst de app stil" in fout
    assert "nog eens en start de app daarna weer" in fout
    assert "Nieuw            8 klachten (21 feiten)" in uit
