"""Everything of the register in open formats, on the computer of the register: have it made, see what stands there."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import uitvoer

onderdelen.titel("Uitvoer", "Alles van het register in open vormen, om zonder dit programma verder te kunnen.")
uitvoer.uitleg()
uitvoer.maken()
uitvoer.staan_er()
