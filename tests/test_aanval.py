"""The attacks of tests/aanval that are quick, against an app that was started for them; the rest is run by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import tests.aanval.deur  # noqa: F401  # its attacks join the others
from klachten import organisatie
from klachten.voorbeeld.rolverdeling import cast
from tests.aanval.doel import Doel, gestart
from tests.aanval.proeven import PROEVEN, Proef

MET_MENSEN = {"andermans", "rol", "nummers", "herkomst"}
"""What is tried again where people sign in: who one is, is not in the address there."""


@pytest.fixture(scope="module")
def doel() -> Iterator[Doel]:
    with _as_a_command(), gestart() as doel:
        yield doel


@pytest.fixture(scope="module")
def firma() -> Iterator[Doel]:
    with _as_a_command(), gestart(eigen=True) as doel:
        yield doel


@contextmanager
def _as_a_command() -> Iterator[None]:
    """Let nobody be known, as where `python -m tests.aanval` runs: what it attacks has its own people."""
    organisatie.weg("tests")
    try:
        yield
    finally:
        organisatie.zet("tests", cast())


def hold(doel: Doel, proef: Proef) -> None:
    geprobeerd = list(proef.doe(doel))
    assert geprobeerd
    assert [wat for wat, gehouden in geprobeerd if not gehouden] == []


@pytest.mark.parametrize(
    "proef", [proef for proef in PROEVEN if proef.snel and not proef.eigen], ids=lambda proef: proef.doe.__name__
)
def test_the_app_holds(doel: Doel, proef: Proef):
    hold(doel, proef)


@pytest.mark.parametrize(
    "proef",
    [proef for proef in PROEVEN if proef.eigen or proef.doe.__name__ in MET_MENSEN],
    ids=lambda proef: proef.doe.__name__,
)
def test_the_app_of_a_firm_holds(firma: Doel, proef: Proef):
    hold(firma, proef)
