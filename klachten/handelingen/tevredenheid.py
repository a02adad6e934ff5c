"""Step 14: how satisfied the indiener is with the handling. Our addition: the reglement does not ask for it."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op, toelichting, wijze
from klachten.handelingen.volgorde import asked_later
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.taal import datum


@handeling("Vragen hoe tevreden de indiener is", op("Gevraagd op"), wijze("Hoe gevraagd"))
def stap_14_vragen_tevredenheid(zaak: Zaak, *, op: date, wijze: str) -> Gebeurtenis:
    """The indiener is asked about the handling once the klacht has ended."""
    if not _ended_on(zaak.dossier, op):
        raise OngeldigeInvoer(
            {"op": f"Op {datum(op)} liep de klacht nog. Vraag het pas als de klacht is beëindigd (stap 14)."}
        )
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
    van = zaak.dossier.van
    gevraagd_op = asked_later(van(g.TevredenheidGevraagd), van(g.TevredenheidGegeven), op)
    if gevraagd_op:
        raise OngeldigeInvoer({"op": f"Het is pas gevraagd op {datum(gevraagd_op)}."})
    return g.TevredenheidGegeven(gebeurd_op=op, tevredenheid=tevredenheid, toelichting=toelichting)


def _ended_on(dossier: Dossier, dag: date) -> bool:
    """Whether the klacht was ended on a day, also when it was reopened on or after it."""
    einde: date | None = None
    for feit in dossier.van(g.KlachtAfgesloten, g.NietInBehandelingGenomen, g.KlachtIngetrokken, g.KlachtHeropend):
        if not isinstance(feit, g.KlachtHeropend):
            einde = feit.gebeurd_op
        elif einde and einde <= dag <= feit.gebeurd_op:
            return True
        else:
            einde = None
    return einde is not None and einde <= dag
