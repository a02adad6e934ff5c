"""Steps 6-9: what happens while a klacht is investigated and decided on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class InformatieGevraagd(Gebeurtenis):
    """Missing facts or additional information were asked for (step 6)."""

    stap: ClassVar[int] = 6
    bij: str
    vraag: str = tekst()


@dataclass(frozen=True, kw_only=True)
class InformatieOntvangen(Gebeurtenis):
    """The information asked for came in (step 6)."""

    stap: ClassVar[int] = 6
    van: str
    feiten_vermeld: bool = False
    inhoud: str = tekst()


@dataclass(frozen=True, kw_only=True)
class KlachtOnderzocht(Gebeurtenis):
    """Facts, circumstances and background were investigated (step 6)."""

    stap: ClassVar[int] = 6
    oorzaak: str = ""
    bevindingen: str = tekst()


@dataclass(frozen=True, kw_only=True)
class NietInBehandelingGenomen(Gebeurtenis):
    """The indiener got the written notice that the klacht is not taken into handling (step 7)."""

    stap: ClassVar[int] = 7
    grond: str
    wijze: str
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class MaatregelBepaald(Gebeurtenis):
    """A maatregel with its actienemer and due date was decided in consultation with directie (step 8)."""

    stap: ClassVar[int] = 8
    maatregel: int
    actienemer: str
    uiterlijk_op: date
    overlegd_met: str
    omschrijving: str = tekst()


@dataclass(frozen=True, kw_only=True)
class GeenMaatregelenNodig(Gebeurtenis):
    """It was deliberately decided, in consultation with directie, that no maatregel is needed (step 8)."""

    stap: ClassVar[int] = 8
    overlegd_met: str
    motivering: str = tekst()


@dataclass(frozen=True, kw_only=True)
class MaatregelGewijzigd(Gebeurtenis):
    """A maatregel got another text, actienemer or due date, with a reason; what is empty stays as it was (step 8).

    `overlegd_met` is who of directie was consulted about another date; empty in facts from before that was asked.
    """

    stap: ClassVar[int] = 8
    maatregel: int
    actienemer: str = ""
    uiterlijk_op: date | None = None
    overlegd_met: str = ""
    omschrijving: str = tekst()


@dataclass(frozen=True, kw_only=True)
class MaatregelVervallen(Gebeurtenis):
    """A maatregel was cancelled, with a reason, in consultation with directie (step 8)."""

    stap: ClassVar[int] = 8
    maatregel: int
    overlegd_met: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultaatMeegedeeld(Gebeurtenis):
    """The indiener got the results of the investigation and the maatregelen in writing (step 9)."""

    stap: ClassVar[int] = 9
    wijze: str
    toelichting: str = tekst()
