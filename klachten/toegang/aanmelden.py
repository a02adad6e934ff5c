"""Signing in, without a browser: what somebody gives, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from klachten.kijklog.regel import (
    AANGEMELD,
    AFGEMELD,
    BEEINDIGD,
    GEREMD,
    GEWIJZIGD,
    INGESTELD,
    MISLUKT,
    ONBEKEND,
    TWEEDE_STAP,
    VAAK_MISLUKT,
)
from klachten.organisatie import Gebruiker
from klachten.toegang import totp, uitnodigen
from klachten.toegang.accounts import Account, Accounts
from klachten.toegang.agendas import Agendas
from klachten.toegang.kijkers import Personen
from klachten.toegang.opslag import Opslag
from klachten.toegang.regels import ELDERS, WACHTWOORD, Regels
from klachten.toegang.rem import ADRES_VRIJ, Rem
from klachten.toegang.sessies import Sessie, Sessies
from klachten.toegang.uitnodigen import Uitnodigingen
from klachten.toegang.voorsessies import CODE, INSCHRIJVEN
from klachten.toegang.wachtwoord import Wachtwoorden, te_zwak

if TYPE_CHECKING:
    from klachten.toegang.oidc import Identiteit

KLOPT_NIET = "Deze combinatie klopt niet."
CODE_KLOPT_NIET = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code van de app."
LINK_WERKT_NIET = "Deze link werkt niet meer. Vraag uw beheerder om een nieuwe."
ZONDER_WACHTWOORD = "In dit register meldt u zich niet met een wachtwoord aan, maar met het account van uw werk."
ZONDER_ELDERS = "In dit register meldt u zich met een wachtwoord aan."


class Geweigerd(Exception):
    """Signing in did not work; the text says to the person what it may say, `soort` is what the help explains."""

    def __init__(self, zin: str, *, soort: str) -> None:
        self.soort = soort
        super().__init__(zin)


class Melder(Protocol):
    """Hears what happens, for the log of looking.

    Which kind (of klachten/kijklog), by which person (ONBEKEND for a name that nobody has: people type passwords
    there), in which session (its hash, or nothing), and about whom when that is somebody else.
    """

    def __call__(self, wat: str, persoon: str, sessie: str = "", over: str = "") -> None:
        """Take it in; it may not fail."""


def _nobody_hears(wat: str, persoon: str, sessie: str = "", over: str = "") -> None:
    """What `meld` is until there is a log."""


@dataclass
class Aanmelden:
    """Everything that signing in rests on. Its methods block (argon2): the pages call them in a thread.

    `vandaag` gives the day in the Netherlands, `regels` the rules of the moment, for who is in as well. `meld` hears
    what happens (see Melder).
    """

    opslag: Opslag
    personen: Personen
    vandaag: Callable[[], date]
    regels: Callable[[], Regels] = Regels
    wachtwoorden: Wachtwoorden = field(default_factory=Wachtwoorden)
    meld: Melder = _nobody_hears
    sessies: Sessies = field(init=False)

    def __post_init__(self) -> None:
        self.sessies = Sessies(self.opslag, self.regels)
        self.accounts = Accounts(self.opslag)
        self.codes = totp.Herstelcodes(self.opslag)
        self.uitnodigingen = Uitnodigingen(self.opslag)
        self.rem = Rem(self.opslag)
        self.agendas = Agendas(self.opslag)

    def check_password(self, aanmeldnaam: str, wachtwoord: str, adres: str, nu: float) -> tuple[str, str]:
        """Return the person and what is still asked (CODE, INSCHRIJVEN or nothing).

        Geweigerd in the same words, and after the same time, for a name that is unknown or blocked, a wrong password,
        and somebody who has left.
        """
        if not self.regels().wachtwoord:
            raise Geweigerd(ZONDER_WACHTWOORD, soort="aanmelden_wijze")
        self._slow_down(aanmeldnaam, adres, nu)
        account = self.accounts.named(aanmeldnaam)
        goed = self.wachtwoorden.klopt(account and account.wachtwoord, wachtwoord)
        wie = account and self.who(account.persoon)
        if not goed or account is None or wie is None or account.geblokkeerd_op is not None:
            self._wrong(aanmeldnaam, account.persoon if account else ONBEKEND, adres, nu)
            raise Geweigerd(KLOPT_NIET, soort="aanmelden_klopt_niet")
        if self.wachtwoorden.verouderd(account.wachtwoord or ""):
            self.accounts.rehash(account.persoon, self.wachtwoorden.hash(wachtwoord))
        wacht_op = self._still_asked(account, wie)
        if not wacht_op:
            self.rem.right(aanmeldnaam, adres, nu)
        return account.persoon, wacht_op

    def check_identity(self, wie: Identiteit, uitnodiging: str, adres: str, nu: float) -> tuple[str, str]:
        """Return the person that somebody of elsewhere is here, and what is still asked.

        With an invitation the two are linked first, and for good. Never by the e-mail address that the provider names:
        in some of them a guest can have any.
        """
        try:
            if not self.regels().elders:
                raise Geweigerd(ZONDER_ELDERS, soort="aanmelden_wijze")
            if uitnodiging:
                self._link(wie, uitnodiging, nu)
            account = self.accounts.linked(wie.iss, wie.sub)
            persoon = account and self.who(account.persoon)
            if account is None or persoon is None or account.geblokkeerd_op is not None:
                raise Geweigerd(
                    "Dit account is hier niet bekend. Vraag uw beheerder om een link.", soort="aanmelden_account"
                )
        except Geweigerd:
            eigen = self.accounts.linked(wie.iss, wie.sub)
            self.failed_elsewhere(adres, nu, eigen.persoon if eigen else ONBEKEND)
            raise
        return account.persoon, "" if wie.tweede_stap else self._still_asked(account, persoon)

    def _link(self, wie: Identiteit, uitnodiging: str, nu: float) -> None:
        gevonden = self.uitnodigingen.look(uitnodiging, nu)
        if gevonden is None or self.who(gevonden.persoon) is None:
            raise Geweigerd(LINK_WERKT_NIET, soort="aanmelden_link")
        bezet = self.accounts.linked(wie.iss, wie.sub)
        if bezet and bezet.persoon != gevonden.persoon:
            raise Geweigerd("Dit account hoort hier al bij iemand anders.", soort="aanmelden_account")
        if not self.uitnodigingen.use(uitnodiging, nu) or not self.accounts.link(gevonden.persoon, wie.iss, wie.sub):
            raise Geweigerd(LINK_WERKT_NIET, soort="aanmelden_link")
        self.meld(INGESTELD, gevonden.persoon)

    def failed_elsewhere(self, adres: str, nu: float, persoon: str = ONBEKEND) -> None:
        """Tell that signing in with an account of elsewhere failed: there, on the way back, or here.

        There is nothing to guess, so nobody has to wait; a stranger who goes on is told of no more for a while.
        """
        aantal = self.rem.wrong_elsewhere(adres, nu)
        if aantal <= ADRES_VRIJ:
            self.meld(MISLUKT, persoon)
        if aantal == ADRES_VRIJ:
            self.meld(VAAK_MISLUKT, persoon)

    def _still_asked(self, account: Account, wie: Gebruiker) -> str:
        if account.totp:
            return CODE
        return "" if self.regels().tweede_stap.isdisjoint(wie.rollen) else INSCHRIJVEN

    def check_code(self, persoon: str, code: str, adres: str, nu: float) -> None:
        """Accept a code of the app or a recovery code, once; else Geweigerd."""
        account = self._account(persoon)
        self._slow_down(account.aanmeldnaam, adres, nu)
        stap = totp.check(self.accounts.totp_secret(account), code, nu, account.totp_laatste)
        goed = self.accounts.use_totp(persoon, stap) if stap else self.codes.use(persoon, code, nu)
        if not goed:
            self._wrong(account.aanmeldnaam, persoon, adres, nu)
            raise Geweigerd(CODE_KLOPT_NIET, soort="aanmelden_code")
        self.rem.right(account.aanmeldnaam, adres, nu)

    def enrol(self, persoon: str, geheim: str, code: str, nu: float) -> list[str]:
        """Keep a second step once its app has shown a good code; returns the recovery codes. Geweigerd otherwise."""
        stap = totp.check(geheim, code, nu, 0)
        if stap is None:
            raise Geweigerd(
                "Deze code klopt niet. Kijk of uw telefoon de goede tijd heeft, en neem de nieuwste code.",
                soort="aanmelden_code",
            )
        self.accounts.set_totp(persoon, geheim)
        self.accounts.use_totp(persoon, stap)
        self.meld(TWEEDE_STAP, persoon)
        return self.codes.make(persoon)

    def suffices(self, sessie: Sessie, wie: Gebruiker) -> bool:
        """Tell whether what somebody gave to come in is enough by the rules of now, in the roles of now."""
        regels = self.regels()
        stap = sessie.tweede_factor or regels.tweede_stap.isdisjoint(wie.rollen)
        return stap and regels.may(sessie.hoe)

    def end_insufficient(self, nu: float) -> int:
        """End every session that the rules of now do not let in, its open pages too; returns how many."""
        weg = 0
        for sessie in self.sessies.all():
            wie = self.who(sessie.persoon)
            if wie is None or not self.suffices(sessie, wie) or self.sessies.verloopt(sessie) <= nu:
                self.sessies.end(sessie.hash)
                weg += 1
        return weg

    def begin(self, persoon: str, nu: float, waarmee: str, *, elders: bool = False) -> tuple[str, Sessie]:
        """Begin the session of somebody who has given everything; returns the cookie and the session.

        With `elders` the person came in by an account of elsewhere: what that did not ask, was asked here.
        """
        hoe, account, wie = ELDERS if elders else WACHTWOORD, self._account(persoon), self.who(persoon)
        # Who has to have a second step and has none here, gave it where they came from.
        buiten = elders and wie is not None and not self.regels().tweede_stap.isdisjoint(wie.rollen)
        koek, sessie = self.sessies.begin(
            persoon, nu, tweede_factor=bool(account.totp) or buiten, waarmee=waarmee, hoe=hoe
        )
        self.meld(AANGEMELD, persoon, sessie.hash)
        return koek, sessie

    def end(self, sessie: Sessie, *, overal: bool = False) -> None:
        """Sign out: here, or everywhere."""
        if overal:
            self.sessies.end_all(sessie.persoon)
        else:
            self.sessies.end(sessie.hash)
        self.meld(AFGEMELD, sessie.persoon, sessie.hash)

    def end_other(self, sessie: Sessie, ander: str, nu: float) -> None:
        """End another of the own sessions, by its hash; one that is not there, or of somebody else, stays as it is."""
        if ander in {een.hash for een in self.sessies.of(sessie.persoon, nu)}:
            self.sessies.end(ander)
            self.meld(BEEINDIGD, sessie.persoon, sessie.hash)

    def accept(self, code: str, wachtwoord: str, herhaald: str, nu: float) -> str:
        """Choose a password with an invitation, and end every session there was; returns the person."""
        if not self.regels().wachtwoord:
            raise Geweigerd(ZONDER_WACHTWOORD, soort="aanmelden_wijze")
        uitnodiging = self.uitnodigingen.look(code, nu)
        if uitnodiging is None or self.who(uitnodiging.persoon) is None:
            raise Geweigerd(LINK_WERKT_NIET, soort="aanmelden_link")
        hash = self._new_password(uitnodiging.persoon, wachtwoord, herhaald)
        if not self.uitnodigingen.use(code, nu):
            raise Geweigerd(LINK_WERKT_NIET, soort="aanmelden_link")
        hersteld = uitnodiging.soort == uitnodigen.HERSTEL
        self.accounts.set_password(
            uitnodiging.persoon,
            hash,
            hersteld_op=nu if hersteld else None,
            door=uitnodiging.gemaakt_door if hersteld else None,
        )
        self.sessies.end_all(uitnodiging.persoon)
        self.meld(INGESTELD, uitnodiging.persoon)
        return uitnodiging.persoon

    def confirm(self, persoon: str, wachtwoord: str, adres: str, nu: float) -> None:
        """Ask the password again of somebody who is signed in; Geweigerd when it is another."""
        account = self._account(persoon)
        self._slow_down(account.aanmeldnaam, adres, nu)
        if not self.wachtwoorden.klopt(account.wachtwoord, wachtwoord):
            self._wrong(account.aanmeldnaam, persoon, adres, nu)
            raise Geweigerd("Uw huidige wachtwoord klopt niet.", soort="wachtwoord_kiezen")

    def change_password(self, sessie: Sessie, nu_is: str, wachtwoord: str, herhaald: str, adres: str, nu: float) -> int:
        """Change the own password, and end every other session; returns how many. Geweigerd says why not."""
        self.confirm(sessie.persoon, nu_is, adres, nu)
        self.accounts.set_password(sessie.persoon, self._new_password(sessie.persoon, wachtwoord, herhaald))
        self.meld(GEWIJZIGD, sessie.persoon, sessie.hash)
        return self.sessies.end_all(sessie.persoon, behalve=sessie.hash)

    def who(self, persoon: str) -> Gebruiker | None:
        """Return the person with the roles of today; None for who has left."""
        return self.personen.persoon(persoon, self.vandaag())

    def _account(self, persoon: str) -> Account:
        account = self.accounts.of(persoon)
        if account is None or account.geblokkeerd_op is not None or self.who(persoon) is None:
            raise Geweigerd(KLOPT_NIET, soort="aanmelden_klopt_niet")
        return account

    def _wrong(self, aanmeldnaam: str, persoon: str, adres: str, nu: float) -> None:
        """Count a wrong attempt, and tell of it; of those that have to wait next nothing is told but that they do."""
        moet_wachten = self.rem.wrong(aanmeldnaam, adres, nu)
        self.meld(MISLUKT, persoon)
        if moet_wachten:
            self.meld(GEREMD, persoon)

    def _slow_down(self, aanmeldnaam: str, adres: str, nu: float) -> None:
        if wacht := self.rem.wait(aanmeldnaam, adres, nu):
            raise Geweigerd(
                f"Er is te vaak iets anders geprobeerd. Probeer het over {_in_words(wacht)} opnieuw.",
                soort="aanmelden_te_vaak",
            )

    def _new_password(self, persoon: str, wachtwoord: str, herhaald: str) -> str:
        if wachtwoord != herhaald:
            raise Geweigerd("De twee wachtwoorden zijn niet gelijk.", soort="wachtwoord_kiezen")
        wie, account = self.who(persoon), self.accounts.of(persoon)
        eigen = [*(wie.naam.split() if wie else ()), account.aanmeldnaam if account else "", self.personen.organisatie]
        if reden := te_zwak(wachtwoord, eigen):
            raise Geweigerd(reden, soort="wachtwoord_kiezen")
        return self.wachtwoorden.hash(wachtwoord)


def _in_words(seconden: float) -> str:
    heel = int(-(-seconden // 1))
    if heel <= 90:
        return f"{heel} seconden" if heel != 1 else "1 seconde"
    return f"{-(-heel // 60)} minuten"
