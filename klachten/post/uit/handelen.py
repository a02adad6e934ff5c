"""What a person does with a message: by the rules of its handeling, and with the step that a letter brings."""

from __future__ import annotations

from datetime import date

from klachten.handelingen import HANDELINGEN, Uitkomst
from klachten.handelingen.weigering import Geweigerd
from klachten.organisatie import Gebruiker
from klachten.post.uit import brief
from klachten.post.uit.bericht import (
    AANGEHOUDEN,
    BEZIG,
    BRIEF,
    MISLUKT,
    ONZEKER,
    TERUGGEKOMEN,
    VERZONDEN,
    WACHT,
    Bericht,
    een,
)
from klachten.post.uit.overdag import past
from klachten.register import Register

VRIJGEVEN, INTREKKEN, AANGEKOMEN, TERUG, STAP = (
    "vrijgeven_bericht", "intrekken_bericht", "bevestigen_bericht", "melden_teruggekomen", "afhandelen_bericht",
)  # fmt: skip
KAN = {
    WACHT: (VRIJGEVEN, INTREKKEN),
    AANGEHOUDEN: (VRIJGEVEN, INTREKKEN),
    MISLUKT: (VRIJGEVEN, INTREKKEN),
    ONZEKER: (AANGEKOMEN, VRIJGEVEN, TERUG, INTREKKEN),
    VERZONDEN: (TERUG,),
    TERUGGEKOMEN: (VRIJGEVEN, AANGEKOMEN, INTREKKEN),
}
"""What can be done with a message, by how it stands; what is asked first, first."""
TE_OUD = (
    "Dit overzicht is van een eerdere dag en wordt niet meer verstuurd: wat nog openstaat, komt in een volgend "
    "overzicht. Trek het in."
)


def acts(bericht: Bericht, vandaag: date) -> tuple[str, ...]:
    """Return what can be done with a message on a day, as names of handelingen."""
    if bericht.toestand == WACHT and bericht.poging == 0:
        return (INTREKKEN,)
    kan = (*((STAP,) if bericht.zonder_stap else ()), *KAN.get(bericht.toestand, ()))
    return tuple(naam for naam in kan if naam != VRIJGEVEN or not past(bericht, vandaag))


def do(
    register: Register, gebruiker: Gebruiker, naam: str, nr: int, *, vandaag: date, reden: str = "", **invoer: str
) -> Uitkomst:
    """Do one of these with a message; Geweigerd or OngeldigeInvoer when that cannot be.

    A letter that turns out to have arrived brings its step, in the same group, as when the server had said so.
    """
    bericht = een(register, nr)
    if bericht is None or bericht.toestand == BEZIG:
        raise Geweigerd(
            f"Bericht {nr} wordt op dit moment verstuurd. Kijk zo opnieuw." if bericht else f"Bericht {nr} is er niet.",
            soort="bericht_staat_anders",
        )
    if naam == VRIJGEVEN and past(bericht, vandaag):
        raise Geweigerd(f"Bericht {nr}: {TE_OUD[:1].lower()}{TE_OUD[1:]}", soort="bericht_staat_anders")
    handeling = HANDELINGEN[naam]
    with register.schrijven() as boeking:
        uitkomst = handeling.within(
            register, boeking, gebruiker, bericht.klachtnummer, vandaag=vandaag, reden=reden, bericht=nr, **invoer
        )
        if naam == AANGEKOMEN and bericht.waarvoor == BRIEF and bericht.verzonden_op is None:
            op = next(v.feit.gebeurd_op for v in boeking.feiten if v.nr == uitkomst.nrs[0])
            waarom = brief.record_sent(register, boeking, brief.put_ready(boeking, bericht), op=op, vandaag=vandaag)
            if waarom:
                brief.say_without_step(boeking, bericht, uitkomst.nrs[0], waarom)
    return uitkomst
