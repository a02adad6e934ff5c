"""What no sentence for a reader may hold: a number that disagrees with its noun, or a code of the program."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WOORDEN = {
    "klacht": "klachten", "maatregel": "maatregelen", "dag": "dagen", "maand": "maanden", "kwartaal": "kwartalen",
    "verbeteractie": "verbeteracties", "feit": "feiten", "week": "weken", "werkdag": "werkdagen",
    "grafiek": "grafieken", "meningsverschil": "meningsverschillen", "categorie": "categorieën", "traject": "trajecten",
    "volgorde": "volgorden", "termijn": "termijnen",
}  # fmt: skip
_EEN, _MEER = "|".join(_WOORDEN), "|".join(_WOORDEN.values())
_ENKEL = "is|was|kreeg|gaf|heeft|had|wordt|werd|kan|komt|telt|staat|hoort"
_GETAL = re.compile(
    rf"(?<![\d.,])1 (?:{_MEER})\b"
    rf"|(?<![\d.,/-])(?:0|[2-9]|[1-9]\d+) (?:{_EEN})\b"
    rf"|\bvan de [01](?![\d.,])"
    rf"|\balle [012](?![\d.,])"
    rf"|(?<![\d.,])1 (?:{_EEN}) (?:zijn|tellen|staan|waren|horen)\b"
    rf"|(?:^|[.;:] )(?:[2-9]|[1-9]\d+) (?:{_MEER}) (?:is|telt|staat|was|hoort)\b"
    rf"|\b(?:de enige|1 \w+|die ene) (?:zijn|waren)\b"
    rf"|(?<!geen van )\b(?:beide|alle \d+)(?: (?:{_MEER}))? (?:{_ENKEL})\b"
    rf"|\b(?:gaf|kreeg|was|werd) (?:beide|alle \d+)\b"
    rf"|\bgaf geen [^.;]* geen antwoord",
    re.MULTILINE,
)
_OPMAAK = re.compile(r":material/\w+:|:[a-z]+-badge\[|:small\[|https?://\S+|\]\(\w+\?[^)\s]*\)|\[\w+\]\(\w+ [^)]*\)")
_CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z]{2,}:[a-z_]{2,}\b|\bcoulant\b|\bawb9\b")


def getalfouten(tekst: str) -> list[str]:
    """Return the places where a number and its words disagree."""
    return [gevonden.group() for gevonden in _GETAL.finditer(tekst)]


def codes(tekst: str) -> list[str]:
    """Return the codes of the program in a text for a reader."""
    return [gevonden.group() for gevonden in _CODE.finditer(_OPMAAK.sub(" ", tekst))]


def van_alle(teksten: Iterable[object]) -> str:
    """Return texts as one, each on its own line; what is no text is left out."""
    return "\n".join(tekst for tekst in teksten if isinstance(tekst, str))
