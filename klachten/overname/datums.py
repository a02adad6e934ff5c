"""Dates as a file writes them: the form is declared (`DD-MM-JJJJ`, `M/D/JJJJ`, `ISO-tijdstip`), never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from klachten.tijdzone import NEDERLAND

ISO_TIJDSTIP = "ISO-tijdstip"

_DELEN = {
    "JJJJ": "(?P<jaar>[0-9]{4})",
    "MM": "(?P<maand>[0-9]{2})",
    "M": "(?P<maand>[0-9]{1,2})",
    "DD": "(?P<dag>[0-9]{2})",
    "D": "(?P<dag>[0-9]{1,2})",
    "uu": "(?P<uur>[0-9]{2})",
    "u": "(?P<uur>[0-9]{1,2})",
    "mm": "(?P<minuut>[0-9]{2})",
    "ss": "(?P<seconde>[0-9]{2})",
}
_DEEL = re.compile("JJJJ|MM?|DD?|uu?|mm|ss|T(?=u)|[^A-Za-z0-9]")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})")


class OngeldigeVorm(ValueError):
    """A declared form that does not name one day, in a Dutch sentence."""


@dataclass(frozen=True)
class Datumvorm:
    """One declared form; `lees` gives the calendar date in the Netherlands, ValueError when a text has another form."""

    vorm: str
    lees: Callable[[str], date]


def load(vorm: str) -> Datumvorm:
    """Make the reader of a declared form; OngeldigeVorm says what is wrong with the form."""
    if vorm == ISO_TIJDSTIP:
        return Datumvorm(vorm, _instant)
    delen = _DEEL.findall(vorm)
    if "".join(delen) != vorm:
        raise OngeldigeVorm(
            f"vorm '{vorm}' is onbekend. Schrijf JJJJ voor het jaar, MM of M voor de maand, DD of D voor de dag en "
            f"zo nodig uu:mm:ss, zoals DD-MM-JJJJ of M/D/JJJJ; of {ISO_TIJDSTIP} voor een tijdstip met tijdzone."
        )
    namen = [re.search("<(.*)>", _DELEN[deel])[1] for deel in delen if deel in _DELEN]  # type: ignore[index]
    if len(namen) != len(set(namen)) or not {"jaar", "maand", "dag"} <= set(namen):
        raise OngeldigeVorm(f"vorm '{vorm}' moet jaar (JJJJ), maand (MM of M) en dag (DD of D) elk een keer noemen.")
    patroon = re.compile("".join(_DELEN.get(deel, re.escape(deel)) for deel in delen))

    def lees(tekst: str) -> date:
        gevonden = patroon.fullmatch(tekst)
        if gevonden is None:
            raise ValueError(tekst)
        getal = {naam: int(waarde) for naam, waarde in gevonden.groupdict().items()}
        # A time that does not exist betrays that the columns or the form are not what was declared.
        time(getal.get("uur", 0), getal.get("minuut", 0), getal.get("seconde", 0))
        return date(getal["jaar"], getal["maand"], getal["dag"])

    return Datumvorm(vorm, lees)


def _instant(tekst: str) -> date:
    """The calendar date in the Netherlands of a moment with its offset: 23:30Z in summer is the next day."""
    if not _ISO.fullmatch(tekst):
        raise ValueError(tekst)
    try:
        return datetime.fromisoformat(tekst).astimezone(NEDERLAND).date()
    except OverflowError as fout:
        raise ValueError(tekst) from fout
