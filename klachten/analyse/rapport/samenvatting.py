"""Which findings stand in the summary: all of them, or in the public report those that give no hidden figure away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klachten.analyse.basis.zinnen import KLEIN
from klachten.analyse.rapport.openbaar import MAATREGEL, Vrijgave, volgroeid
from klachten.analyse.statistiek.onderdrukking import MINIMUM_TOTAAL

Cijfers = Mapping[str, Any]
VOLGORDE = (
    "intensiteit", "per_periode", "stroom", "termijntarieven", "categorieen", "niet_in_behandeling_gronden",
    "geschillen", "doorlooptijden", "maatregelen_opvolging", "verbeteracties_opvolging",
)  # fmt: skip


def zinnen(cijfers: Cijfers, toon: Vrijgave) -> list[Cijfers]:
    """Return the findings that may be read, in their order; a finding of an unknown figure is not for the public."""
    gekozen = [b for b in cijfers["bevindingen"] if not toon.openbaar or _mag(b, cijfers, toon)]
    return sorted(gekozen, key=_plaats)


def _plaats(bevinding: Cijfers) -> tuple[int, bool]:
    """How many came in opens the summary; the rest follows the sections."""
    plek = VOLGORDE.index(bevinding["kengetal"]) if bevinding["kengetal"] in VOLGORDE else len(VOLGORDE)
    return plek, "klachten" not in bevinding["getallen"]


def _mag(bevinding: Cijfers, cijfers: Cijfers, toon: Vrijgave) -> bool:
    getallen, zin = bevinding["getallen"], bevinding["zin"]
    match bevinding["kengetal"]:
        case "per_periode":
            # The sentence about a month that stands out tells its count.
            return not bevinding["opvallend"]
        case "intensiteit" | "verbeteracties_opvolging":
            # Totals of years, trajecten, and what the organisation itself does: never hidden.
            return True
        case "stroom":
            if "buiten_telling" in getallen:
                # The public flow leaves mistakes of entry out.
                return False
            if "heropend" in getallen:
                return toon.zichtbaar("stroom/heropend")
            return toon.zichtbaar("stroom/open_begin", "stroom/open_einde")
        case "termijntarieven":
            regel = next((r for r in cijfers["termijnen"] if zin.startswith(f"{r['termijn_naam']} (stap")), None)
            return (
                regel is not None
                and volgroeid(regel)
                and (regel["rijp"] == 0 or regel["rijp"] >= KLEIN)
                and toon.zichtbaar(f"termijn/{regel['termijn']}/")
            )
        case "doorlooptijden":
            return getallen["n"] >= MINIMUM_TOTAAL
        case "categorieen":
            if "getoetst" in getallen or "gewijzigd" in getallen:
                return cijfers["klachten"] >= MINIMUM_TOTAAL
            # All categories with this count may be the ones named. Last year's are not published.
            meest = [r["categorie"] for r in cijfers["categorieen"] if r["klachten"] == getallen.get("meest")]
            return bool(meest) and "vorig" not in getallen and toon.zichtbaar(*(f"categorie/{id}" for id in meest))
        case "niet_in_behandeling_gronden":
            return toon.zichtbaar("stroom/niet_in_behandeling", "grond/")
        case "geschillen":
            # The sentence also tells which oordelen were given, which the public report does not count.
            return getallen["gemeld"] == 0
        case "maatregelen_opvolging":
            m = cijfers["maatregelen"]
            rond = (
                m["tarief"]["x"] == m["op_tijd"]
                and m["tarief"]["n"] == m["op_tijd"] + m["te_laat"] + m["open_en_te_laat"]
            )
            return rond and toon.zichtbaar(*(f"maatregel/{stand}" for stand in MAATREGEL))
    return False
