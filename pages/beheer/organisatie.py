"""The organisation itself: name and address, vestigingen, book year, equated days and streeftermijnen."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import huisstijl, organisatie, streeftermijnen

onderdelen.titel("Organisatie", "Hoe de organisatie heet, waar zij zit en hoe zij haar jaren telt.")
organisatie.gegevens()
organisatie.vestigingen()
organisatie.jaar()
streeftermijnen.toon()
huisstijl.toon()
organisatie.wijzigen()
organisatie.historie()
