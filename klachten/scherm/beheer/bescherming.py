"""Page Bescherming: how this register is protected now, and what protects against what."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from klachten import scherm
from klachten.register.bescherming import look
from klachten.scherm import onderdelen
from klachten.scherm.onderdelen import veilig

_TEKST = Path(__file__).with_suffix(".toml")


class Deel(NamedTuple):
    """One kind of protection: against what it helps and against what it does not."""

    id: str
    naam: str
    wel: str
    niet: str


@functools.cache
def delen() -> tuple[Deel, ...]:
    """Return every kind of protection, in the order of the page."""
    return tuple(Deel(**deel) for deel in tomllib.loads(_TEKST.read_text(encoding="utf-8"))["deel"])


def nu() -> None:
    """Draw how the folder of this register is protected."""
    toon = {"fout": (st.error, "error"), "let op": (st.warning, "warning"), "goed": (st.success, "check_circle")}
    for bevinding in look(scherm.register().map):
        doe, teken = toon[bevinding.ernst]
        doe(veilig(bevinding.zin), icon=f":material/{teken}:")


def uitleg() -> None:
    """Draw what protects against what."""
    for deel in delen():
        onderdelen.kop(deel.naam)
        st.markdown(deel.wel)
        st.markdown(f"**Niet beschermd:** {deel.niet}")
