"""The table of rights in words: what page Rechten shows is made of the very rows that decide."""

from __future__ import annotations

from collections.abc import Collection

from klachten.organisatie import ROLLEN
from klachten.rechten import NIETS, ZELF, Rij
from klachten.taal import hoofdletter, opsomming

_CEL = {
    "handeling": {"ja": "altijd", "eigen": "bij eigen klachten", "maatregel": "bij een eigen maatregel"},
    "pagina": {
        "ja": "alles",
        "eigen": "alleen eigen klachten",
        "maatregel": "alleen eigen maatregelen",
        "cijfers": "alleen aantallen, zonder namen en teksten",
        "lezen": "alles lezen, niets vastleggen",
        "begin": "alleen het begin, zonder taken",
    },
}
_CEL["uitvoer"] = _CEL["inzage"] = _CEL["route"] = _CEL["pagina"]
_BUITEN = {
    "": "Wie is aangemeld.",
    "open": "Iedereen die het register kan bereiken, ook zonder aanmelden.",
    "eerste": "Alleen de computer waarop het register draait, zolang niemand zich kan aanmelden.",
}
# These are somebody's place in one klacht.
_VAN_DE_STAP = {"behandelaar": "eigen", "actienemer": "maatregel"}
_BETROKKEN = {
    "ja": "",
    NIETS: "Wie bij een klacht betrokken is: niets van die klacht.",
    "cijfers": "Wie bij een klacht betrokken is: alleen aantallen waarin die klacht meetelt.",
    "melden": "Wie bij een klacht betrokken is: mag haar wel melden.",
    "ontvangst": "Wie bij een klacht betrokken is: alleen vastleggen dat die is ontvangen.",
    "maatregel": "Wie bij een klacht betrokken is: alleen een eigen maatregel, zonder de klacht zelf.",
    ZELF: "Over zichzelf doet niemand dit: een ander doet het.",
}


def cell(soort: str, cel: str) -> str:
    """Return what one cell of the table says of a role: 'alleen eigen klachten'."""
    return _CEL[soort][cel]


def in_woorden(rij: Rij, stap_rollen: Collection[str] = ()) -> str:
    """Say who has what of a row: 'Coördinator en directie: alles. Behandelaar: alleen eigen klachten.'

    `stap_rollen` are the roles that the reglement gives the step, for a cell that leaves it to the reglement.
    """
    if rij.soort == "route" and rij.iedereen:
        return _BUITEN[rij.buiten]
    per_cel: dict[str, list[str]] = {}
    for rol, zegt in rij.cellen.items():
        cel = zegt if zegt != "stap" else _VAN_DE_STAP.get(rol, "ja") if rol in stap_rollen else NIETS
        if cel != NIETS:
            per_cel.setdefault(_CEL[rij.soort][cel], []).append(ROLLEN[rol].lower())
    zinnen = [f"{hoofdletter(opsomming(rollen))}: {wat}." for wat, rollen in per_cel.items()]
    return " ".join([*(zinnen or ["Niemand."]), *filter(None, [_BETROKKEN[rij.betrokken]])])
