"""With which template each letter is made: look at it, replace it by one of the organisation, or go back."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import brieven

onderdelen.titel("Brieven", "Welke brieven er zijn, hoe zij eruitzien, en hoe u er uw eigen tekst van maakt.")
brief = brieven.gekozen()
brieven.bekijk(brief)
brieven.wijzigen(brief)
brieven.historie(brief)
