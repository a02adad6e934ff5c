"""Whether e-mail goes out: what waits too long, failed, or is not known to have arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

from klachten.gezond.blik import Blik
from klachten.gezond.uitslag import Uitslag, fout, goed, let_op, nvt
from klachten.gezond.woorden import ago, moment
from klachten.post.uit import meelopen
from klachten.post.uit.meelopen import Poststand
from klachten.taal import aantal, opsomming

LANG, TE_LANG = timedelta(hours=1), timedelta(days=1)
STIL = timedelta(minutes=15)
"""The app looks once a minute; so long without, and it does not any more."""
_KIJK = "Kijk op de pagina Post wat de mailserver zei, en wat er met elk bericht moet gebeuren."
_SOORTEN = (
    ("mislukt", "is niet aangenomen", "zijn niet aangenomen"),
    ("onzeker", "is misschien aangekomen", "zijn misschien aangekomen"),
    ("aangehouden", "is aangehouden", "zijn aangehouden"),
    ("teruggekomen", "kwam terug", "kwamen terug"),
    ("zonder_stap", "is verstuurd zonder dat de stap is vastgelegd", "zijn verstuurd zonder dat de stap is vastgelegd"),
)


def waiting(blik: Blik) -> Uitslag:
    """Does what is put ready go out, and does nothing wait for a person."""
    stand = meelopen.read(blik.map)
    if stand is None:
        return nvt("Er is nog geen e-mail klaargezet.")
    if blik.voorbeeld:
        return nvt("Dit is een voorbeeld: er gaat geen e-mail de deur uit.")
    laatst = blik.nu - datetime.fromisoformat(stand.op)
    if blik.draait and laatst > STIL:
        return fout(
            f"De app keek het laatst op {moment(stand.op)} of er e-mail weg moet, {ago(laatst)}.",
            "Kijk in haar logboek, en start haar opnieuw.",
        )
    oud = blik.nu - datetime.fromisoformat(stand.oudste) if stand.oudste else timedelta(0)
    zin = " ".join(filter(None, (_wait(stand, oud), _ask(stand))))
    if stand.wacht and oud > LANG:
        doe = f"{stand.waarom} {_KIJK}".strip() if stand.waarom else _KIJK
        return (fout if oud > TE_LANG else let_op)(zin, doe)
    return let_op(zin, _KIJK) if stand.vraagt else goed(zin or "Er wacht geen e-mail.")


def _wait(stand: Poststand, oud: timedelta) -> str:
    if not stand.wacht:
        return ""
    wat = aantal(stand.wacht, "bericht wacht", "berichten wachten")
    return f"{wat}; het oudste {ago(oud, '')}." if oud > LANG else f"{wat} om te worden verstuurd."


def _ask(stand: Poststand) -> str:
    delen = [
        f"{getattr(stand, naam)} {een if getattr(stand, naam) == 1 else meer}"
        for naam, een, meer in _SOORTEN
        if getattr(stand, naam)
    ]
    return f"Bij e-mail moet iemand kijken: {opsomming(delen)}." if delen else ""
