"""An empty register for one test, that holds in the end that nothing went wrong which was then put right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registerproef import open_at


@pytest.fixture
def register(tmp_path: Path):
    with open_at(tmp_path / "register") as register:
        yield register
        assert register.meldingen == []  # nothing went wrong that was then put right
