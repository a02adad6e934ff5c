"""Step 3, the klachtdossier: a document comes in or goes out, as a next version of another, or as an attachment."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.dossier.stukken import Stuk, all_of
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.bestandssoort import EML, MSG, kind
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op
from klachten.handelingen.weigering import OngeldigeInvoer

SOORTEN = (
    ("klachtbrief", "Klachtbrief"),
    ("email", "E-mail"),
    ("brief", "Brief"),
    ("verslag", "Verslag"),
    ("bewijs", "Bewijs"),
    ("overig", "Overig"),
)
RICHTINGEN = (("in", "Binnengekomen"), ("uit", "Verstuurd"), ("intern", "Intern"))


@handeling(
    "Document toevoegen",
    op("Datum", "De dag waarop het stuk bij ons kwam of wegging."),
    Veld(naam="naam", label="Naam van het stuk", soort="regel"),
    Veld(naam="bestand", label="Bestand", soort="bestand"),
    Veld(naam="soort_document", label="Soort stuk", soort="keuze", keuzes=SOORTEN, verplicht=False),
    Veld(
        naam="van_dag",
        label="Datum op het stuk",
        soort="datum",
        verplicht=False,
        hulp="Alleen als op het stuk een andere datum staat. Die mag ook vóór de klacht liggen.",
    ),
    Veld(naam="richting", label="In of uit", soort="keuze", keuzes=RICHTINGEN, verplicht=False),
    Veld(naam="van", label="Van", soort="regel", verplicht=False),
    Veld(naam="aan", label="Aan", soort="regel", verplicht=False),
    Veld(
        naam="vervangt",
        label="Nieuwe versie van",
        soort="stuk",
        verplicht=False,
        hulp="De eerdere versie blijft in het dossier.",
    ),
    Veld(naam="hoort_bij", label="Bijlage bij", soort="stuk", verplicht=False),
)
def stap_03_toevoegen_document(
    zaak: Zaak,
    *,
    op: date,
    naam: str,
    bestand: bytes,
    soort_document: str,
    vervangt: int | None,
    hoort_bij: int | None,
    **invoer: Any,
) -> Gebeurtenis:
    """A document goes into the klachtdossier, under its content hash; the same content not twice."""
    sha256 = hashlib.sha256(bestand).hexdigest()
    stukken = all_of(zaak.dossier)
    _check_new(zaak, stukken, sha256)
    if vervangt is not None and hoort_bij is not None:
        raise OngeldigeInvoer(
            {"hoort_bij": "Bijlage bij: een nieuwe versie hoort vanzelf bij hetzelfde stuk als de vorige."}
        )
    if vervangt is not None:
        _check_newest(stukken, vervangt)
    if hoort_bij is not None and hoort_bij not in {stuk.nr for stuk in stukken}:
        raise OngeldigeInvoer({"hoort_bij": f"Bijlage bij: {hoort_bij} is geen stuk van dit dossier."})
    zaak.document = bestand
    return g.DocumentToegevoegd(
        gebeurd_op=op,
        document=sha256,
        naam=naam,
        soort_document=soort_document or ("email" if kind(bestand) in (EML, MSG) else "overig"),
        vervangt=vervangt,
        hoort_bij=hoort_bij,
        **invoer,
    )


def _check_new(zaak: Zaak, stukken: list[Stuk], sha256: str) -> None:
    zelfde = next((stuk for stuk in stukken if stuk.feit.document == sha256), None)
    if zelfde is None:
        return
    aanwezig = {*zaak.register.dossiers.documents(zaak.klachtnummer), *(h for _, h in zaak.boeking.inleg.documenten)}
    # A file that was lost or erased may be put in again.
    if sha256 in aanwezig:
        naam = zelfde.feit.naam or "een stuk zonder naam"
        raise OngeldigeInvoer({"bestand": f"Bestand: dit staat al in het dossier, als {naam} (feit {zelfde.nr})."})


def _check_newest(stukken: list[Stuk], vervangt: int) -> None:
    reeks = next((stuk.reeks for stuk in stukken if stuk.nr == vervangt), None)
    if reeks is None:
        raise OngeldigeInvoer({"vervangt": f"Nieuwe versie van: {vervangt} is geen stuk van dit dossier."})
    nieuwste = max(stuk.nr for stuk in stukken if stuk.reeks == reeks)
    if nieuwste != vervangt:
        raise OngeldigeInvoer({"vervangt": f"Nieuwe versie van: er is al een nieuwere (feit {nieuwste}). Kies die."})
