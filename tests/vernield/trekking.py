"""What hypothesis chooses of a mangled file, and the list of everything that is tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.vernield.bron import SCHRIJF, Tabel, tabel
from tests.vernield.oordeel import Geval

ALLE = tuple(SCHRIJF)


class Trek:
    """Draws from hypothesis in few words."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw

    def getal(self, van: int, tot: int) -> int:
        """Draw a number, both ends included."""
        return self.draw(st.integers(van, tot))

    def kies(self, uit: Sequence[Any]) -> Any:
        """Draw one of these."""
        return self.draw(st.sampled_from(uit))

    def tabel(self, minst: int = 1, meest: int = 12) -> Tabel:
        """Draw a good table."""
        return tabel(self.getal(0, 2**20), self.getal(minst, meest))

    def plekken(self, uit: Sequence[int], hoeveel: int) -> list[int]:
        """Draw so many different places."""
        return self.draw(st.lists(st.sampled_from(uit), min_size=hoeveel, max_size=hoeveel, unique=True))

    def plek(self, lengte: int) -> int:
        """Draw a place in a sequence."""
        return self.getal(0, max(0, lengte - 1))


@dataclass(frozen=True)
class Proef:
    """One kind of mangling, and the kinds of file that it is done to."""

    naam: str
    soorten: tuple[str, ...]
    maak: Callable[[Trek, str], Geval]


PROEVEN: list[Proef] = []


def proef(naam: str, soorten: Sequence[str] = ALLE) -> Callable[[Callable[[Trek, str], Geval]], Callable[..., Geval]]:
    """Add a kind of mangling to the list."""

    def erbij(maak: Callable[[Trek, str], Geval]) -> Callable[..., Geval]:
        PROEVEN.append(Proef(naam, tuple(soorten), maak))
        return maak

    return erbij
