"""What a beheerder does to the account of somebody else. Who may do so is asked where it is offered."""

from __future__ import annotations

from dataclasses import dataclass

from klachten.kijklog import regel as kijklog
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.accounts import Account
from klachten.toegang.regels import ELDERS, WACHTWOORD
from klachten.toegang.uitnodigen import HERSTEL, NIEUW

GEEN, UITGENODIGD, ACTIEF, GEBLOKKEERD = "geen account", "uitgenodigd", "actief", "geblokkeerd"


@dataclass(frozen=True)
class Accountstand:
    """How somebody's account is: one of GEEN, UITGENODIGD, ACTIEF, GEBLOKKEERD; moments in seconds since 1970."""

    stand: str = GEEN
    aanmeldnaam: str = ""
    tweede_stap: bool = False
    herstelcodes: int = 0
    sessies: int = 0
    laatst_gezien: float | None = None


def look(deur: Aanmelden, persoon: str, nu: float) -> Accountstand:
    """Return how the account of a person is."""
    account = deur.accounts.of(persoon)
    if account is None:
        return Accountstand()
    stand = ACTIEF if account.wachtwoord or account.oidc_sub else UITGENODIGD
    sessies = deur.sessies.of(persoon, nu)
    return Accountstand(
        GEBLOKKEERD if account.geblokkeerd_op is not None else stand,
        account.aanmeldnaam,
        bool(account.totp),
        deur.codes.left(persoon),
        len(sessies),
        sessies[0].gezien if sessies else None,
    )


def can_sign_in_by(account: Account | None, hoe: str) -> bool:
    """Tell whether an account has what it takes to sign in by this (WACHTWOORD or ELDERS), and is not blocked."""
    if account is None or account.geblokkeerd_op is not None:
        return False
    return bool(account.wachtwoord if hoe == WACHTWOORD else account.oidc_sub)


def may_sign_in(deur: Aanmelden, persoon: str) -> bool:
    """Tell whether a person has everything to sign in: asked before the last beheerder who can goes."""
    account = deur.accounts.of(persoon)
    return any(can_sign_in_by(account, hoe) for hoe in (WACHTWOORD, ELDERS)) and deur.who(persoon) is not None


def invite(deur: Aanmelden, persoon: str, aanmeldnaam: str, door: str, nu: float) -> str:
    """Give a person an account, or another name to sign in with; returns the code of a link to choose a password.

    `door` is the beheerder. NaamBezet when the name is of somebody else.
    """
    deur.accounts.make(persoon, aanmeldnaam, nu)
    deur.meld(kijklog.UITGENODIGD, door, over=persoon)
    return deur.uitnodigingen.make(persoon, NIEUW, door, nu)


def reset(deur: Aanmelden, persoon: str, door: str, nu: float, *, tweede_stap: bool = False) -> str:
    """Take the password away, and the second step too when that is asked; returns the code of a link for a new one.

    Every session ends, and the address of an agenda. The person is told at the next sign-in by whom, as a beheerder
    could use the link themselves.
    """
    deur.accounts.set_password(persoon, "", hersteld_op=nu, door=door)
    if tweede_stap:
        deur.accounts.set_totp(persoon, None)
        deur.codes.drop(persoon)
    deur.sessies.end_all(persoon)
    deur.agendas.revoke(persoon)
    deur.meld(kijklog.HERSTELD, door, over=persoon)
    return deur.uitnodigingen.make(persoon, HERSTEL, door, nu)


def block(deur: Aanmelden, persoon: str, door: str, nu: float) -> None:
    """Let a person not sign in any more, and end every session and address of an agenda; `door` is the beheerder."""
    deur.accounts.block(persoon, nu)
    deur.sessies.end_all(persoon)
    deur.agendas.revoke(persoon)
    deur.meld(kijklog.GEBLOKKEERD, door, over=persoon)


def unblock(deur: Aanmelden, persoon: str, door: str) -> None:
    """Let a person sign in again, as before; `door` is the beheerder."""
    deur.accounts.block(persoon, None)
    deur.meld(kijklog.VRIJGEGEVEN, door, over=persoon)


def forget(deur: Aanmelden, persoon: str) -> None:
    """Delete the account of somebody who has left, and end every session."""
    deur.sessies.end_all(persoon)
    deur.opslag.forget(persoon)
