"""The processing record (AVG article 30) and the privacy statement, filled from the register."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import privacy

onderdelen.titel(
    "Privacy", "Wat u met gegevens van mensen doet: voor wie een klacht indient, en voor de toezichthouder."
)
privacy.toon()
