"""The organisation itself: name and address, vestigingen, book year and equated days."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import organisatie

onderdelen.titel("Organisatie", "Hoe de organisatie heet, waar zij zit en hoe zij haar jaren telt.")
organisatie.gegevens()
organisatie.vestigingen()
organisatie.jaar()
organisatie.wijzigen()
organisatie.historie()
