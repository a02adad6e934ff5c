"""What an address of e-mail is, and what may stand on one line in the head of a message: the one place that says it."""

from __future__ import annotations

import re
import unicodedata

LANGST, LANGST_LOKAAL = 254, 64
IN_EEN_TEKST = re.compile(r"[^\s@<>()\[\],;:\"'|\\]+@[^\s@<>()\[\],;:\"'|\\]+\.[^\s@<>()\[\],;:\"'|\\.]{2,}")
"""What in a text is an address of e-mail."""
_LOKAAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
# Control characters, what ends a line somewhere, and what makes a reader see the letters in another order.
_NIET_IN_EEN_REGEL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def objection(adres: str) -> str | None:
    """Return the Dutch reason why no mail can go to this, to stand behind a label; None for one address as it is."""
    if not adres:
        return "vul een e-mailadres in."
    if any(teken in adres for teken in ',;<>"() \t') or adres.count("@") > 1:
        return "vul één e-mailadres in, zonder naam erbij."
    if objection_to_line(adres):
        return "hierin staat een teken dat niet in een e-mailadres hoort."
    lokaal, apenstaart, domein = adres.partition("@")
    if not apenstaart or not domein or not lokaal:
        return "dit is geen e-mailadres, zoals naam@voorbeeld.nl."
    if not lokaal.isascii():
        return "vóór de @ staan letters met accenten; zo'n adres kan niet worden gebruikt."
    if len(lokaal) > LANGST_LOKAAL or not _LOKAAL.fullmatch(lokaal):
        return "wat vóór de @ staat, kan niet in een e-mailadres."
    try:
        labels = domein.encode("idna").decode("ascii").split(".")
    except UnicodeError:
        return "wat na de @ staat, kan niet in een e-mailadres."
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        return "wat na de @ staat, is geen naam zoals voorbeeld.nl."
    return "dit e-mailadres is te lang." if len(plain(adres)) > LANGST else None


def found_in(tekst: str) -> set[str]:
    """Return the addresses in a text, in the form in which they are compared."""
    return {adres.casefold() for adres in IN_EEN_TEKST.findall(tekst)}


def plain(adres: str) -> str:
    """Return an address that is right as it goes over the line: its domain in ASCII."""
    lokaal, _, domein = adres.rpartition("@")
    return f"{lokaal}@{domein.encode('idna').decode('ascii')}"


def objection_to_line(tekst: str) -> str | None:
    """Return the Dutch reason why this cannot be one line in the head of a message; None when it can."""
    if any(unicodedata.category(teken) in _NIET_IN_EEN_REGEL for teken in tekst):
        return "zet dit op één regel, zonder onzichtbare tekens."
    return None


def one_line(tekst: str) -> str:
    """Return a text as one line: whatever ends a line, or is not seen, becomes a space."""
    zonder = "".join(" " if unicodedata.category(teken) in _NIET_IN_EEN_REGEL else teken for teken in tekst)
    return " ".join(zonder.split())
