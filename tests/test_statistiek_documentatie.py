"""docs/statistiek.md, the signatures and the docstrings say the same."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from klachten import tijdzone
from klachten.analyse import statistiek
from klachten.analyse.basis import kalender

WORTEL = Path(__file__).parents[1]
BLADZIJDE = (WORTEL / "docs" / "statistiek.md").read_text(encoding="utf-8")
RIJEN = re.findall(r"^\| `(\w+)\(([^)]*)\)` \| (.+) \| (.+) \|$", BLADZIJDE, re.M)
AUTEUR_EN_JAAR = re.compile(r"[A-Z][a-z]+ (?:& [A-Z][a-z]+ |et al\. )?\(\d{4}\)")


def publieke_functies() -> dict[str, Callable]:
    uit_statistiek = {naam: getattr(statistiek, naam) for naam in statistiek.__all__}
    uit_kalender = {naam: waarde for naam, waarde in vars(kalender).items() if not naam.startswith("_")}
    alles = uit_statistiek | {
        n: w for n, w in uit_kalender.items() if getattr(w, "__module__", "") == kalender.__name__
    }
    # What is kept after the first call is a function all the same.
    return {
        naam: inspect.unwrap(waarde) for naam, waarde in alles.items() if inspect.isfunction(inspect.unwrap(waarde))
    }


def test_every_public_function_is_on_the_page_and_nothing_else() -> None:
    namen = [naam for naam, *_ in RIJEN]
    assert len(namen) == len(set(namen))
    assert set(namen) == set(publieke_functies())


@pytest.mark.parametrize(("naam", "parameters", "formule", "bron"), RIJEN, ids=[rij[0] for rij in RIJEN])
def test_parameters_and_sources_on_the_page_are_those_of_the_code(
    naam: str, parameters: str, formule: str, bron: str
) -> None:
    functie = publieke_functies()[naam]
    assert [deel for deel in parameters.split(", ") if deel] == list(inspect.signature(functie).parameters)
    assert formule
    bronnen = set(AUTEUR_EN_JAAR.findall(inspect.getdoc(functie)))
    assert bronnen <= set(AUTEUR_EN_JAAR.findall(bron)), "the docstring names a source that the page does not"


def test_every_file_of_the_package_is_on_the_page() -> None:
    bestanden = {pad.name for pad in (WORTEL / "klachten" / "analyse" / "statistiek").glob("*.py")}
    genoemd = set(re.findall(r"(\w+\.py)`", BLADZIJDE))
    assert bestanden - {"__init__.py", "invoer.py"} <= genoemd


def test_everything_public_is_exported_documented_and_refuses_in_dutch() -> None:
    for naam in statistiek.__all__:
        waarde = getattr(statistiek, naam)
        if inspect.isclass(waarde) or inspect.isfunction(waarde):
            assert inspect.getdoc(waarde), naam
    for naam, functie in publieke_functies().items():
        assert inspect.signature(functie).return_annotation is not inspect.Signature.empty, naam


def test_the_statistics_import_nothing_of_the_house_outside_analyse() -> None:
    toegestaan = {"numpy", "pandas", "scipy", "dateutil"} | set(sys.stdlib_module_names)
    paden = [
        *(WORTEL / "klachten" / "analyse" / "statistiek").glob("*.py"),
        Path(kalender.__file__),
        Path(tijdzone.__file__),
    ]
    for pad in paden:
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.Import):
                assert {deel.name.split(".")[0] for deel in knoop.names} <= toegestaan, pad.name
            if isinstance(knoop, ast.ImportFrom):
                # Of the house only the calendar, beside the statistics, and in which time zone a day begins.
                van_huis = knoop.level == 1 or (knoop.level, knoop.module) in {
                    (2, "basis.kalender"),
                    (0, "klachten.tijdzone"),
                }
                assert van_huis or knoop.module.split(".")[0] in toegestaan, pad.name
