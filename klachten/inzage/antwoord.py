"""What an answer is made of: one `Deel` for everything there is, also for what stays out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from klachten import taal
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.organisatie import ROLLEN
from klachten.reglement import Reglement

NIET_GEZOCHT = (
    "In teksten van evaluaties, in formulieren die nog niet zijn verstuurd en in stukken is niet op uw naam gezocht.",
    "Waar een gewoon woord ook de naam van een ander is, kan dat woord zijn weggelaten.",
    "Dossiers waarbij degene die dit antwoord maakt zelf betrokken is, staan er niet in: een ander antwoordt daarover.",
)


@dataclass(frozen=True)
class Regel:
    """One field of a fact for a reader: its label, its value, and whether somebody typed it."""

    label: str
    waarde: str
    getypt: bool


@dataclass(frozen=True)
class Woorden:
    """How the screen says things: the title of a fact, and its fields (reasons too)."""

    titel: Callable[[Gebeurtenis], str]
    regels: Callable[[Gebeurtenis, Reglement], Sequence[Regel]]


@dataclass(frozen=True, kw_only=True)
class Deel:
    """One thing that is kept: in which dossier, what, of when, from where; `bestand` is empty when it stays out."""

    dossier: str
    wat: str
    op: date
    bron: str
    bestand: str = ""
    waarom_niet: str = ""
    regels: tuple[Regel, ...] = ()
    stand: str = ""
    stuk: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Antwoord:
    """Everything of one answer; `zinnen` are said of each dossier, `gezien` of who looked, `lees_na` are words that
    are also the name of another."""

    wie: str
    op: date
    zinnen: Mapping[str, tuple[str, ...]]
    delen: tuple[Deel, ...]
    gezien: tuple[str, ...]
    lees_na: frozenset[str] = frozenset()
    slot: tuple[str, ...] = NIET_GEZOCHT


def source(v: Vastlegging) -> str:
    """Say where a fact comes from: who recorded it, by the role, and when."""
    rol = ROLLEN.get(v.rol, v.rol or "onbekend").lower()
    return f"vastgelegd door: {rol}, op {taal.datum(v.vastgelegd_op.date())}"


def later_of(feiten: Feiten) -> dict[int, str]:
    """Return of each fact that does not hold any more what became of it."""
    uit: dict[int, str] = {}
    geldig = {v.nr for v in feiten.geldig}
    for v in feiten.vastleggingen:
        if v.nr not in geldig:
            uit[v.nr] = "Dit geldt niet meer: het is later verbeterd of herroepen."
    return uit
