"""The damage table: what the app, controleer and herbouw say of each kind, and that no number is given out twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klachten.register import controle
from tests import schade, schadeproef

VERDER = ("jaar-database-en-zegel-weg", "tekst-zonder-feit", "regel-veranderd", "herschreven", "los-dossier")


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map = tmp_path_factory.mktemp("bron") / "register"
    schade.build(map)
    return map


@pytest.fixture(autouse=True)
def _facts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is derived in the database costs most of controleer, and is looked at in test_controle."""
    for naam in ("check_derived", "check_words"):
        monkeypatch.setattr(controle, naam, lambda bevindingen, con: None)


@pytest.mark.parametrize("naam", schade.GEVALLEN)
def test_what_is_said_of_damage(bron: Path, tmp_path: Path, naam: str):
    schadeproef.say(schade.GEVALLEN[naam], shutil.copytree(bron, tmp_path / "register"), tmp_path / "kopie")


@pytest.mark.parametrize("naam", VERDER)
def test_whoever_goes_on_without_what_was_lost_keeps_it_and_gets_no_number_twice(bron, tmp_path: Path, naam: str):
    schadeproef.go_on(schade.GEVALLEN[naam], shutil.copytree(bron, tmp_path / "register"))


@pytest.mark.parametrize("zaad", range(6))
def test_of_damage_at_random_nothing_is_called_whole_that_is_not(bron: Path, tmp_path: Path, zaad: int):
    schadeproef.at_random(bron, tmp_path / "register", zaad)


def test_the_table_in_the_docs_is_what_is_tested():
    assert f"{schade.BEGIN_TABEL}\n{schade.table()}\n{schade.EINDE_TABEL}" in schade.DOC.read_text(encoding="utf-8")
