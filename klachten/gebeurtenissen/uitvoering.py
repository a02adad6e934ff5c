"""Steps 10-14: what happens until a klacht is closed, and what may happen to it on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class ActienemerGeinformeerd(Gebeurtenis):
    """The actienemer was told of the maatregel (step 10)."""

    stap: ClassVar[int] = 10
    maatregel: int


@dataclass(frozen=True, kw_only=True)
class MaatregelUitgevoerd(Gebeurtenis):
    """A maatregel was carried out and the behandelaar was told (step 11)."""

    stap: ClassVar[int] = 11
    maatregel: int
    behandelaar_geinformeerd_op: date | None = None
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VoortgangBewaakt(Gebeurtenis):
    """The progress of the maatregelen was checked (step 12)."""

    stap: ClassVar[int] = 12
    bevinding: str = tekst()


@dataclass(frozen=True, kw_only=True)
class KlachtAfgesloten(Gebeurtenis):
    """The klacht is dealt with: every maatregel is carried out, or none was needed (step 13)."""

    stap: ClassVar[int] = 13
    uitkomst: str = ""
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class AfsluitingMeegedeeld(Gebeurtenis):
    """The indiener was told in writing that the klacht is closed (step 14)."""

    stap: ClassVar[int] = 14
    wijze: str


@dataclass(frozen=True, kw_only=True)
class KlachtIngetrokken(Gebeurtenis):
    """The indiener withdrew the klacht."""

    stap: ClassVar[int] = 0
    wijze: str = ""
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class TermijnVerlengd(Gebeurtenis):
    """A term was extended, as far as the reglement permits it, with written notice to the indiener."""

    stap: ClassVar[int] = 0
    termijn: str
    uiterlijk_op: date
    instemming_indiener: bool = False
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class TermijnOvergenomen(Gebeurtenis):
    """An imported klacht brought its own due date along, or the moment on it until which it counts (import only).

    `uiterlijk_om` is that moment on the clock in the Netherlands (14:30:00.000); empty where the whole last day counts.
    """

    stap: ClassVar[int] = 0
    termijn: str
    uiterlijk_op: date
    grond: str
    uiterlijk_om: str = ""


@dataclass(frozen=True, kw_only=True)
class TijdstipOvergenomen(Gebeurtenis):
    """At what moment of `gebeurd_op` an imported klacht had a step that ends a term with a clock (import only)."""

    stap: ClassVar[int] = 0
    van_stap: int
    om: str
