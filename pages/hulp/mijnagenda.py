"""The address with which the reader's own agenda shows the terms: to make, to replace, to withdraw."""

from klachten.scherm import mijnagenda, onderdelen

onderdelen.titel("Mijn agenda", "Uw termijnen in de agenda die u al gebruikt.")
mijnagenda.toon()
