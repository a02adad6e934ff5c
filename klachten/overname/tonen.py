"""What of somebody else's file may be repeated on a screen or in a file of rejected rows.

Rows may be shifted and a header may be a row: then a name stands where a date or a value was declared. So a cell is
repeated only when it can be nothing but a date or a number of a case, unless the user asked to see what stands there.
"""

from __future__ import annotations

import operator
import re

from klachten import mailadres

_DATUM = re.compile(
    r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}([T ][0-9:.,]{4,18}( ?[AaPp]\.?[Mm]\.?)?(Z|[+-][0-9:]{2,6})?)?"
)
_KENMERK = re.compile(r"(?=[^\s@]{1,40}$)[A-Za-z]{0,12}(?:[-_/.:#]?[0-9]+)+(?:[-_/.:][A-Za-z0-9]{1,12})*|[A-Za-z]{1,3}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2} ?[A-Z]{4} ?[0-9 ]{10,14}", re.IGNORECASE)
_TELEFOON = re.compile(r"(?:\+|00)[0-9 ()-]{9,17}|0[1-9](?:[ -]?[0-9]){8}")
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}")
_PERSOONLIJK = ((_IBAN, "een rekeningnummer"), (_TELEFOON, "een telefoonnummer"), (_POSTCODE, "een postcode"))
_ELFPROEF = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_WOORD = re.compile(r"[^\W\d_]{2,}")


def show(tekst: str, lengte: int = 60) -> str:
    """Return a text as it may be printed: one line, no control characters, not too long."""
    zichtbaar = "".join(teken if teken.isprintable() else " " for teken in tekst)
    return f"'{zichtbaar}'" if len(zichtbaar) <= lengte else f"'{zichtbaar[:lengte]}…'"


def cell(tekst: str, toon: bool) -> str:
    """Return what stands in a cell, between quotes, or how long it is when it may be about anybody."""
    if toon or _DATUM.fullmatch(tekst):
        return show(tekst)
    return f"(niet getoond: {len(tekst)} {'teken' if len(tekst) == 1 else 'tekens'})"


def case_id(bron_id: str) -> str:
    """Return the number of a case, between quotes; "" when it may be something of a person."""
    return show(bron_id) if _KENMERK.fullmatch(bron_id) and not personal(bron_id) and not is_bsn(bron_id) else ""


def personal(bron_id: str) -> str:
    """Say what a number of a case is when it is none: 'een naam', 'een e-mailadres' …; "" when nothing shows."""
    if bron_id.isascii() and bron_id.isdigit() and not bron_id.startswith("0"):
        # The most there are, and none of what follows: a telephone number begins with 0.
        return ""
    if mailadres.found_in(bron_id):
        return "een e-mailadres"
    for patroon, wat in _PERSOONLIJK:
        if patroon.fullmatch(bron_id):
            return wat
    woorden = _WOORD.findall(bron_id)
    if not any(teken.isdigit() for teken in bron_id):
        # Of three letters or fewer it is a code, unless it is written as a name: NA, KLA, but Jan.
        lang = any(len(woord) > 3 or (len(woord) == 3 and woord.istitle()) for woord in woorden)
        if lang or (len(woorden) > 1 and " " in bron_id):
            return "een naam"
    return ""


def bsn_digits(tekst: str) -> str:
    """Return the nine digits of what is written as a burgerservicenummer, also with points; "" for anything else."""
    cijfers = tekst.replace(".", "").replace(" ", "")
    return cijfers.zfill(9) if len(cijfers) in (8, 9) and cijfers.isascii() and cijfers.isdigit() else ""


def is_bsn(tekst: str) -> bool:
    """Tell whether a text passes the elfproef of a burgerservicenummer: one in eleven other numbers does too."""
    cijfers = bsn_digits(tekst)
    if not cijfers.strip("0"):
        return False
    som = sum(map(operator.mul, _ELFPROEF, map(int, cijfers)))
    return som % 11 == 0
