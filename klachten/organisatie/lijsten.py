"""The lists that an organisation keeps itself, and what the facts make of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.reglement import VAN_DE_FIRMA, Keuze

EIGEN_LIJSTEN = (*VAN_DE_FIRMA, "categorieen", "kanalen", "oorzaken", "ernst", "redenen_vertraging")
"""The lists of a reglement in which an organisation may add, rename, merge and end choices.

The others have a meaning in the rules (why a klacht is not handled, what an oordeel can be) and stay as they are.
"""

EEN_DAG = timedelta(days=1)


def keuzes(start: Iterable[Keuze], lijst: str, feiten: Iterable[Gebeurtenis]) -> tuple[Keuze, ...]:
    """Return a list as it is after these facts, in order of recording; it begins as `start`.

    What a fact says of a choice that is not there is passed over: the reglement it came from may be gone.
    """
    uit = list(start)
    for feit in feiten:
        if getattr(feit, "lijst", "") != lijst:
            continue
        plek = next((i for i, keuze in enumerate(uit) if keuze.id == feit.id), None)  # type: ignore[attr-defined]
        if isinstance(feit, g.KeuzeToegevoegd):
            nieuw = Keuze(id=feit.id, naam=feit.naam or feit.id, geldig_vanaf=feit.vanaf)
            if plek is not None:
                uit[plek] = nieuw
            else:
                na = next((i + 1 for i, keuze in enumerate(uit) if keuze.id == feit.na), len(uit))
                uit.insert(na, nieuw)
        elif plek is not None:
            uit[plek] = _changed(uit[plek], feit)
    return tuple(uit)


def _changed(keuze: Keuze, feit: Gebeurtenis) -> Keuze:
    match feit:
        case g.KeuzeHernoemd():
            return replace(keuze, naam=feit.naam or keuze.naam)
        case g.KeuzeSamengevoegd():
            return replace(keuze, geldig_tot=feit.vanaf - EEN_DAG, opgevolgd_door=feit.opvolger)
        case g.KeuzeBeeindigd():
            return replace(keuze, geldig_tot=feit.laatste_dag)
    return keuze


def namen(feiten: Iterable[Gebeurtenis], lijst: str, id: str) -> tuple[tuple[date, str], ...]:
    """Return every name that a choice was given by a fact, each with the day from which it had it."""
    return tuple(
        (feit.vanaf, feit.naam)
        for feit in feiten
        if isinstance(feit, g.KeuzeToegevoegd | g.KeuzeHernoemd) and (feit.lijst, feit.id) == (lijst, id)
    )
