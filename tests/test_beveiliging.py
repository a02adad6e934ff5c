"""docs/beveiliging.md keeps its word: what it names is there, and nothing is called met without a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tests.aanval.deur  # noqa: F401  # its attacks join the others
from tests.aanval.proeven import PROEVEN

PROJECT = Path(__file__).resolve().parents[1]
TEKST = (PROJECT / "docs" / "beveiliging.md").read_text(encoding="utf-8")
RIJEN = [
    [cel.strip() for cel in regel.strip("|").split("|")]
    for regel in TEKST.split("\n## V1 ")[1].splitlines()
    if regel.startswith("| ") and not regel.startswith(("| point", "| ---"))
]
"""The points of the standard; what is protected by what stands above them, and tests/test_bescherming.py holds that."""


@pytest.mark.parametrize("rij", RIJEN, ids=lambda rij: rij[0])
def test_a_point_says_how_it_stands_and_why(rij: list[str]):
    assert len(rij) == 4
    assert rij[1] in {"met", "part", "n/a"}
    assert rij[2]


def test_every_file_that_is_named_is_there():
    genoemd = re.findall(r"`((?:tests|klachten|docs|handelingen|dossier)/[\w/]+\.\w+)`", TEKST)
    assert len(genoemd) > 40
    weg = [pad for pad in genoemd if not ((PROJECT / pad).exists() or (PROJECT / "klachten" / pad).exists())]
    assert weg == []


def test_every_attack_that_is_named_is_one_and_every_one_is_named():
    genoemd = {
        naam.strip()
        for groep in re.findall(r"`tests/test_aanval\.py` \(([^)]*)\)", TEKST)
        for naam in groep.split(",")
    }  # fmt: skip
    alle = {proef.doe.__name__ for proef in PROEVEN}
    assert genoemd <= alle
    assert alle - genoemd <= {"groot", "traag"}


def test_every_chapter_of_the_standard_is_there():
    for hoofdstuk in range(1, 18):
        samen = 6 <= hoofdstuk <= 12
        assert samen or re.search(rf"^(## V{hoofdstuk} |\| V{hoofdstuk} )", TEKST, re.MULTILINE), hoofdstuk
