"""One line of the log of looking, and the kinds of it. Its fields are ids, numbers and names of pages: no free text."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from klachten.register.journaal import seal

GEOPEND, GEZOCHT, GEDOWNLOAD = "geopend", "gezocht", "gedownload"
BEVRAAGD = "bevraagd"
AANGEMELD, MISLUKT, AFGEMELD = "aangemeld", "aanmelden_mislukt", "afgemeld"
GEREMD, VAAK_MISLUKT = "aanmelden_geremd", "aanmelden_elders_vaak_mislukt"
GEWIJZIGD, INGESTELD, TWEEDE_STAP = "wachtwoord_gewijzigd", "wachtwoord_ingesteld", "tweede_stap_ingesteld"
BEEINDIGD, UITGENODIGD, HERSTELD = "sessie_beeindigd", "uitgenodigd", "wachtwoord_hersteld"
GEBLOKKEERD, VRIJGEGEVEN = "geblokkeerd", "vrijgegeven"
HERSTELSLEUTEL = "herstelsleutel_gemaakt"
AGENDA, AGENDA_WEG = "agenda_gemaakt", "agenda_ingetrokken"
VERLOREN = "regels_verloren"
KLOK = "klok_bevestigd"
OVERGENOMEN, TERUGGEDRAAID = "klachten_overgenomen", "overname_teruggedraaid"
SOORTEN = {
    GEOPEND: "Geopend",
    GEZOCHT: "Gezocht",
    GEDOWNLOAD: "Meegenomen als bestand",
    BEVRAAGD: "Met SQL bevraagd",
    AANGEMELD: "Aangemeld",
    MISLUKT: "Aanmelden mislukt",
    GEREMD: "Aanmelden een tijd tegengehouden, na te veel mislukte pogingen",
    VAAK_MISLUKT: "Aanmelden elders vaak mislukt; wat daarna nog tien minuten mislukt, staat er niet bij",
    AFGEMELD: "Afgemeld",
    BEEINDIGD: "Een eigen aanmelding elders beëindigd",
    GEWIJZIGD: "Wachtwoord gewijzigd",
    INGESTELD: "Wachtwoord of account gekozen",
    TWEEDE_STAP: "Tweede stap ingesteld",
    UITGENODIGD: "Collega uitgenodigd",
    HERSTELD: "Nieuw wachtwoord laten kiezen",
    GEBLOKKEERD: "Aanmelden geblokkeerd",
    VRIJGEGEVEN: "Aanmelden weer toegestaan",
    HERSTELSLEUTEL: "Herstelsleutel voor reservekopieën gemaakt",
    AGENDA: "Adres van de eigen agenda gemaakt",
    AGENDA_WEG: "Adres van de eigen agenda ingetrokken",
    VERLOREN: "Regels verloren gegaan",
    KLOK: "Gezegd dat de klok van de computer goed is",
    OVERGENOMEN: "Klachten overgenomen uit een bestand",
    TERUGGEDRAAID: "Een overname teruggedraaid",
}
"""Every kind of line, and what a reader calls it."""
ONBEKEND = "onbekend"
"""Who tried to sign in with a name that nobody has: people type passwords there, so it is never kept."""
REGISTER = "register"
"""Who says that lines of the log itself were lost."""
OPDRACHT = "opdracht"
"""Who gave a command at the machine of the register: whoever may read its folder, and no person of it."""

_TEKENS = 8
"""So many signs of the hash of a sign-in are written: enough to tell one from another, and no key to anything."""
LANGSTE = 80
_KAAL = re.compile(rf"[\w./*-]{{0,{LANGSTE}}}")
_ZEGEL = re.compile(rb',"zegel":"([0-9a-f]{64})"}$')


@dataclass(frozen=True, slots=True)
class Regel:
    """Who did what, when (UTC, to the second), and about what.

    `waar` is a page, a file of rechten.csv or an address of routes.toml; `nummer` that of a dossier; `over` another
    person; `aantal` how many were found; `sessie` the hash of the sign-in, of which a line that was
    read has the first signs.
    """

    op: str
    wat: str
    wie: str
    waar: str = ""
    nummer: str = ""
    over: str = ""
    aantal: int | None = None
    sessie: str = ""
    geweigerd: bool = False

    def sealed(self, nr: int, vorig: str) -> tuple[str, str]:
        """Return the line as it is written, and its zegel; what is no plain id becomes '?', whoever passed it on."""
        inhoud: dict[str, Any] = {"nr": nr, "vorig": vorig}
        for naam in _VELDEN:
            waarde = getattr(self, naam)
            if waarde is not None and waarde is not False and waarde != "":
                inhoud[naam] = waarde if naam == "op" or not isinstance(waarde, str) else plain(waarde)
        if self.sessie:
            inhoud["sessie"] = inhoud["sessie"][:_TEKENS]
        return seal(inhoud)

    @classmethod
    def of(cls, inhoud: dict[str, Any]) -> Regel:
        """Return the line that was written; TypeError when it is none."""
        return cls(**{naam: inhoud[naam] for naam in _VELDEN if naam in inhoud})


_VELDEN = tuple(veld.name for veld in fields(Regel))


def plain(waarde: str) -> str:
    """Return an id as it is; '?' for anything that could be a text or a name."""
    return waarde if _KAAL.fullmatch(waarde) else "?"


def zegel_of(regel: bytes) -> str:
    """Return the zegel that stands in a line, without newline; empty without one."""
    gevonden = _ZEGEL.search(regel)
    return gevonden[1].decode("ascii") if gevonden else ""
