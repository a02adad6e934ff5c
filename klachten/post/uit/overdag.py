"""An overview of tasks goes out by day, on the day that it is about: at night and in a weekend nobody is there."""

from __future__ import annotations

from datetime import date, datetime

from klachten.analyse.werk.herinnering import werkdag
from klachten.organisatie.herinneringen import may_mail
from klachten.post.uit.bericht import OVERZICHT, Bericht
from klachten.register import Register
from klachten.tijdzone import NEDERLAND


def day_of(bericht: Bericht) -> date:
    """Return the day that an overview is about: on which it was put ready, whenever somebody says that it goes."""
    return bericht.klaargezet_op.astimezone(NEDERLAND).date()


def past(bericht: Bericht, vandaag: date) -> bool:
    """Tell whether a message is an overview of an earlier day: it never goes any more, what is open is told anew."""
    return bericht.waarvoor == OVERZICHT and day_of(bericht) < vandaag


def may_go(register: Register, bericht: Bericht, nu: datetime) -> bool:
    """Tell whether a message may be sent at a moment (UTC): a letter always, an overview on its own day, by day."""
    if bericht.waarvoor != OVERZICHT:
        return True
    return not past(bericht, nu.astimezone(NEDERLAND).date()) and may_mail(nu, werkdag(register.organisatie))
