"""Putting a message ready: checked, and recorded in the dossier that it is about."""

from __future__ import annotations

from datetime import date

from klachten.gebeurtenissen import BerichtKlaargezet
from klachten.handelingen.bericht import check_message
from klachten.post.uit.bericht import OVERZICHT, UITNODIGING
from klachten.register import Boeking, Register

APP = "app"
"""By whom, and in which role, what the app puts ready by itself is recorded: no person."""


def queue(
    register: Register,
    klachtnummer: str,
    *,
    waarvoor: str,
    aan: str,
    onderwerp: str,
    inhoud: str,
    op: date,
    door: str = APP,
    rol: str = APP,
    boeking: Boeking | None = None,
) -> int:
    """Put an overview or an invitation ready, as part of a group when one is given; returns its number.

    OngeldigeInvoer when it cannot be sent. A letter is put ready by its own handeling, which checks for whom it is.
    """
    if waarvoor not in (OVERZICHT, UITNODIGING):
        raise ValueError(f"A {waarvoor} is not put ready here")
    check_message(aan, onderwerp, inhoud)
    if boeking is None:
        with register.schrijven() as eigen:
            return queue(
                register, klachtnummer, waarvoor=waarvoor, aan=aan, onderwerp=onderwerp, inhoud=inhoud, op=op,
                door=door, rol=rol, boeking=eigen,
            )  # fmt: skip
    feit = BerichtKlaargezet(gebeurd_op=op, waarvoor=waarvoor, aan=aan, onderwerp=onderwerp, inhoud=inhoud)
    return boeking.leg_vast(klachtnummer, feit, door=door, rol=rol)
