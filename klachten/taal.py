"""Dutch as the user reads it: dates in words, lists with 'en', numbers with the right noun."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from klachten.tijdzone import NEDERLAND

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
RANG = ("eerste", "tweede", "derde", "vierde")
_ACCENTEN = (("oordinator", "oördinator"), ("einformeerd", "eïnformeerd"))


def datum(dag: date) -> str:
    """Return '5 januari 2026'."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def kort(dag: date, *, vandaag: date | None = None) -> str:
    """Return 'di 3 mrt 2026', in a list; 'di 3 mrt' for a day of the year of `vandaag`."""
    jaar = "" if vandaag and vandaag.year == dag.year else f" {dag.year}"
    return f"{WEEKDAGEN[dag.weekday()][:2]} {dag.day} {MAANDEN_KORT[dag.month - 1]}{jaar}"


def moment(op: datetime) -> str:
    """Return a moment as it is on the clock in the Netherlands: '5 januari 2026 om 14.05 uur'."""
    hier = op.astimezone(NEDERLAND)
    return f"{datum(hier.date())} om {hier:%H.%M} uur"


def tijdstip(op: datetime) -> str:
    """Return the same, short: 'ma 5 jan 2026 om 14.05'."""
    hier = op.astimezone(NEDERLAND)
    return f"{kort(hier.date())} om {hier:%H.%M}"


def nog(dagen_over: int) -> str:
    """Return the days until a day in words: 'nog 4 dagen', 'vandaag' or, when it has passed, '3 dagen te laat'."""
    if dagen_over == 0:
        return "vandaag"
    dagen = aantal(abs(dagen_over), "dag", "dagen")
    return f"nog {dagen}" if dagen_over > 0 else f"{dagen} te laat"


def tot_en_met(dag: date | None) -> str:
    """Return up to which day, behind a word; empty when it is not known."""
    return f" tot en met {datum(dag)}" if dag else ""


def hoofdletter(zin: str) -> str:
    """Return a sentence that begins with a capital; the rest stays as it is."""
    return zin[:1].upper() + zin[1:]


def opsomming(delen: Iterable[object], voegwoord: str = "en") -> str:
    """Return 'a', 'a en b' or 'a, b en c'."""
    woorden = [str(deel) for deel in delen]
    if len(woorden) < 2:
        return "".join(woorden)
    return f"{', '.join(woorden[:-1])} {voegwoord} {woorden[-1]}"


def getal(waarde: int) -> str:
    """Return a whole number as a Dutch reader writes it: 12.345."""
    return f"{waarde:,}".replace(",", ".")


def aantal(hoeveel: int, enkelvoud: str, meervoud: str) -> str:
    """Return '1 dag' or '3.000 dagen'."""
    return f"{getal(hoeveel)} {enkelvoud if hoeveel == 1 else meervoud}"


def feiten(hoeveel: int) -> str:
    """Return '1 feit' or '3 feiten'."""
    return aantal(hoeveel, "feit", "feiten")


def feit_in_woorden(soort: str) -> str:
    """Return a kind of fact in words, without a capital: OntvangstBevestigd is 'ontvangst bevestigd'."""
    woorden = " ".join(re.findall(r"[A-Z][a-z]*", soort)).lower()
    for zonder, met in _ACCENTEN:
        woorden = woorden.replace(zonder, met)
    return woorden
