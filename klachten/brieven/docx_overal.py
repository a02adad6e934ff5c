"""All that a Word file says anywhere, shown or not, and what it still has of being written that a reader may not get.

docx_lezen.py gives the text as it is read on paper; what a letter may not name is looked for in everything.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, NamedTuple

from klachten.brieven.docx_lezen import parse

_GEWIJZIGD = frozenset({"del", "ins", "moveFrom", "moveTo", "delText", "cellDel", "cellIns"})
_BEGIN = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<")
_KENMERKEN = frozenset({"descr", "title", "displayText", "author", "initials"})
"""Attributes that hold words of a person: of a picture, of a list to choose from, of who changed something."""
_WAARDEN = frozenset({"alias", "tag", "docVar", "placeholder"})
"""Elements of which the attribute `val` does."""
GEWIJZIGD = (
    "In de brief staan nog bijgehouden wijzigingen: wie hem leest, kan zien wat er eerst stond. Accepteer eerst alle "
    "wijzigingen (Controleren > Accepteren > Alle wijzigingen accepteren en bijhouden stoppen) en sla de brief op."
)
OPMERKING = (
    "In de brief staan nog opmerkingen: wie hem leest, ziet die ook. Verwijder de opmerkingen (Controleren > "
    "Verwijderen > Alle opmerkingen verwijderen) en sla de brief op."
)
INGEPAKT = (
    "In de brief zit een ander bestand, bijvoorbeeld de cijfers van een grafiek: dat gaat dan mee. Zet er een "
    "afbeelding van in de plaats."
)


class _Deel(NamedTuple):
    """What one part says, and the kinds of element it has."""

    regels: tuple[str, ...]
    soorten: frozenset[str]


_ZONDER_WOORDEN: dict[bytes, _Deel] = {}
"""By its hash: a part that says nothing. The styles do: nearly all of a letter, and the same in each of a template.

What does say something is not kept: it may be about a person.
"""
_MEESTE = 200


def unfinished(delen: dict[str, bytes]) -> tuple[str, ...]:
    """Return what a Word file still has of being written: tracked changes, comments, and files packed in it."""
    return read(delen)[1]


def read(delen: dict[str, bytes]) -> tuple[str, tuple[str, ...]]:
    """Return every text of every part, and what is unfinished.

    The text has the properties and what is hidden too, a paragraph a line.
    """
    # What a part is called says nothing: its name is whatever the file says it is.
    gelezen = [_read(inhoud, naam) for naam, inhoud in sorted(delen.items()) if _BEGIN.match(inhoud)]
    soorten = frozenset().union(*(deel.soorten for deel in gelezen))
    uit = [GEWIJZIGD] if soorten & _GEWIJZIGD else []
    uit += [OPMERKING] if "comment" in soorten else []
    uit += [INGEPAKT] if any("/embeddings/" in naam for naam in delen) else []
    return "\n".join(regel for deel in gelezen for regel in deel.regels), tuple(uit)


def _read(inhoud: bytes, naam: str) -> _Deel:
    wie = sha256(inhoud).digest()
    if (bekend := _ZONDER_WOORDEN.get(wie)) is not None:
        return bekend
    wortel = parse(inhoud, naam)
    deel = _Deel(tuple(_lines(wortel)), frozenset({_local(element.tag) for element in wortel.iter()}))
    if not any(map(str.strip, deel.regels)):
        if len(_ZONDER_WOORDEN) >= _MEESTE:
            _ZONDER_WOORDEN.clear()
        _ZONDER_WOORDEN[wie] = deel
    return deel


def _lines(wortel: Any) -> list[str]:
    alineas: dict[Any, list[str]] = {}
    los: list[str] = []
    for deel in wortel.iter():
        soort = _local(deel.tag)
        los += [str(waarde) for naam, waarde in deel.items() if _says(soort, _local(naam))]
        if soort in ("br", "cr", "tab"):
            alineas.setdefault(_paragraph(deel), []).append(" ")
        elif (deel.text and deel.text.strip(" \t\r\n")) or soort == "t":
            alinea = _paragraph(deel)
            alineas.setdefault(deel if alinea is None else alinea, []).append(deel.text or "")
    return ["".join(stukken) for stukken in alineas.values()] + los


def _says(soort: str, naam: str) -> bool:
    return naam in _KENMERKEN or (soort in _WAARDEN and naam == "val")


def _paragraph(deel: Any) -> Any:
    return next((boven for boven in deel.iterancestors() if _local(boven.tag) == "p"), None)


def _local(naam: object) -> str:
    return naam.rpartition("}")[2] if isinstance(naam, str) else ""
