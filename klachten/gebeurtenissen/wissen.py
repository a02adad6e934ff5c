"""No step: how long a dossier is kept, and the erasing of what is in it by two people.

What is erased are texts and documents, in the dossier and wherever else they stand; the facts stay, so the chain and
every figure stay. A fact that erases says itself what is gone: whoever reads a journal needs nothing beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten.gebeurtenissen.kern import Gebeurtenis

GEWIST = "(gewist)"
"""Stands where a text was, for whoever reads."""
GRONDEN = {"bewaartermijn": "De bewaartermijn is voorbij", "verzoek": "De persoon vraagt het (AVG artikel 17)"}
"""Why something may be erased; the first is on account of a term of the reglement, the second of a request."""
TEKSTEN = "teksten"
"""As `wie`: nobody that the dossier keeps apart, but chosen texts of it. So goes a name in those of an evaluation."""


@dataclass(frozen=True, kw_only=True)
class WissenVoorgesteld(Gebeurtenis):
    """Somebody proposed to erase a dossier, or one person in it (`wie`, and `plekken` that also tell of that person).

    `wie` is empty for all of the dossier, TEKSTEN for chosen texts alone, else who it is and the fact that brought him.
    `plekken` are written as 12.omschrijving: number of the fact and field.
    """

    grond: str
    wie: str = ""
    plekken: tuple[str, ...] = ()
    stukken: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WissenAfgewezen(Gebeurtenis):
    """A proposal to erase was taken back, or not agreed to; `voorstel` is the number of that fact."""

    voorstel: int


@dataclass(frozen=True, kw_only=True)
class DossierGewist(Gebeurtenis):
    """Every text and document that the dossier had was erased, by another than who proposed it."""

    grond: str
    voorstel: int = 0


@dataclass(frozen=True, kw_only=True)
class GegevensGewist(Gebeurtenis):
    """The texts about one person in the dossier were erased, by another than who proposed it."""

    grond: str
    voorstel: int
    wie: str
    plekken: tuple[str, ...] = ()
    stukken: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BewaarplichtGesteld(Gebeurtenis):
    """The dossier has to be kept, whatever its term: up to and including `tot`, or until it is lifted."""

    tot: date | None = None


@dataclass(frozen=True, kw_only=True)
class BewaarplichtOpgeheven(Gebeurtenis):
    """The dossier need not be kept any longer than its term."""


OVER_BEWAREN = (
    WissenVoorgesteld, WissenAfgewezen, DossierGewist, GegevensGewist, BewaarplichtGesteld, BewaarplichtOpgeheven,
)  # fmt: skip
"""Facts about keeping and erasing: they have a way back of their own, or none, and so are not put right."""
WISSEND = frozenset({"PersoonGewist", "DossierGewist", "GegevensGewist"})
"""The kinds of fact that take texts and documents out of their dossier; which ones says `Wissing`."""


@dataclass(frozen=True)
class Wissing:
    """What one fact erased in its dossier: all from before it, or these texts (nr, veld) and documents."""

    nr: int
    alles: bool
    teksten: frozenset[tuple[int, str]] = frozenset()
    documenten: frozenset[str] = frozenset()

    @classmethod
    def of(cls, nr: int, soort: str, gegevens: Mapping[str, Any]) -> Wissing:
        """Return what a fact of WISSEND erased, given what the journal says of it."""
        if soort != "GegevensGewist":
            return cls(nr, alles=True)
        teksten = frozenset(parse_place(plek) for plek in gegevens.get("plekken", ()))
        return cls(nr, False, teksten, frozenset(gegevens.get("stukken", ())))

    def text(self, nr: int, veld: str) -> bool:
        """Tell whether it erased a text."""
        return nr < self.nr if self.alles else (nr, veld) in self.teksten


def erased(wissingen: Iterable[Wissing], nr: int, veld: str) -> bool:
    """Tell whether any of what was erased in a dossier took this text away."""
    return any(wissing.text(nr, veld) for wissing in wissingen)


def place(nr: int, veld: str) -> str:
    """Return a text as a fact names it."""
    return f"{nr}.{veld}"


def parse_place(plek: str) -> tuple[int, str]:
    """Return the number of the fact and the field of a text that a fact names."""
    nr, _, veld = plek.partition(".")
    return int(nr) if nr.isdecimal() else 0, veld
