"""The measurement of the commands that write much at once runs the real command and judges what it took."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from klachten.__main__ import main
from klachten.meting import bulk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no os.wait4")


def figures(tekst: str) -> dict[str, float]:
    return {
        naam: float(getal.replace(",", "."))
        for naam, getal in re.findall(r"^  (\S+).*?([\d,]+) (?:s|MB)$", tekst, re.M)
    }


def test_taking_over_a_made_file_is_measured_with_its_aims(capsys: pytest.CaptureFixture[str]):
    assert main(["meet", "importeer", "--rijen", "50"]) == 0
    uit = capsys.readouterr().out
    assert uit.startswith("importeer: 50 klachten, 101 feiten\n")
    gemeten = figures(uit)
    assert gemeten["Rekentijd"] > 0
    assert gemeten["Geheugen,"] > 20
    # Starting takes longer than fifty rows: in proportion that misses the aim of time and meets that of memory.
    assert "niet gehaald  500.000 feiten in 60 s rekentijd" in uit
    assert "  gehaald       hoogstens 500 MB" in uit


def test_what_changed_in_a_made_file_can_be_all_that_a_next_one_has(tmp_path: Path):
    """What `meet maand` measures; running it takes four commands."""
    for naam, hoe in (("eerste", {}), ("heel", {"anders": (3, 5)}), ("deel", {"anders": (3, 5), "alleen": (3, 5)})):
        bulk.write_file(tmp_path / naam, 8, **hoe)
    eerste, heel, deel = (
        (tmp_path / naam).read_text(encoding="utf-8").splitlines()[1:] for naam in ("eerste", "heel", "deel")
    )
    assert [plek for plek, (een, ander) in enumerate(zip(eerste, heel, strict=True)) if een != ander] == [3, 5]
    assert deel == [heel[3], heel[5]]


def test_making_an_example_is_measured_with_its_aim(capsys: pytest.CaptureFixture[str]):
    assert main(["meet", "voorbeeld", "--aantal", "5"]) == 0
    uit = capsys.readouterr().out
    assert re.match(r"voorbeeld: \d+ klachten, \d+ feiten\n", uit)
    assert "niet gehaald  100.000 klachten in 120 s rekentijd" in uit


def test_a_command_that_fails_is_no_measurement(tmp_path: Path):
    argv = ["importeer", str(tmp_path / "weg.csv"), "--kolommen", str(bulk.KOLOMMEN), "--uitvoeren"]
    with pytest.raises(bulk.MetingMislukt, match="niet gevonden"):
        bulk.measure(argv, tmp_path / "register")
