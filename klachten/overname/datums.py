"""Dates as a file writes them: the form is declared (`DD-MM-JJJJ`, `M/D/JJJJ`, `ISO-tijdstip`), never guessed."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from klachten.overname.cellen import Datumcel
from klachten.tijdzone import NEDERLAND

ISO_TIJDSTIP = "ISO-tijdstip"
EXCEL_GETAL = "Excel-getal"
DATUMCEL = "Datumcel"
"""A column of real dates, as a workbook or Parquet has them; a text in it is no date."""
OF = " of "
"""Between the forms of a column that was typed by hand: `D-M-JJJJ of D MMM JJJJ`."""
EEUW = 70
"""A year of two digits from here on is of the last century."""

MAANDEN = {
    naam: nr
    for nr, namen in enumerate(
        (
            "jan januari january januar jänner janner", "feb febr februari february februar",
            "mrt maa maart mar march mär märz maerz mrz", "apr april", "mei may mai", "jun juni june", "jul juli july",
            "aug augustus august", "sep sept september", "okt oktober oct october", "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for naam in namen.split()
}  # fmt: skip
"""The names of months, in Dutch, English and German, short and long: none means two."""
_MAANDNAAM = "(?P<maand>[^\\W\\d_]{3,9}\\.?)"

_DELEN = {
    "JJJJ": "(?P<jaar>[0-9]{4})",
    "JJ": "(?P<jaar>[0-9]{2})",
    "MMMM": _MAANDNAAM,
    "MMM": _MAANDNAAM,
    "MM": "(?P<maand>[0-9]{2})",
    "M": "(?P<maand>[0-9]{1,2})",
    "DD": "(?P<dag>[0-9]{2})",
    "D": "(?P<dag>[0-9]{1,2})",
    "uu": "(?P<uur>[0-9]{2})",
    "u": "(?P<uur>[0-9]{1,2})",
    "mm": "(?P<minuut>[0-9]{2})",
    "ss": "(?P<seconde>[0-9]{2})(?:[.,][0-9]+)?",
    "AM": "(?P<helft>[AaPp])\\.?[Mm]\\.?",
    "Z": "(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)",
}
_DEEL = re.compile("JJJJ|JJ|AM|M{1,4}|DD?|uu?|mm|ss|Z|T(?=u)|[^A-Za-z0-9]")
_ISO = re.compile(
    r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)"
)
_GETAL = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,15})?")
_EXCEL_NUL = date(1899, 12, 30)
_EXCEL_EERSTE, _EXCEL_LAATSTE = 61, 2_958_466
"""Before 1 March 1900 Excel counts a day that was not there."""


class OngeldigeVorm(ValueError):
    """A declared form that does not name one day, in a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar date in the Netherlands, with the time on the clock there where the text has one."""

    dag: date
    om: time | None = None

    @property
    def klok(self) -> str:
        """The time as a fact keeps it, all of one length so that they compare; empty when there is none."""
        return "" if self.om is None else self.om.isoformat("milliseconds")


@dataclass(frozen=True)
class Datumvorm:
    """One declared form; `moment` reads a cell in it, ValueError when a text has another form."""

    vorm: str
    tekst: Callable[[str], Moment] = field(compare=False)
    met_klok: bool = False
    verwisseld: bool = False

    def moment(self, cel: str) -> Moment:
        """Return the day, with its clock, of a cell: of a real date the one it is, whatever the form of a text is.

        `verwisseld` says that a spreadsheet took day and month for each other where both could be a month.
        """
        if not isinstance(cel, Datumcel):
            return self.tekst(cel)
        echt = (cel.verwisseld or cel) if self.verwisseld else cel
        return Moment(echt.dag, echt.om)

    def lees(self, tekst: str) -> date:
        """Return the calendar date in the Netherlands alone."""
        return self.moment(tekst).dag


def load(vorm: str) -> Datumvorm:
    """Make the reader of a declared form, or of more of them; OngeldigeVorm says what is wrong with one."""
    if OF in vorm:
        return _together(vorm, [load(deel) for deel in vorm.split(OF)])
    if vorm == ISO_TIJDSTIP:
        return Datumvorm(vorm, _instant, met_klok=True)
    if vorm == EXCEL_GETAL:
        return Datumvorm(vorm, _serial, met_klok=True)
    if vorm == DATUMCEL:
        return Datumvorm(vorm, _no_text, met_klok=True)
    delen = _DEEL.findall(vorm)
    if "".join(delen) != vorm:
        raise OngeldigeVorm(
            f"vorm '{vorm}' is onbekend. Schrijf JJJJ of JJ voor het jaar, MM of M voor de maand, DD of D voor de dag "
            "en zo nodig uu:mm:ss (u en AM voor een klok van 12 uur, Z voor de tijdzone), zoals DD-MM-JJJJ of "
            "M/D/JJJJ; MMM waar de maand een naam heeft, zoals D MMM JJJJ voor 3 mrt 2024; "
            f"{ISO_TIJDSTIP} voor een tijdstip met tijdzone, {EXCEL_GETAL} voor een getal als 45292, of "
            f"{DATUMCEL} voor echte datums in een werkmap of Parquet."
        )
    namen = [re.search("<(.*)>", _DELEN[deel])[1] for deel in delen if deel in _DELEN]  # type: ignore[index]
    if len(namen) != len(set(namen)) or not {"jaar", "maand", "dag"} <= set(namen):
        raise OngeldigeVorm(f"vorm '{vorm}' moet jaar (JJJJ), maand (MM of M) en dag (DD of D) elk een keer noemen.")
    if {"helft", "zone"} & set(namen) and "uur" not in namen:
        raise OngeldigeVorm(f"vorm '{vorm}' noemt AM of Z zonder uur (uu of u).")
    patroon = re.compile("".join(_DELEN.get(deel, re.escape(deel)) for deel in delen))

    def moment(tekst: str) -> Moment:
        gevonden = patroon.fullmatch(tekst if tekst.isascii() else unicodedata.normalize("NFC", tekst))
        if gevonden is None:
            raise ValueError(tekst)
        deel = gevonden.groupdict()
        jaar = int(deel["jaar"])
        if len(deel["jaar"]) == 2:
            jaar += 1900 if jaar >= EEUW else 2000
        dag = date(jaar, _month(deel["maand"], tekst), int(deel["dag"]))
        if "uur" not in deel:
            return Moment(dag)
        # A time that does not exist betrays that the columns or the form are not what was declared.
        om = time(_hour(deel), int(deel.get("minuut") or 0), int(deel.get("seconde") or 0))
        if "zone" not in deel:
            return Moment(dag, om)
        return _in_the_netherlands(datetime.combine(dag, om, _zone(deel["zone"])), tekst)

    return Datumvorm(vorm, moment, met_klok="uur" in namen)


def _together(vorm: str, lezers: Sequence[Datumvorm]) -> Datumvorm:
    """The reader of a column in which more forms stand, of one order: a text is a day in one of them or in none."""
    if len({order(lezer.vorm) for lezer in lezers} - {""}) > 1:
        raise OngeldigeVorm(f"vorm '{vorm}' noemt dag, maand en jaar in meer dan een volgorde; kies er een.")
    if len({lezer.met_klok for lezer in lezers}) > 1:
        raise OngeldigeVorm(f"vorm '{vorm}' heeft de ene keer wel en de andere keer geen tijdstip; kies een van beide.")

    def moment(tekst: str) -> Moment:
        gelezen = set[Moment]()
        for lezer in lezers:
            with contextlib.suppress(ValueError):
                gelezen.add(lezer.tekst(tekst))
        # More than one where they say otherwise which is which: D MMM JJ of JJ MMM D.
        if len(gelezen) != 1:
            raise ValueError(tekst)
        return gelezen.pop()

    return Datumvorm(vorm, moment, met_klok=lezers[0].met_klok)


def order(vorm: str) -> str:
    """Return how year, month and day follow each other, as JMD; "" for a form that says itself which is which."""
    if vorm in (ISO_TIJDSTIP, EXCEL_GETAL, DATUMCEL) or "MMM" in vorm:
        return ""
    return "".join(dict.fromkeys(teken for teken in vorm.partition("u")[0] if teken in "JMD"))


def swapped(vorm: str) -> str:
    """Return the form with day and month in each other's place; "" when they cannot be taken for each other."""
    if OF in vorm:
        delen = vorm.split(OF)
        return OF.join(swapped(deel) or deel for deel in delen) if any(map(swapped, delen)) else ""
    if vorm in (ISO_TIJDSTIP, EXCEL_GETAL, DATUMCEL) or "MMM" in vorm:
        return ""
    wissel = {"DD": "MM", "MM": "DD", "D": "M", "M": "D"}
    return "".join(wissel.get(deel, deel) for deel in _DEEL.findall(vorm))


def month_named(naam: str) -> int:
    """Return the number of a month by its name, 0 when it is none."""
    return MAANDEN.get(naam.casefold().rstrip("."), 0)


def _month(deel: str, tekst: str) -> int:
    if deel.isdecimal():
        return int(deel)
    if nr := month_named(deel):
        return nr
    raise ValueError(tekst)


def _hour(deel: dict[str, str]) -> int:
    uur = int(deel["uur"])
    if "helft" not in deel:
        return uur
    if not 1 <= uur <= 12:
        raise ValueError(uur)
    return uur % 12 + (12 if deel["helft"] in "Pp" else 0)


def _zone(tekst: str) -> timezone:
    cijfers = tekst[1:].replace(":", "")
    min = int(cijfers[:2] or 0) * 60 + int(cijfers[2:] or 0)
    return timezone(timedelta(minutes=-min if tekst[0] == "-" else min))


def _in_the_netherlands(wanneer: datetime, tekst: str) -> Moment:
    try:
        hier = wanneer.astimezone(NEDERLAND)
    except OverflowError as fout:
        raise ValueError(tekst) from fout
    return Moment(hier.date(), hier.time().replace(tzinfo=None))


def _instant(tekst: str) -> Moment:
    """The date and clock in the Netherlands of a moment with its offset: 23:30Z in summer is the next day."""
    if not _ISO.fullmatch(tekst):
        raise ValueError(tekst)
    return _in_the_netherlands(datetime.fromisoformat(tekst.replace("/", "-")), tekst)


def _no_text(tekst: str) -> Moment:
    raise ValueError(tekst)


def _serial(tekst: str) -> Moment:
    """A day as Excel counts it: 45292 is 1 January 2024; what stands behind the comma is the part of the day."""
    if not _GETAL.fullmatch(tekst):
        raise ValueError(tekst)
    getal = float(tekst.replace(",", "."))
    if not _EXCEL_EERSTE <= getal < _EXCEL_LAATSTE:
        raise ValueError(tekst)
    # Excel keeps fifteen digits: half a second may be lost.
    dagen, seconden = divmod(round(getal * 86_400), 86_400)
    om = time(seconden // 3600, seconden // 60 % 60, seconden % 60) if getal % 1 else None
    return Moment(_EXCEL_NUL + timedelta(days=dagen), om)
