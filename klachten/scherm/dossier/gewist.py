"""What a dossier says of itself when it was erased: when, on what ground, and by which two people."""

from __future__ import annotations

from typing import Any

from klachten import gebeurtenissen as g
from klachten import taal
from klachten.dossier.klacht import Feiten
from klachten.scherm import onderdelen


def erased_sentence(feiten: Feiten) -> str:
    """Say that a dossier was erased: when, on what ground, by whom; in Markdown."""
    gewist = next(v for v in reversed(feiten.vastleggingen) if isinstance(v.feit, g.DossierGewist))
    feit: Any = gewist.feit
    voorstel = next((v for v in feiten.vastleggingen if v.nr == feit.voorstel), None)
    door = f"voorgesteld door {onderdelen.bij_naam(voorstel.door)}, " if voorstel else ""
    return (
        f"De teksten en stukken van dit dossier zijn op **{taal.datum(feit.gebeurd_op)}** gewist. Grond: "
        f"{g.GRONDEN[feit.grond].lower()}; {door}uitgevoerd door {onderdelen.bij_naam(gewist.door)}. De stappen en hun "
        "dagen blijven."
    )
