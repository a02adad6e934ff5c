"""The first start: whoever can read the console of the machine makes the first account, and nobody else."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from klachten import mailadres
from klachten.kijklog.regel import INGESTELD
from klachten.organisatie import Gebruiker
from klachten.toegang import beheren
from klachten.toegang.aanmelden import Aanmelden, Geweigerd
from klachten.toegang.voorsessies import INSCHRIJVEN
from klachten.toegang.wachtwoord import te_zwak

# Thirty-two signs, without those that look like another: 8 of them are 40 bits.
ALFABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTE = 8
_POGINGEN = 5


@dataclass(frozen=True)
class Gegevens:
    """What the first beheerder tells; `organisatie` and the names are empty when there is a beheerder already."""

    organisatie: str
    voornaam: str
    tussenvoegsel: str
    achternaam: str
    e_mail: str


class Inrichting(Protocol):
    """The organisation, as far as the first start is concerned."""

    def beheerder(self) -> Gebruiker | None:
        """Return who was recorded as the first beheerder when an earlier start broke off after that."""

    def e_mail(self, id: str) -> str:
        """Return the address that was recorded of somebody; empty for none."""

    def begin(self, gegevens: Gegevens) -> str:
        """Record the organisation and its first beheerder, in one group; returns the id of that person."""


class Eerste:
    """The one-time code, and the first account. The code is in memory only: each start has another.

    `show` puts the code where only who runs the app can read it.
    """

    def __init__(self, deur: Aanmelden, inrichting: Inrichting, show: Callable[[str], None]) -> None:
        self.deur, self.inrichting, self._show = deur, inrichting, show
        self._slot = threading.Lock()
        self._begonnen = threading.Lock()
        self._klaar = False
        if self.is_open():
            self._new_code()

    def is_open(self) -> bool:
        """Tell whether nobody can sign in yet; once somebody could, it stays closed for this run of the app."""
        if not self._klaar:
            self._klaar = any(beheren.may_sign_in(self.deur, persoon) for persoon in self.deur.accounts.persons())
        return not self._klaar

    def check(self, code: str) -> None:
        """Accept the code of the console; else Geweigerd, and after five of those there is a new one."""
        kaal = "".join(teken for teken in code.upper() if teken in ALFABET)
        with self._slot:
            if hmac.compare_digest(kaal, self._code):
                return
            self._over -= 1
            if self._over:
                raise Geweigerd(
                    "Deze code klopt niet. Kijk in het venster waarin klachten is gestart.", soort="eerste_code"
                )
            self._new_code()
        raise Geweigerd(
            "Deze code is te vaak fout ingevuld. In het venster van klachten staat nu een nieuwe.", soort="eerste_code"
        )

    def make(self, gegevens: Gegevens, wachtwoord: str, herhaald: str, nu: float) -> tuple[str, str]:
        """Make the first beheerder and the account; returns the person and what is asked next, as signing in does.

        The organisation is recorded first: when the app stops in between, the next start offers that same beheerder.
        """
        bestaand = self.inrichting.beheerder()
        nodig = (gegevens.organisatie, gegevens.voornaam, gegevens.achternaam)
        if not bestaand and not all(deel.strip() for deel in nodig):
            raise Geweigerd(
                "Vul de naam van uw organisatie en uw eigen voornaam en achternaam in.", soort="eerste_gegevens"
            )
        if mailadres.objection(gegevens.e_mail.strip()):
            raise Geweigerd("Vul uw e-mailadres in: daarmee meldt u zich aan.", soort="eerste_gegevens")
        # The account follows the facts: another address would not work any more at the next start.
        bekend = self.inrichting.e_mail(bestaand.id) if bestaand else ""
        if bekend and bekend.casefold() != gegevens.e_mail.strip().casefold():
            raise Geweigerd(
                f"U staat in het register met {bekend}. Vul dat adres in: daarmee meldt u zich aan.",
                soort="eerste_gegevens",
            )
        if wachtwoord != herhaald:
            raise Geweigerd("De twee wachtwoorden zijn niet gelijk.", soort="wachtwoord_kiezen")
        eigen = [gegevens.voornaam, gegevens.achternaam, gegevens.e_mail, gegevens.organisatie]
        if reden := te_zwak(wachtwoord, eigen):
            raise Geweigerd(reden, soort="wachtwoord_kiezen")
        hash = self.deur.wachtwoorden.hash(wachtwoord)
        # Two tabs at once make one beheerder.
        with self._begonnen:
            if not self.is_open():
                raise Geweigerd("Er is al een beheerder. Meld u aan.", soort="eerste_beheerder")
            persoon = bestaand.id if bestaand else self.inrichting.begin(gegevens)
            self.deur.accounts.make(persoon, gegevens.e_mail, nu)
            self.deur.accounts.set_password(persoon, hash)
            self.deur.meld(INGESTELD, persoon)
        return persoon, INSCHRIJVEN

    def _new_code(self) -> None:
        self._code = "".join(secrets.choice(ALFABET) for _ in range(_LENGTE))
        self._over = _POGINGEN
        self._show(f"{self._code[:4]}-{self._code[4:]}")
