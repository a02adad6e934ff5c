"""A term that is not met while it is still open: why, and a tussenbericht to the indiener. It stays late anyway."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.termijn import open_termijnen
from klachten.handelingen.veld import Veld, op, toelichting, wijze
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.taal import datum, opsomming

_TERMIJN = Veld(naam="termijn", label="Welke termijn", soort="termijn", hulp="Een termijn die nog openstaat.")


@handeling(
    "Tussenbericht sturen",
    op("Verstuurd op"),
    _TERMIJN,
    wijze(),
    Veld(
        naam="verwacht_op",
        label="Wanneer de indiener wel bericht krijgt",
        soort="dag",
        verplicht=False,
        hulp="De termijn van het reglement verandert hierdoor niet.",
    ),
    toelichting("Wat is geschreven"),
)
def sturen_tussenbericht(
    zaak: Zaak, *, op: date, termijn: str, wijze: str, verwacht_op: date | None, toelichting: str
) -> Gebeurtenis:
    """The indiener is told in writing that it takes longer; a courtesy of practice, the reglement does not ask it."""
    _check_open(zaak, termijn, op)
    if verwacht_op and verwacht_op < op:
        raise OngeldigeInvoer({"verwacht_op": f"{datum(verwacht_op)} ligt vóór {datum(op)}, de dag van het bericht."})
    return g.TussenberichtGestuurd(
        gebeurd_op=op, termijn=termijn, wijze=wijze, verwacht_op=verwacht_op, toelichting=toelichting
    )


@handeling(
    "Vastleggen waarom het langer duurt",
    op("Gebleken op"),
    _TERMIJN,
    Veld(naam="vertraging", label="Waardoor", soort="keuze", lijst="redenen_vertraging"),
    toelichting("Toelichting"),
)
def toelichten_vertraging(zaak: Zaak, *, op: date, termijn: str, vertraging: str, toelichting: str) -> Gebeurtenis:
    """Why a term is not met, said while it is still open instead of only when the step is done."""
    _check_open(zaak, termijn, op)
    return g.VertragingToegelicht(gebeurd_op=op, termijn=termijn, vertraging=vertraging, toelichting=toelichting)


def _check_open(zaak: Zaak, termijn: str, op: date) -> None:
    """Refuse a term that was not open on the day: what is done is done in time or late, with the reason there."""
    openstaand = open_termijnen(zaak.register, zaak.klachtnummer, op)
    if termijn not in openstaand:
        wel = f"Open staat: {opsomming(openstaand.values())}." if openstaand else "Er staat geen termijn meer open."
        raise OngeldigeInvoer({"termijn": f"Deze termijn stond op {datum(op)} niet open. {wel}"})
