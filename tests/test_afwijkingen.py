"""One deviation, one wording: no code of a warning reaches a reader."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from klachten import handelingen, reglement
from klachten.scherm import afwijkingen

MAP = Path(handelingen.__file__).parent


def codes() -> set[str]:
    """Return every code that a handeling can put into a fact, from the code itself."""
    uit = set()
    for pad in MAP.glob("*.py"):
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            naam = getattr(getattr(knoop, "func", None), "attr", "") or getattr(getattr(knoop, "func", None), "id", "")
            if naam in ("waarschuw", "Waarschuwing") and knoop.args:
                eerste = knoop.args[0]
                if isinstance(eerste, ast.JoinedStr):
                    eerste = eerste.values[0]
                if isinstance(eerste, ast.Constant):
                    uit.add(str(eerste.value).partition(":")[0])
    return uit


def test_every_code_has_words_of_its_own() -> None:
    assert {"te_laat", "volgorde", "maatregel_te_laat"} <= codes()
    assert codes() <= set(afwijkingen.WOORDEN)
    assert len(set(afwijkingen.WOORDEN.values())) == len(afwijkingen.WOORDEN)


@pytest.mark.parametrize(
    ("code", "woorden"),
    [
        ("te_laat:bevestiging", "na de termijn (ontvangstbevestiging)"),
        ("te_laat:onbekend", "na de termijn"),
        ("volgorde", "in een andere volgorde"),
        ("iets_nieuws", "anders dan het reglement bedoelt"),
    ],
)
def test_a_code_is_said_in_words(code: str, woorden: str) -> None:
    assert afwijkingen.in_woorden(code, reglement.load("coulant")) == woorden


def test_several_are_listed_once_each() -> None:
    assert afwijkingen.opgesomd(["te_laat:bevestiging", "volgorde", "volgorde"], reglement.load("coulant")) == (
        "na de termijn (ontvangstbevestiging) en in een andere volgorde"
    )
