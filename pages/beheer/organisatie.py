"""The organisation itself: name, address, vestigingen, book year, equated days, streeftermijnen, reminders, style."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import herinneringen, huisstijl, organisatie, streeftermijnen

onderdelen.titel("Organisatie", "Hoe de organisatie heet, waar zij zit, hoe zij telt en hoe haar brieven eruitzien.")
organisatie.gegevens()
organisatie.vestigingen()
organisatie.jaar()
streeftermijnen.toon()
herinneringen.toon()
huisstijl.toon()
organisatie.wijzigen()
organisatie.historie()
