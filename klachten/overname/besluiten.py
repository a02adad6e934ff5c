"""What is decided about each kind of fault in a file: keep the klacht without this date, or leave the row out.

Without a decision a fault rejects the row, and with a rejected row nothing at all is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klachten.overname.tabelbestand import Afkeuring
from klachten.reglement.tabel import Tabel

ZONDER_DATUM, WEGLATEN = "zonder_datum", "weglaten"
ONLEESBAAR, TE_VER, TE_VROEG, TOEKOMST = "onleesbaar", "te_ver", "voor_ontvangst", "toekomst"
ONMISBAAR, REGLEMENT = "onmisbaar", "reglement"
LEEG, WAARDE, DUBBEL, ANDERS, KENMERK, RIJ = "leeg", "waarde", "dubbel", "afwijkend", "kenmerk", "rij"

ZONDER_EINDE = "Was dat de dag van afsluiting, dan staat de klacht hier open."
"""What it means to do without a date, when it is that one."""


@dataclass(frozen=True)
class Soort:
    """A kind of fault: what it is in words, and what can be done about it."""

    naam: str
    doe: str
    mag_zonder: bool = False


SOORTEN: Mapping[str, Soort] = {
    ONLEESBAAR: Soort(
        "een datum die niet te lezen is", "Ga terug naar Datums, of verbeter de datum in het bestand.", True
    ),
    TE_VER: Soort("een datum die te ver weg ligt, zoals 1-1-1900", "Vaak betekent zo'n datum: onbekend.", True),
    TE_VROEG: Soort("een datum van voor de ontvangst", "Kijk in de bron welke van de twee datums niet klopt.", True),
    TOEKOMST: Soort(
        "een datum in de toekomst, of van na de dag van het bestand",
        "Klopt bij Regels de dag waarvan het bestand is? Anders is dit een tikfout.",
        True,
    ),
    # Apart from the others: what is decided of a date that a klacht can do without says nothing of one that it cannot.
    ONMISBAAR: Soort(
        "een datum die niet kan en niet te missen is, zoals die van ontvangst",
        "Ga terug naar Datums of Regels, of verbeter de datum in het bestand.",
    ),
    REGLEMENT: Soort(
        "een ontvangst van voor het reglement",
        "Ga terug naar Regels en kies de regels van het andere register. Of laat bij Versies van het reglement eerst "
        "een versie beginnen op een eerdere dag.",
    ),
    LEEG: Soort("een lege cel waar iets hoort te staan", "Vul haar in het bestand in."),
    WAARDE: Soort(
        "een waarde zonder plaats in de lijsten", "Ga terug naar Waarden, en zeg wat alle andere waarden worden."
    ),
    DUBBEL: Soort("hetzelfde kenmerk met andere inhoud", "Zoek uit welke rij geldt en haal de andere weg."),
    ANDERS: Soort("een klacht waarvan niet kan veranderen wat anders is", "Kijk wat er hier is vastgelegd."),
    KENMERK: Soort("een kenmerk dat geen zaaknummer is", "Kies bij Kolommen een andere kolom voor het kenmerk."),
    RIJ: Soort("een rij die niet bij de kopregel past", "Verbeter de rij in het bestand."),
}


class Reden(str):
    """Why a row cannot be taken over, in a sentence, and of which kind that is."""

    __slots__ = ("soort",)
    soort: str

    def __new__(cls, zin: str, soort: str) -> Reden:
        """Make the reason of a kind."""
        reden = super().__new__(cls, zin)
        reden.soort = soort
        return reden


def kinds(redenen: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of these reasons, each once."""
    return tuple(dict.fromkeys(getattr(reden, "soort", RIJ) for reden in redenen))


def undecided(afkeuringen: Iterable[Afkeuring], besluiten: Mapping[str, str]) -> list[Afkeuring]:
    """Return the rejected rows with a fault about which nothing is decided: with one of those nothing is recorded."""
    weg = {soort for soort, besluit in besluiten.items() if besluit == WEGLATEN}
    return [afkeuring for afkeuring in afkeuringen if not weg.issuperset(afkeuring.soorten or (RIJ,))]


def read(tabel: Tabel) -> dict[str, str]:
    """Return what a declaration decides under [besluiten], by kind of fault."""
    deel = tabel.tabel("besluiten", tabel.gegevens.get("besluiten", {}), SOORTEN)
    return {
        soort: deel.keuze(soort, (ZONDER_DATUM, WEGLATEN) if SOORTEN[soort].mag_zonder else (WEGLATEN,), "besluit")
        for soort in SOORTEN
        if soort in deel
    }
