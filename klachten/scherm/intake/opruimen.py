"""Forms that were not sent go away by themselves, after the term that the reglement gives them."""

from __future__ import annotations

from datetime import datetime, timedelta

from klachten import concepten, scherm
from klachten.handelingen import reglement_van
from klachten.register import Register


def ruim_op(register: Register) -> int:
    """Throw away what nobody typed in for longer than that; return how much went.

    At each opening of the register, and when somebody opens page Bewaren.
    """
    boek = reglement_van(register, None, op=scherm.vandaag())
    (termijn,) = (een for een in boek.bewaartermijnen if een.soort == "concept")
    voor = datetime.now(scherm.TIJDZONE) - timedelta(days=termijn.dagen)
    return concepten.ruim_op(register.map, voor, register.dossiers.sleutels)
