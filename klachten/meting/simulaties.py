"""The simulations behind what the statistics promise, by name: how often they claim something where nothing is.

A simulation is named here by its module and function: one of (reeksen, zaad) that returns Uitslagen, or one with a size
and a seed of its own that returns a title and rows.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIMULATIES = {
    "reeks": ("klachten.meting.simulatie_reeks", "simuleer_reeks"),
    "splitsing": ("klachten.meting.simulatie_reeks", "simuleer_splitsing"),
    "trechter": ("klachten.meting.simulatie_trechter", "simuleer_trechter"),
}
GEWOON = ("reeks", "splitsing")
"""What is run when none is named."""
EIGEN_OMVANG = {
    "kop": ("klachten.meting.simulatie_kop", "vertekening_van_de_kop"),
    "beslist": ("klachten.meting.simulatie_kop", "kop_als_over_alles_wordt_beslist"),
    "index": ("klachten.meting.simulatie_kop", "index_zonder_effect"),
    "claims": ("klachten.meting.simulatie_claims", "claims_van_een_stabiel_jaar"),
    "personen": ("klachten.meting.simulatie_opvolging", "verschil_tussen_personen"),
    "verbeteracties": ("klachten.meting.simulatie_opvolging", "verandering_na_verbeteracties"),
    "jaarbeeld": ("klachten.meting.simulatie_jaarbeeld", "stabiele_jaarbeelden"),
}
NAMEN = (*SIMULATIES, *EIGEN_OMVANG)


@dataclass(frozen=True)
class Uitslag:
    """A table of a simulation: `koppen` above the columns, `rijen` with as many texts or numbers each."""

    titel: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[object, ...], ...]

    def markdown(self) -> str:
        """Return the title and the table as Markdown."""
        regels = [self.koppen, ("---",) * len(self.koppen), *self.rijen]
        return "\n".join([f"## {self.titel}", "", *("| " + " | ".join(map(str, rij)) + " |" for rij in regels)])


def simuleer(reeksen: int, zaad: int, namen: Sequence[str] = GEWOON) -> Iterator[Uitslag]:
    """Run simulations by name, one after the other; KeyError for a name that does not exist."""
    for naam in namen:
        module, functie = (SIMULATIES | EIGEN_OMVANG)[naam]
        doe = getattr(importlib.import_module(module), functie)
        if naam in SIMULATIES:
            yield from doe(reeksen, zaad)
        else:
            titel, rijen = doe()
            yield Uitslag(titel, tuple(rijen[0]), tuple(tuple(_tekst(w) for w in rij.values()) for rij in rijen))


def _tekst(waarde: object) -> str:
    """Return a number with a decimal comma."""
    return str(waarde).replace(".", ",")
