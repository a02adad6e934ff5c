"""How a person proves to be that person. Who is a person, and in which roles, stands in the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from sqlite3 import IntegrityError

from klachten.toegang.opslag import Opslag


class NaamBezet(Exception):
    """Somebody else signs in with this name."""


@dataclass(frozen=True)
class Account:
    """One person's means to sign in; moments in seconds since 1970 (UTC)."""

    persoon: str
    aanmeldnaam: str
    wachtwoord: str | None = None
    totp: bytes | None = None
    totp_laatste: int = 0
    gemaakt: float = 0.0
    geblokkeerd_op: float | None = None
    hersteld_op: float | None = None
    hersteld_door: str | None = None
    oidc_iss: str | None = None
    oidc_sub: str | None = None


class Accounts:
    """The accounts of a register."""

    def __init__(self, opslag: Opslag) -> None:
        self._opslag = opslag

    @property
    def versie(self) -> int:
        """Another number after every change of an account."""
        return self._opslag.versie

    def make(self, persoon: str, aanmeldnaam: str, nu: float) -> None:
        """Give a person a name to sign in with (nothing to sign in by yet); NaamBezet when it is another's."""
        ander = self.named(aanmeldnaam)
        if ander and ander.persoon != persoon:
            raise NaamBezet(f"{aanmeldnaam.strip()} is al de aanmeldnaam van iemand anders.")
        with self._opslag.write() as db:
            db.execute(
                "INSERT INTO account (persoon, aanmeldnaam, gemaakt) VALUES (?, ?, ?) "
                "ON CONFLICT (persoon) DO UPDATE SET aanmeldnaam = excluded.aanmeldnaam",
                (persoon, aanmeldnaam.strip(), nu),
            )

    def rename(self, namen: Mapping[str, str]) -> None:
        """Let people sign in with these names from now on, each person with another one; what is the same stays.

        Who should get the name of somebody who keeps it, keeps the own one too.
        """
        eigen = {persoon: account.aanmeldnaam for persoon in self.persons() if (account := self.of(persoon))}
        anders = {persoon: naam for persoon, naam in namen.items() if eigen.get(persoon, naam).lower() != naam.lower()}
        while True:
            bezet = {naam.lower() for persoon, naam in eigen.items() if persoon not in anders}
            # Of two who should get the same name the first gets it.
            eerste = {naam.lower(): persoon for persoon, naam in reversed(anders.items())}
            mag = {p: naam for p, naam in anders.items() if naam.lower() not in bezet and eerste[naam.lower()] == p}
            if mag == anders:
                break
            anders = mag
        if not anders:
            return
        with self._opslag.write() as db:
            # Two people may have changed places: first nobody has a name.
            db.executemany("UPDATE account SET aanmeldnaam = '#' || persoon WHERE persoon = ?", [(p,) for p in anders])
            db.executemany(
                "UPDATE account SET aanmeldnaam = ? WHERE persoon = ?", [(naam, p) for p, naam in anders.items()]
            )

    def of(self, persoon: str) -> Account | None:
        """Return the account of a person, or None."""
        return self._account("persoon", persoon)

    def persons(self) -> list[str]:
        """Return everybody who has an account."""
        return [rij["persoon"] for rij in self._opslag.rows("SELECT persoon FROM account ORDER BY persoon")]

    def named(self, aanmeldnaam: str) -> Account | None:
        """Return the account with this name to sign in with, or None."""
        return self._account("aanmeldnaam", aanmeldnaam.strip())

    def _account(self, kolom: str, waarde: str) -> Account | None:
        rij = self._opslag.row(f"SELECT * FROM account WHERE {kolom} = ?", waarde)
        return rij and Account(**rij)

    def linked(self, iss: str, sub: str) -> Account | None:
        """Return the account that was linked to who somebody is elsewhere, or None."""
        rij = self._opslag.row("SELECT * FROM account WHERE oidc_iss = ? AND oidc_sub = ?", iss, sub)
        return rij and Account(**rij)

    def link(self, persoon: str, iss: str, sub: str) -> bool:
        """Link a person to who they are elsewhere; False when that is somebody else here."""
        try:
            with self._opslag.write() as db:
                db.execute("UPDATE account SET oidc_iss = ?, oidc_sub = ? WHERE persoon = ?", (iss, sub, persoon))
        except IntegrityError:
            return False
        return True

    def set_password(
        self, persoon: str, hash: str, *, hersteld_op: float | None = None, door: str | None = None
    ) -> None:
        """Keep a password (its hash). `hersteld_op` and `door`: when and by whom it was taken away before."""
        with self._opslag.write() as db:
            db.execute(
                "UPDATE account SET wachtwoord = ?, hersteld_op = ?, hersteld_door = ? WHERE persoon = ?",
                (hash, hersteld_op, door, persoon),
            )

    def rehash(self, persoon: str, hash: str) -> None:
        """Keep the same password with other costs."""
        with self._opslag.write() as db:
            db.execute("UPDATE account SET wachtwoord = ? WHERE persoon = ?", (hash, persoon))

    def seen(self, persoon: str) -> None:
        """Say that the person has read that the password was reset."""
        with self._opslag.write() as db:
            db.execute("UPDATE account SET hersteld_op = NULL, hersteld_door = NULL WHERE persoon = ?", (persoon,))

    def block(self, persoon: str, nu: float | None) -> None:
        """Let a person not sign in from now on (None: let them again)."""
        with self._opslag.write() as db:
            db.execute("UPDATE account SET geblokkeerd_op = ? WHERE persoon = ?", (nu, persoon))

    def set_totp(self, persoon: str, geheim: str | None) -> None:
        """Keep the secret of the second step, readable only with the key of this register (None: no second step)."""
        verborgen = geheim and self._opslag.sleutel.encrypt(geheim.encode(), persoon)
        with self._opslag.write() as db:
            db.execute("UPDATE account SET totp = ?, totp_laatste = 0 WHERE persoon = ?", (verborgen, persoon))

    def totp_secret(self, account: Account) -> str:
        """Return the secret of the second step; empty when there is none."""
        return self._opslag.sleutel.decrypt(account.totp, account.persoon).decode() if account.totp else ""

    def use_totp(self, persoon: str, stap: int) -> bool:
        """Let the code of this half minute count once; False when another request was first."""
        with self._opslag.write() as db:
            vraag = "UPDATE account SET totp_laatste = ? WHERE persoon = ? AND totp_laatste < ?"
            return db.execute(vraag, (stap, persoon, stap)).rowcount == 1
