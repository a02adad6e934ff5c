"""What every test may use: an empty register in a folder of its own, and the fixed cast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from klachten import toegang
from klachten.opening import open_register
from klachten.register import Register
from klachten.toegang import Gebruiker


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register; the real journal, dossiers and DuckDB file in a folder of this test."""
    with open_register(tmp_path / "register") as register:
        yield register


def _cast(id: str) -> Gebruiker:
    persoon = toegang.gebruiker(id)
    assert persoon is not None
    return persoon


@pytest.fixture
def anna() -> Gebruiker:
    """The coordinator."""
    return _cast("anna")


@pytest.fixture
def bas() -> Gebruiker:
    """A behandelaar."""
    return _cast("bas")


@pytest.fixture
def carla() -> Gebruiker:
    """A member of directie."""
    return _cast("carla")


@pytest.fixture
def dirk() -> Gebruiker:
    """Uninvolved: must be allowed."""
    return _cast("dirk")


@pytest.fixture
def eva() -> Gebruiker:
    """Involved: must be refused."""
    return _cast("eva")


@pytest.fixture
def frank() -> Gebruiker:
    """The other member of directie."""
    return _cast("frank")


@pytest.fixture
def gijs() -> Gebruiker:
    """An actienemer."""
    return _cast("gijs")
