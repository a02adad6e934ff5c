"""Under which reglement, and which version of it, a klacht runs: the one of the day on which it came in."""

from __future__ import annotations

from datetime import date

from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.teruggedraaid import Teruggedraaid
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.register import Register
from klachten.reglement import BuitenGeldigheid, Reglement
from klachten.taal import opsomming

VOORTZETTEN = "voortzetten_behandeling"


def reglement_van(register: Register, feiten: Feiten | None, gekozen: str | None = None, *, op: date) -> Reglement:
    """Return the reglement under which a klacht runs, or for what is new the one of a day, as that day has it."""
    if isinstance(feiten, Dossier | Teruggedraaid):
        return register.reglementen[feiten.ontvangst.reglement].op(feiten.ontvangst.reglement_versie)
    id = gekozen or register.organisatie.reglement(op)
    volledig = {r.id: r for r in register.reglementen.values() if r.soort == "volledig"}
    if id not in volledig:
        raise OngeldigeInvoer({"reglement": f"Reglement '{id}' is er niet; kies uit {opsomming(volledig, 'of')}."})
    return volledig[id].op(op)


def own_version(reglement: Reglement, ontvangen_op: date, vanaf: date) -> date:
    """Return the version under which a klacht that was taken over is handled on from a day: that of its receipt.

    Of before there was one, that of the day on which it is handled here.
    """
    try:
        return reglement.versie_op(ontvangen_op)
    except BuitenGeldigheid:
        return versie_op(reglement, vanaf)


def reglement_voor(
    register: Register, handeling: str, feiten: Feiten | None, gekozen: str | None = None, *, op: date
) -> Reglement:
    """Return the reglement by which a handeling is done: to go on with a klacht here asks the own one already."""
    if handeling != VOORTZETTEN or not isinstance(feiten, Dossier) or feiten.ontvangst.herkomst == "register":
        return reglement_van(register, feiten, gekozen, op=op)
    eigen = register.reglementen[register.organisatie.reglement(op)]
    return eigen.op(own_version(eigen, feiten.ontvangen_op, op))


def versie_op(reglement: Reglement, dag: date) -> date:
    """Return the version of the reglement that a klacht of this day keeps; OngeldigeInvoer before the first one."""
    try:
        return reglement.versie_op(dag)
    except BuitenGeldigheid as fout:
        raise OngeldigeInvoer({"op": str(fout)}) from fout
