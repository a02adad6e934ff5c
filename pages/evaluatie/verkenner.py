"""Ask what no page shows: choose, split, compare; save the question for next year. Read only (step 16)."""

from klachten.scherm import leeg, onderdelen
from klachten.scherm.evaluatie import filters
from klachten.scherm.verkenner import beeld, bewaren, kiezer

onderdelen.titel("Verkenner", beeld.ondertitel())

keuze = filters.keuze()
if keuze is None:
    leeg.stop("verkenner")

bewaren.lijst(keuze)
vraag = kiezer.kies(keuze)
if vraag is not None:
    woorden = beeld.antwoord(vraag, keuze)
    beeld.toon(woorden, keuze)
    beeld.meenemen(woorden, keuze)
    bewaren.knop(vraag)
    beeld.hoe(woorden)
