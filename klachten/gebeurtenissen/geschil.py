"""Step 15: what happens when the indiener disagrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class MeningsverschilGemeld(Gebeurtenis):
    """The indiener disagrees with the way the klacht was handled (step 15)."""

    stap: ClassVar[int] = 15
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class OverlegGevoerd(Gebeurtenis):
    """The parties consulted; `opgelost` tells whether they agreed (step 15)."""

    stap: ClassVar[int] = 15
    opgelost: bool
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class GeschilVoorgelegd(Gebeurtenis):
    """Directie submitted the dispute to an independent person outside the organisation (step 15).

    `namens` is the outside person who submitted it in the place of a directie that is involved as a whole. `instantie`
    is an id of the list instanties, `verwacht_op` the day by which the oordeel is expected, `contact` how the person
    is reached; empty is not known.
    """

    stap: ClassVar[int] = 15
    instantie: str = ""
    verwacht_op: date | None = None
    namens: str = tekst()
    onafhankelijk_persoon: str = tekst()
    contact: str = tekst()
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class OordeelOntvangen(Gebeurtenis):
    """The independent person gave an oordeel (step 15)."""

    stap: ClassVar[int] = 15
    oordeel: str
    heropening_nodig: bool = False
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class OordeelMeegedeeld(Gebeurtenis):
    """The indiener was told the oordeel in writing (step 15)."""

    stap: ClassVar[int] = 15
    wijze: str


@dataclass(frozen=True, kw_only=True)
class OordeelOpgevolgd(Gebeurtenis):
    """What is done with the oordeel: `opvolging` is geheel, deels or niet, and why (step 15).

    `namens` is the outside person who decided it in the place of a directie that is involved as a whole.
    """

    stap: ClassVar[int] = 15
    opvolging: str
    namens: str = tekst()
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class KlachtHeropend(Gebeurtenis):
    """A finished klacht was opened again, with a reason; new maatregelen are possible (step 15).

    `namens` is the outside person who decided it in the place of a directie that is involved as a whole.
    """

    stap: ClassVar[int] = 15
    grond: str
    namens: str = tekst()
