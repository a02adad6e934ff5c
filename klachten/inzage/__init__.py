"""The answer to who asks what is kept of him or her (AVG article 15): looked up, cleaned of others, as one zip.

personen says who stands in a dossier, zoeken where a name stands, schonen leaves out the others, inhoud and medewerker
list what goes along and what does not and why, bundel makes the zip. How a fact reads the screen says (`Woorden`).
"""

from klachten.inzage.antwoord import Antwoord, Deel, Regel, Woorden
from klachten.inzage.bundel import stream
from klachten.inzage.inhoud import documents, of_dossiers
from klachten.inzage.medewerker import of_medewerker
from klachten.inzage.schonen import Schoner
from klachten.inzage.zoeken import (
    MEESTE,
    Kandidaat,
    candidates,
    hidden_undone,
    may_answer,
    readable_undone,
    undone_naming,
)

__all__ = [
    "MEESTE",
    "Antwoord",
    "Deel",
    "Kandidaat",
    "Regel",
    "Schoner",
    "Woorden",
    "candidates",
    "documents",
    "hidden_undone",
    "may_answer",
    "of_dossiers",
    "of_medewerker",
    "readable_undone",
    "stream",
    "undone_naming",
]
