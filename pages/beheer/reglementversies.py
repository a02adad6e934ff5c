"""Which reglement holds for new klachten and since when; a next version, or another reglement, from a day on."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import reglementen

onderdelen.titel("Versies van het reglement", "Welke regels gelden voor een klacht die binnenkomt, en sinds wanneer.")
reglementen.toon()
