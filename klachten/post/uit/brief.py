"""The letter in a message: what is recorded with it when it has been accepted, by the handeling of letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from klachten.gebeurtenissen import BerichtVerzonden, Vastlegging, VerzendingMislukt
from klachten.handelingen.brief import verstuurd_per_mail as record_sent
from klachten.handelingen.brief import why_not_now
from klachten.post.uit.bericht import BRIEF, Bericht
from klachten.register import Boeking, Register

__all__ = ["BijVerzonden", "changed", "put_ready", "record_sent", "say_without_step"]

BijVerzonden = Callable[..., str]
"""`bij(register, boeking, vastlegging, op=dag, vandaag=dag)` records in a group what a letter brings that was accepted.

`vastlegging` is of the fact BerichtKlaargezet. It returns "" or the Dutch reason why the step could not be recorded.
"""


def changed(register: Register, bericht: Bericht, op: date) -> str:
    """Return why a letter that is due may not go as it was put ready, "" when it may.

    Who was told so, and let it go all the same, knows it: the same sentence does not hold it up again.
    """
    if bericht.waarvoor != BRIEF:
        return ""
    klaar, eerder = put_ready(register, bericht), bericht.verzonden_op is not None
    waarom = why_not_now(register, klaar, vandaag=op, verzonden=eerder)
    mislukt = (v.feit for v in register.vastleggingen(bericht.klachtnummer) if isinstance(v.feit, VerzendingMislukt))
    # It could only wait again because a person released it after that.
    gezegd = {feit.melding for feit in mislukt if feit.bericht == bericht.nr}
    return "" if waarom in gezegd else waarom


def put_ready(boeking: Register | Boeking, bericht: Bericht) -> Vastlegging:
    """Return the fact with which a message was put ready."""
    return next(v for v in boeking.vastleggingen(bericht.klachtnummer) if v.nr == bericht.nr)


def say_without_step(boeking: Boeking, bericht: Bericht, nr: int, waarom: str) -> None:
    """Add to what a group recorded as fact `nr`, that the message was sent, that its step could not be and why."""
    verzonden = next(v for v in boeking.feiten if v.nr == nr)
    assert isinstance(verzonden.feit, BerichtVerzonden)
    zin = " ".join(filter(None, (verzonden.feit.reden, waarom)))
    anders = replace(verzonden.feit, zonder_stap=True, reden=zin)
    boeking.leg_vast(bericht.klachtnummer, anders, door=verzonden.door, rol=verzonden.rol, corrigeert=nr)
