"""Files that a page offers: made when they are asked for, at an address of their own, for whom they were offered to.

The address goes with the window: it is kept in what Streamlit keeps of a tab, and is gone when that is gone.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import streamlit as st

from klachten import rechten, scherm
from klachten.organisatie import Gebruiker
from klachten.scherm import kijker
from klachten.toegang.sleutel import token

PAD = "/bestand/"
MIME = "application/octet-stream"
"""Of no kind: a browser keeps it, and never opens it as a page of the register."""


@dataclass(frozen=True)
class Maker:
    """What makes a file: it may not touch st.*, and looks again at what its reader may see. `uitvoer` is its row of
    rights, `nummer` the dossier that it is about, `ook` others of which it tells. A large one comes in parts, none of
    them empty."""

    uitvoer: str
    maak: Callable[[], bytes | Iterator[bytes]]
    nummer: str = ""
    ook: tuple[str, ...] = ()

    def __call__(self) -> bytes | Iterator[bytes]:
        """Make the file."""
        return self.maak()


@dataclass(eq=False)
class Aanbod:
    """A file that is offered now, under which name, to whom, and in which sign-in."""

    code: str = field(default_factory=token)
    naam: str = ""
    mime: str = ""
    maker: Maker | None = None
    wie: Gebruiker | None = None
    sessie: str = ""

    def is_for(self, wie: Gebruiker, sessie: str) -> bool:
        """Tell whether somebody may have it: who was offered it, there, with still the same roles and that right."""
        gelijk = (self.wie, self.sessie) == (wie, sessie)
        return gelijk and self.maker is not None and rechten.mag("uitvoer", self.maker.uitvoer, wie).mag


_aangeboden: weakref.WeakValueDictionary[str, Aanbod] = weakref.WeakValueDictionary()


def find(code: str) -> Aanbod | None:
    """Return what is offered at an address; None when that is nothing, or no longer."""
    return _aangeboden.get(code)


def knop(
    label: str, naam: str, mime: str, maker: Maker, *, key: str, icon: str = ":material/download:", help: str = ""
) -> None:
    """Draw the button of a file that is made when somebody presses it."""
    aanbod: Aanbod = st.session_state.setdefault(f"aanbod.{key}", Aanbod())
    aanbod.naam, aanbod.mime, aanbod.maker = naam, mime, maker
    aanbod.wie, aanbod.sessie = scherm.gebruiker(), kijker.hash()
    _aangeboden[aanbod.code] = aanbod
    verwijs(label, f"{PAD}{aanbod.code}", key=key, icon=icon, help=help)


def verwijs(label: str, adres: str, *, key: str, icon: str = ":material/download:", help: str = "") -> None:
    """Draw the button of a file at an address."""
    st.link_button(label, adres, key=key, icon=icon, help=help or None)
