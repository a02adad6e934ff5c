"""A page of the evaluation that is drawn from what is kept is the page drawn with nothing kept, for every reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from klachten.register import Register
from klachten.scherm import bewaard
from klachten.scherm.evaluatie import tekenen
from tests.evaluatieproef import VANDAAG, register_met
from tests.schermproef import open_pagina

PAGINAS = ("categorieen", "termijnen", "proces", "opvolging", "jaarbeeld")
# The directie sees names and lists, the analist neither, the coordinator makes the links of an own address.
CODE = re.compile(rb"(?<=/bestand/)[\w-]+")
LEZERS = ("carla", "hanna", "anna")


@pytest.fixture(scope="module", autouse=True)
def tachtig() -> Iterator[Register]:
    with register_met(80) as register:
        yield register


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


def forget() -> None:
    bewaard._laatste.clear()
    tekenen._gemaakt.clear()


def drawn(proef: AppTest) -> list[tuple[str, bytes]]:
    """Everything on the page, as it goes to the browser."""
    assert not proef.exception
    uit = []
    for deel in proef.main:
        proto = getattr(deel, "proto", None)
        if proto is not None and hasattr(proto, "SerializeToString"):
            # A file that is handed out has another code each time.
            uit.append((deel.type, CODE.sub(b"", proto.SerializeToString(deterministic=True))))
    return uit


@pytest.mark.parametrize("pagina", PAGINAS)
def test_a_page_from_what_is_kept_is_the_page_with_nothing_kept(pagina: str) -> None:
    keuzes = [(als, periode) for periode in ("2025", "2024") for als in LEZERS]
    vers = []
    for als, periode in keuzes:
        forget()
        vers.append(drawn(open_pagina(pagina, als=als, periode=periode)))
    assert all(len(deel) > 10 for deel in vers)
    assert vers[0] != vers[3], "another period is another page"
    forget()
    # The first reader has it made, and the others and the same reader again get what is kept.
    for (als, periode), eerst in zip([*keuzes, keuzes[0]], [*vers, vers[0]], strict=True):
        weer = drawn(open_pagina(pagina, als=als, periode=periode))
        assert [soort for soort, _ in weer] == [soort for soort, _ in eerst]
        for nu, toen in zip(weer, eerst, strict=True):
            assert nu == toen, (als, periode)
