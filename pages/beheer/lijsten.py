"""The lists of the organisation: what can be chosen, how often it was, and changing it."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import lijsten

onderdelen.titel("Lijsten", "Waaruit iedereen kiest bij een klacht. Een naam wijzigt u hier één keer, voor overal.")
lijst = lijsten.kies_lijst()
gebruik = lijsten.gebruik(lijst)
lijsten.overzicht(lijst, gebruik)
lijsten.wijzigen(lijst, gebruik)
lijsten.historie(lijst)
