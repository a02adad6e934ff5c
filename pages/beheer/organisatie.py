"""The organisation itself: name, address, how it counts its years and terms, reminders, style, signing in."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import aanmeldregels, herinneringen, huisstijl, organisatie, streeftermijnen

onderdelen.titel("Organisatie", "Hoe de organisatie heet, waar zij zit, hoe zij telt en hoe haar brieven eruitzien.")
organisatie.gegevens()
organisatie.vestigingen()
organisatie.jaar()
streeftermijnen.toon()
herinneringen.toon()
huisstijl.toon()
aanmeldregels.toon()
organisatie.wijzigen()
organisatie.historie()
