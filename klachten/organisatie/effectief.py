"""A reglement as the organisation has it: its own lists, name, book year and targets instead of those of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from klachten.organisatie.lijsten import EIGEN_LIJSTEN
from klachten.organisatie.stand import Organisatie
from klachten.reglement import VAN_DE_FIRMA, Reglement


def effectief(reglement: Reglement, organisatie: Organisatie) -> Reglement:
    """Return the reglement with what the organisation recorded laid over it.

    An imported log keeps its own lists, and so does everything while the organisation is not recorded.
    """
    if not organisatie.ingericht or reglement.soort != "volledig":
        return reglement
    return replace(
        reglement,
        organisatie=organisatie.gegevens().naam,
        boekjaren=organisatie.boekjaren(),
        streeftermijnen=organisatie.streeftermijnen(),
        **{lijst: organisatie.keuzes(lijst, getattr(reglement, lijst)) for lijst in EIGEN_LIJSTEN},
    )


def completed(reglement: Reglement, organisatie: Organisatie) -> Reglement:
    """Return the reglement with the name and the lists that its file does not give, of an organisation not recorded.

    A file that came from a register of before still has its own: those stay.
    """
    if not organisatie.ingericht or reglement.soort != "volledig":
        return reglement
    return replace(
        reglement,
        organisatie=reglement.organisatie or organisatie.gegevens().naam,
        **{lijst: getattr(reglement, lijst) or organisatie.keuzes(lijst) for lijst in VAN_DE_FIRMA},
    )


def all_effective(reglementen: Mapping[str, Reglement], organisatie: Organisatie) -> dict[str, Reglement]:
    """Return every reglement as the organisation has it, by id."""
    return {id: effectief(reglement, organisatie) for id, reglement in reglementen.items()}


def all_completed(reglementen: Mapping[str, Reglement], organisatie: Organisatie) -> dict[str, Reglement]:
    """Return every reglement with what its file does not give, by id."""
    return {id: completed(reglement, organisatie) for id, reglement in reglementen.items()}
