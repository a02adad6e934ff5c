"""What is strange about a file next to those of its source that were taken over before: a person has to agree."""

from __future__ import annotations

from collections.abc import Sequence

from klachten.overname import grond
from klachten.overname.kolommen import Kolommen
from klachten.taal import datum, getal

REGELS, VERDWENEN, OUDER = "regels", "verdwenen", "ouder"
"""The objections: lines of the file do not come out, much of what was known is not in it, it is an older one."""
VEEL_WEG, DEEL_WEG = 5, 10
"""From so many klachten on, and one in so many, it is not likely that they left the source."""


def against(
    kolommen: Kolommen, verdwenen: int, samen: int, gewijzigd: int, alle: Sequence[grond.Overname]
) -> dict[str, str]:
    """Return each objection by its word; `samen` are the klachten that were taken over before, vanished ones too."""
    uit = {}
    if verdwenen >= VEEL_WEG and verdwenen * DEEL_WEG >= samen:
        uit[VERDWENEN] = (
            f"{getal(verdwenen)} van de {getal(samen)} klachten die eerder uit deze bron zijn overgenomen, staan niet "
            "in dit bestand. Is het wel het hele bestand, en is id nog dezelfde kolom? Heeft het alleen wat er is "
            "veranderd, zeg dat dan bij Regels, of met alleen_wijzigingen = true in de opgave."
        )
    dag = kolommen.getrokken_op
    staat = [een.stand_op for een in grond.standing(alle, kolommen.bron) if een.stand_op]
    if dag and staat and dag < max(staat) and (gewijzigd or verdwenen):
        uit[OUDER] = (
            f"Dit bestand is van {datum(dag)}, en de bron is al overgenomen zoals zij was op {datum(max(staat))}. Wat "
            "sindsdien is veranderd, zou weer worden zoals het was."
        )
    return uit
