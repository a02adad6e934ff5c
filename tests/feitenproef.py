"""Dossiers of facts alone, in which nothing is recorded: the states of standenproef with the cast of the example."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis
from klachten.opening import open_register
from klachten.register import Register
from tests.standenproef import D0, STANDEN, op, vastgelegd

# Who of that cast they are: c and b are Anna, who coordinates and handles.
WIE = {"c": "anna", "b": "anna", "d": "carla", "d2": "frank", "a": "gijs", "o": "gijs", "p": "dirk"}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    """An empty register; nothing is recorded in it."""
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("leeg") / "register")) as register:
        yield register


def dag(nr: int) -> date:
    return D0 + timedelta(nr)


def echt(feiten: list[Gebeurtenis]) -> list[Gebeurtenis]:
    """The same facts, done by people of the cast."""
    return [
        replace(
            feit,
            **{naam: WIE[waarde] for naam, waarde in vars(feit).items() if isinstance(waarde, str) and waarde in WIE},
        )
        for feit in feiten
    ]


def klacht(feiten: list[Gebeurtenis], door: dict[type[Gebeurtenis], str] | None = None) -> Dossier:
    vast = vastgelegd("K2026-0001", echt(feiten))
    return Dossier("K2026-0001", [replace(v, door=(door or {}).get(type(v.feit), "anna")) for v in vast])


TWEEDE = g.MaatregelBepaald(**op(6), maatregel=2, actienemer="a", uiterlijk_op=dag(40), overlegd_met="d2")
TWEE = [*STANDEN["ma"], TWEEDE, g.ActienemerGeinformeerd(**op(7), maatregel=1)]
TWEE += [g.ActienemerGeinformeerd(**op(7), maatregel=2), g.MaatregelUitgevoerd(**op(8), maatregel=2)]
