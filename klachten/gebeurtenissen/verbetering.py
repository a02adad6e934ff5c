"""Steps 16-18: what happens when directie evaluates, and with the verbeteracties."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst

ONDERDELEN: Mapping[str, str] = types.MappingProxyType(
    {
        "terugblik": "Terugblik",
        "aantal": "Hoeveel klachten",
        "op_tijd": "Op tijd",
        "waarover": "Waarover",
        "afloop": "Hoe klachten afliepen",
        "geschillen": "Meningsverschillen en oordelen",
        "maatregelen": "Maatregelen",
        "besluiten": "Wat om een besluit vraagt",
    }
)
"""The sections of an evaluation by id, in the order in which a meeting goes through them (step 16)."""


@dataclass(frozen=True, kw_only=True)
class EvaluatieGehouden(Gebeurtenis):
    """Directie evaluated the klachten of a period (step 16); `van` and `tot` are its first and last day.

    In facts from before a period was asked both are empty: then it is the whole year `jaar`.
    `document` is the sha256 of the figures frozen with it, counted on `peildatum` over the register up to fact number
    `aantal_feiten`, which bears `zegel`: this fact itself cannot be in it. `versie` 2 and on name in `vervangt` the
    evaluation before it, which stays.
    """

    stap: ClassVar[int] = 16
    jaar: int
    directieleden: tuple[str, ...]
    peildatum: date | None = None
    zegel: str = ""
    aantal_feiten: int = 0
    reglement_versie: date | None = None
    software_versie: str = ""
    versie: int = 1
    vervangt: str = ""
    document: str = ""
    van: date | None = None
    tot: date | None = None
    aanwezigen: tuple[str, ...] = ()
    """Ids of who else was there; they did not evaluate."""
    conclusies: str = tekst()


@dataclass(frozen=True, kw_only=True)
class ConclusieGetrokken(Gebeurtenis):
    """What the evaluation concluded about one of its ONDERDELEN (step 16)."""

    stap: ClassVar[int] = 16
    onderdeel: str
    conclusie: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VerbeteractieBepaald(Gebeurtenis):
    """The evaluation led to a verbeteractie with its actienemer and due date (step 16).

    `onderdeel`: from which of its ONDERDELEN it follows; empty where that was not said.
    """

    stap: ClassVar[int] = 16
    verbeteractie: int
    actienemer: str
    uiterlijk_op: date
    categorie: str = ""
    onderdeel: str = ""
    omschrijving: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VerbeteractieGewijzigd(Gebeurtenis):
    """A verbeteractie got another text, actienemer or due date, with a reason (step 16)."""

    stap: ClassVar[int] = 16
    verbeteractie: int
    actienemer: str = ""
    uiterlijk_op: date | None = None
    omschrijving: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VerbeteractieVervallen(Gebeurtenis):
    """A verbeteractie was cancelled, with a reason (step 16)."""

    stap: ClassVar[int] = 16
    verbeteractie: int


@dataclass(frozen=True, kw_only=True)
class VerbeteractieMeegedeeld(Gebeurtenis):
    """The actienemer was told of the verbeteractie (step 17)."""

    stap: ClassVar[int] = 17
    verbeteractie: int


@dataclass(frozen=True, kw_only=True)
class VerbeteractieUitgevoerd(Gebeurtenis):
    """A verbeteractie was carried out (step 18)."""

    stap: ClassVar[int] = 18
    verbeteractie: int
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VeranderingWaargenomen(Gebeurtenis):
    """What was seen to have changed after a verbeteractie; an observation, not a proven effect (step 18)."""

    stap: ClassVar[int] = 18
    verbeteractie: int
    verandering: str
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class TrajectenVastgesteld(Gebeurtenis):
    """The number of trajecten of a vestiging in a year, or in a quarter or month of it: the exposure (step 16)."""

    stap: ClassVar[int] = 16
    jaar: int
    vestiging: str
    aantal: int
    deel: str = ""
    """Empty is the whole year; k1 to k4 a quarter, m01 to m12 a month."""
