"""What the tests of the evaluation pages share: registers of several sizes, each made once, and what a page shows."""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from klachten import scherm, voorbeeld
from klachten.opening import open_register
from klachten.register import Register

VANDAAG = date(2026, 11, 22)
MATEN = (0, 1, 7, 40, 300)
EVALUATIE = ("jaarbeeld", "termijnen", "categorieen", "opvolging", "proces", "signalen")


@functools.cache
def map_met(aantal: int) -> Path:
    """Make the example register with so many klachten, once per process."""
    map = Path(tempfile.mkdtemp(prefix="evaluatieproef")) / "register"
    atexit.register(shutil.rmtree, map.parent, ignore_errors=True)
    if aantal:
        voorbeeld.make(map, vandaag=VANDAAG, aantal=aantal)
    return map


@contextmanager
def register_met(aantal: int) -> Iterator[Register]:
    """Let the pages use a register with so many klachten; the tests only read it."""
    with open_register(map_met(aantal)) as register:
        vorig = scherm.gebruik(register)
        try:
            yield register
        finally:
            scherm.gebruik(vorig)


def specs(proef: AppTest) -> list[dict[str, Any]]:
    """Return the charts of a page as the browser gets them."""
    return [json.loads(deel.proto.spec) for deel in proef.get("vega_lite_chart")]


def titels(proef: AppTest) -> list[str]:
    """Return the titles of the charts of a page."""
    gevonden = [spec["title"]["text"] for spec in specs(proef)]
    return [" ".join(titel) if isinstance(titel, list) else titel for titel in gevonden]


def kies(proef: AppTest, naam: str, waarde: Any) -> AppTest:
    """Choose something in the shared filter."""
    key = "evaluatiefilter.periode.welke" if naam == "jaar" else f"evaluatiefilter.{naam}"
    if naam == "peildatum":
        return proef.date_input(key=key).set_value(waarde).run()
    return proef.selectbox(key=key).select(waarde).run()
