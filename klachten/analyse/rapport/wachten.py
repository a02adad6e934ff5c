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
    tabel,
)  # fmt: skip
from klachten.analyse.rapport.openbaar import Vrijgave
from klachten.analyse.statistiek.onderdrukking import MINIMUM_TOTAAL

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
    rijen = [
        [
            namen[maat],
            komma(los(d["mediaan"]), 0) if d["mediaan"] is not None else GEEN,
            bereik(d["mediaan_laag"], d["mediaan_hoog"], 0),
            *([] if toon.openbaar else [getal(d["n"]), getal(d["gebeurtenissen"])]),
        ]
        for maat, d in looptijden.items()
    ]
    kolommen = [
        "Wachttijd",
        "Helft binnen (dagen)",
        "Marge (95%)",
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
    afsluiting = looptijden.get("afsluiting")
    if afsluiting and afsluiting["curve"] and not toon.openbaar:
        # Figures that were frozen before hold the curve of Kaplan-Meier, which is the share that was not closed yet.
        eerder = "overleving" in afsluiting["curve"][0]
        punten = [
            (p["dag"], 1 - p["overleving"], _keer_om(p["hoog"]), _keer_om(p["laag"]))
            if eerder
            else (p["dag"], p["kans"], p["laag"], p["hoog"])
            for p in afsluiting["curve"]
        ]
        mediaan = los(afsluiting["mediaan"])
        toonbaar = mediaan if mediaan is not None and mediaan <= punten[-1][0] else None
        helft = "" if toonbaar is None else f" De helft is bereikt op dag {komma(toonbaar, 0)}."
        blokken += [
            figuur(
                "Aandeel van de klachten dat is afgesloten, naar dagen sinds de ontvangst",
                figuren.kromme(punten, toonbaar, "dagen sinds de ontvangst; vlak: marge van 95%"),
                f"Stijgende trap van 0% op dag 0 tot {procent(punten[-1][1])} op dag {komma(punten[-1][0], 0)}.{helft}",
            ),
            noot(
                f"{'Kaplan-Meier.' if eerder else ANDERE_EINDEN} De lijn stopt waar minder dan {MINSTENS} klachten nog "
                "liepen."
            ),
        ]
    return blokken


def _keer_om(deel: float | None) -> float | None:
    return None if deel is None else 1 - deel
