"""The e-mail of one dossier, a klacht or an evaluation: a line for each, and what somebody has to decide about it."""

from __future__ import annotations

from klachten import gebeurtenissen as g
from klachten import scherm
from klachten.dossier.klacht import Dossier, Feiten
from klachten.post import uit
from klachten.scherm import berichten, formulier, onderdelen
from klachten.scherm.dossier.beeld import Aandacht

PLEK = "dossierpost"
WAAR = "U beslist het hieronder, bij Klacht en stukken, onder E-mail."


def toon(dossier: Feiten) -> None:
    """Draw every message of this dossier, the newest first; who gets here may read all of it."""
    if not dossier.van(g.BerichtKlaargezet):
        return
    onderdelen.kop("E-mail")
    formulier.meldingen(PLEK)
    for bericht in uit.van_dossier(scherm.register(), dossier.klachtnummer):
        berichten.toon(bericht, plek=PLEK)


def aandacht(dossier: Dossier) -> list[Aandacht]:
    """Return what is asked about the e-mail of this klacht."""
    if not dossier.van(g.BerichtKlaargezet):
        return []
    return [
        Aandacht(f"{berichten.wat(bericht)}. {zin} {WAAR}", dringend=True)
        for bericht in uit.stand(scherm.register(), dossiers=[dossier.klachtnummer])
        for zin in berichten.zinnen(bericht)
    ]
