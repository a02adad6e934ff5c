"""What a reader of figures about klachten taken over has to know of where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from klachten.analyse.termijnen.naleving import Verzameling
from klachten.reglement import Reglement
from klachten.scherm.onderdelen import datum_tekst

STAPPEN = {"bevestiging": {5}, "afsluiting": {7, 13}}
"""With which step each waiting time ends."""


def kent(reglement: Reglement | None, maat: str) -> bool:
    """Tell whether a reglement has a step that ends a waiting time; one of an import may have only a few."""
    return reglement is None or bool(STAPPEN[maat] & {stap.nr for stap in reglement.stappen})


def sentences(gekozen: Verzameling) -> Iterator[str]:
    """Say until when and since when the sources of these klachten are known, and whether their clock counts."""
    if gekozen.bekend_tot is None:
        yield (
            f"Het laatste feit is van {datum_tekst(gekozen.laatste_op)}; wat daarna gebeurde, is hier niet bekend. "
            "Kies die dag als peildatum om te zien hoe het er toen voor stond."
        )
    else:
        yield (
            f"De bron is zoals zij was op {datum_tekst(gekozen.bekend_tot)}: wat toen open was, telt als open op "
            "die dag en niet langer."
        )
    if gekozen.volledig_vanaf is not None:
        yield f"Zij is volledig vanaf {datum_tekst(gekozen.volledig_vanaf)}; van daarvoor ontbreken klachten."
    if gekozen.op_de_klok:
        yield (
            "De termijn van de bron loopt tot een tijdstip op de laatste dag: wat die dag daarna klaar was, is hier te "
            "laat."
        )
