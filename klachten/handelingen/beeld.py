"""What may become the logo of the organisation: a picture that every reader and every letter can show."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from klachten.handelingen.stuk import bezwaar, punten

GROOTSTE = 1024 * 1024
"""Bytes: it goes along in every letter."""
MEESTE_PUNTEN = 4_000_000
KLEINSTE = 24
"""Points wide and high below which nothing can be seen on paper."""
_SOORTEN = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_KLEUREN = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"})


def soort_van(inhoud: bytes) -> str:
    """Return png or jpeg, told from the first bytes; empty for anything else."""
    return next((soort for begin, soort in _SOORTEN.items() if inhoud.startswith(begin)), "")


def bezwaar_logo(inhoud: bytes) -> str | None:
    """Return the Dutch reason why this is no logo, to stand behind a label; None when it is one."""
    if zin := bezwaar(inhoud):
        return zin
    if len(inhoud) > GROOTSTE:
        return "het bestand is groter dan 1 MB. Maak de afbeelding kleiner."
    soort = soort_van(inhoud)
    if not soort:
        return "dit is geen PNG- of JPEG-afbeelding, wat de naam ook zegt. Sla het logo zo op en kies het opnieuw."
    breed, hoog = punten(inhoud)
    if breed * hoog > MEESTE_PUNTEN:
        return f"deze afbeelding is {breed} bij {hoog} punten. Maak haar kleiner: 1.000 punten breed is ruim genoeg."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # Decoded to its end: what is cut off or says it is smaller than it is, is found here and not in a letter.
            with Image.open(io.BytesIO(inhoud), formats=(soort.upper(),)) as beeld:
                kleuren, maat = beeld.mode, beeld.size
                if maat != (breed, hoog):
                    return "deze afbeelding is beschadigd. Sla het logo opnieuw op."
                beeld.load()
    except (OSError, SyntaxError, ValueError, Warning, MemoryError, Image.DecompressionBombError):
        return "deze afbeelding is beschadigd en kan niet worden getoond. Sla het logo opnieuw op."
    if kleuren not in _KLEUREN:
        return "deze afbeelding heeft de kleuren van een drukker (CMYK). Sla het logo op als RGB."
    if min(maat) < KLEINSTE:
        return f"deze afbeelding is maar {breed} bij {hoog} punten. Kies een grotere."
    return None
