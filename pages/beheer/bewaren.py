"""How long what is kept, what is over its term, and erasing it by two people."""

from klachten import scherm
from klachten.scherm import onderdelen
from klachten.scherm.beheer import bewaren, wissen, wissen_een, wissen_terug
from klachten.scherm.intake import opruimen

onderdelen.titel("Bewaren en wissen", "Wat langer is bewaard dan nodig. Wissen doen twee mensen: de een stelt voor.")
opruimen.ruim_op(scherm.register())
hoeveel = bewaren.stand()
wissen.toon(hoeveel)
wissen_terug.toon(hoeveel)
bewaren.lijst(hoeveel)
wissen_een.toon()
bewaren.termijnen()
bewaren.plekken()
