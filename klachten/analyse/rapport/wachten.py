"""The section of the yearly report on how long indieners waited, those who still wait included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klachten.analyse.rapport import figuren
from klachten.analyse.rapport.bevroren import periode_van
from klachten.analyse.rapport.blokken import (
    GEEN,
    Blok,
    alinea,
    bereik,
    figuur,
    getal,
    komma,
    kop,
    los,
    noot,
    procent,
    punten,
    tabel,
)  # fmt: skip
from klachten.analyse.rapport.openbaar import Vrijgave
from klachten.analyse.statistiek.onderdrukking import MINIMUM_TOTAAL
from klachten.analyse.termijnen.netto import UITLEG as UITLEG_NETTO
from klachten.analyse.termijnen.netto import gewacht_zin

Cijfers = Mapping[str, Any]
ANDERE_EINDEN = (
    "Van alle klachten van de periode: wat is ingetrokken of niet in behandeling genomen, telt mee als niet afgesloten "
    "(Aalen-Johansen)."
)
MINSTENS = 5
"""Below this a waiting time says more about one indiener than about the organisation."""


def doorlooptijden(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    """How long indieners waited, those who still wait included."""
    blokken = [kop("Hoe lang het duurde")]
    namen = {"bevestiging": "Tot de ontvangstbevestiging", "afsluiting": "Tot de afsluiting"}
    minstens = MINIMUM_TOTAAL if toon.openbaar else MINSTENS
    alle = {maat: cijfers["doorlooptijden"][maat] for maat in namen}
    looptijden = {maat: d for maat, d in alle.items() if d["n"] >= minstens and d["gebeurtenissen"] >= MINSTENS}
    if not cijfers["klachten"]:
        return [*blokken, alinea("Zonder klachten is er geen doorlooptijd.")]
    if not looptijden:
        return [
            *blokken,
            alinea("Er zijn te weinig klachten om een doorlooptijd te noemen: die zou over een enkele indiener gaan."),
        ]
    # Figures that were frozen before have no net.
    met_netto = all("netto" in d for d in looptijden.values())
    rijen = [
        [
            namen[maat],
            _helft(d),
            bereik(d["mediaan_laag"], d["mediaan_hoog"], 0),
            *([_helft(d["netto"])] if met_netto else []),
            *([] if toon.openbaar else [getal(d["n"]), getal(d["gebeurtenissen"])]),
        ]
        for maat, d in looptijden.items()
    ]
    kolommen = [
        "Wachttijd",
        "Helft binnen (dagen)",
        "Marge (95%)",
        *(["Netto, helft binnen (dagen)"] if met_netto else []),
        *([] if toon.openbaar else ["Klachten", "Waarvan gedaan"]),
    ]
    blokken += [
        alinea(
            "Wat nog loopt, telt mee tot de peildatum. Een gemiddelde over alleen de afgeronde klachten zou te laag "
            "uitvallen, "
            "omdat juist de lange nog lopen."
        ),
        tabel(f"Dagen vanaf de ontvangst, klachten van {periode_van(cijfers).naam}", kolommen, rijen),
    ]
    if met_netto:
        blokken.append(noot(UITLEG_NETTO))
        # How often was waited is a small number more often than not: not in the public version.
        if not toon.openbaar:
            blokken.append(punten([(_gewacht(maat, d["netto"]), False) for maat, d in looptijden.items()]))
    afsluiting = looptijden.get("afsluiting")
    if afsluiting and afsluiting["curve"] and not toon.openbaar:
        # Figures that were frozen before hold the curve of Kaplan-Meier, which is the share that was not closed yet.
        eerder = "overleving" in afsluiting["curve"][0]
        kromme = [
            (p["dag"], 1 - p["overleving"], _keer_om(p["hoog"]), _keer_om(p["laag"]))
            if eerder
            else (p["dag"], p["kans"], p["laag"], p["hoog"])
            for p in afsluiting["curve"]
        ]
        mediaan = los(afsluiting["mediaan"])
        toonbaar = mediaan if mediaan is not None and mediaan <= kromme[-1][0] else None
        helft = "" if toonbaar is None else f" De helft is bereikt op dag {komma(toonbaar, 0)}."
        blokken += [
            figuur(
                "Aandeel van de klachten dat is afgesloten, naar dagen sinds de ontvangst",
                figuren.kromme(kromme, toonbaar, "dagen sinds de ontvangst; vlak: marge van 95%"),
                f"Stijgende trap van 0% op dag 0 tot {procent(kromme[-1][1])} op dag {komma(kromme[-1][0], 0)}.{helft}",
            ),
            noot(
                f"{'Kaplan-Meier.' if eerder else ANDERE_EINDEN} De lijn stopt waar minder dan {MINSTENS} klachten nog "
                "liepen."
            ),
        ]
    return blokken


def _helft(looptijd: Cijfers) -> str:
    """Return in how many days half of them had come so far; a dash when half of them had not."""
    return komma(los(looptijd["mediaan"]), 0) if looptijd["mediaan"] is not None else GEEN


def _gewacht(maat: str, zonder: Cijfers) -> str:
    """Say for how many klachten was waited for the indiener, and how long together."""
    return gewacht_zin(maat, zonder["klachten"], zonder["met_wachten"], zonder["gewacht"], zonder["wacht_nog"])


def _keer_om(deel: float | None) -> float | None:
    return None if deel is None else 1 - deel
