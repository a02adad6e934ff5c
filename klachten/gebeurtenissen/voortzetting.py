"""Handled on here: a klacht that was taken over from another system goes on under the own reglement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class BehandelingVoortgezet(Gebeurtenis):
    """From `gebeurd_op` on a klacht that was taken over runs under `reglement`, and counts there.

    `elders_gedaan` are the steps that were done in the other system, or that it did not keep: their terms are not
    judged here. What is chosen of the own lists takes the place of what the source had; empty stays as it was.
    """

    stap: ClassVar[int] = 0
    reglement: str
    reglement_versie: date
    elders_gedaan: tuple[int, ...] = ()
    kanaal: str = ""
    indiener_soort: str = ""
    vestiging: str = ""
    categorie: str = ""
    toelichting: str = tekst()
