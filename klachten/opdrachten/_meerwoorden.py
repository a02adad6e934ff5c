"""What every column of a lake means: as in the export of a register, and what is otherwise in a lake."""

from __future__ import annotations

from collections.abc import Iterator

from klachten.meer import vorm
from klachten.uitvoer import woordenboek

TABELLEN = {
    "klacht_stand": "klachten", "maatregel_stand": "maatregelen", "gestelde_termijn_stand": "gestelde_termijnen",
    "signaal_stand": "signalen", "evaluatie_stand": "evaluaties", "verbeteractie_stand": "verbeteracties",
    "trajecten": "trajecten", "overgenomen_bron": "bronnen", "eerder_einde_stand": "eerdere_eindes",
    "geschil_stand": "geschillen", "nader_stand": "nadere_gegevens", "bevinding_stand": "bevindingen",
    "wachten_stand": "wachttijden", "termijn": "reglementtermijnen", "keuze": "keuzes", "stap": "stappen",
}  # fmt: skip
"""The tables of a lake, and what they are called in an export."""
_STAND = {
    "van": "Eerste dag waarop het er zo voor stond, met de correcties die nu bekend zijn.",
    "tot": "Eerste dag waarop dat niet meer zo was; 9999-12-31: zo staat het er nu voor.",
}
ANDERS = {
    "organisatie": "Willekeurig nummer van de organisatie; het staat in de naam van de map.",
    "vestiging": "Vestiging, genummerd: de namen staan alleen in de lijst met namen.",
    "bron": "Systeem waaruit is overgenomen, genummerd; leeg: hier vastgelegd.",
    "reglement": "Code van het reglement; een eigen reglement is genummerd.",
    "stappen_op": "De dagen van de stappen in stappen, in die volgorde.",
    "stap_eerst_op": "Van stap 1 tot en met 15 de dag waarop zij voor het eerst is gedaan.",
    **dict.fromkeys(
        ("ontvanger", "behandelaar", "actienemer"), "Wie, genummerd door loting, bij elke levering opnieuw."
    ),
    **dict.fromkeys(
        ("betrokkenen", "overlegd_met", "directieleden", "ingelicht", "gehoord", "uitkomst_verteld"),
        "Wie, genummerd door loting, bij elke levering opnieuw.",
    ),
    **dict.fromkeys(("opdrachtgever", "trajectsoort"), "Welke, genummerd door loting, bij elke levering opnieuw."),
}
"""What another meaning has in a lake, or stands only there."""


def columns() -> Iterator[tuple[str, str, str]]:
    """Give table, column and meaning of everything in a lake, in the order of its tables."""
    for tabel, kolommen in vorm.KOLOMMEN.items():
        bekend = woordenboek.tables()[TABELLEN[tabel]].kolommen
        stand = _STAND if tabel.endswith("_stand") else {}
        for kolom in ("organisatie", *kolommen):
            yield tabel, kolom, stand.get(kolom) or ANDERS.get(kolom) or bekend[kolom]
