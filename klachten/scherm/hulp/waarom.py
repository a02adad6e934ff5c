"""Why something cannot be: an explanation for every kind of refusal; the texts stand in waarom*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klachten.taal import opsomming

MAP = Path(__file__).parent
GROEPEN = {
    "waarom": "Klachten, maatregelen en evaluaties",
    "waarom_bestanden": "Bestanden, brieven, mail en kopieën",
    "waarom_aanmelden": "Aanmelden en instellen",
    "waarom_register": "Het register en zijn pagina's",
    "waarom_sql": "Het SQL-bureau",
}
"""The files, in the order of the page, with what they are about."""
PAGINA = "pagina_niet_voor_u"
"""Of a page that is not for a role: what the window refuses, no handeling."""
BRONNEN = {
    "reglement": "Dit volgt uit het reglement",
    "advies": "Het reglement zegt hier niets over; dit is onze keuze",
    "register": "Zo werkt het register, zodat wat vastligt blijft kloppen",
    "rechten": "Dit volgt uit het reglement en de rechtentabel",
    "privacy": "Dit volgt uit de privacywet (AVG)",
    "veiligheid": "Zo blijft het register veilig en voor iedereen bereikbaar",
    "taal": "Zo is SQL, de taal waarin u hier vraagt",
    "techniek": "Dit ligt aan een bestand, de computer of een ander programma",
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
def groepen() -> dict[str, tuple[Waarom, ...]]:
    """Return every kind of refusal, under what it is about."""
    return {titel: tuple(_read(MAP / f"{naam}.toml")) for naam, titel in GROEPEN.items()}


@cache
def alle() -> dict[str, Waarom]:
    """Return every kind of refusal, by its kind."""
    return {een.soort: een for groep in groepen().values() for een in groep}


def _read(pad: Path) -> Iterator[Waarom]:
    for soort, w in tomllib.loads(pad.read_text(encoding="utf-8")).items():
        yield Waarom(soort, w["titel"], w["regel"], w["bron"], tuple(w["stappen"]), w["doen"])
