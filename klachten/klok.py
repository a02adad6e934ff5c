"""Whether the clock of the machine can be right: held against the last moments that a register wrote down.

Back is asked at once, ahead only past everything: a firm without a klacht for months still opens its register, and of
that there are lines in the log of looking. Asking is right, refusing is not: somebody may have been away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from klachten.kijklog import Kijkketen
from klachten.kijklog.regel import KLOK, Regel
from klachten.register import Register
from klachten.taal import moment

TERUG = timedelta(hours=3)
"""A machine that takes summer time or UTC for its own is put right by itself."""
VOORUIT = timedelta(days=60)


@dataclass(frozen=True)
class Vraag:
    """Is it really now, when this is the last moment that was written down?"""

    nu: datetime
    eerder: datetime

    @property
    def zin(self) -> str:
        """The two moments, as a sentence."""
        nu, eerder = (moment(op) for op in (self.nu, self.eerder))
        verschil = abs(self.nu - self.eerder)
        hoe = "dat is later" if self.nu < self.eerder else "dat is lang geleden"
        hoeveel = f"{verschil.days} dagen" if verschil.days > 1 else f"{round(verschil.total_seconds() / 3600)} uur"
        return (
            f"Volgens de klok van deze computer is het {nu}. Het laatste moment dat hier is opgeschreven is {eerder}: "
            f"{hoe} ({hoeveel} verschil)."
        )


def question(nu: datetime, laatst: datetime | None) -> Vraag | None:
    """Ask when the clock is behind the last moment, or very far past it; None when it can be right."""
    if laatst is None or laatst - TERUG <= nu <= laatst + VOORUIT:
        return None
    return Vraag(nu, laatst)


def last_moment(register: Register) -> datetime | None:
    """Return the last moment that a register of a firm wrote down; None of an example, of which the days are invented.

    A fact that was there when somebody said that the clock is right, later than that, was of a wrong clock.
    """
    if not register.organisatie.ingericht or register.organisatie.voorbeeld:
        return None
    nr, vastgelegd = register.last_recorded()
    gezien = next((datetime.fromisoformat(regel.op) for regel in _lines(register)), None)
    if vastgelegd is None or gezien is None or vastgelegd <= gezien + TERUG:
        return max((op for op in (vastgelegd, gezien) if op is not None), default=None)
    goed = next((regel for regel in _lines(register) if regel.wat == KLOK), None)
    return gezien if goed is not None and (goed.aantal or 0) >= nr else vastgelegd


def refusal(register: Register, nu: datetime) -> str:
    """Return why a command does nothing with this clock, and what to do; "" when the clock can be right."""
    vraag = question(nu, last_moment(register))
    return (
        f"{vraag.zin} Zet de klok goed en geef de opdracht opnieuw. Is de klok goed, zeg dat dan met --klok-is-goed."
        if vraag
        else ""
    )


def _lines(register: Register) -> Iterator[Regel]:
    keten = Kijkketen(register.map)
    for maand in reversed(keten.maanden()):
        yield from (gelezen.regel for gelezen in reversed(keten.regels(maand)))
