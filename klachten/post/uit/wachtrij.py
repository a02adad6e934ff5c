"""Putting a message ready: checked, and recorded in the dossier that it is about."""

from __future__ import annotations

from datetime import date

from klachten.gebeurtenissen import BerichtKlaargezet
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.post.uit.adres import LANGSTE_ONDERWERP, bezwaar_adres, bezwaar_regel
from klachten.post.uit.bericht import MELDING, OVERZICHT
from klachten.register import Boeking, Register

APP = "app"
"""By whom, and in which role, what the app puts ready by itself is recorded: no person."""
LANGSTE_INHOUD = 200_000


def check(aan: str, onderwerp: str, inhoud: str) -> None:
    """Raise OngeldigeInvoer, with a sentence per field, for what cannot be sent."""
    fout = {}
    if zin := bezwaar_adres(aan):
        fout["aan"] = f"Aan: {zin}"
    if not onderwerp.strip():
        fout["onderwerp"] = "Onderwerp: vul dit in."
    elif zin := bezwaar_regel(onderwerp):
        fout["onderwerp"] = f"Onderwerp: {zin}"
    elif len(onderwerp) > LANGSTE_ONDERWERP:
        fout["onderwerp"] = f"Onderwerp: gebruik hoogstens {LANGSTE_ONDERWERP} tekens."
    if not inhoud.strip():
        fout["inhoud"] = "Inhoud: vul dit in."
    elif len(inhoud) > LANGSTE_INHOUD:
        fout["inhoud"] = f"Inhoud: gebruik hoogstens {LANGSTE_INHOUD} tekens."
    if fout:
        raise OngeldigeInvoer(fout)


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
    """Put an overview or a notice ready, as part of a group when one is given; returns its number.

    OngeldigeInvoer when it cannot be sent. A letter is put ready by its own handeling, which checks for whom it is.
    """
    if waarvoor not in (OVERZICHT, MELDING):
        raise ValueError(f"A {waarvoor} is not put ready here")
    check(aan, onderwerp, inhoud)
    if boeking is None:
        with register.schrijven() as eigen:
            return queue(
                register, klachtnummer, waarvoor=waarvoor, aan=aan, onderwerp=onderwerp, inhoud=inhoud, op=op,
                door=door, rol=rol, boeking=eigen,
            )  # fmt: skip
    feit = BerichtKlaargezet(gebeurd_op=op, waarvoor=waarvoor, aan=aan, onderwerp=onderwerp, inhoud=inhoud)
    return boeking.leg_vast(klachtnummer, feit, door=door, rol=rol)
