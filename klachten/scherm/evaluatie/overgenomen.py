"""What a reader of figures about klachten taken over has to know of where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from klachten.analyse.termijnen.naleving import Verzameling
from klachten.reglement import Reglement
from klachten.scherm.onderdelen import datum_tekst
from klachten.taal import aantal

STAPPEN = {"bevestiging": {5}, "afsluiting": {7, 13}}
"""With which step each waiting time ends."""


def kent(reglement: Reglement | None, maat: str) -> bool:
    """Tell whether a reglement has a step that ends a waiting time; one of an import may have only a few."""
    return reglement is None or bool(STAPPEN[maat] & {stap.nr for stap in reglement.stappen})


def gone_on(gekozen: Verzameling) -> str:
    """Say of how many klachten the one that handles them changed; "" when of none."""
    if not gekozen.hier_verder:
        return ""
    if gekozen.herkomst == "register":
        wie = aantal(gekozen.hier_verder, "klacht is", "klachten zijn")
        return (
            f"{wie} overgenomen en hier verder behandeld. Stappen die in het andere systeem zijn gedaan, tellen niet "
            "mee bij op tijd."
        )
    wie = aantal(gekozen.hier_verder, "klacht uit deze bron wordt", "klachten uit deze bron worden")
    return (
        f"{wie} hier verder behandeld: sindsdien tellen zij bij het eigen register. Kies een peildatum van daarvoor om "
        "te zien hoe het toen stond."
    )


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
