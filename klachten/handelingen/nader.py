"""Step 3: what practice needs to know of a klacht beside the steps, at the intake or later. All of it is optional."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import ONTVANGST, Veld, op
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.taal import datum

AARDEN = (("incidenteel", "Incidenteel: dit staat op zichzelf"), ("structureel", "Structureel: dit komt vaker voor"))
DIRECTE_ACTIE = (("nodig", "Ja, er moest meteen iets gebeuren"), ("niet_nodig", "Nee, dat was niet nodig"))

GEGEVENS = (
    Veld(
        naam="gebeurtenis_van",
        label="Het gebeurde op",
        soort="datum",
        verplicht=False,
        hulp="Duurde het langer, dan is dit de eerste dag.",
    ),
    Veld(naam="gebeurtenis_tot", label="Het duurde tot en met", soort="datum", verplicht=False),
    Veld(
        naam="gebeurtenis_onbekend",
        label="De indiener weet niet wanneer het gebeurde",
        soort="ja_nee",
        verplicht=False,
        hulp="Alleen als het is gevraagd. Leeg betekent: niet bekend.",
    ),
    Veld(
        naam="opdrachtgever",
        label="Opdrachtgever",
        soort="keuze",
        lijst="opdrachtgevers",
        geldt_op=ONTVANGST,
        verplicht=False,
    ),
    Veld(
        naam="trajectsoort",
        label="Soort traject",
        soort="keuze",
        lijst="trajectsoorten",
        geldt_op=ONTVANGST,
        verplicht=False,
    ),
    Veld(naam="ernst", label="Hoe ernstig is het", soort="keuze", lijst="ernst", geldt_op=ONTVANGST, verplicht=False),
    Veld(naam="aard", label="Incidenteel of structureel", soort="keuze", keuzes=AARDEN, verplicht=False),
    Veld(naam="directe_actie", label="Was directe actie nodig", soort="keuze", keuzes=DIRECTE_ACTIE, verplicht=False),
    Veld(naam="directe_actie_wat", label="Welke directe actie", soort="regel", verplicht=False),
)


@handeling("Gegevens aanvullen", op("Bekend geworden op"), *GEGEVENS)
def stap_03_aanvullen_gegevens(zaak: Zaak, *, op: date, **gegevens: Any) -> Gebeurtenis:
    """More became known: when it happened, for which opdrachtgever, how serious it is; what is empty stays."""
    feit = gegevens_fact(op, zaak.dossier.ontvangen_op, gegevens)
    if feit is None:
        raise OngeldigeInvoer(
            {"gebeurtenis_van": "Vul ten minste een van de gegevens in; de rest blijft zoals het is."}
        )
    return feit


def gegevens_fact(op: date, ontvangen_op: date, gegevens: dict[str, Any]) -> g.GegevensAangevuld | None:
    """Return the fact of what is filled in, None when nothing is; OngeldigeInvoer for a date that cannot be."""
    check_gebeurtenis(ontvangen_op, gegevens)
    if not any(gegevens.values()):
        return None
    return g.GegevensAangevuld(gebeurd_op=op, **gegevens)


def check_gebeurtenis(ontvangen_op: date, gegevens: dict[str, Any]) -> None:
    """Refuse a date of the event that cannot be: after the receipt, a period that ends before it begins."""
    van, tot = gegevens.get("gebeurtenis_van"), gegevens.get("gebeurtenis_tot")
    if gegevens.get("gebeurtenis_onbekend") and (van or tot):
        raise OngeldigeInvoer(
            {"gebeurtenis_onbekend": "Er staat wel een dag bij. Haal die weg, of zet dit vinkje uit."}
        )
    if tot and not van:
        raise OngeldigeInvoer({"gebeurtenis_van": "Vul ook de eerste dag in, of alleen die."})
    if van and van > ontvangen_op:
        raise OngeldigeInvoer(
            {"gebeurtenis_van": f"{datum(van)} ligt na de ontvangst van de klacht op {datum(ontvangen_op)} (stap 1)."}
        )
    if van and tot and tot < van:
        raise OngeldigeInvoer({"gebeurtenis_tot": f"{datum(tot)} ligt vóór {datum(van)}, de eerste dag."})
