"""Why something cannot be: an explanation for every kind of refusal; the texts stand in waarom.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klachten.taal import opsomming

BESTAND = Path(__file__).with_suffix(".toml")
PAGINA = "pagina_niet_voor_u"
"""Of a page that is not for a role: what the window refuses, no handeling."""
BRONNEN = {
    "reglement": "Dit volgt uit het reglement",
    "advies": "Het reglement zegt hier niets over; dit is onze keuze",
    "register": "Zo werkt het register, zodat wat vastligt blijft kloppen",
    "rechten": "Dit volgt uit het reglement en de rechtentabel",
    "privacy": "Dit volgt uit de privacywet (AVG)",
}


@dataclass(frozen=True)
class Waarom:
    """A kind of refusal: how the rule goes, where it comes from, and what one can do."""

    soort: str
    titel: str
    regel: str
    bron: str
    stappen: tuple[int, ...]
    doen: str

    @property
    def herkomst(self) -> str:
        """Where the rule comes from, as a sentence."""
        waar = f" ({'stap' if len(self.stappen) == 1 else 'stappen'} {opsomming(self.stappen)})" if self.stappen else ""
        return f"{BRONNEN[self.bron]}{waar}."


@cache
def alle() -> dict[str, Waarom]:
    """Return every kind of refusal, by its kind."""
    rauw = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
    return {
        soort: Waarom(soort, w["titel"], w["regel"], w["bron"], tuple(w["stappen"]), w["doen"])
        for soort, w in rauw.items()
    }
