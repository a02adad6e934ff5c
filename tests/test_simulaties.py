"""`meet simulaties`: every named simulation is run and printed as Markdown, the same for the same seed."""

from __future__ import annotations

import pytest

from klachten.__main__ import main
from klachten.meting import simulaties


def test_meet_simulaties_prints_a_table_per_simulation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klachten.meting.simulatie_reeks.PER_MAAND", (2,))
    monkeypatch.setattr("klachten.meting.simulatie_reeks.PER_MAAND_VERDUBBELD", (8,))
    opdracht = ["meet", "simulaties", "--reeksen", "2", "--zaad", "3"]
    assert main(opdracht) == 0
    uit = capsys.readouterr().out
    assert uit.count("\n| --- |") == uit.count("## ") == 4
    assert "| 1 | nee | 100,0 % |" in uit
    assert main(opdracht) == 0
    assert capsys.readouterr().out == uit


def test_a_simulation_needs_at_least_one_series(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["meet", "simulaties", "--reeksen", "0"]) == 2
    assert "--reeksen is ten minste 1" in capsys.readouterr().err


def test_a_name_that_is_no_simulation_is_refused() -> None:
    with pytest.raises(KeyError):
        list(simulaties.simuleer(1, 1, ("onbekend",)))


def test_a_result_is_a_markdown_table() -> None:
    uitslag = simulaties.Uitslag("Titel", ("a", "b"), ((1, "2 %"),))
    assert uitslag.markdown() == "## Titel\n\n| a | b |\n| --- | --- |\n| 1 | 2 % |"


def test_a_simulation_with_a_size_of_its_own_is_printed_with_decimal_commas(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rijen = [{"soort": "a", "deel, %": 2.5}, {"soort": "b", "deel, %": 3}]
    monkeypatch.setattr("klachten.meting.simulatie_kop.index_zonder_effect", lambda: ("Titel", rijen))
    assert main(["meet", "simulaties", "index"]) == 0
    assert "## Titel\n\n| soort | deel, % |\n| --- | --- |\n| a | 2,5 |\n| b | 3 |" in capsys.readouterr().out
    assert main(["meet", "simulaties", "onbekend"]) == 2
    assert "Er is geen simulatie onbekend" in capsys.readouterr().err
