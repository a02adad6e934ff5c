"""The mailbox that is read for a register: block [imap] of its settings. Without that block none is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from klachten.toegang.mailserver import BEVEILIGING, OngeldigeMailserver

WACHTWOORD = "KLACHTEN_IMAP_WACHTWOORD"
LATEN, MARKEREN, VERPLAATSEN = "laten", "markeren", "verplaatsen"
_POORTEN = {"tls": 993, "starttls": 143, "geen": 143}
_EIGEN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


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
        """Return what the block says; a path in it is told from `vanaf`. OngeldigeMailserver says what is wrong."""
        if gelezen is None:
            return None
        waarden = dict(gelezen) if isinstance(gelezen, dict) else {}
        beveiliging = waarden.get("beveiliging", "tls")
        poort = waarden.setdefault("poort", _POORTEN.get(str(beveiliging), 993))
        waarden.setdefault("wachtwoord", os.environ.get(WACHTWOORD, ""))
        teksten = {veld.name for veld in fields(cls)} - {"poort"}
        goed = all(
            isinstance(waarde, str) and waarde.isprintable() if naam in teksten else naam == "poort"
            for naam, waarde in waarden.items()
        )
        if (
            not goed or not all(waarden.get(naam) for naam in ("host", "gebruiker", "wachtwoord"))
            or beveiliging not in BEVEILIGING or type(poort) is not int or not 0 < poort < 2**16
            or waarden.get("gelezen", LATEN) not in (LATEN, MARKEREN, VERPLAATSEN)
        ):  # fmt: skip
            raise OngeldigeMailserver(
                f"imap vraagt host, gebruiker en wachtwoord (of {WACHTWOORD}), en neemt poort (een getal), beveiliging "
                f"({', '.join(BEVEILIGING)}), map, gelezen ({LATEN}, {MARKEREN} of {VERPLAATSEN}), naar en vertrouwt."
            )
        return cls(**waarden)._checked(vanaf)

    def _checked(self, vanaf: Path) -> Postbus:
        if self.beveiliging == "geen" and self.host not in _EIGEN_MACHINE:
            raise OngeldigeMailserver(
                "imap zou het wachtwoord leesbaar over het netwerk sturen. Zet beveiliging op tls of starttls."
            )
        if (self.gelezen == VERPLAATSEN) != bool(self.naar):
            raise OngeldigeMailserver(f"bij imap horen gelezen = '{VERPLAATSEN}' en naar (een map) bij elkaar.")
        if not self.vertrouwt:
            return self
        pad = vanaf / self.vertrouwt
        if not pad.is_file():
            raise OngeldigeMailserver(f"het bestand {self.vertrouwt}, dat imap vertrouwt, is er niet.")
        return replace(self, vertrouwt=str(pad))
