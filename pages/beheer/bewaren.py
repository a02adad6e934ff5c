"""How long what is kept, what is over its term, and erasing it by two people."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import bewaren, wissen

onderdelen.titel("Bewaren en wissen", "Wat langer is bewaard dan nodig. Wissen doen twee mensen: de een stelt voor.")
alle = bewaren.alle()
wissen.toon(alle)
bewaren.lijst(alle)
wissen.een()
bewaren.termijnen()
bewaren.plekken()
