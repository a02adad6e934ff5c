"""An invitation to sign in by e-mail: the secret of its link is made when it goes, and stands nowhere but in the mail.

What waits in the register, and stays there after, has CODE in the place of the secret. Each attempt makes a new one, so
that of what was sent before no link works; of a mail that may have arrived that is said by whoever lets it go again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from klachten.post.uit.bericht import Bericht
from klachten.post.uit.opmaak import NietTeVersturen
from klachten.taal import moment
from klachten.toegang.mailserver import Mailserver
from klachten.toegang.verbinding import is_private

CODE = "(hier komt de geheime code)"
PAD = "/uitnodiging/"
ONDERWERP = "Uw toegang tot het klachtenregister"
Codes = Callable[[Bericht], str]
"""Makes the secret of an invitation that goes now; NietTeVersturen when nobody is invited any more."""


def text(wie: str, door: str, organisatie: str, adres: str, tot: datetime, *, nieuw: bool) -> str:
    """Return what the mail says; `nieuw` for who never chose a password, else for who has to choose another.

    The link works until `tot`, however late the mail goes.
    """
    waarom = (
        f"{door} nodigt u uit voor het klachtenregister van {organisatie}. Kies met deze link een wachtwoord."
        if nieuw
        else f"Voor het klachtenregister van {organisatie} laat {door} u met deze link een nieuw wachtwoord kiezen."
    )
    return (
        f"Beste {wie},\n\n{waarom} De link werkt één keer, tot {moment(tot)}:\n\n"
        f"{adres}{PAD}{CODE}\n\nVerwacht u dit bericht niet? Doe dan niets, en zeg het tegen {door}. Geef de link aan "
        "niemand: wij vragen er nooit om."
    )


def is_safe(server: Mailserver | None, adres: str) -> bool:
    """Tell whether a secret may go by this server, for a register at this address: readable for nobody on the way."""
    return server is not None and is_private(server.host, server.beveiliging) and adres.startswith("https://")


def filled_in(bericht: Bericht, server: Mailserver, codes: Codes | None) -> Bericht:
    """Return an invitation with a secret of this attempt in it; NietTeVersturen when it cannot go."""
    plek = f"{PAD}{CODE}"
    if codes is None or plek not in bericht.inhoud:
        raise NietTeVersturen("Deze uitnodiging kan alleen de app zelf versturen. Trek haar in, en nodig opnieuw uit.")
    if not is_private(server.host, server.beveiliging):
        raise NietTeVersturen("Een uitnodiging gaat alleen over een versleutelde lijn naar de mailserver.")
    return replace(bericht, inhoud=bericht.inhoud.replace(plek, f"{PAD}{codes(bericht)}"))
