"""What a page says of a period without klachten, while other years have some: that is not an empty register."""

from __future__ import annotations

from klachten import taal
from klachten.scherm import onderdelen
from klachten.scherm.evaluatie.keuze import Keuze, jaren_met_klachten

MEESTE = 4
"""So many years are named; there is always one among them."""


def toon(keuze: Keuze) -> None:
    """Say that there are none in this period, and in which years there are."""
    verfijn = ", of verfijn minder" if keuze.verfijnd else ""
    # In which years a finer choice has any is not known before it is asked.
    jaren = [] if keuze.verfijnd else jaren_met_klachten(keuze)[:MEESTE]
    wel = f"Wel in {taal.opsomming(sorted(jaren))}. " if jaren else ""
    onderdelen.lege_staat(
        f"In {keuze.periode.naam} zijn er geen klachten", f"{wel}Kies hierboven een andere periode{verfijn}."
    )
