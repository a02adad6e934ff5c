"""The organisation itself: name and address, vestigingen, book year, equated days, streeftermijnen, signing in."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import aanmeldregels, herinneringen, huisstijl, organisatie, streeftermijnen

onderdelen.titel("Organisatie", "Hoe de organisatie heet, waar zij zit en hoe zij haar jaren telt.")
organisatie.gegevens()
organisatie.vestigingen()
organisatie.jaar()
streeftermijnen.toon()
herinneringen.toon()
huisstijl.toon()
aanmeldregels.toon()
organisatie.wijzigen()
organisatie.historie()
