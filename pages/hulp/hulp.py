"""Help: search in all of it, why something cannot be, what words and figures mean, and the tour."""

from klachten import scherm
from klachten.scherm import onderdelen
from klachten.scherm.hulp import bladen, rondleiding

onderdelen.titel("Hulp", "Zoek een stap, een woord, een vraag, of waarom iets niet kan.")
bladen.asked()
gekozen = bladen.deel()
bladen.toon(gekozen)
if gekozen == "zoeken":
    onderdelen.kop("Rondleiding")
    rondleiding.again(scherm.gebruiker())
