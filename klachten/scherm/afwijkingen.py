"""What a reader reads for the deviations that a fact carries: one wording each, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable

from klachten.reglement import Reglement
from klachten.taal import opsomming

# By the codes of the warnings in klachten/handelingen; tests/test_afwijkingen.py holds that none is missing.
WOORDEN = {
    "te_laat": "na de termijn",
    "maatregel_te_laat": "maatregel uitgevoerd na de afgesproken dag",
    "maatregel_na_termijn": "maatregel afgesproken na de termijn",
    "verbeteractie_te_laat": "verbeteractie uitgevoerd na de afgesproken dag",
    "volgorde": "in een andere volgorde",
    "herhaling": "een stap nog een keer gedaan",
    "toewijzing": "toegewezen aan een ander dan de coördinator",
    "coordinator_afwezig": "een coördinator geïnformeerd die langer afwezig was",
    "indiener_niet_geinformeerd": "de indiener kende nog de vorige behandelaar",
    "overleg_buiten": "overlegd terwijl elk directielid betrokken is",
    "geen_overleg": "zonder overleg vooraf",
    "lijkt_collega": "iemand van buiten wiens naam op die van een collega lijkt",
    "keuze_later_gekozen": "een keuze beëindigd die daarna nog is gekozen",
    "zonder_rol": "een tijd niemand met een rol die iemand moet hebben",
    "werk_open": "vertrek vastgelegd terwijl er nog werk op naam stond",
    "niets_besloten": "afgesloten zonder besluit na de heropening",
}
ANDERS = "anders dan het reglement bedoelt"
MERK = ":orange-badge[:material/alt_route: afwijking]"
"""At what deviates, on a line that says no more of it."""


def in_woorden(code: str, reglement: Reglement | None = None) -> str:
    """Return the words for one deviation; of a term with its name: 'na de termijn (ontvangstbevestiging)'."""
    soort, _, termijn = code.partition(":")
    woord = WOORDEN.get(soort, ANDERS)
    namen = {t.id: t.naam for t in reglement.termijnen} if reglement else {}
    return f"{woord} ({namen[termijn].lower()})" if termijn in namen else woord


def opgesomd(codes: Iterable[str], reglement: Reglement | None = None) -> str:
    """Return the words for several, each once."""
    return opsomming(dict.fromkeys(in_woorden(code, reglement) for code in codes))
