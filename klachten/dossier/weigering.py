"""A refusal: the Dutch sentence that says why something cannot be, and of which kind it is."""

from __future__ import annotations


class Weigering(str):
    """A sentence for the user; `soort` names the kind of refusal, which the help explains (scherm/hulp/waarom.py)."""

    __slots__ = ("soort",)
    soort: str

    def __new__(cls, soort: str, zin: str) -> Weigering:
        """Make one of a kind and a sentence."""
        deze = super().__new__(cls, zin)
        deze.soort = soort
        return deze

    def __reduce__(self) -> tuple[type[Weigering], tuple[str, str]]:
        """Copy it with its kind."""
        return Weigering, (self.soort, str(self))


def gezegd(fout: Exception) -> Weigering:
    """Return the sentence of an exception with its kind, to be shown later; of no kind when it brings none."""
    return Weigering(getattr(fout, "soort", ""), str(fout))
