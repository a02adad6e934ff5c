"""Signing in as the facts of a register have it: its rules, and accounts that follow its people."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace
from datetime import date

from klachten import gebeurtenissen as g
from klachten import rechten, scherm
from klachten.organisatie import Organisatie
from klachten.register import Register
from klachten.scherm import klok
from klachten.toegang import beheren
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.accounts import Accounts
from klachten.toegang.bladen import Bladen
from klachten.toegang.regels import ELDERS, WACHTWOORD, Regels
from klachten.toegang.staat import Staat

_log = logging.getLogger("klachten")
EVEN, LANG = 1.0, 60.0
"""Seconds between two looks at whether anything changed, and after a disk that refused."""


def decided(eigen: Organisatie, op: date) -> Regels:
    """Return the rules of signing in that an organisation decided for a day."""
    gesteld = eigen.geldend(g.AanmeldregelsGesteld, op)
    if gesteld is None:
        return Regels()
    rollen = frozenset(gesteld.tweede_factor_rollen)
    stil, hoogstens = gesteld.stil_minuten * 60.0, gesteld.hoogstens_uren * 3600.0
    return Regels(rollen, stil, hoogstens, gesteld.wachtwoord, gesteld.oidc)


class Aanmeldregels:
    """The rules of signing in as the facts of a register make them, with what keeps a beheerder from being locked out.

    Passwords are off only for as long as a beheerder can come in otherwise, and the other way round: the account of
    elsewhere may go, or the provider out of the settings, without anybody here deciding anything. `elders`: there is a
    provider.
    """

    def __init__(self, register: Register, accounts: Accounts, *, elders: bool) -> None:
        self._register, self._accounts, self.elders = register, accounts, elders
        self._bewaard: tuple[tuple[object, ...], Regels] = ((None,), Regels())

    def __call__(self) -> Regels:
        """Return the rules of today; a page asks some seventy times who looks at it, and each time they count."""
        bij = (self._register.organisatie, scherm.vandaag(), self._accounts.versie, self.elders)
        toen, regels = self._bewaard
        # The organisation by identity: comparing all of it would take longer than making the rules.
        if bij[0] is not toen[0] or bij[1:] != toen[1:]:
            regels = decided(self._register.organisatie, scherm.vandaag())
            regels = replace(
                regels,
                wachtwoord=regels.wachtwoord or not self.can_without(WACHTWOORD),
                elders=regels.elders or not self.can_without(ELDERS),
            )
            self._bewaard = (bij, regels)
        return regels

    def can_without(self, hoe: str) -> bool:
        """Tell whether a beheerder of today can sign in by the other of WACHTWOORD and ELDERS."""
        anders = ELDERS if hoe == WACHTWOORD else WACHTWOORD
        if anders == ELDERS and not self.elders:
            return False
        wie = self._register.organisatie.met_rol("beheerder", op=scherm.vandaag())
        return any(beheren.can_sign_in_by(self._accounts.of(een.id), anders) for een in wie)


def follow(deur: Aanmelden, register: Register, nu: float) -> None:
    """Let accounts and sessions follow the people of the register and its rules of signing in, as they are today.

    The account of who has left goes the day after the last day, that of who was erased at once, with all its secrets.
    Somebody signs in with the e-mail address of now. A session that is not enough any more ends.
    """
    vandaag, mensen, namen = deur.vandaag(), register.organisatie.mensen, {}
    for id in deur.accounts.persons():
        persoon = mensen.get(id)
        if persoon is None:
            continue
        if persoon.gewist or (persoon.laatste_dag is not None and persoon.laatste_dag < vandaag):
            beheren.forget(deur, id)
        elif persoon.naamdelen.e_mail:
            namen[id] = persoon.naamdelen.e_mail
    # With the last role that has terms, so that the address does not work again when the role comes back.
    for id in deur.agendas.persons():
        wie = deur.who(id)
        if wie is None or not rechten.mag("uitvoer", "agenda", wie).mag:
            deur.agendas.revoke(id)
    try:
        deur.accounts.rename(namen)
    finally:
        deur.end_insufficient(nu)


async def keep_up(staat: Staat, stop: asyncio.Event) -> None:
    """Follow the register while the app runs: within a second after a fact about people or rules, and every new day."""
    gevolgd: tuple[Organisatie | None, date | None] = (None, None)
    while not stop.is_set():
        register, bladen, wacht = scherm.geopend(), staat.bladen, EVEN
        if register is not None and isinstance(bladen, Bladen):
            nu = (register.organisatie, bladen.deur.vandaag())
            # By a wrong clock the account of somebody who leaves next month would go now.
            if (nu[0] is not gevolgd[0] or nu[1] != gevolgd[1]) and klok.van(register).vraag() is None:
                try:
                    await asyncio.to_thread(follow, bladen.deur, register, staat.klok())
                    gevolgd = nu
                except Exception as fout:  # noqa: BLE001 - it is said, and tried again: nobody else keeps accounts up to date
                    _log.error("De accounts konden niet worden bijgewerkt.", extra={"soort": "accounts"}, exc_info=fout)
                    wacht = LANG
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wacht)
