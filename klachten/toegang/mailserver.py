"""The mail server of a register: block [smtp] of its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from pathlib import Path

BEVEILIGING = ("starttls", "tls", "geen")
"""How the line to a mail server is encrypted."""
WACHTWOORD = "KLACHTEN_SMTP_WACHTWOORD"
_POORTEN = {"starttls": 587, "tls": 465, "geen": 587}
_EIGEN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class OngeldigeMailserver(ValueError):
    """The block cannot be used; the text is the Dutch sentence."""


@dataclass(frozen=True)
class Mailserver:
    """What sends mail (SMTP); `beveiliging` is one of BEVEILIGING, `afzender` and `antwoord_aan` are addresses.

    `vertrouwt` is a file with the certificate of who signed that of the server, where that is the organisation itself.
    Without an `afzender` nothing is sent.
    """

    host: str
    poort: int = 587
    beveiliging: str = "starttls"
    gebruiker: str = ""
    wachtwoord: str = field(default="", repr=False)
    afzender: str = ""
    antwoord_aan: str = ""
    vertrouwt: str = ""

    @classmethod
    def read(cls, gelezen: object, vanaf: Path) -> Mailserver | None:
        """Return what the block says; a path in it is told from `vanaf`. OngeldigeMailserver says what is wrong."""
        if gelezen is None:
            return None
        teksten = {veld.name for veld in fields(cls)} - {"poort"}
        goed = isinstance(gelezen, dict) and all(
            isinstance(waarde, str) and waarde != "" if naam in teksten else naam == "poort"
            for naam, waarde in gelezen.items()
        )
        waarden = dict(gelezen) if isinstance(gelezen, dict) else {}
        beveiliging = waarden.get("beveiliging", "starttls")
        poort = waarden.setdefault("poort", _POORTEN.get(str(beveiliging), 587))
        if (
            not goed or "host" not in waarden or beveiliging not in BEVEILIGING
            or type(poort) is not int or not 0 < poort < 2**16
        ):  # fmt: skip
            raise OngeldigeMailserver(
                f"smtp vraagt host, en neemt poort (een getal), beveiliging ({', '.join(BEVEILIGING)}), gebruiker, "
                f"wachtwoord (of {WACHTWOORD}), afzender, antwoord_aan en vertrouwt (een bestand)."
            )
        return cls(**waarden)._checked(vanaf)

    def _checked(self, vanaf: Path) -> Mailserver:
        waarden = {veld.name: getattr(self, veld.name) for veld in fields(self)}
        if self.gebruiker and not self.wachtwoord:
            waarden["wachtwoord"] = os.environ.get(WACHTWOORD, "")
        if bool(self.gebruiker) != bool(waarden["wachtwoord"]):
            raise OngeldigeMailserver(f"bij smtp horen gebruiker en wachtwoord (of {WACHTWOORD}) bij elkaar.")
        if self.gebruiker and self.beveiliging == "geen" and self.host not in _EIGEN_MACHINE:
            raise OngeldigeMailserver(
                "smtp zou het wachtwoord leesbaar over het netwerk sturen. Zet beveiliging op starttls of tls."
            )
        for naam in ("afzender", "antwoord_aan"):
            if (adres := getattr(self, naam)) and not _is_address(adres):
                raise OngeldigeMailserver(f"{naam} van smtp is één e-mailadres, zonder naam erbij.")
        if self.vertrouwt:
            waarden["vertrouwt"] = str(vanaf / self.vertrouwt)
            if not Path(waarden["vertrouwt"]).is_file():
                raise OngeldigeMailserver(f"het bestand {self.vertrouwt}, dat smtp vertrouwt, is er niet.")
        return type(self)(**waarden)


def _is_address(tekst: str) -> bool:
    lokaal, apenstaart, domein = tekst.partition("@")
    return bool(lokaal and apenstaart and "." in domein) and tekst.isprintable() and not set(tekst) & set(' ,;<>"()')
