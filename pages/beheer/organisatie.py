"""The organisation itself: name and address, vestigingen, book year, equated days and streeftermijnen."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import herinneringen, huisstijl, organisatie, streeftermijnen

onderdelen.titel("Organisatie", "Hoe de organisatie heet, waar zij zit en hoe zij haar jaren telt.")
organisatie.gegevens()
organisatie.vestigingen()
organisatie.jaar()
streeftermijnen.toon()
herinneringen.toon()
huisstijl.toon()
organisatie.wijzigen()
organisatie.historie()
