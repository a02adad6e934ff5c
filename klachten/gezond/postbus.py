"""Whether the mailbox is read, and whether somebody looks at what came in."""

from __future__ import annotations

from datetime import datetime, timedelta

from klachten.gezond.berichten import STIL
from klachten.gezond.blik import Blik
from klachten.gezond.uitslag import Uitslag, fout, goed, let_op, nvt
from klachten.gezond.woorden import ONLEESBAAR, ago, moment
from klachten.post.binnen import meelopen
from klachten.post.binnen.meelopen import Binnenstand
from klachten.taal import aantal
from klachten.toegang.instellingen import OngeldigeInstelling

LANG, TE_LANG = timedelta(days=2), timedelta(days=7)
"""A mail can be a klacht, of which the term of two weeks runs from the day on which it came."""
_KIJK = "Kijk op de pagina Nieuwe klacht bij Binnengekomen mail, en maak er iets van of leg het terzijde."


def proposals(blik: Blik) -> Uitslag:
    """Is the mailbox read, and does no mail wait for too long."""
    if isinstance(blik.instellingen, OngeldigeInstelling):
        return nvt(ONLEESBAAR)
    if blik.voorbeeld:
        return nvt("Dit is een voorbeeld: er wordt geen postbus gelezen.")
    stand = meelopen.read(blik.map)
    if blik.instellingen.imap is None:
        # What was read before still waits.
        if stand is None or not stand.wacht:
            return nvt("Er wordt geen postbus gelezen.")
        return let_op(f"Er wordt geen postbus meer gelezen. {_wait(stand, blik.nu)}", _KIJK)
    if stand is None:
        return let_op("De postbus is nog nooit gelezen.", "Start de app; zij leest de postbus elke minuut.")
    if stand.fout:
        sinds = f"Het laatst gelezen op {moment(stand.goed_op)}." if stand.goed_op else "Dat lukte nog nooit."
        return fout(f"{stand.fout} {sinds}", "Is het verholpen, dan leest de app de postbus vanzelf weer.")
    laatst = blik.nu - datetime.fromisoformat(stand.op)
    if blik.draait and laatst > STIL:
        zin = f"De app las de postbus het laatst op {moment(stand.op)}, {ago(laatst)}."
        return fout(zin, "Kijk in haar logboek, en start haar opnieuw.")
    zin = f"De postbus is het laatst gelezen op {moment(stand.goed_op)}. {_wait(stand, blik.nu)}"
    oud = blik.nu - datetime.fromisoformat(stand.oudste) if stand.oudste else timedelta(0)
    return goed(zin) if oud <= LANG else (fout if oud > TE_LANG else let_op)(zin, _KIJK)


def _wait(stand: Binnenstand, nu: datetime) -> str:
    if not stand.wacht:
        return "Er wacht geen mail."
    wat = aantal(stand.wacht, "mail wacht", "mails wachten")
    return f"{wat} tot iemand ernaar kijkt; de oudste {ago(nu - datetime.fromisoformat(stand.oudste), '')}."
