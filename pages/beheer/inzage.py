"""Somebody asks what is kept of him or her: the dossiers, what may go along, and the answer as a zip."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import inzage

onderdelen.titel(
    "Inzageverzoek", "Iemand vraagt wat u van hem of haar bewaart (AVG artikel 15). Antwoord binnen één maand."
)
inzage.toon()
