"""What practice needs to know of a klacht beside the steps: all optional, and what was never said is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class GegevensAangevuld(Gebeurtenis):
    """More became known about the klacht (step 3); what is empty stays as it was.

    What it is about happened on `gebeurtenis_van`, or from then up to and including `gebeurtenis_tot`;
    `gebeurtenis_onbekend` means that it was asked and nobody knows. `opdrachtgever`, `trajectsoort` and `ernst` are ids
    of the lists of the reglement, `aard` is incidenteel or structureel, `directe_actie` nodig or niet_nodig.
    """

    stap: ClassVar[int] = 3
    gebeurtenis_van: date | None = None
    gebeurtenis_tot: date | None = None
    gebeurtenis_onbekend: bool = False
    opdrachtgever: str = ""
    trajectsoort: str = ""
    ernst: str = ""
    aard: str = ""
    directe_actie: str = ""
    directe_actie_wat: str = tekst()


@dataclass(frozen=True, kw_only=True)
class AnonimiteitVastgelegd(Gebeurtenis):
    """The indiener wants to stay unknown, or (`onbekend` False) became known after all (step 3).

    `bereikbaar`: there is an address at which the indiener gets letters; without one steps 5, 9 and 14 cannot be done.
    """

    stap: ClassVar[int] = 3
    onbekend: bool
    bereikbaar: bool = False
    naam: str = tekst()
    contact: str = tekst()


@dataclass(frozen=True, kw_only=True)
class IndienerToegevoegd(Gebeurtenis):
    """Somebody else filed the klacht as well (step 3)."""

    stap: ClassVar[int] = 3
    indiener_soort: str
    naam: str = tekst()
    contact: str = tekst()


@dataclass(frozen=True, kw_only=True)
class GemachtigdeAangewezen(Gebeurtenis):
    """Somebody acts for the indiener and gets the letters; `gestopt`: no longer (step 3)."""

    stap: ClassVar[int] = 3
    gestopt: bool = False
    naam: str = tekst()
    contact: str = tekst()


@dataclass(frozen=True, kw_only=True)
class ToestemmingVastgelegd(Gebeurtenis):
    """Whether the klacht may be shared with the opdrachtgever: gegeven, geweigerd or ingetrokken (step 3)."""

    stap: ClassVar[int] = 3
    toestemming: str
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class TussenberichtGestuurd(Gebeurtenis):
    """The indiener was told in writing that it takes longer, and until when that is expected; no term changes by it."""

    stap: ClassVar[int] = 0
    termijn: str
    wijze: str
    verwacht_op: date | None = None
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VertragingToegelicht(Gebeurtenis):
    """Why a term that is still open is not met, or will not be; `vertraging` is an id of redenen_vertraging."""

    stap: ClassVar[int] = 0
    termijn: str
    vertraging: str
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class TevredenheidGevraagd(Gebeurtenis):
    """The indiener was asked how satisfied they are with the handling, not with the outcome (step 14)."""

    stap: ClassVar[int] = 14
    wijze: str


@dataclass(frozen=True, kw_only=True)
class TevredenheidGegeven(Gebeurtenis):
    """The indiener answered; `tevredenheid` is an id of tevredenheden (step 14)."""

    stap: ClassVar[int] = 14
    tevredenheid: str
    toelichting: str = tekst()
