"""The mailbox that is read for a register: block [imap] of its settings. Without that block none is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from klachten.toegang.verbinding import BEVEILIGING, OngeldigeVerbinding, check_readable, read_block, trusted

WACHTWOORD = "KLACHTEN_IMAP_WACHTWOORD"
LATEN, MARKEREN, VERPLAATSEN = "laten", "markeren", "verplaatsen"
_POORTEN = {"tls": 993, "starttls": 143, "geen": 143}


@dataclass(frozen=True)
class Postbus:
    """A mailbox (IMAP): `map` is the folder that is read, `gelezen` what is done there with a mail that was read.

    That is laten (nothing, not even that it was read), markeren (as read) or verplaatsen (to the folder `naar`);
    nothing is ever deleted. `vertrouwt` is a file with the certificate of who signed that of the server.
    """

    host: str
    poort: int = 993
    beveiliging: str = "tls"
    gebruiker: str = ""
    wachtwoord: str = field(default="", repr=False)
    map: str = "INBOX"
    gelezen: str = LATEN
    naar: str = ""
    vertrouwt: str = ""

    @classmethod
    def read(cls, gelezen: object, vanaf: Path) -> Postbus | None:
        """Return what the block says; a path in it is told from `vanaf`. OngeldigeVerbinding says what is wrong."""
        if gelezen is None:
            return None
        ook = {"wachtwoord": os.environ.get(WACHTWOORD, "")}
        nodig = ("host", "gebruiker", "wachtwoord")
        blok = read_block(gelezen, [veld.name for veld in fields(cls)], nodig, _POORTEN, ook)
        if blok is None or blok.get("gelezen", LATEN) not in (LATEN, MARKEREN, VERPLAATSEN):
            raise OngeldigeVerbinding(
                f"imap vraagt host, gebruiker en wachtwoord (of {WACHTWOORD}), en neemt poort (een getal), beveiliging "
                f"({', '.join(BEVEILIGING)}), map, gelezen ({LATEN}, {MARKEREN} of {VERPLAATSEN}), naar en vertrouwt."
            )
        return cls(**blok)._checked(vanaf)

    def _checked(self, vanaf: Path) -> Postbus:
        check_readable("imap", self.host, self.beveiliging)
        if (self.gelezen == VERPLAATSEN) != bool(self.naar):
            raise OngeldigeVerbinding(f"bij imap horen gelezen = '{VERPLAATSEN}' en naar (een map) bij elkaar.")
        return replace(self, vertrouwt=trusted("imap", self.vertrouwt, vanaf))
