"""What the tests of the evaluation pages share: registers of several sizes, each made once, and what a page shows."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from klachten import momentopname, scherm, voorbeeld
from klachten.opening import open_register
from klachten.register import Register
from tests import eenmaal
from tests.schermproef import open_pagina

VANDAAG = date(2026, 11, 22)
MATEN = (0, 1, 7, 40, 300)
EVALUATIE = ("jaarbeeld", "termijnen", "categorieen", "opvolging", "proces", "signalen")
WEERGAVEN = ("jaarbeeld", "jaarbeeld?deel=bevindingen", "jaarbeeld?deel=cijfers", *EVALUATIE[1:])
"""Everything that these pages show: of a page with several views, each of them."""


@functools.cache
def map_met(aantal: int | None) -> Path:
    """Make the example register with so many klachten, once in a run; None: as everybody gets it."""
    return eenmaal.own(f"evaluatie-{aantal}", lambda map: _make(map, aantal))


def _make(map: Path, aantal: int | None) -> None:
    if aantal == 0:
        map.mkdir()
    else:
        voorbeeld.make(map, vandaag=VANDAAG, aantal=aantal)


@contextmanager
def register_met(aantal: int) -> Iterator[Register]:
    """Let the pages use a register with so many klachten; the tests only read it."""
    with open_register(map_met(aantal)) as register:
        vorig = scherm.gebruik(register)
        try:
            yield register
        finally:
            scherm.gebruik(vorig)


@contextmanager
def register_met_momentopname(aantal: int) -> Iterator[Register]:
    """Let the pages use such a register with a snapshot of it, for what reads that alone."""
    with register_met(aantal) as register:
        momentopname.write(register, nu=datetime(2026, 11, 22, 11, tzinfo=UTC), vandaag=VANDAAG)
        yield register


def open_weergave(weergave: str, als: str, **keuze: str) -> AppTest:
    """Open one of WEERGAVEN."""
    pagina, _, deel = weergave.partition("?deel=")
    return open_pagina(pagina, als=als, **keuze, **({"deel": deel} if deel else {}))


def specs(proef: AppTest) -> list[dict[str, Any]]:
    """Return the charts of a page as the browser gets them."""
    return [json.loads(deel.proto.spec) for deel in proef.get("vega_lite_chart")]


def titels(proef: AppTest) -> list[str]:
    """Return the titles of the charts of a page."""
    gevonden = [spec["title"]["text"] for spec in specs(proef) if "title" in spec]
    return [" ".join(titel) if isinstance(titel, list) else titel for titel in gevonden]


def kies(proef: AppTest, naam: str, waarde: Any) -> AppTest:
    """Choose something in the shared filter."""
    key = "evaluatiefilter.periode.welke" if naam == "jaar" else f"evaluatiefilter.{naam}"
    if naam == "peildatum":
        return proef.date_input(key=key).set_value(waarde).run()
    return proef.selectbox(key=key).select(waarde).run()
