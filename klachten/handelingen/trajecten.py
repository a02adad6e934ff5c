"""Step 16: how many trajecten there were, against which the number of klachten is weighed."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis, valid
from klachten.handelingen.evalueren import check_deel
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.taal import MAANDEN, RANG

DELEN = (
    *((f"k{nr}", f"{naam} kwartaal".capitalize()) for nr, naam in enumerate(RANG, 1)),
    *((f"m{nr:02}", naam.capitalize()) for nr, naam in enumerate(MAANDEN, 1)),
)


@handeling(
    "Aantal trajecten vastleggen",
    op("Vastgesteld op"),
    Veld(naam="jaar", label="Over het jaar", soort="getal"),
    Veld(
        naam="deel",
        label="Heel het jaar of een deel",
        soort="keuze",
        verplicht=False,
        keuzes=DELEN,
        hulp="Leeg betekent het hele jaar. Per kwartaal of maand ingevuld, is ook daarover iets te zeggen.",
    ),
    Veld(naam="vestiging", label="Vestiging", soort="keuze", lijst="vestigingen", geldt_op="jaar"),
    Veld(naam="aantal", label="Aantal trajecten", soort="getal"),
    reeks="T",
    nieuw=True,
)
def stap_16_vaststellen_trajecten(
    zaak: Zaak, *, op: date, jaar: int, deel: str, vestiging: str, aantal: int
) -> Gebeurtenis:
    """The number of trajecten of a vestiging in a year or part of it: the exposure. Entered again, it is corrected."""
    if not 1990 <= jaar <= op.year:
        raise OngeldigeInvoer({"jaar": f"Kies een jaar tot en met {op.year} (stap 16)."})
    zaak.klachtnummer = f"T{jaar}"
    for vastlegging in valid(zaak.boeking.vastleggingen(zaak.klachtnummer)):
        if (vastlegging.feit.vestiging, vastlegging.feit.deel) == (vestiging, deel):
            zaak.corrigeert = vastlegging.corrigeert or vastlegging.nr
    feit = g.TrajectenVastgesteld(gebeurd_op=op, jaar=jaar, deel=deel, vestiging=vestiging, aantal=aantal)
    check_deel(feit)
    return feit
