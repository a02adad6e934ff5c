"""The facts after which a page is measured, recorded by a colleague over the same line as a page is asked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from klachten.scherm.meting.bezoeker import Bezoeker

VOORTGANG = "stap_12_bewaken_voortgang"
"""It can be repeated, and changes no figure."""
AFSLUITING = "stap_13_afsluiten_klacht"
KEREN = 3
"""So often a page is opened after each kind."""
# The first one of a list in the intake form is "Kies …".
_OPTIE = 1


@dataclass(frozen=True)
class Feit:
    """A kind of fact: what the column is called, how it is recorded, and how often for the next page."""

    kolom: str
    leg_vast: Callable[[Bezoeker], Coroutine[Any, Any, None]]
    keren: Callable[[], int]


def feiten(schrijf_in: str, af_te_sluiten: Sequence[str], paginas: int) -> tuple[Feit, ...]:
    """Return the three kinds: one that changes no figure, a new klacht, and the end of one while any are left."""
    over, per_pagina = list(af_te_sluiten), min(KEREN, max(1, len(af_te_sluiten) // paginas))

    async def voortgang(collega: Bezoeker) -> None:
        plek = {"nummer": schrijf_in, "doe": VOORTGANG}
        await collega.open("dossier", **plek)
        await collega.fill_in("dossier", VOORTGANG, {"bevinding": "Bevinding van een meting."}, **plek)

    async def klacht(collega: Bezoeker) -> None:
        await collega.open("intake")
        op_schrift = {"op_schrift": 0}
        await collega.choose("intake", "intake/", op_schrift)
        antwoorden = {
            "kanaal": _OPTIE,
            "categorie": _OPTIE,
            "indiener_naam": "Indiener van een meting",
            "indiener_contact": "meting@post.example",
            "omschrijving": "Klacht van een meting; er is niets gebeurd.",
            "niemand": True,
        }
        await collega.fill_in("intake", "intake/", op_schrift | antwoorden)

    async def afsluiting(collega: Bezoeker) -> None:
        plek = {"nummer": over.pop(0), "doe": AFSLUITING}
        await collega.open("dossier", **plek)
        antwoorden = {"uitkomst": 0, "toelichting": "Afgesloten door een meting."}
        await collega.fill_in("dossier", AFSLUITING, antwoorden, **plek)

    return (
        Feit("feit", voortgang, lambda: KEREN),
        Feit("klacht", klacht, lambda: KEREN),
        Feit("einde", afsluiting, lambda: min(per_pagina, len(over))),
    )
