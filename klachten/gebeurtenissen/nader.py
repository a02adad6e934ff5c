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
