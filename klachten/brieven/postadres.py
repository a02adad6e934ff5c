"""A postal address as it stands in a letter: a part a line, postcode and place together; and which place that is.

It is read out of what somebody typed, on one line or on more: nothing is made up, and what is no address is left out.
"""

from __future__ import annotations

import re

_POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Za-z]{2})\s+(\D+)")
_BUITENLAND = re.compile(r"[A-Z]{0,2}-?\d{4,5}\s+(\D+)")
# A street and its place that stand behind each other without a comma.
_VOOR_POSTCODE = re.compile(r"\s+(?=[1-9]\d{3}\s?[A-Z]{2}\s+\S)")
_TELEFOON = re.compile(r"(?:(?:tel|telefoon|mobiel|bel)\b)?[.:\s]*\+?[\d\s()/.-]{9,}", re.IGNORECASE)
_WOORDEN = frozenset({"e-mail", "email", "mail", "e mail", "of", "en"})
"""What stays behind when the address of e-mail is taken out of a text, and is no address."""


def lines(tekst: str) -> tuple[str, ...]:
    """Return the lines of an address; none of a text that has none, as only a telephone number."""
    delen = (
        " ".join(stuk.split()).strip(" ,;:.-")
        for regel in tekst.splitlines()
        for deel in re.split(r"[,;]", regel)
        for stuk in _VOOR_POSTCODE.split(deel)
    )
    return tuple(_postcode(deel) for deel in delen if deel and not _is_none(deel))


def place(regels: tuple[str, ...]) -> str:
    """Return the place of an address: what stands behind its postcode; "" where there is no postcode."""
    gevonden = (_POSTCODE.fullmatch(regel) or _BUITENLAND.fullmatch(regel) for regel in reversed(regels))
    return next((een[een.re.groups].strip() for een in gevonden if een), "")


def _is_none(deel: str) -> bool:
    return deel.lower() in _WOORDEN or _TELEFOON.fullmatch(deel) is not None


def _postcode(regel: str) -> str:
    """Return a line with its postcode as the post writes it: 1234 AB."""
    een = _POSTCODE.fullmatch(regel)
    return f"{een[1]} {een[2].upper()} {een[3]}" if een else regel
