"""Steps 4, 8 and 15 when all of directie is involved: somebody outside acts in its place, and a colleague records it.

The reglement asks an assigner and a submitter who are not involved, without exception; where there is none, our advice
(not the reglement's) is someone outside. So that person has to be named first: who, why, and who records it.
"""

from __future__ import annotations

import re
from datetime import date

from klachten import gebeurtenissen as g
from klachten import toegang
from klachten.dossier.rechten import NAMENS_DIRECTIE, vrije_coordinatoren
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.toegang import naam


@handeling(
    "Iemand van buiten aanwijzen",
    op("Aangewezen op"),
    Veld(
        naam="persoon",
        label="Wie van buiten de organisatie",
        soort="regel",
        hulp="Naam en functie. Deze persoon besluit in plaats van de directie, die bij de klacht betrokken is.",
    ),
    Veld(
        naam="vastlegger",
        label="Collega die vastlegt wat deze persoon besluit",
        soort="medewerker",
        verplicht=False,
        hulp="Alleen als ook de coördinator betrokken of afwezig is; kies dan iemand die niet betrokken is.",
    ),
    reden_verplicht=True,
)
def stap_04_aanwijzen_buitenstaander(zaak: Zaak, *, op: date, persoon: str, vastlegger: str) -> Gebeurtenis:
    """All of directie is involved: somebody outside decides in its place, and a colleague records it (steps 4, 15)."""
    check_van_buiten("persoon", persoon)
    vrij = {coordinator.id for coordinator in vrije_coordinatoren(zaak.dossier)}
    if vrij and vastlegger and vastlegger not in vrij:
        raise OngeldigeInvoer({"vastlegger": "De coördinator is niet betrokken en legt dit vast (stap 4)."})
    if not vrij and not vastlegger:
        raise OngeldigeInvoer(
            {"vastlegger": "De coördinator kan dit niet vastleggen: kies een collega die niet betrokken is (stap 4)."}
        )
    if vastlegger in zaak.dossier.betrokkenen:
        raise OngeldigeInvoer(
            {"vastlegger": f"Stap 4: {naam(vastlegger)} is betrokken bij deze klacht. Kies iemand die dat niet is."}
        )
    return g.BuitenstaanderAangewezen(gebeurd_op=op, persoon=persoon, vastlegger=vastlegger)


def namens(zaak: Zaak) -> str:
    """Return the outside person on whose behalf the user acts, empty when the user acts in an own role."""
    return zaak.dossier.buitenstaander.persoon if zaak.rol == NAMENS_DIRECTIE else ""


def check_van_buiten(veld: str, persoon: str) -> None:
    """Refuse somebody of the firm: the id or the name of a colleague, however it is written."""
    woorden = _words(persoon)
    for collega in toegang.ROLVERDELING:
        if woorden == _words(collega.id) or f" {_words(collega.naam)} " in f" {woorden} ":
            raise OngeldigeInvoer(
                {veld: f"{collega.naam} werkt bij de organisatie. Noem iemand van buiten, die onafhankelijk is."}
            )


def _words(tekst: str) -> str:
    return " ".join(re.findall(r"\w+", tekst.casefold()))
