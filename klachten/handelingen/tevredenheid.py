"""Step 14: how satisfied the indiener is with the handling. Our addition: the reglement does not ask for it."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op, toelichting, wijze
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.taal import datum


@handeling("Vragen hoe tevreden de indiener is", op("Gevraagd op"), wijze("Hoe gevraagd"))
def stap_14_vragen_tevredenheid(zaak: Zaak, *, op: date, wijze: str) -> Gebeurtenis:
    """The indiener is asked about the handling once the klacht has ended."""
    return g.TevredenheidGevraagd(gebeurd_op=op, wijze=wijze)


@handeling(
    "Antwoord over de tevredenheid",
    op("Ontvangen op"),
    Veld(
        naam="tevredenheid",
        label="Hoe tevreden over de behandeling",
        soort="keuze",
        lijst="tevredenheden",
        hulp="Over de manier waarop de klacht is behandeld, niet over de uitkomst.",
    ),
    toelichting("Wat de indiener erbij zei"),
)
def stap_14_ontvangen_tevredenheid(zaak: Zaak, *, op: date, tevredenheid: str, toelichting: str) -> Gebeurtenis:
    """The answer came in; who does not answer is counted as such."""
    gevraagd_op = min((feit.gebeurd_op for feit in zaak.dossier.van(g.TevredenheidGevraagd)), default=op)
    if op < gevraagd_op:
        raise OngeldigeInvoer({"op": f"Het is pas gevraagd op {datum(gevraagd_op)}."})
    return g.TevredenheidGegeven(gebeurd_op=op, tevredenheid=tevredenheid, toelichting=toelichting)
