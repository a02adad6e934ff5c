"""The attacks of tests/aanval that are quick, against an app that was started for them; the rest is run by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.aanval.doel import Doel, gestart
from tests.aanval.proeven import PROEVEN, Proef


@pytest.fixture(scope="module")
def doel() -> Iterator[Doel]:
    with gestart() as doel:
        yield doel


@pytest.mark.parametrize("proef", [proef for proef in PROEVEN if proef.snel], ids=lambda proef: proef.doe.__name__)
def test_the_app_holds(doel: Doel, proef: Proef):
    geprobeerd = list(proef.doe(doel))
    assert geprobeerd
    if not proef.wacht:
        assert [wat for wat, gehouden in geprobeerd if not gehouden] == []
