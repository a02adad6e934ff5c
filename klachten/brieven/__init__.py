"""The letters: which there are, what stands in them, their Word templates, and what is made of them.

A letter is made from a dossier, looked at, and given out; that it was sent is recorded in handelingen/brief.py.
"""

from klachten.brieven.lijst import (
    ACTIENEMER,
    BRIEVEN,
    BUITEN,
    INDIENER,
    MEDEWERKER,
    Brief,
    for_handeling,
)
from klachten.brieven.maken import Brieftekst, maak, maak_met
from klachten.brieven.omzetten import aanwezig
from klachten.brieven.omzetten import to_pdf as pdf
from klachten.brieven.weigering import BriefKanNiet

__all__ = [
    "ACTIENEMER",
    "BRIEVEN",
    "BUITEN",
    "INDIENER",
    "MEDEWERKER",
    "Brief",
    "BriefKanNiet",
    "Brieftekst",
    "aanwezig",
    "for_handeling",
    "maak",
    "maak_met",
    "pdf",
]
