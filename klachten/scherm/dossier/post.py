"""The e-mail of one dossier, a klacht or an evaluation: a line for each, and what somebody has to decide about it."""

from __future__ import annotations

from klachten import gebeurtenissen as g
from klachten import scherm
from klachten.dossier.klacht import Dossier, Feiten
from klachten.post import uit
from klachten.post.uit.bericht import BEZIG, BRIEF, WACHT, Bericht
from klachten.scherm import berichten, formulier, onderdelen
from klachten.scherm.dossier.beeld import Aandacht

PLEK = "dossierpost"
ZIEN = "U ziet hem hieronder, bij Klacht en stukken, onder E-mail; daar kunt u hem ook intrekken."
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
    """Return what is asked about the e-mail of this klacht, and which letter is on its way, not to be made again."""
    if not dossier.van(g.BerichtKlaargezet):
        return []
    punten = []
    for bericht in uit.stand(scherm.register(), dossiers=[dossier.klachtnummer]):
        punten += [
            Aandacht(f"{berichten.wat(bericht)}. {zin} {WAAR}", dringend=True) for zin in berichten.zinnen(bericht)
        ]
        if bericht.waarvoor == BRIEF and bericht.toestand in (WACHT, BEZIG):
            punten.append(Aandacht(f"{berichten.wat(bericht)}. {_on_its_way(bericht)}"))
    return punten


def _on_its_way(bericht: Bericht) -> str:
    """Say that a letter was put ready, what that leads to, and where to see or stop it."""
    niet = " De mailserver nam hem nog niet aan; dat wordt vanzelf opnieuw geprobeerd." if bericht.poging else ""
    stap = "de stap wordt vastgelegd zodra de mailserver hem aanneemt" if bericht.handeling else "u hoeft niets te doen"
    return f"Deze brief staat klaar om per e-mail te gaan; {stap}.{niet} {ZIEN}"
