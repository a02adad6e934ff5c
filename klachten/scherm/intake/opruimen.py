"""Forms that were not sent go away by themselves, after the term that the reglement gives them."""

from __future__ import annotations

from datetime import timedelta

from klachten import concepten, scherm
from klachten.handelingen import OngeldigeInvoer, reglement_van
from klachten.postvak import Postvak
from klachten.register import Register
from klachten.reglement import BuitenGeldigheid
from klachten.reglement.bewaren import STANDAARD, Bewaartermijn
from klachten.scherm import klok


def ruim_op(register: Register) -> int:
    """Throw away what nobody typed in for longer than that; return how much went.

    At each opening of the register, and when somebody opens page Bewaren; not while the clock is in question.
    """
    if klok.van(register).vraag() is not None:
        return 0
    (termijn,) = (een for een in _terms(register) if een.soort == "concept")
    voor = klok.now() - timedelta(days=termijn.dagen)
    weg = concepten.ruim_op(register.map, voor, register.dossiers.sleutels)
    levend = concepten.ids(register.map, register.dossiers.sleutels)
    return weg + Postvak(register.map, register.dossiers.sleutels).ruim_op(levend, klok.now() - TERZIJDE)


TERZIJDE = timedelta(days=30)
"""So long can a mail that was set aside be taken back."""


def _terms(register: Register) -> tuple[Bewaartermijn, ...]:
    """The terms of the reglement of today; those of a reglement that is silent when its file is missing."""
    try:
        return reglement_van(register, None, op=scherm.vandaag()).bewaartermijnen
    except (OngeldigeInvoer, BuitenGeldigheid):
        return STANDAARD
