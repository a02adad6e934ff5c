"""The mail server of a register: block [smtp] of its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from klachten import mailadres
from klachten.toegang.verbinding import BEVEILIGING, OngeldigeVerbinding, check_readable, read_block, trusted

WACHTWOORD = "KLACHTEN_SMTP_WACHTWOORD"
_POORTEN = {"starttls": 587, "tls": 465, "geen": 587}


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
        """Return what the block says; a path in it is told from `vanaf`. OngeldigeVerbinding says what is wrong."""
        if gelezen is None:
            return None
        # A password in the environment is of the user that the block names.
        ook = os.environ.get(WACHTWOORD, "") if isinstance(gelezen, dict) and "gebruiker" in gelezen else ""
        blok = read_block(gelezen, [veld.name for veld in fields(cls)], ["host"], _POORTEN, {"wachtwoord": ook})
        if blok is None:
            raise OngeldigeVerbinding(
                f"smtp vraagt host, en neemt poort (een getal), beveiliging ({', '.join(BEVEILIGING)}), gebruiker, "
                f"wachtwoord (of {WACHTWOORD}), afzender, antwoord_aan en vertrouwt (een bestand)."
            )
        return cls(**blok)._checked(vanaf)

    def _checked(self, vanaf: Path) -> Mailserver:
        if bool(self.gebruiker) != bool(self.wachtwoord):
            raise OngeldigeVerbinding(f"bij smtp horen gebruiker en wachtwoord (of {WACHTWOORD}) bij elkaar.")
        if self.gebruiker:
            check_readable("smtp", self.host, self.beveiliging)
        for naam in ("afzender", "antwoord_aan"):
            if (adres := getattr(self, naam)) and mailadres.objection(adres):
                raise OngeldigeVerbinding(f"{naam} van smtp is één e-mailadres, zonder naam erbij.")
        return replace(self, vertrouwt=trusted("smtp", self.vertrouwt, vanaf))
